#pragma once

#include "core/engine/ReceiveServer.h"

#include <atomic>

namespace radpost::engine {

/// An open association of a receiver: counted by its thread, read by whoever looks.
struct LiveAssociation
{
    QString callingAeTitle;
    QString peerAddress;
    Clock::WallTime since;
    std::atomic<qint64> stored{0};
    std::atomic<qint64> failed{0};
    std::atomic<qint64> bytes{0};
    std::atomic<bool> isReceiving{false};

    /// An instance has come to its end; @p size of its data set.
    void count(bool isStored, qint64 size)
    {
        ++(isStored ? stored : failed);
        bytes += isStored ? size : 0;
        isReceiving = false;
    }

    [[nodiscard]] ReceiveAssociation seen(qint64 id) const
    {
        return {id, callingAeTitle, peerAddress, since, stored, failed, bytes, isReceiving};
    }
};

} // namespace radpost::engine
