#pragma once

#include "core/base/Clock.h"
#include "core/base/Result.h"
#include "core/config/Settings.h"

#include <QList>
#include <QString>

namespace radpost::store {
class Ledger;
}

namespace radpost::engine {

/// Somebody whom the gateway did not let in.
struct RefusedCaller
{
    qint64 id = 0;
    QString callingAeTitle;
    QString calledAeTitle;
    QString address;
    QString certificateSha256; ///< empty without one
    QString certificateSubject;
    bool calledOtherTitle = false; ///< it may come in, but asked for another AE title than ours
    Clock::WallTime firstAt;
    Clock::WallTime lastAt;
    qint64 times = 0;
};

/// The last one first; also beside a gateway that runs. Blocks on files. Errors: LedgerUnreadable (there is no ledger
/// yet), those of the ledger.
[[nodiscard]] Result<QList<RefusedCaller>> refusedCallers(const QString& dataFolder);
/// Of a ledger that is open. Errors: those of the ledger.
[[nodiscard]] Result<QList<RefusedCaller>> refusedCallers(const store::Ledger& ledger);

/// Whether @p caller would be let in by these settings of the gateway.
[[nodiscard]] bool isAdmitted(
    const RefusedCaller& caller, const config::ServeSettings& settings, const std::vector<config::ServePeer>& peers);

/// The narrowest entry that lets @p caller in: its AE title, its address, and the certificate that it showed.
[[nodiscard]] config::ServePeer peerFor(const RefusedCaller& caller, const QString& name = {});

} // namespace radpost::engine
