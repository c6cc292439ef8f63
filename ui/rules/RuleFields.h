#pragma once

#include <QList>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace radpost::ui {

class ConditionRow;
class LabelledField;
class RuleForm;
class SendRow;
enum class RuleField;

/// The fields of a rule: what it is called, when it applies, what happens then.
class RuleFields final : public QWidget
{
    Q_OBJECT

public:
    explicit RuleFields(RuleForm& form, QWidget* parent = nullptr);

    void focusFirst();
    /// The first field with a problem.
    void focusProblem();

    [[nodiscard]] QLineEdit* nameField() const { return m_name; }
    [[nodiscard]] QComboBox* actionField() const { return m_action; }
    [[nodiscard]] QComboBox* triggerField() const { return m_trigger; }
    [[nodiscard]] QLineEdit* quietField() const { return m_quiet; }
    [[nodiscard]] QPushButton* addTestButton() const { return m_addTest; }
    [[nodiscard]] QPushButton* addSendButton() const { return m_addSend; }
    [[nodiscard]] const QList<ConditionRow*>& tests() const { return m_tests; }
    [[nodiscard]] const QList<SendRow*>& sends() const { return m_sends; }
    [[nodiscard]] QString problemOf(RuleField field) const;

private:
    void layOut();
    QWidget* buildGeneral();
    QWidget* buildWhen();
    QWidget* buildThen();
    QWidget* buildWaiting();
    void wire();
    void fill();
    void fillRows();
    void retranslate();
    void fillChoices();
    void showRelevant();
    void showProblems();
    void addTest();
    void addSend();
    void watch(ConditionRow& row);
    void watch(SendRow& row);

    RuleForm& m_form;
    QLabel* m_generalTitle;
    QLineEdit* m_name;
    LabelledField* m_nameField;
    QLineEdit* m_note;
    LabelledField* m_noteField;
    QCheckBox* m_enabled;
    QLabel* m_whenTitle;
    QComboBox* m_anyAll;
    QLabel* m_always;
    QVBoxLayout* m_testColumn;
    QPushButton* m_addTest;
    QLabel* m_testProblem;
    QLabel* m_thenTitle;
    QComboBox* m_action;
    QVBoxLayout* m_sendColumn;
    QPushButton* m_addSend;
    QLabel* m_sendProblem;
    QLineEdit* m_reason;
    LabelledField* m_reasonField;
    QWidget* m_waiting;
    QComboBox* m_trigger;
    LabelledField* m_triggerField;
    QLineEdit* m_quiet;
    LabelledField* m_quietField;
    QLineEdit* m_maxWait;
    LabelledField* m_maxWaitField;
    QLineEdit* m_expected;
    LabelledField* m_expectedField;
    QCheckBox* m_stop;
    QList<ConditionRow*> m_tests;
    QList<SendRow*> m_sends;
};

} // namespace radpost::ui
