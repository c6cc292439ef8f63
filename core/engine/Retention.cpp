#include "core/engine/Retention.h"

#include "core/base/Deadline.h"
#include "core/spool/Spool.h"
#include "core/store/Database.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"

using namespace std::chrono_literals;

namespace radpost::engine {

namespace {

constexpr int kRows = 2000; // of one question to the ledger
constexpr auto kLook = 100ms;
// One transaction of the writer, which everybody waits for; where room is short no more than the room needs.
constexpr qsizetype kMostRemoved = 500;
constexpr qsizetype kMostRemovedWhenTight = 50;

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

/// What came later is not over yet, whatever became of it.
Clock::WallTime Retention::newest(bool isTight) const
{
    return isTight ? Clock::WallTime::max() : m_clock.now() - std::chrono::milliseconds(m_keep.load());
}

bool Retention::isFull(const Page& page, bool isTight) const
{
    return page.ids.size() >= (isTight ? kMostRemovedWhenTight : kMostRemoved);
}

Result<Retention::Page> Retention::look(const CancelToken& cancel) const
{
    const auto reader = m_ledger.openReader();
    if (!reader) {
        return fail(reader.error());
    }
    const bool isTight = m_spool.space().isTight();
    const Deadline deadline(kLook);
    Page page;
    page.last = m_after;
    do {
        if (auto going = cancel.check(); !going) {
            return fail(std::move(going.error()));
        }
        qint64 scanned = 0;
        const auto found = (*reader)->routing().removable(page.last, kRows, newest(isTight), scanned);
        if (!found) {
            return fail(found.error());
        }
        page.last = scanned; // 0 behind the last: from the beginning again
        for (const auto& instance : *found) {
            if (isTight || isOver(instance.since)) {
                page.ids.append(instance.id);
            }
            if (isFull(page, isTight)) {
                page.last = instance.id;
                return page;
            }
        }
    } while (page.last != 0 && !deadline.isOver());
    return page;
}

Result<qint64> Retention::pass(const CancelToken& cancel)
{
    const auto page = look(cancel);
    if (!page) {
        return fail(page.error());
    }
    // Somebody may have let it go on since.
    const auto mayGo = [](store::WriteSession& session, qint64 id) {
        return store::RoutingRepository(session.database).isSettled(id);
    };
    auto removed = page->ids.isEmpty() ? Result<qint64>(0) : m_spool.remove(page->ids, mayGo);
    m_after = removed ? page->last : m_after;
    return removed;
}

} // namespace radpost::engine
