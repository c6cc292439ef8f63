#include "core/store/SpoolRepository.h"

#include "core/store/Database.h"
#include "core/store/RoutingTypes.h"
#include "core/store/SpoolSearch.h"
#include "core/store/walltime.h"

#include <QStringList>

#include <array>

using namespace Qt::StringLiterals;

namespace radpost::store {

namespace {

// What is remembered saves look-ups and is made anew when it is gone.
constexpr qsizetype kMostRemembered = 1024;

const QString kSelectInstance =
    u"SELECT i.id, i.sop_instance_uid, c.sop_class_uid, c.transfer_syntax_uid, o.calling_ae_title, o.called_ae_title, "
    "o.peer_address, i.version, i.state, i.differs, i.digest, i.file_bytes, i.data_set_offset, i.received_at, "
    "i.instance_number, t.study_instance_uid, s.series_instance_uid, s.modality, t.study_description "
    "FROM spool_instances i "
    "JOIN contexts c ON c.id = i.context_id JOIN spool_sources o ON o.id = i.source_id "
    "JOIN spool_series s ON s.id = i.series_row JOIN spool_studies t ON t.id = s.study_row "_s;

SpoolInstanceRow instanceOf(const Statement& row)
{
    SpoolInstanceRow instance;
    instance.id = row.integer(0);
    instance.sopInstanceUid.value = row.ascii(1);
    instance.sopClassUid.value = row.ascii(2);
    instance.transferSyntaxUid.value = row.ascii(3);
    instance.source = {row.text(4), row.text(5), row.text(6)};
    instance.version = row.number(7);
    instance.state = static_cast<SpoolState>(row.number(8));
    instance.differs = row.number(9) != 0;
    instance.digest = row.text(10);
    instance.fileBytes = row.integer(11);
    instance.dataSetOffset = row.integer(12);
    instance.receivedAt = fromMilliseconds(row.integer(13));
    instance.instanceNumber = row.text(14);
    instance.studyInstanceUid = row.text(15);
    instance.seriesInstanceUid = row.text(16);
    instance.modality = row.text(17);
    instance.studyDescription = row.text(18);
    return instance;
}

/// "a = CASE a WHEN '' THEN excluded.a ELSE a END": what came first stands, what it left out is filled in.
QString fillGaps(const QStringList& columns)
{
    QStringList terms;
    for (const auto& column : columns) {
        terms.append(u"%1 = CASE %1 WHEN '' THEN excluded.%1 ELSE %1 END"_s.arg(column));
    }
    return terms.join(u", ");
}

QString upsert(const QString& table, const QString& conflict, const QStringList& keys, const QStringList& columns)
{
    QStringList marks;
    marks.fill(u"?"_s, keys.size() + columns.size());
    return u"INSERT INTO %1 (%2) VALUES (%3) ON CONFLICT (%4) DO UPDATE SET %5"_s.arg(
        table, (keys + columns).join(u", "), marks.join(u", "), conflict, fillGaps(columns));
}

QString identityOf(const SpoolSeries& series)
{
    return series.patientId.isEmpty() ? QString(u'\\' + series.patientName + u'\\' + series.patientBirthDate)
                                      : QString(series.patientId + u'\\' + series.issuerOfPatientId);
}

} // namespace

SpoolRepository::SpoolRepository(Database& database)
    : m_database(database)
{
}

void SpoolRepository::forget()
{
    m_series.clear();
    m_sources.clear();
}

Result<SpoolOutcome> SpoolRepository::add(const NewSpoolInstance& instance, DuplicatePolicy policy)
{
    auto& others = m_database.prepared(u"SELECT id, version, digest, context_id, state FROM spool_instances "
                                       "WHERE sop_instance_uid = ? ORDER BY version"_s);
    if (auto done = others.bindText(instance.sopInstanceUid.toString()).exec(); !done) {
        return fail(done.error());
    }
    SpoolOutcome outcome;
    qint64 first = 0;
    while (others.next()) {
        const bool isThere = static_cast<SpoolState>(others.number(4)) != SpoolState::Missing;
        const qint64 id = others.integer(0);
        const bool isEqual = others.text(2) == instance.digest && others.integer(3) == instance.contextId;
        const int version = others.number(1);
        if (isThere && isEqual && !instance.differsFrom.contains(id)) {
            others.finish();
            return SpoolOutcome{SpoolOutcome::Kind::Identical, id, version};
        }
        outcome.version = version + 1;
        first = first == 0 && isThere ? id : first;
        if (isThere) {
            outcome.superseded.append(id);
            outcome.isSuperseded |= instance.isFound && (id > instance.id || policy == DuplicatePolicy::KeepFirst);
        }
    }
    if (first != 0) {
        auto& flag = m_database.prepared(u"UPDATE spool_instances SET differs = 1 WHERE sop_instance_uid = ?"_s);
        if (auto done = flag.bindText(instance.sopInstanceUid.toString()).exec(); !done) {
            return fail(done.error());
        }
        if (policy == DuplicatePolicy::KeepFirst && !instance.isFound) {
            return SpoolOutcome{SpoolOutcome::Kind::Refused, first, 1};
        }
    }
    if (outcome.isSuperseded) {
        outcome.superseded.clear();
    }
    return insert(instance, outcome).map([&outcome] { return outcome; });
}

Result<> SpoolRepository::insert(const NewSpoolInstance& instance, const SpoolOutcome& outcome)
{
    const auto series = seriesRow(instance);
    const auto source = sourceRow(instance.source);
    if (!series || !source) {
        return fail(series ? source.error() : series.error());
    }
    for (const auto id : outcome.superseded) {
        if (auto done = setState(id, SpoolState::Superseded); !done) {
            return done;
        }
    }
    auto& row = m_database.prepared(
        u"INSERT INTO spool_instances (id, series_row, context_id, source_id, sop_instance_uid, version, state, "
        "differs, digest, file_bytes, data_set_offset, received_at, instance_number, content_date, content_time, "
        "number_of_frames, rows_count, columns_count, bits_allocated, source_name, routing) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s);
    const auto state = outcome.isSuperseded ? SpoolState::Superseded : SpoolState::Current;
    const bool differs = outcome.isSuperseded || !outcome.superseded.isEmpty();
    row.bind(instance.id).bind(*series).bind(instance.contextId).bind(*source);
    row.bindText(instance.sopInstanceUid.toString()).bind(outcome.version);
    row.bind(static_cast<int>(state)).bind(differs ? 1 : 0);
    row.bindText(instance.digest).bind(instance.fileBytes).bind(instance.dataSetOffset);
    row.bind(toMilliseconds(instance.receivedAt)).bindText(instance.instanceNumber);
    row.bindText(instance.contentDate).bindText(instance.contentTime).bind(instance.numberOfFrames);
    row.bind(instance.rows).bind(instance.columns).bind(instance.bitsAllocated).bindText(instance.sourceName);
    const auto routing = routingOf(instance);
    return routing ? row.bind(*routing).exec() : fail(routing.error());
}

/// Of a file of before: the ledger may know what became of it although its row is gone.
Result<int> SpoolRepository::routingOf(const NewSpoolInstance& instance)
{
    if (!instance.isFound) {
        return static_cast<int>(RoutingState::Pending);
    }
    auto& known = m_database.prepared(u"SELECT EXISTS (SELECT 1 FROM spool_deliveries WHERE spool_id = ?) OR "
                                      "EXISTS (SELECT 1 FROM spool_waits WHERE spool_id = ?) OR "
                                      "EXISTS (SELECT 1 FROM spool_holds WHERE spool_id = ?)"_s);
    return rowOf(known.bind(instance.id).bind(instance.id).bind(instance.id)).map([](qint64 isKnown) {
        return static_cast<int>(isKnown != 0 ? RoutingState::Routed : RoutingState::Pending);
    });
}

Result<qint64> SpoolRepository::rowOf(Statement& select)
{
    if (auto done = select.exec(); !done) {
        return fail(done.error());
    }
    if (!select.next()) {
        return fail(ErrorCode::LedgerFailed, u"a row that was written cannot be found"_s);
    }
    const auto id = select.integer(0);
    select.finish();
    return id;
}

Result<qint64> SpoolRepository::seriesRow(const NewSpoolInstance& instance)
{
    const auto* key = instance.series.get();
    if (const auto known = m_series.constFind(key); known != m_series.constEnd()) {
        return known->row;
    }
    const auto study = studyRow(*key, instance.receivedAt);
    if (!study) {
        return study;
    }
    static const QString kUpsert = upsert(u"spool_series"_s, u"study_row, series_instance_uid"_s,
        {u"study_row"_s, u"series_instance_uid"_s},
        {u"modality"_s, u"series_number"_s, u"series_description"_s, u"series_date"_s, u"series_time"_s,
            u"body_part_examined"_s, u"protocol_name"_s, u"station_name"_s, u"institution_name"_s, u"manufacturer"_s});
    auto& row = m_database.prepared(kUpsert);
    row.bind(*study).bindText(key->seriesInstanceUid).bindText(key->modality).bindText(key->seriesNumber);
    row.bindText(key->seriesDescription).bindText(key->seriesDate).bindText(key->seriesTime);
    row.bindText(key->bodyPartExamined).bindText(key->protocolName).bindText(key->stationName);
    if (auto done = row.bindText(key->institutionName).bindText(key->manufacturer).exec(); !done) {
        return fail(done.error());
    }
    auto& select =
        m_database.prepared(u"SELECT id FROM spool_series WHERE study_row = ? AND series_instance_uid = ?"_s);
    const auto id = rowOf(select.bind(*study).bindText(key->seriesInstanceUid));
    if (id) {
        if (m_series.size() >= kMostRemembered) {
            m_series.clear();
        }
        m_series.insert(key, {instance.series, *id});
    }
    return id;
}

Result<qint64> SpoolRepository::studyRow(const SpoolSeries& series, Clock::WallTime receivedAt)
{
    const auto patient = patientRow(series);
    if (!patient) {
        return patient;
    }
    static const QString kUpsert = upsert(u"spool_studies"_s, u"study_instance_uid"_s,
        {u"patient_row"_s, u"study_instance_uid"_s, u"first_received_at"_s},
        {u"study_date"_s, u"study_time"_s, u"accession_number"_s, u"study_id"_s, u"study_description"_s,
            u"referring_physician_name"_s});
    auto& row = m_database.prepared(kUpsert);
    row.bind(*patient).bindText(series.studyInstanceUid).bind(toMilliseconds(receivedAt)).bindText(series.studyDate);
    row.bindText(series.studyTime).bindText(series.accessionNumber).bindText(series.studyId);
    if (auto done = row.bindText(series.studyDescription).bindText(series.referringPhysicianName).exec(); !done) {
        return fail(done.error());
    }
    auto& select = m_database.prepared(u"SELECT id FROM spool_studies WHERE study_instance_uid = ?"_s);
    return rowOf(select.bindText(series.studyInstanceUid));
}

Result<qint64> SpoolRepository::patientRow(const SpoolSeries& series)
{
    static const QString kUpsert = upsert(u"spool_patients"_s, u"identity"_s, {u"identity"_s},
        {u"patient_name"_s, u"patient_id"_s, u"issuer_of_patient_id"_s, u"patient_birth_date"_s, u"patient_sex"_s});
    const auto identity = identityOf(series);
    auto& row = m_database.prepared(kUpsert);
    row.bindText(identity).bindText(series.patientName).bindText(series.patientId).bindText(series.issuerOfPatientId);
    if (auto done = row.bindText(series.patientBirthDate).bindText(series.patientSex).exec(); !done) {
        return fail(done.error());
    }
    auto& select = m_database.prepared(u"SELECT id FROM spool_patients WHERE identity = ?"_s);
    return rowOf(select.bindText(identity));
}

Result<qint64> SpoolRepository::sourceRow(const SpoolSource& source)
{
    const QString key = source.callingAeTitle + u'\\' + source.calledAeTitle + u'\\' + source.peerAddress;
    if (const auto known = m_sources.constFind(key); known != m_sources.constEnd()) {
        return *known;
    }
    auto& row = m_database.prepared(u"INSERT INTO spool_sources (calling_ae_title, called_ae_title, peer_address) "
                                    "VALUES (?, ?, ?) ON CONFLICT DO NOTHING"_s);
    row.bindText(source.callingAeTitle).bindText(source.calledAeTitle).bindText(source.peerAddress);
    if (auto done = row.exec(); !done) {
        return fail(done.error());
    }
    auto& select = m_database.prepared(u"SELECT id FROM spool_sources WHERE calling_ae_title = ? AND "
                                       "called_ae_title = ? AND peer_address = ?"_s);
    const auto id =
        rowOf(select.bindText(source.callingAeTitle).bindText(source.calledAeTitle).bindText(source.peerAddress));
    if (id) {
        if (m_sources.size() >= kMostRemembered) {
            m_sources.clear();
        }
        m_sources.insert(key, *id);
    }
    return id;
}

Result<Revival> SpoolRepository::revive(const NewSpoolInstance& found)
{
    const auto row = find(found.id);
    if (!row) {
        return fail(row.error());
    }
    if (!*row) {
        return Revival::NoRow;
    }
    if ((*row)->digest != found.digest || (*row)->sopInstanceUid != found.sopInstanceUid) {
        return Revival::OtherContent;
    }
    const auto versions = find(found.sopInstanceUid);
    if (!versions) {
        return fail(versions.error());
    }
    auto state = SpoolState::Current;
    for (const auto& other : *versions) {
        if (other.id > found.id && other.state != SpoolState::Missing) {
            state = SpoolState::Superseded;
        }
    }
    for (const auto& other : *versions) {
        const bool isBefore = state == SpoolState::Current && other.id < found.id && other.state == state;
        if (auto done = isBefore ? setState(other.id, SpoolState::Superseded) : Result<>(); !done) {
            return fail(done.error());
        }
    }
    return setState(found.id, state).map([] { return Revival::Revived; });
}

Result<> SpoolRepository::remove(qint64 id)
{
    auto& row = m_database.prepared(
        u"SELECT s.id, t.id, t.patient_row FROM spool_instances i JOIN spool_series s ON s.id = i.series_row "
        "JOIN spool_studies t ON t.id = s.study_row WHERE i.id = ?"_s);
    if (auto done = row.bind(id).exec(); !done) {
        return done;
    }
    const bool isThere = row.next();
    const std::array<qint64, 3> above =
        isThere ? std::array{row.integer(0), row.integer(1), row.integer(2)} : std::array<qint64, 3>();
    row.finish();
    return removeRow(id).and_then([&] { return isThere ? removeEmpty(above) : Result<>(); });
}

/// Series, study and patient go with their last instance: who they were is nobody's business any more.
Result<> SpoolRepository::removeEmpty(const std::array<qint64, 3>& rows)
{
    static const std::array<QString, 3> kDeletes{
        u"DELETE FROM spool_series WHERE id = ? AND NOT EXISTS "
        "(SELECT 1 FROM spool_instances i WHERE i.series_row = spool_series.id)"_s,
        u"DELETE FROM spool_studies WHERE id = ? AND NOT EXISTS "
        "(SELECT 1 FROM spool_series s WHERE s.study_row = spool_studies.id)"_s,
        u"DELETE FROM spool_patients WHERE id = ? AND NOT EXISTS "
        "(SELECT 1 FROM spool_studies t WHERE t.patient_row = spool_patients.id)"_s};
    for (std::size_t level = 0; level < kDeletes.size(); ++level) {
        auto& gone = m_database.prepared(kDeletes.at(level)).bind(rows.at(level));
        if (auto done = gone.exec(); !done) {
            return done;
        }
        if (gone.affected() == 0) {
            return {}; // what is above is not empty either
        }
        m_series.clear();
    }
    return {};
}

Result<> SpoolRepository::removeEmpty()
{
    static const std::array<QString, 3> kDeletes{
        u"DELETE FROM spool_series WHERE NOT EXISTS "
        "(SELECT 1 FROM spool_instances i WHERE i.series_row = spool_series.id)"_s,
        u"DELETE FROM spool_studies WHERE NOT EXISTS "
        "(SELECT 1 FROM spool_series s WHERE s.study_row = spool_studies.id)"_s,
        u"DELETE FROM spool_patients WHERE NOT EXISTS "
        "(SELECT 1 FROM spool_studies t WHERE t.patient_row = spool_patients.id)"_s};
    m_series.clear();
    Result<> done;
    for (const auto& sql : kDeletes) {
        done = done ? m_database.prepared(sql).exec() : done;
    }
    return done;
}

Result<> SpoolRepository::removeRow(qint64 id)
{
    const QString deletes[] = {u"DELETE FROM spool_waits WHERE spool_id = ?"_s,
        u"DELETE FROM spool_holds WHERE spool_id = ?"_s, u"DELETE FROM spool_deliveries WHERE spool_id = ?"_s,
        u"DELETE FROM spool_instances WHERE id = ?"_s};
    for (const auto& sql : deletes) {
        if (auto done = m_database.prepared(sql).bind(id).exec(); !done) {
            return done;
        }
    }
    return {};
}

Result<> SpoolRepository::setState(qint64 id, SpoolState state)
{
    auto& update = m_database.prepared(u"UPDATE spool_instances SET state = ? WHERE id = ?"_s);
    return update.bind(static_cast<int>(state)).bind(id).exec();
}

Result<SpoolTotals> SpoolRepository::totals()
{
    auto& row = m_database.prepared(u"SELECT count(*), total(file_bytes) FROM spool_instances WHERE state <> 2"_s);
    if (auto done = row.exec(); !done) {
        return fail(done.error());
    }
    const SpoolTotals totals = row.next() ? SpoolTotals{row.integer(0), row.integer(1)} : SpoolTotals();
    row.finish();
    return totals;
}

Result<std::optional<SpoolInstanceRow>> SpoolRepository::find(qint64 id)
{
    auto& rows = m_database.prepared(kSelectInstance + u"WHERE i.id = ?"_s);
    if (auto done = rows.bind(id).exec(); !done) {
        return fail(done.error());
    }
    auto found = rows.next() ? std::optional(instanceOf(rows)) : std::nullopt;
    rows.finish();
    return found;
}

Result<QList<SpoolInstanceRow>> SpoolRepository::find(const SopInstanceUid& uid)
{
    auto& rows = m_database.prepared(kSelectInstance + u"WHERE i.sop_instance_uid = ? ORDER BY i.version"_s);
    if (auto done = rows.bindText(uid.toString()).exec(); !done) {
        return fail(done.error());
    }
    QList<SpoolInstanceRow> found;
    while (rows.next()) {
        found.append(instanceOf(rows));
    }
    return found;
}

Result<QList<SpoolInstanceRow>> SpoolRepository::receivedSince(Clock::WallTime since, qint64 after, int limit)
{
    auto& rows =
        m_database.prepared(kSelectInstance + u"WHERE i.id > ? AND i.received_at >= ? ORDER BY i.id LIMIT ?"_s);
    if (auto done = rows.bind(after).bind(toMilliseconds(since)).bind(limit).exec(); !done) {
        return fail(done.error());
    }
    QList<SpoolInstanceRow> found;
    while (rows.next()) {
        found.append(instanceOf(rows));
    }
    return found;
}

Result<QList<qint64>> SpoolRepository::idsBetween(qint64 first, qint64 last)
{
    auto& rows =
        m_database.prepared(u"SELECT id FROM spool_instances WHERE id BETWEEN ? AND ? AND state <> 2 ORDER BY id"_s);
    if (auto done = rows.bind(first).bind(last).exec(); !done) {
        return fail(done.error());
    }
    QList<qint64> ids;
    while (rows.next()) {
        ids.append(rows.integer(0));
    }
    return ids;
}

Result<QList<qint64>> SpoolRepository::groups(qint64 groupSize)
{
    auto& rows = m_database.prepared(u"SELECT DISTINCT id / ? FROM spool_instances WHERE state <> 2 ORDER BY 1"_s);
    if (auto done = rows.bind(groupSize).exec(); !done) {
        return fail(done.error());
    }
    QList<qint64> firsts;
    while (rows.next()) {
        firsts.append(rows.integer(0) * groupSize);
    }
    return firsts;
}

Result<QList<SpoolStudyRow>> SpoolRepository::studies(const SpoolStudyFilter& filter, int limit)
{
    QStringList terms;
    QStringList values;
    const auto add = [&](const QString& value, const QString& term) {
        if (!value.isEmpty()) {
            terms.append(term);
            values.append(value);
        }
    };
    add(filter.studyInstanceUid, u"t.study_instance_uid = ?"_s);
    add(filter.patientId, u"p.patient_id = ?"_s);
    add(filter.accessionNumber, u"t.accession_number = ?"_s);
    add(filter.dateFrom, u"t.study_date >= ?"_s);
    add(filter.dateTo, u"t.study_date <= ?"_s);
    add(filter.modality, u"EXISTS (SELECT 1 FROM spool_series m WHERE m.study_row = t.id AND m.modality = ?)"_s);
    const bool hasWildcards = filter.patientName.contains(u'*') || filter.patientName.contains(u'?');
    add(hasWildcards ? likePattern(filter.patientName) : filter.patientName,
        hasWildcards ? u"p.patient_name LIKE ? ESCAPE '!'"_s : u"p.patient_name = ?"_s);
    const QString where = terms.isEmpty() ? QString() : QString(u"WHERE "_s + terms.join(u" AND "_s));
    auto& rows = m_database.prepared(
        u"SELECT p.patient_name, p.patient_id, p.issuer_of_patient_id, p.patient_birth_date, p.patient_sex, "
        "t.study_instance_uid, t.study_date, t.study_time, t.accession_number, t.study_id, t.study_description, "
        "t.referring_physician_name, t.first_received_at, "
        "(SELECT group_concat(modality, '\\') FROM (SELECT DISTINCT modality FROM spool_series WHERE study_row = "
        "t.id)), "
        "(SELECT count(*) FROM spool_series WHERE study_row = t.id), "
        "(SELECT count(*) FROM spool_series s JOIN spool_instances i ON i.series_row = s.id "
        "WHERE s.study_row = t.id AND i.state = 0) "
        "FROM spool_studies t JOIN spool_patients p ON p.id = t.patient_row %1 "
        "ORDER BY t.first_received_at DESC LIMIT ?"_s.arg(where));
    for (const auto& value : values) {
        rows.bindText(value);
    }
    if (auto done = rows.bind(limit).exec(); !done) {
        return fail(done.error());
    }
    QList<SpoolStudyRow> found;
    while (rows.next()) {
        SpoolStudyRow row;
        QString SpoolSeries::*const members[] = {&SpoolSeries::patientName, &SpoolSeries::patientId,
            &SpoolSeries::issuerOfPatientId, &SpoolSeries::patientBirthDate, &SpoolSeries::patientSex,
            &SpoolSeries::studyInstanceUid, &SpoolSeries::studyDate, &SpoolSeries::studyTime,
            &SpoolSeries::accessionNumber, &SpoolSeries::studyId, &SpoolSeries::studyDescription,
            &SpoolSeries::referringPhysicianName};
        int column = 0;
        for (const auto member : members) {
            row.study.*member = rows.text(column++);
        }
        row.firstReceivedAt = fromMilliseconds(rows.integer(column));
        row.modalities = rows.text(column + 1);
        row.series = rows.integer(column + 2);
        row.instances = rows.integer(column + 3);
        found.append(row);
    }
    return found;
}

} // namespace radpost::store
