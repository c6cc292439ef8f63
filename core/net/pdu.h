#pragma once

#include "core/base/Result.h"
#include "core/net/PresentationContext.h"
#include "core/net/bytes.h"

#include <QByteArray>

#include <optional>

namespace radpost::net {

/// The seven PDUs of PS3.8 9.3.1 as values, and their encoding. Pure functions over bytes; any thread. Decoders check
/// every length before they use it, skip items they do not know, and fail with ProtocolError.

enum class PduType : quint8 {
    AssociateRq = 0x01,
    AssociateAc = 0x02,
    AssociateRj = 0x03,
    PData = 0x04,
    ReleaseRq = 0x05,
    ReleaseRp = 0x06,
    Abort = 0x07,
};

inline constexpr std::size_t kPduHeaderSize = 6;
inline constexpr std::size_t kPdvHeaderSize = 6; ///< length, context id, message control header
inline constexpr std::size_t kDataHeaderSize = kPduHeaderSize + kPdvHeaderSize;

/// A PDU other than P-DATA that says it is longer than this is not one.
inline constexpr quint32 kMaxControlPduSize = 1 << 20;

struct PduHeader
{
    quint8 type = 0; ///< as received, may be none of PduType
    quint32 length = 0;
};

/// PS3.7 D.3.3.3; 0 = no limit.
struct AsyncWindow
{
    quint16 invoked = 1;
    quint16 performed = 1;
    friend bool operator==(const AsyncWindow&, const AsyncWindow&) = default;
};

/// PS3.7 D.3.3.4.
struct RoleSelection
{
    QByteArray sopClassUid;
    bool scu = true;
    bool scp = false;
    friend bool operator==(const RoleSelection&, const RoleSelection&) = default;
};

/// PS3.7 D.3.3.5.
struct SopClassExtended
{
    QByteArray sopClassUid;
    QByteArray information;
    friend bool operator==(const SopClassExtended&, const SopClassExtended&) = default;
};

/// PS3.7 D.3.3.6.
struct SopClassCommonExtended
{
    QByteArray sopClassUid;
    QByteArray serviceClassUid;
    std::vector<QByteArray> relatedSopClassUids;
    friend bool operator==(const SopClassCommonExtended&, const SopClassCommonExtended&) = default;
};

/// PS3.7 Table D.3-14.
enum class UserIdentityType : quint8 { Username = 1, UsernamePasscode = 2, Kerberos = 3, Saml = 4, Jwt = 5 };

struct UserIdentityRq
{
    UserIdentityType type = UserIdentityType::Username;
    bool responseRequested = false;
    QByteArray primary;
    QByteArray secondary; ///< the passcode
    friend bool operator==(const UserIdentityRq&, const UserIdentityRq&) = default;
};

struct UserIdentityAc
{
    QByteArray serverResponse;
    friend bool operator==(const UserIdentityAc&, const UserIdentityAc&) = default;
};

struct UserInformation
{
    std::optional<quint32> maxLength; ///< of the variable field of a P-DATA PDU; 0 = no limit (PS3.8 D.1)
    QByteArray implementationClassUid;
    QByteArray implementationVersionName;
    std::optional<AsyncWindow> asyncWindow;
    std::vector<RoleSelection> roles;
    std::vector<SopClassExtended> extended;
    std::vector<SopClassCommonExtended> commonExtended; ///< in a request only
    std::optional<UserIdentityRq> identity;             ///< in a request only
    std::optional<UserIdentityAc> identityAnswer;       ///< in an acceptance only
    friend bool operator==(const UserInformation&, const UserInformation&) = default;
};

/// PS3.8 9.3.2. AE titles are kept without the padding.
struct AssociateRq
{
    quint16 protocolVersion = 1; ///< a bit field; bit 0 is version 1
    QByteArray calledAeTitle;
    QByteArray callingAeTitle;
    QByteArray applicationContext;
    std::vector<ProposedContext> contexts;
    UserInformation user;
    friend bool operator==(const AssociateRq&, const AssociateRq&) = default;
};

/// PS3.8 9.3.3.
struct AssociateAc
{
    quint16 protocolVersion = 1;
    QByteArray calledAeTitle;
    QByteArray callingAeTitle;
    QByteArray applicationContext;
    std::vector<AnsweredContext> contexts;
    UserInformation user;
    friend bool operator==(const AssociateAc&, const AssociateAc&) = default;
};

enum class RejectResult : quint8 { Permanent = 1, Transient = 2 };
enum class RejectSource : quint8 { ServiceUser = 1, ServiceProviderAcse = 2, ServiceProviderPresentation = 3 };

/// Reasons by source (PS3.8 Table 9-21).
inline constexpr quint8 kRejectNoReason = 1;               ///< user and ACSE
inline constexpr quint8 kRejectApplicationContext = 2;     ///< user
inline constexpr quint8 kRejectCallingAeNotRecognised = 3; ///< user
inline constexpr quint8 kRejectCalledAeNotRecognised = 7;  ///< user
inline constexpr quint8 kRejectProtocolVersion = 2;        ///< ACSE
inline constexpr quint8 kRejectTemporaryCongestion = 1;    ///< presentation
inline constexpr quint8 kRejectLocalLimitExceeded = 2;     ///< presentation

/// PS3.8 9.3.4. What a reason means depends on the source: see rejectError().
struct AssociateRj
{
    quint8 result = 1;
    quint8 source = 1;
    quint8 reason = 1;
    friend bool operator==(const AssociateRj&, const AssociateRj&) = default;
};

enum class AbortSource : quint8 { ServiceUser = 0, ServiceProvider = 2 };

/// PS3.8 Table 9-26.
enum class AbortReason : quint8 {
    NotSpecified = 0,
    UnrecognizedPdu = 1,
    UnexpectedPdu = 2,
    UnrecognizedParameter = 4,
    UnexpectedParameter = 5,
    InvalidParameterValue = 6,
};

/// PS3.8 9.3.8.
struct Abort
{
    quint8 source = 0;
    quint8 reason = 0;
    friend bool operator==(const Abort&, const Abort&) = default;
};

/// A presentation data value; the bytes belong to the PDU it was decoded from (PS3.8 9.3.5.1, E.2).
struct Pdv
{
    quint8 contextId = 0;
    bool isCommand = false;
    bool isLast = false;
    ConstBytes fragment;
};

/// Whole PDUs, header included. Errors: InvalidArgument when something is too long for its length field, which a
/// user identity token can be.
[[nodiscard]] Result<Bytes> encode(const AssociateRq& pdu);
[[nodiscard]] Result<Bytes> encode(const AssociateAc& pdu);
[[nodiscard]] Bytes encode(const AssociateRj& pdu);
[[nodiscard]] Bytes encode(const Abort& pdu);
[[nodiscard]] Bytes encodeReleaseRq();
[[nodiscard]] Bytes encodeReleaseRp();

/// Writes the 12 bytes that stand before a fragment that has a P-DATA PDU of its own.
void writeDataHeader(std::byte* to, quint8 contextId, bool isCommand, bool isLast, quint32 fragmentSize);

/// The caller gives the six bytes of a PDU header.
[[nodiscard]] PduHeader decodePduHeader(const std::byte* header);

/// The @p body is what follows the PDU header, all of it.
[[nodiscard]] Result<AssociateRq> decodeAssociateRq(ConstBytes body);
[[nodiscard]] Result<AssociateAc> decodeAssociateAc(ConstBytes body);
[[nodiscard]] Result<AssociateRj> decodeAssociateRj(ConstBytes body);
[[nodiscard]] Result<Abort> decodeAbort(ConstBytes body);
[[nodiscard]] Result<std::vector<Pdv>> decodePData(ConstBytes body);

/// The error that a rejection is: CalledAeNotRecognised, CallingAeNotRecognised, PeerBusy (temporary congestion, local
/// limit exceeded), else AssociationRejected; the detail has result, source and reason (PS3.8 Table 9-21).
[[nodiscard]] Error rejectError(const AssociateRj& rejection);

/// PeerAborted with source and reason in the detail.
[[nodiscard]] Error abortError(const Abort& abort);

} // namespace radpost::net
