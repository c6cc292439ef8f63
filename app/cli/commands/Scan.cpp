#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/ScanRun.h"
#include "app/cli/Session.h"
#include "app/cli/StudyTreeText.h"
#include "app/cli/TextWidth.h"
#include "app/common/ErrorText.h"
#include "app/common/Format.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

void printSkipped(Console& console, const ScanFindings& findings, bool withFiles)
{
    for (const auto& [code, files] : findings.skipped) {
        const auto text = app::errorText(code);
        console.line(u"%1 (%2): "_s.arg(Cli::tr("Skipped"), app::countText(files.count)) + text.happened);
        for (const auto& path : withFiles ? files.paths : QStringList()) {
            console.line(u"    "_s + printable(path));
        }
    }
}

void printSummary(Console& console, const scan::ScanSummary& summary)
{
    console.line();
    console.line(Cli::tr("%1 files: %2 instances (%3), %4 skipped, %5 identical and %6 differing duplicates")
                     .arg(app::countText(summary.files), app::countText(summary.instances),
                         app::bytesText(summary.instanceBytes), app::countText(summary.skipped),
                         app::countText(summary.duplicatesIdentical), app::countText(summary.duplicatesDiffering)));
}

} // namespace

CommandSpec scanSpec()
{
    return {u"scan"_s, u"PATH…"_s, Cli::tr("Look through files, folders and archives, and list what is in them"),
        Cli::tr("Shows patients, studies and series as they would be sent. Nothing is sent or changed."), 1, -1,
        {{u"list-skipped"_s, {}, Cli::tr("Name every file that is skipped."), {}},
            {u"threads"_s, u"N"_s, Cli::tr("Files read at once."), {}}},
        {u"radpost scan /media/cdrom"_s, u"radpost scan export.zip --list-skipped"_s}};
}

ExitCode runScan(Session& session, const Arguments& arguments)
{
    auto& console = session.console();
    ScanRun run(session);
    if (arguments.has(u"threads"_s) && !run.setThreads(arguments.value(u"threads"_s))) {
        return session.misused(Cli::tr("--threads needs a whole number from 1 to 64."), u"scan"_s);
    }
    run.keepSkippedPaths(arguments.has(u"list-skipped"_s));
    const auto findings = run.scan(arguments.positional());
    if (!findings) {
        return session.failed(findings.error());
    }
    printStudyTree(console, findings->tree.patients());
    printSkipped(console, *findings, arguments.has(u"list-skipped"_s));
    printSummary(console, findings->summary);
    return findings->summary.instances > 0 ? ExitCode::Ok : ExitCode::NothingToSend;
}

} // namespace radpost::cli
