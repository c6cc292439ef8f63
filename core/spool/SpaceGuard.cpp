#include "core/spool/SpaceGuard.h"

#include <QFile>

#include <algorithm>

#include <sys/statvfs.h>

using namespace std::chrono_literals;

namespace radpost::spool {

namespace {

// Others write to the disk, too; the system is asked at these intervals of time and of our own bytes.
constexpr auto kLookEvery = 200ms;
constexpr qint64 kLookAfterBytes = qint64(16) << 20;
constexpr auto kRefusalCounts = 5min; // who still wants it has tried again by then

std::function<qint64()> systemProbe(const QString& folder)
{
    return [path = QFile::encodeName(folder)]() -> qint64 {
        struct statvfs facts = {};
        return ::statvfs(path.constData(), &facts) == 0 ? qint64(facts.f_bavail) * qint64(facts.f_frsize) : -1;
    };
}

} // namespace

SpaceGuard::SpaceGuard(const QString& folder, SpaceLimits limits, std::function<qint64()> freeBytes,
    std::function<Clock::SteadyTime()> now)
    : m_freeBytes(freeBytes ? std::move(freeBytes) : systemProbe(folder))
    , m_now(std::move(now))
    , m_limits(limits)
{
}

void SpaceGuard::setLimits(SpaceLimits limits)
{
    const std::lock_guard lock(m_mutex);
    m_limits = limits;
    forgetRefused();
}

void SpaceGuard::setUsed(qint64 bytes)
{
    const std::lock_guard lock(m_mutex);
    m_used = bytes;
}

/// With the mutex held.
void SpaceGuard::lookIfOld()
{
    const auto now = m_now();
    if (!m_hasLooked || now - m_lookedAt >= kLookEvery || m_takenSince >= kLookAfterBytes) {
        look();
    }
}

/// With the mutex held.
void SpaceGuard::look()
{
    m_free = m_freeBytes();
    m_takenSince = 0;
    m_lookedAt = m_now();
    m_hasLooked = true;
    forgetRefused();
}

/// With the mutex held, whenever room may have been made, or the limits or the disk are others.
void SpaceGuard::forgetRefused()
{
    for (auto* refusal : {&m_wanted, &m_tooLarge}) {
        if (hasRoomFor(refusal->bytes) || m_now() - refusal->at >= kRefusalCounts) {
            *refusal = {};
        }
    }
}

/// With the mutex held. Also an empty spool would have no room for it.
bool SpaceGuard::isTooLarge(qint64 bytes) const
{
    const bool isForDisk = m_free >= 0 && bytes > m_free - m_takenSince + m_used - m_limits.reserveBytes;
    return isForDisk || (m_limits.quotaBytes > 0 && bytes > m_limits.quotaBytes);
}

/// With the mutex held.
bool SpaceGuard::hasRoom() const
{
    return hasRoomFor(0);
}

/// With the mutex held. Beyond what is taken already.
bool SpaceGuard::hasRoomFor(qint64 bytes) const
{
    const bool isFull = m_free >= 0 && m_free - m_takenSince - bytes < m_limits.reserveBytes;
    return !isFull && (m_limits.quotaBytes == 0 || m_used + bytes <= m_limits.quotaBytes);
}

/// With the mutex held. Whoever begins something new finds the door closed a little before it has to be broken off.
bool SpaceGuard::hasRoomForMore() const
{
    constexpr qint64 kPartOfReserve = 8;
    const qint64 least = m_limits.reserveBytes + m_limits.reserveBytes / kPartOfReserve;
    const bool isFull = m_free >= 0 && m_free - m_takenSince < least;
    return !isFull && (m_limits.quotaBytes == 0 || m_used < m_limits.quotaBytes);
}

bool SpaceGuard::isOpen()
{
    const std::lock_guard lock(m_mutex);
    lookIfOld();
    if (!hasRoomForMore()) {
        look(); // room may have been made since
    }
    return hasRoomForMore();
}

void SpaceGuard::refused(qint64 bytes)
{
    const std::lock_guard lock(m_mutex);
    lookIfOld();
    auto& refusal = isTooLarge(bytes) ? m_tooLarge : m_wanted;
    refusal = {std::max(refusal.bytes, bytes), m_now()};
}

bool SpaceGuard::isRefusing()
{
    const std::lock_guard lock(m_mutex);
    lookIfOld();
    return m_wanted.bytes > 0 || m_tooLarge.bytes > 0;
}

bool SpaceGuard::isTight()
{
    constexpr qint64 kTenths = 10;
    constexpr qint64 kTightFrom = 9; // of the quota
    const std::lock_guard lock(m_mutex);
    lookIfOld();
    const bool isNearlyFull = m_free >= 0 && m_free - m_takenSince < m_limits.reserveBytes + m_limits.reserveBytes / 4;
    return isNearlyFull || m_wanted.bytes > 0 ||
        (m_limits.quotaBytes > 0 && m_used >= m_limits.quotaBytes / kTenths * kTightFrom);
}

bool SpaceGuard::take(qint64 bytes)
{
    const std::lock_guard lock(m_mutex);
    lookIfOld();
    m_used += bytes;
    m_takenSince += bytes;
    if (hasRoom()) {
        return true;
    }
    look(); // room may have been made since
    m_takenSince = bytes;
    if (hasRoom()) {
        return true;
    }
    m_used -= bytes;
    m_takenSince = 0;
    return false;
}

void SpaceGuard::giveBack(qint64 bytes)
{
    const std::lock_guard lock(m_mutex);
    m_used -= bytes;
    forgetRefused();
}

qint64 SpaceGuard::used() const
{
    const std::lock_guard lock(m_mutex);
    return m_used;
}

qint64 SpaceGuard::free()
{
    const std::lock_guard lock(m_mutex);
    lookIfOld();
    return m_free;
}

} // namespace radpost::spool
