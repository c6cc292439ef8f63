#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/PeerChoice.h"
#include "app/cli/Session.h"
#include "app/cli/TextWidth.h"
#include "core/engine/RefusedCallers.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

QStringList rightsText(const config::ServePeer& peer)
{
    QStringList rights{Cli::tr("may send")};
    if (peer.mayQuery) {
        rights.append(Cli::tr("may query"));
    }
    if (peer.mayRetrieve) {
        rights.append(Cli::tr("may retrieve"));
    }
    return rights;
}

void grant(const Arguments& arguments, config::ServePeer& peer)
{
    peer.mayQuery = peer.mayQuery || arguments.has(u"query"_s);
    peer.mayRetrieve = peer.mayRetrieve || arguments.has(u"retrieve"_s);
    if (arguments.has(u"name"_s)) {
        peer.name = arguments.value(u"name"_s);
    }
}

ExitCode tell(const Session& session, const config::ServePeer& peer)
{
    auto& console = session.console();
    console.event(u"peer-admitted"_s,
        {{u"name"_s, peer.name}, {u"aeTitle"_s, peer.aeTitle.toString()}, {u"address"_s, peer.addresses.join(u", "_s)},
            {u"certificate"_s, peer.certificate}, {u"query"_s, peer.mayQuery}, {u"retrieve"_s, peer.mayRetrieve}});
    const QString who = printable(peer.aeTitle.isEmpty() ? peerName(peer) : peer.aeTitle.toString());
    console.line(peer.addresses.isEmpty()
            ? Cli::tr("%1 may call from now on.").arg(who)
            : Cli::tr("%1 at %2 may call from now on.").arg(who, printable(peer.addresses.join(u", "_s))));
    console.line(u"  "_s + rightsText(peer).join(u", "_s));
    return ExitCode::Ok;
}

ExitCode grantMore(Session& session, const Arguments& arguments, const config::ServePeer& peer)
{
    auto more = peer;
    grant(arguments, more);
    const auto replaced = more == peer ? Result<>() : session.configFile().replace(peer, more);
    return replaced ? tell(session, more) : session.failed(replaced.error());
}

ExitCode admit(Session& session, const Arguments& arguments, const engine::RefusedCaller& caller)
{
    auto peer = engine::peerFor(caller);
    if (peer.aeTitle.isEmpty()) { // without one the table would admit every title of that address
        return session.misused(Cli::tr("This caller has no AE title. If every title of %1 may call, write the [[peer]] "
                                       "table into the configuration.")
                                   .arg(caller.address),
            u"peer admit"_s);
    }
    grant(arguments, peer);
    const auto added = session.configFile().add(peer);
    return added ? tell(session, peer) : session.failed(added.error());
}

} // namespace

CommandSpec peerAdmitSpec()
{
    return {u"peer admit"_s, u"NUMBER|PEER"_s, Cli::tr("Let a refused peer call the gateway, or grant a peer more"),
        Cli::tr("Writes a [[peer]] table to the configuration: the AE title and the address of the peer, and the "
                "fingerprint of its TLS certificate when it showed one. It may send then; to query and to retrieve it "
                "needs --query and --retrieve. With the name or AE title of a listed peer, that one gets these rights, "
                "too. A gateway that runs takes it up at once. \"radpost peer list\" shows the numbers."),
        1, 1,
        {{u"name"_s, u"NAME"_s, Cli::tr("What people call it."), {}},
            {u"query"_s, {}, Cli::tr("It may query what the gateway holds (C-FIND)."), {}},
            {u"retrieve"_s, {}, Cli::tr("It may retrieve what the gateway holds (C-MOVE and C-GET)."), {}}},
        {u"radpost peer admit 3 --name CT3"_s, u"radpost peer admit CT3 --query --retrieve"_s}};
}

ExitCode runPeerAdmit(Session& session, const Arguments& arguments)
{
    return withConfig(session, [&](const config::Config& config) {
        const auto word = arguments.positional().first();
        bool isNumber = false;
        const auto number = word.toLongLong(&isNumber);
        if (!isNumber) {
            const auto* peer = findPeer(config, word);
            return peer != nullptr
                ? grantMore(session, arguments, config::ServePeer(*peer))
                : session.misused(Cli::tr("There is not exactly one peer with the name or AE title %1.").arg(word),
                      u"peer admit"_s);
        }
        const auto refused = engine::refusedCallers(session.dataFolder());
        if (!refused) {
            return session.failed(refused.error());
        }
        const auto caller = std::find_if(
            refused->begin(), refused->end(), [number](const auto& candidate) { return candidate.id == number; });
        return caller != refused->end() ? admit(session, arguments, *caller)
                                        : session.misused(Cli::tr("No refused peer has this number."), u"peer admit"_s);
    });
}

} // namespace radpost::cli
