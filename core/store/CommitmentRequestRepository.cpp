#include "core/store/CommitmentRequestRepository.h"

#include "core/store/Database.h"
#include "core/store/SpoolTypes.h"
#include "core/store/walltime.h"

#include <QByteArrayList>

using namespace Qt::StringLiterals;

namespace radpost::store {

namespace {

const QString kSelect = u"SELECT id, transaction_uid, calling_ae_title, called_ae_title, peer_address, asked_at, "
                        "next_at, tries, instances FROM commitment_requests "_s;

// A line for each: class, a blank, instance.
QByteArray textOf(const CommitmentRequestRow& row)
{
    QByteArrayList lines;
    for (const auto& [sopClass, instance] : row.instances) {
        lines.append(sopClass.value + ' ' + instance.value);
    }
    return lines.join('\n');
}

QList<std::pair<SopClassUid, SopInstanceUid>> instancesOf(const QByteArray& text)
{
    QList<std::pair<SopClassUid, SopInstanceUid>> list;
    for (const auto& line : text.split('\n')) {
        const auto blank = line.indexOf(' ');
        list.append({SopClassUid{line.left(blank)}, SopInstanceUid{line.mid(blank + 1)}});
    }
    return list;
}

} // namespace

CommitmentRequestRepository::CommitmentRequestRepository(Database& database)
    : m_database(database)
{
}

Result<CommitmentRequestRepository::Entry> CommitmentRequestRepository::add(const CommitmentRequestRow& row)
{
    const auto known = find(row.callingAeTitle, row.transactionUid);
    if (!known) {
        return fail(known.error());
    }
    if (known->has_value()) {
        return (*known)->instances == row.instances ? Entry::Known : Entry::Other;
    }
    const auto text = textOf(row);
    const auto isRoom = hasRoom(row, text.size());
    if (!isRoom || !*isRoom) {
        return isRoom.map([](bool) { return Entry::NoRoom; });
    }
    auto& insert = m_database.prepared(
        u"INSERT INTO commitment_requests (transaction_uid, calling_ae_title, called_ae_title, peer_address, asked_at, "
        "next_at, instances) VALUES (?, ?, ?, ?, ?, ?, ?)"_s);
    insert.bindText(QString::fromLatin1(row.transactionUid)).bindText(QString::fromLatin1(row.callingAeTitle));
    insert.bindText(QString::fromLatin1(row.calledAeTitle)).bindText(row.peerAddress);
    insert.bind(toMilliseconds(row.askedAt)).bind(toMilliseconds(row.nextAt)).bind(text); // bytes: see bytes()
    return insert.exec().map([] { return Entry::Made; });
}

Result<bool> CommitmentRequestRepository::hasRoom(const CommitmentRequestRow& row, qint64 bytes)
{
    const auto all = count();
    const auto own = all ? countOf(row.callingAeTitle) : all;
    const auto held = own ? this->bytes() : own;
    return held.map([&](qint64 before) { return *all < kMost && *own < kMostOfOne && before + bytes <= kMostBytes; });
}

Result<> CommitmentRequestRepository::postpone(qint64 id, WallTime nextAt)
{
    auto& update = m_database.prepared(u"UPDATE commitment_requests SET next_at = ?, tries = tries + 1 WHERE id = ?"_s);
    return update.bind(toMilliseconds(nextAt)).bind(id).exec();
}

Result<> CommitmentRequestRepository::remove(qint64 id)
{
    return m_database.prepared(u"DELETE FROM commitment_requests WHERE id = ?"_s).bind(id).exec();
}

Result<QList<CommitmentRequestRow>> CommitmentRequestRepository::read(Statement& rows)
{
    if (auto done = rows.exec(); !done) {
        return fail(done.error());
    }
    QList<CommitmentRequestRow> list;
    while (rows.next()) {
        list.append({rows.integer(0), rows.ascii(1), rows.ascii(2), rows.ascii(3), rows.text(4),
            fromMilliseconds(rows.integer(5)), fromMilliseconds(rows.integer(6)), rows.number(7),
            instancesOf(rows.ascii(8))});
    }
    return list;
}

Result<QList<CommitmentRequestRow>> CommitmentRequestRepository::due(WallTime now, int limit)
{
    auto& rows = m_database.prepared(kSelect + u"WHERE next_at <= ? ORDER BY next_at, id LIMIT ?"_s);
    return read(rows.bind(toMilliseconds(now)).bind(limit));
}

Result<std::optional<WallTime>> CommitmentRequestRepository::nextDue()
{
    return m_database.integer(u"SELECT coalesce(min(next_at), -1) FROM commitment_requests"_s).map([](qint64 at) {
        return at < 0 ? std::nullopt : std::optional(fromMilliseconds(at));
    });
}

Result<std::optional<CommitmentRequestRow>> CommitmentRequestRepository::find(
    const QByteArray& callingAeTitle, const QByteArray& transactionUid)
{
    auto& rows = m_database.prepared(kSelect + u"WHERE calling_ae_title = ? AND transaction_uid = ?"_s);
    rows.bindText(QString::fromLatin1(callingAeTitle)).bindText(QString::fromLatin1(transactionUid));
    return read(rows).map([](const QList<CommitmentRequestRow>& list) {
        return list.isEmpty() ? std::nullopt : std::optional(list.front());
    });
}

Result<qint64> CommitmentRequestRepository::count()
{
    return m_database.integer(u"SELECT count(*) FROM commitment_requests"_s);
}

Result<qint64> CommitmentRequestRepository::countOf(const QByteArray& callingAeTitle)
{
    auto& rows = m_database.prepared(u"SELECT count(*) FROM commitment_requests WHERE calling_ae_title = ?"_s);
    if (auto done = rows.bindText(QString::fromLatin1(callingAeTitle)).exec(); !done) {
        return fail(done.error());
    }
    const qint64 found = rows.next() ? rows.integer(0) : 0;
    rows.finish();
    return found;
}

// SQLite knows the length of bytes without reading them, and that of text only by reading all of it.
Result<qint64> CommitmentRequestRepository::bytes()
{
    return m_database.integer(u"SELECT coalesce(sum(length(instances)), 0) FROM commitment_requests"_s);
}

// A superseded version was acknowledged too, but it is the current one that is held for good.
Result<CommitmentRequestRepository::Holding> CommitmentRequestRepository::holding(
    const SopClassUid& sopClass, const SopInstanceUid& instance)
{
    auto& rows = m_database.prepared(u"SELECT c.sop_class_uid FROM spool_instances s JOIN contexts c "
                                     "ON c.id = s.context_id WHERE s.sop_instance_uid = ? AND s.state = ?"_s);
    rows.bindText(instance.toString()).bind(static_cast<int>(SpoolState::Current));
    if (auto done = rows.exec(); !done) {
        return fail(done.error());
    }
    auto holding = Holding::None;
    while (rows.next()) {
        const bool isSame = rows.ascii(0) == sopClass.value;
        holding = isSame || holding == Holding::Held ? Holding::Held : Holding::OtherClass;
    }
    return holding;
}

} // namespace radpost::store
