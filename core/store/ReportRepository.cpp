#include "core/store/ReportRepository.h"

#include "core/store/Database.h"
#include "core/store/JobRepository.h"
#include "core/store/walltime.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::store {

namespace {

const QString kAttemptColumns =
    u"a.delivery_id, a.number, a.started_at, a.duration_us, a.association_id, a.dimse_status, "
    "a.error_code, a.bytes, a.detail, a.error_comment, a.offending_element, a.note"_s;

const QString kSelectDeliveries =
    u"SELECT d.id, d.state, d.proof, d.tries, d.retry_at, coalesce(i.source_path, f.path || i.file_name), "
    "i.data_set_length, i.sop_instance_uid, c.sop_class_uid, c.transfer_syntax_uid, s.series_instance_uid, "
    "p.failure_reason, p.error_code, "_s +
    kAttemptColumns +
    u" FROM deliveries d JOIN instances i ON i.id = d.instance_id JOIN folders f ON f.id = i.folder_id "
    "JOIN contexts c ON c.id = i.context_id JOIN series s ON s.id = i.series_id "
    "LEFT JOIN proofs p ON p.delivery_id = d.id "
    "LEFT JOIN attempts a ON a.delivery_id = d.id AND a.number = d.tries "_s;

AttemptRecord attemptAt(const Statement& row, int first)
{
    AttemptRecord attempt;
    attempt.delivery = DeliveryId{row.integer(first)};
    attempt.number = row.number(first + 1);
    attempt.startedAt = fromMilliseconds(row.integer(first + 2));
    attempt.duration = std::chrono::microseconds(row.integer(first + 3));
    attempt.association = AssociationId{row.integer(first + 4)};
    if (!row.isNull(first + 5)) {
        attempt.dimseStatus = static_cast<quint16>(row.number(first + 5));
    }
    if (!row.isNull(first + 6)) {
        attempt.errorCode = static_cast<ErrorCode>(row.number(first + 6));
    }
    attempt.bytes = row.integer(first + 7);
    attempt.detail = row.text(first + 8);
    attempt.errorComment = row.text(first + 9);
    attempt.offendingElement = row.text(first + 10);
    attempt.note = row.text(first + 11);
    return attempt;
}

SeriesText seriesTextOf(const Statement& row)
{
    return {row.text(1), row.text(2), row.text(3), row.text(4), StudyInstanceUid{row.ascii(5)}, row.text(6),
        row.text(7), row.text(8), row.text(9), SeriesInstanceUid{row.ascii(10)}, row.text(11), row.text(12),
        row.number(13)};
}

DeliveryRow deliveryOf(const Statement& row)
{
    DeliveryRow delivery;
    delivery.id = DeliveryId{row.integer(0)};
    delivery.state = static_cast<DeliveryState>(row.number(1));
    delivery.proof = static_cast<Proof>(row.number(2));
    delivery.tries = row.number(3);
    if (!row.isNull(4)) {
        delivery.retryAt = fromMilliseconds(row.integer(4));
    }
    delivery.sourcePath = row.text(5);
    delivery.bytes = row.integer(6);
    delivery.sopInstanceUid.value = row.ascii(7);
    delivery.sopClassUid.value = row.ascii(8);
    delivery.transferSyntaxUid.value = row.ascii(9);
    delivery.seriesInstanceUid.value = row.ascii(10);
    if (!row.isNull(11)) {
        delivery.proofReason = static_cast<quint16>(row.number(11));
    }
    if (!row.isNull(12)) {
        delivery.proofError = static_cast<ErrorCode>(row.number(12));
    }
    if (!row.isNull(13)) {
        delivery.lastAttempt = attemptAt(row, 13);
    }
    return delivery;
}

Statement& bindRange(Statement& statement, JobId job)
{
    return statement.bind(deliveryId(job, 0).value).bind(deliveryId(job, kDeliveriesPerJob).value);
}

} // namespace

ReportRepository::ReportRepository(Database& database)
    : m_database(database)
{
}

