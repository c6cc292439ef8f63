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
    /// What may be owed at the same time: requests, those of one calling AE title, and bytes of what they name.
    static constexpr int kMost = 10'000;
    static constexpr int kMostOfOne = 1'000;
    static constexpr qint64 kMostBytes = 256 * 1024 * 1024;

    explicit CommitmentRequestRepository(Database& database);

    enum class Entry { Made, Known, Other, NoRoom };
    /// For the writer thread. Known: the peer has asked so before, and is told once. Other: it has used the Transaction
    /// UID for other instances, and nothing is changed.
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
    [[nodiscard]] Result<qint64> countOf(const QByteArray& callingAeTitle);
    [[nodiscard]] Result<qint64> bytes();

    /// True: the spool holds the current version of this instance, of this class; see SpoolState.
    enum class Holding { None, OtherClass, Held };
    [[nodiscard]] Result<Holding> holding(const SopClassUid& sopClass, const SopInstanceUid& instance);

private:
    [[nodiscard]] Result<bool> hasRoom(const CommitmentRequestRow& row, qint64 bytes);
    [[nodiscard]] Result<QList<CommitmentRequestRow>> read(Statement& rows);

    Database& m_database;
};

} // namespace radpost::store
