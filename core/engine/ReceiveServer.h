#pragma once

#include "core/base/Clock.h"
#include "core/base/Result.h"
#include "core/base/StrongId.h"
#include "core/config/Settings.h"

#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace radpost::observe {
struct TransferMetrics;
}

namespace radpost::engine {

struct ReceiveParams
{
    QString address;  ///< to listen on; empty: all
    quint16 port = 0; ///< 0: a free one
    AeTitle aeTitle;  ///< empty: any called AE title is right
    QString folder;
    quint32 maxPduBytes = 1 << 20;
    int maxAssociations = 64;
    config::ReceiveDurability durability = config::ReceiveDurability::PowerLoss;
    observe::TransferMetrics* metrics = nullptr; ///< outlives the server; null: nothing is counted
};

/// As the configuration has it, on every address.
[[nodiscard]] ReceiveParams receiveParams(const config::Settings& settings);

struct ReceivedInstance
{
    SopClassUid sopClassUid;
    SopInstanceUid sopInstanceUid;
    TransferSyntaxUid transferSyntaxUid;
    QString callingAeTitle;
    QString peerAddress;
    qint64 bytes = 0;
    quint16 status = 0;       ///< what the sender was told
    QString fileName{};       ///< in the folder; empty when nothing was kept
    bool isDuplicate = false; ///< the file was there before, bit for bit
};

/// Since start. instances = stored + failed.
struct ReceiveCounts
{
    qint64 stored = 0;
    qint64 failed = 0;
    qint64 bytes = 0;     ///< of stored data sets
    int associations = 0; ///< open now
};

/// One association that is open now.
struct ReceiveAssociation
{
    qint64 id = 0; ///< unique in this process, in the order of acceptance
    QString callingAeTitle;
    QString peerAddress;
    Clock::WallTime since;
    qint64 stored = 0;
    qint64 failed = 0;
    qint64 bytes = 0;         ///< of stored data sets
    bool isReceiving = false; ///< an instance is on its way; else it waits for the peer
};

/// A plain receiver: Verification and Storage as SCP, every SOP class and transfer syntax, files written bit for bit.
/// Any thread.
class ReceiveServer final
{
public:
    /// @p onInstance, when given, is called after each answer is decided, from the associations' threads.
    explicit ReceiveServer(ReceiveParams params, std::function<void(const ReceivedInstance&)> onInstance = {});

    /// stop().
    ~ReceiveServer();
    Q_DISABLE_COPY_MOVE(ReceiveServer)

    /// Opens the port; returns at once. Errors: AddressInUse, FileWriteFailed, InvalidArgument.
    [[nodiscard]] Result<> start();

    /// Ends all associations; bounded by about a second. Idempotent.
    void stop();

    [[nodiscard]] quint16 port() const;
    [[nodiscard]] ReceiveCounts counts() const;

    /// Those that were accepted and have not ended, oldest first. Cheap; what moves may be a little apart.
    [[nodiscard]] std::vector<ReceiveAssociation> associations() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace radpost::engine
