#include "app/cli/Cli.h"
#include "app/cli/JobChoice.h"
#include "app/cli/Session.h"
#include "app/cli/TextWidth.h"
#include "app/cli/commands/commands.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

Result<> pauseJob(const Session& session, engine::Engine& engine, const store::JobRow& job)
{
    if (job.state != store::JobState::Active) {
        session.console().line(Cli::tr("Job %1 is not being sent.").arg(job.id.value));
        return {};
    }
    return engine.pause(job.id).map([&] {
        session.console().event(u"paused"_s, {{u"job"_s, job.id.value}});
        session.console().line(Cli::tr("Job %1 is paused. Go on with: radpost resume %1").arg(job.id.value));
    });
}

Result<> pauseDestination(const Session& session, engine::Engine& engine, const QString& name)
{
    return engine.pauseDestination(name).map([&] {
        session.console().event(u"paused"_s, {{u"destination"_s, name}});
        session.console().line(
            Cli::tr("Nothing is sent to %1 any more. Go on with: radpost resume --to %1").arg(printableArgument(name)));
    });
}

} // namespace

CommandSpec pauseSpec()
{
    return {u"pause"_s, u"[JOB]"_s, Cli::tr("Hold a job or a destination until \"radpost resume\""),
        Cli::tr(
            "A paused job is left out by \"radpost resume\" without a number. What is sent to a paused destination is "
            "written to the ledger and waits there."),
        0, 1, {choiceOption()}, {u"radpost pause 7"_s, u"radpost pause --to MAIN-PACS"_s}};
}

ExitCode runPause(Session& session, const Arguments& arguments)
{
    return withChosenJobs(session, arguments, u"pause"_s, [&](auto& engine, const auto& choice, const auto& jobs) {
        return choice.job ? pauseJob(session, engine, jobs.first().job)
                          : pauseDestination(session, engine, choice.destination);
    });
}

} // namespace radpost::cli
