#pragma once

#include "core/base/CancelToken.h"
#include "core/base/Result.h"
#include "core/spool/SpaceGuard.h"
#include "core/spool/SpoolFolder.h"
#include "core/store/SpoolTypes.h"

#include <atomic>
#include <functional>
#include <memory>

namespace radpost::store {
class Ledger;
struct WriteSession;
} // namespace radpost::store

namespace radpost::spool {

class Intake;

/// What became of one instance that came.
struct Arrived
{
    qint64 id = 0; ///< in the spool; of an identical one: of that which is there
    SopClassUid sopClassUid;
    SopInstanceUid sopInstanceUid;
    TransferSyntaxUid transferSyntaxUid;
    store::SpoolSource source;
    std::shared_ptr<const store::SpoolSeries> series;
    qint64 dataSetBytes = 0;
    QString digest;
    Clock::WallTime receivedAt;
    int version = 1;
    bool isIdentical = false;   ///< it was there before, bit for bit: nothing was added
    QList<qint64> superseded{}; ///< other contents of the same UID
    bool isSuperseded = false;  ///< found by check(), and not the current content of its UID
};

struct SpoolParams
{
    QString folder{};
    Durability durability = Durability::PowerLoss;
    store::DuplicatePolicy duplicates = store::DuplicatePolicy::KeepBoth;
    SpaceLimits space{};
    std::function<qint64()> freeBytes{}; ///< see SpaceGuard

    /// Opens a folder without any file although the index knows some: they are lost for good, and not on a volume that
    /// is not mounted.
    bool mayHaveLostAll = false;

    /// Called on the writer thread in the transaction that enters the row, before the sender is told: what it writes is
    /// committed with the row or not at all. An error refuses the instance. May be called again when the disk refused.
    std::function<Result<>(store::WriteSession&, const Arrived&)> inTransaction{};

    /// With KeepLast: a superseded version may go. Default: yes.
    std::function<bool(qint64 id)> mayDrop{};

    /// For tests: called when the index says that what came is @p id again, before the files are compared.
    std::function<void(qint64 id)> beforeComparing{};
};

/// Since the start. Any thread.
struct SpoolCounters
{
    std::atomic<qint64> stored{0};
    std::atomic<qint64> identical{0}; ///< acknowledged, and counted once only
    std::atomic<qint64> versions{0};  ///< of stored: another content was there
    std::atomic<qint64> refused{0};   ///< other contents, with KeepFirst
    std::atomic<qint64> failed{0};
    std::atomic<qint64> bytes{0}; ///< of data sets stored
};

/// What a look at the files against the index found.
struct SpoolCheckReport
{
    qint64 known = 0;
    qint64 adopted = 0; ///< entered the index, which did not have them
    qint64 revived = 0; ///< marked as missing, and there again
    qint64 copies = 0;  ///< of instances that were there already; removed
    qint64 missing = 0; ///< in the index without a file; marked
    qint64 damaged = 0; ///< no file of ours; set aside
};

/// Received instances on the disk and in the index. An instance is whole, named, synced where that is wanted, and its
/// row is committed before finish() of its Intake says so. Any thread.
class Spool final
{
public:
    /// @p ledger is ReadWrite and must outlive it. Blocks. Errors: FileWriteFailed, DiskFull, FileUnreadable when the
    /// folder cannot be listed or has lost all (see SpoolParams), those of the ledger.
    [[nodiscard]] static Result<std::unique_ptr<Spool>> open(store::Ledger& ledger, SpoolParams params);
    ~Spool();
    Q_DISABLE_COPY_MOVE(Spool)

    /// That what comes now can be kept: folder and ledger are those that were opened, and there is room. A few system
    /// calls. Errors: FileUnreadable, LedgerFailed and DiskFull, all to be tried later; nothing is acknowledged
    /// meanwhile.
    [[nodiscard]] Result<> isReady();

    /// isReady(), and nothing was refused for which there still is no room: what is small may find some meanwhile.
    /// Errors: likewise.
    [[nodiscard]] Result<> isRefusingNobody();

    /// For one association; not beyond the life of the spool.
    [[nodiscard]] std::unique_ptr<Intake> makeIntake();

    /// Compares the files with the index and mends the index: what a killed process left between file and row, a lost
    /// index, a lost file. Instances that arrive meanwhile are left alone. Blocks for about a second per half a million
    /// known files; an unknown one is read. Errors: Cancelled, FileUnreadable
    /// (nothing is marked for what could not be listed), those of the ledger.
    [[nodiscard]] Result<SpoolCheckReport> check(const CancelToken& cancel);

    /// Asked in the transaction that lets an instance go: whether it may still.
    using MayGo = std::function<Result<bool>(store::WriteSession&, qint64 id)>;

    /// Takes instances out, rows and files. The caller knows that nothing needs them any more. A process that dies in
    /// between leaves rows marked as missing: a file that survived is then known again, with what became of it, and
    /// never new. What has no row, may not go, or is just being compared with what comes, is left alone. Blocks on the
    /// ledger and the disk. Errors: those of the ledger.
    /// @return how many went; those whose file cannot be removed stay as they were.
    [[nodiscard]] Result<qint64> remove(const QList<qint64>& ids, const MayGo& mayGo = {});
    /// Likewise one. Errors: also FileWriteFailed, when its file is left.
    [[nodiscard]] Result<> remove(qint64 id);

    [[nodiscard]] const SpoolCounters& counters() const;
    [[nodiscard]] SpaceGuard& space();
    [[nodiscard]] const SpoolFolder& folder() const;

private:
    friend class Intake;
    struct Private;
    explicit Spool(std::unique_ptr<Private> state);
    std::unique_ptr<Private> d;
};

} // namespace radpost::spool
