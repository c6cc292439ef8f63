#include "core/store/HistoryRepository.h"

#include "core/store/Database.h"
#include "core/store/JobRepository.h"
#include "core/store/walltime.h"

#include <QStringList>
#include <QVariantList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::store {

namespace {

QString harmlessReasons()
{
    QStringList numbers;
    for (const auto reason : kHarmlessReasons) {
        numbers.append(QString::number(static_cast<int>(reason)));
    }
    return numbers.join(u", "_s);
}

/// The files of the job j that could not be read and may have held instances.
const QString kUnread =
    u"FROM skipped_files f WHERE f.job_id = j.id AND f.reason NOT IN ("_s + harmlessReasons() + u')';

// deliveries_rejected and deliveries_missing answer the inner questions with one probe for each job.
const QString kNeedsPerson =
    u"(j.state = 2 OR (j.settled = 0 AND j.state <> 4 AND (EXISTS (SELECT 1 FROM deliveries d WHERE d.state = 4 "
    "AND d.id >= j.id * 4294967296 AND d.id < (j.id + 1) * 4294967296) OR EXISTS (SELECT 1 FROM deliveries d WHERE "
    "d.proof = 3 AND d.id >= j.id * 4294967296 AND d.id < (j.id + 1) * 4294967296) OR EXISTS (SELECT 1 "_s +
    kUnread + u"))))"_s;
const QString kIsOpen = u"(j.state < 3 OR "_s + kNeedsPerson + u')';

FailureCause causeOf(const Statement& rows)
{
    FailureCause cause{static_cast<ErrorCode>(rows.number(0)), {}};
    if (!rows.isNull(1)) {
        cause.dimseStatus = static_cast<quint16>(rows.number(1));
    }
    return cause;
}

void sortByCount(QList<FailureGroup>& groups)
{
    const auto isLarger = [](const auto& a, const auto& b) { return a.count > b.count; };
    std::stable_sort(groups.begin(), groups.end(), isLarger);
    for (auto& group : groups) {
        std::stable_sort(group.kinds.begin(), group.kinds.end(), isLarger);
    }
}

const QString kHoldsWord =
    u"(j.title LIKE ? ESCAPE '!' OR j.id IN (SELECT js.job_id FROM job_series js JOIN series s ON s.id = js.series_id "
    "WHERE s.patient_name LIKE ? ESCAPE '!' OR replace(s.patient_name, '^', '') LIKE ? ESCAPE '!' "
    "OR s.patient_id LIKE ? ESCAPE '!' OR s.study_description LIKE ? ESCAPE '!' OR s.accession_number LIKE ? ESCAPE "
    "'!' "
    "OR s.study_instance_uid LIKE ? ESCAPE '!' OR s.series_description LIKE ? ESCAPE '!' "
    "OR s.series_instance_uid LIKE ? ESCAPE '!'))"_s;

// Both tables are gone through once, which takes about a second for a million instances: an index would slow every send
// down for a question that is rare.
const QString kHasInstance =
    u"j.id IN (SELECT d.id / 4294967296 FROM deliveries d WHERE d.instance_id IN (SELECT i.id FROM instances i "
    "WHERE i.sop_instance_uid = ?))"_s;

/// True for what may be a whole UID (PS3.5 9.1), and not a date or a number.
bool mayBeUid(QStringView word)
{
    constexpr qsizetype kShortest = 16;
    const bool isWritten =
        std::all_of(word.begin(), word.end(), [](QChar c) { return c == u'.' || (c >= u'0' && c <= u'9'); });
    return isWritten && word.size() >= kShortest && word.count(u'.') >= 2; // 2.25.NUMBER has two
}

QString standingCondition(JobStanding standing)
{
    switch (standing) {
    case JobStanding::NeedsPerson:
        return kNeedsPerson;
    case JobStanding::Unfinished:
        return u"j.state = 0"_s;
    case JobStanding::Paused:
        return u"(j.state = 1 OR (j.state = 0 AND n.paused <> 0))"_s;
    case JobStanding::Finished:
        return u"j.state = 3"_s;
    case JobStanding::Cancelled:
        return u"j.state = 4"_s;
    }
    return {};
}

/// What a filter says in SQL: conditions, and the values of their placeholders in order.
class Conditions final
{
public:
    explicit Conditions(const JobFilter& filter)
    {
        for (const auto& word : filter.text.split(u' ', Qt::SkipEmptyParts)) {
            addWord(word);
        }
        if (!filter.destinationName.isEmpty()) {
            add(u"n.name = ?"_s, {filter.destinationName});
        }
        if (filter.since) {
            add(u"(j.finished_at IS NULL OR j.finished_at >= ?)"_s, {toMilliseconds(*filter.since)});
        }
        if (filter.before) {
            add(u"j.created_at < ?"_s, {toMilliseconds(*filter.before)});
        }
        if (filter.standing) {
            add(standingCondition(*filter.standing), {});
        }
    }

    void add(const QString& condition, const QVariantList& values)
    {
        m_conditions.append(condition);
        m_values += values;
    }

    [[nodiscard]] QString text() const { return m_conditions.isEmpty() ? u"1"_s : m_conditions.join(u" AND "_s); }

