#include "ui/destinations/DestinationsPage.h"

#include "ui/common/Backend.h"
#include "ui/common/ConfigStore.h"
#include "ui/common/EmptyState.h"
#include "ui/common/Icons.h"
#include "ui/common/PageHeader.h"
#include "ui/common/ProblemList.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/destinations/DestinationCard.h"
#include "ui/destinations/DestinationEditor.h"
#include "ui/destinations/DestinationListModel.h"
#include "ui/forms/FieldRow.h"

#include "app/common/ConfigText.h"
#include "app/common/ErrorText.h"

#include <QFileDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr int kFilterWidth = 180;
constexpr int kSmallestFilterWidth = 120;
const QString kChangeKey = u"change"_s;
const QString kFileKey = u"file"_s;

QString problemLines(const app::DestinationFileContent& content)
{
    QStringList lines;
    for (const auto& problem : content.problems) {
        lines.append(app::problemText(problem));
    }
    return lines.join(u'\n');
}

} // namespace

DestinationsPage::DestinationsPage(ConfigStore& config, Backend& backend, QWidget* parent)
    : Page(parent)
    , m_config(config)
    , m_backend(backend)
    , m_tests(config, backend.network(), backend.traces())
    , m_tallies(backend)
    , m_model(new DestinationListModel(config, m_tests, m_tallies, this))
    , m_filtered(new QSortFilterProxyModel(this))
    , m_stack(new QStackedWidget)
    , m_body(new QStackedWidget)
    , m_header(new PageHeader)
    , m_problems(new ProblemList)
    , m_empty(new EmptyState(u"destinations"_s))
    , m_noMatch(new EmptyState(u"search"_s))
    , m_filter(new QLineEdit)
    , m_testAll(makeButton(u"test"_s))
    , m_import(makeIconButton(u"import"_s))
    , m_export(makeIconButton(u"export"_s))
    , m_add(makePrimaryButton(u"add"_s))
    , m_emptyAdd(makePrimaryButton(u"add"_s))
    , m_emptyImport(makeButton(u"import"_s))
{
    m_filtered->setSourceModel(m_model);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    layOut();
    connect(m_filter, &QLineEdit::textChanged, m_filtered, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_filtered, &QAbstractItemModel::modelReset, this, &DestinationsPage::rebuildCards);
    connect(m_filtered, &QAbstractItemModel::rowsRemoved, this, &DestinationsPage::rebuildCards);
    connect(m_filtered, &QAbstractItemModel::rowsInserted, this,
        [this](const QModelIndex&, int first, int last) { insertCards(first, last); });
    connect(m_filtered, &QAbstractItemModel::dataChanged, this,
        [this](const QModelIndex& first, const QModelIndex& last) { refreshCards(first.row(), last.row()); });
    connect(&m_tests, &DestinationTests::changed, this, &DestinationsPage::showState);
    connect(&config, &ConfigStore::faultChanged, this, &DestinationsPage::showState);
    connect(m_add, &QPushButton::clicked, this, &DestinationsPage::addDestination);
    connect(m_emptyAdd, &QPushButton::clicked, this, &DestinationsPage::addDestination);
    connect(m_testAll, &QPushButton::clicked, this, &DestinationsPage::testAll);
    connect(m_import, &QToolButton::clicked, this, &DestinationsPage::askImport);
    connect(m_emptyImport, &QPushButton::clicked, this, &DestinationsPage::askImport);
    connect(m_export, &QToolButton::clicked, this, &DestinationsPage::askExport);
    connect(&backend.events(), &EngineEvents::progressed, &m_tests, &DestinationTests::takeProgress);
    connect(&backend.events(), &EngineEvents::jobAtRest, &m_tests, &DestinationTests::takeProgress);
    rebuildCards();
    onLanguage(*this, [this] { retranslate(); });
}

QString DestinationsPage::title() const
{
    return tr("Destinations");
}

QString DestinationsPage::iconName() const
{
    return u"destinations"_s;
}

void DestinationsPage::layOut()
{
    m_filter->setMinimumWidth(kSmallestFilterWidth);
    m_filter->setMaximumWidth(kFilterWidth);
    m_filter->setClearButtonEnabled(true);
    m_filter->setProperty("search", true);
    m_filter->addAction(icon(u"search"_s), QLineEdit::LeadingPosition);
    for (auto* widget : std::initializer_list<QWidget*>{m_filter, m_import, m_export, m_testAll, m_add}) {
        m_header->addAction(widget);
    }
    m_empty->addAction(m_emptyAdd);
    m_empty->addAction(m_emptyImport);
    m_body->addWidget(buildList());
    m_body->addWidget(m_empty);
    m_body->addWidget(m_noMatch);
    auto* overview = new QWidget;
    auto* column = new QVBoxLayout(overview);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4 * metrics::kUnit);
    column->addWidget(m_header);
    column->addWidget(m_problems);
    column->addWidget(m_body, 1);
    m_stack->addWidget(overview);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_stack);
}

