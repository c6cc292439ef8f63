#pragma once

#include "core/base/Clock.h"

#include <QString>

#include <functional>
#include <mutex>

namespace radpost::spool {

struct SpaceLimits
{
    qint64 reserveBytes = 0; ///< of the file system, to be left free
    qint64 quotaBytes = 0;   ///< of the spool, 0: none
    friend bool operator==(const SpaceLimits&, const SpaceLimits&) = default;
};

/// Says no before the disk is full. Asks the system now and then and reckons in between. Any thread.
class SpaceGuard final
{
public:
    /// @p freeBytes: what is free where the spool lies, negative when unknown; default: what the system says of @p
    /// folder.
    SpaceGuard(const QString& folder, SpaceLimits limits, std::function<qint64()> freeBytes = {});

    void setLimits(SpaceLimits limits);

    /// What the spool holds already.
    void setUsed(qint64 bytes);

    /// There is room for something new: the reserve and an eighth of it are free, and the quota is not reached.
    [[nodiscard]] bool isOpen();

    /// The limits come near: time to make room, as far as that is possible, before anybody is refused.
    [[nodiscard]] bool isTight();

    /// @p bytes are about to be written: false when they must not be.
    [[nodiscard]] bool take(qint64 bytes);

    /// Is there already, whatever the limits say.
    void add(qint64 bytes) { giveBack(-bytes); }

    /// What was taken is not there any more.
    void giveBack(qint64 bytes);

    /// What the spool holds and what arrives.
    [[nodiscard]] qint64 used() const;
    /// Of the file system, as of the last look; negative: unknown.
    [[nodiscard]] qint64 free();

private:
    void lookIfOld();
    void look();
    [[nodiscard]] bool hasRoom() const;
    [[nodiscard]] bool hasRoomForMore() const;

    const std::function<qint64()> m_freeBytes;
    mutable std::mutex m_mutex; // guards what follows
    SpaceLimits m_limits;
    qint64 m_used = 0;
    qint64 m_free = -1;
    qint64 m_takenSince = 0;
    Clock::SteadyTime m_lookedAt{};
    bool m_hasLooked = false;
};

} // namespace radpost::spool
