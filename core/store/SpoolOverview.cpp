#include "core/store/SpoolOverview.h"

#include "core/store/Database.h"
#include "core/store/walltime.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::store {

namespace {

// What is above an instance is found first: from the row of a study or series there are indices down to its files.
const QString kFiles = u"FROM spool_series s JOIN spool_instances i ON i.series_row = s.id "_s;
const QString kOfStudy = u"s.study_row = ?"_s;
const QString kOfSeries = u"s.id = ?"_s;
const QString kOfInstance = u"i.id = ?"_s;

// Sent, and what the job wants as evidence has not come (see Proof): it may still come, or it is missing.
const QString kIsAwaited = u"(d.state IN (2, 3) AND (d.proof = 1 OR (d.proof = 0 AND j.proof_wanted <> 0)))"_s;
const QString kIsUnproved = u"(d.state IN (2, 3) AND d.proof = 3 AND j.settled = 0)"_s;

constexpr qsizetype kMostWords = 16;

/// A word of a person as a pattern: the parts of a name are looked for as they are spoken.
QString patternOf(QString word)
{
    word.remove(u'^');
    for (const auto& special : {u"!"_s, u"%"_s, u"_"_s}) {
        word.replace(special, QString(u'!' + special));
    }
    return QString(u'%' + word + u'%');
}

/// One condition with one value for each word.
QString wordTerm()
{
    return u"(replace(p.patient_name, '^', '') || char(10) || p.patient_id || char(10) || t.accession_number || "
           "char(10) || t.study_description || char(10) || t.study_instance_uid) LIKE ? ESCAPE '!'"_s;
}

QString standingTerm(SpoolStandingFilter filter)
{
    const QString held = u"SELECT s.study_row FROM spool_holds h JOIN spool_instances i ON i.id = h.spool_id "
                         "JOIN spool_series s ON s.id = i.series_row"_s;
    const QString delivered = u"SELECT s.study_row FROM deliveries d JOIN jobs j ON j.id = d.id / 4294967296 "
                              "JOIN spool_deliveries l ON l.delivery_id = d.id "
                              "JOIN spool_instances i ON i.id = l.spool_id JOIN spool_series s ON s.id = i.series_row "
                              "WHERE "_s;
    const QString of = u"SELECT s.study_row FROM spool_instances i JOIN spool_series s ON s.id = i.series_row WHERE "_s;
    switch (filter) {
    case SpoolStandingFilter::NeedsPerson:
        return u"t.id IN (%1 UNION %2 (d.state = 4 AND j.settled = 0) OR %3)"_s.arg(held, delivered, kIsUnproved);
    case SpoolStandingFilter::Unmatched:
        return u"t.id IN (%1 i.routing = 2)"_s.arg(of);
    case SpoolStandingFilter::Unfinished:
        return u"t.id IN (%1 i.routing = 0 UNION SELECT s.study_row FROM spool_waits w JOIN spool_instances i "
               "ON i.id = w.spool_id JOIN spool_series s ON s.id = i.series_row UNION %2 d.state IN (0, 1) OR %3)"_s
                   .arg(of, delivered, kIsAwaited);
    case SpoolStandingFilter::Any:
        break;
    }
    return {};
}

const QString kPatientAndStudy =
    u"p.patient_name, p.patient_id, p.issuer_of_patient_id, p.patient_birth_date, p.patient_sex, "
    "t.study_instance_uid, t.study_date, t.study_time, t.accession_number, t.study_id, t.study_description, "
    "t.referring_physician_name"_s;
const QString kSeriesColumns =
    u"s.series_instance_uid, s.modality, s.series_number, s.series_description, s.body_part_examined"_s;
const QString kAbove = u"JOIN spool_studies t ON t.id = s.study_row JOIN spool_patients p ON p.id = t.patient_row "_s;

int readText(const Statement& row, int column, bool hasSeries, SpoolSeries& into)
{
    QString SpoolSeries::*const members[] = {&SpoolSeries::patientName, &SpoolSeries::patientId,
        &SpoolSeries::issuerOfPatientId, &SpoolSeries::patientBirthDate, &SpoolSeries::patientSex,
        &SpoolSeries::studyInstanceUid, &SpoolSeries::studyDate, &SpoolSeries::studyTime, &SpoolSeries::accessionNumber,
        &SpoolSeries::studyId, &SpoolSeries::studyDescription, &SpoolSeries::referringPhysicianName};
    QString SpoolSeries::*const below[] = {&SpoolSeries::seriesInstanceUid, &SpoolSeries::modality,
        &SpoolSeries::seriesNumber, &SpoolSeries::seriesDescription, &SpoolSeries::bodyPartExamined};
    for (const auto member : members) {
        into.*member = row.text(column++);
    }
    if (hasSeries) {
        for (const auto member : below) {
            into.*member = row.text(column++);
        }
    }
    return column;
}

/// What was chosen, as ids that stand in the statement: they are numbers, and no placeholder has a list.
QString termOf(const SpoolChoice& choice)
{
    const auto listed = [](const QList<qint64>& ids) {
        QStringList texts;
        for (const auto id : ids) {
            texts.append(QString::number(id));
        }
        return texts.join(u',');
    };
    return u"(s.study_row IN (%1) OR s.id IN (%2))"_s.arg(listed(choice.studies), listed(choice.series));
}

SpoolTarget& targetOf(SpoolEntry& entry, const QString& destination)
{
    const auto found = std::find_if(entry.targets.begin(), entry.targets.end(),
        [&destination](const SpoolTarget& target) { return isSameDestination(target.destination, destination); });
    if (found != entry.targets.end()) {
        return *found;
    }
    entry.targets.append({destination});
    return entry.targets.last();
}

} // namespace

