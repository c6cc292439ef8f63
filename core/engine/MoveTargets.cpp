#include "core/engine/MoveTargets.h"

#include <algorithm>

namespace radpost::engine {

MoveTargets::MoveTargets(std::vector<config::Destination> destinations, const std::vector<config::ServePeer>& peers)
    : m_targets(std::move(destinations))
{
    for (const auto& peer : peers) {
        if (peer.port == 0 || peer.addresses.isEmpty()) {
            continue;
        }
        config::Destination target;
        target.name = peer.name.isEmpty() ? peer.aeTitle.toString() : peer.name;
        target.host = peer.addresses.first();
        target.port = peer.port;
        target.calledAeTitle = peer.aeTitle;
        m_targets.push_back(std::move(target));
    }
}

std::optional<config::Destination> MoveTargets::find(const AeTitle& aeTitle) const
{
    const auto found = std::find_if(m_targets.begin(), m_targets.end(),
        [&aeTitle](const config::Destination& target) { return target.calledAeTitle == aeTitle; });
    return found == m_targets.end() ? std::nullopt : std::optional(*found);
}

} // namespace radpost::engine
