#include "app/cli/JobChoice.h"

#include "app/cli/Cli.h"
#include "app/cli/Session.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

OptionSpec choiceOption()
{
    return {u"to"_s, u"NAME"_s, Cli::tr("The destination, with all its jobs, instead of one JOB."), {}};
}

std::optional<JobChoice> jobChoice(Session& session, const Arguments& arguments, const QString& command)
{
    const auto destination = arguments.value(u"to"_s);
    const auto text = arguments.positional().value(0);
    if (text.isEmpty() == destination.isEmpty()) {
        session.misused(Cli::tr("Give either the number of a job or --to NAME."), command);
        return std::nullopt;
    }
    if (!destination.isEmpty()) {
        return JobChoice{std::nullopt, destination};
    }
    const auto job = parseJobId(text);
    if (!job) {
        session.misused(Cli::tr("%1 is not the number of a job.").arg(text), command);
        return std::nullopt;
    }
    return JobChoice{*job, {}};
}

Result<QList<engine::JobSummary>> chosenJobs(
    const Session& session, const engine::Engine& engine, const JobChoice& choice)
{
    if (choice.job) {
        return engine.job(*choice.job).map([](const auto& summary) { return QList<engine::JobSummary>{summary}; });
    }
    const auto all = engine.jobs();
    if (!all) {
        return fail(all.error());
    }
    QList<engine::JobSummary> chosen;
    for (const auto& summary : *all) {
        if (store::isSameDestination(summary.job.destinationName, choice.destination)) {
            chosen.prepend(summary);
        }
    }
    const bool isKnown = !chosen.isEmpty() || (session.config() && session.config()->find(choice.destination));
    return isKnown ? Result<QList<engine::JobSummary>>(chosen)
                   : fail(ErrorCode::DestinationNotFound, choice.destination);
}

ExitCode withChosenJobs(Session& session, const Arguments& arguments, const QString& command,
    const std::function<Result<>(engine::Engine&, const JobChoice&, const QList<engine::JobSummary>&)>& then)
{
    const auto choice = jobChoice(session, arguments, command);
    if (!choice) {
        return ExitCode::Usage;
    }
    const auto engine = engine::Engine::open(session.engineParams(engine::LedgerAccess::ReadWrite));
    if (!engine) {
        return session.failed(engine.error());
    }
    const auto done =
        chosenJobs(session, **engine, *choice).and_then([&](const QList<engine::JobSummary>& jobs) -> Result<> {
            return then(**engine, *choice, jobs);
        });
    return done ? ExitCode::Ok : session.failed(done.error());
}

} // namespace radpost::cli
