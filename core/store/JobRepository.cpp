#include "core/store/JobRepository.h"

#include "core/store/Database.h"
#include "core/store/walltime.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::store {

namespace {

const QString kSelectJob = u"SELECT j.id, j.title, n.name, j.contract, j.options, j.priority, j.state, j.growth, "
                           "j.created_at, j.finished_at, j.stop_code, j.stop_retry, j.stop_status, j.stop_detail, "
                           "n.paused, j.proof_wanted FROM jobs j JOIN destinations n ON n.id = j.destination_id "_s;

std::optional<Error> stopReasonOf(const Statement& row)
{
    if (row.isNull(10)) {
        return std::nullopt;
    }
    Error error{static_cast<ErrorCode>(row.number(10)), static_cast<Retry>(row.number(11)), row.text(13), {}};
    if (!row.isNull(12)) {
        error.dimseStatus = static_cast<quint16>(row.number(12));
    }
    return error;
}

JobRow jobOf(const Statement& row)
{
    JobRow job;
    job.id = JobId{row.integer(0)};
    job.title = row.text(1);
    job.destinationName = row.text(2);
    job.destinationContract = row.text(3);
    job.options = row.text(4);
    job.priority = row.number(5);
    job.state = static_cast<JobState>(row.number(6));
    job.growth = static_cast<JobGrowth>(row.number(7));
    job.createdAt = fromMilliseconds(row.integer(8));
    if (!row.isNull(9)) {
        job.finishedAt = fromMilliseconds(row.integer(9));
    }
    job.stopReason = stopReasonOf(row);
    job.destinationPaused = row.number(14) != 0;
    job.proofWanted = static_cast<ProofWanted>(row.number(15));
    return job;
}

Result<StateCounts> readCounts(Statement& statement)
{
    if (auto done = statement.exec(); !done) {
        return fail(done.error());
    }
    StateCounts counts;
    while (statement.next()) {
        counts.add(static_cast<DeliveryState>(statement.number(0)), statement.integer(1), statement.integer(2));
    }
    return counts;
}

} // namespace

JobRepository::JobRepository(Database& database)
    : m_database(database)
{
}

Result<QList<JobRow>> JobRepository::list(std::optional<JobState> state, int limit)
{
    auto& rows = m_database.prepared(
        kSelectJob + (state ? u"WHERE j.state = ? "_s : QString()) + u"ORDER BY j.id DESC LIMIT ?"_s);
    if (state) {
        rows.bind(static_cast<int>(*state));
    }
    if (auto done = rows.bind(limit).exec(); !done) {
        return fail(done.error());
    }
    QList<JobRow> jobs;
    while (rows.next()) {
        jobs.append(jobOf(rows));
    }
    return jobs;
}

Result<JobRow> JobRepository::find(JobId job)
{
    auto& rows = m_database.prepared(kSelectJob + u"WHERE j.id = ?"_s);
    if (auto done = rows.bind(job.value).exec(); !done) {
        return fail(done.error());
    }
    if (!rows.next()) {
        return fail(ErrorCode::JobNotFound, u"job %1"_s.arg(job.value));
    }
    auto row = jobOf(rows);
    rows.finish();
    return row;
}

Result<StateCounts> JobRepository::counts(JobId job)
{
    auto& frozen = m_database.prepared(u"SELECT state, deliveries, bytes FROM job_totals WHERE job_id = ?"_s);
    auto totals = readCounts(frozen.bind(job.value));
    if (!totals || totals->total() > 0) {
        return totals;
    }
    auto& counted = m_database.prepared(
        u"SELECT d.state, count(*), sum(i.data_set_length) FROM deliveries d JOIN instances i ON i.id = d.instance_id "
        "WHERE d.id >= ? AND d.id < ? GROUP BY d.state"_s);
    return readCounts(counted.bind(deliveryId(job, 0).value).bind(deliveryId(job, kDeliveriesPerJob).value));
}

// Compared here: SQL folds the case of ASCII alone.
Result<QList<JobRepository::Destination>> JobRepository::destinationsLike(const QString& name)
{
    auto& rows = m_database.prepared(u"SELECT id, name, paused FROM destinations"_s);
    if (auto done = rows.exec(); !done) {
        return fail(done.error());
    }
    QList<Destination> found;
    while (rows.next()) {
        if (isSameDestination(rows.text(1), name)) {
            found.append({rows.integer(0), rows.text(1), rows.number(2) != 0});
        }
    }
    return found;
}

Result<> JobRepository::insertDestination(const QString& name, bool paused)
{
    auto& insert =
        m_database.prepared(u"INSERT INTO destinations (name, paused) VALUES (?, ?) ON CONFLICT (name) DO NOTHING"_s);
    return insert.bindText(name).bind(paused ? 1 : 0).exec();
}

