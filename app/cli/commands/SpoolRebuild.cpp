#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/Interrupt.h"
#include "app/cli/Session.h"
#include "core/engine/SpoolRebuild.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

CommandSpec spoolRebuildSpec()
{
    return {u"spool rebuild"_s, {}, Cli::tr("Make the index of the spool anew from its files"),
        Cli::tr("Compares the files of the spool with the index and mends the index. A ledger that is damaged is put "
                "aside first, with the jobs that it holds. The gateway must not run meanwhile; it does the same at its "
                "start, as long as the ledger is sound."),
        0, 0, {}, {u"radpost spool rebuild --data /var/lib/radpost"_s}};
}

ExitCode runSpoolRebuild(Session& session, const Arguments& /*arguments*/)
{
    return withConfig(session, [&](const config::Config& config) {
        const Interrupt interrupt;
        const auto& folder = config.settings.serve.spoolFolder;
        const auto rebuilt = engine::rebuildSpool(session.dataFolder(), folder, interrupt.token());
        if (!rebuilt) {
            return session.failed(rebuilt.error());
        }
        auto& console = session.console();
        console.event(u"spool-rebuilt"_s,
            {{u"known"_s, rebuilt->known}, {u"adopted"_s, rebuilt->adopted}, {u"copies"_s, rebuilt->copies},
                {u"missing"_s, rebuilt->missing}, {u"damaged"_s, rebuilt->damaged},
                {u"damagedLedger"_s, rebuilt->damagedLedger}});
        const auto number = [](qint64 count) { return static_cast<int>(count); };
        if (!rebuilt->damagedLedger.isEmpty()) {
            console.line(Cli::tr("The ledger was damaged; it lies in %1.").arg(rebuilt->damagedLedger));
        }
        console.line(Cli::tr("%n file(s) were in the index", nullptr, number(rebuilt->known)));
        console.line(Cli::tr("%n file(s) entered the index", nullptr, number(rebuilt->adopted)));
        console.line(Cli::tr("%n copy/copies removed", nullptr, number(rebuilt->copies)));
        console.line(Cli::tr("%n file(s) missing", nullptr, number(rebuilt->missing)));
        console.line(Cli::tr("%n damaged file(s) set aside", nullptr, number(rebuilt->damaged)));
        return rebuilt->missing + rebuilt->damaged > 0 ? ExitCode::SomeFailed : ExitCode::Ok;
    });
}

} // namespace radpost::cli
