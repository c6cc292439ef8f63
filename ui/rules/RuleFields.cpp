#include "ui/rules/RuleFields.h"

#include "ui/common/Theme.h"
#include "ui/common/Widgets.h"
#include "ui/rules/ConditionRow.h"
#include "ui/rules/LabelledField.h"
#include "ui/rules/RuleForm.h"
#include "ui/rules/RuleWords.h"
#include "ui/rules/SendRow.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFrame>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>

#include <array>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

using config::RuleAction;
using config::Trigger;
constexpr std::array kActions{RuleAction::Send, RuleAction::Hold, RuleAction::Drop};
constexpr std::array kTriggers{Trigger::Instance, Trigger::Series, Trigger::Study};
constexpr int kChoiceWidth = 320;

template <typename Value, size_t Count>
void fillBox(QComboBox& box, const std::array<Value, Count>& values, QString (*word)(Value), Value current)
{
    const QSignalBlocker quiet(&box);
    box.clear();
    for (const auto value : values) {
        box.addItem(word(value), static_cast<int>(value));
    }
    box.setCurrentIndex(box.findData(static_cast<int>(current)));
}

void setQuietly(QLineEdit& field, const QString& text)
{
    const QSignalBlocker quiet(&field);
    field.setText(text);
}

void setQuietly(QCheckBox& box, bool isOn)
{
    const QSignalBlocker quiet(&box);
    box.setChecked(isOn);
}

QStringList namesOf(const std::vector<config::DestinationGroup>& groups)
{
    QStringList names;
    for (const auto& group : groups) {
        names.append(group.name);
    }
    return names;
}

} // namespace

RuleFields::RuleFields(RuleForm& form, QWidget* parent)
    : QWidget(parent)
    , m_form(form)
    , m_generalTitle(makeLabel(u"heading"_s))
    , m_name(new QLineEdit)
    , m_nameField(new LabelledField(*m_name))
    , m_note(new QLineEdit)
    , m_noteField(new LabelledField(*m_note))
    , m_enabled(new QCheckBox)
    , m_whenTitle(makeLabel(u"heading"_s))
    , m_anyAll(new QComboBox)
    , m_always(makeText(u"muted"_s))
    , m_testColumn(new QVBoxLayout)
    , m_addTest(makeButton(u"add"_s))
    , m_testProblem(makeText(u"problem"_s))
    , m_thenTitle(makeLabel(u"heading"_s))
    , m_action(new QComboBox)
    , m_sendColumn(new QVBoxLayout)
    , m_addSend(makeButton(u"add"_s))
    , m_sendProblem(makeText(u"problem"_s))
    , m_reason(new QLineEdit)
    , m_reasonField(new LabelledField(*m_reason))
    , m_waiting(new QWidget)
    , m_trigger(new QComboBox)
    , m_triggerField(new LabelledField(*m_trigger))
    , m_quiet(new QLineEdit)
    , m_quietField(new LabelledField(*m_quiet))
    , m_maxWait(new QLineEdit)
    , m_maxWaitField(new LabelledField(*m_maxWait))
    , m_expected(new QLineEdit)
    , m_expectedField(new LabelledField(*m_expected))
    , m_stop(new QCheckBox)
{
    layOut();
    fill();
    wire();
    onLanguage(*this, [this] { retranslate(); });
}

void RuleFields::layOut()
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, metrics::kPageMargin);
    column->setSpacing(3 * metrics::kUnit);
    column->addWidget(buildGeneral());
    column->addWidget(buildWhen());
    column->addWidget(buildThen());
    column->addStretch();
}

QWidget* RuleFields::buildGeneral()
{
    auto* card = makeFrame(u"card"_s);
    auto* column = makeCardColumn(*card, 3 * metrics::kUnit);
    auto* both = new QHBoxLayout;
    both->setSpacing(4 * metrics::kUnit);
    both->addWidget(m_nameField, 1);
    both->addWidget(m_noteField, 1);
    column->addWidget(m_generalTitle);
    column->addLayout(both);
    column->addWidget(m_enabled);
    return card;
}

