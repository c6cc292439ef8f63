#include "ui/rules/RulesPage.h"

#include "ui/common/CellDelegate.h"
#include "ui/common/ConfigStore.h"
#include "ui/common/ElidedLabel.h"
#include "ui/common/EmptyState.h"
#include "ui/common/PageHeader.h"
#include "ui/common/ProblemList.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/rules/RuleEditor.h"
#include "ui/rules/RuleListModel.h"
#include "ui/rules/TrialModel.h"
#include "ui/send/FileDrop.h"

#include "app/common/Format.h"
#include "app/common/RouteText.h"
#include "core/config/RulesText.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr int kSearchWidth = 200;
constexpr int kLeastSearchWidth = 96;
const QString kChangeKey = u"change"_s;
const QString kTrialKey = u"trial"_s;

void addKey(QWidget& widget, const QKeySequence& keys, QPushButton& button)
{
    auto* shortcut = new QShortcut(keys, &widget, nullptr, nullptr, Qt::WidgetShortcut);
    QObject::connect(shortcut, &QShortcut::activated, &button, &QPushButton::click);
}

} // namespace

RulesPage::RulesPage(ConfigStore& config, QWidget* parent)
    : Page(parent)
    , m_config(config)
    , m_model(new RuleListModel(this))
    , m_trialModel(new TrialModel(this))
    , m_header(new PageHeader)
    , m_problems(new ProblemList)
    , m_search(new QLineEdit)
    , m_explain(makeButton(u"test"_s))
    , m_add(makePrimaryButton(u"add"_s))
    , m_stack(new QStackedWidget)
    , m_main(new QWidget)
    , m_list(makeTable(*m_model, {200, 320}))
    , m_empty(new EmptyState(u"rules"_s))
    , m_emptyAdd(makePrimaryButton(u"add"_s))
    , m_listPart(new QWidget)
    , m_edit(makeButton(u"edit"_s))
    , m_duplicate(makeButton(u"copy"_s))
    , m_up(makeButton(u"up"_s))
    , m_down(makeButton(u"down"_s))
    , m_remove(makeButton(u"remove"_s))
    , m_trial(makeFrame(u"card"_s))
    , m_trialTitle(new ElidedLabel(u"heading"_s))
    , m_trialText(makeText({}))
    , m_values(new QCheckBox)
    , m_trialClose(makePlainButton(u"close"_s))
    , m_trialView(makeTable(*m_trialModel, {520}))
    , m_background(u"rules"_s, 1)
{
    layOut();
    wire();
    onLanguage(*this, [this] { retranslate(); });
    reload();
}

RulesPage::~RulesPage() = default;

QString RulesPage::title() const
{
    return tr("Rules");
}

QString RulesPage::iconName() const
{
    return u"rules"_s;
}

void RulesPage::layOut()
{
    m_search->setProperty("search", true);
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumWidth(kLeastSearchWidth);
    m_search->setMaximumWidth(kSearchWidth);
    for (auto* widget : std::initializer_list<QWidget*>{m_search, m_explain, m_add}) {
        m_header->addAction(widget);
    }
    m_empty->addAction(m_emptyAdd);
    auto* column = new QVBoxLayout(m_main);
    column->setContentsMargins(0, 0, 0, metrics::kPageMargin - metrics::kUnit);
    column->setSpacing(3 * metrics::kUnit);
    column->addWidget(m_header);
    column->addWidget(m_problems);
    column->addWidget(buildList(), 1);
    column->addWidget(m_empty, 1);
    column->addWidget(buildTrial(), 1);
    m_stack->addWidget(m_main);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_stack);
}

QWidget* RulesPage::buildList()
{
    m_list->setItemDelegate(new CellDelegate(m_list));
    m_list->setRootIsDecorated(false);
    m_list->setProperty("memory", u"rules"_s);
    m_list->header()->setStretchLastSection(true);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(2 * metrics::kUnit);
    for (auto* button : {m_edit, m_duplicate, m_up, m_down, m_remove}) {
        buttons->addWidget(button);
    }
    buttons->addStretch();
    auto* column = new QVBoxLayout(m_listPart);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * metrics::kUnit);
    column->addWidget(m_list, 1);
    column->addLayout(buttons);
    return m_listPart;
}

