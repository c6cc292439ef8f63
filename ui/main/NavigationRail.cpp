#include "ui/main/NavigationRail.h"

#include "ui/common/Icons.h"
#include "ui/common/Page.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/main/RailButton.h"

#include <QButtonGroup>
#include <QKeyEvent>
#include <QLabel>
#include <QShortcut>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr int kLeastWidth = 80; // of the column; longer words widen it
constexpr int kLogoSize = 40;

} // namespace

NavigationRail::NavigationRail(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
    , m_group(new QButtonGroup(this))
{
    setProperty("role", u"rail"_s);
    setAttribute(Qt::WA_StyledBackground);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    auto* sign = new QLabel;
    sign->setPixmap(logo().pixmap(QSize(kLogoSize, kLogoSize), devicePixelRatioF()));
    sign->setAlignment(Qt::AlignCenter);
    sign->setMinimumWidth(kLeastWidth);
    m_layout->setContentsMargins(2 * metrics::kUnit, 4 * metrics::kUnit, 2 * metrics::kUnit, 3 * metrics::kUnit);
    m_layout->setSpacing(metrics::kUnit);
    m_layout->addWidget(sign);
    m_layout->addSpacing(3 * metrics::kUnit);
    m_layout->addStretch();
    m_group->setExclusive(true);
    connect(m_group, &QButtonGroup::idClicked, this, &NavigationRail::chosen);
    onLanguage(*this, [this] { setAccessibleName(tr("Pages")); });
}

void NavigationRail::add(Page& page, Place place)
{
    auto* button = new RailButton(icon(page.iconName()), this);
    const int index = static_cast<int>(m_buttons.size());
    if (!m_buttons.isEmpty()) {
        setTabOrder(m_buttons.last(), button); // before the pages, which were there earlier
    }
    m_buttons.append(button);
    m_group->addButton(button, index);
    constexpr int kFirst = 2; // after the logo and its space
    m_layout->insertWidget(place == Place::Top ? kFirst + m_topCount++ : m_layout->count(), button);
    const QKeySequence keys(u"Ctrl+%1"_s.arg(index + 1));
    button->setProperty("tipKey", QString::number(index + 1)); // as with Ctrl
    auto* shortcut = new QShortcut(keys, this);
    connect(shortcut, &QShortcut::activated, button, &QToolButton::click);
    onLanguage(*button, [button, &page, keys] {
        button->setText(page.title());
        button->setToolTip(u"%1 (%2)"_s.arg(page.title(), keys.toString(QKeySequence::NativeText)));
        setBadge(*button, page, button->badge());
    });
    connect(&page, &Page::badgeChanged, button, [button, &page](int count) { setBadge(*button, page, count); });
}

void NavigationRail::setBadge(RailButton& button, const Page& page, int count)
{
    button.setBadge(count);
    button.setAccessibleName(page.title());
    button.setAccessibleDescription(count > 0 ? tr("%n need(s) attention", nullptr, count) : QString());
}

void NavigationRail::setCurrent(int index)
{
    m_buttons.at(index)->setChecked(true);
}

QToolButton* NavigationRail::button(int index) const
{
    return m_buttons.value(index);
}

void NavigationRail::keyPressEvent(QKeyEvent* event)
{
    const int step = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    const auto focused = m_buttons.indexOf(qobject_cast<RailButton*>(focusWidget()));
    const qsizetype next = focused + step;
    if (step == 0 || focused < 0 || next < 0 || next >= m_buttons.size()) {
        QWidget::keyPressEvent(event);
        return;
    }
    m_buttons[next]->setFocus(Qt::TabFocusReason);
    m_buttons[next]->click();
}

} // namespace radpost::ui
