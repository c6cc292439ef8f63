#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/PeerChoice.h"
#include "app/cli/Session.h"
#include "app/cli/TextWidth.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

CommandSpec peerRemoveSpec()
{
    return {u"peer remove"_s, u"PEER"_s, Cli::tr("Do not let a peer call the gateway any more"),
        Cli::tr(
            "Takes its [[peer]] table out of the configuration. PEER is its name or its AE title, as "
            "\"radpost peer list\" shows them. A gateway that runs takes it up at once; what the peer is sending at "
            "that moment still arrives."),
        1, 1, {}, {u"radpost peer remove CT3"_s}};
}

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
        console.line(Cli::tr("%1 may not call any more.").arg(printable(peerName(peer))));
        return ExitCode::Ok;
    });
}

} // namespace radpost::cli
