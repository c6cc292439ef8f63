#include "ui/receive/StoreWork.h"

#include "ui/common/Backend.h"
#include "ui/common/ConfigStore.h"
#include "ui/common/ElidedLabel.h"
#include "ui/common/EmptyState.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/receive/ArrivalActions.h"
#include "ui/receive/ArrivalsModel.h"
#include "ui/receive/ArrivalWords.h"
#include "ui/receive/ConnectedList.h"
#include "ui/receive/FolderWork.h"
#include "ui/receive/Receiver.h"

#include "app/common/Format.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTreeView>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr std::chrono::milliseconds kAfterTyping{250};
constexpr int kSearchWidth = 280;
constexpr int kMostDetailLines = 4;

/// Of the words of a long list the first lines; the rest is in the tool tip.
QString firstLines(const QString& text)
{
    const auto lines = text.split(u'\n');
    const auto more = lines.size() - kMostDetailLines;
    return more > 0 ? QString(lines.mid(0, kMostDetailLines).join(u'\n') + u" …"_s) : text;
}

} // namespace

StoreWork::StoreWork(
    ConfigStore& config, Backend& backend, Receiver& receiver, ArrivalActions& actions, QWidget* parent)
    : QWidget(parent)
    , m_config(config)
    , m_backend(backend)
    , m_receiver(receiver)
    , m_actions(actions)
    , m_model(new ArrivalsModel(backend, this))
    , m_title(makeLabel(u"heading"_s))
    , m_held(new ElidedLabel(u"note"_s))
    , m_search(new QLineEdit)
    , m_filter(new QComboBox)
    , m_release(makeButton(u"resume"_s))
    , m_save(makeButton(u"export"_s))
    , m_send(makeMenuButton(u"send"_s))
    , m_sendMenu(new QMenu(this))
    , m_more(makeMenuButton(u"more"_s))
    , m_moreMenu(new QMenu(this))
    , m_view(makeArrivalList(*m_model, {152, 100, 178, 80, 80, 74}))
    , m_nothing(new EmptyState(u"receive"_s))
    , m_noMatch(new EmptyState(u"search"_s))
    , m_detail(makeText(u"small"_s))
{
    layOut();
    wire();
    onLanguage(*this, [this] { retranslate(); });
}

void StoreWork::layOut()
{
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setProperty("memory", u"arrivals"_s);
    m_view->setColumnHidden(ArrivalsModel::Size, true); // in the tool tip of the count: the window is not wide
    m_send->setMenu(m_sendMenu);
    m_more->setMenu(m_moreMenu);
    m_search->setProperty("search", true);
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(kSearchWidth);
    using Filter = store::SpoolStandingFilter;
    for (const auto filter : {Filter::Any, Filter::NeedsPerson, Filter::Unfinished, Filter::Unmatched}) {
        m_filter->addItem(QString(), static_cast<int>(filter));
    }
    auto* head = new QHBoxLayout;
    head->setSpacing(2 * metrics::kUnit);
    head->addWidget(m_title, 1);
    head->addWidget(m_release);
    head->addWidget(m_more);
    auto* ways = new QHBoxLayout; // out of here; of their own: four buttons are wider than the smallest window has room
    ways->setSpacing(2 * metrics::kUnit);
    ways->addWidget(m_send);
    ways->addWidget(m_save);
    ways->addStretch(1);
    auto* narrow = new QHBoxLayout;
    narrow->setSpacing(2 * metrics::kUnit);
    narrow->addWidget(m_search, 1);
    narrow->addWidget(m_filter);
    narrow->addWidget(m_held, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * metrics::kUnit);
    column->addLayout(head);
    column->addLayout(ways);
    column->addLayout(narrow);
    column->addWidget(m_view, 1);
    column->addWidget(m_nothing, 1);
    column->addWidget(m_noMatch, 1);
    column->addWidget(m_detail);
}

