#include "core/net/AssociationState.h"

namespace radpost::net {

namespace {

using enum State;
using enum Action;

constexpr Transition kNone{};
constexpr Transition kUserAbort{AA1, Sta13};     ///< AA-1
constexpr Transition kProviderAbort{AA8, Sta13}; ///< AA-8

using Row = std::array<Transition, kStateCount>;

// Rows are events in their order, columns Sta1 to Sta13. AR-8 is given as for the requestor.
// clang-format off
constexpr std::array<Row, kEventCount> kTable {{
    // Evt1 A-ASSOCIATE request
    {{{AE1, Sta4}, kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone}},
    // Evt2 transport connection confirmed
    {{kNone, kNone, kNone, {AE2, Sta5}, kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone}},
    // Evt3 A-ASSOCIATE-AC PDU
    {{kNone, kUserAbort, kProviderAbort, kNone, {AE3, Sta6}, kProviderAbort, kProviderAbort, kProviderAbort,
      kProviderAbort, kProviderAbort, kProviderAbort, kProviderAbort, {AA6, Sta13}}},
    // Evt4 A-ASSOCIATE-RJ PDU
    {{kNone, kUserAbort, kProviderAbort, kNone, {AE4, Sta1}, kProviderAbort, kProviderAbort, kProviderAbort,
      kProviderAbort, kProviderAbort, kProviderAbort, kProviderAbort, {AA6, Sta13}}},
    // Evt5 transport connection indicated
    {{{AE5, Sta2}, kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone}},
    // Evt6 A-ASSOCIATE-RQ PDU
    {{kNone, {AE6, Sta3}, kProviderAbort, kNone, kProviderAbort, kProviderAbort, kProviderAbort, kProviderAbort,
      kProviderAbort, kProviderAbort, kProviderAbort, kProviderAbort, {AA7, Sta13}}},
    // Evt7 A-ASSOCIATE response, accept
    {{kNone, kNone, {AE7, Sta6}, kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone}},
    // Evt8 A-ASSOCIATE response, reject
    {{kNone, kNone, {AE8, Sta13}, kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone}},
    // Evt9 P-DATA request
    {{kNone, kNone, kNone, kNone, kNone, {DT1, Sta6}, kNone, {AR7, Sta8}, kNone, kNone, kNone, kNone, kNone}},
    // Evt10 P-DATA-TF PDU
    {{kNone, kUserAbort, kProviderAbort, kNone, kProviderAbort, {DT2, Sta6}, {AR6, Sta7}, kProviderAbort,
      kProviderAbort, kProviderAbort, kProviderAbort, kProviderAbort, {AA6, Sta13}}},
    // Evt11 A-RELEASE request
    {{kNone, kNone, kNone, kNone, kNone, {AR1, Sta7}, kNone, kNone, kNone, kNone, kNone, kNone, kNone}},
    // Evt12 A-RELEASE-RQ PDU
    {{kNone, kUserAbort, kProviderAbort, kNone, kProviderAbort, {AR2, Sta8}, {AR8, Sta9}, kProviderAbort,
      kProviderAbort, kProviderAbort, kProviderAbort, kProviderAbort, {AA6, Sta13}}},
    // Evt13 A-RELEASE-RP PDU
    {{kNone, kUserAbort, kProviderAbort, kNone, kProviderAbort, kProviderAbort, {AR3, Sta1}, kProviderAbort,
      kProviderAbort, {AR10, Sta12}, {AR3, Sta1}, kProviderAbort, {AA6, Sta13}}},
    // Evt14 A-RELEASE response
    {{kNone, kNone, kNone, kNone, kNone, kNone, kNone, {AR4, Sta13}, {AR9, Sta11}, kNone, kNone, {AR4, Sta13},
      kNone}},
    // Evt15 A-ABORT request
    {{kNone, kNone, kUserAbort, {AA2, Sta1}, kUserAbort, kUserAbort, kUserAbort, kUserAbort, kUserAbort, kUserAbort,
      kUserAbort, kUserAbort, kNone}},
    // Evt16 A-ABORT PDU
    {{kNone, {AA2, Sta1}, {AA3, Sta1}, kNone, {AA3, Sta1}, {AA3, Sta1}, {AA3, Sta1}, {AA3, Sta1}, {AA3, Sta1},
      {AA3, Sta1}, {AA3, Sta1}, {AA3, Sta1}, {AA2, Sta1}}},
    // Evt17 transport connection closed
    {{kNone, {AA5, Sta1}, {AA4, Sta1}, {AA4, Sta1}, {AA4, Sta1}, {AA4, Sta1}, {AA4, Sta1}, {AA4, Sta1}, {AA4, Sta1},
      {AA4, Sta1}, {AA4, Sta1}, {AA4, Sta1}, {AR5, Sta1}}},
    // Evt18 ARTIM expired
    {{kNone, {AA2, Sta1}, kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone, {AA2, Sta1}}},
    // Evt19 unrecognized or invalid PDU
    {{kNone, kUserAbort, kProviderAbort, kNone, kProviderAbort, kProviderAbort, kProviderAbort, kProviderAbort,
      kProviderAbort, kProviderAbort, kProviderAbort, kProviderAbort, {AA7, Sta13}}},
}};
// clang-format on

} // namespace

Transition transition(State state, Event event, Role role)
{
    const auto row = static_cast<std::size_t>(event) - 1;
    const auto column = static_cast<std::size_t>(state) - 1;
    auto found = kTable.at(row).at(column);
    if (found.action == AR8 && role == Role::Acceptor) {
        found.next = Sta10;
    }
    return found.action == None ? Transition{None, state} : found;
}

} // namespace radpost::net
