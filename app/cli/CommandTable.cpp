#include "app/cli/Command.h"
#include "app/cli/commands/commands.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

constexpr std::array kCommands{
    Command{u"scan", scanSpec, runScan},
    Command{u"send", sendSpec, runSend},
    Command{u"echo", echoSpec, runEcho},
    Command{u"find", findSpec, runFind},
    Command{u"worklist", worklistSpec, runWorklist},
    Command{u"move", moveSpec, runMove},
    Command{u"get", getSpec, runGet},
    Command{u"receive", receiveSpec, runReceive},
    Command{u"serve", serveSpec, runServe},
    Command{u"peer list", peerListSpec, runPeerList},
    Command{u"peer admit", peerAdmitSpec, runPeerAdmit},
    Command{u"peer remove", peerRemoveSpec, runPeerRemove},
    Command{u"spool report", spoolReportSpec, runSpoolReport},
    Command{u"spool rebuild", spoolRebuildSpec, runSpoolRebuild},
    Command{u"ledger check", ledgerCheckSpec, runLedgerCheck},
    Command{u"ledger backup", ledgerBackupSpec, runLedgerBackup},
    Command{u"jobs", jobsSpec, runJobs},
    Command{u"show", showSpec, runShow},
    Command{u"pause", pauseSpec, runPause},
    Command{u"resume", resumeSpec, runResume},
    Command{u"retry", retrySpec, runRetry},
    Command{u"cancel", cancelSpec, runCancel},
    Command{u"report", reportSpec, runReport},
    Command{u"dest add", destAddSpec, runDestAdd},
    Command{u"dest list", destListSpec, runDestList},
    Command{u"dest test", destTestSpec, runDestTest},
    Command{u"dest remove", destRemoveSpec, runDestRemove},
    Command{u"dest import", destImportSpec, runDestImport},
    Command{u"dest export", destExportSpec, runDestExport},
    Command{u"route explain", routeExplainSpec, runRouteExplain},
    Command{u"route check", routeCheckSpec, runRouteCheck},
    Command{u"route replay", routeReplaySpec, runRouteReplay},
    Command{u"route held", routeHeldSpec, runRouteHeld},
    Command{u"route release", routeReleaseSpec, runRouteRelease},
    Command{u"support-bundle", supportBundleSpec, runSupportBundle},
    Command{u"synth", synthSpec, runSynth},
    Command{u"demo", demoSpec, runDemo},
    Command{u"help", helpSpec, runHelp},
};

const Command* find(const QString& name)
{
    const auto found =
        std::find_if(kCommands.begin(), kCommands.end(), [&name](const Command& c) { return c.name == name; });
    return found == kCommands.end() ? nullptr : &*found;
}

// Where the command stands: after options of every command, which may have values.
qsizetype commandPosition(const QStringList& words)
{
    qsizetype at = 0;
    while (at < words.size() && words[at].startsWith(u'-')) {
        const bool hasValue = words[at] == u"--config" || words[at] == u"--data" || words[at] == u"--lang";
        at += hasValue ? 2 : 1;
    }
    return at;
}

} // namespace

std::span<const Command> commands()
{
    return kCommands;
}

QString firstWord(const QStringList& words)
{
    return words.value(commandPosition(words));
}

const Command* takeCommand(QStringList& words)
{
    const auto at = commandPosition(words);
    if (at + 1 < words.size()) {
        if (const auto* command = find(words[at] + u' ' + words[at + 1])) {
            words.remove(at, 2);
            return command;
        }
    }
    const auto* command = at < words.size() ? find(words[at]) : nullptr;
    if (command != nullptr) {
        words.removeAt(at);
    }
    return command;
}

} // namespace radpost::cli
