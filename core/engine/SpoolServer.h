#pragma once

#include "core/base/CancelToken.h"
#include "core/base/Clock.h"
#include "core/base/Result.h"
#include "core/base/StrongId.h"
#include "core/config/Settings.h"
#include "core/engine/AnsweredQuery.h"
#include "core/engine/ReceiveServer.h"

#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace radpost::store {
class Ledger;
struct WriteSession;
} // namespace radpost::store

namespace radpost::spool {
class Spool;
struct Arrived;
} // namespace radpost::spool

namespace radpost::observe {
struct TransferMetrics;
}

namespace radpost::queue {
class WaitClock;
}

namespace radpost::engine {

class AuditTrail;
class CommitmentBook;

/// One instance that came, and what its sender was told.
struct SpooledInstance
{
    qint64 id = 0; ///< in the spool; 0: it is not kept
    SopClassUid sopClassUid;
    SopInstanceUid sopInstanceUid;
    TransferSyntaxUid transferSyntaxUid;
    QString callingAeTitle;
    QString calledAeTitle;
    QString peerAddress; ///< without port
    QString source{};    ///< name of the watch folder; empty: an association
    qint64 bytes = 0;    ///< of the data set
    quint16 status = 0;
    int version = 1;          ///< above 1: another content came with this UID before
    bool isIdentical = false; ///< it was there before, bit for bit
};

struct SpoolServerParams
{
    QString dataFolder; ///< of the ledger; made with mode 0700
    config::ServeSettings settings;
    std::vector<config::ServeListener> listeners; ///< empty: one, as the settings say
    std::vector<config::ServePeer> peers;
    std::vector<config::Destination>
        destinations;           ///< where C-MOVE may send, and reports of storage commitment go when no peer has a port
    AeTitle aeTitle{"RADPOST"}; ///< ours towards those that name none, where the settings of serve have none

    /// After each answer is decided; when the instance is kept, after its row is committed. From the associations'
    /// threads; return soon, the sender waits.
    std::function<void(const SpooledInstance&)> onInstance;

    /// After each query and retrieval. From the associations' threads; return soon.
    std::function<void(const AnsweredQuery&)> onQuery;

    /// Part of the transaction that enters an instance, on the ledger's writer thread; see spool::SpoolParams.
    std::function<Result<>(store::WriteSession&, const spool::Arrived&)> inTransaction;

    /// With "keep-last", whether a superseded version may go; see spool::SpoolParams.
    std::function<bool(qint64 id)> mayDrop;

    observe::TransferMetrics* metrics = nullptr; ///< outlives the server; null: nothing is counted
    AuditTrail* audit = nullptr;                 ///< likewise; null: nothing is written

    CommitmentBook* commitmentBook = nullptr; ///< of the engine that shares the ledger; null: one of its own

    const queue::WaitClock* clock = nullptr; ///< of reports that are owed; outlives the server; null: the machine's

    store::Ledger* ledger = nullptr; ///< open and ReadWrite, to be shared; null: opens that of @c dataFolder
};

/// Since the start. What came is stored + identical + refused + failed.
struct SpoolCounts
{
    qint64 stored = 0;
    qint64 versions = 0;  ///< of stored: another content of the same UID was there
    qint64 identical = 0; ///< acknowledged, counted once
    qint64 refused = 0;   ///< another content was there, and the first is kept
    qint64 failed = 0;
    qint64 bytes = 0;        ///< of data sets stored
    int associations = 0;    ///< open now
    qint64 turnedAway = 0;   ///< associations refused
    qint64 spoolBytes = 0;   ///< of all files
    qint64 freeBytes = 0;    ///< of the disk; negative: unknown
    qint64 reserveBytes = 0; ///< the limits in force: of the disk, to be left free
    qint64 quotaBytes = 0;   ///< of all files; 0: none
    bool hasRoom = true;     ///< false: senders are refused, or were and there still is no room
};

/// A port that is open.
struct SpoolPort
{
    QString address;
    quint16 port = 0;
    bool isSecured = false;
};

/// Durable receiving: Verification and Storage as SCP on one or several ports into the spool, for those who may, and
/// Query/Retrieve as SCP out of it. An instance is answered with success when it is safe; Storage Commitment is
/// answered for what the index holds. Any thread.
class SpoolServer final
{
public:
    /// Opens ledger and spool. Blocks on files. Errors: those of the ledger, FileWriteFailed (another process has the
    /// spool), DiskFull, TlsConfiguration.
    [[nodiscard]] static Result<std::unique_ptr<SpoolServer>> open(SpoolServerParams params);

    /// stop().
    ~SpoolServer();
    Q_DISABLE_COPY_MOVE(SpoolServer)

    /// Opens the ports, all or none, and compares spool and index in the background. Errors: those of Listener::open().
    [[nodiscard]] Result<> start();

    /// Closes the ports and waits until no instance is under way and no sender goes on, at most settings.drain or until
    /// @p cancel. Blocks.
    void drain(const CancelToken& cancel);

    /// Ends all associations; what was not acknowledged is not kept. Bounded by about a second. Idempotent.
    void stop();

    /// Takes access, peers, limits, reserve, quota and accept lists of @p config for associations that come from now
    /// on, and the nodes of C-MOVE and of commitment reports.
    void reload(const config::ServeSettings& settings, const std::vector<config::ServePeer>& peers,
        const std::vector<config::Destination>& destinations);

    [[nodiscard]] std::vector<SpoolPort> ports() const;
    [[nodiscard]] SpoolCounts counts() const;
    /// Those that were accepted and have not ended, oldest first. Cheap; what moves may be a little apart.
    [[nodiscard]] std::vector<ReceiveAssociation> associations() const;
    /// Spool and index are being compared still.
    [[nodiscard]] bool isChecking() const;
    [[nodiscard]] QString spoolFolder() const;
    /// For further sources and for retention; not beyond the life of the server.
    [[nodiscard]] spool::Spool& spool();

private:
    struct Private;
    explicit SpoolServer(std::unique_ptr<Private> state);
    std::unique_ptr<Private> d;
};

} // namespace radpost::engine
