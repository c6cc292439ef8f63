#include "ui/rules/RulesPage.h"

#include "ui/common/ConfigStore.h"
#include "ui/common/EmptyState.h"
#include "ui/common/PageHeader.h"
#include "ui/common/ProblemList.h"
#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/rules/GroupEditor.h"
#include "ui/rules/RuleEditor.h"
#include "ui/rules/RuleListModel.h"
#include "ui/rules/RuleListView.h"
#include "ui/rules/TrialView.h"
#include "ui/rules/ruleedits.h"

#include "app/common/Format.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

const QString kChangeKey = u"change"_s;

} // namespace

RulesPage::RulesPage(ConfigStore& config, QWidget* parent)
    : Page(parent)
    , m_config(config)
    , m_model(new RuleListModel(this))
    , m_groupModel(new GroupListModel(this))
    , m_stack(new QStackedWidget)
    , m_body(new QStackedWidget)
    , m_header(new PageHeader)
    , m_problems(new ProblemList)
    , m_who(makeText(u"muted"_s))
    , m_list(new RuleListView(*m_model, *m_groupModel))
    , m_empty(new EmptyState(u"rules"_s))
    , m_try(makeButton(u"test"_s))
    , m_add(makePrimaryButton(u"add"_s))
    , m_emptyAdd(makePrimaryButton(u"add"_s))
    , m_toDestinations(makeButton(u"destinations"_s))
    , m_background(u"rules"_s, 1)
{
    layOut();
    wire();
    takeConfig();
    onLanguage(*this, [this] { retranslate(); });
}

RulesPage::~RulesPage()
{
    // Its form asks m_background.
    delete m_editor;
}

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
    m_header->addAction(m_try);
    m_header->addAction(m_add);
    m_empty->addAction(m_emptyAdd);
    m_empty->addAction(m_toDestinations);
    m_body->addWidget(m_list);
    m_body->addWidget(m_empty);
    auto* overview = new QWidget;
    auto* column = new QVBoxLayout(overview);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3 * metrics::kUnit);
    column->addWidget(m_header);
    column->addWidget(m_who);
    column->addWidget(m_problems);
    column->addWidget(m_body, 1);
    m_stack->addWidget(overview);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_stack);
}

void RulesPage::wire()
{
    connect(&m_config, &ConfigStore::changed, this, &RulesPage::takeConfig);
    connect(&m_config, &ConfigStore::faultChanged, this, &RulesPage::showState);
    connect(m_add, &QPushButton::clicked, this, &RulesPage::addRule);
    connect(m_emptyAdd, &QPushButton::clicked, this, &RulesPage::addRule);
    connect(m_toDestinations, &QPushButton::clicked, this, &RulesPage::destinationsWanted);
    connect(m_try, &QPushButton::clicked, this, &RulesPage::tryRules);
    connect(m_model, &RuleListModel::enabledWanted, this, &RulesPage::enableRule);
    connect(m_model, &RuleListModel::moveWanted, this, &RulesPage::move);
    connect(m_list, &RuleListView::moveWanted, this, &RulesPage::move);
    connect(m_list, &RuleListView::editWanted, this, &RulesPage::edit);
    connect(m_list, &RuleListView::copyWanted, this, &RulesPage::duplicate);
    connect(m_list, &RuleListView::removeWanted, this, &RulesPage::remove);
    connect(m_list, &RuleListView::addGroupWanted, this, &RulesPage::addGroup);
    connect(m_list, &RuleListView::editGroupWanted, this, &RulesPage::editGroup);
    connect(m_list, &RuleListView::removeGroupWanted, this, &RulesPage::removeGroup);
}

void RulesPage::retranslate()
{
    m_header->setTitle(title());
    m_header->setSubtitle(tr("Where the gateway sends what it receives"));
    m_who->setText(tr("These rules hold for what arrives on the page Receive, and for the gateway \"radpost serve\"."));
    m_try->setText(tr("Try on files"));
    m_add->setText(tr("Add rule"));
    m_emptyAdd->setText(tr("Add the first rule"));
    m_toDestinations->setText(tr("Add a destination"));
    showState();
}

// While something is being saved, the screen is ahead of the file.
void RulesPage::takeConfig()
{
    if (m_saving == 0) {
        showRules(m_config.config().rules, m_list->currentRow());
    }
}

void RulesPage::showRules(const config::RuleSet& rules, int selected)
{
    m_rules = rules;
    m_model->setRules(rules.rules);
    m_groupModel->setGroups(rules.groups);
    if (selected >= 0 && !rules.rules.empty()) {
        m_list->selectRow(selected);
    }
    showState();
}

