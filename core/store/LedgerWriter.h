#pragma once

#include "core/base/CancelToken.h"
#include "core/base/Result.h"
#include "core/store/LedgerTypes.h"

#include <QList>
#include <QString>

#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace radpost::store {

class Database;
class DeliveryRepository;
class JobRepository;
class SpoolRepository;
struct Context;

/// A row of instances and, for each job of its batch, one of deliveries.
struct InstanceRecord
{
    InstanceId id;
    qint64 folderId = 0;
    QString fileName;
    QString sourcePath; ///< empty when folder and name say it
    qint64 sizeBytes = 0;
    qint64 mtimeNs = 0;
    qint64 dataSetOffset = 0;
    qint64 dataSetLength = 0;
    qint64 contextId = 0;
    qint64 seriesId = 0;
    SopInstanceUid sopInstanceUid;
    std::shared_ptr<const QList<DeliveryId>> firstDeliveries; ///< one for each job of the batch
    qint64 ordinal = 0;                                       ///< within the batch; added to each first delivery
};

/// What a transaction can touch; lives on the writer thread.
struct WriteSession
{
    Database& database;
    JobRepository& jobs;
    DeliveryRepository& deliveries;
    SpoolRepository& spool;
};

/// What a commit survives.
enum class LedgerDurability {
    PowerLoss, ///< also the end of the machine: each commit waits for the disk
    Process,   ///< the end of the process; after a power loss the file is sound, but its last commits may be missing
};

/// Learns what became durable. Called on the writer thread, with no lock held; must not block on the writer.
class LedgerListener
{
public:
    virtual ~LedgerListener() = default;
    virtual void onInstancesCommitted(std::span<const InstanceRecord> instances) = 0;
    virtual void onAttemptsCommitted(std::span<const AttemptRecord> attempts) = 0;
    /// Writing fails (DiskFull, LedgerFailed). Everything posted is kept in memory and tried again.
    virtual void onLedgerFailed(const Error& error) = 0;
    virtual void onLedgerRecovered() = 0;
};

struct LedgerWriterParams
{
    QString path;
    LedgerDurability durability = LedgerDurability::PowerLoss;
    std::chrono::milliseconds linger{30};       ///< a commit waits this long for company …
    std::chrono::milliseconds hurriedLinger{3}; ///< … this long when a reader is hungry …
    int maxCommitRecords = 512;                 ///< … and never for more than this
    int maxQueuedRecords = 4096;                ///< above it, post(InstanceRecord) and postWhenRoom() wait
    std::chrono::milliseconds retryInterval{1000};
};

/// The only thread that writes the ledger. Commits many records in one transaction (WAL), so callers
/// never wait for the disk unless they ask to. Any thread may call.
class LedgerWriter final
{
public:
    /// Runs on the writer thread inside the transaction; may run a second time when the disk refused the first, so its
    /// only effects are on the session. An error undoes the work of this call alone.
    using Work = std::function<Result<>(WriteSession&)>;

    explicit LedgerWriter(LedgerWriterParams params);
    /// Writes what is queued; gives up at once when the disk refuses.
    ~LedgerWriter();
    LedgerWriter(const LedgerWriter&) = delete;
    LedgerWriter& operator=(const LedgerWriter&) = delete;

    /// Opens the connection on the writer thread. Blocks. Errors: as Ledger::open.
    [[nodiscard]] Result<> start();

    /// Not owned; one or none. Must outlive its use: set null before it goes.
    void setListener(LedgerListener* listener);

    /// Queues work; its error, if any, is logged.
    void post(Work work);
    /// Queues work and waits until it is durable. Errors: its own; Cancelled (the work may still be done later);
    /// Internal when called on the writer thread.
    [[nodiscard]] Result<> run(Work work, const CancelToken& cancel = {});
    /// As post(), but waits while too much is queued. Errors: Cancelled.
    [[nodiscard]] Result<> postWhenRoom(Work work, const CancelToken& cancel = {});
    /// Runs between two transactions: all that is committed was told to the listener, and nothing else. For reading
    /// only. Waits for its end. Errors: as run().
    [[nodiscard]] Result<> inspect(Work work, const CancelToken& cancel = {});
    /// Queues an instance; waits while too much is queued. Errors: Cancelled.
    [[nodiscard]] Result<> post(InstanceRecord&& record, const CancelToken& cancel = {});
    /// Queues instances and then @p work so that one transaction holds them all; never waits. What is too much at once
    /// is the caller's to know: flush() between.
    void post(std::vector<InstanceRecord>&& records, Work work);
    /// Queues the end of a try; never waits.
    void post(AttemptRecord&& record);

    /// Waits until all that was posted before is durable. Errors: Cancelled; DiskFull and LedgerFailed at once when the
    /// disk refuses (what was posted is kept and tried again).
    [[nodiscard]] Result<> flush(const CancelToken& cancel = {});
    /// Somebody waits for rows to become visible: commit soon.
    void hurry();

    /// The error that writing fails with now; none when it works.
    [[nodiscard]] std::optional<Error> failure() const;
    /// Transactions committed so far; for tests and metrics.
    [[nodiscard]] qint64 commitCount() const;

    /// The ledger is full at this size (PRAGMA max_page_count): how tests see a full disk. 0 = no limit.
    void setMaxPages(qint64 pages);

    /// Ids are given out in memory, since one process writes: no caller waits for the disk to name a row.
    [[nodiscard]] JobId nextJobId();
    [[nodiscard]] InstanceId nextInstanceId();
    [[nodiscard]] AssociationId nextAssociationId();
    [[nodiscard]] qint64 nextFolderId();
    [[nodiscard]] qint64 nextSeriesId();
    /// Of an instance in the spool.
    [[nodiscard]] qint64 nextSpoolId();
    /// Later ids are above @p id: files of that name exist.
    void keepSpoolIdsAbove(qint64 id);
    /// The row of @p context, made when it is new.
    [[nodiscard]] qint64 contextId(const Context& context);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace radpost::store
