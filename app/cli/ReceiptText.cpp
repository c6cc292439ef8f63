#include "app/cli/ReceiptText.h"

#include "app/cli/Cli.h"
#include "app/cli/TextWidth.h"
#include "app/common/ErrorText.h"
#include "app/common/Format.h"
#include "app/common/ReceiptWords.h"

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

using queue::Receipt;
using store::DeliveryState;

constexpr int kMostStudies = 20;

Error errorOf(const queue::ReceiptProblem& problem)
{
    const auto& attempt = problem.delivery.lastAttempt;
    auto error = makeError(attempt && attempt->errorCode ? *attempt->errorCode : ErrorCode::StatusFailed);
    if (attempt) {
        error.dimseStatus = attempt->dimseStatus;
        error.detail = attempt->detail;
    }
    return error;
}

class Lines final
{
public:
    Lines(const Receipt& receipt, int width)
        : m_receipt(receipt)
        , m_width(width)
    {
    }

    QStringList make()
    {
        addHeader();
        addStudies();
        addCounts();
        addProblems(m_receipt.rejected, Cli::tr("Failed"));
        addWarnings();
        addSkipped();
        addDuplicates();
        addEnd();
        return m_lines;
    }

private:
    void add(const QString& text) { m_lines.append(text); }

    void addWrapped(const QString& text, int indent)
    {
        for (const auto& line : wrapText(text, std::max(m_width - indent, 20))) {
            add(QString(indent, u' ') + line);
        }
    }

    void addHeader()
    {
        const auto& job = m_receipt.job;
        add(Cli::tr("Job %1 to %2, %3")
                .arg(QString::number(job.id.value), printable(job.destinationName), app::dateTimeText(job.createdAt)));
    }

    void addStudies()
    {
        qsizetype shown = 0;
        for (const auto& study : m_receipt.studies) {
            if (shown++ == kMostStudies) {
                add(u"  "_s +
                    Cli::tr(
                        "and %n more study(ies)", nullptr, static_cast<int>(m_receipt.studies.size() - kMostStudies)));
                break;
            }
            addStudy(study);
        }
    }

    void addStudy(const queue::ReceiptStudy& study)
    {
        const auto stored = study.counts.of(DeliveryState::Stored) + study.counts.of(DeliveryState::StoredWithWarning);
        const QString count = app::countText(stored) + u'/' + app::countText(study.counts.total());
        QStringList words{app::personNameText(study.text.patientName), study.text.patientId,
            app::dicomDateText(study.text.studyDate), modalities(study), study.text.studyDescription};
        words.removeAll(QString());
        const int room = m_width - 6 - displayWidth(count);
        add(u"  "_s + markOf(study.counts) + u' ' + padRight(cutToWidth(printable(words.join(u"  "_s)), room), room) +
            u' ' + count);
    }

    static QString markOf(const store::StateCounts& counts)
    {
        if (counts.of(DeliveryState::Rejected) + counts.of(DeliveryState::Cancelled) > 0) {
            return u"✖"_s;
        }
        return counts.unfinished() > 0 ? u"…"_s : u"✔"_s;
    }

    static QString modalities(const queue::ReceiptStudy& study)
    {
        QStringList all;
        for (const auto& series : study.series) {
            if (!all.contains(series.text.modality)) {
                all.append(series.text.modality);
            }
        }
        return all.join(u'/');
    }

    void addCount(const QString& word, qint64 count, qint64 bytes)
    {
        const QString size = bytes > 0 ? u"  "_s + app::bytesText(bytes) : QString();
        add(u"  "_s + padRight(word, 28) + padLeft(app::countText(count), 10) + size);
    }

    void addCounts()
    {
        const auto& counts = m_receipt.counts;
        const auto addState = [&](const QString& word, DeliveryState state, bool always) {
            if (always || counts.of(state) > 0) {
                addCount(word, counts.of(state), counts.bytesOf(state));
            }
        };
        add({});
        addState(Cli::tr("Stored"), DeliveryState::Stored, true);
        addState(Cli::tr("Stored, with a warning"), DeliveryState::StoredWithWarning, false);
        addState(Cli::tr("Failed"), DeliveryState::Rejected, true);
        addState(Cli::tr("Waiting to try again"), DeliveryState::Waiting, false);
        addState(Cli::tr("Not sent yet"), DeliveryState::Pending, false);
        addState(Cli::tr("Cancelled"), DeliveryState::Cancelled, false);
        addCount(Cli::tr("Instances in all"), counts.total(), counts.totalBytes());
        addTime();
    }

    // From the making of the job to its end; pauses in between count, so only jobs that ended are told.
    void addTime()
    {
        const auto& job = m_receipt.job;
        const auto bytes = m_receipt.counts.bytesOf(DeliveryState::Stored) +
            m_receipt.counts.bytesOf(DeliveryState::StoredWithWarning);
        if (!job.finishedAt || *job.finishedAt <= job.createdAt || bytes == 0) {
            return;
        }
        const std::chrono::duration<double> took = *job.finishedAt - job.createdAt;
        add(u"  "_s +
            Cli::tr("It took %1 s, %2.")
                .arg(QString::number(took.count(), 'f', 1), app::rateText(static_cast<double>(bytes) / took.count())));
    }

    void addProblems(const QList<queue::ReceiptProblem>& problems, const QString& title)
    {
        for (const auto& group : groupProblems(problems)) {
            const auto text = app::errorText(group.error);
            add({});
            addWrapped(u"%1 (%2): "_s.arg(title, app::countText(group.count)) + text.happened, 0);
            addWrapped(u"→ "_s + text.next, 2);
            add(u"  ["_s + codeOf(group) + u']');
            for (const auto& example : group.examples) {
                add(u"    "_s + printable(example));
            }
            if (group.count > group.examples.size()) {
                add(u"    …"_s);
            }
        }
    }