Result<> JobRepository::insert(JobId id, const NewJob& job, WallTime now)
{
    const auto known = destinationsLike(job.destinationName);
    if (!known) {
        return fail(known.error());
    }
    const bool isPaused = std::any_of(known->begin(), known->end(), [](const auto& other) { return other.paused; });
    if (auto done = insertDestination(job.destinationName, isPaused); !done) {
        return done;
    }
    return m_database
        .prepared(
            u"INSERT INTO jobs (id, destination_id, title, contract, options, priority, state, growth, created_at, "
            "proof_wanted) VALUES (?, (SELECT id FROM destinations WHERE name = ?), ?, ?, ?, ?, ?, ?, ?, ?)"_s)
        .bind(id.value)
        .bindText(job.destinationName)
        .bindText(job.title)
        .bindText(job.destinationContract)
        .bindText(job.options)
        .bind(job.priority)
        .bind(static_cast<int>(JobState::Active))
        .bind(static_cast<int>(JobGrowth::Growing))
        .bind(toMilliseconds(now))
        .bind(static_cast<int>(job.proofWanted))
        .exec();
}

Result<> JobRepository::setState(JobId job, JobState state, WallTime now, const std::optional<Error>& reason)
{
    const bool final = state == JobState::Finished || state == JobState::Cancelled;
    auto& update = m_database.prepared(u"UPDATE jobs SET state = ?, finished_at = ?, stop_code = ?, stop_retry = ?, "
                                       "stop_status = ?, stop_detail = ?, settled = settled * ? WHERE id = ?"_s);
    update.bind(static_cast<int>(state)).bindOptional(final ? std::optional(toMilliseconds(now)) : std::nullopt);
    if (reason) {
        update.bind(static_cast<int>(reason->code)).bind(static_cast<int>(reason->retry));
        update.bindOptional(reason->dimseStatus).bindText(reason->detail);
    } else {
        update.bindNull().bindNull().bindNull().bindNull();
    }
    return update.bind(state == JobState::Active ? 0 : 1).bind(job.value).exec();
}

Result<> JobRepository::setSettled(JobId job, bool isSettled)
{
    auto& update = m_database.prepared(u"UPDATE jobs SET settled = ? WHERE id = ?"_s);
    return update.bind(isSettled ? 1 : 0).bind(job.value).exec();
}

Result<> JobRepository::setGrowth(JobId job, JobGrowth growth)
{
    auto& update = m_database.prepared(u"UPDATE jobs SET growth = ? WHERE id = ?"_s);
    return update.bind(static_cast<int>(growth)).bind(job.value).exec();
}

Result<> JobRepository::setPriority(JobId job, int priority)
{
    auto& update = m_database.prepared(u"UPDATE jobs SET priority = ? WHERE id = ?"_s);
    return update.bind(priority).bind(job.value).exec();
}

Result<> JobRepository::setContract(JobId job, const QString& contract)
{
    auto& update = m_database.prepared(u"UPDATE jobs SET contract = ? WHERE id = ?"_s);
    return update.bindText(contract).bind(job.value).exec();
}

Result<> JobRepository::setDestinationPaused(const QString& name, bool paused)
{
    const auto known = destinationsLike(name);
    if (!known) {
        return fail(known.error());
    }
    for (const auto& destination : *known) {
        auto& update = m_database.prepared(u"UPDATE destinations SET paused = ? WHERE id = ?"_s);
        if (auto done = update.bind(paused ? 1 : 0).bind(destination.id).exec(); !done) {
            return done;
        }
    }
    return known->isEmpty() ? insertDestination(name, paused) : Result<>();
}

Result<QStringList> JobRepository::pausedDestinations()
{
    auto& rows = m_database.prepared(u"SELECT name FROM destinations WHERE paused <> 0 ORDER BY name"_s);
    if (auto done = rows.exec(); !done) {
        return fail(done.error());
    }
    QStringList names;
    while (rows.next()) {
        names.append(rows.text(0));
    }
    return names;
}

Result<> JobRepository::freezeCounts(JobId job)
{
    const auto totals = thawCounts(job).and_then([&] { return counts(job); });
    if (!totals) {
        return fail(totals.error());
    }
    for (int state = 0; state < kDeliveryStateCount; ++state) {
        const auto index = static_cast<std::size_t>(state);
        auto& insert =
            m_database.prepared(u"INSERT INTO job_totals (job_id, state, deliveries, bytes) VALUES (?, ?, ?, ?)"_s);
        insert.bind(job.value).bind(state).bind(totals->deliveries[index]).bind(totals->bytes[index]);
        if (auto done = insert.exec(); !done) {
            return done;
        }
    }
    return {};
}

Result<> JobRepository::thawCounts(JobId job)
{
    return m_database.prepared(u"DELETE FROM job_totals WHERE job_id = ?"_s).bind(job.value).exec();
}

Result<> JobRepository::markInterrupted()
{
    auto& update = m_database.prepared(u"UPDATE jobs SET growth = ? WHERE growth = ?"_s);
    return update.bind(static_cast<int>(JobGrowth::Interrupted)).bind(static_cast<int>(JobGrowth::Growing)).exec();
}

} // namespace radpost::store
