#pragma once

#include <QList>
#include <QWidget>

class QButtonGroup;
class QToolButton;
class QVBoxLayout;

namespace radpost::ui {

class Page;
class RailButton;

/// The pages by icon and word, one of them marked; a badge says how many things need a person. Arrow keys move between
/// pages, Ctrl+1, Ctrl+2, … go to one.
class NavigationRail final : public QWidget
{
    Q_OBJECT

public:
    explicit NavigationRail(QWidget* parent = nullptr);

    enum class Place { Top, Bottom };
    void add(Page& page, Place place);
    void setCurrent(int index);
    [[nodiscard]] QToolButton* button(int index) const;

Q_SIGNALS:
    void chosen(int index);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    static void setBadge(RailButton& button, const Page& page, int count);

    QVBoxLayout* m_layout;
    QButtonGroup* m_group;
    QList<RailButton*> m_buttons;
    int m_topCount = 0;
};

} // namespace radpost::ui
