#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/PeerChoice.h"
#include "app/cli/Session.h"
#include "app/cli/TextWidth.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::cli {

CommandSpec peerRemoveSpec()
{
    return {u"peer remove"_s, u"PEER"_s, Cli::tr("Take a peer off the list of who may call the gateway"),
        Cli::tr(
            "Takes its [[peer]] table out of the configuration. PEER is its name or its AE title, as "
            "\"radpost peer list\" shows them. A gateway that runs takes it up at once; what the peer is sending at "
            "that moment still arrives."),
        1, 1, {}, {u"radpost peer remove CT3"_s}};
}

namespace {

void tellWhatAdmits(Console& console, const config::Config& config, const config::ServePeer& removed)
{
    if (config.settings.serve.access == config::ServeAccess::Anyone) {
        console.line(Cli::tr("It may still send: serve.access lets anyone call."));
    }
    auto others = config.peers;
    others.erase(std::find(others.begin(), others.end(), removed));
    for (const auto& other : alsoAdmitting(others, removed)) {
        console.line(Cli::tr("The entry of %1 may still let it call.").arg(printable(peerName(other))));
    }
}

} // namespace

ExitCode runPeerRemove(Session& session, const Arguments& arguments)
{
    return withConfig(session, [&](const config::Config& config) {
        const auto word = arguments.positional().first();
        const auto* found = findPeer(config, word);
        if (found == nullptr) {
            return session.misused(
                Cli::tr("There is not exactly one peer with the name or AE title %1.").arg(word), u"peer remove"_s);
        }
        const auto peer = *found;
        if (const auto removed = session.configFile().remove(peer); !removed) {
            return session.failed(removed.error());
        }
        auto& console = session.console();
        console.event(u"peer-removed"_s, {{u"name"_s, peer.name}, {u"aeTitle"_s, peer.aeTitle.toString()}});
        console.line(Cli::tr("%1 is no longer listed.").arg(printable(peerName(peer))));
        tellWhatAdmits(console, config, peer);
        return ExitCode::Ok;
    });
}

} // namespace radpost::cli
