#pragma once

#include "core/base/CancelToken.h"
#include "core/base/Clock.h"
#include "core/base/Result.h"

#include <QList>
#include <QtGlobal>

#include <atomic>
#include <chrono>
#include <memory>

namespace radpost::store {
class Ledger;
}

namespace radpost::spool {
class Spool;
}

namespace radpost::engine {

/// Lets go of instances that nothing is left to be done with: every delivery stored, cancelled, or rejected and settled
/// by a person, or dropped by a rule or a person; and then only when the retention time is over since it came or was
/// last tried. When room gets short what is delivered everywhere goes earlier, the oldest first. What is not routed,
/// not delivered, waiting, held, or wanted by no rule stays, whatever the disk says. One thread; blocks.
class Retention final
{
public:
    Retention(store::Ledger& ledger, spool::Spool& spool, const Clock& clock, std::chrono::milliseconds keep);

    /// From any thread.
    void setKeep(std::chrono::milliseconds keep) { m_keep = keep.count(); }

    /// One look at part of the spool, bounded in time; several go round it. What goes, goes in one transaction.
    /// @return how many instances were removed. Errors: those of the ledger; Cancelled.
    [[nodiscard]] Result<qint64> pass(const CancelToken& cancel);
    /// The last pass came to the end of the spool: the next one begins anew.
    [[nodiscard]] bool isAround() const { return m_after == 0; }

private:
    /// What one pass found that may go.
    struct Page
    {
        QList<qint64> ids;
        qint64 last = 0; ///< id looked at; 0: nothing is behind
    };
    [[nodiscard]] bool isOver(Clock::WallTime since) const;
    [[nodiscard]] Result<Page> look(const CancelToken& cancel) const;
    [[nodiscard]] Clock::WallTime newest(bool isTight) const;
    [[nodiscard]] bool isFull(const Page& page, bool isTight) const;

    store::Ledger& m_ledger;
    spool::Spool& m_spool;
    const Clock& m_clock;
    std::atomic<qint64> m_keep; ///< milliseconds
    qint64 m_after = 0;         ///< the id that the last pass ended with
};

} // namespace radpost::engine
