#pragma once

#include "ui/rules/RuleJudgement.h"

#include <QObject>

#include <functional>
#include <optional>

namespace radpost::ui {

class Background;

/// A rule while somebody edits it, as fields or as text. What the parser says of it is asked on another thread at every
/// change, since it looks into the dictionary. Knows no widget. GUI thread.
class RuleForm final : public QObject
{
    Q_OBJECT

public:
    enum class Mode { Fields, Text };

    /// @p initial is shown as text when fields cannot show all of it.
    RuleForm(
        const config::Rule& initial, RuleSurroundings surroundings, Background& background, QObject* parent = nullptr);

    [[nodiscard]] Mode mode() const { return m_mode; }
    [[nodiscard]] const RuleDraft& draft() const { return m_draft; }
    [[nodiscard]] const QString& text() const { return m_text; }
    [[nodiscard]] const RuleSurroundings& surroundings() const { return m_surroundings; }

    // Edits. Of the draft: anything; rowsChanged() comes when there are more or fewer rows.
    void change(const std::function<void(RuleDraft& draft)>& edit);
    void setText(const QString& text);

    /// From fields to text always; from text to fields only when canShowFields().
    void setMode(Mode mode);
    [[nodiscard]] bool canShowFields() const;

    /// The parser has seen what stands here now.
    [[nodiscard]] bool isJudged() const { return m_judgement.has_value(); }
    [[nodiscard]] const std::vector<RuleProblem>& problems() const;
    /// For the field or row, in the language that is set; empty: all is well. What was not filled in yet is not
    /// complained about before finish() was called.
    [[nodiscard]] QString problemOf(RuleField field, int row = -1) const;
    [[nodiscard]] bool isChanged() const;

    /// Says finished() as soon as it is judged good, or refused().
    void finish();

Q_SIGNALS:
    void rowsChanged();
    void modeChanged();
    void judged();
    void finished(const config::Rule& rule);
    void refused();

private:
    void judge();
    void take(RuleJudgement judgement);
    void tellFinish();
    [[nodiscard]] bool isBlank(RuleField field, int row) const;

    RuleSurroundings m_surroundings;
    Background& m_background;
    Mode m_mode = Mode::Fields;
    RuleDraft m_draft;
    RuleDraft m_initialDraft;
    QString m_text;
    QString m_initialText;
    std::optional<RuleJudgement> m_judgement; ///< of what stands here now
    RuleJudgement m_last;                     ///< stays on screen while the next one is made
    quint64 m_generation = 0;
    bool m_isFinishing = false;
    bool m_showsAll = false;
};

} // namespace radpost::ui