SpoolOverview::SpoolOverview(Database& database)
    : m_database(database)
{
}

Result<qint64> SpoolOverview::firstReceived(qint64 study)
{
    auto& row = m_database.prepared(u"SELECT first_received_at FROM spool_studies WHERE id = ?"_s);
    if (auto done = row.bind(study).exec(); !done) {
        return fail(done.error());
    }
    const qint64 at = row.next() ? row.integer(0) : 0;
    row.finish();
    return at;
}

Result<QList<SpoolEntry>> SpoolOverview::studies(const SpoolStudyQuery& query)
{
    const auto words = query.text.simplified().split(u' ', Qt::SkipEmptyParts).mid(0, kMostWords);
    QStringList terms{u"EXISTS (SELECT 1 FROM spool_series e JOIN spool_instances x ON x.series_row = e.id "
                      "WHERE e.study_row = t.id AND x.state <> 2)"_s};
    terms += QStringList(words.size(), wordTerm());
    if (const auto term = standingTerm(query.standing); !term.isEmpty()) {
        terms.append(term);
    }
    const auto before = query.before != 0 ? firstReceived(query.before) : Result<qint64>(0);
    if (!before) {
        return fail(before.error());
    }
    if (query.before != 0) {
        terms.append(u"(t.first_received_at, t.id) < (?, ?)"_s);
    }
    const QString sql = u"SELECT t.id, t.first_received_at, "_s + kPatientAndStudy +
        u" FROM spool_studies t JOIN spool_patients p ON p.id = t.patient_row WHERE "_s + terms.join(u" AND "_s) +
        u" ORDER BY t.first_received_at DESC, t.id DESC LIMIT ?"_s;
    auto& rows = m_database.prepared(sql);
    for (const auto& word : words) {
        rows.bindText(patternOf(word));
    }
    if (query.before != 0) {
        rows.bind(*before).bind(query.before);
    }
    if (auto done = rows.bind(query.limit).exec(); !done) {
        return fail(done.error());
    }
    QList<SpoolEntry> found;
    while (rows.next()) {
        SpoolEntry entry;
        entry.id = rows.integer(0);
        entry.firstAt = fromMilliseconds(rows.integer(1));
        readText(rows, 2, false, entry.text);
        found.append(entry);
    }
    if (auto done = fill(kOfStudy, found); !done) {
        return fail(done.error());
    }
    for (auto& entry : found) {
        if (auto done = addCallers(entry); !done) {
            return fail(done.error());
        }
    }
    return found;
}

Result<QList<SpoolEntry>> SpoolOverview::series(qint64 study)
{
    static const QString kRows = u"SELECT s.id, "_s + kPatientAndStudy + u", "_s + kSeriesColumns +
        u" FROM spool_series s "_s + kAbove +
        u"WHERE s.study_row = ? AND EXISTS (SELECT 1 FROM spool_instances x WHERE x.series_row = s.id "
        "AND x.state <> 2) ORDER BY CAST(s.series_number AS INTEGER), s.series_instance_uid"_s;
    auto& rows = m_database.prepared(kRows);
    if (auto done = rows.bind(study).exec(); !done) {
        return fail(done.error());
    }
    QList<SpoolEntry> found;
    while (rows.next()) {
        SpoolEntry entry;
        entry.id = rows.integer(0);
        readText(rows, 1, true, entry.text);
        entry.modalities = entry.text.modality;
        found.append(entry);
    }
    return fill(kOfSeries, found).map([&found] { return found; });
}

