#pragma once

#include "core/net/Association.h"
#include "core/net/dimse.h"

#include <memory>

namespace radpost::net {

/// Status values our own receivers answer with (PS3.4 B.2.3, PS3.7 Annex C).
inline constexpr quint16 kStatusSuccess = 0x0000;
inline constexpr quint16 kStatusProcessingFailure = 0x0110;
inline constexpr quint16 kStatusSopClassNotSupported = 0x0122;
inline constexpr quint16 kStatusUnrecognizedOperation = 0x0211;
inline constexpr quint16 kStatusOutOfResources = 0xA700;

/// Who is at the other end of a connection, before it has said anything.
struct Caller
{
    QString address{}; ///< without port
    bool isSecured = false;
    QString certificateSubject{}; ///< RFC 2253; empty: none was shown
    QString certificateSha256{};  ///< lower-case hexadecimal
};

/// Who sends, as a handler needs it.
struct PeerInfo
{
    QByteArray callingAeTitle;
    QByteArray calledAeTitle;
    QString address;
    qint64 association = 0; ///< numbers the accepted associations of this process; 0: none
    Caller caller{};
};

/// What a C-STORE ends with.
struct StoreReply
{
    quint16 status = kStatusSuccess;
    QByteArray errorComment{}; ///< at most 64 characters
    QByteArray fileName{};     ///< where it is kept; for us, not for the peer
    bool isDuplicate = false;  ///< it was there before, bit for bit; likewise
};

/// Takes one data set. Made and used by one association's thread; destroyed without finish() when the object never came
/// whole: then nothing of it may stay.
class StoreSink
{
public:
    virtual ~StoreSink() = default;

    /// The next bytes, in order; only valid during the call. A sink that failed goes on to accept bytes and says so in
    /// finish(), since the peer has no other way to learn it.
    virtual void write(std::span<const ConstBytes> parts) = 0;

    /// The data set is complete; the reply goes to the peer.
    [[nodiscard]] virtual StoreReply finish() = 0;
};

/// Where received instances go. Called from many association threads at once.
class StoreHandler
{
public:
    virtual ~StoreHandler() = default;
    [[nodiscard]] virtual std::unique_ptr<StoreSink> begin(
        const CommandSet& request, const AcceptedContext& context, const PeerInfo& peer) = 0;
};

/// Asked at each C-ECHO. Called from many association threads at once.
class EchoHandler
{
public:
    virtual ~EchoHandler() = default;
    [[nodiscard]] virtual quint16 echo(const PeerInfo& peer) = 0;
};

} // namespace radpost::net
