#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/JobRun.h"
#include "app/cli/Session.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

CommandSpec resumeSpec()
{
    return {u"resume"_s, u"[JOB]"_s, Cli::tr("Go on with what a stop or a crash left"),
        Cli::tr("Without a number: every job that is unfinished. With a number: that job, also when it was paused or "
                "stopped. What is stored already is not sent again."),
        0, 1, {giveUpOption()}, {u"radpost resume"_s, u"radpost resume 7"_s}};
}

ExitCode runResume(Session& session, const Arguments& arguments)
{
    const auto patience = giveUpAfter(arguments);
    if (!patience) {
        return misusedGiveUp(session, u"resume"_s);
    }
    auto params = session.engineParams(engine::LedgerAccess::ReadWrite);
    params.giveUpAfter = *patience;
    if (arguments.positional().isEmpty()) {
        bool isEmpty = false;
        const auto code = JobRun(session, params).run([&isEmpty](engine::Engine& engine) {
            auto jobs = engine.resumeUnfinished();
            isEmpty = jobs && jobs->isEmpty();
            return jobs;
        });
        if (isEmpty) {
            session.console().line(Cli::tr("There is nothing to resume."));
        }
        return code;
    }
    const auto job = parseJobId(arguments.positional().first());
    if (!job) {
        return session.misused(
            Cli::tr("%1 is not the number of a job.").arg(arguments.positional().first()), u"resume"_s);
    }
    return JobRun(session, params).run([&](engine::Engine& engine) {
        return hasSomethingLeft(session, engine, *job)
            .and_then([&](bool isLeft) { return isLeft ? engine.resume(*job) : Result<>(); })
            .map([&job] { return QList<JobId>{*job}; });
    });
}

} // namespace radpost::cli
