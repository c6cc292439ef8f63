#pragma once

#include "core/store/LedgerWriter.h"

#include <cstddef>
#include <memory>
#include <vector>

namespace radpost::store {

/// Where LedgerWriter::run waits. Guarded by the writer's mutex.
struct WorkTicket
{
    enum class State { Queued, Running, Abandoned, Done };
    State state = State::Queued;
    Result<> result;
};

struct WorkItem
{
    enum class Kind { Change, Inspection };

    LedgerWriter::Work work{};
    Kind kind = Kind::Change;
    std::size_t instancesBefore = 0; ///< records of the same batch that were posted earlier
    std::size_t attemptsBefore = 0;
    std::shared_ptr<WorkTicket> ticket{}; ///< null: nobody waits
    Result<> result{};                    ///< of the try that is committed
    bool skipped = false;                 ///< whoever wanted it has given up
};

/// What one transaction takes. Works keep their place among the records; instances are written before attempts.
struct WriteBatch
{
    std::vector<InstanceRecord> instances;
    std::vector<AttemptRecord> attempts;
    std::vector<WorkItem> works;

    [[nodiscard]] std::size_t size() const { return instances.size() + attempts.size() + works.size(); }
    void clear()
    {
        instances.clear();
        attempts.clear();
        works.clear();
    }
};

} // namespace radpost::store
