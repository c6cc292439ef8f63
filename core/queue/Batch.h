#pragma once

#include "core/base/CancelToken.h"
#include "core/base/Result.h"
#include "core/store/LedgerTypes.h"
#include "core/store/LedgerWriter.h"

#include <QList>

#include <functional>
#include <memory>

namespace radpost::queue {

/// The growing end of one or several jobs with the same source: one per destination. One thread at a time (a scan sink
/// calls from one thread at a time). What is appended is sent while more still comes.
///
/// Destroyed without seal(), the jobs are Interrupted: what came is sent, and the receipt says that more may be there.
class Batch final
{
public:
    struct Private;
    explicit Batch(std::unique_ptr<Private> p);
    ~Batch();
    Batch(const Batch&) = delete;
    Batch& operator=(const Batch&) = delete;

    [[nodiscard]] const QList<JobId>& jobs() const;

    /// Queues an instance for the ledger; waits only while too many are queued. Enters every job; jobs that were
    /// cancelled meanwhile get it as Cancelled, so that the counts add up.
    /// Errors: Cancelled by the token, or when every job was cancelled.
    [[nodiscard]] Result<> append(store::NewInstance&& instance, const CancelToken& cancel = {});
    /// The record that append() would queue, for a caller who posts it together with a change of its own
    /// (LedgerWriter::post); what it refers to is queued already. Each record has to be posted, in order.
    [[nodiscard]] store::InstanceRecord record(store::NewInstance&& instance);
    /// In each job, the delivery that @p record becomes.
    [[nodiscard]] static QList<DeliveryId> deliveriesOf(const store::InstanceRecord& record);
    /// Every job of it was cancelled.
    [[nodiscard]] bool isCancelled() const;
    /// What addSkipped() would write, for a caller who posts it together with a change of its own.
    using Record = std::function<Result<>(store::WriteSession&)>;
    [[nodiscard]] Record skippedRecord(store::SkippedFile&& file) const;
    [[nodiscard]] Result<> addSkipped(store::SkippedFile&& file, const CancelToken& cancel = {});
    [[nodiscard]] Result<> addDuplicate(store::DuplicateFile&& file, const CancelToken& cancel = {});

    /// Of a reopened batch: the instance is in the jobs already.
    [[nodiscard]] bool knows(const SopInstanceUid& instance) const;

    /// Ends the growth; all that was appended is durable when it returns. Errors: DiskFull, LedgerFailed (kept in
    /// memory and tried again; seal again to wait again), Cancelled.
    [[nodiscard]] Result<> seal(const CancelToken& cancel = {});

    /// Instances appended so far, those passed over by a reopened batch not counted.
    [[nodiscard]] qint64 instanceCount() const;

private:
    std::unique_ptr<Private> d;
};

} // namespace radpost::queue
