#include "ui/rules/RuleForm.h"

#include "ui/common/Background.h"
#include "ui/rules/RuleWords.h"

#include "core/config/RulesText.h"

namespace radpost::ui {

namespace {

bool isEmpty(const DraftTest& test)
{
    return test.value.isEmpty() && test.until.isEmpty() && test.attribute.isEmpty();
}

} // namespace

RuleForm::RuleForm(const config::Rule& initial, RuleSurroundings surroundings, Background& background, QObject* parent)
    : QObject(parent)
    , m_surroundings(std::move(surroundings))
    , m_background(background)
{
    if (auto draft = draftOf(initial)) {
        m_draft = *std::move(draft);
    } else {
        m_mode = Mode::Text;
        m_text = QString::fromUtf8(config::ruleToToml(initial));
    }
    m_initialDraft = m_draft;
    m_initialText = m_text;
    judge();
}

void RuleForm::change(const std::function<void(RuleDraft& draft)>& edit)
{
    const auto tests = m_draft.tests.size();
    const auto sends = m_draft.sends.size();
    const auto before = m_draft;
    edit(m_draft);
    if (m_draft == before) {
        return;
    }
    judge();
    if (m_draft.tests.size() != tests || m_draft.sends.size() != sends) {
        Q_EMIT rowsChanged();
    }
}

void RuleForm::setText(const QString& text)
{
    if (text != m_text) {
        m_text = text;
        judge();
    }
}

bool RuleForm::canShowFields() const
{
    return m_mode == Mode::Fields || (m_judgement && m_judgement->rule && draftOf(*m_judgement->rule));
}

void RuleForm::setMode(Mode mode)
{
    if (mode == m_mode || (mode == Mode::Fields && !canShowFields())) {
        return;
    }
    if (mode == Mode::Fields) {
        m_draft = *draftOf(*m_judgement->rule);
    } else {
        const bool isGood = m_judgement && m_judgement->rule;
        m_text = QString::fromUtf8(isGood ? config::ruleToToml(*m_judgement->rule) : textOf(m_draft).toml);
    }
    // Another way to write it is no change; a change that was made before stays one.
    const bool wasChanged = isChanged();
    m_mode = mode;
    if (!wasChanged) {
        m_initialDraft = m_draft;
        m_initialText = m_text;
    } else if (mode == Mode::Text) {
        m_initialText.clear();
    } else {
        m_initialDraft = {};
    }
    Q_EMIT modeChanged();
    judge();
}

const std::vector<RuleProblem>& RuleForm::problems() const
{
    return m_last.problems;
}

bool RuleForm::isBlank(RuleField field, int row) const
{
    switch (field) {
    case RuleField::Name:
        return m_draft.name.isEmpty();
    case RuleField::Sends:
        return row < 0 || m_draft.sends.at(static_cast<size_t>(row)).to.isEmpty();
    case RuleField::Tests:
        return row >= 0 && isEmpty(m_draft.tests.at(static_cast<size_t>(row)));
    default:
        return false;
    }
}

QString RuleForm::problemOf(RuleField field, int row) const
{
    for (const auto& problem : m_last.problems) {
        if (problem.place == DraftPlace{field, row} && (m_showsAll || !isBlank(field, row))) {
            return problemWords(problem);
        }
    }
    return {};
}

bool RuleForm::isChanged() const
{
    return m_mode == Mode::Fields ? m_draft != m_initialDraft : m_text != m_initialText;
}

void RuleForm::judge()
{
    m_judgement.reset();
    const auto generation = ++m_generation;
    m_background.run(
        this,
        [mode = m_mode, draft = m_draft, text = m_text.toUtf8(), surroundings = m_surroundings] {
            return mode == Mode::Fields ? judgeDraft(draft, surroundings) : judgeText(text, surroundings);
        },
        [this, generation](RuleJudgement judgement) {
            if (generation == m_generation) {
                take(std::move(judgement));
            }
        });
}

void RuleForm::take(RuleJudgement judgement)
{
    m_last = judgement;
    m_judgement = std::move(judgement);
    Q_EMIT judged();
    if (m_isFinishing) {
        tellFinish();
    }
}

void RuleForm::finish()
{
    m_showsAll = true;
    m_isFinishing = true;
    if (m_judgement) {
        tellFinish();
    }
}

void RuleForm::tellFinish()
{
    m_isFinishing = false;
    if (m_judgement->rule) {
        Q_EMIT finished(config::Rule(*m_judgement->rule));
        return;
    }
    Q_EMIT judged(); // what was not complained about yet is now
    Q_EMIT refused();
}

} // namespace radpost::ui
