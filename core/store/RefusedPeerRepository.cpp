#include "core/store/RefusedPeerRepository.h"

#include "core/store/Database.h"
#include "core/store/walltime.h"

using namespace Qt::StringLiterals;

namespace radpost::store {

RefusedPeerRepository::RefusedPeerRepository(Database& database)
    : m_database(database)
{
}

Result<> RefusedPeerRepository::note(const RefusedPeer& peer)
{
    auto& row = m_database.prepared(
        u"INSERT INTO refused_peers (calling_ae_title, called_ae_title, peer_address, certificate_sha256, "
        "certificate_subject, reason, first_at, last_at, times) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (calling_ae_title, called_ae_title, peer_address, certificate_sha256) DO UPDATE SET "
        "reason = excluded.reason, last_at = excluded.last_at, times = times + excluded.times, "
        "certificate_subject = excluded.certificate_subject"_s);
    row.bindText(peer.source.callingAeTitle).bindText(peer.source.calledAeTitle).bindText(peer.source.peerAddress);
    row.bindText(peer.certificateSha256).bindText(peer.certificateSubject).bind(peer.reason);
    row.bind(toMilliseconds(peer.firstAt)).bind(toMilliseconds(peer.lastAt)).bind(peer.times);
    if (auto done = row.exec(); !done) {
        return done;
    }
    auto& ofAddress = m_database.prepared(
        u"DELETE FROM refused_peers WHERE peer_address = ? AND id NOT IN (SELECT id FROM refused_peers "
        "WHERE peer_address = ? ORDER BY last_at DESC, id DESC LIMIT ?)"_s);
    ofAddress.bindText(peer.source.peerAddress).bindText(peer.source.peerAddress).bind(kMostOfAddress);
    if (auto done = ofAddress.exec(); !done) {
        return done;
    }
    auto& trim = m_database.prepared(u"DELETE FROM refused_peers WHERE id NOT IN "
                                     "(SELECT id FROM refused_peers ORDER BY last_at DESC, id DESC LIMIT ?)"_s);
    return trim.bind(kMost).exec();
}

Result<> RefusedPeerRepository::remove(qint64 id)
{
    return m_database.prepared(u"DELETE FROM refused_peers WHERE id = ?"_s).bind(id).exec();
}

Result<QList<RefusedPeer>> RefusedPeerRepository::list()
{
    auto& rows = m_database.prepared(
        u"SELECT id, calling_ae_title, called_ae_title, peer_address, certificate_sha256, certificate_subject, reason, "
        "first_at, last_at, times FROM refused_peers ORDER BY last_at DESC, id DESC"_s);
    if (auto done = rows.exec(); !done) {
        return fail(done.error());
    }
    QList<RefusedPeer> peers;
    while (rows.next()) {
        peers.append({rows.integer(0), {rows.text(1), rows.text(2), rows.text(3)}, rows.text(4), rows.text(5),
            rows.number(6), fromMilliseconds(rows.integer(7)), fromMilliseconds(rows.integer(8)), rows.integer(9)});
    }
    return peers;
}

} // namespace radpost::store