Result<QList<SpoolEntry>> SpoolOverview::instances(qint64 series, qint64 after, int limit)
{
    static const QString kRows = u"SELECT i.id, i.sop_instance_uid, c.sop_class_uid, c.transfer_syntax_uid, "
                                 "i.instance_number, "_s +
        kPatientAndStudy + u", "_s + kSeriesColumns +
        u" FROM spool_instances i JOIN contexts c ON c.id = i.context_id JOIN spool_series s ON s.id = i.series_row "_s +
        kAbove + u"WHERE i.series_row = ? AND i.id > ? AND i.state <> 2 ORDER BY i.id LIMIT ?"_s;
    auto& rows = m_database.prepared(kRows);
    if (auto done = rows.bind(series).bind(after).bind(limit).exec(); !done) {
        return fail(done.error());
    }
    QList<SpoolEntry> found;
    while (rows.next()) {
        SpoolEntry entry;
        entry.id = rows.integer(0);
        entry.sopInstanceUid.value = rows.ascii(1);
        entry.sopClassUid.value = rows.ascii(2);
        entry.transferSyntaxUid.value = rows.ascii(3);
        entry.instanceNumber = rows.text(4);
        readText(rows, 5, true, entry.text);
        entry.modalities = entry.text.modality;
        found.append(entry);
    }
    return fill(kOfInstance, found).map([&found] { return found; });
}

Result<> SpoolOverview::fill(const QString& scope, QList<SpoolEntry>& entries)
{
    for (auto& entry : entries) {
        auto done = addStanding(scope, entry);
        done = done.and_then([&] { return addDeliveries(scope, entry); });
        done = done.and_then([&] { return addWaits(scope, entry); });
        if (!done) {
            return done;
        }
        std::sort(entry.targets.begin(), entry.targets.end(),
            [](const SpoolTarget& one, const SpoolTarget& other) { return one.destination < other.destination; });
    }
    return {};
}

Result<> SpoolOverview::addStanding(const QString& scope, SpoolEntry& entry)
{
    const QString sql =
        u"SELECT total(i.state = 0), count(*), total(i.file_bytes), total(i.state = 0 AND i.differs), "
        "total(i.routing = 0), total(i.routing = 2), total(i.routing = 3), "
        "total(EXISTS (SELECT 1 FROM spool_waits w WHERE w.spool_id = i.id)), "
        "total(EXISTS (SELECT 1 FROM spool_holds h WHERE h.spool_id = i.id)), min(i.received_at), max(i.received_at) "_s +
        kFiles + u"WHERE "_s + scope + u" AND i.state <> 2"_s;
    auto& row = m_database.prepared(sql);
    if (auto done = row.bind(entry.id).exec(); !done) {
        return done;
    }
    if (row.next()) {
        qint64 SpoolStanding::*const counts[] = {&SpoolStanding::instances, &SpoolStanding::files,
            &SpoolStanding::bytes, &SpoolStanding::differing, &SpoolStanding::unrouted, &SpoolStanding::unmatched,
            &SpoolStanding::dropped, &SpoolStanding::waiting, &SpoolStanding::held};
        int column = 0;
        for (const auto count : counts) {
            entry.standing.*count = row.integer(column++);
        }
        entry.firstAt = fromMilliseconds(row.integer(column));
        entry.lastAt = fromMilliseconds(row.integer(column + 1));
    }
    row.finish();
    return {};
}

/// One that the ledger knows no more has no place here: it was final, and its job is gone.
Result<> SpoolOverview::addDeliveries(const QString& scope, SpoolEntry& entry)
{
    const QString sql = u"SELECT n.name, total(d.id IS NULL OR d.state IN (0, 1)), total(d.state IN (2, 3)), "
                        "total(d.state = 4), total(d.state = 5), total(%1), total(%2) "_s.arg(kIsAwaited, kIsUnproved) +
        kFiles +
        u"JOIN spool_deliveries l ON l.spool_id = i.id JOIN jobs j ON j.id = l.delivery_id / 4294967296 "
        "JOIN destinations n ON n.id = j.destination_id LEFT JOIN deliveries d ON d.id = l.delivery_id WHERE "_s +
        scope + u" AND i.state <> 2 GROUP BY n.name"_s;
    auto& rows = m_database.prepared(sql);
    if (auto done = rows.bind(entry.id).exec(); !done) {
        return done;
    }
    while (rows.next()) {
        auto& target = targetOf(entry, rows.text(0));
        target.open += rows.integer(1);
        target.stored += rows.integer(2) - rows.integer(5) - rows.integer(6);
        target.rejected += rows.integer(3);
        target.cancelled += rows.integer(4);
        target.awaited += rows.integer(5);
        target.unproved += rows.integer(6);
    }
    return {};
}