QFrame* RulesPage::buildTrial()
{
    auto* head = new QHBoxLayout;
    head->setSpacing(2 * metrics::kUnit);
    head->addWidget(m_trialTitle, 1);
    head->addWidget(m_values);
    head->addWidget(m_trialClose);
    auto* column = makeCardColumn(*m_trial, 2 * metrics::kUnit);
    column->addLayout(head);
    column->addWidget(m_trialText);
    column->addWidget(m_trialView, 1);
    m_trialView->header()->setStretchLastSection(true);
    m_trial->hide();
    return m_trial;
}

void RulesPage::wire()
{
    connect(&m_config, &ConfigStore::changed, this, &RulesPage::reload);
    connect(&m_config, &ConfigStore::changed, this, &RulesPage::showTrial); // masking may be locked now
    connect(&m_config, &ConfigStore::faultChanged, this, &RulesPage::showState);
    connect(m_model, &RuleListModel::enableAsked, this,
        [this](const QString& name, bool isEnabled) { change(enableRule(name, isEnabled), name); });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &RulesPage::showState);
    connect(m_list, &QTreeView::doubleClicked, m_edit, &QPushButton::click);
    connect(m_search, &QLineEdit::textChanged, this, &RulesPage::filter);
    for (auto* button : {m_add, m_emptyAdd}) {
        connect(button, &QPushButton::clicked, this, &RulesPage::addRule);
    }
    connect(m_explain, &QPushButton::clicked, this, &RulesPage::askFile);
    connect(m_edit, &QPushButton::clicked, this, [this] { edit(current()); });
    connect(m_duplicate, &QPushButton::clicked, this, [this] { duplicate(current()); });
    connect(m_up, &QPushButton::clicked, this, [this] { move(current(), -1); });
    connect(m_down, &QPushButton::clicked, this, [this] { move(current(), 1); });
    connect(m_remove, &QPushButton::clicked, this, [this] { remove(current()); });
    connect(m_values, &QCheckBox::toggled, this, &RulesPage::showTrial);
    connect(m_trialClose, &QPushButton::clicked, this, [this] {
        m_trialResult.reset();
        showTrial();
    });
    addKey(*m_list, Qt::Key_Return, *m_edit);
    addKey(*m_list, Qt::Key_Delete, *m_remove);
    addKey(*m_list, Qt::CTRL | Qt::Key_Up, *m_up);
    addKey(*m_list, Qt::CTRL | Qt::Key_Down, *m_down);
    connect(
        new FileDrop(*this), &FileDrop::dropped, this, [this](const QStringList& paths) { explain(paths.front()); });
}

void RulesPage::retranslate()
{
    m_header->setTitle(title());
    m_header->setSubtitle(tr("What the gateway does with what it receives, from the top down"));
    m_search->setPlaceholderText(tr("Search"));
    m_search->setAccessibleName(tr("Search rules"));
    m_explain->setText(tr("Explain a file…"));
    m_explain->setToolTip(
        tr("Which rule matches a DICOM file, and why the others do not. It can be dropped here, too."));
    m_add->setText(tr("Add rule"));
    m_emptyAdd->setText(tr("Add rule"));
    m_list->setAccessibleName(tr("The rules in their order"));
    m_edit->setText(tr("Edit"));
    m_duplicate->setText(tr("Duplicate"));
    m_up->setText(tr("Up"));
    m_down->setText(tr("Down"));
    m_remove->setText(tr("Remove"));
    m_values->setText(tr("Show patient data"));
    m_trialClose->setText(tr("Close"));
    m_trialView->setAccessibleName(tr("What each rule makes of the file"));
    m_model->retranslate();
    m_trialModel->retranslate();
    showState();
    showTrial();
}

