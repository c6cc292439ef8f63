#include "app/cli/Cli.h"
#include "app/cli/JobOrders.h"
#include "app/cli/Session.h"
#include "app/cli/commands/commands.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

CommandSpec pauseSpec()
{
    return {u"pause"_s, u"[JOB]"_s, Cli::tr("Hold a job or a destination until \"radpost resume\""),
        Cli::tr(
            "A paused job is left out by \"radpost resume\" without a number. What is sent to a paused destination is "
            "written to the ledger and waits there. Beside a Radpost that runs on the same data folder, such as the "
            "gateway, that one does it, and what it did is said."),
        0, 1, {choiceOption()}, {u"radpost pause 7"_s, u"radpost pause --to MAIN-PACS"_s}};
}

ExitCode runPause(Session& session, const Arguments& arguments)
{
    const auto order = jobOrder(session, arguments, engine::JobAct::Pause, u"pause"_s);
    return order ? runOrder(session, *order) : ExitCode::Usage;
}

} // namespace radpost::cli
