#include "core/store/RoutingRepository.h"

#include "core/store/Database.h"
#include "core/store/walltime.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::store {

namespace {

constexpr qint64 kDayMs = 86'400'000;
// A wait may be put off for a moment that has nothing to do with its delay.
constexpr qint64 kPutOffMs = 60'000;

const QString kSelectRoutable =
    u"SELECT i.id, c.sop_class_uid, i.sop_instance_uid, c.transfer_syntax_uid, o.calling_ae_title, o.called_ae_title, "
    "o.peer_address, i.source_name, i.file_bytes, i.data_set_offset, i.received_at, i.after_rule, p.patient_name, "
    "p.patient_id, p.patient_birth_date, p.patient_sex, t.study_instance_uid, t.study_date, t.study_time, "
    "t.accession_number, t.study_description, s.series_instance_uid, s.modality, s.series_number, "
    "s.series_description, i.version FROM spool_instances i JOIN contexts c ON c.id = i.context_id "
    "JOIN spool_sources o ON o.id = i.source_id JOIN spool_series s ON s.id = i.series_row "
    "JOIN spool_studies t ON t.id = s.study_row JOIN spool_patients p ON p.id = t.patient_row "_s;

const QString kSelectWait =
    u"SELECT spool_id, destination, rule, level, uid, quiet_ms, max_wait_ms, expected, announced, delay_ms, hours, "
    "priority, arrived_at, due_at, only_missing FROM spool_waits "_s;

// A delivery is open while it is to be sent (0, 1) or its proof is asked for (1), and when it was rejected (4) or its
// proof is missing (3) until somebody has seen to it. One without a row was never sent, unless its job is gone, too:
// what the ledger lets go of was final.
const QString kOpenDelivery =
    u"EXISTS (SELECT 1 FROM spool_deliveries l JOIN jobs j ON j.id = l.delivery_id / 4294967296 "
    "LEFT JOIN deliveries d ON d.id = l.delivery_id WHERE l.spool_id = i.id AND "
    "(d.id IS NULL OR d.state IN (0, 1) OR d.proof = 1 OR ((d.state = 4 OR d.proof = 3) AND j.settled = 0)))"_s;
const QString kIsWaiting = u"EXISTS (SELECT 1 FROM spool_waits w WHERE w.spool_id = i.id)"_s;
const QString kIsHeld = u"EXISTS (SELECT 1 FROM spool_holds h WHERE h.spool_id = i.id)"_s;
const QString kNothingLeft =
    u"i.routing IN (1, 3, 4) AND NOT "_s + kIsWaiting + u" AND NOT "_s + kIsHeld + u" AND NOT "_s + kOpenDelivery;

const QString kNothingElse = u"NOT EXISTS (SELECT 1 FROM spool_holds h WHERE h.spool_id = spool_instances.id) AND "
                             "NOT EXISTS (SELECT 1 FROM spool_waits w WHERE w.spool_id = spool_instances.id) AND "
                             "NOT EXISTS (SELECT 1 FROM spool_deliveries l WHERE l.spool_id = spool_instances.id)"_s;

RoutableInstance routableOf(const Statement& row)
{
    RoutableInstance instance;
    instance.id = row.integer(0);
    instance.sopClassUid.value = row.ascii(1);
    instance.sopInstanceUid.value = row.ascii(2);
    instance.transferSyntaxUid.value = row.ascii(3);
    instance.source = {row.text(4), row.text(5), row.text(6)};
    instance.sourceName = row.text(7);
    instance.fileBytes = row.integer(8);
    instance.dataSetOffset = row.integer(9);
    instance.receivedAt = fromMilliseconds(row.integer(10));
    instance.afterRule = row.text(11);
    QString SpoolSeries::*const members[] = {&SpoolSeries::patientName, &SpoolSeries::patientId,
        &SpoolSeries::patientBirthDate, &SpoolSeries::patientSex, &SpoolSeries::studyInstanceUid,
        &SpoolSeries::studyDate, &SpoolSeries::studyTime, &SpoolSeries::accessionNumber, &SpoolSeries::studyDescription,
        &SpoolSeries::seriesInstanceUid, &SpoolSeries::modality, &SpoolSeries::seriesNumber,
        &SpoolSeries::seriesDescription};
    int column = 12;
    for (const auto member : members) {
        instance.series.*member = row.text(column++);
    }
    instance.version = row.number(column);
    return instance;
}

std::optional<std::chrono::milliseconds> durationAt(const Statement& row, int column)
{
    return row.isNull(column) ? std::nullopt : std::optional(std::chrono::milliseconds(row.integer(column)));
}

std::optional<qint64> countOf(const std::optional<std::chrono::milliseconds>& duration)
{
    return duration ? std::optional(qint64(duration->count())) : std::nullopt;
}

SpoolWait waitOf(const Statement& row)
{
    SpoolWait wait;
    wait.spoolId = row.integer(0);
    wait.destination = row.text(1);
    wait.group = {row.text(2), row.number(3), row.text(4)};
    wait.terms = {durationAt(row, 5), durationAt(row, 6), row.number(7), row.number(8)};
    wait.delay = std::chrono::milliseconds(row.integer(9));
    wait.hours = row.text(10);
    wait.priority = row.number(11);
    wait.arrivedAt = fromMilliseconds(row.integer(12));
    wait.dueAt = row.isNull(13) ? std::nullopt : std::optional(fromMilliseconds(row.integer(13)));
    wait.onlyMissing = row.number(14) != 0;
    return wait;
}

Result<qint64> singleInteger(Statement& row)
{
    if (auto done = row.exec(); !done) {
        return fail(done.error());
    }
    const qint64 value = row.next() ? row.integer(0) : 0;
    row.finish();
    return value;
}

} // namespace

