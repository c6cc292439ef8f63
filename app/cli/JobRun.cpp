#include "app/cli/JobRun.h"

#include "app/cli/Cli.h"
#include "app/cli/Interrupt.h"
#include "app/cli/JobFollower.h"
#include "app/cli/JsonValues.h"
#include "app/cli/ReceiptText.h"
#include "app/cli/Session.h"
#include "app/cli/TextWidth.h"
#include "core/config/Expectation.h"
#include "core/queue/ReceiptWriter.h"

#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::cli {

namespace {

constexpr auto kPatience = 5s; // for the response to what is on the wire when Ctrl-C comes

void announce(Console& console, const engine::Engine& engine, const QList<JobId>& jobs)
{
    for (const auto id : jobs) {
        if (const auto summary = engine.job(id)) {
            console.event(u"job-started"_s,
                {{u"job"_s, id.value}, {u"destination"_s, summary->job.destinationName},
                    {u"title"_s, summary->job.title}});
            console.note(
                Cli::tr("Job %1 to %2").arg(QString::number(id.value), printable(summary->job.destinationName)));
        }
    }
}

} // namespace

ExitCode JobRun::run(const Start& start)
{
    const auto code = runHere(start);
    return code ? *code : m_elsewhere();
}

/// Nothing: another process has the ledger open.
std::optional<ExitCode> JobRun::runHere(const Start& start)
{
    auto& console = m_session.console();
    Interrupt interrupt;
    const SystemClock clock;
    JobFollower follower(console, clock);
    const auto engine = engine::Engine::open(m_params, &follower);
    if (!engine) {
        follower.finish();
        const bool isElsewhere = m_elsewhere && engine.error().code == ErrorCode::LedgerLocked;
        return isElsewhere ? std::nullopt : std::optional(m_session.failed(engine.error()));
    }
    const auto jobs = start(**engine);
    if (!jobs) {
        follower.finish();
        return m_session.failed(jobs.error());
    }
    announce(console, **engine, *jobs);
    follower.begin();
    const auto rested = (*engine)->waitUntilAtRest(interrupt.token());
    if (!rested) {
        console.note(Cli::tr("Stopping: what is on its way gets its answer. Press Ctrl-C again to stop at once."));
    }
    if (rested) {
        awaitProof(**engine, *jobs, interrupt.token());
    }
    (*engine)->stop(kPatience);
    follower.finish();
    const auto code = printReceipts(**engine, *jobs);
    return interrupt.wasPulled() && code != ExitCode::Ok ? ExitCode::Interrupted : code;
}

/// Not for ever: a PACS may take hours to report, and what it says later still counts when somebody listens.
void JobRun::awaitProof(engine::Engine& engine, const QList<JobId>& jobs, const CancelToken& cancel)
{
    const bool isWanted = std::any_of(jobs.begin(), jobs.end(), [&engine](JobId id) {
        const auto summary = engine.job(id);
        return summary && summary->job.proofWanted != store::ProofWanted::Response;
    });
    if (!isWanted) {
        return;
    }
    m_session.console().note(Cli::tr("Everything is sent. Waiting for the proof of delivery…"));
    CancelSource over;
    const std::stop_callback onCancel(cancel.stopToken(), [&over] { over.cancel(); });
    std::jthread timer([&over, wait = m_proofWait](const std::stop_token& stop) {
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any never;
        never.wait_for(lock, stop, wait, [] { return false; });
        over.cancel();
    });
    if (const auto proved = engine.waitUntilProved(jobs, over.token());
        !proved && proved.error().code != ErrorCode::Cancelled) {
        m_session.failed(proved.error());
    }
}

ExitCode JobRun::printReceipts(const engine::Engine& engine, const QList<JobId>& jobs)
{
    auto code = ExitCode::Ok;
    for (const auto job : jobs) {
        code = worse(code, printReceipt(engine, job));
        if (job != jobs.last()) {
            m_session.console().line();
        }
    }
    return code;
}

ExitCode JobRun::printReceipt(const engine::Engine& engine, JobId job)
{
    auto& console = m_session.console();
    const auto receipt = engine.receipt(job);
    if (!receipt) {
        return m_session.failed(receipt.error());
    }
    const auto code = exitCodeOf(*receipt);
    tellReceipt(console, *receipt);
    for (const auto& line : receiptLines(*receipt, console.options().width)) {
        console.line(line);
    }
    return code;
}

void tellReceipt(Console& console, const queue::Receipt& receipt)
{
    if (console.options().json) {
        console.event(u"receipt"_s,
            {{u"job"_s, receipt.job.id.value}, {u"exitCode"_s, static_cast<int>(exitCodeOf(receipt))},
                {u"receipt"_s, QJsonDocument::fromJson(queue::receiptJson(receipt)).object()}});
    }
}

OptionSpec giveUpOption()
{
    return {u"give-up-after"_s, u"30s|never"_s,
        Cli::tr("How long a destination may be out of reach before the job is stopped."), {}};
}

// "never", "30s", "10min".
std::optional<std::chrono::milliseconds> giveUpAfter(const Arguments& arguments)
{
    constexpr auto kDefault = 30s;
    if (!arguments.has(u"give-up-after"_s)) {
        return kDefault;
    }
    const auto text = arguments.value(u"give-up-after"_s);
    if (text == u"never") {
        return 0ms;
    }
    const auto milliseconds = config::durationFromText(text);
    return milliseconds && *milliseconds > 0 ? std::optional(std::chrono::milliseconds(*milliseconds)) : std::nullopt;
}

ExitCode misusedGiveUp(Session& session, const QString& command)
{
    return session.misused(Cli::tr("--give-up-after needs a duration such as 30s, or never."), command);
}

ExitCode exitCodeOf(const queue::Receipt& receipt)
{
    using store::DeliveryState;
    const auto& counts = receipt.counts;
    if (receipt.job.stopReason && receipt.job.state == store::JobState::Stopped) {
        return exitCodeOf(receipt.job.stopReason->code);
    }
    if (counts.total() == 0 && receipt.alreadyThereCount() > 0) {
        return receipt.isComplete() ? ExitCode::Ok : ExitCode::SomeFailed;
    }
    if (counts.total() == 0) {
        return ExitCode::NothingToSend;
    }
    const qint64 stored = counts.of(DeliveryState::Stored) + counts.of(DeliveryState::StoredWithWarning);
    return stored == counts.total() && receipt.isComplete() ? ExitCode::Ok : ExitCode::SomeFailed;
}

ExitCode worse(ExitCode a, ExitCode b)
{
    constexpr std::array kOrder{ExitCode::Ok, ExitCode::NothingToSend, ExitCode::SomeFailed, ExitCode::Unreachable,
        ExitCode::Usage, ExitCode::LocalProblem, ExitCode::Interrupted};
    const auto rank = [&kOrder](ExitCode code) { return std::find(kOrder.begin(), kOrder.end(), code); };
    return rank(a) < rank(b) ? b : a;
}

} // namespace radpost::cli
