#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/JobChoice.h"
#include "app/cli/JobRun.h"
#include "app/cli/Session.h"
#include "app/cli/TextWidth.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

bool hasFailed(const engine::JobSummary& summary)
{
    return summary.counts.of(store::DeliveryState::Rejected) > 0;
}

Result<> sendAgain(const Session& session, engine::Engine& engine, const engine::JobSummary& summary)
{
    const auto job = summary.job.id;
    if (!hasFailed(summary)) {
        session.console().note(Cli::tr("Nothing failed in job %1.").arg(job.value));
        return {};
    }
    return engine.retryFailed(job).map([&](qint64 count) {
        session.console().event(u"retry"_s, {{u"job"_s, job.value}, {u"instances"_s, count}});
        session.console().note(Cli::tr("Sending %n instance(s) again", nullptr, static_cast<int>(count)));
    });
}

Result<QList<JobId>> sendAgainAll(const Session& session, engine::Engine& engine, const JobChoice& choice)
{
    const auto jobs = chosenJobs(session, engine, choice);
    if (!jobs) {
        return fail(jobs.error());
    }
    QList<JobId> started;
    for (const auto& summary : *jobs) {
        if (!choice.job && (!hasFailed(summary) || summary.job.state == store::JobState::Cancelled)) {
            continue;
        }
        if (auto done = sendAgain(session, engine, summary); !done) {
            return fail(done.error());
        }
        started.append(summary.job.id);
    }
    if (started.isEmpty()) {
        session.console().event(u"nothing-to-do"_s, {{u"command"_s, u"retry"_s}});
        session.console().note(Cli::tr("Nothing failed on the way to %1.").arg(printable(choice.destination)));
    }
    return started;
}

} // namespace

CommandSpec retrySpec()
{
    return {u"retry"_s, u"[JOB]"_s, Cli::tr("Send again what failed in a job"),
        Cli::tr("Every failed instance of the job gets a fresh try; what is stored is left alone."), 0, 1,
        {choiceOption(), giveUpOption()}, {u"radpost retry 7"_s, u"radpost retry --to MAIN-PACS"_s}};
}

ExitCode runRetry(Session& session, const Arguments& arguments)
{
    const auto choice = jobChoice(session, arguments, u"retry"_s);
    if (!choice) {
        return ExitCode::Usage;
    }
    const auto patience = giveUpAfter(arguments);
    if (!patience) {
        return misusedGiveUp(session, u"retry"_s);
    }
    auto params = session.engineParams(engine::LedgerAccess::ReadWrite);
    params.giveUpAfter = *patience;
    return JobRun(session, params).run([&](engine::Engine& engine) { return sendAgainAll(session, engine, *choice); });
}

} // namespace radpost::cli