    Statement& bindTo(Statement& statement) const
    {
        for (const auto& value : m_values) {
            statement.bind(value);
        }
        return statement;
    }

private:
    void addWord(const QString& word)
    {
        QVariantList values(kHoldsWord.count(u'?'), pattern(word));
        if (!mayBeUid(word)) {
            add(kHoldsWord, values);
            return;
        }
        values.append(word);
        add(u'(' + kHoldsWord + u" OR "_s + kHasInstance + u')', values);
    }

    static QString pattern(QString word)
    {
        word.replace(u'!', u"!!"_s).replace(u'%', u"!%"_s).replace(u'_', u"!_"_s);
        return u'%' + word + u'%';
    }

    QStringList m_conditions;
    QVariantList m_values;
};

QString selectJobs(const Conditions& conditions, const QString& order)
{
    return u"SELECT j.id FROM jobs j JOIN destinations n ON n.id = j.destination_id WHERE "_s + conditions.text() +
        u" ORDER BY "_s + order + u" LIMIT ?"_s;
}

SeriesText seriesTextOf(const Statement& row)
{
    return {row.text(1), row.text(2), row.text(3), row.text(4), StudyInstanceUid{row.ascii(5)}, row.text(6),
        row.text(7), row.text(8), row.text(9), SeriesInstanceUid{row.ascii(10)}, row.text(11), row.text(12),
        row.number(13)};
}

} // namespace

HistoryRepository::HistoryRepository(Database& database)
    : m_database(database)
{
}

Result<QList<JobEntry>> HistoryRepository::open(const JobFilter& filter, int limit)
{
    Conditions conditions(filter);
    conditions.add(kIsOpen, {});
    auto& rows = m_database.prepared(selectJobs(conditions, u"j.id DESC"_s));
    return readJobs(conditions.bindTo(rows).bind(limit));
}

Result<QList<DayEntry>> HistoryRepository::days(const JobFilter& filter, int limit)
{
    Conditions conditions(filter);
    conditions.add(u"NOT "_s + kIsOpen, {});
    auto& rows =
        m_database.prepared(u"SELECT date(j.finished_at / 1000, 'unixepoch', 'localtime') AS day, count(*) FROM jobs j "
                            "JOIN destinations n ON n.id = j.destination_id WHERE "_s +
            conditions.text() + u" GROUP BY day ORDER BY day DESC LIMIT ?"_s);
    if (auto done = conditions.bindTo(rows).bind(limit).exec(); !done) {
        return fail(done.error());
    }
    QList<DayEntry> days;
    while (rows.next()) {
        days.append({QDate::fromString(rows.text(0), Qt::ISODate), rows.integer(1)});
    }
    return days;
}

Result<QList<JobEntry>> HistoryRepository::ended(const JobFilter& filter, WallTime from, WallTime to, int limit)
{
    Conditions conditions(filter);
    conditions.add(u"NOT "_s + kIsOpen, {});
    conditions.add(u"j.finished_at >= ? AND j.finished_at < ?"_s, {toMilliseconds(from), toMilliseconds(to)});
    auto& rows = m_database.prepared(selectJobs(conditions, u"j.finished_at DESC, j.id DESC"_s));
    return readJobs(conditions.bindTo(rows).bind(limit));
}

Result<QList<JobEntry>> HistoryRepository::unfinished()
{
    auto& rows = m_database.prepared(u"SELECT j.id FROM jobs j WHERE j.state < 3 ORDER BY j.id DESC"_s);
    return readJobs(rows);
}

Result<QList<JobEntry>> HistoryRepository::readJobs(Statement& rows)
{
    if (auto done = rows.exec(); !done) {
        return fail(done.error());
    }
    QList<JobId> ids;
    while (rows.next()) {
        ids.append(JobId{rows.integer(0)});
    }
    QList<JobEntry> entries;
    for (const auto id : ids) {
        auto read = entry(id);
        if (!read) {
            return fail(read.error());
        }
        entries.append(*std::move(read));
    }
    return entries;
}

Result<JobEntry> HistoryRepository::entry(JobId job)
{
    JobRepository jobs(m_database);
    auto row = jobs.find(job);
    auto counts = row ? jobs.counts(job) : fail(row.error());
    if (!counts) {
        return fail(counts.error());
    }
    JobEntry entry;
    entry.job = *std::move(row);
    entry.counts = *counts;
    return complete(entry).map([&entry] { return entry; });
}

