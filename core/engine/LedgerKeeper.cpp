#include "core/engine/LedgerKeeper.h"

#include "core/observe/Log.h"
#include "core/store/Ledger.h"
#include "core/store/RetentionRepository.h"
#include "core/store/threadname.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>

#include <optional>

using namespace Qt::StringLiterals;

namespace radpost::engine {

namespace {

// A transaction of this size lets the writer go in some milliseconds.
constexpr int kAtOnce = 500;

/// @p step on the writer thread, in a transaction that others may share.
template <typename T>
Result<T> inLedger(
    store::Ledger& ledger, const CancelToken& cancel, const std::function<Result<T>(store::RetentionRepository&)>& step)
{
    T answer{};
    const auto done = ledger.writer().run(
        [&](store::WriteSession& session) {
            store::RetentionRepository retention(session.database);
            auto made = step(retention);
            if (!made) {
                return Result<>(fail(made.error()));
            }
            answer = *std::move(made);
            return Result<>();
        },
        cancel);
    return done.map([&answer] { return answer; });
}

Result<qint64> removeDeliveries(store::Ledger& ledger, JobId job, const CancelToken& cancel)
{
    qint64 sum = 0;
    for (;;) {
        if (auto going = cancel.check(); !going) {
            return fail(going.error());
        }
        const auto removed = inLedger<qint64>(ledger, cancel,
            [job](store::RetentionRepository& retention) { return retention.removeDeliveries(job, kAtOnce); });
        if (!removed || *removed == 0) {
            return removed.map([sum](qint64) { return sum; });
        }
        sum += *removed;
    }
}

Result<> removeLeftovers(store::Ledger& ledger, const CancelToken& cancel, LedgerPurge& purge)
{
    const auto jobs = inLedger<QList<JobId>>(
        ledger, cancel, [](store::RetentionRepository& retention) { return retention.leftovers(); });
    if (!jobs) {
        return fail(jobs.error());
    }
    for (const auto job : *jobs) {
        const auto removed = removeDeliveries(ledger, job, cancel);
        if (!removed) {
            return fail(removed.error());
        }
        purge.deliveries += *removed;
    }
    return {};
}

/// @return whether there was one.
Result<bool> removeOldest(store::Ledger& ledger, Clock::WallTime before, const CancelToken& cancel, LedgerPurge& purge)
{
    using Found = std::optional<JobId>;
    const auto job = inLedger<Found>(ledger, cancel, [before](store::RetentionRepository& retention) {
        return retention.expired(before).and_then([&](const Found& found) -> Result<Found> {
            const auto removed = found ? retention.removeJob(*found, before) : Result<bool>(false);
            return removed ? Result<Found>(found) : fail(removed.error());
        });
    });
    if (!job || !*job) {
        return job.map([](const Found&) { return false; });
    }
    ++purge.jobs;
    return removeDeliveries(ledger, **job, cancel).map([&purge](qint64 count) {
        purge.deliveries += count;
        return true;
    });
}

Result<> removeAssociations(store::Ledger& ledger, Clock::WallTime before, const CancelToken& cancel)
{
    for (;;) {
        if (auto going = cancel.check(); !going) {
            return going;
        }
        const auto removed = inLedger<qint64>(ledger, cancel,
            [before](store::RetentionRepository& retention) { return retention.removeAssociations(before, kAtOnce); });
        if (!removed || *removed < kAtOnce) {
            return removed.map([](qint64) {});
        }
    }
}

// They hold the patients of that time.
void removeCopies(const store::Ledger& ledger, Clock::WallTime before)
{
    const QFileInfo file(ledger.path());
    const auto copies = file.dir().entryInfoList({QString(file.fileName() + u".v*.bak"_s)}, QDir::Files);
    for (const auto& copy : copies) {
        if (copy.lastModified().toMSecsSinceEpoch() < before.time_since_epoch().count()) {
            QFile::remove(copy.absoluteFilePath());
        }
    }
}

} // namespace

Result<LedgerPurge> purgeLedger(store::Ledger& ledger, Clock::WallTime before, const CancelToken& cancel)
{
    LedgerPurge purge;
    if (auto done = removeLeftovers(ledger, cancel, purge); !done) {
        return fail(done.error());
    }
    for (bool isMore = true; isMore;) {
        const auto removed = removeOldest(ledger, before, cancel, purge);
        if (!removed) {
            return fail(removed.error());
        }
        isMore = *removed;
    }
    removeCopies(ledger, before);
    return removeAssociations(ledger, before, cancel).map([&purge] { return purge; });
}

LedgerKeeper::LedgerKeeper(store::Ledger& ledger, LedgerKeeperParams params)
    : m_ledger(ledger)
    , m_params(std::move(params))
{
    if (m_params.keep.count() > 0) {
        m_thread = std::thread([this] { run(); });
    }
}

LedgerKeeper::~LedgerKeeper()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isEnding = true;
    }
    m_cancel.cancel();
    m_wake.notify_all();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void LedgerKeeper::run()
{
    store::nameThisThread("ledger-keeper");
    for (bool isGoing = true; isGoing;) {
        const Clock::SteadyTime due = m_params.clock->steadyNow() + kInterval; // a long purge does not put off the next
        purge();
        isGoing = waitUntil(due);
    }
}

void LedgerKeeper::purge()
{
    const auto purged = purgeLedger(m_ledger, m_params.clock->now() - m_params.keep, m_cancel.token());
    if (!purged && purged.error().code != ErrorCode::Cancelled) {
        qCWarning(observe::lcEngine) << "old jobs did not leave the ledger:" << errorName(purged.error().code)
                                     << purged.error().detail;
    }
    if (purged && purged->jobs > 0) {
        qCInfo(observe::lcEngine) << purged->jobs << "jobs older than" << m_params.keep.count()
                                  << "days have left the ledger, with" << purged->deliveries << "deliveries";
    }
    if (purged && purged->jobs + purged->deliveries > 0 && m_params.onPurged) {
        m_params.onPurged(*purged);
    }
}

bool LedgerKeeper::waitUntil(Clock::SteadyTime due)
{
    std::unique_lock lock(m_mutex);
    while (!m_isEnding && m_params.clock->steadyNow() < due) {
        m_params.clock->waitUntil(m_wake, lock, due);
    }
    return !m_isEnding;
}

} // namespace radpost::engine
