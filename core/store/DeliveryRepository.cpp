#include "core/store/DeliveryRepository.h"

#include "core/store/Database.h"
#include "core/store/walltime.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::store {

namespace {

constexpr int kMaxCachedFolders = 1024;

const QString kSelectPending =
    u"SELECT d.id, d.state, d.tries, d.refusals, d.deaths, i.folder_id, i.file_name, i.size_bytes, i.mtime_ns, "
    "i.data_set_offset, i.data_set_length, i.context_id, i.sop_instance_uid "
    "FROM deliveries d JOIN instances i ON i.id = d.instance_id "_s;

// The expression is that of the index deliveries_waiting, which holds only those that wait.
const QString kDue = kSelectPending +
    u"WHERE d.id / 4294967296 = ? AND d.state = 1 AND (d.retry_at <= ? OR d.retry_at > ?) "
    "ORDER BY d.retry_at, d.id LIMIT ?"_s;
const QString kPending = kSelectPending + u"WHERE d.id > ? AND d.id < ? AND d.state = 0 ORDER BY d.id LIMIT ?"_s;

} // namespace

DeliveryRepository::DeliveryRepository(Database& database)
    : m_database(database)
{
}

Result<QList<PendingDelivery>> DeliveryRepository::readPage(Statement& rows, int limit)
{
    if (auto done = rows.bind(limit).exec(); !done) {
        return fail(done.error());
    }
    QList<PendingDelivery> page;
    while (rows.next()) {
        auto& delivery = page.emplace_back();
        delivery.id = DeliveryId{rows.integer(0)};
        delivery.wasWaiting = static_cast<DeliveryState>(rows.number(1)) == DeliveryState::Waiting;
        delivery.tries = rows.number(2);
        delivery.refusals = rows.number(3);
        delivery.deaths = rows.number(4);
        delivery.sizeBytes = rows.integer(7);
        delivery.mtimeNs = rows.integer(8);
        delivery.dataSetOffset = rows.integer(9);
        delivery.dataSetLength = rows.integer(10);
        delivery.sopInstanceUid.value = rows.ascii(12);
        const auto folder = folderPath(rows.integer(5));
        const auto context = contextOf(rows.integer(11));
        if (!folder || !context) {
            return fail(!folder ? folder.error() : context.error());
        }
        delivery.path = *folder + rows.text(6);
        delivery.sopClassUid = context->sopClassUid;
        delivery.transferSyntaxUid = context->transferSyntaxUid;
    }
    return page;
}

Result<QList<PendingDelivery>> DeliveryRepository::pendingPage(JobId job, DeliveryId after, int limit)
{
    auto& rows = m_database.prepared(kPending);
    const qint64 from = std::max(after.value, deliveryId(job, 0).value - 1);
    return readPage(rows.bind(from).bind(deliveryId(job, kDeliveriesPerJob).value), limit);
}

Result<QList<PendingDelivery>> DeliveryRepository::duePage(JobId job, WallTime now, WallTime latest, int limit)
{
    auto& rows = m_database.prepared(kDue);
    return readPage(rows.bind(job.value).bind(toMilliseconds(now)).bind(toMilliseconds(latest)), limit);
}

Result<std::optional<WallTime>> DeliveryRepository::nextDue(JobId job, WallTime now, WallTime latest)
{
    auto& rows = m_database.prepared(
        u"SELECT min(retry_at) FROM deliveries WHERE id / 4294967296 = ? AND state = 1 AND retry_at > ? "
        "AND retry_at <= ?"_s);
    rows.bind(job.value).bind(toMilliseconds(now)).bind(toMilliseconds(latest));
    if (auto done = rows.exec(); !done) {
        return fail(done.error());
    }
    std::optional<WallTime> due;
    if (rows.next() && !rows.isNull(0)) {
        due = fromMilliseconds(rows.integer(0));
    }
    rows.finish();
    return due;
}

Result<DeliveryId> DeliveryRepository::last(JobId job)
{
    auto& rows = m_database.prepared(u"SELECT max(id) FROM deliveries WHERE id >= ? AND id < ?"_s);
    rows.bind(deliveryId(job, 0).value).bind(deliveryId(job, kDeliveriesPerJob).value);
    if (auto done = rows.exec(); !done) {
        return fail(done.error());
    }
    const DeliveryId id{rows.next() ? rows.integer(0) : 0};
    rows.finish();
    return id;
}

Result<QList<Context>> DeliveryRepository::contexts(JobId job)
{
    auto& rows = m_database.prepared(u"SELECT c.sop_class_uid, c.transfer_syntax_uid FROM job_contexts j "
                                     "JOIN contexts c ON c.id = j.context_id WHERE j.job_id = ? ORDER BY c.id"_s);
    if (auto done = rows.bind(job.value).exec(); !done) {
        return fail(done.error());
    }
    QList<Context> contexts;
    while (rows.next()) {
        contexts.append({SopClassUid{rows.ascii(0)}, TransferSyntaxUid{rows.ascii(1)}});
    }
    return contexts;
}

