#include "app/cli/PeerChoice.h"

#include "core/config/AddressRange.h"

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

bool overlap(const QString& one, const QString& other)
{
    const auto first = config::parseAddressRange(one);
    const auto second = config::parseAddressRange(other);
    return first && second && (first->contains(second->network) || second->contains(first->network));
}

bool overlap(const QStringList& some, const QStringList& others)
{
    return some.isEmpty() || others.isEmpty() || std::any_of(some.begin(), some.end(), [&others](const QString& one) {
        return std::any_of(others.begin(), others.end(), [&one](const QString& other) { return overlap(one, other); });
    });
}

} // namespace

std::vector<config::ServePeer> alsoAdmitting(
    const std::vector<config::ServePeer>& others, const config::ServePeer& peer)
{
    std::vector<config::ServePeer> found;
    std::copy_if(others.begin(), others.end(), std::back_inserter(found), [&peer](const config::ServePeer& other) {
        const bool hasTitle = other.aeTitle.isEmpty() || peer.aeTitle.isEmpty() || other.aeTitle == peer.aeTitle;
        return hasTitle && overlap(other.addresses, peer.addresses);
    });
    return found;
}

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
