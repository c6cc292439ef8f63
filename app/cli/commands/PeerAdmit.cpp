#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/Session.h"
#include "core/engine/RefusedCallers.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::cli {

CommandSpec peerAdmitSpec()
{
    return {u"peer admit"_s, u"NUMBER"_s, Cli::tr("Let a refused peer call the gateway"),
        Cli::tr("Writes a [[peer]] table to the configuration: the AE title and the address of the peer, and the "
                "fingerprint of its TLS certificate when it showed one. A gateway that runs takes it up at once. "
                "\"radpost peer list\" shows the numbers."),
        1, 1, {{u"name"_s, u"NAME"_s, Cli::tr("What people call it."), {}}}, {u"radpost peer admit 3 --name CT3"_s}};
}

ExitCode runPeerAdmit(Session& session, const Arguments& arguments)
{
    return withConfig(session, [&](const config::Config& /*config*/) {
        const auto refused = engine::refusedCallers(session.dataFolder());
        if (!refused) {
            return session.failed(refused.error());
        }
        const auto number = arguments.positional().first().toLongLong();
        const auto caller = std::find_if(
            refused->begin(), refused->end(), [number](const auto& candidate) { return candidate.id == number; });
        if (caller == refused->end()) {
            return session.misused(Cli::tr("No refused peer has this number."), u"peer admit"_s);
        }
        const auto peer = engine::peerFor(*caller, arguments.value(u"name"_s));
        if (const auto added = session.configFile().add(peer); !added) {
            return session.failed(added.error());
        }
        auto& console = session.console();
        console.event(u"peer-admitted"_s,
            {{u"aeTitle"_s, peer.aeTitle.toString()}, {u"address"_s, peer.addresses.join(u", "_s)},
                {u"certificate"_s, peer.certificate}});
        console.line(Cli::tr("%1 at %2 may call from now on.").arg(caller->callingAeTitle, caller->address));
        return ExitCode::Ok;
    });
}

} // namespace radpost::cli
