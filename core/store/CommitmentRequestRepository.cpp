#include "core/store/CommitmentRequestRepository.h"

#include "core/store/Database.h"
#include "core/store/SpoolTypes.h"
#include "core/store/walltime.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace radpost::store {

namespace {

const QString kSelect = u"SELECT id, transaction_uid, calling_ae_title, called_ae_title, peer_address, asked_at, "
                        "next_at, tries, instances FROM commitment_requests "_s;

// A line for each: class, a blank, instance.
QString textOf(const CommitmentRequestRow& row)
{
    QStringList lines;
    for (const auto& [sopClass, instance] : row.instances) {
        lines.append(sopClass.toString() + u' ' + instance.toString());
    }
    return lines.join(u'\n');
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
    const auto open = known ? count() : fail(known.error());
    if (!open) {
        return fail(open.error());
    }
    if (known->has_value() || *open >= kMost) {
        return known->has_value() ? Entry::Known : Entry::NoRoom;
    }
    auto& insert = m_database.prepared(
        u"INSERT INTO commitment_requests (transaction_uid, calling_ae_title, called_ae_title, peer_address, asked_at, "
        "next_at, instances) VALUES (?, ?, ?, ?, ?, ?, ?)"_s);
    insert.bindText(QString::fromLatin1(row.transactionUid)).bindText(QString::fromLatin1(row.callingAeTitle));
    insert.bindText(QString::fromLatin1(row.calledAeTitle)).bindText(row.peerAddress);
    insert.bind(toMilliseconds(row.askedAt)).bind(toMilliseconds(row.nextAt)).bindText(textOf(row));
    return insert.exec().map([] { return Entry::Made; });
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
