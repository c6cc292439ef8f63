#include "app/cli/ReceiptText.h"

#include "app/cli/Cli.h"
#include "app/cli/ProblemGroup.h"
#include "app/cli/TextWidth.h"
#include "app/common/ErrorText.h"
#include "app/common/Format.h"
#include "app/common/ReceiptWords.h"

#include <algorithm>
#include <limits>
#include <map>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

using queue::Receipt;
using store::DeliveryState;

constexpr int kMostStudies = 20;

class Lines final
{
public:
    Lines(const Receipt& receipt, int width, ReceiptDetail detail)
        : m_receipt(receipt)
        , m_width(width)
        , m_isFull(detail == ReceiptDetail::Full)
    {
    }

    QStringList make()
    {
        addHeader();
        addStudies();
        addCounts();
        addProblems(m_receipt.rejected, Cli::tr("Failed"));
        if (m_isFull) {
            addProblems(waiting(), Cli::tr("Waiting to try again"));
        }
        addMissing();
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
            if (shown++ == kMostStudies && !m_isFull) {
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
        const QStringList words{app::personNameText(study.text.patientName), study.text.patientId,
            app::dicomDateText(study.text.studyDate), modalities(study), study.text.studyDescription};
        addCounted(2, words, study.counts);
        for (const auto& series : m_isFull ? study.series : QList<queue::ReceiptSeries>()) {
            const auto& text = series.text;
            addCounted(6, {text.modality, QString::number(text.seriesNumber), text.seriesDescription}, series.counts);
            addOtherStates(series.counts);
        }
    }

    void addCounted(int indent, QStringList words, const store::StateCounts& counts)
    {
        const qint64 stored = counts.of(DeliveryState::Stored) + counts.of(DeliveryState::StoredWithWarning);
        const QString count = app::countText(stored) + u'/' + app::countText(counts.total());
        words.removeAll(QString());
        const int room = m_width - indent - 4 - displayWidth(count);
        add(QString(indent, u' ') + markOf(counts) + u' ' +
            padRight(cutToWidth(printable(words.join(u"  "_s)), room), room) + u' ' + count);
    }

    void addOtherStates(const store::StateCounts& counts)
    {
        QStringList parts;
        const auto addState = [&](const QString& word, DeliveryState state) {
            if (counts.of(state) > 0) {
                parts.append(u"%1 %2"_s.arg(word, app::countText(counts.of(state))));
            }
        };
        addState(Cli::tr("Stored, with a warning"), DeliveryState::StoredWithWarning);
        addState(Cli::tr("Failed"), DeliveryState::Rejected);
        addState(Cli::tr("Waiting to try again"), DeliveryState::Waiting);
        addState(Cli::tr("Not sent yet"), DeliveryState::Pending);
        addState(Cli::tr("Cancelled"), DeliveryState::Cancelled);
        if (!parts.isEmpty()) {
            addWrapped(parts.join(u" · "_s), 8);
        }
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
        addProof();
        addTime();
    }

    void addProof()
    {
        const auto& proof = m_receipt.proof;
        const auto wanted = m_receipt.job.proofWanted;
        if (wanted == store::ProofWanted::Response) {
            return;
        }
        add({});
        add(wanted == store::ProofWanted::Commitment ? Cli::tr("Proof of delivery: storage commitment")
                                                     : Cli::tr("Proof of delivery: query (C-FIND at IMAGE level)"));
        addCount(Cli::tr("Proved"), proof.of(store::Proof::Proved), 0);
        addCount(Cli::tr("Asked for, no answer yet"), proof.of(store::Proof::Asked), 0);
        addCount(Cli::tr("Not proved"), proof.of(store::Proof::Missing), 0);
        if (proof.of(store::Proof::None) > 0) {
            addCount(Cli::tr("Not asked for yet"), proof.of(store::Proof::None), 0);
        }
    }

    /// By reason, so that a study that is not there is one thing to read.
    void addMissing()
    {
        std::map<std::pair<int, int>, QStringList> byReason;
        for (const auto& [delivery] : m_receipt.missing) {
            const int code = static_cast<int>(delivery.proofError.value_or(ErrorCode::ProofMissing));
            byReason[{code, delivery.proofReason ? *delivery.proofReason : -1}].append(delivery.sourcePath);
        }
        for (const auto& [cause, paths] : byReason) {
            const auto& [code, reason] = cause;
            const auto status = reason < 0 ? std::nullopt : std::optional(static_cast<quint16>(reason));
            const auto text = app::proofErrorText(static_cast<ErrorCode>(code), status);
            add({});
            addWrapped(u"%1 (%2): "_s.arg(Cli::tr("Not proved"), app::countText(paths.size())) + text.happened, 0);
            addWrapped(u"→ "_s + text.next, 2);
            for (const auto& path : m_isFull ? paths : paths.mid(0, ProblemGroup::kFewExamples)) {
                add(u"    "_s + printable(path));
            }
        }
    }

    // From the making of the job to its end; pauses in between count, so only jobs that ended are told.
    void addTime()
    {
        const auto& job = m_receipt.job;
        const qint64 bytes = m_receipt.counts.bytesOf(DeliveryState::Stored) +
            m_receipt.counts.bytesOf(DeliveryState::StoredWithWarning);
        if (!job.finishedAt || *job.finishedAt <= job.createdAt || bytes == 0) {
            return;
        }
        const std::chrono::duration<double> took = *job.finishedAt - job.createdAt;
        add(u"  "_s +
            Cli::tr("It took %1 s, %2.")
                .arg(QString::number(took.count(), 'f', 1), app::rateText(static_cast<double>(bytes) / took.count())));
    }

    [[nodiscard]] QList<queue::ReceiptProblem> waiting() const
    {
        QList<queue::ReceiptProblem> problems;
        std::copy_if(m_receipt.unfinished.begin(), m_receipt.unfinished.end(), std::back_inserter(problems),
            [](const auto& problem) { return problem.delivery.state == DeliveryState::Waiting; });
        return problems;
    }

    void addProblems(const QList<queue::ReceiptProblem>& problems, const QString& title)
    {
        for (const auto& group : groupProblems(problems, examples())) {
            addGroup(group, title, app::errorText(group.error), codeOf(group));
            addExamples(group);
        }
    }

    void addWarnings()
    {
        for (const auto& group : groupProblems(m_receipt.warnings, examples())) {
            const quint16 status = group.error.dimseStatus.value_or(0);
            const auto words = peersWords(group);
            const QString code = u"0x%1"_s.arg(status, 4, 16, QChar(u'0'));
            addGroup(group, Cli::tr("Warning"), app::statusText(status),
                words.isEmpty() ? code : QString(code + u": "_s + words));
            if (m_isFull) {
                addExamples(group);
            }
        }
    }

    [[nodiscard]] qsizetype examples() const
    {
        return m_isFull ? std::numeric_limits<qsizetype>::max() : ProblemGroup::kFewExamples;
    }

    void addGroup(const ProblemGroup& group, const QString& title, const app::ErrorText& text, const QString& code)
    {
        add({});
        addWrapped(u"%1 (%2): "_s.arg(title, app::countText(group.count)) + text.happened, 0);
        addWrapped(u"→ "_s + text.next, 2);
        add(u"  ["_s + code + u']');
    }

    void addExamples(const ProblemGroup& group)
    {
        for (const auto& example : group.examples) {
            add(u"    "_s + printable(example));
        }
        if (group.count > group.examples.size()) {
            add(u"    …"_s);
        }
    }

    static QString codeOf(const ProblemGroup& group)
    {
        QString text = u"%1 %2"_s.arg(errorName(group.error.code)).arg(static_cast<int>(group.error.code));
        if (group.error.dimseStatus) {
            text += u", 0x%1"_s.arg(*group.error.dimseStatus, 4, 16, QChar(u'0'));
        }
        const auto words = peersWords(group);
        return words.isEmpty() ? text : QString(text + u": "_s + words);
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
            addSkippedFiles(static_cast<ErrorCode>(reason));
        }
    }

