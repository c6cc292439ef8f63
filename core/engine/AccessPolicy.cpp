#include "core/engine/AccessPolicy.h"

#include "core/base/loopback.h"
#include "core/dicom/SopClass.h"
#include "core/dicom/uid.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::engine {

namespace {

constexpr qsizetype kSha256Digits = 64;

/// 64 hexadecimal digits, with or without colons; empty when @p text is none.
QString fingerprintOf(const QString& text)
{
    QString digits = text.toLower();
    digits.remove(u':');
    const auto isHex = [](QChar c) { return c.isDigit() || (c >= u'a' && c <= u'f'); };
    const bool isOne = digits.size() == kSha256Digits && std::all_of(digits.begin(), digits.end(), isHex);
    return isOne ? digits : QString();
}

bool contains(const QStringList& list, const QByteArray& uid)
{
    return list.isEmpty() || list.contains(QString::fromLatin1(uid));
}

/// Beside the table's: private ones, and those that later editions add under the same roots (PS3.6 Table A-1).
bool canBeStorage(const QByteArray& uid)
{
    return !uid.startsWith("1.2.840.10008.") || uid.startsWith("1.2.840.10008.5.1.4.1.1.") ||
        dicom::SopClass::find(uid) != nullptr;
}

} // namespace

AccessPolicy::AccessPolicy(const config::ServeSettings& settings, const std::vector<config::ServePeer>& peers)
    : m_settings(settings)
{
    for (const auto& listed : peers) {
        Peer peer;
        peer.aeTitle = listed.aeTitle;
        for (const auto& address : listed.addresses) {
            if (const auto range = config::parseAddressRange(address)) {
                peer.ranges.push_back(*range);
            }
        }
        const auto fingerprint = fingerprintOf(listed.certificate);
        peer.isFingerprint = !fingerprint.isEmpty();
        peer.certificate = peer.isFingerprint ? fingerprint : listed.certificate;
        peer.rights = {listed.mayQuery, listed.mayRetrieve};
        m_peers.push_back(std::move(peer));
    }
}

RefusalReason AccessPolicy::judge(const AccessRequest& request, const AeTitle& ownAeTitle) const
{
    const auto& own = ownAeTitle.isEmpty() ? m_settings.aeTitle : ownAeTitle;
    const bool mayCall = m_settings.access == config::ServeAccess::Anyone || isListed(request);
    if (!mayCall) {
        return RefusalReason::NotListed; // a stranger does not learn whether the title was right
    }
    return own.isEmpty() || request.calledAeTitle == own.value ? RefusalReason::None : RefusalReason::CalledAeTitle;
}

bool AccessPolicy::isListed(const AccessRequest& request) const
{
    return isLoopback(request.address) ||
        std::any_of(m_peers.begin(), m_peers.end(), [&request](const Peer& peer) { return isLike(peer, request); });
}

PeerRights AccessPolicy::rightsOf(const AccessRequest& request) const
{
    const bool isOwn = isLoopback(request.address);
    PeerRights rights{isOwn, isOwn};
    for (const auto& peer : m_peers) {
        const bool isMeant = isLike(peer, request);
        rights.query |= isMeant && peer.rights.query;
        rights.retrieve |= isMeant && peer.rights.retrieve;
    }
    return rights;
}

bool AccessPolicy::mayCallFrom(const QString& address) const
{
    return m_settings.access == config::ServeAccess::Anyone || isLoopback(address) ||
        std::any_of(m_peers.begin(), m_peers.end(), [&address](const Peer& peer) { return isAt(peer, address); });
}

bool AccessPolicy::isAt(const Peer& peer, const QString& address)
{
    const auto parsed = config::parseIpAddress(address);
    const auto holds = [&parsed](const config::AddressRange& range) { return parsed && range.contains(*parsed); };
    return peer.ranges.empty() || std::any_of(peer.ranges.begin(), peer.ranges.end(), holds);
}

bool AccessPolicy::isLike(const Peer& peer, const AccessRequest& request)
{
    if (!peer.aeTitle.isEmpty() && peer.aeTitle.value != request.callingAeTitle) {
        return false;
    }
    if (!isAt(peer, request.address)) {
        return false;
    }
    const auto& shown = peer.isFingerprint ? request.certificateSha256 : request.certificateSubject;
    return peer.certificate.isEmpty() || peer.certificate == shown;
}

bool AccessPolicy::takesSopClass(const QByteArray& uid) const
{
    return dicom::isValidUid(uid) && contains(m_settings.sopClassUids, uid) &&
        (!m_settings.sopClassUids.isEmpty() || canBeStorage(uid));
}

bool AccessPolicy::takesTransferSyntax(const QByteArray& uid) const
{
    return dicom::isValidUid(uid) && contains(m_settings.transferSyntaxUids, uid);
}

} // namespace radpost::engine
