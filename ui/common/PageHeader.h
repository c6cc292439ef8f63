#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace radpost::ui {

/// The head of a page: its title, a line under it, and its actions at the far end.
class PageHeader final : public QWidget
{
    Q_OBJECT

public:
    explicit PageHeader(QWidget* parent = nullptr);

    void setTitle(const QString& title);
    void setSubtitle(const QString& subtitle);

    /// From the title outwards; the page's main action comes last.
    void addAction(QWidget* action);
    /// Before the title: the way back.
    void addLeading(QWidget* widget);
    /// Beyond the actions: what belongs to the window and not to the page.
    void setCorner(QWidget* widget);

private:
    QHBoxLayout* m_layout;
    QLabel* m_title;
    QLabel* m_subtitle;
    int m_cornerCount = 0;
};

} // namespace radpost::ui