    static QString codeOf(const ProblemGroup& group)
    {
        QString text = u"%1 %2"_s.arg(errorName(group.error.code)).arg(static_cast<int>(group.error.code));
        if (group.error.dimseStatus) {
            text += u", 0x%1"_s.arg(*group.error.dimseStatus, 4, 16, QChar(u'0'));
        }
        return group.comment.isEmpty() ? text : QString(text + u": "_s + printable(group.comment));
    }

    void addWarnings()
    {
        std::map<int, qint64> byStatus;
        for (const auto& problem : m_receipt.warnings) {
            const auto& attempt = problem.delivery.lastAttempt;
            ++byStatus[attempt && attempt->dimseStatus ? *attempt->dimseStatus : 0];
        }
        for (const auto& [status, count] : byStatus) {
            const auto text = app::statusText(static_cast<quint16>(status));
            add({});
            addWrapped(u"%1 (%2): "_s.arg(Cli::tr("Warning"), app::countText(count)) + text.happened, 0);
            addWrapped(u"→ "_s + text.next + u"  [0x%1]"_s.arg(status, 4, 16, QChar(u'0')), 2);
        }
    }

    void addSkipped()
    {
        std::map<int, qint64> byReason;
        for (const auto& file : m_receipt.skipped) {
            ++byReason[static_cast<int>(file.reason)];
        }
        if (!byReason.empty()) {
            add({});
        }
        for (const auto& [reason, count] : byReason) {
            const auto text = app::errorText(static_cast<ErrorCode>(reason));
            addWrapped(u"%1 (%2): "_s.arg(Cli::tr("Skipped"), app::countText(count)) + text.happened, 0);
        }
    }

    void addDuplicates()
    {
        const auto isDifferent = [](const store::DuplicateFile& d) { return d.kind == store::DuplicateKind::Differs; };
        const auto& all = m_receipt.duplicates;
        const auto differing = std::count_if(all.begin(), all.end(), isDifferent);
        const auto identical = all.size() - differing;
        if (identical > 0) {
            add(Cli::tr(
                "%n file(s) are the same as another one and were sent once.", nullptr, static_cast<int>(identical)));
        }
        if (differing > 0) {
            const auto text = app::errorText(ErrorCode::DuplicateDiffers);
            addWrapped(u"%1 (%2): "_s.arg(Cli::tr("Duplicates"), app::countText(differing)) + text.happened, 0);
            addWrapped(u"→ "_s + text.next, 2);
        }
    }

    void addEnd()
    {
        add({});
        if (m_receipt.isComplete()) {
            add(m_receipt.counts.total() == 0 ? Cli::tr("Nothing was there to send.")
                                              : Cli::tr("Everything is stored at the destination."));
            return;
        }
        if (m_receipt.isAllStored()) {
            addUnread(static_cast<int>(m_receipt.unreadCount()));
            return;
        }
        const auto job = QString::number(m_receipt.job.id.value);
        if (const auto& reason = m_receipt.job.stopReason) {
            const auto text = app::errorText(*reason);
            addWrapped(Cli::tr("The job is stopped: %1").arg(text.happened), 0);
            addWrapped(u"→ "_s + text.next, 2);
        }
        const bool isLeft = m_receipt.counts.unfinished() > 0 || m_receipt.job.growth == store::JobGrowth::Interrupted;
        if (isLeft && m_receipt.job.destinationPaused) {
            addWrapped(Cli::tr("%1 is paused. Go on with: radpost resume --to %1")
                           .arg(printable(m_receipt.job.destinationName)),
                0);
        } else if (isLeft) {
            add(Cli::tr("Not everything is sent. Go on with: radpost resume %1").arg(job));
        }
        if (m_receipt.counts.of(DeliveryState::Rejected) > 0) {
            add(Cli::tr("Send again what failed with: radpost retry %1").arg(job));
        }
    }

    void addUnread(int count)
    {
        addWrapped(m_receipt.counts.total() == 0
                ? Cli::tr("Nothing was there to send; %n file(s) could not be read.", nullptr, count)
                : Cli::tr("Everything that could be read is stored; %n file(s) could not be read.", nullptr, count),
            0);
    }

    const Receipt& m_receipt;
    const int m_width;
    QStringList m_lines;
};

} // namespace

std::vector<ProblemGroup> groupProblems(const QList<queue::ReceiptProblem>& problems)
{
    std::vector<ProblemGroup> groups;
    for (const auto& problem : problems) {
        const auto error = errorOf(problem);
        const auto comment = problem.delivery.lastAttempt ? problem.delivery.lastAttempt->errorComment : QString();
        auto group = std::find_if(groups.begin(), groups.end(), [&](const ProblemGroup& g) {
            return g.error.code == error.code && g.error.dimseStatus == error.dimseStatus && g.comment == comment;
        });
        if (group == groups.end()) {
            group = groups.insert(groups.end(), ProblemGroup{error, comment, 0, {}});
        }
        ++group->count;
        if (group->examples.size() < ProblemGroup::kMaxExamples) {
            group->examples.append(problem.delivery.sourcePath);
        }
    }
    std::stable_sort(groups.begin(), groups.end(), [](const auto& a, const auto& b) { return a.count > b.count; });
    return groups;
}

QStringList receiptLines(const Receipt& receipt, int width)
{
    return Lines(receipt, width).make();
}

} // namespace radpost::cli
