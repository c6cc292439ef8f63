#include "core/engine/Retention.h"

#include "core/spool/Spool.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"

namespace radpost::engine {

namespace {

constexpr int kRowsPerPass = 2000;

} // namespace

Retention::Retention(store::Ledger& ledger, spool::Spool& spool, const Clock& clock, std::chrono::milliseconds keep)
    : m_ledger(ledger)
    , m_spool(spool)
    , m_clock(clock)
    , m_keep(keep.count())
{
}

/// A clock that was set back makes an instance stay longer, never go sooner.
bool Retention::isOver(Clock::WallTime since) const
{
    return m_clock.now() - since >= std::chrono::milliseconds(m_keep.load());
}

Result<qint64> Retention::pass(const CancelToken& cancel)
{
    const auto reader = m_ledger.openReader();
    if (!reader) {
        return fail(reader.error());
    }
    qint64 scanned = 0;
    const auto found = (*reader)->routing().removable(m_after, kRowsPerPass, scanned);
    if (!found) {
        return fail(found.error());
    }
    qint64 removed = 0;
    for (const auto& instance : *found) {
        if (auto going = cancel.check(); !going) {
            return fail(std::move(going.error()));
        }
        if (!isOver(instance.since) && !m_spool.space().isTight()) {
            continue;
        }
        if (auto done = m_spool.remove(instance.id); !done) {
            return fail(std::move(done.error()));
        }
        ++removed;
    }
    m_after = scanned; // 0 behind the last: from the beginning again
    return removed;
}

} // namespace radpost::engine
