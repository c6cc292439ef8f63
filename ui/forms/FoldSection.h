#pragma once

#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace radpost::ui {

/// A group of fields that can be folded away under its title.
class FoldSection final : public QWidget
{
    Q_OBJECT

public:
    explicit FoldSection(QWidget* parent = nullptr);

    void setTitle(const QString& title);
    void add(QWidget* widget);
    void setUnfolded(bool isUnfolded);
    [[nodiscard]] QPushButton* button() const { return m_button; }

private:
    QPushButton* m_button;
    QWidget* m_body;
    QVBoxLayout* m_column;
};

} // namespace radpost::ui
