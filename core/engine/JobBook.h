#pragma once

#include "core/base/Clock.h"
#include "core/config/Destination.h"
#include "core/queue/Batch.h"
#include "core/store/RoutingTypes.h"

#include <QString>

#include <map>
#include <memory>
#include <tuple>
#include <vector>

namespace radpost::queue {
class JobQueue;
}

namespace radpost::engine {

/// What goes into one job: the instances of one study for one destination, at one priority and in one set of hours.
struct ForwardKey
{
    QString study;
    QString destination; ///< as the configuration spells it
    int priority = 0;    ///< config::Priority
    QString hours;       ///< see ruleHours.h
    friend bool operator<(const ForwardKey& a, const ForwardKey& b)
    {
        return std::tie(a.study, a.destination, a.priority, a.hours) <
            std::tie(b.study, b.destination, b.priority, b.hours);
    }
};

struct JobBookLimits
{
    std::chrono::milliseconds quiet{60'000}; ///< a job nothing was added to for so long is sealed
    qint64 maxInstances = 10'000;            ///< of one job
    std::size_t maxOpen = 200;               ///< jobs that grow
};

/// The jobs of the forwarder that still grow. A study is one line of the history as long as it goes on coming. One
/// thread.
class JobBook final
{
public:
    JobBook(queue::JobQueue& queue, const Clock& clock, JobBookLimits limits);

    /// The record of @p instance in the job of @p key, which is begun when there is none; it has to be posted, in
    /// order.
    [[nodiscard]] store::InstanceRecord add(const ForwardKey& key, const config::Destination& destination,
        const store::RoutableInstance& instance, store::NewInstance&& file);

    /// What is not sent, since the destination has it: to be written in one transaction with what was decided.
    [[nodiscard]] queue::Batch::Record skip(const ForwardKey& key, const config::Destination& destination,
        const store::RoutableInstance& instance, const QString& path);

    /// Jobs that add() and skip() began since the last call.
    [[nodiscard]] std::vector<JobId> takeBegun();

    /// Seals what is quiet, full, too much or cancelled. Blocks on the ledger; not between add() and the post of its
    /// record. What cannot be sealed now stays for the next call.
    void review();
    /// Seals the jobs to @p destination, however it is spelled.
    void seal(const QString& destination);
    void sealAll();

    /// When review() has something to do, unless more comes; none: never.
    [[nodiscard]] std::optional<Clock::SteadyTime> nextReview() const;
    [[nodiscard]] std::size_t openCount() const { return m_open.size(); }

private:
    struct OpenJob
    {
        std::unique_ptr<queue::Batch> batch;
        Clock::SteadyTime last;
    };
    using Open = std::map<ForwardKey, OpenJob>;

    [[nodiscard]] std::unique_ptr<queue::Batch> begin(
        const ForwardKey& key, const config::Destination& destination, const store::RoutableInstance& instance);
    [[nodiscard]] queue::Batch& batchOf(
        const ForwardKey& key, const config::Destination& destination, const store::RoutableInstance& instance);
    [[nodiscard]] bool isOver(const OpenJob& job) const;

    queue::JobQueue& m_queue;
    const Clock& m_clock;
    const JobBookLimits m_limits;
    Open m_open;
    std::vector<std::unique_ptr<queue::Batch>> m_replaced; ///< full or cancelled; to be sealed
    std::vector<JobId> m_begun;
};

} // namespace radpost::engine
