#include "app/cli/PeerChoice.h"

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

using IsMeant = std::function<bool(const config::ServePeer&)>;

const config::ServePeer* onlyOne(const std::vector<config::ServePeer>& peers, const IsMeant& isMeant)
{
    const auto found = std::find_if(peers.begin(), peers.end(), isMeant);
    const bool isOne = found != peers.end() && std::none_of(found + 1, peers.end(), isMeant);
    return isOne ? &*found : nullptr;
}

} // namespace

const config::ServePeer* findPeer(const config::Config& config, const QString& word)
{
    const auto hasName = [&word](const auto& peer) {
        return !peer.name.isEmpty() && peer.name.compare(word, Qt::CaseInsensitive) == 0;
    };
    if (std::any_of(config.peers.begin(), config.peers.end(), hasName)) {
        return onlyOne(config.peers, hasName);
    }
    return onlyOne(
        config.peers, [&word](const auto& peer) { return !peer.aeTitle.isEmpty() && peer.aeTitle.toString() == word; });
}

QString peerName(const config::ServePeer& peer)
{
    if (!peer.name.isEmpty()) {
        return peer.name;
    }
    return peer.aeTitle.isEmpty() ? peer.addresses.join(u", "_s) : peer.aeTitle.toString();
}

} // namespace radpost::cli