void StoreWork::wire()
{
    m_typed.setSingleShot(true);
    m_typed.setInterval(kAfterTyping);
    connect(&m_typed, &QTimer::timeout, this, &StoreWork::applyFilter);
    connect(m_search, &QLineEdit::textChanged, &m_typed, qOverload<>(&QTimer::start));
    connect(m_search, &QLineEdit::returnPressed, this, &StoreWork::applyFilter);
    connect(m_filter, &QComboBox::activated, this, &StoreWork::applyFilter);
    connect(m_model, &ArrivalsModel::loaded, this, &StoreWork::showList);
    connect(m_model, &ArrivalsModel::failed, this, &StoreWork::readFailed);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &StoreWork::showSelection);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &StoreWork::showSelection);
    connect(m_model, &QAbstractItemModel::modelReset, this, &StoreWork::showSelection);
    connect(&m_receiver, &Receiver::arrivalsChanged, this, &StoreWork::refresh);
    connect(&m_receiver, &Receiver::stateChanged, this, &StoreWork::refresh);
    connect(&m_backend, &Backend::stateChanged, this, &StoreWork::refresh);
    connect(&m_actions, &ArrivalActions::decided, this, &StoreWork::refresh);
    connect(&m_actions, &ArrivalActions::attentionChanged, this, &StoreWork::showList);
    connect(m_release, &QPushButton::clicked, this, &StoreWork::release);
    connect(m_save, &QPushButton::clicked, this, &StoreWork::askForFolder);
    connect(m_moreMenu, &QMenu::aboutToShow, this, &StoreWork::fillMore);
    offerDestinations(*m_sendMenu, m_config, [this](const QString& name) { sendOn(name); });
}

void StoreWork::retranslate()
{
    m_view->setAccessibleName(tr("Studies that arrived"));
    m_title->setText(tr("Arrived"));
    m_release->setText(tr("Release"));
    m_save->setText(tr("Save as files…"));
    m_send->setText(tr("Send on to"));
    m_more->setText(tr("More"));
    m_search->setPlaceholderText(tr("Search"));
    m_search->setAccessibleName(tr("Search what arrived"));
    m_filter->setAccessibleName(tr("Which studies are shown"));
    const QStringList filters{tr("All"), tr("Held, refused or not proved"), tr("Not finished"), tr("No rule matched")};
    for (int i = 0; i < m_filter->count(); ++i) {
        m_filter->setItemText(i, filters.value(i));
    }
    m_noMatch->setTexts(tr("No study matches"), tr("Change the words, or look at everything."));
    m_model->retranslate();
    m_holds.clear();
    showList();
}

void StoreWork::refresh()
{
    showList();
    m_isStale = !isVisible();
    if (!m_isStale) {
        m_model->reload();
    }
}

void StoreWork::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_isStale) {
        refresh();
    }
}

void StoreWork::applyFilter()
{
    m_typed.stop();
    m_model->show(m_search->text(), static_cast<store::SpoolStandingFilter>(m_filter->currentData().toInt()));
}

QString StoreWork::nextStep() const
{
    if (m_receiver.isElsewhere()) {
        return tr("What the other Radpost receives is shown here.");
    }
    return m_receiver.isOn() ? tr("What scanners send is shown here. Their engineer needs the AE title, address and "
                                  "port from the right.")
                             : tr("Switch receiving on, and give the engineer of the scanner the AE title, address and "
                                  "port from the right.");
}

void StoreWork::showList()
{
    const auto held = m_actions.attention().heldStudies;
    m_held->setText(held > 0 ? tr("%n study(ies) held for a decision", nullptr, static_cast<int>(held)) : QString());
    const bool isAny = m_model->rowCount() > 0;
    const bool isFiltered = m_model->isFiltered();
    const bool isKnown = !m_model->isReadingFirst();
    m_view->setVisible(isAny || !isKnown);
    m_nothing->setVisible(isKnown && !isAny && !isFiltered);
    m_noMatch->setVisible(isKnown && !isAny && isFiltered);
    m_nothing->setTexts(tr("Nothing has arrived yet"), nextStep());
    for (QWidget* part : std::initializer_list<QWidget*>{m_search, m_filter, m_held, m_save, m_send, m_more}) {
        part->setVisible(isAny || isFiltered);
    }
    showSelection();
}

QList<const store::SpoolEntry*> StoreWork::chosen() const
{
    QList<const store::SpoolEntry*> entries;
    for (const auto& index : m_view->selectionModel()->selectedRows()) {
        if (const auto* entry = m_model->entry(index)) {
            entries.append(entry);
        }
    }
    return entries;
}

store::SpoolChoice StoreWork::choice() const
{
    return m_model->choice(m_view->selectionModel()->selectedRows());
}

void StoreWork::showSelection()
{
    const auto entries = chosen();
    const bool isChosen = !entries.isEmpty();
    const bool isReady = m_backend.state() == Backend::State::Ready;
    qint64 held = 0;
    for (const auto* entry : entries) {
        held += entry->standing.held;
    }
    const QString first = tr("Choose studies or series in the list first.");
    m_send->setEnabled(isReady && isChosen);
    m_send->setToolTip(!isReady ? tr("The ledger is not open for sending.") : isChosen ? QString() : first);
    m_save->setEnabled(isChosen && !m_actions.isExporting());
    m_save->setToolTip(isChosen ? QString() : first);
    m_release->setVisible(held > 0 || m_actions.attention().heldStudies > 0);
    m_release->setEnabled(held > 0);
    m_release->setToolTip(held > 0 ? QString() : tr("Choose a study that is held first."));
    m_more->setEnabled(m_backend.state() == Backend::State::Ready || m_backend.state() == Backend::State::ReadOnly);
    showDetail();
}

