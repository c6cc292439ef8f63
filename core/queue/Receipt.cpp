#include "core/queue/Receipt.h"

#include <algorithm>
#include <limits>

namespace radpost::queue {

using store::DeliveryState;

namespace {

void addCounts(store::StateCounts& sum, const store::StateCounts& counts)
{
    for (std::size_t state = 0; state < sum.deliveries.size(); ++state) {
        sum.deliveries[state] += counts.deliveries[state];
        sum.bytes[state] += counts.bytes[state];
    }
}

bool isSameStudy(const store::SeriesText& a, const store::SeriesText& b)
{
    return a.studyInstanceUid == b.studyInstanceUid && a.patientId == b.patientId;
}

bool isSameSeries(const store::SeriesText& a, const store::SeriesText& b)
{
    return a.seriesInstanceUid == b.seriesInstanceUid;
}

store::SeriesText withoutSeries(store::SeriesText text)
{
    text.seriesInstanceUid = {};
    text.modality.clear();
    text.seriesDescription.clear();
    text.seriesNumber = 0;
    return text;
}

/// A series may have several rows: a scan that was gone through again enters it anew.
void addSeries(ReceiptStudy& study, const store::SeriesRow& row)
{
    for (auto& series : study.series) {
        if (isSameSeries(series.text, row.text)) {
            addCounts(series.counts, row.counts);
            return;
        }
    }
    study.series.append({row.text, row.counts});
}

QList<ReceiptStudy> groupByStudy(const QList<store::SeriesRow>& rows)
{
    QList<ReceiptStudy> studies;
    for (const auto& row : rows) {
        const auto found = std::find_if(studies.begin(), studies.end(),
            [&](const ReceiptStudy& study) { return isSameStudy(study.text, row.text); });
        const auto index = found - studies.begin();
        if (found == studies.end()) {
            studies.append({withoutSeries(row.text), {}, {}});
        }
        addCounts(studies[index].counts, row.counts);
        addSeries(studies[index], row);
    }
    return studies;
}

Result<> readProblems(
    store::LedgerReader& reader, JobId job, DeliveryState state, QList<ReceiptProblem>& into, qsizetype most)
{
    return reader.report().forEachDelivery(job, state, [&](const store::DeliveryRow& delivery) {
        if (into.size() < most) {
            into.append({delivery});
        }
        return into.size() < most;
    });
}

Result<> readAllProblems(store::LedgerReader& reader, Receipt& receipt)
{
    constexpr auto kAll = std::numeric_limits<qsizetype>::max();
    const JobId job = receipt.job.id;
    return readProblems(reader, job, DeliveryState::Rejected, receipt.rejected, kAll)
        .and_then([&] { return readProblems(reader, job, DeliveryState::StoredWithWarning, receipt.warnings, kAll); })
        .and_then([&] {
            return readProblems(reader, job, DeliveryState::Waiting, receipt.unfinished, Receipt::kMaxUnfinished);
        })
        .and_then([&] {
            return readProblems(reader, job, DeliveryState::Pending, receipt.unfinished, Receipt::kMaxUnfinished);
        })
        .and_then([&] {
            return readProblems(reader, job, DeliveryState::Cancelled, receipt.unfinished, Receipt::kMaxUnfinished);
        })
        .and_then([&] {
            return reader.report().forEachMissing(job, [&receipt](const store::DeliveryRow& delivery) {
                receipt.missing.append({delivery});
                return true;
            });
        });
}

template <typename T>
Result<> into(T& target, Result<T>&& value)
{
    if (!value) {
        return fail(value.error());
    }
    target = std::move(*value);
    return {};
}

} // namespace

qint64 Receipt::fileCount() const
{
    return counts.total() + skipped.size() + duplicates.size();
}

qint64 Receipt::provedCount() const
{
    if (job.proofWanted != store::ProofWanted::Response) {
        return proof.of(store::Proof::Proved);
    }
    return counts.of(DeliveryState::Stored) + counts.of(DeliveryState::StoredWithWarning);
}

bool Receipt::isProved() const
{
    const qint64 stored = counts.of(DeliveryState::Stored) + counts.of(DeliveryState::StoredWithWarning);
    return provedCount() == stored && uncommittedCount() == 0;
}

qint64 Receipt::uncommittedCount() const
{
    return job.proofWanted == store::ProofWanted::Commitment ? alreadyThereCount() : 0;
}

qint64 Receipt::alreadyThereCount() const
{
    return std::count_if(skipped.begin(), skipped.end(),
        [](const store::SkippedFile& file) { return file.reason == ErrorCode::AlreadyThere; });
}

qint64 Receipt::unreadCount() const
{
    return std::count_if(skipped.begin(), skipped.end(),
        [](const store::SkippedFile& file) { return store::mayHideInstances(file.reason); });
}

bool Receipt::isComplete() const
{
    return isAllStored() && isProved() && unreadCount() == 0;
}

bool Receipt::isAllStored() const
{
    const qint64 stored = counts.of(DeliveryState::Stored) + counts.of(DeliveryState::StoredWithWarning);
    return job.state == store::JobState::Finished && job.growth == store::JobGrowth::Sealed && stored == counts.total();
}

Result<Receipt> makeReceipt(store::LedgerReader& reader, JobId job, store::WallTime now)
{
    Receipt receipt;
    receipt.madeAt = now;
    QList<store::SeriesRow> series;
    const auto read = into(receipt.job, reader.jobs().find(job))
                          .and_then([&] { return into(receipt.counts, reader.jobs().counts(job)); })
                          .and_then([&] { return into(receipt.proof, reader.proofs().counts(job)); })
                          .and_then([&] { return into(series, reader.report().series(job)); })
                          .and_then([&] { return into(receipt.skipped, reader.report().skipped(job)); })
                          .and_then([&] { return into(receipt.duplicates, reader.report().duplicates(job)); })
                          .and_then([&] { return into(receipt.associations, reader.report().associations(job)); })
                          .and_then([&] { return readAllProblems(reader, receipt); });
    if (!read) {
        return fail(read.error());
    }
    receipt.studies = groupByStudy(series);
    return receipt;
}

} // namespace radpost::queue