Result<qint64> DeliveryRepository::cancelUnfinished(JobId job)
{
    auto& update = m_database.prepared(
        u"UPDATE deliveries SET state = 5, retry_at = NULL WHERE id >= ? AND id < ? AND state IN (0, 1)"_s);
    update.bind(deliveryId(job, 0).value).bind(deliveryId(job, kDeliveriesPerJob).value);
    return update.exec().map([&] { return update.affected(); });
}

Result<qint64> DeliveryRepository::retryRejected(JobId job)
{
    auto& waiting = m_database.prepared(u"UPDATE deliveries SET state = 0, retry_at = NULL "
                                        "WHERE id / 4294967296 = ? AND state = 1"_s);
    if (auto done = waiting.bind(job.value).exec(); !done) {
        return fail(done.error());
    }
    const auto missing = retryMissing(job);
    if (!missing) {
        return missing;
    }
    auto& rejected = m_database.prepared(
        u"UPDATE deliveries SET state = 0, refusals = 0, deaths = 0 WHERE id >= ? AND id < ? AND state = 4"_s);
    rejected.bind(deliveryId(job, 0).value).bind(deliveryId(job, kDeliveriesPerJob).value);
    return rejected.exec().map([&]() -> qint64 { return rejected.affected() + *missing; });
}

/// What the destination does not hold is sent again, and its proof begins anew.
Result<qint64> DeliveryRepository::retryMissing(JobId job)
{
    auto& proofs = m_database.prepared(u"DELETE FROM proofs WHERE delivery_id IN "
                                       "(SELECT id FROM deliveries WHERE id >= ? AND id < ? AND proof = 3)"_s);
    proofs.bind(deliveryId(job, 0).value).bind(deliveryId(job, kDeliveriesPerJob).value);
    if (auto done = proofs.exec(); !done) {
        return fail(done.error());
    }
    auto& transactions = m_database.prepared(u"DELETE FROM commitment_deliveries WHERE delivery_id IN "
                                             "(SELECT id FROM deliveries WHERE id >= ? AND id < ? AND proof = 3)"_s);
    transactions.bind(deliveryId(job, 0).value).bind(deliveryId(job, kDeliveriesPerJob).value);
    if (auto done = transactions.exec(); !done) {
        return fail(done.error());
    }
    auto& missing = m_database.prepared(u"UPDATE deliveries SET state = 0, proof = 0, refusals = 0, deaths = 0 "
                                        "WHERE id >= ? AND id < ? AND proof = 3 AND state IN (2, 3)"_s);
    missing.bind(deliveryId(job, 0).value).bind(deliveryId(job, kDeliveriesPerJob).value);
    return missing.exec().map([&] { return missing.affected(); });
}

Result<qint64> DeliveryRepository::retryRejected(JobId job, const FailureCause& cause)
{
    auto& rejected = m_database.prepared(
        u"UPDATE deliveries SET state = 0, refusals = 0, deaths = 0 WHERE id IN (SELECT d.id FROM deliveries d "
        "LEFT JOIN attempts a ON a.delivery_id = d.id AND a.number = d.tries WHERE d.state = 4 AND d.id >= ? "
        "AND d.id < ? AND coalesce(a.error_code, ?) = ? AND a.dimse_status IS ?)"_s);
    rejected.bind(deliveryId(job, 0).value).bind(deliveryId(job, kDeliveriesPerJob).value);
    rejected.bind(static_cast<int>(ErrorCode::StatusFailed)).bind(static_cast<int>(cause.code));
    return rejected.bindOptional(cause.dimseStatus).exec().map([&] { return rejected.affected(); });
}

Result<Context> DeliveryRepository::contextOf(qint64 id)
{
    if (const auto known = m_contexts.constFind(id); known != m_contexts.constEnd()) {
        return *known;
    }
    auto& rows = m_database.prepared(u"SELECT sop_class_uid, transfer_syntax_uid FROM contexts WHERE id = ?"_s);
    if (auto done = rows.bind(id).exec(); !done) {
        return fail(done.error());
    }
    if (!rows.next()) {
        return fail(ErrorCode::LedgerCorrupt, u"context %1 is missing"_s.arg(id));
    }
    const Context context{SopClassUid{rows.ascii(0)}, TransferSyntaxUid{rows.ascii(1)}};
    rows.finish();
    m_contexts.insert(id, context);
    return context;
}

Result<QString> DeliveryRepository::folderPath(qint64 id)
{
    if (const auto known = m_folders.constFind(id); known != m_folders.constEnd()) {
        return *known;
    }
    auto& rows = m_database.prepared(u"SELECT path FROM folders WHERE id = ?"_s);
    if (auto done = rows.bind(id).exec(); !done) {
        return fail(done.error());
    }
    if (!rows.next()) {
        return fail(ErrorCode::LedgerCorrupt, u"folder %1 is missing"_s.arg(id));
    }
    const auto path = rows.text(0);
    rows.finish();
    if (m_folders.size() >= kMaxCachedFolders) {
        m_folders.clear();
    }
    m_folders.insert(id, path);
    return path;
}

} // namespace radpost::store