void StoreWork::showDetail()
{
    const auto round = ++m_detailRound;
    const auto entries = chosen();
    const auto shownText = [this](const QString& text) {
        m_detail->setText(firstLines(text));
        m_detail->setToolTip(text);
        m_detail->setVisible(!text.isEmpty());
    };
    const QString shownOf = entries.size() == 1 && entries.first()->standing.held > 0
        ? QString(entries.first()->text.studyInstanceUid + u'\n' + entries.first()->text.seriesInstanceUid)
        : QString();
    if (std::exchange(m_holdsOf, shownOf) != shownOf) {
        m_holds.clear();
    }
    if (entries.size() != 1) {
        shownText({});
        return;
    }
    const auto withHolds = [targets = ArrivalWords::targets(*entries.first())](const QString& holds) {
        return QStringList{holds, targets}.join(u'\n').trimmed();
    };
    shownText(withHolds(m_holds)); // those of a moment ago until the new ones are here: the line does not flicker
    if (shownOf.isEmpty()) {
        return;
    }
    m_actions.readHolds(choice(), this, [this, round, withHolds, shownText](const QList<store::SpoolHold>& holds) {
        if (round == m_detailRound) {
            m_holds = ArrivalWords::holds(holds);
            shownText(withHolds(m_holds));
        }
    });
}

void StoreWork::sendOn(const QString& destination)
{
    const auto entries = chosen();
    if (!entries.isEmpty()) {
        m_actions.sendOn(choice(), destination,
            entries.size() == 1 ? app::personNameText(entries.first()->text.patientName) : countOfChosen());
    }
}

QString StoreWork::countOfChosen() const
{
    return tr("%n received study(ies) or series", nullptr, static_cast<int>(chosen().size()));
}

void StoreWork::askToDrop()
{
    const auto entries = chosen();
    if (entries.isEmpty()) {
        return;
    }
    const auto& first = *entries.first();
    const QStringList names{
        ArrivalWords::patient(first), ArrivalWords::study(first), app::printable(first.text.seriesDescription)};
    m_actions.askToDrop(choice(), entries.size() == 1 ? names.join(u"  "_s).trimmed() : countOfChosen());
}

void StoreWork::release()
{
    m_actions.release(choice());
}

void StoreWork::askForFolder()
{
    auto* dialog = new QFileDialog(this, tr("Save as files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, &StoreWork::exportTo);
    dialog->open();
}

void StoreWork::exportTo(const QString& folder)
{
    m_actions.exportTo(choice(), folder);
    showSelection();
}

void StoreWork::fillMore()
{
    m_moreMenu->clear();
    const auto entries = chosen();
    const auto has = [&entries](qint64 store::SpoolStanding::*count) {
        return std::any_of(
            entries.begin(), entries.end(), [count](const auto* entry) { return entry->standing.*count > 0; });
    };
    auto* complete = m_moreMenu->addAction(tr("Send now, without waiting for the rest"), this, &StoreWork::completeNow);
    complete->setEnabled(has(&store::SpoolStanding::waiting));
    auto* drop = m_moreMenu->addAction(tr("Do not send what is held"), this, &StoreWork::askToDrop);
    drop->setEnabled(has(&store::SpoolStanding::held));
    const auto unmatched = m_actions.attention().unmatched;
    auto* again = m_moreMenu->addAction(
        tr("Judge %n instance(s) that no rule matched again", nullptr, static_cast<int>(unmatched)), &m_actions,
        &ArrivalActions::judgeAgain);
    again->setEnabled(unmatched > 0);
}

/// A rule may wait for the series or for the study: of a study that is chosen both are complete.
void StoreWork::completeNow()
{
    QList<engine::CompleteGroup> groups;
    for (const auto* entry : chosen()) {
        const bool isSeries = !entry->text.seriesInstanceUid.isEmpty();
        groups.append({isSeries ? config::Trigger::Series : config::Trigger::Study,
            isSeries ? entry->text.seriesInstanceUid : entry->text.studyInstanceUid});
    }
    m_actions.complete(groups, choice().studies);
}

} // namespace radpost::ui
