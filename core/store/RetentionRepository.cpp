#include "core/store/RetentionRepository.h"

#include "core/store/Database.h"
#include "core/store/walltime.h"

using namespace Qt::StringLiterals;

namespace radpost::store {

namespace {

// States of jobs: 3 finished, 4 cancelled; growth: 1 sealed, 2 interrupted; deliveries: 0 and 1 unfinished, 4 rejected;
// proof: 1 asked, 3 missing. What a person cancelled needs nobody; see JobEntry::needsPerson().
const QString kExpired =
    u"j.finished_at < ? AND j.id < (SELECT max(id) FROM jobs) "
    "AND ((j.state = 3 AND j.growth = 1) OR (j.state = 4 AND j.growth <> 0)) "
    "AND (j.settled = 1 OR j.state = 4 OR NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.state = 4 "
    "AND d.id >= j.id * 4294967296 AND d.id < (j.id + 1) * 4294967296)) "
    "AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.id >= j.id * 4294967296 AND d.id < (j.id + 1) * 4294967296 "
    "AND (d.state IN (0, 1) OR (j.state = 3 AND (d.proof = 1 OR (d.proof = 3 AND j.settled = 0)))))"_s;

} // namespace

RetentionRepository::RetentionRepository(Database& database)
    : m_database(database)
{
}

Result<std::optional<JobId>> RetentionRepository::expired(WallTime before)
{
    auto& rows =
        m_database.prepared(u"SELECT j.id FROM jobs j WHERE "_s + kExpired + u" ORDER BY j.finished_at LIMIT 1"_s);
    if (auto done = rows.bind(toMilliseconds(before)).exec(); !done) {
        return fail(done.error());
    }
    const auto job = rows.next() ? std::optional(JobId{rows.integer(0)}) : std::nullopt;
    rows.finish();
    return job;
}

Result<bool> RetentionRepository::removeJob(JobId job, WallTime before)
{
    auto& rows = m_database.prepared(u"SELECT 1 FROM jobs j WHERE j.id = ? AND "_s + kExpired);
    if (auto done = rows.bind(job.value).bind(toMilliseconds(before)).exec(); !done) {
        return fail(done.error());
    }
    const bool isExpired = rows.next();
    rows.finish();
    if (!isExpired) {
        return false;
    }
    // What goes says who was examined: its pages are overwritten, not only marked as free.
    if (auto set = m_database.exec(u"PRAGMA secure_delete = ON"_s); !set) {
        return fail(set.error());
    }
    for (const auto* sql :
        {u"DELETE FROM commitment_deliveries WHERE commitment_id IN (SELECT id FROM commitments WHERE "
         "job_id = ?)",
            u"DELETE FROM commitments WHERE job_id = ?", u"DELETE FROM job_totals WHERE job_id = ?",
            u"DELETE FROM job_contexts WHERE job_id = ?", u"DELETE FROM job_series WHERE job_id = ?",
            u"DELETE FROM skipped_files WHERE job_id = ?", u"DELETE FROM duplicate_files WHERE job_id = ?",
            u"DELETE FROM jobs WHERE id = ?"}) {
        if (auto done = m_database.prepared(QString::fromUtf16(sql)).bind(job.value).exec(); !done) {
            return fail(done.error());
        }
    }
    return true;
}

// From one job's range to the next by the primary key: a step for each job, not for each delivery.
Result<QList<JobId>> RetentionRepository::leftovers()
{
    auto& rows = m_database.prepared(
        u"WITH RECURSIVE owner (job) AS (SELECT min(id) / 4294967296 FROM deliveries UNION ALL "
        "SELECT (SELECT min(d.id) / 4294967296 FROM deliveries d WHERE d.id >= (owner.job + 1) * 4294967296) "
        "FROM owner WHERE owner.job IS NOT NULL) "
        "SELECT job FROM owner WHERE job IS NOT NULL AND job NOT IN (SELECT id FROM jobs)"_s);
    if (auto done = rows.exec(); !done) {
        return fail(done.error());
    }
    QList<JobId> jobs;
    while (rows.next()) {
        jobs.append(JobId{rows.integer(0)});
    }
    return jobs;
}

Result<RetentionRepository::Range> RetentionRepository::range(const QString& sql, qint64 from, qint64 until, int limit)
{
    auto& rows = m_database.prepared(sql);
    if (auto done = rows.bind(from).bind(until).bind(limit).exec(); !done) {
        return fail(done.error());
    }
    const auto found = rows.next() ? Range{rows.integer(0), rows.integer(1), rows.integer(2)} : Range{};
    rows.finish();
    return found;
}

Result<qint64> RetentionRepository::removeDeliveries(JobId job, int limit)
{
    const auto chosen =
        range(u"SELECT min(id), max(id), count(*) FROM (SELECT id FROM deliveries WHERE id >= ? AND id < ? "
              "ORDER BY id LIMIT ?)"_s,
            deliveryId(job, 0).value, deliveryId(job, kDeliveriesPerJob).value, limit);
    if (!chosen || chosen->count == 0) {
        return chosen.map([](const Range& found) { return found.count; });
    }
    const auto instances =
        range(u"SELECT min(instance_id), max(instance_id), count(*) FROM (SELECT instance_id FROM deliveries "
              "WHERE id >= ? AND id <= ? LIMIT ?)"_s,
            chosen->first, chosen->last, limit);
    if (!instances) {
        return fail(instances.error());
    }
    for (const auto* sql : {u"DELETE FROM attempts WHERE delivery_id >= ? AND delivery_id <= ?",
             u"DELETE FROM proofs WHERE delivery_id >= ? AND delivery_id <= ?",
             u"DELETE FROM deliveries WHERE id >= ? AND id <= ?"}) {
        if (auto done = m_database.prepared(QString::fromUtf16(sql)).bind(chosen->first).bind(chosen->last).exec();
            !done) {
            return fail(done.error());
        }
    }
    return removeInstances(instances->first, instances->last).map([&chosen] { return chosen->count; });
}

Result<QList<qint64>> RetentionRepository::numbers(const QString& sql, qint64 from, qint64 until)
{
    auto& rows = m_database.prepared(sql);
    if (auto done = rows.bind(from).bind(until).exec(); !done) {
        return fail(done.error());
    }
    QList<qint64> found;
    while (rows.next()) {
        found.append(rows.integer(0));
    }
    return found;
}

// An instance that was sent to several destinations stays for as long as one of the jobs does. Rows of series and
// folders are a batch's own, and that of an expired job takes nothing in any more: none can be needed a moment later.
Result<> RetentionRepository::removeInstances(qint64 first, qint64 last)
{
    const QString unused = u"FROM instances WHERE id >= ? AND id <= ? "
                           "AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.instance_id = instances.id)"_s;
    const auto series = numbers(u"SELECT DISTINCT series_id "_s + unused, first, last);
    const auto folders = numbers(u"SELECT DISTINCT folder_id "_s + unused, first, last);
    if (!series || !folders) {
        return fail(!series ? series.error() : folders.error());
    }
    if (auto done = m_database.prepared(QString(u"DELETE "_s + unused)).bind(first).bind(last).exec(); !done) {
        return done;
    }
    for (const auto id : *series) {
        auto& remove = m_database.prepared(
            u"DELETE FROM series WHERE id = ? AND NOT EXISTS (SELECT 1 FROM instances i WHERE i.series_id = series.id) "
            "AND NOT EXISTS (SELECT 1 FROM job_series s WHERE s.series_id = series.id)"_s);
        if (auto done = remove.bind(id).exec(); !done) {
            return done;
        }
    }
    for (const auto id : *folders) {
        auto& remove = m_database.prepared(u"DELETE FROM folders WHERE id = ? AND NOT EXISTS (SELECT 1 FROM instances "
                                           "i WHERE i.folder_id = folders.id)"_s);
        if (auto done = remove.bind(id).exec(); !done) {
            return done;
        }
    }
    return {};
}

Result<qint64> RetentionRepository::removeAssociations(WallTime before, int limit)
{
    auto& remove = m_database.prepared(
        u"DELETE FROM associations WHERE id IN (SELECT id FROM associations WHERE closed_at < ? "
        "AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.association_id = associations.id) LIMIT ?)"_s);
    return remove.bind(toMilliseconds(before)).bind(limit).exec().map([&remove] { return remove.affected(); });
}

} // namespace radpost::store
