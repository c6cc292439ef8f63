#include "core/route/CompletionTracker.h"

#include <algorithm>

namespace radpost::route {

using namespace std::chrono_literals;

int CompletionTracker::expectedOf(const Wait& wait)
{
    return wait.completion.expected > 0 ? wait.completion.expected : wait.announced;
}

std::optional<Clock::SteadyTime> CompletionTracker::dueOf(const Wait& wait)
{
    std::optional<Clock::SteadyTime> due;
    if (wait.completion.quiet) {
        due = wait.last + *wait.completion.quiet;
    }
    if (wait.completion.maxWait) {
        const Clock::SteadyTime longest = wait.first + *wait.completion.maxWait;
        due = due ? std::min(*due, longest) : longest;
    }
    return due;
}

void CompletionTracker::unschedule(Wait& wait)
{
    if (wait.hasDue) {
        m_due.erase(wait.due);
        wait.hasDue = false;
    }
}

void CompletionTracker::schedule(const WaitKey& key, Wait& wait)
{
    unschedule(wait);
    if (const auto due = dueOf(wait)) {
        wait.due = m_due.emplace(*due, key);
        wait.hasDue = true;
    }
    const int expected = expectedOf(wait);
    // What comes after the count was reached is a round of its own, which ends by the quiet time.
    const bool wasReachedBefore = wait.received - wait.waiting >= expected;
    if (expected > 0 && wait.received >= expected && !wasReachedBefore) {
        complete(key, CompleteBy::Expected);
    }
}

void CompletionTracker::arrived(const WaitKey& key, const config::Completion& completion, int received, int announced)
{
    const auto now = m_clock.steadyNow();
    const bool isFirst = !m_waits.contains(key);
    auto& wait = m_waits[key];
    wait.completion = completion;
    wait.first = isFirst ? now : wait.first;
    wait.last = now;
    ++wait.waiting;
    wait.received = std::max(received, wait.received);
    // The later word counts: a scanner that adds images says so with them.
    wait.announced = announced > 0 ? announced : wait.announced;
    schedule(key, wait);
}

void CompletionTracker::restore(const WaitState& state)
{
    if (state.waiting <= 0) {
        return;
    }
    const auto steady = m_clock.steadyNow();
    const auto wall = m_clock.now();
    // More than a month ago is over in any case, and the steady clock may not reach back that far.
    const auto ago = [&wall](Clock::WallTime time) {
        return std::clamp<Clock::WallTime::duration>(wall - time, 0ms, 24h * 31);
    };
    auto& wait = m_waits[state.key];
    wait.completion = state.completion;
    wait.waiting = state.waiting;
    wait.received = std::max(state.received, state.waiting);
    wait.announced = state.announced;
    wait.first = steady - ago(state.first);
    wait.last = std::max(wait.first, steady - ago(state.last));
    schedule(state.key, wait);
}

bool CompletionTracker::completeNow(const WaitKey& key)
{
    const bool isWaiting = m_waits.contains(key);
    if (isWaiting) {
        complete(key, CompleteBy::Hand);
    }
    return isWaiting;
}

void CompletionTracker::forget(const WaitKey& key)
{
    const auto found = m_waits.find(key);
    if (found != m_waits.end()) {
        unschedule(*found);
        m_waits.erase(found);
    }
}

void CompletionTracker::clear()
{
    m_waits.clear();
    m_due.clear();
    m_completed.clear();
}

void CompletionTracker::complete(const WaitKey& key, CompleteBy by)
{
    const WaitKey kept = key; // it may live in what is erased
    const auto found = m_waits.find(kept);
    m_completed.push_back({kept, by, found->waiting, found->received, expectedOf(*found)});
    unschedule(*found);
    m_waits.erase(found);
}

std::vector<Completed> CompletionTracker::takeCompleted()
{
    const auto now = m_clock.steadyNow();
    while (!m_due.empty() && m_due.begin()->first <= now) {
        const WaitKey key = m_due.begin()->second;
        const auto& wait = m_waits[key];
        const bool isQuiet = wait.completion.quiet && wait.last + *wait.completion.quiet <= now;
        complete(key, isQuiet ? CompleteBy::Quiet : CompleteBy::MaxWait);
    }
    return std::exchange(m_completed, {});
}

std::optional<Clock::SteadyTime> CompletionTracker::nextDue() const
{
    if (!m_completed.empty()) {
        return m_clock.steadyNow();
    }
    return m_due.empty() ? std::nullopt : std::optional(m_due.begin()->first);
}

} // namespace radpost::route
