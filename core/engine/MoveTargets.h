#pragma once

#include "core/config/Settings.h"

#include <optional>
#include <vector>

namespace radpost::engine {

/// Where C-MOVE may send: the destinations of the configuration by the AE title that we call them by, then the peers
/// that have a port. A value; any thread.
class MoveTargets final
{
public:
    MoveTargets() = default;
    MoveTargets(std::vector<config::Destination> destinations, const std::vector<config::ServePeer>& peers);

    /// The first one that has it; nothing: nobody has.
    [[nodiscard]] std::optional<config::Destination> find(const AeTitle& aeTitle) const;

private:
    std::vector<config::Destination> m_targets;
};

} // namespace radpost::engine
