#include "core/engine/MoveTargets.h"

#include <algorithm>

namespace radpost::engine {

namespace {

bool isSameNode(const config::Destination& one, const config::Destination& other)
{
    return one.port == other.port && one.host.compare(other.host, Qt::CaseInsensitive) == 0;
}

} // namespace

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

tl::expected<config::Destination, MoveTargets::Miss> MoveTargets::find(const AeTitle& aeTitle) const
{
    const auto hasTitle = [&aeTitle](const auto& target) { return target.calledAeTitle == aeTitle; };
    const auto found = std::find_if(m_targets.begin(), m_targets.end(), hasTitle);
    if (aeTitle.isEmpty() || found == m_targets.end()) {
        return tl::unexpected(Miss::Unknown);
    }
    const bool isAmbiguous = std::any_of(
        found, m_targets.end(), [&](const auto& target) { return hasTitle(target) && !isSameNode(target, *found); });
    return isAmbiguous ? tl::expected<config::Destination, Miss>(tl::unexpected(Miss::Ambiguous)) : *found;
}

} // namespace radpost::engine
