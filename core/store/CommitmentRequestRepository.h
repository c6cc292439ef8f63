#pragma once

#include "core/base/Result.h"
#include "core/store/ProofTypes.h"

namespace radpost::store {

class Database;
class Statement;

/// Reports of storage commitment that are owed to others. One thread: the one of its connection.
class CommitmentRequestRepository final
{
public:
    /// What may be owed at the same time.
    static constexpr int kMost = 10'000;

    explicit CommitmentRequestRepository(Database& database);

    enum class Entry { Made, Known, NoRoom };
    /// For the writer thread. Known: the peer has asked so before, and is told once more.
    [[nodiscard]] Result<Entry> add(const CommitmentRequestRow& row);
    /// For the writer thread.
    [[nodiscard]] Result<> postpone(qint64 id, WallTime nextAt);
    [[nodiscard]] Result<> remove(qint64 id);

    /// Those that are due at @p now, the longest due first.
    [[nodiscard]] Result<QList<CommitmentRequestRow>> due(WallTime now, int limit);
    [[nodiscard]] Result<std::optional<WallTime>> nextDue();
    [[nodiscard]] Result<std::optional<CommitmentRequestRow>> find(
        const QByteArray& callingAeTitle, const QByteArray& transactionUid);
    [[nodiscard]] Result<qint64> count();

    /// True: the spool holds the current version of this instance, of this class; see SpoolState.
    enum class Holding { None, OtherClass, Held };
    [[nodiscard]] Result<Holding> holding(const SopClassUid& sopClass, const SopInstanceUid& instance);

private:
    [[nodiscard]] Result<QList<CommitmentRequestRow>> read(Statement& rows);

    Database& m_database;
};

} // namespace radpost::store