RoutingRepository::RoutingRepository(Database& database)
    : m_database(database)
{
}

Result<QList<RoutableInstance>> RoutingRepository::readInstances(Statement& rows)
{
    if (auto done = rows.exec(); !done) {
        return fail(done.error());
    }
    QList<RoutableInstance> found;
    while (rows.next()) {
        found.append(routableOf(rows));
    }
    return found;
}

Result<QList<RoutableInstance>> RoutingRepository::pending(int limit)
{
    static const QString kPending = kSelectRoutable + u"WHERE i.routing = 0 AND i.state <> 2 ORDER BY i.id LIMIT ?"_s;
    return readInstances(m_database.prepared(kPending).bind(limit));
}

Result<std::optional<RoutableInstance>> RoutingRepository::find(qint64 spoolId)
{
    static const QString kOne = kSelectRoutable + u"WHERE i.id = ?"_s;
    return readInstances(m_database.prepared(kOne).bind(spoolId)).map([](const QList<RoutableInstance>& found) {
        return found.isEmpty() ? std::nullopt : std::optional(found.first());
    });
}

Result<int> RoutingRepository::receivedCount(int level, const QString& uid)
{
    constexpr int kSeriesLevel = 1;
    auto& count = level == kSeriesLevel
        ? m_database.prepared(
              u"SELECT count(DISTINCT i.sop_instance_uid) FROM spool_series s JOIN spool_instances i "
              "ON i.series_row = s.id WHERE s.series_instance_uid = ? AND i.routing <> 0 AND i.state <> 2"_s)
        : m_database.prepared(u"SELECT count(DISTINCT i.sop_instance_uid) FROM spool_studies t JOIN spool_series s "
                              "ON s.study_row = t.id JOIN spool_instances i ON i.series_row = s.id "
                              "WHERE t.study_instance_uid = ? AND i.routing <> 0 AND i.state <> 2"_s);
    return singleInteger(count.bindText(uid)).map([](qint64 value) { return static_cast<int>(value); });
}