Result<> SpoolOverview::addWaits(const QString& scope, SpoolEntry& entry)
{
    const QString sql = u"SELECT w.destination, count(*) "_s + kFiles +
        u"JOIN spool_waits w ON w.spool_id = i.id WHERE "_s + scope + u" AND i.state <> 2 GROUP BY w.destination"_s;
    auto& rows = m_database.prepared(sql);
    if (auto done = rows.bind(entry.id).exec(); !done) {
        return done;
    }
    while (rows.next()) {
        targetOf(entry, rows.text(0)).waiting += rows.integer(1);
    }
    return {};
}

Result<> SpoolOverview::addCallers(SpoolEntry& study)
{
    static const QString kSql = u"SELECT DISTINCT o.calling_ae_title, s.modality "_s + kFiles +
        u"JOIN spool_sources o ON o.id = i.source_id WHERE s.study_row = ? AND i.state <> 2 ORDER BY s.id"_s;
    auto& rows = m_database.prepared(kSql);
    if (auto done = rows.bind(study.id).exec(); !done) {
        return done;
    }
    QStringList modalities;
    while (rows.next()) {
        study.callers.append(rows.text(0));
        modalities.append(rows.text(1));
    }
    study.callers.removeAll(QString());
    study.callers.removeDuplicates();
    modalities.removeAll(QString());
    modalities.removeDuplicates();
    study.modalities = modalities.join(u'\\');
    return {};
}

Result<QList<SpoolHold>> SpoolOverview::holds(const SpoolChoice& choice, int limit)
{
    if (choice.isEmpty()) {
        return QList<SpoolHold>();
    }
    Statement rows(m_database,
        u"SELECT h.id, h.spool_id, h.reason, h.rule, h.text, h.destination, h.after_rule, h.held_at "_s + kFiles +
            u"JOIN spool_holds h ON h.spool_id = i.id WHERE "_s + termOf(choice) + u" ORDER BY h.id LIMIT ?"_s);
    if (auto done = rows.bind(limit).exec(); !done) {
        return fail(done.error());
    }
    QList<SpoolHold> found;
    while (rows.next()) {
        found.append({rows.integer(0), rows.integer(1), static_cast<HoldReason>(rows.number(2)), rows.text(3),
            rows.text(4), rows.text(5), rows.text(6), fromMilliseconds(rows.integer(7))});
    }
    return found;
}

Result<QList<SpoolFile>> SpoolOverview::files(const SpoolChoice& choice, qint64 after, int limit)
{
    if (choice.isEmpty()) {
        return QList<SpoolFile>();
    }
    Statement rows(m_database,
        u"SELECT i.id, i.sop_instance_uid, p.patient_name, p.patient_id, t.study_instance_uid, t.study_date, "
        "s.series_instance_uid, s.series_number, s.modality "_s +
            kFiles + kAbove + u"WHERE "_s + termOf(choice) + u" AND i.state = 0 AND i.id > ? ORDER BY i.id LIMIT ?"_s);
    if (auto done = rows.bind(after).bind(limit).exec(); !done) {
        return fail(done.error());
    }
    QList<SpoolFile> found;
    while (rows.next()) {
        found.append({rows.integer(0), {rows.ascii(1)}, rows.text(2), rows.text(3), rows.text(4), rows.text(5),
            rows.text(6), rows.text(7), rows.text(8)});
    }
    return found;
}

Result<SpoolAttention> SpoolOverview::attention()
{
    const auto held = m_database.integer(
        u"SELECT count(DISTINCT s.study_row) FROM spool_holds h JOIN spool_instances i ON i.id = h.spool_id "
        "JOIN spool_series s ON s.id = i.series_row"_s);
    const auto unmatched = m_database.integer(u"SELECT count(*) FROM spool_instances WHERE routing = 2"_s);
    if (!held || !unmatched) {
        return fail(held ? unmatched.error() : held.error());
    }
    return SpoolAttention{*held, *unmatched};
}

} // namespace radpost::store
