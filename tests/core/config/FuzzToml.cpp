#include "core/config/ConfigParser.h"
#include "core/config/ConfigText.h"
#include "core/config/RulesText.h"

#include <cstdlib>

using namespace radpost::config;
using namespace Qt::StringLiterals;

// What is read without a fault must come back unchanged from what we write, and an edit must keep the rest.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const QByteArray toml(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    const auto parsed = parseConfig(toml);
    if (!parsed.problems.empty()) {
        return 0;
    }
    const auto exported = parseConfig(destinationsToToml(parsed.config.destinations));
    if (!exported.problems.empty() || exported.config.destinations != parsed.config.destinations) {
        std::abort();
    }
    for (const auto& peer : parsed.config.peers) {
        const auto added = addPeer(toml, peer);
        if (added && parseConfig(*added).config.peers.back() != peer) {
            std::abort();
        }
        if (parseConfig(peerToToml(peer)).config.peers != std::vector{peer}) {
            std::abort();
        }
    }
    for (const auto& destination : parsed.config.destinations) {
        const auto removed = removeDestination(toml, destination.name);
        const auto left = removed ? parseConfig(*removed).config : Config();
        if (removed && (left.find(destination.name) != nullptr || left.rules != parsed.config.rules)) {
            std::abort();
        }
    }
    const auto without = changeRules(toml, {});
    if (without && parseConfig(*without).config.destinations != parsed.config.destinations) {
        std::abort();
    }
    return 0;
}
