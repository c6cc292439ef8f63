#include "ui/send/DestinationPicker.h"

#include "ui/common/ConfigStore.h"
#include "ui/common/StatusDot.h"
#include "ui/common/Widgets.h"
#include "ui/destinations/DestinationListModel.h"
#include "ui/doctor/DestinationTests.h"
#include "ui/send/SendTexts.h"

#include "app/common/Sentences.h"

#include <QAction>
#include <QKeyEvent>
#include <QMenu>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr int kDotSize = 16;

/// Stays open while entries are ticked, so that several can be.
class StayingMenu final : public QMenu
{
public:
    using QMenu::QMenu;

protected:
    void mouseReleaseEvent(QMouseEvent* event) override
    {
        auto* action = actionAt(event->pos());
        if (action != nullptr && action->isCheckable()) {
            action->trigger();
        } else {
            QMenu::mouseReleaseEvent(event);
        }
    }

    void keyPressEvent(QKeyEvent* event) override
    {
        if (event->key() == Qt::Key_Space && activeAction() != nullptr) {
            activeAction()->trigger();
        } else {
            QMenu::keyPressEvent(event);
        }
    }
};

// The icon of an entry stands where a menu has its tick.
QString entryText(const config::Destination& destination, bool isChosen)
{
    const auto text = u"%1   %2"_s.arg(destination.name, shownAddress(destination));
    return isChosen ? QString(text + u"   ✓"_s) : text;
}

} // namespace

DestinationPicker::DestinationPicker(ConfigStore& config, DestinationTests& tests, QWidget* parent)
    : QPushButton(parent)
    , m_config(config)
    , m_tests(tests)
    , m_menu(new StayingMenu(this))
{
    setProperty("role", u"button"_s);
    setProperty("menu", true);
    setAutoDefault(false);
    setMenu(m_menu);
    connect(&config, &ConfigStore::changed, this, &DestinationPicker::reload);
    connect(&tests, &DestinationTests::changed, this, &DestinationPicker::refresh);
    reload();
    onLanguage(*this, [this] { refresh(); });
}

QStringList DestinationPicker::chosen() const
{
    QStringList names;
    for (const auto& destination : m_config.config().destinations) {
        if (m_chosen.contains(destination.name)) {
            names.append(destination.name);
        }
    }
    return names;
}

void DestinationPicker::setChosen(const QStringList& names)
{
    m_chosen = names;
    reload();
}

void DestinationPicker::reload()
{
    const auto& all = m_config.config().destinations;
    if (all.size() == 1) {
        m_chosen = {all.front().name};
    }
    m_menu->clear();
    for (const auto& destination : all) {
        auto* action = m_menu->addAction(literalText(entryText(destination, m_chosen.contains(destination.name))));
        action->setCheckable(true);
        action->setChecked(m_chosen.contains(destination.name));
        action->setData(destination.name);
        connect(action, &QAction::toggled, this, [this, name = destination.name](bool on) { toggle(name, on); });
    }
    refresh();
    Q_EMIT chosenChanged();
}

void DestinationPicker::toggle(const QString& name, bool isChosen)
{
    m_chosen.removeAll(name);
    if (isChosen) {
        m_chosen.append(name);
    }
    refresh();
    Q_EMIT chosenChanged();
}

void DestinationPicker::refresh()
{
    const auto names = chosen();
    QStringList states;
    auto worst = Status::Good;
    for (const auto& name : names) {
        states.append(app::labelled(name, statusText(m_tests, name)));
        const auto status = ui::statusOf(m_tests, name);
        const auto isWorse = status == Status::Bad || worst == Status::Good;
        worst = isWorse ? status : worst;
    }
    const auto shown = names.isEmpty() ? tr("Choose…") : destinationsText(names);
    setText(literalText(shown));
    setIcon(names.isEmpty() ? QIcon() : QIcon(statusPixmap(worst, kDotSize, devicePixelRatioF())));
    setToolTip(states.join(u'\n'));
    setAccessibleName(tr("Destinations: %1").arg(shown));
    setEnabled(!m_config.config().destinations.empty());
    for (auto* action : m_menu->actions()) {
        const auto name = action->data().toString();
        const auto state = statusText(m_tests, name);
        if (const auto* destination = m_config.config().find(name)) {
            action->setText(literalText(entryText(*destination, action->isChecked())));
        }
        action->setToolTip(state);
        action->setStatusTip(state);
        action->setIcon(QIcon(statusPixmap(ui::statusOf(m_tests, name), kDotSize, devicePixelRatioF())));
    }
}

} // namespace radpost::ui
