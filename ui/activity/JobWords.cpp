#include "ui/activity/JobWords.h"

#include "app/common/ErrorText.h"
#include "app/common/Format.h"
#include "app/common/Sentences.h"
#include "core/queue/ReceiptWriter.h"

#include <QDateTime>
#include <QLocale>

#include <cmath>

using namespace Qt::StringLiterals;

namespace radpost::ui {

using queue::JobActivity;

namespace {

QString nextTryText(const JobFacts& facts)
{
    const auto next = facts.progress ? facts.progress->nextTryAt : std::nullopt;
    return next ? app::momentText(*next, app::Precision::Seconds) : QString();
}

QString unreadText(qint64 unread)
{
    return JobWords::tr("%Ln file(s) could not be read", nullptr, static_cast<int>(unread));
}

QString withReason(const QString& state, const std::optional<Error>& error)
{
    return error ? app::labelled(state, app::errorText(*error).happened) : state;
}

QString finishedText(const JobFacts& facts)
{
    const auto sum = facts.sums();
    if (sum.total == 0) {
        return sum.unread > 0 ? JobWords::tr("finished: nothing was sent; %1").arg(unreadText(sum.unread))
                              : JobWords::tr("finished: nothing was there to send");
    }
    if (sum.failed == 0 && sum.unproved > 0) {
        return JobWords::tr("finished: sent, but not proved");
    }
    if (sum.failed == 0 && sum.awaited > 0) {
        return JobWords::tr("sent; the proof is awaited");
    }
    if (sum.failed == 0 && sum.unread > 0) {
        //: %1: how many files could not be read
        return JobWords::tr("everything that could be read is stored; %1").arg(unreadText(sum.unread));
    }
    if (sum.failed == 0) {
        return JobWords::tr("finished: everything is stored");
    }
    return facts.entry.isSettled ? JobWords::tr("finished, failures settled") : JobWords::tr("finished with failures");
}

QString downText(const JobFacts& facts)
{
    const auto next = nextTryText(facts);
    const auto state = next.isEmpty() ? JobWords::tr("destination down")
                                      : JobWords::tr("destination down, tries again at %1").arg(next);
    return withReason(state, facts.progress ? facts.progress->lastError : std::nullopt);
}

QString waitingText(const JobFacts& facts)
{
    const auto next = nextTryText(facts);
    return next.isEmpty() ? JobWords::tr("waits to try again") : JobWords::tr("waits until %1 to try again").arg(next);
}

QString hoursText(const JobFacts& facts)
{
    const auto next = nextTryText(facts);
    return next.isEmpty() ? JobWords::tr("waits for the hours of the destination")
                          : JobWords::tr("waits until %1 for the hours of the destination").arg(next);
}

QString sendingText(const JobFacts& facts)
{
    const auto limit = facts.progress ? facts.progress->byteLimit : 0;
    //: %1: a rate such as 3 MB/s
    return limit > 0 ? JobWords::tr("sending, limited to %1").arg(app::rateText(double(limit)))
                     : JobWords::tr("sending");
}

} // namespace

QString JobWords::title(const JobFacts& facts)
{
    const auto& entry = facts.entry;
    const auto name = app::personNameText(entry.patientName);
    if (entry.patients > 1) {
        const auto others = static_cast<int>(entry.patients) - 1;
        //: %1: a patient's name; %Ln: how many others the job has
        return name.isEmpty() ? tr("%n patient(s)", nullptr, others + 1)
                              : app::printable(tr("%1 and %Ln more", nullptr, others).arg(name));
    }
    if (!name.isEmpty()) {
        return app::printable(entry.patientId.isEmpty() ? name : QString(name + u"  "_s + entry.patientId));
    }
    return app::printable(entry.patientId.isEmpty() ? entry.job.title : entry.patientId);
}

QString JobWords::subtitle(const JobFacts& facts)
{
    const auto& entry = facts.entry;
    QStringList parts;
    if (entry.patients <= 1) {
        parts = {
            app::dicomDateText(entry.studyDate), QString(entry.modality + u' ' + entry.studyDescription).simplified()};
        parts.removeAll(QString());
    }
    if (parts.isEmpty()) {
        parts = {entry.job.title};
    }
    if (entry.job.createdAt != store::WallTime()) {
        parts.append(app::momentText(entry.job.createdAt));
    }
    return app::printable(parts.join(u" · "_s));
}

QString JobWords::state(const JobFacts& facts)
{
    const auto activity = facts.activity();
    if (!activity) {
        return tr("not finished");
    }
    switch (*activity) {
    case JobActivity::Queued:
        return tr("queued");
    case JobActivity::Connecting:
        return tr("connecting");
    case JobActivity::Sending:
        return sendingText(facts);
    case JobActivity::WaitingToRetry:
        return waitingText(facts);
    case JobActivity::WaitingForScan:
        return tr("waits for the scan");
    case JobActivity::OutsideHours:
        return hoursText(facts);
    case JobActivity::DestinationDown:
        return downText(facts);
    case JobActivity::DestinationPaused:
        return tr("the destination is paused");
    case JobActivity::LedgerFailed:
        return withReason(tr("held"), facts.progress ? facts.progress->lastError : std::nullopt);
    case JobActivity::Paused:
        return tr("paused");
    case JobActivity::Stopped:
        return tr("stopped"); // the reason stands beside it
    case JobActivity::Finished:
        return finishedText(facts);
    case JobActivity::Cancelled:
        return tr("cancelled");
    }
    return {};
}

QString JobWords::sums(const JobSums& sums)
{
    QStringList parts{tr("%1 sent").arg(app::countText(sums.sent))};
    if (sums.failed > 0) {
        parts.append(tr("%1 failed").arg(app::countText(sums.failed)));
    }
    if (sums.unproved > 0) {
        parts.append(tr("%1 not proved").arg(app::countText(sums.unproved)));
    }
    if (sums.awaited > 0) {
        parts.append(tr("%1 to be proved").arg(app::countText(sums.awaited)));
    }
    if (sums.waiting > 0) {
        parts.append(tr("%1 waiting").arg(app::countText(sums.waiting)));
    }
    if (sums.left > 0) {
        parts.append(tr("%1 left").arg(app::countText(sums.left)));
    }
    if (sums.cancelled > 0) {
        parts.append(tr("%1 cancelled").arg(app::countText(sums.cancelled)));
    }
    parts.append(tr("%1 in all").arg(app::countText(sums.total)));
    if (sums.unread > 0) {
        parts.append(tr("%Ln file(s) not read", nullptr, static_cast<int>(sums.unread)));
    }
    return parts.join(u" · "_s);
}

QString JobWords::bytes(const JobFacts& facts)
{
    const auto& counts = facts.counts();
    const auto total = counts.totalBytes();
    if (facts.isEnded()) {
        return app::bytesText(total);
    }
    const auto done =
        total - counts.bytesOf(store::DeliveryState::Pending) - counts.bytesOf(store::DeliveryState::Waiting);
    return tr("%1 of %2").arg(app::bytesText(done), app::bytesText(total));
}

QString JobWords::pace(const JobFacts& facts)
{
    if (!facts.isRunning()) {
        return {};
    }
    const auto& live = *facts.progress;
    QStringList parts;
    const bool isSending = live.activity == JobActivity::Sending;
    if (isSending && live.instancesPerSecond > 0) {
        parts.append(app::rateText(live.bytesPerSecond));
        parts.append(tr("%1 instances/s").arg(app::countText(std::lround(live.instancesPerSecond))));
    }
    if (isSending && live.eta) {
        parts.append(tr("%1 left").arg(app::durationText(*live.eta)));
    }
    if (live.associations > 0) {
        parts.append(tr("%n association(s)", nullptr, live.associations));
    }
    return parts.join(u" · "_s);
}

QString JobWords::action(JobAction action, const JobSums& sums)
{
    switch (action) {
    case JobAction::None:
        return {};
    case JobAction::Pause:
        return tr("Pause");
    case JobAction::TryNow:
        return tr("Try now");
    case JobAction::Resume:
        return tr("Resume");
    case JobAction::ResumeDestination:
        return tr("Resume destination");
    case JobAction::Retry:
        return sums.failed == 0 && sums.unproved > 0
            ? tr("Send %n not proved again", nullptr, static_cast<int>(sums.unproved))
            : tr("Retry %n failed", nullptr, static_cast<int>(sums.failed + sums.unproved));
    case JobAction::Receipt:
        return tr("Receipt");
    }
    return {};
}

QString JobWords::deliveryState(store::DeliveryState state)
{
    switch (state) {
    case store::DeliveryState::Pending:
        return tr("not sent yet");
    case store::DeliveryState::Waiting:
        return tr("waits to try again");
    case store::DeliveryState::Stored:
        return tr("stored");
    case store::DeliveryState::StoredWithWarning:
        return tr("stored, with a warning");
    case store::DeliveryState::Rejected:
        return tr("failed");
    case store::DeliveryState::Cancelled:
        return tr("cancelled");
    }
    return {};
}

QString JobWords::code(const store::FailureCause& cause)
{
    const QString name = u"%1 %2"_s.arg(errorName(cause.code)).arg(static_cast<int>(cause.code));
    return cause.dimseStatus ? QString(queue::statusText(cause.dimseStatus) + u" · "_s + name) : name;
}

QString JobWords::day(const QDate& day, const QDate& today)
{
    if (day == today) {
        return tr("Today");
    }
    if (day.daysTo(today) == 1) {
        return tr("Yesterday");
    }
    return QLocale().toString(day, QLocale::LongFormat);
}

} // namespace radpost::ui
