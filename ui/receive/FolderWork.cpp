#include "ui/receive/FolderWork.h"

#include "ui/common/Backend.h"
#include "ui/common/ConfigStore.h"
#include "ui/common/ElidedLabel.h"
#include "ui/common/EmptyState.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/receive/ConnectedList.h"
#include "ui/receive/ReceiveModels.h"
#include "ui/receive/Receiver.h"

#include "app/common/Format.h"

#include <QDesktopServices>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr int kSearchWidth = 320;

QSortFilterProxyModel* makeFilter(QAbstractItemModel& model, QObject* parent)
{
    auto* filter = new QSortFilterProxyModel(parent);
    filter->setSourceModel(&model);
    filter->setFilterKeyColumn(-1);
    filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    return filter;
}

} // namespace

void offerDestinations(QMenu& menu, ConfigStore& config, const std::function<void(const QString& name)>& chosen)
{
    QObject::connect(&menu, &QMenu::aboutToShow, &menu, [&menu, &config, chosen] {
        menu.clear();
        for (const auto& destination : config.config().destinations) {
            const auto name = destination.name;
            menu.addAction(literalText(name), &menu, [chosen, name] { chosen(name); });
        }
        if (menu.isEmpty()) {
            menu.addAction(FolderWork::tr("There is no destination yet"))->setEnabled(false);
        }
    });
}

FolderWork::FolderWork(ConfigStore& config, Backend& backend, Receiver& receiver, QWidget* parent)
    : QWidget(parent)
    , m_config(config)
    , m_backend(backend)
    , m_receiver(receiver)
    , m_model(new ReceivedStudiesModel(receiver, this))
    , m_filtered(makeFilter(*m_model, this))
    , m_title(new ElidedLabel(u"heading"_s))
    , m_studies(makeArrivalList(*m_filtered, {144, 150, 68, 84, 84, 72, 72}))
    , m_noStudies(new EmptyState(u"receive"_s))
    , m_noMatch(new EmptyState(u"search"_s))
    , m_search(new QLineEdit)
    , m_send(makeMenuButton(u"send"_s))
    , m_sendMenu(new QMenu(this))
    , m_openFolder(makeButton(u"folder"_s))
{
    layOut();
    wire();
    onLanguage(*this, [this] { retranslate(); });
}

void FolderWork::layOut()
{
    m_studies->setRootIsDecorated(false);
    m_studies->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_studies->setProperty("memory", u"received"_s);
    m_send->setMenu(m_sendMenu);
    m_search->setProperty("search", true);
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(kSearchWidth);
    auto* head = new QHBoxLayout;
    head->setSpacing(2 * metrics::kUnit);
    head->addWidget(m_title, 1);
    head->addWidget(m_openFolder);
    head->addWidget(m_send);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * metrics::kUnit);
    column->addLayout(head);
    column->addWidget(m_search);
    column->addWidget(m_studies, 1);
    column->addWidget(m_noStudies, 1);
    column->addWidget(m_noMatch, 1);
}

void FolderWork::wire()
{
    connect(&m_receiver, &Receiver::studiesChanged, this, &FolderWork::showStudies);
    connect(&m_backend, &Backend::stateChanged, this, &FolderWork::showSelection);
    connect(m_studies->selectionModel(), &QItemSelectionModel::selectionChanged, this, &FolderWork::showSelection);
    connect(m_search, &QLineEdit::textChanged, this, &FolderWork::filter);
    connect(m_openFolder, &QPushButton::clicked, this,
        [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_receiver.folder())); });
    offerDestinations(*m_sendMenu, m_config, [this](const QString& name) { sendOn(name); });
}

void FolderWork::retranslate()
{
    m_studies->setAccessibleName(tr("Studies that arrived"));
    m_send->setText(tr("Send on to"));
    m_openFolder->setText(tr("Open folder"));
    m_noStudies->setTexts(tr("Nothing has arrived yet"),
        tr("Switch receiving on, and give the engineer of the scanner the AE title, address and port from the right."));
    m_noMatch->setTexts(tr("No study matches"), tr("Change the words, or look at everything."));
    m_search->setPlaceholderText(tr("Search"));
    m_search->setAccessibleName(tr("Search what arrived"));
    m_model->retranslate();
    showStudies();
}

void FolderWork::showStudies()
{
    const auto count = m_receiver.studyCount();
    const auto shown = static_cast<qint64>(m_receiver.studies().size());
    QString heading = count == 0 ? tr("Arrived") : tr("Arrived: %n study(ies)", nullptr, static_cast<int>(count));
    if (shown < count) {
        heading = tr("%1, the newest %2 below").arg(heading, app::countText(shown));
    }
    if (m_receiver.isReading()) {
        heading = tr("%1 · reading the folder…").arg(heading);
    }
    m_title->setText(heading);
    const bool isMatch = m_filtered->rowCount() > 0;
    m_studies->setVisible(isMatch);
    m_noStudies->setVisible(shown == 0);
    m_noMatch->setVisible(shown > 0 && !isMatch);
    m_search->setVisible(shown > 0);
    m_openFolder->setEnabled(!m_receiver.folder().isEmpty());
    showSelection();
}

// What is selected and does not match is not sent on unseen.
void FolderWork::filter(const QString& words)
{
    m_filtered->setFilterFixedString(words.simplified());
    showStudies();
}

std::vector<engine::ReceivedStudy> FolderWork::chosen() const
{
    std::vector<engine::ReceivedStudy> studies;
    for (const auto& index : m_studies->selectionModel()->selectedRows()) {
        studies.push_back(m_model->study(m_filtered->mapToSource(index)));
    }
    return studies;
}

void FolderWork::showSelection()
{
    const bool isReady = m_backend.state() == Backend::State::Ready;
    const bool isChosen = !m_studies->selectionModel()->selectedRows().isEmpty();
    m_send->setEnabled(isReady && isChosen);
    m_send->setToolTip(!isReady ? tr("The ledger is not open for sending.")
            : isChosen          ? QString()
                                : tr("Choose studies in the list first."));
}

void FolderWork::sendOn(const QString& destination)
{
    const auto* found = m_config.config().find(destination);
    const auto studies = chosen();
    if (found == nullptr || studies.empty()) {
        return;
    }
    engine::SendRequest request;
    request.destinations = {*found};
    qint64 instances = 0;
    for (const auto& study : studies) {
        request.onlyKeys.append(QList<engine::SeriesKey>(study.series.begin(), study.series.end()));
        instances += study.instances;
    }
    request.paths = m_receiver.pathsOf(studies);
    request.title = studies.size() == 1 ? app::personNameText(studies.front().patientName)
                                        : tr("%n received study(ies)", nullptr, static_cast<int>(studies.size()));
    m_backend.run(
        this, [request](engine::Engine& engine) { return engine.send(request); },
        [this, destination, instances](
            const Result<QList<JobId>>& jobs) { Q_EMIT sent(destination, instances, jobs); });
}

} // namespace radpost::ui