QWidget* RuleFields::buildWhen()
{
    auto* card = makeFrame(u"card"_s);
    auto* column = makeCardColumn(*card, 3 * metrics::kUnit);
    m_anyAll->setMaximumWidth(kChoiceWidth);
    m_testColumn->setSpacing(2 * metrics::kUnit);
    m_testProblem->hide();
    column->addWidget(m_whenTitle);
    column->addWidget(m_always);
    column->addWidget(m_anyAll);
    column->addLayout(m_testColumn);
    column->addWidget(m_testProblem);
    column->addWidget(m_addTest, 0, Qt::AlignLeft);
    return card;
}

QWidget* RuleFields::buildThen()
{
    auto* card = makeFrame(u"card"_s);
    auto* column = makeCardColumn(*card, 3 * metrics::kUnit);
    m_action->setMaximumWidth(kChoiceWidth);
    m_sendColumn->setSpacing(2 * metrics::kUnit);
    m_sendProblem->hide();
    column->addWidget(m_thenTitle);
    column->addWidget(m_action);
    column->addLayout(m_sendColumn);
    column->addWidget(m_sendProblem);
    column->addWidget(m_addSend, 0, Qt::AlignLeft);
    column->addWidget(m_reasonField);
    column->addWidget(buildWaiting());
    column->addWidget(m_stop);
    return card;
}

QWidget* RuleFields::buildWaiting()
{
    auto* grid = new QGridLayout(m_waiting);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(4 * metrics::kUnit);
    grid->setVerticalSpacing(2 * metrics::kUnit);
    grid->addWidget(m_triggerField, 0, 0);
    grid->addWidget(m_quietField, 0, 1);
    grid->addWidget(m_maxWaitField, 1, 0);
    grid->addWidget(m_expectedField, 1, 1);
    return m_waiting;
}

void RuleFields::wire()
{
    const auto follow = [this](QLineEdit* field, QString RuleDraft::*text) {
        connect(field, &QLineEdit::textChanged, this, [this, text](const QString& typed) {
            m_form.change([text, &typed](RuleDraft& draft) { draft.*text = typed; });
        });
    };
    follow(m_name, &RuleDraft::name);
    follow(m_note, &RuleDraft::note);
    follow(m_reason, &RuleDraft::reason);
    follow(m_quiet, &RuleDraft::quiet);
    follow(m_maxWait, &RuleDraft::maxWait);
    follow(m_expected, &RuleDraft::expected);
    connect(m_enabled, &QCheckBox::toggled, this,
        [this](bool isOn) { m_form.change([isOn](RuleDraft& draft) { draft.isEnabled = isOn; }); });
    connect(m_stop, &QCheckBox::toggled, this,
        [this](bool isOn) { m_form.change([isOn](RuleDraft& draft) { draft.stops = isOn; }); });
    connect(m_anyAll, &QComboBox::currentIndexChanged, this,
        [this](int index) { m_form.change([index](RuleDraft& draft) { draft.isAny = index == 1; }); });
    connect(m_action, &QComboBox::currentIndexChanged, this, [this] {
        const auto action = static_cast<RuleAction>(m_action->currentData().toInt());
        m_form.change([action](RuleDraft& draft) { draft.action = action; });
        showRelevant();
    });
    connect(m_trigger, &QComboBox::currentIndexChanged, this, [this] {
        const auto trigger = static_cast<Trigger>(m_trigger->currentData().toInt());
        m_form.change([trigger](RuleDraft& draft) { draft.trigger = trigger; });
        showRelevant();
    });
    connect(m_addTest, &QPushButton::clicked, this, &RuleFields::addTest);
    connect(m_addSend, &QPushButton::clicked, this, &RuleFields::addSend);
    connect(&m_form, &RuleForm::rowsChanged, this, &RuleFields::fillRows);
    connect(&m_form, &RuleForm::modeChanged, this, &RuleFields::fill);
    connect(&m_form, &RuleForm::judged, this, &RuleFields::showProblems);
}