Result<QList<SeriesRow>> ReportRepository::series(JobId job)
{
    auto& rows = m_database.prepared(
        u"SELECT s.id, s.patient_name, s.patient_id, s.patient_birth_date, s.patient_sex, s.study_instance_uid, "
        "s.study_date, s.study_time, s.study_description, s.accession_number, s.series_instance_uid, s.modality, "
        "s.series_description, s.series_number, c.state, c.deliveries, c.bytes FROM (SELECT i.series_id, d.state, "
        "count(*) AS deliveries, sum(i.data_set_length) AS bytes FROM deliveries d "
        "JOIN instances i ON i.id = d.instance_id WHERE d.id >= ? AND d.id < ? GROUP BY i.series_id, d.state) c "
        "JOIN series s ON s.id = c.series_id ORDER BY s.id"_s);
    if (auto done = bindRange(rows, job).exec(); !done) {
        return fail(done.error());
    }
    QList<SeriesRow> list;
    qint64 current = 0;
    while (rows.next()) {
        if (rows.integer(0) != current) {
            current = rows.integer(0);
            list.append({seriesTextOf(rows), {}});
        }
        list.last().counts.add(static_cast<DeliveryState>(rows.number(14)), rows.integer(15), rows.integer(16));
    }
    return list;
}

Result<> ReportRepository::forEachDelivery(
    JobId job, std::optional<DeliveryState> state, const std::function<bool(const DeliveryRow&)>& visit)
{
    auto& rows = m_database.prepared(kSelectDeliveries + u"WHERE d.id >= ? AND d.id < ? "_s +
        (state ? u"AND d.state = ? "_s : QString()) + u"ORDER BY d.id"_s);
    bindRange(rows, job);
    if (state) {
        rows.bind(static_cast<int>(*state));
    }
    return forEach(rows, visit);
}

Result<> ReportRepository::forEachMissing(JobId job, const std::function<bool(const DeliveryRow&)>& visit)
{
    auto& rows =
        m_database.prepared(kSelectDeliveries + u"WHERE d.id >= ? AND d.id < ? AND d.proof = 3 ORDER BY d.id"_s);
    return forEach(bindRange(rows, job), visit);
}

Result<> ReportRepository::forEach(Statement& rows, const std::function<bool(const DeliveryRow&)>& visit)
{
    if (auto done = rows.exec(); !done) {
        return done;
    }
    while (rows.next()) {
        if (!visit(deliveryOf(rows))) {
            rows.finish();
            break;
        }
    }
    return {};
}

Result<QList<DeliveryRow>> ReportRepository::page(const InstanceQuery& query)
{
    auto& rows = m_database.prepared(kSelectDeliveries + u"WHERE d.id > ? AND d.id <= ? "_s +
        (query.series ? u"AND s.series_instance_uid = ? "_s : QString()) + u"ORDER BY d.id LIMIT ?"_s);
    rows.bind(std::max(query.after.value, deliveryId(query.job, 0).value - 1));
    const auto end = deliveryId(query.job, kDeliveriesPerJob).value - 1;
    rows.bind(query.last.isValid() ? std::min(query.last.value, end) : end);
    if (query.series) {
        rows.bindText(query.series->toString());
    }
    if (auto done = rows.bind(query.limit).exec(); !done) {
        return fail(done.error());
    }
    QList<DeliveryRow> page;
    while (rows.next()) {
        page.append(deliveryOf(rows));
    }
    return page;
}

Result<QList<AttemptRecord>> ReportRepository::attempts(DeliveryId delivery)
{
    auto& rows = m_database.prepared(
        u"SELECT "_s + kAttemptColumns + u" FROM attempts a WHERE a.delivery_id = ? ORDER BY a.number"_s);
    if (auto done = rows.bind(delivery.value).exec(); !done) {
        return fail(done.error());
    }
    QList<AttemptRecord> attempts;
    while (rows.next()) {
        attempts.append(attemptAt(rows, 0));
    }
    return attempts;
}

Result<QList<SkippedFile>> ReportRepository::skipped(JobId job)
{
    auto& rows =
        m_database.prepared(u"SELECT source_path, reason, detail FROM skipped_files WHERE job_id = ? ORDER BY id"_s);
    if (auto done = rows.bind(job.value).exec(); !done) {
        return fail(done.error());
    }
    QList<SkippedFile> files;
    while (rows.next()) {
        files.append({rows.text(0), static_cast<ErrorCode>(rows.number(1)), rows.text(2)});
    }
    return files;
}

