#include "core/engine/ProofLane.h"

#include "core/base/thread.h"
#include "core/dicom/uid.h"
#include "core/observe/Log.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"
#include "core/store/threadname.h"

#include <algorithm>

namespace radpost::engine {

using namespace std::chrono_literals;
using store::CommitmentState;
using store::Proof;
using store::ProofAnswer;

namespace {

// A wall clock that is set, or a machine that slept: due times are looked at again at least so often.
constexpr auto kLongestWait = 60s;
// Of the ledger: what cannot be written down would be asked for again at once, and for ever.
constexpr auto kAfterFailure = 5s;
// What a clock that was set back would make wait for longer than anything here does is due.
constexpr auto kFarFuture = 48h;

using SeriesKey = std::pair<StudyInstanceUid, SeriesInstanceUid>;

net::CommitmentRequest requestFor(const QByteArray& transactionUid, const QList<store::UnprovedDelivery>& page)
{
    net::CommitmentRequest request{transactionUid, {}};
    for (const auto& delivery : page) {
        request.references.push_back({delivery.sopClassUid, delivery.sopInstanceUid});
    }
    return request;
}

std::map<SeriesKey, QList<store::UnprovedDelivery>> bySeries(const QList<store::UnprovedDelivery>& page)
{
    std::map<SeriesKey, QList<store::UnprovedDelivery>> groups;
    for (const auto& delivery : page) {
        groups[{delivery.studyInstanceUid, delivery.seriesInstanceUid}].append(delivery);
    }
    return groups;
}

/// The destination answered, and that it could not say anything of this series tells nothing of the next one.
bool isOfOneSeries(const Error& error)
{
    constexpr quint16 kOutOfResources = 0xA700; // PS3.4 Table C.4-1
    return error.code == ErrorCode::QueryFailed && error.dimseStatus != kOutOfResources;
}

ProofAnswer judge(const store::UnprovedDelivery& delivery, const ProofAsker::Instances& known,
    const ProofPolicy& policy, store::WallTime now)
{
    const auto found = known.constFind(delivery.sopInstanceUid);
    if (found == known.constEnd()) { // many archives index what they stored a while later
        const bool canBeAsked = !delivery.studyInstanceUid.isEmpty() && !delivery.seriesInstanceUid.isEmpty();
        const auto askAt = canBeAsked ? policy.nextAsk(delivery.rounds + 1, now) : std::nullopt;
        return {delivery.id, askAt ? Proof::Asked : Proof::Missing, {}, ErrorCode::ProofMissing, askAt};
    }
    if (!found->isEmpty() && *found != delivery.sopClassUid) {
        return {delivery.id, Proof::Missing, net::kReasonClassInstanceConflict, ErrorCode::ProofMissing, {}};
    }
    return {delivery.id, Proof::Proved};
}

} // namespace

ProofLane::ProofLane(Tools tools)
    : m_tools(std::move(tools))
{
}

ProofLane::~ProofLane()
{
    m_stopping.cancel();
    {
        const std::lock_guard lock(m_mutex);
        m_wake.notify_all();
    }
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

Result<> ProofLane::start()
{
    return startThread([this] { run(); }).map([this](std::thread&& thread) { m_thread = std::move(thread); });
}

void ProofLane::take(const store::JobRow& job, const config::Destination& destination)
{
    const std::lock_guard lock(m_mutex);
    const auto [place, isNew] = m_jobs.try_emplace(job.id);
    ++place->second.taken;
    place->second.isRested = false;
    place->second.wanted = job.proofWanted;
    place->second.destination = destination;
    wakeAt(m_tools.clock.steadyNow());
}

void ProofLane::stored(qint64 count)
{
    const std::lock_guard lock(m_mutex);
    m_fresh += count;
    const auto now = m_tools.clock.steadyNow();
    m_quietAt = m_fresh >= m_tools.params.policy.group ? now : now + m_tools.params.policy.quiet;
    m_wake.notify_all();
}

void ProofLane::rested(JobId job)
{
    const std::lock_guard lock(m_mutex);
    if (const auto place = m_jobs.find(job); place != m_jobs.end()) {
        place->second.isRested = true;
        wakeAt(m_tools.clock.steadyNow());
    }
}

void ProofLane::reported(const QByteArray& transactionUid)
{
    const std::lock_guard lock(m_mutex);
    m_isReported = m_isReported || transactionUid == m_asked;
    wakeAt(m_tools.clock.steadyNow());
}

qsizetype ProofLane::jobCount() const
{
    const std::lock_guard lock(m_mutex);
    return static_cast<qsizetype>(m_jobs.size());
}

void ProofLane::wakeAt(SteadyTime time)
{
    m_dueAt = std::min(m_dueAt, time);
    m_wake.notify_all();
}

void ProofLane::run()
{
    store::nameThisThread("prove");
    for (std::map<JobId, Job> jobs; awaitWork(jobs);) {
        for (const auto& [id, job] : jobs) {
            const auto done = work(id, job);
            if (!done && !m_stopping.isCancelled()) {
                qCWarning(observe::lcEngine) << "the proof of job" << id.value << "waits:" << done.error().detail;
            }
            planNext(id, done.has_value());
            if (done) {
                letGoIfOver(id, job);
            }
        }
    }
    m_reader.reset();
}

/// False: it is over.
bool ProofLane::awaitWork(std::map<JobId, Job>& jobs)
{
    std::unique_lock lock(m_mutex);
    while (!m_stopping.isCancelled()) {
        const auto now = m_tools.clock.steadyNow();
        const auto next = std::min(m_quietAt, m_dueAt);
        if (now >= next) {
            m_quietAt = SteadyTime::max();
            m_dueAt = m_jobs.empty() ? SteadyTime::max() : now + kLongestWait;
            m_fresh = 0;
            jobs = m_jobs;
            return true;
        }
        m_tools.clock.waitUntil(m_wake, lock, std::min(next, now + SteadyTime::duration(1h)));
    }
    return false;
}

Result<> ProofLane::work(JobId id, const Job& job)
{
    if (!m_reader) {
        auto opened = m_tools.ledger.openReader();
        if (!opened) {
            return fail(std::move(opened.error()));
        }
        m_reader = *std::move(opened);
    }
    if (auto closed = closeOld(id, job); !closed) {
        return closed;
    }
    noteLookedAt(id);
    std::optional<Error> broken; // what keeps one group from being asked about keeps the next one, too
    while (!m_stopping.isCancelled()) {
        const auto now = m_tools.ledger.clock().now();
        const auto page = m_reader->proofs().due(id, now, now + kFarFuture, m_tools.params.policy.group);
        if (!page || page->isEmpty()) {
            return page ? Result<>() : fail(page.error());
        }
        if (broken) {
            if (auto noted = couldNotAsk(*page, *broken); !noted) {
                return noted;
            }
            m_tools.changed(id);
            continue;
        }
        auto asked = ask(id, job, *page);
        if (!asked) {
            return fail(std::move(asked.error()));
        }
        broken = *std::move(asked);
        m_tools.changed(id);
    }
    return {};
}

/// Transactions whose report is overdue, and what a killed process had not got through to the peer.
Result<> ProofLane::closeOld(JobId id, const Job& job)
{
    const auto open = m_reader->proofs().openCommitments(id);
    if (!open) {
        return fail(open.error());
    }
    const auto now = m_tools.ledger.clock().now();
    for (const auto& row : *open) {
        const bool isLost = job.isNew && row.state == CommitmentState::Prepared;
        const bool isOverdue = row.dueAt <= now || row.askedAt > now + kFarFuture;
        if (!isLost && !isOverdue) {
            continue;
        }
        const auto state = isLost ? CommitmentState::Failed : CommitmentState::TimedOut;
        if (auto closed = close(row, state, isLost); !closed) {
            return closed;
        }
        m_tools.changed(id);
    }
    return {};
}

/// Only when all of that is written down: what failed would be taken for asked by this process. And at once: what this
/// process asks from here on is no leftover, whatever becomes of the rest of the round.
void ProofLane::noteLookedAt(JobId id)
{
    const std::lock_guard lock(m_mutex);
    if (const auto place = m_jobs.find(id); place != m_jobs.end()) {
        place->second.isNew = false;
    }
}

Result<> ProofLane::close(const store::CommitmentRow& row, CommitmentState state, bool isLost)
{
    const auto now = m_tools.ledger.clock().now();
    const auto& policy = m_tools.params.policy;
    return m_tools.ledger.writer().run([&](store::WriteSession& session) -> Result<> {
        store::ProofRepository proofs(session.database);
        const auto current = proofs.commitment(row.transactionUid);
        const auto deliveries = current ? proofs.deliveriesOf(row.id) : fail(current.error());
        if (!deliveries) {
            return fail(deliveries.error());
        }
        if (current->state > CommitmentState::Accepted) {
            return {}; // the report came meanwhile
        }
        std::vector<ProofAnswer> answers;
        for (const auto& delivery : *deliveries) {
            const auto askAt = isLost ? std::optional(now) : policy.nextAsk(delivery.rounds, now);
            answers.push_back({delivery.id, isLost ? Proof::Asked : Proof::Missing, {},
                isLost ? std::nullopt : std::optional(ErrorCode::CommitmentTimeout), askAt});
        }
        return proofs.answer(answers, now).and_then([&] { return proofs.setCommitmentState(row.id, state, now); });
    });
}

/// What came in the way of asking, if anything.
Result<std::optional<Error>> ProofLane::ask(JobId id, const Job& job, const Deliveries& page)
{
    return job.wanted == store::ProofWanted::Commitment ? askCommitment(id, job, page) : askQuery(job, page);
}

Result<std::optional<Error>> ProofLane::askCommitment(JobId id, const Job& job, const Deliveries& due)
{
    auto& writer = m_tools.ledger.writer();
    const auto now = m_tools.ledger.clock().now();
    const auto uid = dicom::generateUid();
    const store::CommitmentRow row{0, uid, id, CommitmentState::Prepared, now, now + job.destination.commitmentTimeout};
    const auto setState = [&](CommitmentState state, const std::optional<Error>& error) {
        return writer.run([&](store::WriteSession& session) -> Result<> {
            store::ProofRepository proofs(session.database);
            const auto current = proofs.commitment(uid);
            const bool isOpen = current && current->state <= CommitmentState::Accepted;
            return isOpen ? proofs.setCommitmentState(current->id, state, m_tools.ledger.clock().now(), error)
                          : Result<>();
        });
    };
    Deliveries page; // a retry may have taken some of them back
    if (auto kept = writer.run([&](store::WriteSession& session) {
            return store::ProofRepository(session.database).insertCommitment(row, due).map([&](Deliveries asked) {
                page = std::move(asked);
            });
        });
        !kept || page.isEmpty()) {
        return kept.map([] { return std::optional<Error>(); });
    }
    {
        const std::lock_guard lock(m_mutex);
        m_asked = uid;
        m_isReported = false;
    }
    ProofAsker::Watch watch;
    watch.accepted = [&] { (void)setState(CommitmentState::Accepted, {}); };
    watch.take = [this](const net::CommitmentReport& report) { return m_tools.book.take(report); };
    watch.isReported = [this] {
        const std::lock_guard lock(m_mutex);
        return m_isReported;
    };
    const auto asked = m_tools.asker.commit(job.destination, requestFor(uid, page), watch, m_stopping.token());
    if (asked || m_stopping.isCancelled()) {
        return std::optional<Error>(); // what was broken off counts as not asked when the next process begins
    }
    return setState(CommitmentState::Failed, asked.error())
        .and_then([&] { return answer(answersTo(page, asked.error())); })
        .map([&] { return std::optional(asked.error()); });
}

Result<std::optional<Error>> ProofLane::askQuery(const Job& job, const Deliveries& page)
{
    std::optional<Error> broken;
    for (const auto& [key, deliveries] : bySeries(page)) {
        const auto known = broken ? fail(*broken)
                                  : m_tools.asker.instances(job.destination, key.first, key.second, m_stopping.token());
        if (m_stopping.isCancelled()) {
            return std::optional<Error>();
        }
        if (!known) {
            if (auto noted = couldNotAsk(deliveries, known.error()); !noted) {
                return fail(std::move(noted.error()));
            }
            broken = isOfOneSeries(known.error()) ? broken : std::optional(known.error());
            continue;
        }
        const auto now = m_tools.ledger.clock().now();
        std::vector<ProofAnswer> answers;
        for (const auto& delivery : deliveries) {
            answers.push_back(judge(delivery, *known, m_tools.params.policy, now));
        }
        const auto kept = m_tools.ledger.writer().run([&, &asked = deliveries](store::WriteSession& session) {
            store::ProofRepository proofs(session.database);
            return proofs.setAsked(asked).and_then([&](const Deliveries&) { return proofs.answer(answers, now); });
        });
        if (!kept) {
            return fail(kept.error());
        }
    }
    return broken;
}

Result<> ProofLane::couldNotAsk(const Deliveries& page, const Error& error)
{
    return m_tools.ledger.writer()
        .run([&](store::WriteSession& session) {
            return store::ProofRepository(session.database).setAsked(page).map([](const Deliveries&) {});
        })
        .and_then([&] { return answer(answersTo(page, error)); });
}

/// When @p error kept @p page, as it was before this round, from being answered.
std::vector<ProofAnswer> ProofLane::answersTo(const Deliveries& page, const Error& error) const
{
    const auto now = m_tools.ledger.clock().now();
    std::vector<ProofAnswer> answers;
    for (const auto& delivery : page) {
        const auto askAt =
            error.retry == Retry::Later ? m_tools.params.policy.nextAsk(delivery.rounds + 1, now) : std::nullopt;
        answers.push_back({delivery.id, askAt ? Proof::Asked : Proof::Missing, error.dimseStatus, error.code, askAt});
    }
    return answers;
}

Result<> ProofLane::answer(const std::vector<ProofAnswer>& answers)
{
    return m_tools.ledger.writer().run([&](store::WriteSession& session) {
        return store::ProofRepository(session.database).answer(answers, m_tools.ledger.clock().now());
    });
}

/// What could not be done is tried again soon, whenever the next thing is due.
void ProofLane::planNext(JobId id, bool isDone)
{
    std::chrono::milliseconds wait = kAfterFailure;
    if (isDone) {
        const auto due = m_reader->proofs().nextDue(id);
        if (!due || !*due) {
            return;
        }
        wait = std::max<std::chrono::milliseconds>(**due - m_tools.ledger.clock().now(), 0ms);
    }
    const std::lock_guard lock(m_mutex);
    wakeAt(m_tools.clock.steadyNow() + std::min<std::chrono::milliseconds>(wait, kLongestWait));
}

/// A gateway has a million jobs behind it. One that goes on is taken again.
void ProofLane::letGoIfOver(JobId id, const Job& job)
{
    const auto over = isOver(id, job);
    const std::lock_guard lock(m_mutex);
    const auto place = m_jobs.find(id);
    if (over && *over && place != m_jobs.end() && place->second.taken == job.taken) {
        m_jobs.erase(place);
    }
}

Result<bool> ProofLane::isOver(JobId id, const Job& job)
{
    const auto row = m_reader->jobs().find(id);
    if (!row) {
        return fail(row.error());
    }
    const bool isAtEnd = row->state == store::JobState::Finished || // what was on its way at a cancel may be stored yet
        (row->state == store::JobState::Cancelled && job.isRested);
    return isAtEnd ? m_reader->proofs().isSettled(id) : Result<bool>(false);
}

} // namespace radpost::engine
