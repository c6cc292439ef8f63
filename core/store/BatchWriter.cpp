#include "core/store/BatchWriter.h"

#include "core/observe/Log.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::store {

namespace {

// Above 32 rows a statement brings nothing more; 11 columns × 32 stay far below SQLite's limit of placeholders.
constexpr std::size_t kRowsPerInsert = 32;

QString insertInstancesSql(std::size_t rows)
{
    QString sql = u"INSERT INTO instances (id, folder_id, file_name, source_path, size_bytes, mtime_ns, "
                  "data_set_offset, data_set_length, context_id, series_id, sop_instance_uid) VALUES "_s;
    for (std::size_t row = 0; row < rows; ++row) {
        sql += row == 0 ? u"(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s : u", (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s;
    }
    return sql;
}

void bindInstance(Statement& statement, const InstanceRecord& record)
{
    statement.bind(record.id.value).bind(record.folderId).bindText(record.fileName);
    statement.bindTextOrNull(record.sourcePath).bind(record.sizeBytes).bind(record.mtimeNs);
    statement.bind(record.dataSetOffset).bind(record.dataSetLength).bind(record.contextId).bind(record.seriesId);
    statement.bindText(record.sopInstanceUid.toString());
}

bool continues(const InstanceRecord& before, const InstanceRecord& next)
{
    return next.id.value == before.id.value + 1 && next.ordinal == before.ordinal + 1 &&
        next.firstDeliveries == before.firstDeliveries;
}

/// The tables do not take these values: the record is wrong, and stays so however often it is tried.
bool isBug(const Error& error)
{
    return error.code == ErrorCode::LedgerFailed && error.retry == Retry::Never;
}

/// What the database says of itself and not of the values, also that it has no memory: it stands in the way of the
/// whole transaction, which is tried again. Other codes are the work's own answer.
bool isTrouble(const Error& error)
{
    switch (error.code) {
    case ErrorCode::DiskFull:
    case ErrorCode::LedgerCorrupt:
    case ErrorCode::LedgerUnreadable:
    case ErrorCode::LedgerFailed:
        return !isBug(error);
    default:
        return false;
    }
}

QString pathOf(Database& database, const InstanceRecord& record)
{
    if (!record.sourcePath.isEmpty()) {
        return record.sourcePath;
    }
    auto& rows = database.prepared(u"SELECT path FROM folders WHERE id = ?"_s);
    const bool isKnown = rows.bind(record.folderId).exec() && rows.next();
    const QString folder = isKnown ? rows.text(0) : QString(); // it may be the folder that is missing
    rows.finish();
    return folder + record.fileName;
}

Result<> insertSkipped(Database& database, JobId job, const QString& path, const Error& error)
{
    auto& insert =
        database.prepared(u"INSERT INTO skipped_files (job_id, source_path, reason, detail) VALUES (?, ?, ?, ?)"_s);
    insert.bind(job.value).bindText(path).bind(static_cast<int>(error.code));
    return insert.bindText(error.detail).exec();
}

} // namespace

BatchWriter::BatchWriter(Database& database)
    : m_database(database)
    , m_jobs(database)
    , m_deliveries(database)
    , m_spool(database)
{
}

Result<> BatchWriter::write(WriteBatch& batch)
{
    m_leftOut.clear();
    Transaction transaction(m_database);
    auto done = transaction.begin();
    if (done && batch.size() == 1 && batch.works.size() == 1) {
        return writeOnlyWork(batch.works.front(), transaction);
    }
    const std::span<const InstanceRecord> instances(batch.instances);
    // A copy, because what is decided here holds only if it is committed: the next try may find another state.
    auto decided = batch.attempts;
    const std::span<AttemptRecord> attempts(decided);
    std::size_t instancesDone = 0;
    std::size_t attemptsDone = 0;
    const auto recordsUpTo = [&](std::size_t instancesEnd, std::size_t attemptsEnd) {
        auto written = writeInstances(instances.subspan(instancesDone, instancesEnd - instancesDone));
        if (written) {
            written = writeAttempts(attempts.subspan(attemptsDone, attemptsEnd - attemptsDone));
        }
        instancesDone = instancesEnd;
        attemptsDone = attemptsEnd;
        return written;
    };
    for (auto& item : batch.works) {
        if (done && !item.skipped && item.kind == WorkItem::Kind::Change) {
            done = recordsUpTo(item.instancesBefore, item.attemptsBefore).and_then([&] { return writeWork(item); });
        }
    }
    if (done) {
        done = recordsUpTo(instances.size(), attempts.size());
    }
    done = done ? transaction.commit() : done;
    if (!done) {
        m_spool.forget();
    }
    if (done) {
        batch.attempts = std::move(decided);
    }
    if (done && !m_leftOut.empty()) {
        std::erase_if(batch.instances, [this](const InstanceRecord& record) {
            return std::find(m_leftOut.begin(), m_leftOut.end(), record.id) != m_leftOut.end();
        });
    }
    return done;
}

void BatchWriter::inspect(WriteBatch& batch)
{
    WriteSession session{m_database, m_jobs, m_deliveries, m_spool};
    for (auto& item : batch.works) {
        if (item.kind == WorkItem::Kind::Inspection && !item.skipped) {
            item.result = item.work(session);
        }
    }
}

/// A work that has the transaction for itself needs no savepoint in it.
Result<> BatchWriter::writeOnlyWork(WorkItem& item, Transaction& transaction)
{
    if (item.skipped || item.kind != WorkItem::Kind::Change) {
        return {};
    }
    WriteSession session{m_database, m_jobs, m_deliveries, m_spool};
    item.result = item.work(session);
    auto done = item.result ? transaction.commit() : Result<>();
    if (!item.result && isTrouble(item.result.error())) {
        done = item.result;
    }
    if (!item.result || !done) {
        m_spool.forget();
    }
    return done;
}

Result<> BatchWriter::writeWork(WorkItem& item)
{
    if (auto done = m_database.prepared(u"SAVEPOINT work"_s).exec(); !done) {
        return done;
    }
    WriteSession session{m_database, m_jobs, m_deliveries, m_spool};
    item.result = item.work(session);
    if (!item.result) {
        m_spool.forget();
        if (isTrouble(item.result.error())) {
            return item.result;
        }
        if (auto undone = m_database.prepared(u"ROLLBACK TO work"_s).exec(); !undone) {
            return undone;
        }
    }
    return m_database.prepared(u"RELEASE work"_s).exec();
}

/// @p step, or nothing of it; the transaction goes on when it was the step's own fault.
Result<> BatchWriter::alone(const std::function<Result<>()>& step)
{
    if (auto begun = m_database.exec(u"SAVEPOINT step"_s); !begun) {
        return begun;
    }
    auto done = step();
    if (!done && !isBug(done.error())) {
        return done;
    }
    auto undone = done ? Result<>() : m_database.exec(u"ROLLBACK TO step"_s);
    auto ended = undone.and_then([this] { return m_database.exec(u"RELEASE step"_s); });
    return ended ? done : ended;
}

Result<> BatchWriter::writeInstances(std::span<const InstanceRecord> records)
{
    auto done = records.empty() ? Result<>() : alone([&] { return insertWithDeliveries(records); });
    if (done || !isBug(done.error())) {
        return done;
    }
    for (const auto& record : records) {
        auto written = alone([&] { return insertWithDeliveries({&record, 1}); });
        if (!written && isBug(written.error())) {
            written = leaveOut(record, written.error());
        }
        if (!written) {
            return written;
        }
    }
    return {};
}

/// It is no delivery, but it was in the source: each of its jobs says that it has lost it.
Result<> BatchWriter::leaveOut(const InstanceRecord& record, const Error& error)
{
    qCCritical(observe::lcStore) << "instance" << record.id.value << "is left out:" << error.detail;
    m_leftOut.push_back(record.id);
    const auto path = pathOf(m_database, record);
    for (const auto firstDelivery : *record.firstDeliveries) {
        const auto job = jobOf(firstDelivery);
        auto written = alone([&] { return insertSkipped(m_database, job, path, error); });
        if (!written && !isBug(written.error())) {
            return written;
        }
        if (!written) {
            qCCritical(observe::lcStore) << "job" << job.value << "cannot say so:" << written.error().detail;
        }
    }
    return {};
}

Result<> BatchWriter::writeAttempts(std::span<AttemptRecord> records)
{
    auto done = records.empty() ? Result<>() : alone([&] { return store::writeAttempts(m_database, records); });
    if (done || !isBug(done.error())) {
        return done;
    }
    for (auto& record : records) {
        if (auto written = writeAttemptAlone(record); !written) {
            return written;
        }
    }
    return {};
}

/// What became of the delivery is worth more than the account of the try: without it, it would be sent again.
Result<> BatchWriter::writeAttemptAlone(AttemptRecord& record)
{
    auto written = alone([&] { return store::writeAttempts(m_database, {&record, 1}); });
    if (written || !isBug(written.error())) {
        return written;
    }
    qCCritical(observe::lcStore) << "try" << record.number << "of delivery" << record.delivery.value
                                 << "is left out:" << written.error().detail;
    return writeOutcome(m_database, record);
}

Result<> BatchWriter::insertWithDeliveries(std::span<const InstanceRecord> records)
{
    static const QString kMany = insertInstancesSql(kRowsPerInsert);
    static const QString kOne = insertInstancesSql(1);
    auto rest = records;
    while (!rest.empty()) {
        const bool many = rest.size() >= kRowsPerInsert;
        const auto rows = rest.first(many ? kRowsPerInsert : 1);
        if (auto done = insertInstances(m_database.prepared(many ? kMany : kOne), rows); !done) {
            return done;
        }
        rest = rest.subspan(rows.size());
    }
    for (std::size_t begin = 0; begin < records.size();) {
        std::size_t end = begin + 1;
        while (end < records.size() && continues(records[end - 1], records[end])) {
            ++end;
        }
        if (auto done = insertDeliveries(records.subspan(begin, end - begin)); !done) {
            return done;
        }
        begin = end;
    }
    return {};
}

Result<> BatchWriter::insertInstances(Statement& statement, std::span<const InstanceRecord> records)
{
    for (const auto& record : records) {
        bindInstance(statement, record);
    }
    return statement.exec();
}

Result<> BatchWriter::insertDeliveries(std::span<const InstanceRecord> run)
{
    const auto& first = run.front();
    for (const auto firstDelivery : *first.firstDeliveries) {
        const qint64 distance = firstDelivery.value + first.ordinal - first.id.value;
        // Of a job that was cancelled while it grew: state 4 of a job, 5 of a delivery.
        auto& insert =
            m_database.prepared(u"INSERT INTO deliveries (id, instance_id, state) SELECT i.id + ?, i.id, CASE j.state "
                                u"WHEN 4 THEN 5 ELSE 0 END "
                                "FROM jobs j JOIN instances i ON i.id BETWEEN ? AND ? WHERE j.id = ? ORDER BY i.id"_s);
        insert.bind(distance).bind(first.id.value).bind(run.back().id.value).bind(jobOf(firstDelivery).value);
        if (auto done = insert.exec(); !done) {
            return done;
        }
    }
    return {};
}

} // namespace radpost::store
