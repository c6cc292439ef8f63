#pragma once

#include "core/spool/Spool.h"
#include "core/store/Ledger.h"

#include <mutex>
#include <set>

namespace radpost::spool {

/// A file of the spool as the index would have it.
struct FoundFile
{
    store::NewSpoolInstance entry;
    Arrived arrived;
};

/// An instance on its way out.
struct Leaving
{
    qint64 id = 0;
    qint64 bytes = 0;
    store::SpoolState before = store::SpoolState::Current;
    bool isGone = false; ///< its file is
};

/// Instances that something which came is compared with: what is about to be acknowledged as being there already must
/// not go meanwhile. Any thread.
class HeldIds final
{
public:
    /// Holds @p id for as long as it lives, once for each.
    class Hold final
    {
    public:
        Hold(HeldIds& ids, qint64 id);
        ~Hold();
        Q_DISABLE_COPY_MOVE(Hold)

    private:
        HeldIds& m_ids;
        const qint64 m_id;
    };

    [[nodiscard]] bool contains(qint64 id) const;

private:
    mutable std::mutex m_mutex; // guards what follows
    std::multiset<qint64> m_ids;
};

struct Spool::Private
{
    Private(store::Ledger& opened, SpoolParams given)
        : ledger(opened)
        , params(std::move(given))
        , folder(params.folder)
        , space(params.folder, params.space, params.freeBytes)
    {
    }

    /// That files and rows go where they are found again.
    [[nodiscard]] Result<> isInPlace() const;
    [[nodiscard]] Result<> isReady();

    /// Enters the file @p entry.id, whose name is given already; waits until that is durable.
    [[nodiscard]] Result<Arrived> enter(
        store::NewSpoolInstance entry, Arrived arrived, store::DuplicatePolicy policy, const CancelToken& cancel);
    [[nodiscard]] Result<store::SpoolOutcome> add(const store::NewSpoolInstance& entry, const Arrived& arrived,
        store::DuplicatePolicy policy, const CancelToken& cancel);
    [[nodiscard]] Result<> settleEqual(
        store::NewSpoolInstance& entry, qint64 existing, const CancelToken& cancel, bool& isSame);
    /// Rows whose file is gone; they count as used no longer.
    [[nodiscard]] Result<> setMissing(const QList<qint64>& ids, const CancelToken& cancel);
    [[nodiscard]] Result<qint64> remove(const QList<qint64>& ids, const MayGo& mayGo);
    [[nodiscard]] Result<> remove(qint64 id);
    [[nodiscard]] Result<QList<Leaving>> markLeaving(const QList<qint64>& ids, const MayGo& mayGo);
    void unlink(QList<Leaving>& leaving);
    void dropSuperseded(const QList<qint64>& superseded);

    // What check() does about what it finds.
    [[nodiscard]] Result<> adopt(
        Result<FoundFile> found, qint64 id, SpoolCheckReport& report, const CancelToken& cancel);
    [[nodiscard]] Result<> markMissing(const QList<qint64>& ids, SpoolCheckReport& report, const CancelToken& cancel);

    store::Ledger& ledger;
    const SpoolParams params;
    SpoolFolder folder;
    SpaceGuard space;
    SpoolCounters counters;
    HeldIds held;
    qint64 firstOfThisRun = 0; ///< ids from here on are of instances that came since the start
};

} // namespace radpost::spool
