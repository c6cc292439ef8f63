#include "ui/send/SendNotices.h"

#include "ui/send/SendTexts.h"

#include "app/common/ErrorText.h"
#include "app/common/Format.h"
#include "app/common/Sentences.h"

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr qsizetype kShownLinks = 3;

// Nothing was to be sent yet, so what was not done is not worth a word.
QString causeText(const Error& error)
{
    const auto text = app::errorText(error);
    return app::sentences({text.happened, text.next});
}

QString causeLines(const std::vector<FailedCheck>& failures)
{
    QStringList lines;
    for (const auto& failure : failures) {
        lines.append(app::labelled(failure.destination, causeText(failure.error)));
    }
    return lines.join(u'\n');
}

BannerKind kindOf(SentStanding::Phase phase)
{
    switch (phase) {
    case SentStanding::Phase::Stopped:
    case SentStanding::Phase::Failed:
        return BannerKind::Bad;
    case SentStanding::Phase::Paused:
    case SentStanding::Phase::Cancelled:
        return BannerKind::Warning;
    default:
        return BannerKind::Good;
    }
}

QString sentText(const SentStanding& standing, qint64 instances, const QStringList& destinations)
{
    const auto where = destinationsText(destinations);
    const auto count = static_cast<int>(instances);
    //: How many, of how many, where to: the beginning of a sentence
    const auto part = SendNotices::tr("%1 of %2 sent to %3")
                          .arg(app::countText(standing.sent), app::countText(standing.total), where);
    switch (standing.phase) {
    case SentStanding::Phase::Paused:
        return SendNotices::tr("%1, paused.").arg(part);
    case SentStanding::Phase::Cancelled:
        return SendNotices::tr("%1, the rest was cancelled.").arg(part);
    case SentStanding::Phase::Stopped:
        return SendNotices::tr("%1, then sending stopped.").arg(part);
    case SentStanding::Phase::Failed:
        return SendNotices::tr("%1, %2 failed.").arg(part, app::countText(standing.failed));
    case SentStanding::Phase::Stored:
        return SendNotices::tr("%Ln instance(s) were sent to %1.", nullptr, count).arg(where);
    default:
        return SendNotices::tr("%Ln instance(s) are on their way to %1.", nullptr, count).arg(where);
    }
}

QString sentAdvice(const SentStanding& standing)
{
    switch (standing.phase) {
    case SentStanding::Phase::Paused:
        return SendNotices::tr("It is resumed or cancelled on the page Activity.");
    case SentStanding::Phase::Stopped:
        return standing.stopReason ? causeText(*standing.stopReason) : QString();
    case SentStanding::Phase::Failed:
        return SendNotices::tr("The page Activity says why, and sends what failed again.");
    default:
        return {};
    }
}

} // namespace

Notice SendNotices::sent(const SentStanding& standing, qint64 instances, const QStringList& destinations)
{
    Notice notice;
    notice.kind = kindOf(standing.phase);
    notice.heading = [standing, instances, destinations] { return sentText(standing, instances, destinations); };
    notice.text = [standing] { return sentAdvice(standing); };
    return notice;
}

Notice SendNotices::folderChanged(qint64 found, qint64 shown)
{
    Notice notice;
    notice.kind = BannerKind::Warning;
    notice.heading = [] { return tr("The folder has changed since it was shown here."); };
    notice.text = [found, shown] {
        return tr("The job found %1 instances in the chosen series instead of %2, and sends those that it found.")
            .arg(app::countText(found), app::countText(shown));
    };
    return notice;
}

Notice SendNotices::notAsked(const std::vector<FailedCheck>& failures)
{
    const auto& first = failures.front();
    if (failures.size() == 1) {
        auto notice =
            errorNotice(first.error, [name = first.destination] { return tr("%1 could not be asked.").arg(name); });
        notice.text = [error = first.error] { return causeText(error); };
        return notice;
    }
    Notice notice;
    notice.kind = BannerKind::Bad;
    const auto count = static_cast<int>(failures.size());
    notice.heading = [count] { return tr("%n destination(s) could not be asked.", nullptr, count); };
    notice.text = [failures] { return causeLines(failures); };
    return notice;
}

Notice SendNotices::refused(const RefusedPart& part)
{
    Notice notice;
    notice.kind = BannerKind::Warning;
    notice.heading = [instances = part.instances] {
        QStringList lines;
        for (const auto& [destination, count] : instances) {
            lines.append(
                tr("%Ln instance(s) cannot be sent to %1.", nullptr, static_cast<int>(count)).arg(destination));
        }
        return lines.join(u'\n');
    };
    notice.text = [] {
        return tr("The preview of a series says why. The job would list them as failed, and send the rest.");
    };
    return notice;
}

Notice SendNotices::notOnThisComputer(const QStringList& links)
{
    Notice notice;
    notice.kind = BannerKind::Warning;
    const auto count = static_cast<int>(links.size());
    notice.heading = [count] {
        return tr("%n thing(s) that you dropped is not on this computer and was not added.", nullptr, count);
    };
    notice.text = [] {
        return tr("Radpost takes files and folders. Save it on this computer first, then drop it here.");
    };
    notice.small = [links] { return app::printable(links.mid(0, kShownLinks).join(u'\n')); };
    return notice;
}

} // namespace radpost::ui
