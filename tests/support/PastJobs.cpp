#include "tests/support/PastJobs.h"

#include "core/store/walltime.h"

using namespace Qt::StringLiterals;

namespace radpost::test {

namespace {

using namespace store;

// Rows of one job have ids of their own: those of instances are those of their deliveries.
const QString kCount = u"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?) "_s;

qint64 firstSeries(const PastJob& job)
{
    return job.id.value * 1'000'000;
}

Result<> insertCommon(Database& database)
{
    for (const auto* sql : {u"INSERT OR IGNORE INTO folders VALUES (1, '/data/past/')",
             u"INSERT OR IGNORE INTO contexts VALUES (1, '1.2.840.10008.5.1.4.1.1.7', '1.2.840.10008.1.2.1')"}) {
        if (auto done = database.exec(QString::fromUtf16(sql)); !done) {
            return done;
        }
    }
    return {};
}

Result<> insertSeries(Database& database, const PastJob& job)
{
    auto& series = database.prepared(kCount +
        u"INSERT INTO series SELECT ? + i, ?, ?, '19700101', 'O', '2.25.1.' || ? || '.' || (i / ?), ?, '1200', ?, ?, "
        "'2.25.2.' || ? || '.' || i, 'OT', 'Series ' || i, i FROM n"_s);
    series.bind(job.series()).bind(firstSeries(job)).bindText(job.patientName).bindText(job.patientId);
    series.bind(job.id.value).bind(job.seriesOfAStudy).bindText(job.studyDate).bindText(job.studyDescription);
    return series.bindText(job.accessionNumber).bind(job.id.value).exec();
}

Result<> insertInstances(Database& database, const PastJob& job)
{
    auto& instances = database.prepared(kCount +
        u"INSERT INTO instances SELECT ? + i, 1, printf('IM%06d', i), NULL, 1400, 0, 400, 1000, 1, ? + i / ?, "
        "'2.25.3.' || (? + i) FROM n"_s);
    const auto first = deliveryId(job.id, 0).value;
    return instances.bind(job.instances())
        .bind(first)
        .bind(firstSeries(job))
        .bind(job.instancesOfASeries)
        .bind(first)
        .exec();
}

Result<> insertDeliveries(Database& database, const PastJob& job)
{
    const auto rest = job.state == JobState::Finished ? DeliveryState::Stored
        : job.state == JobState::Cancelled            ? DeliveryState::Cancelled
                                                      : DeliveryState::Pending;
    auto& deliveries = database.prepared(kCount +
        u"INSERT INTO deliveries (id, instance_id, state, tries) SELECT ? + i, ? + i, CASE WHEN i < ? THEN 4 ELSE ? "
        "END, 1 FROM n"_s);
    const auto first = deliveryId(job.id, 0).value;
    deliveries.bind(job.instances()).bind(first).bind(first).bind(job.rejected);
    return deliveries.bind(static_cast<int>(rest)).exec();
}

Result<> insertAttempts(Database& database, const PastJob& job)
{
    auto& attempts = database.prepared(kCount +
        u"INSERT INTO attempts (delivery_id, number, started_at, duration_us, dimse_status, error_code, bytes) "
        "SELECT ? + i, 1, ?, 100, CASE WHEN i >= ? THEN 0 WHEN i % 2 = 0 THEN 43264 ELSE 49443 END, "
        "CASE WHEN i >= ? THEN NULL ELSE ? END, 1000 FROM n"_s);
    attempts.bind(job.instances()).bind(deliveryId(job.id, 0).value).bind(toMilliseconds(job.endedAt));
    return attempts.bind(job.rejected).bind(job.rejected).bind(static_cast<int>(ErrorCode::StatusFailed)).exec();
}

Result<> insertSkipped(Database& database, const PastJob& job)
{
    for (const auto reason : {ErrorCode::DicomTruncated, ErrorCode::NotDicom}) {
        auto& files = database.prepared(kCount +
            u"INSERT INTO skipped_files (job_id, source_path, reason, detail) SELECT ?, '/data/past/bad' || i, ?, '' "
            u"FROM n "
            "WHERE i < ?"_s);
        auto done = files.bind(job.unread).bind(job.id.value).bind(static_cast<int>(reason)).bind(job.unread).exec();
        if (!done) {
            return done;
        }
    }
    return {};
}

Result<> insertJobSeries(Database& database, const PastJob& job)
{
    auto& rows = database.prepared(kCount + u"INSERT INTO job_series SELECT ?, ? + i FROM n"_s);
    return rows.bind(job.series()).bind(job.id.value).bind(firstSeries(job)).exec();
}

Result<> insert(WriteSession& session, const PastJob& job)
{
    const NewJob made{job.title, job.destination, u"contract"_s, u"{\"paths\":[\"/data/past\"]}"_s, 0};
    auto done = session.jobs.insert(job.id, made, job.createdAt);
    for (const auto step :
        {insertSeries, insertInstances, insertDeliveries, insertAttempts, insertSkipped, insertJobSeries}) {
        done = done.and_then([&] { return insertCommon(session.database); }).and_then([&] {
            return step(session.database, job);
        });
    }
    return done.and_then([&] { return session.jobs.setGrowth(job.id, JobGrowth::Sealed); })
        .and_then([&] { return session.jobs.setState(job.id, job.state, job.endedAt); })
        .and_then([&] { return session.jobs.freezeCounts(job.id); })
        .and_then([&] { return job.isSettled ? session.jobs.setSettled(job.id, true) : Result<>(); });
}

} // namespace

Result<> addPastJob(store::LedgerWriter& writer, const PastJob& job)
{
    return writer.run([job](store::WriteSession& session) { return insert(session, job); });
}

} // namespace radpost::test