void RulesPage::reload()
{
    const auto before = current();
    m_model->setRules(m_config.config().rules.rules);
    choose(m_wanted.isEmpty() ? before : std::exchange(m_wanted, QString()));
    filter();
    showState();
}

void RulesPage::showState()
{
    const bool isFaulty = m_config.fault().has_value();
    const int row = m_model->rowOf(current());
    const bool isChosen = row >= 0 && !isFaulty;
    const bool hasRules = m_model->rowCount() > 0;
    m_empty->setTexts(isFaulty ? tr("The rules cannot be read") : tr("No rules yet"),
        isFaulty ? tr("They are in the configuration file, which has faults. Mend it; then read it again.")
                 : tr("A rule says where the gateway sends what it receives: every CT to the archive, mammographies to "
                      "the AI, the rest nowhere. Rules are looked at from the top down."));
    m_listPart->setVisible(hasRules);
    m_empty->setVisible(!hasRules);
    for (auto* widget : std::initializer_list<QWidget*>{m_search, m_explain, m_add}) {
        widget->setVisible(hasRules);
    }
    m_add->setEnabled(!isFaulty);
    m_emptyAdd->setEnabled(!isFaulty);
    for (auto* button : {m_edit, m_duplicate, m_remove}) {
        button->setEnabled(isChosen);
    }
    m_up->setEnabled(isChosen && row > 0);
    m_down->setEnabled(isChosen && row + 1 < m_model->rowCount());
}

void RulesPage::filter()
{
    const auto words = m_search->text().simplified();
    for (int row = 0; row < m_model->rowCount(); ++row) {
        m_list->setRowHidden(row, {}, !words.isEmpty() && !m_model->matches(row, words));
    }
}

QString RulesPage::current() const
{
    const auto* rule = m_model->rule(m_list->currentIndex().row());
    return rule != nullptr ? rule->name : QString();
}

void RulesPage::choose(const QString& name)
{
    if (const int row = m_model->rowOf(name); row >= 0) {
        m_list->setCurrentIndex(m_model->index(row, 0));
    }
}

void RulesPage::addRule()
{
    const auto& config = m_config.config();
    config::Rule rule;
    rule.name = freeRuleName(config.rules, tr("New rule"));
    config::Test test;
    test.fact = config::Fact::Modality;
    test.values = {u"CT"_s};
    rule.when.parts.push_back({config::Condition::Kind::Test, {}, test});
    config::SendAction send;
    send.to = config.destinations.empty() ? u"MAIN-PACS"_s : config.destinations.front().name;
    rule.sends.push_back(send);
    openEditor({}, rule);
}

void RulesPage::edit(const QString& name)
{
    if (const auto* rule = m_config.config().rules.findRule(name)) {
        openEditor(rule->name, *rule);
    }
}

void RulesPage::duplicate(const QString& name)
{
    const auto& rules = m_config.config().rules;
    const auto* found = rules.findRule(name);
    if (found == nullptr) {
        return;
    }
    auto copy = *found;
    copy.name = freeRuleName(rules, copy.name);
    change(insertRule(copy, m_model->rowOf(found->name) + 1), copy.name);
}

void RulesPage::move(const QString& name, int step)
{
    change(moveRule(name, step), name);
}

void RulesPage::remove(const QString& name)
{
    const int row = m_model->rowOf(name);
    if (const auto* found = m_model->rule(row)) {
        const auto* next = m_model->rule(row + 1 < m_model->rowCount() ? row + 1 : row - 1);
        const auto removed = *found;
        change(removeRule(name), next != nullptr ? next->name : QString());
        offerUndo(removed, row);
    }
}

void RulesPage::offerUndo(const config::Rule& removed, int place)
{
    Notice notice;
    notice.heading = [name = app::printable(removed.name)] { return tr("The rule \"%1\" was removed.").arg(name); };
    notice.actions = {{[] { return tr("Undo"); },
        [this, removed, place] {
            m_problems->remove(kChangeKey);
            change(insertRule(removed, place), removed.name);
        }}};
    m_problems->show(kChangeKey, std::move(notice));
}

