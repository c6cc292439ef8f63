#pragma once

#include "core/base/Clock.h"
#include "core/queue/Backoff.h"
#include "core/queue/DestinationPolicy.h"

#include <algorithm>
#include <optional>

namespace radpost::queue {

/// Whether a destination may be tried. Not thread-safe: its lane's mutex guards it.
///
///          failure, few            failures >= limit             probe answered
///   Closed ───────────▶ Closed,  ──────────────────▶ Open ──────────────────────▶ HalfOpen
///      ▲                waiting                        ▲                             │  │
///      │                                               └──────── failure ────────────┘  │
///      └──────────────────────────── success ───────────────────────────────────────────┘
class CircuitBreaker final
{
public:
    enum class State { Closed, Open, HalfOpen };
    using SteadyTime = Clock::SteadyTime;

    CircuitBreaker(const BreakerPolicy& policy, double jitter)
        : m_policy(policy)
        , m_backoff(policy.firstDelay, policy.maxDelay, jitter)
    {
    }

    /// Nobody could talk to the destination.
    void onFailure(SteadyTime now)
    {
        ++m_failures;
        m_failingSince = m_failingSince.value_or(now);
        m_retryAt = now + m_backoff.delay(m_failures);
        m_state = m_failures >= m_policy.failures ? State::Open : State::Closed;
    }

    /// The destination answered a request. @return whether it had failed before.
    bool onSuccess()
    {
        const bool had = m_failures > 0;
        reset();
        return had;
    }

    void onProbeAnswered() { m_state = State::HalfOpen; }

    /// What is waited for is due at @p now; how often it failed, and since when, stays.
    void tryNow(SteadyTime now) { m_retryAt = std::min(m_retryAt, now); }

    void reset()
    {
        m_state = State::Closed;
        m_failures = 0;
        m_failingSince.reset();
        m_retryAt = {};
    }

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] int failures() const { return m_failures; }
    [[nodiscard]] SteadyTime retryAt() const { return m_retryAt; }
    [[nodiscard]] bool isWaiting(SteadyTime now) const { return m_failures > 0 && now < m_retryAt; }
    [[nodiscard]] bool wantsProbe(SteadyTime now) const { return m_state == State::Open && now >= m_retryAt; }
    [[nodiscard]] bool allows(SteadyTime now) const
    {
        return m_state == State::HalfOpen || (m_state == State::Closed && !isWaiting(now));
    }

    /// When BreakerPolicy::giveUpAfter is used up; none: never, or nothing fails.
    [[nodiscard]] std::optional<SteadyTime> givesUpAt() const
    {
        if (m_policy.giveUpAfter.count() == 0 || !m_failingSince) {
            return std::nullopt;
        }
        return *m_failingSince + m_policy.giveUpAfter;
    }

private:
    BreakerPolicy m_policy;
    Backoff m_backoff;
    State m_state = State::Closed;
    int m_failures = 0;
    SteadyTime m_retryAt{};
    std::optional<SteadyTime> m_failingSince;
};

} // namespace radpost::queue
