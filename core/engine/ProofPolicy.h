#pragma once

#include "core/base/Clock.h"
#include "core/queue/Backoff.h"

#include <chrono>
#include <optional>

namespace radpost::engine {

/// When evidence that did not come is asked for again.
struct ProofPolicy
{
    int mostRounds = 8; ///< of one delivery; then it stays Missing
    std::chrono::milliseconds firstDelay{10'000};
    std::chrono::milliseconds maxDelay{3'600'000};
    std::chrono::milliseconds quiet{2'000}; ///< a destination that stored nothing for so long is asked about the rest …
    int group = 500;                        ///< … and about so many at once while it still stores
    /// For a report on the association of its request: where reports can come to us, and where they cannot.
    std::chrono::milliseconds patience{2'000};
    std::chrono::milliseconds patienceAlone{30'000};

    /// After so many rounds; none: no more.
    [[nodiscard]] std::optional<Clock::WallTime> nextAsk(int rounds, Clock::WallTime now) const
    {
        const queue::Backoff backoff(firstDelay, maxDelay, 0.2);
        return rounds < mostRounds ? std::optional(now + backoff.delay(rounds)) : std::nullopt;
    }
};

} // namespace radpost::engine
