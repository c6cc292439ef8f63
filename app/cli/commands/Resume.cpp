#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/JobOrders.h"
#include "app/cli/JobRun.h"
#include "app/cli/ProofChoice.h"
#include "app/cli/Session.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

CommandSpec resumeSpec()
{
    return {u"resume"_s, u"[JOB]"_s, Cli::tr("Go on with what a stop or a crash left"),
        Cli::tr(
            "Without a number: every job that is unfinished. With a number: that job, also when it was paused or "
            "stopped. With --to: the destination is no longer paused, and its unfinished jobs go on. What is stored "
            "already is not sent again. Proof of delivery that is still to be had is asked for on. Beside a Radpost "
            "that "
            "runs on the same data folder, such as the gateway, that one goes on with them."),
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
    const auto order = isAll ? engine::JobOrder{engine::JobAct::Resume}
                             : jobOrder(session, arguments, engine::JobAct::Resume, u"resume"_s);
    if (!order) {
        return ExitCode::Usage;
    }
    return JobRun(session, params, proof.wait)
        .elsewhere([&] {
            return runElsewhere(
                session, *order, arguments, {u"give-up-after"_s, u"proof-wait"_s, u"commitment-port"_s});
        })
        .run([&](engine::Engine& engine) {
            return proof.listen(engine).and_then([&] { return beginHere(session, engine, *order); });
        });
}

} // namespace radpost::cli
