#include "app/cli/Cli.h"
#include "app/cli/JobChoice.h"
#include "app/cli/Session.h"
#include "app/cli/TextWidth.h"
#include "app/cli/commands/commands.h"
#include "app/common/Format.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

bool isOver(const store::JobRow& job)
{
    return job.state == store::JobState::Finished || job.state == store::JobState::Cancelled;
}

Result<> cancelJob(const Session& session, engine::Engine& engine, JobId job)
{
    return engine.cancel(job).and_then([&] { return engine.job(job); }).map([&](const engine::JobSummary& summary) {
        const auto count = summary.counts.of(store::DeliveryState::Cancelled);
        session.console().event(u"cancelled"_s, {{u"job"_s, job.value}, {u"instances"_s, count}});
        session.console().line(
            Cli::tr("Job %1 is cancelled; %2 of %3 instances will not be sent.")
                .arg(QString::number(job.value), app::countText(count), app::countText(summary.counts.total())));
    });
}

Result<> cancelJobs(
    const Session& session, engine::Engine& engine, const JobChoice& choice, const QList<engine::JobSummary>& jobs)
{
    int cancelledJobs = 0;
    for (const auto& summary : jobs) {
        if (!choice.job && isOver(summary.job)) {
            continue;
        }
        if (auto cancelled = cancelJob(session, engine, summary.job.id); !cancelled) {
            return cancelled;
        }
        ++cancelledJobs;
    }
    if (cancelledJobs == 0) {
        session.console().line(
            Cli::tr("There is nothing to cancel on the way to %1.").arg(printable(choice.destination)));
    }
    return {};
}

} // namespace

CommandSpec cancelSpec()
{
    return {u"cancel"_s, u"[JOB]"_s, Cli::tr("Give up what is left of a job"),
        Cli::tr("What is stored stays stored; the rest of the job will not be sent."), 0, 1, {choiceOption()},
        {u"radpost cancel 7"_s, u"radpost cancel --to MAIN-PACS"_s}};
}

ExitCode runCancel(Session& session, const Arguments& arguments)
{
    return withChosenJobs(session, arguments, u"cancel"_s,
        [&](auto& engine, const auto& choice, const auto& jobs) { return cancelJobs(session, engine, choice, jobs); });
}

} // namespace radpost::cli
