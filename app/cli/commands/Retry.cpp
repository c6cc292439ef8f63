#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/JobRun.h"
#include "app/cli/Session.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

Result<> sendAgain(const Session& session, engine::Engine& engine, JobId job)
{
    const auto summary = engine.job(job);
    if (!summary) {
        return fail(summary.error());
    }
    if (summary->counts.of(store::DeliveryState::Rejected) == 0) {
        session.console().note(Cli::tr("Nothing failed in job %1.").arg(job.value));
        return {};
    }
    return engine.retryFailed(job).map([&](qint64 count) {
        session.console().event(u"retry"_s, {{u"job"_s, job.value}, {u"instances"_s, count}});
        session.console().note(Cli::tr("Sending %n instance(s) again", nullptr, static_cast<int>(count)));
    });
}

} // namespace

CommandSpec retrySpec()
{
    return {u"retry"_s, u"JOB"_s, Cli::tr("Send again what failed in a job"),
        Cli::tr("Every failed instance of the job gets a fresh try; what is stored is left alone."), 1, 1,
        {giveUpOption()}, {u"radpost retry 7"_s}};
}

ExitCode runRetry(Session& session, const Arguments& arguments)
{
    const auto& text = arguments.positional().first();
    const auto job = parseJobId(text);
    if (!job) {
        return session.misused(Cli::tr("%1 is not the number of a job.").arg(text), u"retry"_s);
    }
    const auto patience = giveUpAfter(arguments);
    if (!patience) {
        return misusedGiveUp(session, u"retry"_s);
    }
    auto params = session.engineParams(engine::LedgerAccess::ReadWrite);
    params.giveUpAfter = *patience;
    return JobRun(session, params).run([&](engine::Engine& engine) {
        return sendAgain(session, engine, *job).map([&job] { return QList<JobId>{*job}; });
    });
}

} // namespace radpost::cli
