#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/JsonValues.h"
#include "app/cli/Session.h"
#include "app/cli/TextWidth.h"
#include "app/common/Format.h"
#include "core/engine/RefusedCallers.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

QString peerText(const config::ServePeer& peer)
{
    QStringList parts;
    if (!peer.aeTitle.isEmpty()) {
        parts.append(peer.aeTitle.toString());
    }
    if (!peer.addresses.isEmpty()) {
        parts.append(peer.addresses.join(u", "_s));
    }
    if (!peer.certificate.isEmpty()) {
        parts.append(peer.certificate);
    }
    if (peer.mayQuery) {
        parts.append(Cli::tr("may query"));
    }
    if (peer.mayRetrieve) {
        parts.append(Cli::tr("may retrieve"));
    }
    if (peer.port != 0) {
        parts.append(Cli::tr("takes C-MOVE on port %1").arg(peer.port));
    }
    const QString text = parts.join(u"  "_s);
    return peer.name.isEmpty() ? text : QString(text + u"  ("_s + peer.name + u')');
}

void tellPeer(Console& console, const config::ServePeer& peer)
{
    console.event(u"peer"_s,
        {{u"name"_s, peer.name}, {u"aeTitle"_s, peer.aeTitle.toString()}, {u"address"_s, peer.addresses.join(u", "_s)},
            {u"certificate"_s, peer.certificate}, {u"query"_s, peer.mayQuery}, {u"retrieve"_s, peer.mayRetrieve},
            {u"port"_s, static_cast<int>(peer.port)}});
    console.line(u"  "_s + printable(peerText(peer)));
}

void tellRefused(Console& console, const engine::RefusedCaller& caller)
{
    console.event(u"refused-peer"_s,
        {{u"number"_s, caller.id}, {u"callingAeTitle"_s, caller.callingAeTitle},
            {u"calledAeTitle"_s, caller.calledAeTitle}, {u"address"_s, caller.address},
            {u"certificate"_s, caller.certificateSha256}, {u"subject"_s, caller.certificateSubject},
            {u"calledOtherTitle"_s, caller.calledOtherTitle}, {u"times"_s, caller.times},
            {u"lastAt"_s, toJson(caller.lastAt)}});
    const auto times = Cli::tr("%n time(s)", nullptr, static_cast<int>(caller.times));
    // What it says of itself is a stranger's text.
    console.line(u"  %1  %2  %3  %4, %5"_s.arg(QString::number(caller.id), printable(caller.callingAeTitle),
        caller.address, times, app::dateTimeText(caller.lastAt)));
    if (!caller.certificateSubject.isEmpty()) {
        console.line(u"     "_s + printable(caller.certificateSubject));
    }
    if (caller.calledOtherTitle) {
        console.line(
            u"     "_s + Cli::tr("It may call, but asked for the AE title %1.").arg(printable(caller.calledAeTitle)));
    }
}

} // namespace

CommandSpec peerListSpec()
{
    return {u"peer list"_s, {}, Cli::tr("List who may call the gateway, and who was refused"),
        Cli::tr("Peers of the configuration, then those whom the gateway did not let in, the last one first, with the "
                "number for \"radpost peer admit\"."),
        0, 0, {}, {u"radpost peer list --data /var/lib/radpost"_s}};
}

ExitCode runPeerList(Session& session, const Arguments& /*arguments*/)
{
    return withConfig(session, [&](const config::Config& config) {
        auto& console = session.console();
        console.line(config.settings.serve.access == config::ServeAccess::Anyone ? Cli::tr("Anyone may call.")
                : config.peers.empty()
                ? Cli::tr("This machine may call, and nobody else.")
                : Cli::tr("This machine may call, and %n peer(s):", nullptr, static_cast<int>(config.peers.size())));
        for (const auto& peer : config.peers) {
            tellPeer(console, peer);
        }
        if (!ledgerExists(session)) {
            return ExitCode::Ok;
        }
        const auto refused = engine::refusedCallers(session.dataFolder());
        if (!refused) {
            return session.failed(refused.error());
        }
        console.line(Cli::tr("%n peer(s) refused", nullptr, static_cast<int>(refused->size())));
        for (const auto& caller : *refused) {
            tellRefused(console, caller);
        }
        return ExitCode::Ok;
    });
}

} // namespace radpost::cli
