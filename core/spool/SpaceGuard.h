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
    /// folder. @p now: for tests.
    SpaceGuard(const QString& folder, SpaceLimits limits, std::function<qint64()> freeBytes = {},
        std::function<Clock::SteadyTime()> now = std::chrono::steady_clock::now);

    void setLimits(SpaceLimits limits);

    /// What the spool holds already.
    void setUsed(qint64 bytes);

    /// There is room for something new: the reserve and an eighth of it are free, and the quota is not reached.
    [[nodiscard]] bool isOpen();

    /// Something new of @p bytes was begun, and refused for want of room.
    void refused(qint64 bytes);

    /// For the largest of these there still is no room. It counts for five minutes after the last try: a sender that is
    /// gone, or one of something that never fits, would have it so for ever.
    [[nodiscard]] bool isRefusing();

    /// The limits come near, or something found no room: time to make some, as far as that is possible.
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
    struct Refusal
    {
        qint64 bytes = 0; ///< the most of one; 0: nothing was refused
        Clock::SteadyTime at{};
    };

    void lookIfOld();
    void look();
    void forgetRefused();
    [[nodiscard]] bool isTooLarge(qint64 bytes) const;
    [[nodiscard]] bool hasRoom() const;
    [[nodiscard]] bool hasRoomFor(qint64 bytes) const;
    [[nodiscard]] bool hasRoomForMore() const;

    const std::function<qint64()> m_freeBytes;
    const std::function<Clock::SteadyTime()> m_now;
    mutable std::mutex m_mutex; // guards what follows
    SpaceLimits m_limits;
    qint64 m_used = 0;
    qint64 m_free = -1;
    qint64 m_takenSince = 0;
    Refusal m_wanted;   // fits when others have gone
    Refusal m_tooLarge; // would not fit in an empty spool
    Clock::SteadyTime m_lookedAt{};
    bool m_hasLooked = false;
};

} // namespace radpost::spool
