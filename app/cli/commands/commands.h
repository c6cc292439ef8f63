#pragma once

#include "app/cli/Arguments.h"
#include "app/cli/ExitCode.h"

namespace radpost::cli {

class Session;

// One pair for each row of the table of commands; a file of its own holds each.
[[nodiscard]] CommandSpec scanSpec();
[[nodiscard]] CommandSpec sendSpec();
[[nodiscard]] CommandSpec echoSpec();
[[nodiscard]] CommandSpec findSpec();
[[nodiscard]] CommandSpec worklistSpec();
[[nodiscard]] CommandSpec moveSpec();
[[nodiscard]] CommandSpec getSpec();
[[nodiscard]] CommandSpec receiveSpec();
[[nodiscard]] CommandSpec serveSpec();
[[nodiscard]] CommandSpec peerListSpec();
[[nodiscard]] CommandSpec peerAdmitSpec();
[[nodiscard]] CommandSpec peerRemoveSpec();
[[nodiscard]] CommandSpec spoolReportSpec();
[[nodiscard]] CommandSpec spoolRebuildSpec();
[[nodiscard]] CommandSpec ledgerCheckSpec();
[[nodiscard]] CommandSpec ledgerBackupSpec();
[[nodiscard]] CommandSpec jobsSpec();
[[nodiscard]] CommandSpec showSpec();
[[nodiscard]] CommandSpec pauseSpec();
[[nodiscard]] CommandSpec resumeSpec();
[[nodiscard]] CommandSpec retrySpec();
[[nodiscard]] CommandSpec cancelSpec();
[[nodiscard]] CommandSpec reportSpec();
[[nodiscard]] CommandSpec destAddSpec();
[[nodiscard]] CommandSpec destListSpec();
[[nodiscard]] CommandSpec destTestSpec();
[[nodiscard]] CommandSpec destRemoveSpec();
[[nodiscard]] CommandSpec destImportSpec();
[[nodiscard]] CommandSpec destExportSpec();
[[nodiscard]] CommandSpec routeExplainSpec();
[[nodiscard]] CommandSpec routeCheckSpec();
[[nodiscard]] CommandSpec routeReplaySpec();
[[nodiscard]] CommandSpec routeHeldSpec();
[[nodiscard]] CommandSpec routeReleaseSpec();
[[nodiscard]] CommandSpec supportBundleSpec();
[[nodiscard]] CommandSpec synthSpec();
[[nodiscard]] CommandSpec demoSpec();
[[nodiscard]] CommandSpec helpSpec();

[[nodiscard]] ExitCode runScan(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runSend(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runEcho(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runFind(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runWorklist(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runMove(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runGet(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runReceive(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runServe(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runPeerList(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runPeerAdmit(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runPeerRemove(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runSpoolReport(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runSpoolRebuild(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runLedgerCheck(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runLedgerBackup(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runJobs(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runShow(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runPause(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runResume(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runRetry(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runCancel(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runReport(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runDestAdd(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runDestList(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runDestTest(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runDestRemove(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runDestImport(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runDestExport(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runRouteExplain(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runRouteCheck(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runRouteReplay(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runRouteHeld(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runRouteRelease(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runSupportBundle(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runSynth(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runDemo(Session& session, const Arguments& arguments);
[[nodiscard]] ExitCode runHelp(Session& session, const Arguments& arguments);

} // namespace radpost::cli
