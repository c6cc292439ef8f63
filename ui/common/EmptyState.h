#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace radpost::ui {

/// What stands where nothing is yet: what belongs here, and the next step.
class EmptyState final : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(const QString& iconName, QWidget* parent = nullptr);

    void setTexts(const QString& heading, const QString& text);
    void addAction(QWidget* action);

protected:
    void changeEvent(QEvent* event) override;

private:
    void paintIcon();

    QString m_iconName;
    QLabel* m_icon;
    QLabel* m_heading;
    QLabel* m_text;
    QHBoxLayout* m_actions;
};

} // namespace radpost::ui
