#pragma once

#include "core/config/Settings.h"

#include <tl/expected.hpp>

#include <vector>

namespace radpost::engine {

/// Where C-MOVE may send: the destinations of the configuration by the AE title that we call them by, then the peers
/// that have a port. A value; any thread.
class MoveTargets final
{
public:
    MoveTargets() = default;
    MoveTargets(std::vector<config::Destination> destinations, const std::vector<config::ServePeer>& peers);

    enum class Miss {
        Unknown,   ///< nobody has the title
        Ambiguous, ///< several have it at different addresses: patients' data would go to whichever comes first
    };

    /// The one that has it; of several at the same host and port the first.
    [[nodiscard]] tl::expected<config::Destination, Miss> find(const AeTitle& aeTitle) const;

private:
    std::vector<config::Destination> m_targets;
};

} // namespace radpost::engine
