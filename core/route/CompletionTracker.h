#pragma once

#include "core/base/Clock.h"
#include "core/config/Rule.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <chrono>
#include <map>
#include <optional>
#include <vector>

namespace radpost::route {

/// What waits for completeness: instances that one rule wants of one series or study.
struct WaitKey
{
    QString rule;
    config::Trigger level = config::Trigger::Study; ///< Series or Study
    QByteArray uid;                                 ///< of the series or study
    friend bool operator==(const WaitKey&, const WaitKey&) = default;
    friend size_t qHash(const WaitKey& key, size_t seed = 0)
    {
        return qHashMulti(seed, key.rule, static_cast<int>(key.level), key.uid);
    }
};

enum class CompleteBy {
    Quiet,    ///< nothing more came for the rule's quiet time
    Expected, ///< as many instances as were announced
    MaxWait,  ///< it went on for longer than the rule waits
    Hand,     ///< a person said so
};

struct Completed
{
    WaitKey key;
    CompleteBy by = CompleteBy::Quiet;
    int waiting = 0;  ///< instances that start on their way now
    int received = 0; ///< with those of earlier rounds: what came late makes a round of its own
    int expected = 0; ///< 0: unknown
    friend bool operator==(const Completed&, const Completed&) = default;
};

/// What the spool index knows of a key: enough to go on after a restart.
struct WaitState
{
    WaitKey key;
    config::Completion completion;
    int waiting = 0;         ///< different instances that did not start yet
    int received = 0;        ///< different instances in total
    int announced = 0;       ///< expected count that an instance told; 0: none
    Clock::WallTime first{}; ///< of those waiting
    Clock::WallTime last{};
};

/// Tells when series and studies are complete. Driven by what arrives and by the clock; never by the end of an
/// association, which means nothing (PS3.4 B.4). Measures on the steady clock, so that a wall clock that jumps neither
/// ends a wait nor prolongs it. One thread at a time; does not block.
///
/// ```
///            arrived()                     arrived(): the quiet time begins anew
///   (none) ------------> waiting <-------------------------------------------------+
///                          |  |----------------------------------------------------+
///                          |  quiet over, expected count reached, max_wait over, completeNow()
///                          v
///                       completed, forgotten; an instance that comes late begins a new round
/// ```
class CompletionTracker final
{
public:
    explicit CompletionTracker(const Clock& clock)
        : m_clock(clock)
    {
    }

    /// One more instance, new to the key: the same SOP Instance UID again is the caller's to leave out.
    /// @p received: different instances of the key in total, this one included. @p announced: what the instance says of
    /// the number of instances, (0020,1209) for a series, (0020,1208) for a study; 0: nothing.
    void arrived(const WaitKey& key, const config::Completion& completion, int received, int announced = 0);

    /// What the index knows, after a restart. A wall clock that was set back meanwhile makes a whole quiet time pass
    /// again, not an endless one.
    void restore(const WaitState& state);

    /// A person says that it is complete. False when nothing waits there.
    bool completeNow(const WaitKey& key);

    /// The rule is gone: what waited for it is the caller's to route anew.
    void forget(const WaitKey& key);

    /// As if nothing waited; restore() says what does.
    void clear();

    /// What became complete since the last call, each once.
    [[nodiscard]] std::vector<Completed> takeCompleted();

    /// When takeCompleted() will next have something unless something arrives; nothing: never.
    [[nodiscard]] std::optional<Clock::SteadyTime> nextDue() const;

    [[nodiscard]] qsizetype waitingCount() const { return m_waits.size(); }

private:
    struct Wait
    {
        config::Completion completion;
        int waiting = 0;
        int received = 0;
        int announced = 0;
        Clock::SteadyTime first;
        Clock::SteadyTime last;
        std::multimap<Clock::SteadyTime, WaitKey>::iterator due;
        bool hasDue = false;
    };

    [[nodiscard]] static int expectedOf(const Wait& wait);
    [[nodiscard]] static std::optional<Clock::SteadyTime> dueOf(const Wait& wait);
    void schedule(const WaitKey& key, Wait& wait);
    void unschedule(Wait& wait);
    void complete(const WaitKey& key, CompleteBy by);

    const Clock& m_clock;
    QHash<WaitKey, Wait> m_waits;
    std::multimap<Clock::SteadyTime, WaitKey> m_due;
    std::vector<Completed> m_completed;
};

} // namespace radpost::route
