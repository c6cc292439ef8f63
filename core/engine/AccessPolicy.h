#pragma once

#include "core/config/AddressRange.h"
#include "core/config/Settings.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace radpost::engine {

/// Why somebody was not let in. The numbers are stored.
enum class RefusalReason {
    None = 0,
    CalledAeTitle = 1, ///< asked for another AE title than ours
    NotListed = 2,
    TooMany = 3, ///< associations of this AE title
    NoRoom = 4,  ///< the disk has reached its reserve, the spool its quota, or one of them is not there
};

/// Who calls, as far as it is known when an association is asked for.
struct AccessRequest
{
    QByteArray callingAeTitle;
    QByteArray calledAeTitle;
    QString address; ///< without port
    QString certificateSubject{};
    QString certificateSha256{};
};

/// What a caller may do beside storing.
struct PeerRights
{
    bool query = false;    ///< C-FIND
    bool retrieve = false; ///< C-MOVE and C-GET
    friend bool operator==(const PeerRights&, const PeerRights&) = default;
};

/// Who may open associations, and what they may send. Immutable; any thread.
class AccessPolicy final
{
public:
    AccessPolicy(const config::ServeSettings& settings, const std::vector<config::ServePeer>& peers);

    /// None, CalledAeTitle or NotListed. @p ownAeTitle is that of the listener, empty for any.
    [[nodiscard]] RefusalReason judge(const AccessRequest& request, const AeTitle& ownAeTitle) const;

    /// Whether somebody who is let in may call from @p address: a listed peer, this machine, or, where it does not
    /// matter, anyone.
    [[nodiscard]] bool mayCallFrom(const QString& address) const;

    /// What patients' data may be shown to: this machine itself, and those peers that were given the right by name,
    /// whatever serve.access says.
    [[nodiscard]] PeerRights rightsOf(const AccessRequest& request) const;

    /// Storage SOP classes, known, later and private, unless the settings have a list, and nothing that is no UID: that
    /// would be proposed to destinations. Verification is not asked here.
    [[nodiscard]] bool takesSopClass(const QByteArray& uid) const;
    [[nodiscard]] bool takesTransferSyntax(const QByteArray& uid) const;

    [[nodiscard]] const config::ServeSettings& settings() const { return m_settings; }

private:
    struct Peer
    {
        AeTitle aeTitle;
        std::vector<config::AddressRange> ranges;
        QString certificate;
        bool isFingerprint = false;
        PeerRights rights;
    };

    [[nodiscard]] bool isListed(const AccessRequest& request) const;
    [[nodiscard]] static bool isAt(const Peer& peer, const QString& address);
    [[nodiscard]] static bool isLike(const Peer& peer, const AccessRequest& request);

    config::ServeSettings m_settings;
    std::vector<Peer> m_peers;
};

} // namespace radpost::engine