void RulesPage::change(const RuleEdit& edit, const QString& thenChoose)
{
    m_wanted = thenChoose;
    m_config.changeRules(edit, this, [this](const Result<>& outcome) {
        if (outcome) {
            reload();
            Q_EMIT saved();
            return;
        }
        m_wanted.clear();
        m_problems->show(kChangeKey, errorNotice(outcome.error(), [] { return tr("The rules were not changed."); }));
    });
}

void RulesPage::openEditor(const QString& name, const config::Rule& rule)
{
    closeEditor();
    m_editor = new RuleEditor(name, config::ruleToToml(rule), ruleSurroundings(m_config.config(), name), m_background);
    connect(m_editor, &RuleEditor::left, this, &RulesPage::closeEditor);
    connect(m_editor, &RuleEditor::saveAsked, this, [this, name](const config::Rule& written) {
        const int end = m_model->rowCount();
        m_wanted = written.name;
        m_config.changeRules(name.isEmpty() ? insertRule(written, end) : replaceRule(name, written), m_editor,
            [this](const Result<>& outcome) {
                if (!outcome) {
                    m_editor->problems().show(kChangeKey, errorNotice(outcome.error()));
                    return;
                }
                closeEditor();
                reload();
                Q_EMIT saved();
            });
    });
    m_stack->addWidget(m_editor);
    m_stack->setCurrentWidget(m_editor);
    m_editor->text()->setFocus();
}

void RulesPage::closeEditor()
{
    if (m_editor == nullptr) {
        return;
    }
    m_stack->removeWidget(m_editor);
    m_editor->hide();
    m_editor->deleteLater(); // one of its buttons may be what called
    m_editor = nullptr;
    m_list->setFocus();
}

void RulesPage::askFile()
{
    auto* dialog = new QFileDialog(this, tr("Explain a file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &RulesPage::explain);
    dialog->open();
}

void RulesPage::explain(const QString& file)
{
    if (m_editor != nullptr) {
        Notice notice;
        notice.heading = [] { return tr("Save or cancel the rule first; then drop the file again."); };
        m_editor->problems().show(kTrialKey, std::move(notice)); // what is being written is not lost
        return;
    }
    m_problems->remove(kTrialKey);
    engine::TrialArrival arrival;
    arrival.receivedAt = SystemClock().now();
    m_background.run(
        this,
        [file, rules = m_config.config().rules, arrival] {
            return route::RuleBook::compile(rules).and_then(
                [&](const auto& book) { return engine::tryRoute(file, book, arrival); });
        },
        [this, file](const Result<engine::RouteTrial>& trial) { takeTrial(file, trial); });
}

void RulesPage::takeTrial(const QString& file, const Result<engine::RouteTrial>& trial)
{
    if (trial) {
        m_trialFile = file;
        m_trialResult = *trial;
        showTrial();
    } else {
        m_problems->show(kTrialKey, errorNotice(trial.error(), [name = QFileInfo(file).fileName()] {
            return tr("%1 cannot be explained.").arg(name);
        }));
    }
    Q_EMIT explained();
}

void RulesPage::showTrial()
{
    m_trial->setVisible(m_trialResult.has_value());
    if (!m_trialResult) {
        m_trialModel->setRouting({});
        return;
    }
    m_values->setEnabled(!m_config.config().settings.lockMasking);
    const bool isWhole = m_values->isChecked() && m_values->isEnabled();
    m_trialModel->setRouting(isWhole ? m_trialResult->routing : route::masked(m_trialResult->routing));
    m_trialTitle->setText(tr("What becomes of %1").arg(app::printable(QFileInfo(m_trialFile).fileName())));
    m_trialText->setText(trialText());
    for (int row = 0; row < m_trialModel->rowCount(); ++row) {
        m_trialView->expand(m_trialModel->index(row, 0));
    }
}

QString RulesPage::trialText() const
{
    const auto& routing = m_trialModel->routing();
    return routing ? app::printable(app::routingLines(*routing).join(u" · "_s)) : QString();
}

} // namespace radpost::ui