Result<QStringList> RoutingRepository::destinationsOf(qint64 spoolId)
{
    auto& rows =
        m_database.prepared(u"SELECT n.name FROM spool_deliveries l JOIN jobs j ON j.id = l.delivery_id / 4294967296 "
                            "JOIN destinations n ON n.id = j.destination_id WHERE l.spool_id = ? "
                            "UNION SELECT destination FROM spool_waits WHERE spool_id = ?"_s);
    if (auto done = rows.bind(spoolId).bind(spoolId).exec(); !done) {
        return fail(done.error());
    }
    QStringList names;
    while (rows.next()) {
        names.append(rows.text(0));
    }
    return names;
}

Result<QString> RoutingRepository::memberOf(const QString& studyInstanceUid, const QStringList& members)
{
    auto& rows = m_database.prepared(
        u"SELECT n.name, max(l.delivery_id) FROM spool_studies t JOIN spool_series s ON s.study_row = t.id "
        "JOIN spool_instances i ON i.series_row = s.id JOIN spool_deliveries l ON l.spool_id = i.id "
        "JOIN jobs j ON j.id = l.delivery_id / 4294967296 JOIN destinations n ON n.id = j.destination_id "
        "WHERE t.study_instance_uid = ? GROUP BY n.id ORDER BY 2 DESC"_s);
    if (auto done = rows.bindText(studyInstanceUid).exec(); !done) {
        return fail(done.error());
    }
    while (rows.next()) {
        const QString name = rows.text(0);
        const auto member = std::find_if(members.begin(), members.end(),
            [&name](const QString& candidate) { return isSameDestination(candidate, name); });
        if (member != members.end()) {
            rows.finish();
            return *member;
        }
    }
    return QString();
}

Result<> RoutingRepository::setState(qint64 spoolId, RoutingState state)
{
    auto& update = m_database.prepared(u"UPDATE spool_instances SET routing = ? WHERE id = ?"_s);
    return update.bind(static_cast<int>(state)).bind(spoolId).exec();
}

Result<> RoutingRepository::link(qint64 spoolId, DeliveryId delivery)
{
    auto& insert = m_database.prepared(
        u"INSERT INTO spool_deliveries (spool_id, delivery_id) VALUES (?, ?) ON CONFLICT DO NOTHING"_s);
    return insert.bind(spoolId).bind(delivery.value).exec();
}

Result<> RoutingRepository::leaveOut(qint64 spoolId)
{
    static const QString kLeaveOut =
        u"UPDATE spool_instances SET routing = 4 WHERE id = ? AND routing = 1 AND "_s + kNothingElse;
    return m_database.prepared(kLeaveOut).bind(spoolId).exec();
}

Result<> RoutingRepository::add(const SpoolWait& wait)
{
    auto& insert = m_database.prepared(
        u"INSERT INTO spool_waits (spool_id, destination, rule, level, uid, quiet_ms, max_wait_ms, expected, "
        u"announced, "
        "delay_ms, hours, priority, arrived_at, due_at, only_missing) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING"_s);
    insert.bind(wait.spoolId).bindText(wait.destination).bindText(wait.group.rule).bind(wait.group.level);
    insert.bindText(wait.group.uid).bindOptional(countOf(wait.terms.quiet)).bindOptional(countOf(wait.terms.maxWait));
    insert.bind(wait.terms.expected).bind(wait.terms.announced).bind(qint64(wait.delay.count()));
    insert.bindText(wait.hours).bind(wait.priority).bind(toMilliseconds(wait.arrivedAt));
    insert.bindOptional(wait.dueAt ? std::optional(toMilliseconds(*wait.dueAt)) : std::nullopt);
    return insert.bind(wait.onlyMissing ? 1 : 0).exec();
}