void RuleFields::fill()
{
    const auto& draft = m_form.draft();
    setQuietly(*m_name, draft.name);
    setQuietly(*m_note, draft.note);
    setQuietly(*m_reason, draft.reason);
    setQuietly(*m_quiet, draft.quiet);
    setQuietly(*m_maxWait, draft.maxWait);
    setQuietly(*m_expected, draft.expected);
    setQuietly(*m_enabled, draft.isEnabled);
    setQuietly(*m_stop, draft.stops);
    fillChoices();
    fillRows();
}

void RuleFields::fillChoices()
{
    const auto& draft = m_form.draft();
    fillBox(*m_action, kActions, actionWord, draft.action);
    fillBox(*m_trigger, kTriggers, triggerWord, draft.trigger);
    const QSignalBlocker quiet(m_anyAll);
    m_anyAll->clear();
    m_anyAll->addItems({tr("All of these must be true"), tr("One of these must be true")});
    m_anyAll->setCurrentIndex(draft.isAny ? 1 : 0);
}

// The button that was pressed may lie in a row: rows go later.
void RuleFields::fillRows()
{
    const auto clear = [](auto& rows) {
        for (auto* row : rows) {
            row->hide();
            row->deleteLater();
        }
        rows.clear();
    };
    clear(m_tests);
    clear(m_sends);
    for (const auto& test : m_form.draft().tests) {
        m_tests.append(new ConditionRow(test));
        m_testColumn->addWidget(m_tests.last());
        watch(*m_tests.last());
    }
    for (const auto& send : m_form.draft().sends) {
        const auto& around = m_form.surroundings();
        m_sends.append(new SendRow(send, around.destinations, namesOf(around.groups)));
        m_sendColumn->addWidget(m_sends.last());
        watch(*m_sends.last());
    }
    showRelevant();
    showProblems();
}

void RuleFields::watch(ConditionRow& row)
{
    connect(&row, &ConditionRow::changed, this, [this, &row] {
        const auto at = static_cast<size_t>(m_tests.indexOf(&row));
        m_form.change([at, &row](RuleDraft& draft) { draft.tests.at(at) = row.test(); });
    });
    connect(&row, &ConditionRow::removeAsked, this, [this, &row] {
        const auto at = m_tests.indexOf(&row);
        m_form.change([at](RuleDraft& draft) { draft.tests.erase(draft.tests.begin() + at); });
        m_addTest->setFocus();
    });
}

void RuleFields::watch(SendRow& row)
{
    connect(&row, &SendRow::changed, this, [this, &row] {
        const auto at = static_cast<size_t>(m_sends.indexOf(&row));
        m_form.change([at, &row](RuleDraft& draft) { draft.sends.at(at) = row.send(); });
    });
    connect(&row, &SendRow::removeAsked, this, [this, &row] {
        const auto at = m_sends.indexOf(&row);
        m_form.change([at](RuleDraft& draft) { draft.sends.erase(draft.sends.begin() + at); });
        m_addSend->setFocus();
    });
}

void RuleFields::addTest()
{
    m_form.change([](RuleDraft& draft) { draft.tests.emplace_back(); });
    m_tests.last()->factField()->setFocus();
}

void RuleFields::addSend()
{
    m_form.change([](RuleDraft& draft) { draft.sends.emplace_back(); });
    m_sends.last()->targetField()->setFocus();
}

