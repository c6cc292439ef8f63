#pragma once

#include "core/base/Result.h"
#include "core/base/StrongId.h"
#include "core/config/Settings.h"

#include <QString>

#include <functional>
#include <memory>

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
};

struct ReceivedInstance
{
    SopClassUid sopClassUid;
    SopInstanceUid sopInstanceUid;
    TransferSyntaxUid transferSyntaxUid;
    QString callingAeTitle;
    QString peerAddress;
    qint64 bytes = 0;
    quint16 status = 0; ///< what the sender was told
};

/// Since start. instances = stored + failed.
struct ReceiveCounts
{
    qint64 stored = 0;
    qint64 failed = 0;
    qint64 bytes = 0;     ///< of stored data sets
    int associations = 0; ///< open now
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

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace radpost::engine
