#include "core/engine/SpoolMending.h"

#include "core/store/Database.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerWriter.h"
#include "core/store/RoutingRepository.h"
#include "core/store/SpoolRepository.h"

namespace radpost::engine {

namespace {

constexpr int kRows = 2000; // of one transaction

Result<qint64> tidy(store::WriteSession& session, store::RoutingRepository& routing, qint64 after, qint64 last)
{
    const auto gone = routing.goneAndSettled(after, last);
    if (!gone) {
        return fail(gone.error());
    }
    for (const auto id : *gone) {
        if (auto removed = session.spool.remove(id); !removed) {
            return fail(removed.error());
        }
    }
    return gone->size();
}

/// @return the last row that was looked at; 0: there was none.
Result<qint64> mendPage(store::WriteSession& session, qint64 after, SpoolMending& page)
{
    page = {};
    store::RoutingRepository routing(session.database);
    const auto last = routing.endOfPage(after, kRows);
    if (!last || *last == 0) {
        return last;
    }
    const auto rerouted = routing.rerouteLost(after, *last);
    const auto tidied = rerouted ? tidy(session, routing, after, *last) : rerouted;
    if (!tidied) {
        return tidied;
    }
    page = {*rerouted, *tidied};
    return last;
}

} // namespace

Result<SpoolMending> mendSpool(store::Ledger& ledger, const CancelToken& cancel)
{
    SpoolMending all;
    for (qint64 after = 0;;) {
        SpoolMending page;
        Result<qint64> last = 0;
        auto done = ledger.writer().run(
            [&](store::WriteSession& session) {
                last = mendPage(session, after, page);
                return last.map([](qint64) {});
            },
            cancel);
        done = done.and_then([&cancel] { return cancel.check(); });
        if (!done) {
            return fail(std::move(done.error()));
        }
        if (*last == 0) {
            break;
        }
        all.rerouted += page.rerouted;
        all.tidied += page.tidied;
        after = *last;
    }
    auto emptied =
        ledger.writer().run([](store::WriteSession& session) { return session.spool.removeEmpty(); }, cancel);
    return emptied.map([&all] { return all; });
}

} // namespace radpost::engine