void RulesPage::showEmptyState()
{
    const bool hasDestination = !m_config.config().destinations.empty();
    if (m_config.fault()) {
        m_empty->setTexts(tr("The rules cannot be read"),
            tr("They are in the configuration file, which has faults. Mend it; then read it again."));
    } else {
        m_empty->setTexts(tr("No rules yet"),
            tr("A rule says: when an instance is like this, send it there. For example: when the modality is CT, send "
               "it to the AI server; send everything to the archive. What no rule matches is sent nowhere."));
    }
    m_emptyAdd->setVisible(!m_config.fault());
    m_toDestinations->setVisible(!m_config.fault() && !hasDestination);
}

void RulesPage::showState()
{
    showEmptyState();
    const bool hasAny = !m_rules.rules.empty() || !m_rules.groups.empty();
    const bool isGood = !m_config.fault();
    m_body->setCurrentIndex(hasAny ? 0 : 1);
    m_try->setVisible(hasAny);
    m_add->setVisible(hasAny);
    // A file with faults is never written to.
    m_add->setEnabled(isGood);
    m_list->setEditable(isGood);
}

bool RulesPage::isEmptyStateShown() const
{
    return m_body->currentWidget() == m_empty;
}

void RulesPage::apply(const config::RuleSet& wanted, int selected, std::function<void()> then)
{
    if (m_config.fault()) {
        return;
    }
    const auto seen = m_rules;
    showRules(wanted, selected);
    ++m_saving;
    m_config.changeRules(seen, wanted, this, [this, then = std::move(then)](const Result<>& outcome) {
        --m_saving;
        if (!outcome) {
            m_problems->show(kChangeKey, errorNotice(outcome.error()));
        } else if (then) {
            then();
        }
        takeConfig();
    });
}

void RulesPage::enableRule(int row, bool isEnabled)
{
    auto wanted = m_rules;
    wanted.rules.at(static_cast<size_t>(row)).enabled = isEnabled;
    apply(wanted, row);
}

void RulesPage::move(int from, int to)
{
    apply(withMoved(m_rules, from, to), to);
}

void RulesPage::duplicate(int row)
{
    apply(withCopy(m_rules, row), row + 1);
}

void RulesPage::remove(int row)
{
    const auto removed = m_rules.rules.at(static_cast<size_t>(row));
    apply(without(m_rules, row), row, [this, removed, row] {
        offerUndo(
            removed.name, [removed, row](const config::RuleSet& rules) { return withInserted(rules, row, removed); });
    });
}

void RulesPage::offerUndo(const QString& name, std::function<config::RuleSet(const config::RuleSet&)> back)
{
    Notice notice;
    notice.heading = [name] { return tr("\"%1\" was removed.").arg(app::printable(name)); };
    notice.actions = {{[] { return tr("Undo"); },
        [this, back = std::move(back)] {
            m_problems->remove(kChangeKey);
            apply(back(m_rules), m_list->currentRow());
        }}};
    m_problems->show(kChangeKey, std::move(notice));
}

QStringList RulesPage::destinations() const
{
    QStringList names;
    for (const auto& destination : m_config.config().destinations) {
        names.append(destination.name);
    }
    return names;
}

RuleSurroundings RulesPage::surroundings(const QString& except) const
{
    RuleSurroundings around{destinations(), m_rules.groups, {}};
    for (const auto& rule : m_rules.rules) {
        if (rule.name != except) {
            around.otherRules.append(rule.name);
        }
    }
    return around;
}

void RulesPage::addRule()
{
    config::Rule rule;
    rule.sends.emplace_back();
    openEditor(rule, {});
}

void RulesPage::edit(int row)
{
    if (row >= 0 && row < m_model->rowCount() && !m_config.fault()) {
        const auto rule = m_rules.rules[static_cast<size_t>(row)];
        openEditor(rule, rule.name);
    }
}

void RulesPage::openView(QWidget& view)
{
    m_stack->addWidget(&view);
    m_stack->setCurrentWidget(&view);
}

// Its button may be what called.
void RulesPage::closeView(QWidget* view)
{
    if (view != nullptr) {
        m_stack->removeWidget(view);
        view->hide();
        view->deleteLater();
    }
}

void RulesPage::openEditor(const config::Rule& initial, const QString& name)
{
    closeEditor();
    m_seen = m_rules;
    m_editor = new RuleEditor(initial, name, surroundings(name), m_background);
    connect(m_editor, &RuleEditor::left, this, &RulesPage::closeEditor);
    connect(m_editor, &RuleEditor::saveAsked, this, &RulesPage::saveRule);
    connect(m_editor, &RuleEditor::tryAsked, this,
        [this](const config::Rule& rule) { openTrial(withReplaced(m_rules, m_editor->name(), rule), rule.name); });
    openView(*m_editor);
    m_editor->focusFirst();
}

void RulesPage::closeEditor()
{
    closeView(std::exchange(m_editor, nullptr));
    m_list->rules()->setFocus();
}