QWidget* DestinationsPage::buildList()
{
    auto* content = new QWidget;
    content->setProperty("role", u"content"_s);
    m_cardColumn = new QVBoxLayout(content);
    m_cardColumn->setContentsMargins(0, 0, 0, metrics::kPageMargin);
    m_cardColumn->setSpacing(2 * metrics::kUnit);
    m_cardColumn->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    return scroll;
}

void DestinationsPage::retranslate()
{
    m_header->setTitle(title());
    m_filter->setPlaceholderText(tr("Search"));
    m_filter->setAccessibleName(tr("Search the destinations"));
    setIconText(*m_import, tr("Import…"));
    m_emptyImport->setText(tr("Import from a file…"));
    setIconText(*m_export, tr("Export…"));
    m_add->setText(tr("Add destination"));
    m_emptyAdd->setText(tr("Add destination"));
    m_noMatch->setTexts(tr("No destination has this in its name"), tr("Change the text in the search field."));
    m_model->retranslate();
    showState();
}

void DestinationsPage::showEmptyState()
{
    if (m_config.fault()) {
        m_empty->setTexts(tr("The destinations cannot be read"),
            tr("They are in the configuration file, which has faults. Mend it; then read it again."));
        return;
    }
    m_empty->setTexts(tr("Where should images go?"),
        tr("A destination is a PACS, a workstation or an archive that takes DICOM images. Ask its administrator for "
           "three things: the host name or IP address, the port, and the AE title. Then test it here before anything "
           "is sent."));
}

void DestinationsPage::showState()
{
    showEmptyState();
    // A file with faults is never written to.
    for (auto* button : std::initializer_list<QWidget*>{m_add, m_import, m_emptyAdd, m_emptyImport}) {
        button->setEnabled(!m_config.fault());
    }
    const auto count = m_model->rowCount();
    const bool isTesting = m_tests.runningCount() > 0;
    m_header->setSubtitle(count == 0 ? QString() : tr("%n destination(s)", nullptr, count));
    m_testAll->setText(isTesting ? tr("Cancel tests") : tr("Test all"));
    m_testAll->setIcon(icon(isTesting ? u"stop"_s : u"test"_s));
    for (auto* widget : std::initializer_list<QWidget*>{m_filter, m_testAll, m_export, m_import, m_add}) {
        widget->setVisible(count > 0);
    }
    m_body->setCurrentIndex(count == 0 ? 1 : m_filtered->rowCount() == 0 ? 2 : 0);
    Q_EMIT badgeChanged(m_tests.failedCount());
}

bool DestinationsPage::isEmptyStateShown() const
{
    return m_body->currentWidget() == m_empty;
}

void DestinationsPage::rebuildCards()
{
    for (auto* card : std::as_const(m_cards)) {
        card->hide();
        card->deleteLater(); // one of its buttons may be what called
    }
    m_cards.clear();
    insertCards(0, m_filtered->rowCount() - 1);
}

void DestinationsPage::insertCards(int first, int last)
{
    for (int row = first; row <= last; ++row) {
        auto* card = new DestinationCard(m_tests, m_filtered->index(row, 0));
        connect(card, &DestinationCard::editAsked, this, &DestinationsPage::edit);
        connect(card, &DestinationCard::removeAsked, this, &DestinationsPage::remove);
        m_cardColumn->insertWidget(row, card);
        m_cards.insert(row, card);
    }
    showState();
}

void DestinationsPage::refreshCards(int first, int last)
{
    for (int row = first; row <= last && row < m_cards.size(); ++row) {
        m_cards[row]->show(m_filtered->index(row, 0));
    }
}

DestinationCard* DestinationsPage::card(const QString& name) const
{
    for (auto* card : m_cards) {
        if (card->name() == name) {
            return card;
        }
    }
    return nullptr;
}

void DestinationsPage::testAll()
{
    if (m_tests.runningCount() > 0) {
        m_tests.cancelAll();
    } else {
        m_tests.startAll();
    }
}

void DestinationsPage::addDestination()
{
    openEditor({}, {});
}

void DestinationsPage::edit(const QString& name)
{
    if (const auto* destination = m_config.config().find(name)) {
        openEditor(*destination, name);
    }
}

void DestinationsPage::test(const QString& name)
{
    closeEditor();
    m_filter->clear();
    if (auto* found = card(name)) {
        found->test();
        found->testButton()->setFocus();
    }
}

