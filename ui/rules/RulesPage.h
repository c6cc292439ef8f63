#pragma once

#include "core/engine/RouteTrial.h"

#include "ui/common/Background.h"
#include "ui/common/Page.h"
#include "ui/rules/RuleEdits.h"

class QCheckBox;
class QFrame;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTreeView;

namespace radpost::ui {

class ConfigStore;
class ElidedLabel;
class EmptyState;
class PageHeader;
class ProblemList;
class RuleEditor;
class RuleListModel;
class TrialModel;

/// The rules of the gateway: their order, what each looks at and does, and what they would make of a file.
class RulesPage final : public Page
{
    Q_OBJECT

public:
    explicit RulesPage(ConfigStore& config, QWidget* parent = nullptr);
    ~RulesPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString iconName() const override;

    void addRule();
    void edit(const QString& name);
    void duplicate(const QString& name);
    void move(const QString& name, int step);
    void remove(const QString& name);
    /// Asks for a file; see explain().
    void askFile();
    /// What the rules would make of @p file, as if it came now. Nothing is sent.
    void explain(const QString& file);

    [[nodiscard]] QTreeView* list() const { return m_list; }
    [[nodiscard]] QTreeView* trialView() const { return m_trialView; }
    [[nodiscard]] QLineEdit* searchField() const { return m_search; }
    [[nodiscard]] QCheckBox* valuesBox() const { return m_values; }
    [[nodiscard]] RuleEditor* editor() const { return m_editor; }
    [[nodiscard]] ProblemList& problems() { return *m_problems; }
    [[nodiscard]] QString trialText() const;

Q_SIGNALS:
    void saved();
    void explained();

private:
    void layOut();
    QWidget* buildList();
    QFrame* buildTrial();
    void wire();
    void retranslate();
    void reload();
    void showState();
    void showTrial();
    void filter();
    [[nodiscard]] QString current() const;
    void choose(const QString& name);
    void openEditor(const QString& name, const config::Rule& rule);
    void closeEditor();
    void change(const RuleEdit& edit, const QString& thenChoose);
    void offerUndo(const config::Rule& removed, int place);
    void takeTrial(const QString& file, const Result<engine::RouteTrial>& trial);

    ConfigStore& m_config;
    RuleListModel* m_model;
    TrialModel* m_trialModel;
    PageHeader* m_header;
    ProblemList* m_problems;
    QLineEdit* m_search;
    QPushButton* m_explain;
    QPushButton* m_add;
    QStackedWidget* m_stack; ///< this page, or the editor
    QWidget* m_main;
    QTreeView* m_list;
    EmptyState* m_empty;
    QPushButton* m_emptyAdd;
    QWidget* m_listPart;
    QPushButton* m_edit;
    QPushButton* m_duplicate;
    QPushButton* m_up;
    QPushButton* m_down;
    QPushButton* m_remove;
    QFrame* m_trial;
    ElidedLabel* m_trialTitle;
    QLabel* m_trialText;
    QCheckBox* m_values;
    QPushButton* m_trialClose;
    QTreeView* m_trialView;
    RuleEditor* m_editor = nullptr;
    QString m_trialFile;
    std::optional<engine::RouteTrial> m_trialResult;
    QString m_wanted;        ///< the rule to choose when the file has been read again
    Background m_background; // last: it waits for what runs
};

} // namespace radpost::ui