Result<> RoutingRepository::add(const SpoolHold& hold)
{
    auto& insert = m_database.prepared(
        u"INSERT INTO spool_holds (spool_id, reason, rule, text, destination, after_rule, held_at) "
        "SELECT ?, ?, ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM spool_holds WHERE spool_id = ? AND reason = ? AND "
        "rule = ? AND destination = ?)"_s);
    insert.bind(hold.spoolId).bind(static_cast<int>(hold.reason)).bindText(hold.rule).bindText(hold.text);
    insert.bindText(hold.destination).bindText(hold.afterRule).bind(toMilliseconds(hold.heldAt));
    insert.bind(hold.spoolId).bind(static_cast<int>(hold.reason)).bindText(hold.rule);
    return insert.bindText(hold.destination).exec();
}

Result<QList<WaitingGroup>> RoutingRepository::waitingGroups()
{
    // With one max() SQLite takes the other columns from the row that has it: the instance that came last.
    auto& rows = m_database.prepared(
        u"SELECT rule, level, uid, quiet_ms, max_wait_ms, expected, announced, max(arrived_at), "
        "(SELECT min(f.arrived_at) FROM spool_waits f WHERE f.rule = w.rule AND f.level = w.level AND f.uid = w.uid "
        "AND f.due_at IS NULL), count(DISTINCT spool_id) "
        "FROM spool_waits w WHERE due_at IS NULL GROUP BY rule, level, uid"_s);
    if (auto done = rows.exec(); !done) {
        return fail(done.error());
    }
    QList<WaitingGroup> groups;
    while (rows.next()) {
        WaitingGroup waiting;
        waiting.group = {rows.text(0), rows.number(1), rows.text(2)};
        waiting.terms = {durationAt(rows, 3), durationAt(rows, 4), rows.number(5), rows.number(6)};
        waiting.last = fromMilliseconds(rows.integer(7));
        waiting.first = fromMilliseconds(rows.integer(8));
        waiting.waiting = rows.number(9);
        groups.append(waiting);
    }
    return groups;
}

Result<qint64> RoutingRepository::complete(const WaitGroup& group, WallTime now)
{
    auto& update = m_database.prepared(u"UPDATE spool_waits SET due_at = ? + delay_ms WHERE rule = ? AND level = ? AND "
                                       "uid = ? AND due_at IS NULL"_s);
    update.bind(toMilliseconds(now)).bindText(group.rule).bind(group.level).bindText(group.uid);
    return update.exec().map([&update] { return update.affected(); });
}

Result<qint64> RoutingRepository::complete(int level, const QString& uid, WallTime now)
{
    auto& update = m_database.prepared(
        u"UPDATE spool_waits SET due_at = ? + delay_ms WHERE level = ? AND uid = ? AND due_at IS NULL"_s);
    update.bind(toMilliseconds(now)).bind(level).bindText(uid);
    return update.exec().map([&update] { return update.affected(); });
}

Result<QList<SpoolWait>> RoutingRepository::readWaits(Statement& rows)
{
    if (auto done = rows.exec(); !done) {
        return fail(done.error());
    }
    QList<SpoolWait> found;
    while (rows.next()) {
        found.append(waitOf(rows));
    }
    return found;
}

Result<QList<SpoolWait>> RoutingRepository::due(WallTime now, int limit)
{
    static const QString kDue = kSelectWait + u"WHERE due_at <= ? ORDER BY due_at, spool_id LIMIT ?"_s;
    return readWaits(m_database.prepared(kDue).bind(toMilliseconds(now)).bind(limit));
}

Result<QList<SpoolWait>> RoutingRepository::misdated(WallTime now, int limit)
{
    static const QString kMisdated =
        kSelectWait + u"WHERE due_at > ? + delay_ms + CASE hours WHEN '' THEN 0 ELSE ? END LIMIT ?"_s;
    return readWaits(m_database.prepared(kMisdated).bind(toMilliseconds(now) + kPutOffMs).bind(kDayMs).bind(limit));
}

