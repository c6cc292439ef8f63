#include "core/store/StatisticsRepository.h"

#include "core/store/Database.h"
#include "core/store/LedgerTypes.h"

#include <array>

using namespace Qt::StringLiterals;

namespace radpost::store {

namespace {

constexpr int kMostFailures = 50;

// In order of the numbers in the ledger.
const std::array kJobStates{u"active"_s, u"paused"_s, u"stopped"_s, u"finished"_s, u"cancelled"_s};
const std::array kDeliveryStates{
    u"pending"_s, u"waiting"_s, u"stored"_s, u"stored with warning"_s, u"rejected"_s, u"cancelled"_s};

template <typename Names>
Result<QList<LedgerStatistics::Count>> countStates(Database& database, const QString& table, const Names& names)
{
    QList<LedgerStatistics::Count> counts;
    for (std::size_t state = 0; state < names.size(); ++state) {
        const auto count =
            database.integer(u"SELECT COUNT(*) FROM %1 WHERE state = %2"_s.arg(table).arg(static_cast<int>(state)));
        if (!count) {
            return fail(count.error());
        }
        counts.append({names[state], *count});
    }
    return counts;
}

} // namespace

Result<LedgerStatistics> StatisticsRepository::read()
{
    LedgerStatistics statistics;
    auto& version = m_database.prepared(u"SELECT sqlite_version()"_s);
    if (auto done = version.exec(); !done) {
        return fail(done.error());
    }
    statistics.sqliteVersion = version.next() ? version.text(0) : QString();
    version.finish();
    statistics.schemaVersion = m_database.integer(u"PRAGMA user_version"_s).value_or(0);
    const auto page = m_database.integer(u"PRAGMA page_size"_s).value_or(0);
    statistics.fileBytes = page * m_database.integer(u"PRAGMA page_count"_s).value_or(0);
    statistics.freeBytes = page * m_database.integer(u"PRAGMA freelist_count"_s).value_or(0);
    return readTables(statistics)
        .and_then([&] { return readStates(statistics); })
        .and_then([&] { return readFailures(statistics); })
        .map([&] { return statistics; });
}

Result<> StatisticsRepository::readTables(LedgerStatistics& statistics)
{
    auto& rows = m_database.prepared(
        u"SELECT name, type, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type DESC, name"_s);
    if (auto done = rows.exec(); !done) {
        return done;
    }
    QStringList tables;
    while (rows.next()) {
        statistics.schema += rows.text(2) + u";\n"_s;
        if (rows.text(1) == u"table") {
            tables.append(rows.text(0));
        }
    }
    for (const auto& table : std::as_const(tables)) {
        const auto count = m_database.integer(u"SELECT COUNT(*) FROM \"%1\""_s.arg(table));
        if (!count) {
            return fail(count.error());
        }
        statistics.tables.append({table, *count});
    }
    return {};
}

Result<> StatisticsRepository::readStates(LedgerStatistics& statistics)
{
    auto jobs = countStates(m_database, u"jobs"_s, kJobStates);
    auto deliveries = countStates(m_database, u"deliveries"_s, kDeliveryStates);
    if (!jobs || !deliveries) {
        return fail(jobs ? deliveries.error() : jobs.error());
    }
    statistics.jobs = *std::move(jobs);
    statistics.deliveries = *std::move(deliveries);
    return {};
}

Result<> StatisticsRepository::readFailures(LedgerStatistics& statistics)
{
    auto& rows = m_database.prepared(
        u"SELECT error_code, dimse_status, COUNT(*) AS attempts FROM attempts WHERE error_code IS NOT NULL "
        "GROUP BY error_code, dimse_status ORDER BY attempts DESC LIMIT %1"_s.arg(kMostFailures));
    if (auto done = rows.exec(); !done) {
        return done;
    }
    while (rows.next()) {
        statistics.failures.append({rows.isNull(0) ? std::nullopt : std::optional(rows.number(0)),
            rows.isNull(1) ? std::nullopt : std::optional(rows.number(1)), rows.integer(2)});
    }
    return {};
}

Result<> StatisticsRepository::forEachPatient(const std::function<void(const QString& name, const QString& id)>& visit)
{
    auto& rows = m_database.prepared(
        u"SELECT patient_name, patient_id FROM series UNION SELECT patient_name, patient_id FROM spool_patients"_s);
    if (auto done = rows.exec(); !done) {
        return done;
    }
    while (rows.next()) {
        visit(rows.text(0), rows.text(1));
    }
    return {};
}

} // namespace radpost::store