void RuleFields::showRelevant()
{
    const auto& draft = m_form.draft();
    const bool sends = draft.action == RuleAction::Send;
    m_always->setVisible(draft.tests.empty());
    m_anyAll->setVisible(draft.tests.size() > 1);
    for (auto* row : std::as_const(m_sends)) {
        row->setVisible(sends);
    }
    m_addSend->setVisible(sends);
    m_reasonField->setVisible(!sends);
    m_waiting->setVisible(sends);
    for (auto* field : {m_quietField, m_maxWaitField, m_expectedField}) {
        field->setVisible(draft.trigger != Trigger::Instance);
    }
    m_stop->setEnabled(sends);
    setQuietly(*m_stop, draft.stops || !sends);
}

void RuleFields::showProblems()
{
    if (m_form.mode() != RuleForm::Mode::Fields) {
        return;
    }
    m_nameField->setProblem(m_form.problemOf(RuleField::Name));
    m_noteField->setProblem(m_form.problemOf(RuleField::Note));
    m_reasonField->setProblem(m_form.problemOf(RuleField::Reason));
    m_triggerField->setProblem(m_form.problemOf(RuleField::Trigger));
    m_quietField->setProblem(m_form.problemOf(RuleField::Quiet));
    m_maxWaitField->setProblem(m_form.problemOf(RuleField::MaxWait));
    m_expectedField->setProblem(m_form.problemOf(RuleField::Expected));
    for (int row = 0; row < m_tests.size(); ++row) {
        m_tests[row]->setProblem(m_form.problemOf(RuleField::Tests, row));
    }
    for (int row = 0; row < m_sends.size(); ++row) {
        m_sends[row]->setProblem(m_form.problemOf(RuleField::Sends, row));
    }
    for (auto [label, field] :
        {std::pair(m_testProblem, RuleField::Tests), std::pair(m_sendProblem, RuleField::Sends)}) {
        label->setText(m_form.problemOf(field));
        label->setVisible(!label->text().isEmpty());
    }
}

QString RuleFields::problemOf(RuleField field) const
{
    return m_form.problemOf(field);
}

void RuleFields::focusFirst()
{
    m_name->setFocus();
    m_name->selectAll();
}

void RuleFields::focusProblem()
{
    for (const auto& problem : m_form.problems()) {
        const auto [field, row] = problem.place;
        if (field == RuleField::Tests && row >= 0 && row < m_tests.size()) {
            m_tests[row]->setFocus();
        } else if (field == RuleField::Sends) {
            row >= 0 && row < m_sends.size() ? m_sends[row]->setFocus() : m_addSend->setFocus();
        } else if (field == RuleField::Name) {
            m_name->setFocus();
        } else if (field == RuleField::Quiet || field == RuleField::MaxWait || field == RuleField::Expected) {
            m_quiet->setFocus();
        } else {
            continue;
        }
        return;
    }
}

void RuleFields::retranslate()
{
    m_generalTitle->setText(tr("Rule"));
    m_nameField->setTexts(tr("Name"));
    m_noteField->setTexts(tr("Note"));
    m_enabled->setText(tr("In use"));
    m_whenTitle->setText(tr("When"));
    m_always->setText(tr("Without a condition the rule applies to everything that is received."));
    m_anyAll->setAccessibleName(tr("How the conditions belong together"));
    m_addTest->setText(tr("Add condition"));
    m_thenTitle->setText(tr("Then"));
    m_action->setAccessibleName(tr("What happens"));
    m_addSend->setText(tr("Add destination or group"));
    m_reasonField->setTexts(tr("Reason"), tr("Shown with the instance"));
    m_triggerField->setTexts(tr("When it starts on its way"));
    m_quietField->setTexts(
        tr("Complete after"), tr("Nothing more came for so long: 30s, 2min; or manual: by hand only"));
    m_maxWaitField->setTexts(tr("At the latest after"), tr("Since the first instance, e.g. 1h; empty: no limit"));
    m_expectedField->setTexts(tr("Or with this many"), tr("Instances; empty: what the images say"));
    m_stop->setText(tr("Stop: no later rule is looked at when this one matched"));
    fillChoices();
    showRelevant();
    showProblems();
}

} // namespace radpost::ui
