#include "ui/shell/JobEndText.h"

#include "app/common/ErrorText.h"
#include "app/common/Format.h"
#include "app/common/Sentences.h"

namespace radpost::ui {

using store::DeliveryState;

namespace {

QString sentText(const queue::JobProgress& progress)
{
    const qint64 stored =
        progress.counts.of(DeliveryState::Stored) + progress.counts.of(DeliveryState::StoredWithWarning);
    return JobEndText::tr("Sent %1 of %2 to %3.")
        .arg(app::countText(stored), app::countText(progress.counts.total()), app::printable(progress.destinationName));
}

QString finishedText(const queue::JobProgress& progress)
{
    const auto total = progress.counts.total();
    const auto failed = progress.counts.of(DeliveryState::Rejected);
    if (total == 0) {
        return JobEndText::tr("Nothing was found to send to %1.").arg(app::printable(progress.destinationName));
    }
    if (failed == 0) {
        return sentText(progress);
    }
    const QString wrong = JobEndText::tr("%1 of %2 failed.").arg(app::countText(failed), app::countText(total));
    return app::sentences({wrong, sentText(progress)});
}

QString stoppedText(const queue::JobProgress& progress)
{
    const auto why = app::errorText(progress.lastError.value_or(Error())).happened;
    return app::sentences({JobEndText::tr("Sending stopped."), sentText(progress), why});
}

} // namespace

QString jobEndText(const queue::JobProgress& progress)
{
    switch (progress.activity) {
    case queue::JobActivity::Finished:
        return finishedText(progress);
    case queue::JobActivity::Stopped:
        return stoppedText(progress);
    default:
        return {};
    }
}

} // namespace radpost::ui
