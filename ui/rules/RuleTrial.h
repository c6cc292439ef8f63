#pragma once

#include "core/base/CancelToken.h"
#include "core/engine/RouteTrial.h"

#include "ui/common/Background.h"

#include <QObject>

#include <optional>
#include <vector>

namespace radpost::ui {

/// What rules say of one file.
struct TrialOutcome
{
    QString path;
    std::optional<engine::RouteTrial> trial;
    std::optional<Error> error; ///< when there is no trial
};

/// Tries rules on files, on a thread of its own. Nothing is sent. Knows no widget. GUI thread.
class RuleTrial final : public QObject
{
    Q_OBJECT

public:
    /// More files than that of one drop are not looked at.
    static constexpr qsizetype kMostFiles = 200;

    explicit RuleTrial(QObject* parent = nullptr);
    ~RuleTrial() override;

    /// The rules to try; what was tried already is tried again.
    void setRules(const config::RuleSet& rules);
    void setArrival(const engine::TrialArrival& arrival);
    /// Files, and what lies in folders.
    void add(const QStringList& paths);
    void clear();

    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    [[nodiscard]] const std::vector<TrialOutcome>& outcomes() const { return m_outcomes; }
    /// The rules themselves cannot be used.
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }
    [[nodiscard]] bool isCut() const { return m_isCut; }

Q_SIGNALS:
    void changed();

private:
    struct Work;
    struct Outcome;
    void start();

    config::RuleSet m_rules;
    engine::TrialArrival m_arrival;
    QStringList m_paths;
    std::vector<TrialOutcome> m_outcomes;
    std::optional<Error> m_error;
    bool m_isBusy = false;
    bool m_isCut = false;
    quint64 m_generation = 0;
    CancelSource m_cancel;
    Background m_background; // the last member: its thread ends before the rest goes
};

} // namespace radpost::ui
