#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/Session.h"
#include "app/common/Format.h"
#include "core/engine/LedgerCare.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace radpost::cli {

CommandSpec ledgerBackupSpec()
{
    return {u"ledger backup"_s, u"FILE"_s, Cli::tr("Copy the ledger while it is used"),
        Cli::tr("The copy is whole and as of one moment; a program that sends or receives goes on meanwhile. It holds "
                "names of patients and is readable for its owner only. Files of the spool are not in it. A file that "
                "is there is not overwritten. To restore it, put it in the place of ledger.sqlite while nothing runs."),
        1, 1, {}, {u"radpost ledger backup /backup/radpost-monday.sqlite --data /var/lib/radpost"_s}};
}

ExitCode runLedgerBackup(Session& session, const Arguments& arguments)
{
    const auto& file = arguments.positional().first();
    if (QFileInfo::exists(file)) {
        return session.misused(
            Cli::tr("%1 is there already and is not overwritten; name another file.").arg(file), u"ledger backup"_s);
    }
    const auto bytes = engine::backUpLedger(session.dataFolder(), file);
    if (!bytes) {
        return session.failed(bytes.error());
    }
    session.console().event(u"ledger-copied"_s, {{u"file"_s, file}, {u"bytes"_s, *bytes}});
    session.console().line(Cli::tr("The ledger was copied to %1, %2.").arg(file, app::bytesText(*bytes)));
    return ExitCode::Ok;
}

} // namespace radpost::cli
