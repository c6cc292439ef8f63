#pragma once

#include "core/base/Result.h"
#include "core/store/HistoryTypes.h"

#include <QHash>
#include <QList>

#include <optional>

namespace radpost::store {

class Database;
class Statement;

/// What a peer must accept to take an instance.
struct Context
{
    SopClassUid sopClassUid;
    TransferSyntaxUid transferSyntaxUid;
    friend bool operator==(const Context&, const Context&) = default;
    friend size_t qHash(const Context& context, size_t seed = 0)
    {
        return qHashMulti(seed, context.sopClassUid.value, context.transferSyntaxUid.value);
    }
};

/// Deliveries to be sent, in pages. One thread: the one of its connection.
class DeliveryRepository final
{
public:
    explicit DeliveryRepository(Database& database);

    /// Up to @p limit Pending deliveries of @p job with ids above @p after, in the order they entered.
    [[nodiscard]] Result<QList<PendingDelivery>> pendingPage(JobId job, DeliveryId after, int limit);
    /// Up to @p limit Waiting deliveries of @p job that are due at @p now, the longest due first; and what would be due
    /// after @p latest only, which the clock of now cannot have meant.
    [[nodiscard]] Result<QList<PendingDelivery>> duePage(JobId job, WallTime now, WallTime latest, int limit);
    /// When the next Waiting delivery of @p job is due after @p now, @p latest at the latest; none: nothing
    /// waits for that.
    [[nodiscard]] Result<std::optional<WallTime>> nextDue(JobId job, WallTime now, WallTime latest = WallTime::max());
    /// The delivery that entered @p job last; invalid: none did.
    [[nodiscard]] Result<DeliveryId> last(JobId job);
    /// The distinct contexts of all instances that entered @p job.
    [[nodiscard]] Result<QList<Context>> contexts(JobId job);

    /// For the writer thread: every unfinished delivery of @p job becomes Cancelled.
    [[nodiscard]] Result<qint64> cancelUnfinished(JobId job);
    /// For the writer thread: every Rejected delivery, and every stored one whose proof is Missing, becomes Pending
    /// with a fresh budget; Waiting ones are due at once.
    [[nodiscard]] Result<qint64> retryRejected(JobId job);
    /// For the writer thread: those Rejected deliveries whose last attempt ended by @p cause become Pending with a
    /// fresh budget; nothing else changes.
    [[nodiscard]] Result<qint64> retryRejected(JobId job, const FailureCause& cause);

private:
    [[nodiscard]] Result<qint64> retryMissing(JobId job);
    [[nodiscard]] Result<QList<PendingDelivery>> readPage(Statement& rows, int limit);
    [[nodiscard]] Result<Context> contextOf(qint64 id);
    [[nodiscard]] Result<QString> folderPath(qint64 id);

    Database& m_database;
    QHash<qint64, Context> m_contexts;
    QHash<qint64, QString> m_folders;
};

} // namespace radpost::store
