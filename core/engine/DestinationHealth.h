#pragma once

#include "core/base/Clock.h"

#include <QHash>
#include <QString>

#include <mutex>

namespace radpost::engine {

/// Which destinations take deliveries, by what the dispatcher told last. Any thread; does not block. A verdict lapses
/// some time after the next try was due: without work for a destination nobody asks whether it is back, and a group
/// must not leave its primary for good.
class DestinationHealth final
{
public:
    explicit DestinationHealth(const Clock& clock)
        : m_clock(clock)
    {
    }

    void setDown(const QString& destination, std::chrono::milliseconds untilNextTry);
    void setUp(const QString& destination);
    [[nodiscard]] bool isHealthy(const QString& destination) const;

    static constexpr std::chrono::milliseconds kGrace{30'000};

private:
    const Clock& m_clock;
    mutable std::mutex m_mutex;
    QHash<QString, Clock::SteadyTime> m_downUntil; // guarded by m_mutex; by folded name
};

} // namespace radpost::engine
