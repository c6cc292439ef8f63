#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/JobOrders.h"
#include "app/cli/JobRun.h"
#include "app/cli/Session.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

CommandSpec retrySpec()
{
    return {u"retry"_s, u"[JOB]"_s, Cli::tr("Send again what failed in a job"),
        Cli::tr("Every failed instance of the job gets a fresh try; what is stored is left alone. Beside a Radpost "
                "that runs on the same data folder, such as the gateway, that one sends."),
        0, 1, {choiceOption(), giveUpOption()}, {u"radpost retry 7"_s, u"radpost retry --to MAIN-PACS"_s}};
}

ExitCode runRetry(Session& session, const Arguments& arguments)
{
    const auto order = jobOrder(session, arguments, engine::JobAct::Retry, u"retry"_s);
    if (!order) {
        return ExitCode::Usage;
    }
    const auto patience = giveUpAfter(arguments);
    if (!patience) {
        return misusedGiveUp(session, u"retry"_s);
    }
    auto params = session.engineParams(engine::LedgerAccess::ReadWrite);
    params.giveUpAfter = *patience;
    return JobRun(session, params)
        .elsewhere([&] { return runElsewhere(session, *order, arguments, {u"give-up-after"_s}); })
        .run([&](engine::Engine& engine) { return beginHere(session, engine, *order); });
}

} // namespace radpost::cli
