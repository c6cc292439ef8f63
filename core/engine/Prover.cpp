#include "core/engine/Prover.h"

#include "core/engine/ProofLane.h"
#include "core/observe/Log.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"

namespace radpost::engine {

Prover::Prover(
    store::Ledger& ledger, CommitmentBook& book, ProofAsker& asker, const queue::WaitClock& clock, ProverParams params)
    : m_ledger(ledger)
    , m_book(book)
    , m_asker(asker)
    , m_clock(clock)
    , m_params(std::move(params))
{
    m_book.setListener([this](JobId job, const QByteArray& transactionUid) {
        {
            const std::lock_guard lock(m_mutex);
            for (const auto& [name, lane] : m_lanes) {
                lane->reported(transactionUid);
            }
        }
        changed(job);
    });
}

Prover::~Prover()
{
    stop();
    m_book.setListener({});
}

void Prover::take(const store::JobRow& job, const config::Destination& destination)
{
    if (job.proofWanted == store::ProofWanted::Response) {
        return;
    }
    const std::lock_guard lock(m_mutex);
    if (m_isStopped) {
        return;
    }
    m_untaken.insert_or_assign(job.id, std::pair(job, destination));
    takeUntaken();
    if (m_untaken.contains(job.id)) {
        qCWarning(observe::lcEngine) << "the proof of job" << job.id.value << "waits: no thread to ask for it";
    }
    ++m_moves; // who waits looks again: what is sent again may have been what was waited for
    m_moved.notify_all();
}

/// With the mutex held.
void Prover::takeUntaken()
{
    std::erase_if(m_untaken, [this](const auto& entry) {
        const auto& [job, destination] = entry.second;
        auto* lane = laneFor(job.destinationName);
        if (lane != nullptr) {
            lane->take(job, destination);
        }
        return lane != nullptr;
    });
}

/// With the mutex held. Nothing: there is no thread for it.
ProofLane* Prover::laneFor(const QString& destination)
{
    if (const auto known = m_lanes.find(destination); known != m_lanes.end()) {
        return known->second.get();
    }
    auto lane = std::make_unique<ProofLane>(
        ProofLane::Tools{m_ledger, m_book, m_asker, m_clock, m_params, [this](JobId moved) { changed(moved); }});
    if (!lane->start()) {
        return nullptr;
    }
    return (m_lanes[destination] = std::move(lane)).get();
}

void Prover::stored(const QString& destination, qint64 count)
{
    const std::lock_guard lock(m_mutex);
    takeUntaken();
    const auto lane = m_lanes.find(destination);
    if (count > 0 && lane != m_lanes.end()) {
        lane->second->stored(count);
    }
}

void Prover::rested(JobId job)
{
    const std::lock_guard lock(m_mutex);
    takeUntaken();
    for (const auto& [name, lane] : m_lanes) {
        lane->rested(job);
    }
}

qsizetype Prover::jobCount() const
{
    const std::lock_guard lock(m_mutex);
    auto count = static_cast<qsizetype>(m_untaken.size());
    for (const auto& [name, lane] : m_lanes) {
        count += lane->jobCount();
    }
    return count;
}

void Prover::changed(JobId job)
{
    {
        const std::lock_guard lock(m_mutex);
        ++m_moves;
        m_moved.notify_all();
    }
    if (m_params.onChanged) {
        m_params.onChanged(job);
    }
}

Result<bool> Prover::areSettled(const QList<JobId>& jobs) const
{
    const auto reader = m_ledger.openReader();
    if (!reader) {
        return fail(reader.error());
    }
    for (const auto job : jobs) {
        const auto row = (*reader)->jobs().find(job);
        const auto settled = row && row->proofWanted != store::ProofWanted::Response
            ? (*reader)->proofs().isSettled(job)
            : row.map([](const store::JobRow&) { return true; });
        if (!settled || !*settled) {
            return settled;
        }
    }
    return true;
}

Result<> Prover::waitUntilSettled(const QList<JobId>& jobs, const CancelToken& cancel)
{
    for (;;) {
        quint64 seen = 0;
        {
            const std::lock_guard lock(m_mutex);
            seen = m_moves;
        }
        const auto settled = areSettled(jobs);
        if (!settled || *settled) {
            return settled.map([](bool) {});
        }
        std::unique_lock lock(m_mutex);
        m_moved.wait(lock, cancel.stopToken(), [&] { return m_moves != seen || m_isStopped; });
        if (cancel.isCancelled() || m_isStopped) {
            return fail(ErrorCode::Cancelled);
        }
    }
}

void Prover::stop()
{
    std::map<QString, std::unique_ptr<ProofLane>> ending;
    {
        const std::lock_guard lock(m_mutex);
        m_isStopped = true;
        m_untaken.clear();
        m_moved.notify_all();
        ending.swap(m_lanes);
    }
    ending.clear(); // without the lock: their threads tell what they did last
}

} // namespace radpost::engine
