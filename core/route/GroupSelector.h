#pragma once

#include "core/config/Rule.h"
#include "core/base/StrongId.h"
#include "core/route/Routing.h"

#include <functional>

namespace radpost::route {

/// What routing asks the world about; each may be empty. Called from the thread that evaluates.
struct Surroundings
{
    /// Whether a destination takes deliveries now. None: all do.
    std::function<bool(const QString& destination)> isHealthy;
    /// The member of a balancing group that got earlier instances of a study, empty: none did. It goes on getting them
    /// while it is healthy, also when others came back meanwhile.
    std::function<QString(const QString& group, const StudyInstanceUid& study)> earlierMember;
};

/// Failover: the first healthy member. Balance: by rendezvous hashing of the Study Instance UID over the healthy ones,
/// so that a study stays together, and that only studies of a member that fails move. When none is healthy: as if all
/// were, and deliveries wait there. A pure function of its arguments, the same on every computer.
[[nodiscard]] GroupChoice chooseMember(
    const config::DestinationGroup& group, const StudyInstanceUid& study, const Surroundings& surroundings);

} // namespace radpost::route