void RulesPage::saveRule(const config::Rule& rule)
{
    const auto wanted = withReplaced(m_seen, m_editor->name(), rule);
    ++m_saving;
    m_config.changeRules(m_seen, wanted, m_editor, [this, rule](const Result<>& outcome) {
        --m_saving;
        if (outcome || outcome.error().code != ErrorCode::RulesChanged) {
            takeSaved(outcome, rule.name);
        } else {
            tellChanged(rule);
        }
    });
}

void RulesPage::takeSaved(const Result<>& outcome, const QString& name)
{
    takeConfig();
    if (!outcome) {
        m_editor->problems().show(kChangeKey, errorNotice(outcome.error()));
        return;
    }
    closeEditor();
    m_list->selectRow(m_model->rowOf(name));
}

// Nobody's change is lost without somebody saying so.
void RulesPage::tellChanged(const config::Rule& rule)
{
    takeConfig();
    const QString name = m_editor->name();
    const bool isThere = !name.isEmpty() && m_rules.findRule(name) != nullptr;
    Notice notice;
    notice.kind = BannerKind::Warning;
    notice.heading = [] { return tr("Somebody else changed the rules meanwhile. Yours is not saved yet."); };
    notice.text = [name, isThere] {
        return isThere ? tr("If you save it all the same, it takes the place of \"%1\" as it is in the file now; the "
                            "other rules stay as they are.")
                             .arg(app::printable(name))
                       : tr("If you save it all the same, it is added at the end; the other rules stay as they are.");
    };
    notice.actions = {{[] { return tr("Save it all the same"); },
        [this, rule] {
            m_editor->problems().remove(kChangeKey);
            m_seen = m_config.config().rules;
            saveRule(rule);
        }}};
    m_editor->problems().show(kChangeKey, std::move(notice));
}

void RulesPage::addGroup()
{
    openGroupEditor({});
}

void RulesPage::editGroup(int row)
{
    if (row >= 0 && row < m_groupModel->rowCount() && !m_config.fault()) {
        openGroupEditor(m_rules.groups[static_cast<size_t>(row)]);
    }
}

void RulesPage::openGroupEditor(const config::DestinationGroup& initial)
{
    closeGroupEditor();
    m_seen = m_rules;
    QStringList others;
    for (const auto& group : m_rules.groups) {
        if (group.name != initial.name) {
            others.append(group.name);
        }
    }
    m_groupEditor = new GroupEditor(initial, destinations(), others);
    connect(m_groupEditor, &GroupEditor::left, this, &RulesPage::closeGroupEditor);
    connect(m_groupEditor, &GroupEditor::saveAsked, this, &RulesPage::saveGroup);
    openView(*m_groupEditor);
    m_groupEditor->nameField()->setFocus();
}

void RulesPage::closeGroupEditor()
{
    closeView(std::exchange(m_groupEditor, nullptr));
    m_list->rules()->setFocus();
}

void RulesPage::saveGroup(const config::DestinationGroup& group)
{
    const auto wanted = withGroup(m_seen, m_groupEditor->name(), group);
    ++m_saving;
    m_config.changeRules(m_seen, wanted, m_groupEditor, [this](const Result<>& outcome) {
        --m_saving;
        takeConfig();
        if (outcome) {
            closeGroupEditor();
            return;
        }
        m_groupEditor->problems().show(kChangeKey, errorNotice(outcome.error()));
        m_seen = m_rules; // what is there now has been shown: the next try counts
    });
}

void RulesPage::removeGroup(int row)
{
    const auto group = m_rules.groups.at(static_cast<size_t>(row));
    const auto users = usersOf(m_rules, group.name);
    if (!users.isEmpty()) {
        Notice notice;
        notice.kind = BannerKind::Warning;
        notice.heading = [name = group.name] { return tr("\"%1\" is still in use.").arg(app::printable(name)); };
        notice.text = [rule = users.first()] {
            return tr("Rule \"%1\" sends to it. Change that first.").arg(app::printable(rule));
        };
        m_problems->show(kChangeKey, std::move(notice));
        return;
    }
    auto wanted = m_rules;
    wanted.groups.erase(wanted.groups.begin() + row);
    apply(wanted, m_list->currentRow(), [this, group] {
        offerUndo(group.name, [group](const config::RuleSet& rules) { return withGroup(rules, {}, group); });
    });
}

void RulesPage::tryRules()
{
    openTrial(m_rules, {});
}

void RulesPage::openTrial(const config::RuleSet& rules, const QString& rule)
{
    closeView(std::exchange(m_trial, nullptr));
    m_trial = new TrialView(rules, rule);
    connect(m_trial, &TrialView::left, this, [this] {
        closeView(std::exchange(m_trial, nullptr));
        if (m_editor != nullptr) {
            m_stack->setCurrentWidget(m_editor);
        }
    });
    openView(*m_trial);
    m_trial->setFocus();
}

} // namespace radpost::ui