void DestinationsPage::openEditor(const config::Destination& initial, const QString& except)
{
    closeEditor();
    auto others = m_config.config().destinations;
    std::erase_if(others, [&except](const config::Destination& other) { return other.name == except; });
    const auto purpose = except.isEmpty() ? DestinationEditor::Purpose::Add : DestinationEditor::Purpose::Change;
    m_editor = new DestinationEditor(
        initial, std::move(others), m_config.config().settings.aeTitle, m_backend.network(), purpose);
    m_editor->setTraces(m_backend.traces());
    connect(m_editor, &DestinationEditor::left, this, &DestinationsPage::closeEditor);
    connect(m_editor, &DestinationEditor::saveAsked, this, &DestinationsPage::save);
    m_stack->addWidget(m_editor);
    m_stack->setCurrentWidget(m_editor);
    m_editor->row(u"name"_s)->setFocus();
}

void DestinationsPage::closeEditor()
{
    if (m_editor == nullptr) {
        return;
    }
    m_stack->removeWidget(m_editor);
    m_editor->hide();
    m_editor->deleteLater();
    m_editor = nullptr;
}

void DestinationsPage::save(const config::Destination& destination)
{
    const auto done = [this](const Result<>& outcome) {
        if (outcome) {
            closeEditor();
        } else {
            m_editor->problems().show(kChangeKey, errorNotice(outcome.error()));
        }
    };
    if (m_editor->purpose() == DestinationEditor::Purpose::Add) {
        m_config.add(destination, m_editor, done);
    } else {
        m_config.replace(m_editor->initialName(), destination, m_editor, done);
    }
}

void DestinationsPage::remove(const QString& name)
{
    const auto* found = m_config.config().find(name);
    if (found == nullptr) {
        return;
    }
    m_config.remove(name, this, [this, removed = *found](const Result<>& outcome) {
        if (outcome) {
            offerUndo(removed);
        } else {
            m_problems->show(kChangeKey, errorNotice(outcome.error()));
        }
    });
}

void DestinationsPage::offerUndo(const config::Destination& removed)
{
    Notice notice;
    notice.heading = [name = removed.name] { return tr("\"%1\" was removed.").arg(name); };
    const auto undo = [this, removed] {
        m_problems->remove(kChangeKey);
        m_config.add(removed, this, [this](const Result<>& outcome) {
            if (!outcome) {
                m_problems->show(kChangeKey, errorNotice(outcome.error()));
            }
        });
    };
    notice.actions = {{[] { return tr("Undo"); }, undo}};
    m_problems->show(kChangeKey, std::move(notice));
}

void DestinationsPage::importFile(const QString& path)
{
    m_config.importFile(
        path, this, [this, path](const app::DestinationFileContent& content) { tellImport(path, content); });
}

void DestinationsPage::tellImport(const QString& path, const app::DestinationFileContent& content)
{
    if (!content.error) {
        Notice notice;
        notice.kind = BannerKind::Good;
        const auto count = static_cast<int>(content.destinations.size());
        notice.heading = [count] { return tr("%n destination(s) added.", nullptr, count); };
        m_problems->show(kFileKey, std::move(notice));
        return;
    }
    auto notice = errorNotice(*content.error, [path] { return tr("Nothing was imported from %1.").arg(path); });
    if (!content.problems.empty()) {
        notice.text = [content] { return problemLines(content); };
    }
    m_problems->show(kFileKey, std::move(notice));
}

void DestinationsPage::exportFile(const QString& path)
{
    m_config.exportFile(path, this, [this, path](const Result<>& outcome) {
        if (!outcome) {
            m_problems->show(kFileKey, errorNotice(outcome.error()));
            return;
        }
        Notice notice;
        notice.kind = BannerKind::Good;
        notice.heading = [path] { return tr("The destinations were written to %1.").arg(path); };
        notice.text = [] { return tr("References to secrets are in the file; secrets never are."); };
        m_problems->show(kFileKey, std::move(notice));
    });
}

void DestinationsPage::askImport()
{
    auto* dialog = new QFileDialog(this, tr("Import destinations"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setNameFilters({tr("Destinations (*.csv *.toml)"), tr("All files (*)")});
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &DestinationsPage::importFile);
    dialog->open();
}

void DestinationsPage::askExport()
{
    auto* dialog = new QFileDialog(this, tr("Export destinations"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Table for spreadsheets (*.csv)"), tr("Configuration (*.toml)")});
    dialog->setDefaultSuffix(u"csv"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.contains(u"*.toml") ? u"toml"_s : u"csv"_s);
    });
    connect(dialog, &QFileDialog::fileSelected, this, &DestinationsPage::exportFile);
    dialog->open();
}

} // namespace radpost::ui
