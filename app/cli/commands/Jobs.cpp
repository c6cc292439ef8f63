#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/JsonValues.h"
#include "app/cli/Session.h"
#include "app/cli/TextWidth.h"
#include "app/common/Format.h"
#include "app/common/JobText.h"
#include "core/queue/ReceiptWriter.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

constexpr int kDefaultLimit = 20;
constexpr int kStateWidth = 12;

// Also when all that a scan had found before it was cut short is sent.
bool isUnfinished(const engine::JobSummary& summary)
{
    const bool mayGrow = summary.job.growth != store::JobGrowth::Sealed;
    return summary.counts.unfinished() > 0 || (mayGrow && summary.job.state != store::JobState::Cancelled);
}

QString stateText(const engine::JobSummary& summary)
{
    const bool isHeld =
        summary.job.destinationPaused && summary.job.state == store::JobState::Active && isUnfinished(summary);
    //: At most 12 columns wide: the destination of the job is paused.
    return isHeld ? Cli::tr("dest. paused") : app::jobStateText(summary.job);
}

QString rowText(const engine::JobSummary& summary, int width)
{
    using store::DeliveryState;
    const auto& counts = summary.counts;
    const qint64 stored = counts.of(DeliveryState::Stored) + counts.of(DeliveryState::StoredWithWarning);
    QString text = padLeft(QString::number(summary.job.id.value), 5) + u"  "_s +
        app::dateTimeText(summary.job.createdAt).left(16) + u"  "_s + padRight(stateText(summary), kStateWidth) + u' ' +
        padLeft(app::countText(stored) + u'/' + app::countText(counts.total()), 13) + u"  "_s +
        padRight(cutToWidth(printable(summary.job.destinationName), 16), 16);
    if (const auto failed = counts.of(DeliveryState::Rejected); failed > 0) {
        text += u"  "_s + Cli::tr("%n failed", nullptr, static_cast<int>(failed));
    }
    return cutToWidth(text + u"  "_s + printable(summary.job.title), width);
}

void printJob(Console& console, const engine::JobSummary& summary)
{
    console.event(u"job"_s,
        {{u"job"_s, summary.job.id.value}, {u"title"_s, summary.job.title},
            {u"destination"_s, summary.job.destinationName}, {u"state"_s, queue::stateKey(summary.job.state)},
            {u"destinationPaused"_s, summary.job.destinationPaused}, {u"createdAt"_s, toJson(summary.job.createdAt)},
            {u"counts"_s, toJson(summary.counts)}});
    console.line(rowText(summary, console.options().width));
}

} // namespace

CommandSpec jobsSpec()
{
    return {u"jobs"_s, {}, Cli::tr("List jobs, newest first"),
        Cli::tr("Works also while another Radpost is sending. Stored/all counts instances."), 0, 0,
        {{u"all"_s, {}, Cli::tr("Every job, not only the latest 20."), {}},
            {u"unfinished"_s, {}, Cli::tr("Only jobs with something left to send."), {}}},
        {u"radpost jobs"_s, u"radpost jobs --unfinished --json"_s}};
}

ExitCode runJobs(Session& session, const Arguments& arguments)
{
    const auto engine = engine::Engine::open(session.engineParams(engine::LedgerAccess::ReadOnly));
    const bool isNew = !engine && engine.error().code == ErrorCode::LedgerUnreadable && !ledgerExists(session);
    if (!engine && !isNew) {
        return session.failed(engine.error());
    }
    const auto jobs = isNew ? Result<QList<engine::JobSummary>>() : (*engine)->jobs();
    if (!jobs) {
        return session.failed(jobs.error());
    }
    int shown = 0;
    for (const auto& summary : *jobs) {
        const bool isWanted = !arguments.has(u"unfinished"_s) || isUnfinished(summary);
        if (isWanted && (arguments.has(u"all"_s) || shown < kDefaultLimit)) {
            printJob(session.console(), summary);
            ++shown;
        }
    }
    if (shown == 0) {
        session.console().line(Cli::tr("There are no jobs."));
    }
    return ExitCode::Ok;
}

} // namespace radpost::cli
