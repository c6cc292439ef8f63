#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/Session.h"
#include "app/common/Format.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

CommandSpec cancelSpec()
{
    return {u"cancel"_s, u"JOB"_s, Cli::tr("Give up what is left of a job"),
        Cli::tr("What is stored stays stored; the rest of the job will not be sent."), 1, 1, {},
        {u"radpost cancel 7"_s}};
}

ExitCode runCancel(Session& session, const Arguments& arguments)
{
    const auto& text = arguments.positional().first();
    const auto job = parseJobId(text);
    if (!job) {
        return session.misused(Cli::tr("%1 is not the number of a job.").arg(text), u"cancel"_s);
    }
    const auto engine = engine::Engine::open(session.engineParams(engine::LedgerAccess::ReadWrite));
    if (!engine) {
        return session.failed(engine.error());
    }
    if (const auto cancelled = (*engine)->cancel(*job); !cancelled) {
        return session.failed(cancelled.error());
    }
    const auto summary = (*engine)->job(*job);
    if (!summary) {
        return session.failed(summary.error());
    }
    const auto count = summary->counts.of(store::DeliveryState::Cancelled);
    session.console().event(u"cancelled"_s, {{u"job"_s, job->value}, {u"instances"_s, count}});
    session.console().line(
        Cli::tr("Job %1 is cancelled; %2 of %3 instances will not be sent.")
            .arg(QString::number(job->value), app::countText(count), app::countText(summary->counts.total())));
    return ExitCode::Ok;
}

} // namespace radpost::cli