Result<std::optional<WallTime>> RoutingRepository::nextDue()
{
    auto& row = m_database.prepared(u"SELECT min(due_at) FROM spool_waits WHERE due_at IS NOT NULL"_s);
    if (auto done = row.exec(); !done) {
        return fail(done.error());
    }
    const auto due =
        row.next() && !row.isNull(0) ? std::optional(fromMilliseconds(row.integer(0))) : std::optional<WallTime>();
    row.finish();
    return due;
}

Result<> RoutingRepository::postpone(const SpoolWait& wait, WallTime until)
{
    auto& update = m_database.prepared(u"UPDATE spool_waits SET due_at = ? WHERE spool_id = ? AND destination = ?"_s);
    return update.bind(toMilliseconds(until)).bind(wait.spoolId).bindText(wait.destination).exec();
}

Result<> RoutingRepository::remove(const SpoolWait& wait)
{
    auto& gone = m_database.prepared(u"DELETE FROM spool_waits WHERE spool_id = ? AND destination = ?"_s);
    return gone.bind(wait.spoolId).bindText(wait.destination).exec();
}

Result<qint64> RoutingRepository::endOfPage(qint64 after, int limit)
{
    return singleInteger(m_database
                             .prepared(u"SELECT max(id) FROM (SELECT id FROM spool_instances WHERE id > ? "
                                       "ORDER BY id LIMIT ?)"_s)
                             .bind(after)
                             .bind(limit));
}

Result<qint64> RoutingRepository::rerouteLost(qint64 after, qint64 last)
{
    // A job that the ledger let go of is no loss: its deliveries were final.
    static const QString kIsLost = u"EXISTS (SELECT 1 FROM jobs j WHERE j.id = l.delivery_id / 4294967296) AND "
                                   "NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.id = l.delivery_id)"_s;
    static const QString kReroute = u"UPDATE spool_instances AS i SET routing = 0 WHERE i.id > ? AND i.id <= ? AND "
                                    "i.routing = 1 AND i.state <> 2 AND "
                                    "(EXISTS (SELECT 1 FROM spool_deliveries l WHERE l.spool_id = i.id AND "_s +
        kIsLost + u") OR NOT (EXISTS (SELECT 1 FROM spool_deliveries l WHERE l.spool_id = i.id) OR "_s + kIsWaiting +
        u" OR "_s + kIsHeld + u"))"_s;
    auto& update = m_database.prepared(kReroute).bind(after).bind(last);
    if (auto done = update.exec(); !done) {
        return fail(done.error());
    }
    const qint64 count = update.affected();
    static const QString kForget =
        u"DELETE FROM spool_deliveries AS l WHERE l.spool_id > ? AND l.spool_id <= ? AND "_s + kIsLost;
    return m_database.prepared(kForget).bind(after).bind(last).exec().map([count] { return count; });
}

Result<QList<qint64>> RoutingRepository::goneAndSettled(qint64 after, qint64 last)
{
    static const QString kGone =
        u"SELECT i.id FROM spool_instances i WHERE i.id > ? AND i.id <= ? AND i.state = 2 AND "_s + kNothingLeft;
    auto& rows = m_database.prepared(kGone).bind(after).bind(last);
    if (auto done = rows.exec(); !done) {
        return fail(done.error());
    }
    QList<qint64> ids;
    while (rows.next()) {
        ids.append(rows.integer(0));
    }
    return ids;
}