    void addSkippedFiles(ErrorCode reason)
    {
        for (const auto& file : m_isFull ? m_receipt.skipped : QList<store::SkippedFile>()) {
            if (file.reason == reason) {
                add(u"    "_s + printable(file.sourcePath));
            }
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
        for (const auto& file : m_isFull ? all : QList<store::DuplicateFile>()) {
            if (isDifferent(file)) {
                add(u"    "_s + printable(file.sourcePath));
                add(u"      "_s + Cli::tr("sent instead: %1").arg(printable(file.firstSourcePath)));
            }
        }
    }

    void addEnd()
    {
        add({});
        if (m_receipt.isComplete()) {
            addComplete();
            return;
        }
        if (m_receipt.isAllStored() && !m_receipt.isProved()) {
            const auto number = QString::number(m_receipt.job.id.value);
            const qint64 open = m_receipt.proof.of(store::Proof::Asked) + m_receipt.proof.of(store::Proof::None);
            addWrapped(Cli::tr("Everything is sent, but the proof of delivery is not complete."), 0);
            addUncommitted();
            if (open > 0) {
                addWrapped(Cli::tr("Wait for it again with: radpost resume %1").arg(number), 0);
            }
            if (m_receipt.proof.of(store::Proof::Missing) > 0) {
                addWrapped(Cli::tr("Send again what was not proved with: radpost retry %1").arg(number), 0);
            }
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
        const bool isOwnPause = m_receipt.job.state == store::JobState::Paused; // which only its number ends
        if (isLeft && m_receipt.job.destinationPaused && !isOwnPause) {
            addWrapped(Cli::tr("%1 is paused. Go on with: radpost resume --to %1")
                           .arg(printableArgument(m_receipt.job.destinationName)),
                0);
        } else if (isLeft) {
            add(Cli::tr("Not everything is sent. Go on with: radpost resume %1").arg(job));
        }
        if (m_receipt.counts.of(DeliveryState::Rejected) > 0) {
            add(Cli::tr("Send again what failed with: radpost retry %1").arg(job));
        }
    }

    void addUncommitted()
    {
        const auto count = static_cast<int>(m_receipt.uncommittedCount());
        if (count > 0) {
            addWrapped(
                Cli::tr("%n instance(s) were there before: a query found them, and the destination was not asked "
                        "to commit to them.",
                    nullptr, count),
                0);
            addWrapped(u"→ "_s +
                    Cli::tr("Send without --only-missing to have them committed to, or take --proof query as proof."),
                2);
        }
    }

    void addComplete()
    {
        if (m_receipt.counts.total() == 0) {
            add(m_receipt.alreadyThereCount() > 0 ? Cli::tr("The destination has everything already.")
                                                  : Cli::tr("Nothing was there to send."));
        } else if (m_receipt.job.proofWanted != store::ProofWanted::Response) {
            add(Cli::tr("Everything is stored at the destination, and proved."));
        } else {
            add(Cli::tr("Everything is stored at the destination."));
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
    const bool m_isFull;
    QStringList m_lines;
};

} // namespace

QStringList receiptLines(const Receipt& receipt, int width, ReceiptDetail detail)
{
    return Lines(receipt, width, detail).make();
}

} // namespace radpost::cli