Result<> HistoryRepository::complete(JobEntry& entry)
{
    auto& first = m_database.prepared(
        u"SELECT j.settled, (SELECT count(DISTINCT s.patient_id || char(10) || s.patient_name) FROM job_series js "
        "JOIN series s ON s.id = js.series_id WHERE js.job_id = j.id), s.patient_name, s.patient_id, s.study_date, "
        "s.study_description, s.modality, (SELECT count(*) FROM deliveries d WHERE d.proof = 3 "
        "AND d.id >= j.id * 4294967296 AND d.id < (j.id + 1) * 4294967296), CASE WHEN j.proof_wanted = 0 THEN 0 ELSE "
        "(SELECT count(*) FROM deliveries d WHERE d.proof = 2 AND d.state IN (2, 3) AND d.id >= j.id * 4294967296 "
        "AND d.id < (j.id + 1) * 4294967296) END, (SELECT count(*) "_s +
        kUnread +
        u") FROM jobs j LEFT JOIN series s ON s.id = "
        "(SELECT min(series_id) FROM job_series WHERE job_id = j.id) WHERE j.id = ?"_s);
    if (auto done = first.bind(entry.job.id.value).exec(); !done) {
        return done;
    }
    if (first.next()) {
        entry.isSettled = first.number(0) != 0;
        entry.patients = first.integer(1);
        entry.patientName = first.text(2);
        entry.patientId = first.text(3);
        entry.studyDate = first.text(4);
        entry.studyDescription = first.text(5);
        entry.modality = first.text(6);
        entry.unproved = first.integer(7);
        entry.proved = first.integer(8);
        entry.unread = first.integer(9);
    }
    first.finish();
    return {};
}

Result<qint64> HistoryRepository::countNeedingPerson()
{
    return m_database.integer(u"SELECT count(*) FROM jobs j WHERE "_s + kNeedsPerson);
}

Result<QStringList> HistoryRepository::destinationNames()
{
    auto& rows = m_database.prepared(
        u"SELECT n.name FROM destinations n WHERE n.id IN (SELECT destination_id FROM jobs) ORDER BY n.name"_s);
    if (auto done = rows.exec(); !done) {
        return fail(done.error());
    }
    QStringList names;
    while (rows.next()) {
        names.append(rows.text(0));
    }
    return names;
}

Result<QList<SeriesEntry>> HistoryRepository::series(JobId job)
{
    auto& rows = m_database.prepared(
        u"SELECT s.id, s.patient_name, s.patient_id, s.patient_birth_date, s.patient_sex, s.study_instance_uid, "
        "s.study_date, s.study_time, s.study_description, s.accession_number, s.series_instance_uid, s.modality, "
        "s.series_description, s.series_number, c.state, c.deliveries, c.bytes, c.first, c.last FROM "
        "(SELECT i.series_id, d.state, count(*) AS deliveries, sum(i.data_set_length) AS bytes, min(d.id) AS first, "
        "max(d.id) AS last FROM deliveries d JOIN instances i ON i.id = d.instance_id WHERE d.id >= ? AND d.id < ? "
        "GROUP BY i.series_id, d.state) c JOIN series s ON s.id = c.series_id ORDER BY s.id"_s);
    rows.bind(deliveryId(job, 0).value).bind(deliveryId(job, kDeliveriesPerJob).value);
    if (auto done = rows.exec(); !done) {
        return fail(done.error());
    }
    QList<SeriesEntry> list;
    qint64 current = 0;
    while (rows.next()) {
        const DeliveryId first{rows.integer(17)};
        const DeliveryId last{rows.integer(18)};
        if (rows.integer(0) != current) {
            current = rows.integer(0);
            list.append({seriesTextOf(rows), {}, first, last});
        }
        auto& entry = list.last();
        entry.first = std::min(entry.first, first);
        entry.last = std::max(entry.last, last);
        entry.counts.add(static_cast<DeliveryState>(rows.number(14)), rows.integer(15), rows.integer(16));
    }
    return list;
}

Result<QList<FailureGroup>> HistoryRepository::failures(JobId job)
{
    // Bare columns are those of the row that gave min(d.id): SQLite's documented behaviour of min() and max().
    auto& rows = m_database.prepared(
        u"SELECT coalesce(a.error_code, ?) AS code, a.dimse_status AS status, count(*), min(d.id) AS first, "
        "a.error_comment, a.offending_element, a.detail, coalesce(i.source_path, f.path || i.file_name), "
        "c.sop_class_uid, c.transfer_syntax_uid FROM deliveries d JOIN instances i ON i.id = d.instance_id "
        "JOIN folders f ON f.id = i.folder_id JOIN contexts c ON c.id = i.context_id "
        "LEFT JOIN attempts a ON a.delivery_id = d.id AND a.number = d.tries "
        "WHERE d.state = 4 AND d.id >= ? AND d.id < ? GROUP BY code, status, c.id ORDER BY code, status, first"_s);
    rows.bind(static_cast<int>(ErrorCode::StatusFailed));
    rows.bind(deliveryId(job, 0).value).bind(deliveryId(job, kDeliveriesPerJob).value);
    if (auto done = rows.exec(); !done) {
        return fail(done.error());
    }
    QList<FailureGroup> groups;
    while (rows.next()) {
        const auto cause = causeOf(rows);
        if (groups.isEmpty() || groups.last().cause != cause) {
            groups.append({cause, 0, rows.text(4), rows.text(5), rows.text(6), rows.text(7), {}});
        }
        groups.last().count += rows.integer(2);
        groups.last().kinds.append({SopClassUid{rows.ascii(8)}, TransferSyntaxUid{rows.ascii(9)}, rows.integer(2)});
    }
    sortByCount(groups);
    return groups;
}

} // namespace radpost::store