Result<QList<HeldInstance>> RoutingRepository::held(qint64 after, int limit)
{
    auto& rows = m_database.prepared(
        u"SELECT h.id, h.spool_id, h.reason, h.rule, h.text, h.destination, h.after_rule, h.held_at, "
        "i.sop_instance_uid, t.study_instance_uid, s.modality, t.study_description, o.calling_ae_title, "
        "o.called_ae_title, o.peer_address, i.file_bytes FROM spool_holds h "
        "JOIN spool_instances i ON i.id = h.spool_id JOIN spool_sources o ON o.id = i.source_id "
        "JOIN spool_series s ON s.id = i.series_row JOIN spool_studies t ON t.id = s.study_row "
        "WHERE h.id > ? ORDER BY h.id LIMIT ?"_s);
    if (auto done = rows.bind(after).bind(limit).exec(); !done) {
        return fail(done.error());
    }
    QList<HeldInstance> found;
    while (rows.next()) {
        HeldInstance held;
        held.hold = {rows.integer(0), rows.integer(1), static_cast<HoldReason>(rows.number(2)), rows.text(3),
            rows.text(4), rows.text(5), rows.text(6), fromMilliseconds(rows.integer(7))};
        held.sopInstanceUid.value = rows.ascii(8);
        held.studyInstanceUid = rows.text(9);
        held.modality = rows.text(10);
        held.studyDescription = rows.text(11);
        held.source = {rows.text(12), rows.text(13), rows.text(14)};
        held.fileBytes = rows.integer(15);
        found.append(held);
    }
    return found;
}

Result<SpoolHold> RoutingRepository::hold(qint64 id)
{
    auto& row = m_database.prepared(u"SELECT id, spool_id, reason, rule, after_rule FROM spool_holds WHERE id = ?"_s);
    if (auto done = row.bind(id).exec(); !done) {
        return fail(done.error());
    }
    if (!row.next()) {
        return fail(ErrorCode::InvalidArgument, u"nothing is held with the number %1"_s.arg(id));
    }
    SpoolHold found;
    found.id = row.integer(0);
    found.spoolId = row.integer(1);
    found.reason = static_cast<HoldReason>(row.number(2));
    found.rule = row.text(3);
    found.afterRule = row.text(4);
    row.finish();
    return found;
}

Result<> RoutingRepository::remove(const SpoolHold& hold)
{
    return m_database.prepared(u"DELETE FROM spool_holds WHERE id = ?"_s).bind(hold.id).exec();
}

Result<> RoutingRepository::release(qint64 id)
{
    const auto released = hold(id);
    if (!released) {
        return fail(released.error());
    }
    const bool endedThere = released->reason == HoldReason::Rule || released->reason == HoldReason::Undecided;
    auto& update = m_database.prepared(u"UPDATE spool_instances SET routing = 0, after_rule = ? WHERE id = ?"_s);
    update.bindText(endedThere ? released->rule : released->afterRule).bind(released->spoolId);
    return update.exec().and_then([&] { return remove(*released); });
}

Result<> RoutingRepository::drop(qint64 id)
{
    const auto dropped = hold(id);
    if (!dropped) {
        return fail(dropped.error());
    }
    if (auto done = remove(*dropped); !done) {
        return done;
    }
    static const QString kDrop =
        u"UPDATE spool_instances SET routing = 3 WHERE id = ? AND routing = 1 AND "_s + kNothingElse;
    return m_database.prepared(kDrop).bind(dropped->spoolId).exec();
}

Result<qint64> RoutingRepository::decideUnmatched(RoutingState state, qint64& after, int limit)
{
    auto& row = m_database.prepared(u"SELECT max(id) FROM (SELECT id FROM spool_instances WHERE routing = 2 AND id > ? "
                                    "ORDER BY id LIMIT ?)"_s);
    const auto last = singleInteger(row.bind(after).bind(limit));
    if (!last || *last == 0) {
        return last;
    }
    auto& update =
        m_database.prepared(u"UPDATE spool_instances SET routing = ? WHERE routing = 2 AND id > ? AND id <= ?"_s);
    auto done = update.bind(static_cast<int>(state)).bind(after).bind(*last).exec();
    after = *last;
    return done.map([&update] { return update.affected(); });
}

