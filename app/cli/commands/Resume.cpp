#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/JobChoice.h"
#include "app/cli/JobRun.h"
#include "app/cli/ProofChoice.h"
#include "app/cli/Session.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

ExitCode resumeJob(Session& session, const engine::EngineParams& params, const ProofChoice& proof, JobId job)
{
    return JobRun(session, params, proof.wait).run([&](engine::Engine& engine) {
        return proof.listen(engine)
            .and_then([&] { return hasSomethingLeft(session, engine, job); })
            .and_then([&](bool isLeft) { return isLeft ? engine.resume(job) : Result<>(); })
            .map([&job] { return QList<JobId>{job}; });
    });
}

Result<> release(const Session& session, engine::Engine& engine, const JobChoice& choice)
{
    if (choice.destination.isEmpty()) {
        return {};
    }
    return chosenJobs(session, engine, choice).and_then([&](const auto&) {
        return engine.resumeDestination(choice.destination);
    });
}

ExitCode resumeAll(
    Session& session, const engine::EngineParams& params, const ProofChoice& proof, const JobChoice& choice)
{
    bool isEmpty = false;
    const auto code = JobRun(session, params, proof.wait).run([&](engine::Engine& engine) {
        auto jobs = proof.listen(engine).and_then([&] { return release(session, engine, choice); }).and_then([&] {
            return engine.resumeUnfinished(choice.destination);
        });
        isEmpty = jobs && jobs->isEmpty();
        return jobs;
    });
    if (isEmpty) {
        session.console().event(u"nothing-to-do"_s, {{u"command"_s, u"resume"_s}});
        session.console().line(Cli::tr("There is nothing to resume."));
    }
    return code;
}

} // namespace

CommandSpec resumeSpec()
{
    return {u"resume"_s, u"[JOB]"_s, Cli::tr("Go on with what a stop or a crash left"),
        Cli::tr(
            "Without a number: every job that is unfinished. With a number: that job, also when it was paused or "
            "stopped. With --to: the destination is no longer paused, and its unfinished jobs go on. What is stored "
            "already is not sent again. Proof of delivery that is still to be had is asked for on."),
        0, 1, {choiceOption(), giveUpOption(), proofWaitOption(), commitmentPortOption()},
        {u"radpost resume"_s, u"radpost resume 7"_s, u"radpost resume --to MAIN-PACS"_s}};
}

ExitCode runResume(Session& session, const Arguments& arguments)
{
    const auto patience = giveUpAfter(arguments);
    if (!patience) {
        return misusedGiveUp(session, u"resume"_s);
    }
    auto params = session.engineParams(engine::LedgerAccess::ReadWrite);
    params.giveUpAfter = *patience;
    ProofChoice proof;
    if (const auto wrong = proof.read(arguments); !wrong.isEmpty()) {
        return session.misused(wrong, u"resume"_s);
    }
    proof.apply(params);
    const bool isAll = arguments.positional().isEmpty() && !arguments.has(u"to"_s);
    const auto choice = isAll ? JobChoice() : jobChoice(session, arguments, u"resume"_s);
    if (!choice) {
        return ExitCode::Usage;
    }
    return choice->job ? resumeJob(session, params, proof, *choice->job) : resumeAll(session, params, proof, *choice);
}

} // namespace radpost::cli