Result<QList<DuplicateFile>> ReportRepository::duplicates(JobId job)
{
    auto& rows = m_database.prepared(u"SELECT source_path, first_source_path, sop_instance_uid, kind "
                                     "FROM duplicate_files WHERE job_id = ? ORDER BY id"_s);
    if (auto done = rows.bind(job.value).exec(); !done) {
        return fail(done.error());
    }
    QList<DuplicateFile> files;
    while (rows.next()) {
        files.append(
            {rows.text(0), rows.text(1), SopInstanceUid{rows.ascii(2)}, static_cast<DuplicateKind>(rows.number(3))});
    }
    return files;
}

Result<QList<AssociationRow>> ReportRepository::associations(JobId job)
{
    auto& rows = m_database.prepared(
        u"SELECT x.id, n.name, x.peer_address, x.peer_implementation, x.outstanding_window, x.opened_at, x.closed_at, "
        "x.error_code, x.detail FROM associations x JOIN destinations n ON n.id = x.destination_id WHERE x.id IN "
        "(SELECT association_id FROM attempts WHERE delivery_id >= ? AND delivery_id < ?) ORDER BY x.id"_s);
    if (auto done = bindRange(rows, job).exec(); !done) {
        return fail(done.error());
    }
    QList<AssociationRow> list;
    while (rows.next()) {
        AssociationRow row{AssociationId{rows.integer(0)}, rows.text(1), rows.text(2), rows.text(3), rows.number(4),
            fromMilliseconds(rows.integer(5)), {}, {}, rows.text(8)};
        if (!rows.isNull(6)) {
            row.closedAt = fromMilliseconds(rows.integer(6));
        }
        if (!rows.isNull(7)) {
            row.errorCode = static_cast<ErrorCode>(rows.number(7));
        }
        list.append(row);
    }
    return list;
}

// The last attempt of a delivery is the one that ended it.
Result<StateCounts> ReportRepository::countSince(JobId job, WallTime since)
{
    auto& rows = m_database.prepared(
        u"SELECT d.state, count(*) FROM deliveries d JOIN attempts a ON a.delivery_id = d.id AND a.number = d.tries "
        "WHERE d.id >= ? AND d.id < ? AND a.started_at >= ? GROUP BY d.state"_s);
    if (auto done = bindRange(rows, job).bind(toMilliseconds(since)).exec(); !done) {
        return fail(done.error());
    }
    StateCounts counts;
    while (rows.next()) {
        counts.add(static_cast<DeliveryState>(rows.number(0)), rows.integer(1), 0);
    }
    return counts;
}

Result<QList<DestinationTally>> ReportRepository::tallies(WallTime since)
{
    auto& rows = m_database.prepared(u"SELECT j.id, n.name, j.created_at FROM jobs j JOIN destinations n "
                                     "ON n.id = j.destination_id WHERE j.finished_at IS NULL OR j.finished_at >= ? "
                                     "ORDER BY n.name, j.id"_s);
    if (auto done = rows.bind(toMilliseconds(since)).exec(); !done) {
        return fail(done.error());
    }
    JobRepository jobs(m_database);
    QList<DestinationTally> tallies;
    while (rows.next()) {
        const JobId job{rows.integer(0)};
        const bool isWhollyAfter = fromMilliseconds(rows.integer(2)) >= since;
        const auto counts = isWhollyAfter ? jobs.counts(job) : countSince(job, since);
        if (!counts) {
            rows.finish();
            return fail(counts.error());
        }
        if (tallies.isEmpty() || tallies.last().destinationName != rows.text(1)) {
            tallies.append({rows.text(1)});
        }
        tallies.last().delivered += counts->of(DeliveryState::Stored) + counts->of(DeliveryState::StoredWithWarning);
        tallies.last().failed += counts->of(DeliveryState::Rejected);
    }
    tallies.removeIf([](const auto& tally) { return tally.delivered == 0 && tally.failed == 0; });
    return tallies;
}

} // namespace radpost::store