Result<QList<RemovableInstance>> RoutingRepository::removable(qint64 after, int limit, WallTime newest, qint64& scanned)
{
    static const QString kRows = u"SELECT i.id, CASE WHEN i.received_at <= ? AND "_s + kNothingLeft +
        u" THEN 1 ELSE 0 END, i.received_at, (SELECT max(a.started_at) FROM spool_deliveries l JOIN attempts a "
        "ON a.delivery_id = l.delivery_id WHERE l.spool_id = i.id) "
        "FROM spool_instances i WHERE i.id > ? AND i.state <> 2 ORDER BY i.id LIMIT ?"_s;
    auto& rows = m_database.prepared(kRows);
    if (auto done = rows.bind(toMilliseconds(newest)).bind(after).bind(limit).exec(); !done) {
        return fail(done.error());
    }
    QList<RemovableInstance> found;
    while (rows.next()) {
        scanned = rows.integer(0);
        if (rows.number(1) != 0) {
            found.append({scanned, fromMilliseconds(std::max(rows.integer(2), rows.integer(3)))});
        }
    }
    return found;
}

Result<bool> RoutingRepository::isSettled(qint64 spoolId)
{
    static const QString kSettled = u"SELECT count(*) FROM spool_instances i WHERE i.id = ? AND "_s + kNothingLeft;
    return singleInteger(m_database.prepared(kSettled).bind(spoolId)).map([](qint64 count) { return count > 0; });
}

Result<SpoolShare> RoutingRepository::share(const QString& where)
{
    auto& row = m_database.prepared(
        u"SELECT count(*), total(i.file_bytes) FROM spool_instances i WHERE i.state <> 2 AND "_s + where);
    if (auto done = row.exec(); !done) {
        return fail(done.error());
    }
    const SpoolShare found = row.next() ? SpoolShare{row.integer(0), row.integer(1)} : SpoolShare();
    row.finish();
    return found;
}

Result<QList<DestinationShare>> RoutingRepository::shares(const QString& where)
{
    auto& rows = m_database.prepared(
        u"SELECT n.name, count(*), total(i.file_bytes) FROM spool_deliveries l JOIN deliveries d ON d.id = "
        "l.delivery_id JOIN jobs j ON j.id = d.id / 4294967296 JOIN destinations n ON n.id = j.destination_id "
        "JOIN spool_instances i ON i.id = l.spool_id WHERE i.state <> 2 AND "_s +
        where + u" GROUP BY n.name ORDER BY n.name"_s);
    if (auto done = rows.exec(); !done) {
        return fail(done.error());
    }
    QList<DestinationShare> found;
    while (rows.next()) {
        found.append({rows.text(0), {rows.integer(1), rows.integer(2)}});
    }
    return found;
}

Result<SpoolReport> RoutingRepository::report()
{
    SpoolReport report;
    const std::pair<SpoolShare*, QString> parts[] = {{&report.all, u"1"_s}, {&report.unrouted, u"i.routing = 0"_s},
        {&report.waiting, kIsWaiting}, {&report.held, kIsHeld}, {&report.unmatched, u"i.routing = 2"_s},
        {&report.kept, kNothingLeft}};
    for (const auto& [into, where] : parts) {
        const auto found = share(where);
        if (!found) {
            return fail(found.error());
        }
        *into = *found;
    }
    const auto undelivered = shares(u"d.state IN (0, 1)"_s);
    const auto rejected = shares(u"d.state = 4 AND j.settled = 0"_s);
    if (!undelivered || !rejected) {
        return fail(undelivered ? rejected.error() : undelivered.error());
    }
    report.undelivered = *undelivered;
    report.rejected = *rejected;
    const auto oldest = singleInteger(m_database.prepared(
        u"SELECT min(i.received_at) FROM spool_deliveries l JOIN deliveries d ON d.id = l.delivery_id "
        "JOIN spool_instances i ON i.id = l.spool_id WHERE d.state IN (0, 1)"_s));
    if (!oldest) {
        return fail(oldest.error());
    }
    report.oldestUndelivered = *oldest > 0 ? std::optional(fromMilliseconds(*oldest)) : std::nullopt;
    return report;
}

} // namespace radpost::store
