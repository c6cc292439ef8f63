#include "app/cli/Cli.h"
#include "app/cli/JobOrders.h"
#include "app/cli/Session.h"
#include "app/cli/commands/commands.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

CommandSpec cancelSpec()
{
    return {u"cancel"_s, u"[JOB]"_s, Cli::tr("Give up what is left of a job"),
        Cli::tr("What is stored stays stored; the rest of the job will not be sent. Beside a Radpost that runs on the "
                "same data folder, such as the gateway, that one does it, and what it did is said."),
        0, 1, {choiceOption()}, {u"radpost cancel 7"_s, u"radpost cancel --to MAIN-PACS"_s}};
}

ExitCode runCancel(Session& session, const Arguments& arguments)
{
    const auto order = jobOrder(session, arguments, engine::JobAct::Cancel, u"cancel"_s);
    return order ? runOrder(session, *order) : ExitCode::Usage;
}

} // namespace radpost::cli
