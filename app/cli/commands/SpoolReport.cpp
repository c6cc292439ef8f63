#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/JsonValues.h"
#include "app/cli/Session.h"
#include "app/cli/TextWidth.h"
#include "app/common/Format.h"
#include "core/engine/HeldInstances.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

QJsonObject toJson(const store::SpoolShare& share)
{
    return {{u"instances"_s, share.instances}, {u"bytes"_s, share.bytes}};
}

QJsonArray toJson(const QList<store::DestinationShare>& shares)
{
    QJsonArray array;
    for (const auto& each : shares) {
        auto object = toJson(each.share);
        object.insert(u"destination"_s, each.destination);
        array.append(object);
    }
    return array;
}

QJsonObject toJson(const store::SpoolReport& report)
{
    QJsonObject object{{u"all"_s, toJson(report.all)}, {u"unrouted"_s, toJson(report.unrouted)},
        {u"undelivered"_s, toJson(report.undelivered)}, {u"rejected"_s, toJson(report.rejected)},
        {u"waiting"_s, toJson(report.waiting)}, {u"held"_s, toJson(report.held)},
        {u"unmatched"_s, toJson(report.unmatched)}, {u"kept"_s, toJson(report.kept)}};
    if (report.oldestUndelivered) {
        object.insert(u"oldestUndelivered"_s, cli::toJson(*report.oldestUndelivered));
    }
    return object;
}

void printShare(Console& console, const store::SpoolShare& share, const QString& why)
{
    if (share.instances > 0) {
        console.line(u"  %1  %2  %3"_s.arg(
            app::countText(share.instances).rightJustified(10), app::bytesText(share.bytes).rightJustified(10), why));
    }
}

void print(Console& console, const store::SpoolReport& report)
{
    console.line(Cli::tr("%n instance(s) in the spool, %1", nullptr, static_cast<int>(report.all.instances))
                     .arg(app::bytesText(report.all.bytes)));
    printShare(console, report.unrouted, Cli::tr("not routed yet"));
    for (const auto& each : report.undelivered) {
        printShare(console, each.share, Cli::tr("not yet delivered to %1").arg(printable(each.destination)));
    }
    for (const auto& each : report.rejected) {
        printShare(console, each.share,
            Cli::tr("rejected by %1, until the job is sent again or settled").arg(printable(each.destination)));
    }
    printShare(console, report.waiting, Cli::tr("waiting for the rest of a series or study, or for a time"));
    printShare(console, report.held, Cli::tr("held for a person"));
    printShare(console, report.unmatched, Cli::tr("wanted by no rule"));
    printShare(console, report.kept, Cli::tr("done, kept for the retention time"));
    if (report.oldestUndelivered) {
        console.line(Cli::tr("The oldest undelivered came at %1.").arg(app::dateTimeText(*report.oldestUndelivered)));
    }
}

} // namespace

CommandSpec spoolReportSpec()
{
    return {u"spool report"_s, {}, Cli::tr("Tell how much is in the spool, and why"),
        Cli::tr(
            "By cause: not delivered to a destination, rejected, waiting, held, wanted by no rule, or done and kept "
            "for the retention time. An instance with several causes is counted with each. Also beside a gateway "
            "that runs."),
        0, 0, {}, {u"radpost spool report --data /var/lib/radpost"_s, u"radpost spool report --json"_s}};
}

ExitCode runSpoolReport(Session& session, const Arguments& /*arguments*/)
{
    if (!ledgerExists(session)) {
        return session.failed(makeError(ErrorCode::LedgerUnreadable, session.dataFolder()));
    }
    const auto report = engine::spoolReport(session.dataFolder());
    if (!report) {
        return session.failed(report.error());
    }
    session.console().event(u"spool-report"_s, toJson(*report));
    print(session.console(), *report);
    return ExitCode::Ok;
}

} // namespace radpost::cli
