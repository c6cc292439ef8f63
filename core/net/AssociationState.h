#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace radpost::net {

/// The DICOM Upper Layer protocol machine of PS3.8 9.2 (Tables 9-1 to 9-10), as a table and nothing else.

enum class State : std::uint8_t {
    Sta1 = 1, ///< idle
    Sta2,     ///< transport open, awaiting A-ASSOCIATE-RQ
    Sta3,     ///< awaiting local A-ASSOCIATE response
    Sta4,     ///< awaiting transport connection
    Sta5,     ///< awaiting A-ASSOCIATE-AC or -RJ
    Sta6,     ///< ready for data transfer
    Sta7,     ///< awaiting A-RELEASE-RP
    Sta8,     ///< awaiting local A-RELEASE response
    Sta9,     ///< release collision, requestor: awaiting local A-RELEASE response
    Sta10,    ///< release collision, acceptor: awaiting A-RELEASE-RP
    Sta11,    ///< release collision, requestor: awaiting A-RELEASE-RP
    Sta12,    ///< release collision, acceptor: awaiting local A-RELEASE response
    Sta13,    ///< awaiting the close of the transport
};
inline constexpr std::size_t kStateCount = 13;

enum class Event : std::uint8_t {
    AssociateRequest = 1, ///< Evt1, local
    TransportConfirm,     ///< Evt2
    AssociateAcPdu,       ///< Evt3
    AssociateRjPdu,       ///< Evt4
    TransportIndication,  ///< Evt5
    AssociateRqPdu,       ///< Evt6
    AssociateAccept,      ///< Evt7, local
    AssociateReject,      ///< Evt8, local
    DataRequest,          ///< Evt9, local
    DataPdu,              ///< Evt10
    ReleaseRequest,       ///< Evt11, local
    ReleaseRqPdu,         ///< Evt12
    ReleaseRpPdu,         ///< Evt13
    ReleaseResponse,      ///< Evt14, local
    AbortRequest,         ///< Evt15, local
    AbortPdu,             ///< Evt16
    TransportClosed,      ///< Evt17
    ArtimExpired,         ///< Evt18
    InvalidPdu,           ///< Evt19
};
inline constexpr std::size_t kEventCount = 19;

/// Named as in PS3.8 Tables 9-6 to 9-9.
enum class Action : std::uint8_t {
    None, ///< the event cannot come in this state
    AE1,
    AE2,
    AE3,
    AE4,
    AE5,
    AE6,
    AE7,
    AE8,
    DT1,
    DT2,
    AR1,
    AR2,
    AR3,
    AR4,
    AR5,
    AR6,
    AR7,
    AR8,
    AR9,
    AR10,
    AA1,
    AA2,
    AA3,
    AA4,
    AA5,
    AA6,
    AA7,
    AA8,
};

struct Transition
{
    Action action = Action::None;
    State next = State::Sta1;
    friend constexpr bool operator==(const Transition&, const Transition&) = default;
};

/// Which side of the association we are; AR-8 leads each to another state.
enum class Role : std::uint8_t { Requestor, Acceptor };

/// What PS3.8 Table 9-10 says; Action::None for an empty cell, and then the state stays.
/// AE-6 is given for an acceptable request (Sta3): a refusal is Evt8 on it, which is how our acceptor works.
[[nodiscard]] Transition transition(State state, Event event, Role role);

} // namespace radpost::net
