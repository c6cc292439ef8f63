#include "core/store/BatchWriter.h"
#include "core/store/walltime.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::store {

namespace {

constexpr std::size_t kRowsPerInsert = 32;

bool hasText(const AttemptRecord& record)
{
    return !record.detail.isEmpty() || !record.errorComment.isEmpty() || !record.offendingElement.isEmpty() ||
        !record.note.isEmpty();
}

QString insertShortSql(std::size_t rows)
{
    QString sql = u"INSERT INTO attempts (delivery_id, number, started_at, duration_us, association_id, dimse_status, "
                  "error_code, bytes) VALUES "_s;
    for (std::size_t row = 0; row < rows; ++row) {
        sql += row == 0 ? u"(?, ?, ?, ?, ?, ?, ?, ?)"_s : u", (?, ?, ?, ?, ?, ?, ?, ?)"_s;
    }
    return sql;
}

void bindShort(Statement& statement, const AttemptRecord& record)
{
    statement.bind(record.delivery.value).bind(record.number).bind(toMilliseconds(record.startedAt));
    statement.bind(static_cast<qint64>(record.duration.count()));
    if (record.association.isValid()) {
        statement.bind(record.association.value);
    } else {
        statement.bindNull();
    }
    if (record.dimseStatus) {
        statement.bind(int(*record.dimseStatus));
    } else {
        statement.bindNull();
    }
    if (record.errorCode) {
        statement.bind(static_cast<int>(*record.errorCode));
    } else {
        statement.bindNull();
    }
    statement.bind(record.bytes);
}

Result<> insertLong(Database& database, const AttemptRecord& record)
{
    auto& insert = database.prepared(
        u"INSERT INTO attempts (delivery_id, number, started_at, duration_us, association_id, dimse_status, "
        u"error_code, "
        "bytes, detail, error_comment, offending_element, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s);
    bindShort(insert, record);
    insert.bindTextOrNull(record.detail).bindTextOrNull(record.errorComment);
    return insert.bindTextOrNull(record.offendingElement).bindTextOrNull(record.note).exec();
}

/// The attempts without text, which are nearly all, go many to a statement.
Result<> insertShort(Database& database, std::span<const AttemptRecord* const> records)
{
    static const QString kMany = insertShortSql(kRowsPerInsert);
    static const QString kOne = insertShortSql(1);
    while (!records.empty()) {
        const bool many = records.size() >= kRowsPerInsert;
        const auto rows = records.first(many ? kRowsPerInsert : 1);
        auto& insert = database.prepared(many ? kMany : kOne);
        for (const auto* record : rows) {
            bindShort(insert, *record);
        }
        if (auto done = insert.exec(); !done) {
            return done;
        }
        records = records.subspan(rows.size());
    }
    return {};
}

Result<> insertAttempts(Database& database, std::span<const AttemptRecord> records)
{
    std::vector<const AttemptRecord*> plain;
    plain.reserve(records.size());
    for (const auto& record : records) {
        if (!hasText(record)) {
            plain.push_back(&record);
        } else if (auto done = insertLong(database, record); !done) {
            return done;
        }
    }
    return insertShort(database, plain);
}

bool isStored(const AttemptRecord& record)
{
    return record.newState == DeliveryState::Stored || record.newState == DeliveryState::StoredWithWarning;
}

bool continues(const AttemptRecord& before, const AttemptRecord& next)
{
    return isStored(next) && next.newState == before.newState && next.delivery.value == before.delivery.value + 1;
}

/// Neighbours that were stored alike are one statement.
Result<> updateRun(Database& database, std::span<const AttemptRecord> run)
{
    auto& update = database.prepared(
        u"UPDATE deliveries SET state = ?, tries = tries + 1, retry_at = NULL WHERE id BETWEEN ? AND ?"_s);
    update.bind(static_cast<int>(run.front().newState));
    return update.bind(run.front().delivery.value).bind(run.back().delivery.value).exec();
}

Result<> updateOne(Database& database, const AttemptRecord& record)
{
    auto& update = database.prepared(
        u"UPDATE deliveries SET state = ?, tries = ?, refusals = ?, deaths = ?, retry_at = ? WHERE id = ?"_s);
    update.bind(static_cast<int>(record.newState)).bind(record.number).bind(record.refusals).bind(record.deaths);
    if (record.retryAt) {
        update.bind(toMilliseconds(*record.retryAt));
    } else {
        update.bindNull();
    }
    return update.bind(record.delivery.value).exec();
}

Result<> updateDeliveries(Database& database, std::span<const AttemptRecord> records)
{
    for (std::size_t begin = 0; begin < records.size();) {
        std::size_t end = begin + 1;
        while (isStored(records[begin]) && end < records.size() && continues(records[end - 1], records[end])) {
            ++end;
        }
        const auto run = records.subspan(begin, end - begin);
        if (auto done = isStored(run.front()) ? updateRun(database, run) : updateOne(database, run.front()); !done) {
            return done;
        }
        begin = end;
    }
    return {};
}

bool isUnfinished(const AttemptRecord& record)
{
    return record.newState == DeliveryState::Pending || record.newState == DeliveryState::Waiting;
}

Result<bool> isCancelled(Database& database, JobId job)
{
    auto& rows = database.prepared(u"SELECT state FROM jobs WHERE id = ?"_s);
    return rows.bind(job.value).exec().map([&] {
        const bool cancelled = rows.next() && static_cast<JobState>(rows.number(0)) == JobState::Cancelled;
        rows.finish();
        return cancelled;
    });
}

/// A try may have been judged before the cancel of its job was known: nothing waits there any more.
Result<> endCancelled(Database& database, std::span<AttemptRecord> records)
{
    for (auto& record : records) {
        if (!isUnfinished(record)) {
            continue;
        }
        const auto cancelled = isCancelled(database, jobOf(record.delivery));
        if (!cancelled) {
            return fail(cancelled.error());
        }
        if (*cancelled) {
            record.newState = DeliveryState::Cancelled;
            record.retryAt.reset();
        }
    }
    return {};
}

} // namespace

Result<> writeAttempts(Database& database, std::span<AttemptRecord> records)
{
    if (records.empty()) {
        return {};
    }
    std::sort(records.begin(), records.end(), [](const AttemptRecord& a, const AttemptRecord& b) {
        return a.delivery != b.delivery ? a.delivery < b.delivery : a.number < b.number;
    });
    return endCancelled(database, records).and_then([&] { return insertAttempts(database, records); }).and_then([&] {
        return updateDeliveries(database, records);
    });
}

Result<> writeOutcome(Database& database, const AttemptRecord& record)
{
    return updateOne(database, record);
}

} // namespace radpost::store
