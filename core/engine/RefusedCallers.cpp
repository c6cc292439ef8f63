#include "core/engine/RefusedCallers.h"

#include "core/engine/AccessPolicy.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace radpost::engine {

namespace {

RefusedCaller callerOf(const store::RefusedPeer& peer)
{
    const bool otherTitle = peer.reason == static_cast<int>(RefusalReason::CalledAeTitle);
    return {peer.id, peer.source.callingAeTitle, peer.source.calledAeTitle, peer.source.peerAddress,
        peer.certificateSha256, peer.certificateSubject, otherTitle, peer.firstAt, peer.lastAt, peer.times};
}

} // namespace

Result<QList<RefusedCaller>> refusedCallers(const QString& dataFolder)
{
    store::LedgerParams params;
    params.path = QFileInfo(dataFolder).absoluteFilePath() + u"/ledger.sqlite"_s;
    params.mode = store::LedgerMode::ReadOnly;
    const auto ledger = store::Ledger::open(params);
    if (!ledger) {
        return fail(ledger.error());
    }
    return refusedCallers(**ledger);
}

Result<QList<RefusedCaller>> refusedCallers(const store::Ledger& ledger)
{
    const auto reader = ledger.openReader();
    if (!reader) {
        return fail(reader.error());
    }
    return (*reader)->refusedPeers().list().map([](const QList<store::RefusedPeer>& peers) {
        QList<RefusedCaller> callers;
        for (const auto& peer : peers) {
            callers.append(callerOf(peer));
        }
        return callers;
    });
}

bool isAdmitted(
    const RefusedCaller& caller, const config::ServeSettings& settings, const std::vector<config::ServePeer>& peers)
{
    const AccessRequest request{caller.callingAeTitle.toLatin1(), caller.calledAeTitle.toLatin1(), caller.address,
        caller.certificateSubject, caller.certificateSha256};
    return AccessPolicy(settings, peers).judge(request, {}) == RefusalReason::None;
}

config::ServePeer peerFor(const RefusedCaller& caller, const QString& name)
{
    return {name, AeTitle{caller.callingAeTitle.toLatin1()}, {caller.address}, caller.certificateSha256};
}

} // namespace radpost::engine
