#pragma once

#include "core/config/Rule.h"

#include "ui/common/Background.h"
#include "ui/common/Page.h"
#include "ui/rules/RuleJudgement.h"

#include <functional>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace radpost::ui {

class ConfigStore;
class EmptyState;
class GroupEditor;
class GroupListModel;
class PageHeader;
class ProblemList;
class RuleEditor;
class RuleListModel;
class RuleListView;
class TrialView;
struct Notice;

/// The rules of the gateway in their order: add, change, move, remove, and try them on files.
class RulesPage final : public Page
{
    Q_OBJECT

public:
    explicit RulesPage(ConfigStore& config, QWidget* parent = nullptr);
    ~RulesPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString iconName() const override;

    // What the buttons do; for shortcuts and tests.
    void addRule();
    void edit(int row);
    void duplicate(int row);
    void remove(int row);
    void move(int from, int to);
    void enableRule(int row, bool isEnabled);
    void addGroup();
    void editGroup(int row);
    void removeGroup(int row);
    void tryRules();

    /// As they are on screen: what is being saved is in it already.
    [[nodiscard]] const config::RuleSet& rules() const { return m_rules; }
    [[nodiscard]] bool isSaving() const { return m_saving > 0; }
    [[nodiscard]] RuleListView& list() { return *m_list; }
    [[nodiscard]] RuleEditor* editor() const { return m_editor; }
    [[nodiscard]] GroupEditor* groupEditor() const { return m_groupEditor; }
    [[nodiscard]] TrialView* trial() const { return m_trial; }
    [[nodiscard]] ProblemList& problems() { return *m_problems; }
    [[nodiscard]] bool isEmptyStateShown() const;

Q_SIGNALS:
    /// A rule needs a destination, and there is none yet.
    void destinationsWanted();

private:
    void layOut();
    void wire();
    void retranslate();
    void takeConfig();
    void showState();
    void showEmptyState();
    void showRules(const config::RuleSet& rules, int selected);
    /// Puts @p wanted on screen and into the file.
    void apply(const config::RuleSet& wanted, int selected, std::function<void()> then = {});
    void openEditor(const config::Rule& initial, const QString& name);
    void openGroupEditor(const config::DestinationGroup& initial);
    void openTrial(const config::RuleSet& rules, const QString& rule);
    void openView(QWidget& view);
    void closeView(QWidget* view);
    void closeEditor();
    void closeGroupEditor();
    void saveRule(const config::Rule& rule);
    void saveGroup(const config::DestinationGroup& group);
    void takeSaved(const Result<>& outcome, const QString& name);
    void tellChanged(const config::Rule& rule);
    void offerUndo(const QString& name, std::function<config::RuleSet(const config::RuleSet&)> back);
    [[nodiscard]] RuleSurroundings surroundings(const QString& except) const;
    [[nodiscard]] QStringList destinations() const;

    ConfigStore& m_config;
    config::RuleSet m_rules;
    config::RuleSet m_seen; ///< when the editor was opened
    int m_saving = 0;
    RuleListModel* m_model;
    GroupListModel* m_groupModel;
    QStackedWidget* m_stack;
    QStackedWidget* m_body;
    PageHeader* m_header;
    ProblemList* m_problems;
    QLabel* m_who;
    RuleListView* m_list;
    EmptyState* m_empty;
    RuleEditor* m_editor = nullptr;
    GroupEditor* m_groupEditor = nullptr;
    TrialView* m_trial = nullptr;
    QPushButton* m_try;
    QPushButton* m_add;
    QPushButton* m_emptyAdd;
    QPushButton* m_toDestinations;
    Background m_background; // the last member: its thread ends before the rest goes
};

} // namespace radpost::ui
