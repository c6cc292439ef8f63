#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/ReceiptText.h"
#include "app/cli/Session.h"
#include "app/cli/TextWidth.h"
#include "app/common/Format.h"
#include "app/common/JobText.h"
#include "core/queue/ReceiptWriter.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

QStringList seriesLines(const queue::Receipt& receipt)
{
    QStringList lines{{}, Cli::tr("Series")};
    for (const auto& study : receipt.studies) {
        for (const auto& series : study.series) {
            const auto& text = series.text;
            const qint64 stored = series.counts.of(store::DeliveryState::Stored) +
                series.counts.of(store::DeliveryState::StoredWithWarning);
            lines.append(u"  "_s + padLeft(app::countText(stored) + u'/' + app::countText(series.counts.total()), 13) +
                u"  "_s + text.modality + u' ' + QString::number(text.seriesNumber) + u"  "_s +
                printable(text.seriesDescription));
        }
    }
    return lines;
}

QStringList associationLines(const queue::Receipt& receipt)
{
    if (receipt.associations.isEmpty()) {
        return {};
    }
    QStringList lines{{}, Cli::tr("Associations")};
    for (const auto& row : receipt.associations) {
        const auto window = row.window == 0 ? Cli::tr("unlimited") : QString::number(row.window);
        lines.append(u"  "_s + app::dateTimeText(row.openedAt) + u"  "_s + printable(row.peerAddress) + u"  "_s +
            printable(row.peerImplementation) + u"  "_s + Cli::tr("window %1").arg(window));
    }
    return lines;
}

} // namespace

CommandSpec showSpec()
{
    return {u"show"_s, u"JOB"_s, Cli::tr("Show how a job stands"),
        Cli::tr("Counts, series, problems and associations. Works also while another Radpost is sending."), 1, 1, {},
        {u"radpost show 7"_s, u"radpost show 7 --json"_s}};
}

ExitCode runShow(Session& session, const Arguments& arguments)
{
    auto& console = session.console();
    const auto receipt = readReceipt(session, arguments.positional().first());
    if (!receipt) {
        return session.failed(receipt.error());
    }
    if (console.options().json) {
        console.event(u"job"_s,
            {{u"job"_s, receipt->job.id.value}, {u"state"_s, queue::stateKey(receipt->job.state)},
                {u"destinationPaused"_s, receipt->job.destinationPaused},
                {u"receipt"_s, QJsonDocument::fromJson(queue::receiptJson(*receipt)).object()}});
        return ExitCode::Ok;
    }
    console.line(printable(receipt->job.title) + u"  –  "_s + app::jobStateText(receipt->job));
    if (receipt->job.destinationPaused && receipt->counts.unfinished() > 0) {
        const auto name = printable(receipt->job.destinationName);
        console.line(Cli::tr("Nothing is sent to %1: it is paused.").arg(name));
    }
    const QStringList lines =
        receiptLines(*receipt, console.options().width) + seriesLines(*receipt) + associationLines(*receipt);
    for (const auto& line : lines) {
        console.line(line);
    }
    return ExitCode::Ok;
}

} // namespace radpost::cli
