#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/Session.h"
#include "core/engine/LedgerCare.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace radpost::cli {

CommandSpec ledgerCheckSpec()
{
    return {u"ledger check"_s, {}, Cli::tr("Check the ledger"),
        Cli::tr(
            "Reads the whole file and tells what is damaged in it. Works beside a gateway that runs. A damaged ledger "
            "of a gateway is made anew with \"radpost spool rebuild\"."),
        0, 0, {}, {u"radpost ledger check --data /var/lib/radpost"_s}};
}

ExitCode runLedgerCheck(Session& session, const Arguments& /*arguments*/)
{
    const auto faults = engine::checkLedgerFile(session.dataFolder());
    if (!faults) {
        return session.failed(faults.error());
    }
    auto& console = session.console();
    console.event(u"ledger-checked"_s, {{u"faults"_s, QJsonArray::fromStringList(*faults)}});
    console.line(faults->isEmpty()
            ? Cli::tr("The ledger is sound.")
            : Cli::tr("The ledger is damaged, %n fault(s):", nullptr, static_cast<int>(faults->size())));
    for (const auto& fault : *faults) {
        console.line(u"  "_s + fault);
    }
    return faults->isEmpty() ? ExitCode::Ok : ExitCode::LocalProblem;
}

} // namespace radpost::cli
