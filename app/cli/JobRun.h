#pragma once

#include "app/cli/Arguments.h"
#include "app/cli/ExitCode.h"
#include "core/engine/Engine.h"

#include <chrono>
#include <functional>
#include <optional>

namespace radpost::cli {

class Console;
class Session;

/// What send, resume and retry have in common: open the engine, start jobs, follow them until they are at rest or
/// Ctrl-C comes, print a receipt for each.
class JobRun final
{
public:
    static constexpr std::chrono::milliseconds kProofWait{60'000};

    /// @p proofWait: how long proof of delivery that is wanted is waited for after the last instance.
    JobRun(Session& session, engine::EngineParams params, std::chrono::milliseconds proofWait = kProofWait)
        : m_session(session)
        , m_params(std::move(params))
        , m_proofWait(proofWait)
    {
    }

    /// What to do when another process has the ledger open; without it that is an error.
    JobRun& elsewhere(std::function<ExitCode()> elsewhere)
    {
        m_elsewhere = std::move(elsewhere);
        return *this;
    }

    using Start = std::function<Result<QList<JobId>>(engine::Engine&)>;
    [[nodiscard]] ExitCode run(const Start& start);

private:
    [[nodiscard]] std::optional<ExitCode> runHere(const Start& start);
    [[nodiscard]] ExitCode printReceipts(const engine::Engine& engine, const QList<JobId>& jobs);
    [[nodiscard]] ExitCode printReceipt(const engine::Engine& engine, JobId job);

    void awaitProof(engine::Engine& engine, const QList<JobId>& jobs, const CancelToken& cancel);

    Session& m_session;
    engine::EngineParams m_params;
    std::chrono::milliseconds m_proofWait;
    std::function<ExitCode()> m_elsewhere;
};

/// --give-up-after: how long a destination may be out of reach. @return nothing when it is not a duration or "never".
[[nodiscard]] OptionSpec giveUpOption();
[[nodiscard]] std::optional<std::chrono::milliseconds> giveUpAfter(const Arguments& arguments);

/// Says that --give-up-after is wrong.
ExitCode misusedGiveUp(Session& session, const QString& command);

/// The whole receipt as a "receipt" event.
void tellReceipt(Console& console, const queue::Receipt& receipt);

/// What a job's receipt means for the shell.
[[nodiscard]] ExitCode exitCodeOf(const queue::Receipt& receipt);

/// The one that matters more: of several jobs the worst is what the shell gets.
[[nodiscard]] ExitCode worse(ExitCode a, ExitCode b);

} // namespace radpost::cli
