#include "core/store/LedgerWriter.h"

#include "core/observe/Log.h"
#include "core/store/BatchWriter.h"
#include "core/store/Database.h"
#include "core/store/threadname.h"

#include <QHash>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

using namespace Qt::StringLiterals;

namespace radpost::store {

namespace {

using SteadyClock = std::chrono::steady_clock;

} // namespace

struct LedgerWriter::Private
{
    explicit Private(LedgerWriterParams p)
        : params(std::move(p))
    {
    }

    // Writer thread
    void main();
    Result<> openDatabase();
    Result<> loadCounters(Database& database);
    Result<> loadContexts(Database& database);
    bool takeBatch();
    void commitBatch();
    Result<> tryBatch();
    void settle(const Result<>& outcome);
    void settleWorks(const Result<>& outcome);
    void tellListener();
    bool waitForRetry();

    // Any thread
    Result<> runAndWait(WorkItem&& item, const CancelToken& cancel);
    Result<> waitForRoom(const CancelToken& cancel);
    void wakeAllWaiters();
    void append(WorkItem&& item);
    void noteQueued(std::size_t sizeBefore);
    void wakeFor(std::size_t sizeBefore);
    std::size_t fullAt() const { return static_cast<std::size_t>(params.maxCommitRecords); }

    const LedgerWriterParams params;
    std::thread thread;
    std::thread::id threadId;

    mutable std::mutex mutex; // guards all below up to the next blank line
    std::condition_variable wakeWriter;
    std::condition_variable wakeWaiters; // durability, failure
    std::condition_variable wakeRoom;    // in the queue
    WriteBatch queue;
    SteadyClock::time_point queuedSince;
    qint64 posted = 0;
    qint64 taken = 0;
    qint64 durable = 0;
    int flushing = 0; // how many wait in flush() or run()
    bool hurried = false;
    bool stopping = false;
    std::optional<Result<>> started;
    std::optional<Error> failure;

    std::mutex listenerMutex; // held during calls, so that setListener(nullptr) waits for them
    LedgerListener* listener = nullptr;

    std::mutex contextMutex;
    QHash<Context, qint64> contexts; // guarded by contextMutex
    qint64 lastContext = 0;          // guarded by contextMutex

    std::atomic<qint64> commits{0};
    std::atomic<qint64> maxPages{0};
    std::atomic<qint64> lastJob{0};
    std::atomic<qint64> lastInstance{0};
    std::atomic<qint64> lastAssociation{0};
    std::atomic<qint64> lastFolder{0};
    std::atomic<qint64> lastSeries{0};
    std::atomic<qint64> lastSpool{0};

    // Of the writer thread alone
    std::unique_ptr<Database> database;
    std::unique_ptr<BatchWriter> writer;
    WriteBatch batch;
    qint64 appliedMaxPages = 0;
};

void LedgerWriter::Private::main()
{
    nameThisThread("ledger-writer");
    auto opened = openDatabase();
    const bool usable = opened.has_value();
    {
        const std::lock_guard lock(mutex);
        started = std::move(opened);
    }
    wakeWaiters.notify_all();
    while (usable && takeBatch()) {
        commitBatch();
        batch.clear();
    }
    writer.reset();
    database.reset();
}

Result<> LedgerWriter::Private::openDatabase()
{
    auto opened = Database::open(params.path, DatabaseMode::ReadWrite);
    if (!opened) {
        return fail(opened.error());
    }
    database = std::move(*opened);
    if (params.durability == LedgerDurability::Process) {
        if (auto set = database->exec(u"PRAGMA synchronous = NORMAL"_s); !set) {
            return set;
        }
    }
    writer = std::make_unique<BatchWriter>(*database);
    return loadCounters(*database).and_then([this] { return loadContexts(*database); });
}

Result<> LedgerWriter::Private::loadCounters(Database& from)
{
    const std::pair<const char16_t*, std::atomic<qint64>*> counters[] = {
        {u"SELECT max(id) FROM jobs", &lastJob},
        {u"SELECT max(id) FROM instances", &lastInstance},
        {u"SELECT max(id) FROM associations", &lastAssociation},
        {u"SELECT max(id) FROM folders", &lastFolder},
        {u"SELECT max(id) FROM series", &lastSeries},
        {u"SELECT max(id) FROM spool_instances", &lastSpool},
    };
    for (const auto& [sql, counter] : counters) {
        const auto last = from.integer(QString::fromUtf16(sql));
        if (!last) {
            return fail(last.error());
        }
        counter->store(*last);
    }
    return {};
}

Result<> LedgerWriter::Private::loadContexts(Database& from)
{
    auto& rows = from.prepared(u"SELECT id, sop_class_uid, transfer_syntax_uid FROM contexts"_s);
    if (auto done = rows.exec(); !done) {
        return done;
    }
    const std::lock_guard lock(contextMutex);
    while (rows.next()) {
        contexts.insert({SopClassUid{rows.ascii(1)}, TransferSyntaxUid{rows.ascii(2)}}, rows.integer(0));
        lastContext = std::max(lastContext, rows.integer(0));
    }
    return {};
}

/// Waits for records and for the moment to commit them. False: the end.
bool LedgerWriter::Private::takeBatch()
{
    std::unique_lock lock(mutex);
    wakeWriter.wait(lock, [this] { return stopping || queue.size() > 0; });
    while (!stopping && flushing == 0 && queue.size() < fullAt()) {
        const SteadyClock::time_point due = queuedSince + (hurried ? params.hurriedLinger : params.linger);
        if (SteadyClock::now() >= due) {
            break;
        }
        wakeWriter.wait_until(lock, due);
    }
    if (queue.size() == 0) {
        return false;
    }
    std::swap(queue, batch);
    taken = posted;
    hurried = false;
    lock.unlock();
    wakeRoom.notify_all();
    return true;
}

/// Tries until the disk takes it; what is kept in memory meanwhile is bounded by the callers.
void LedgerWriter::Private::commitBatch()
{
    for (;;) {
        const auto outcome = tryBatch();
        if (outcome) {
            tellListener();
            writer->inspect(batch);
        }
        settle(outcome);
        if (outcome) {
            return;
        }
        if (!waitForRetry()) {
            qCCritical(observe::lcStore) << "records lost at the end of the process, the disk refuses:" << batch.size();
            return;
        }
    }
}

Result<> LedgerWriter::Private::tryBatch()
{
    {
        const std::lock_guard lock(mutex);
        for (auto& item : batch.works) {
            if (item.ticket) {
                item.skipped = item.ticket->state == WorkTicket::State::Abandoned;
                if (!item.skipped) {
                    item.ticket->state = WorkTicket::State::Running;
                }
            }
        }
    }
    if (const qint64 wanted = maxPages.load(); wanted != appliedMaxPages) {
        appliedMaxPages = wanted;
        std::ignore = database->exec(u"PRAGMA max_page_count = %1"_s.arg(wanted));
    }
    return writer->write(batch);
}

/// Makes the outcome of a try known to those who wait.
void LedgerWriter::Private::settle(const Result<>& outcome)
{
    std::optional<Error> before;
    {
        const std::lock_guard lock(mutex);
        before = failure;
        failure = outcome ? std::nullopt : std::optional(outcome.error());
        settleWorks(outcome);
        if (outcome) {
            durable = taken;
            ++commits;
        }
    }
    wakeWaiters.notify_all();
    const std::lock_guard lock(listenerMutex);
    if (listener != nullptr && outcome && before) {
        listener->onLedgerRecovered();
    } else if (listener != nullptr && !outcome && !before) {
        listener->onLedgerFailed(outcome.error());
    }
}

/// With the mutex held.
void LedgerWriter::Private::settleWorks(const Result<>& outcome)
{
    for (auto& item : batch.works) {
        if (item.ticket && !item.skipped) {
            item.ticket->state = outcome ? WorkTicket::State::Done : WorkTicket::State::Queued;
            item.ticket->result = item.result;
        } else if (outcome && !item.ticket && !item.result) {
            qCWarning(observe::lcStore) << "a change to the ledger failed:" << item.result.error().detail;
        }
    }
}

void LedgerWriter::Private::tellListener()
{
    const std::lock_guard lock(listenerMutex);
    if (listener == nullptr) {
        return;
    }
    if (!batch.instances.empty()) {
        listener->onInstancesCommitted(batch.instances);
    }
    if (!batch.attempts.empty()) {
        listener->onAttemptsCommitted(batch.attempts);
    }
}

bool LedgerWriter::Private::waitForRetry()
{
    std::unique_lock lock(mutex);
    wakeWriter.wait_for(lock, params.retryInterval, [this] { return stopping; });
    return !stopping;
}

/// With the mutex held.
void LedgerWriter::Private::wakeFor(std::size_t sizeBefore)
{
    noteQueued(sizeBefore);
    if (sizeBefore == 0 || sizeBefore + 1 == fullAt()) {
        wakeWriter.notify_one();
    }
}

/// With the mutex held.
void LedgerWriter::Private::noteQueued(std::size_t sizeBefore)
{
    ++posted;
    if (sizeBefore == 0) {
        queuedSince = SteadyClock::now();
    }
}

/// With the mutex held; wakes nobody.
void LedgerWriter::Private::append(WorkItem&& item)
{
    const std::size_t before = queue.size();
    item.instancesBefore = queue.instances.size();
    item.attemptsBefore = queue.attempts.size();
    queue.works.push_back(std::move(item));
    noteQueued(before);
}

LedgerWriter::LedgerWriter(LedgerWriterParams params)
    : d(std::make_unique<Private>(std::move(params)))
{
}

LedgerWriter::~LedgerWriter()
{
    {
        const std::lock_guard lock(d->mutex);
        d->stopping = true;
    }
    d->wakeWriter.notify_all();
    if (d->thread.joinable()) {
        d->thread.join();
    }
}

Result<> LedgerWriter::start()
{
    d->thread = std::thread([this] { d->main(); });
    d->threadId = d->thread.get_id();
    std::unique_lock lock(d->mutex);
    d->wakeWaiters.wait(lock, [this] { return d->started.has_value(); });
    return *d->started;
}

void LedgerWriter::setListener(LedgerListener* listener)
{
    const std::lock_guard lock(d->listenerMutex);
    d->listener = listener;
}

void LedgerWriter::post(Work work)
{
    const std::lock_guard lock(d->mutex);
    const auto before = d->queue.size();
    d->append({.work = std::move(work)});
    if (before == 0 || before + 1 == d->fullAt()) {
        d->wakeWriter.notify_one();
    }
}

Result<> LedgerWriter::run(Work work, const CancelToken& cancel)
{
    return d->runAndWait({.work = std::move(work)}, cancel);
}

Result<> LedgerWriter::inspect(Work work, const CancelToken& cancel)
{
    return d->runAndWait({.work = std::move(work), .kind = WorkItem::Kind::Inspection}, cancel);
}

Result<> LedgerWriter::Private::runAndWait(WorkItem&& item, const CancelToken& cancel)
{
    if (std::this_thread::get_id() == threadId) {
        return fail(ErrorCode::Internal, u"the writer thread cannot wait for itself"_s);
    }
    // Declared before the lock, so that it goes after it: its end waits for a callback that wants the lock.
    const std::stop_callback wake(cancel.stopToken(), [this] { wakeAllWaiters(); });
    const auto ticket = std::make_shared<WorkTicket>();
    item.ticket = ticket;
    {
        const std::lock_guard lock(mutex);
        ++flushing;
        append(std::move(item));
    }
    wakeWriter.notify_one(); // without the lock, or it would wake only to wait for that
    std::unique_lock lock(mutex);
    // A try that runs is waited for: only its end tells whether the work was done.
    wakeWaiters.wait(lock, [&] {
        return ticket->state == WorkTicket::State::Done ||
            (ticket->state == WorkTicket::State::Queued && (failure || cancel.isCancelled()));
    });
    --flushing;
    if (ticket->state == WorkTicket::State::Done) {
        return ticket->result;
    }
    ticket->state = WorkTicket::State::Abandoned;
    return failure ? Result<>(fail(*failure)) : fail(ErrorCode::Cancelled);
}

/// Takes the lock, so that a waiter is either before its check or in its wait.
void LedgerWriter::Private::wakeAllWaiters()
{
    const std::lock_guard lock(mutex);
    wakeWaiters.notify_all();
    wakeRoom.notify_all();
}

Result<> LedgerWriter::Private::waitForRoom(const CancelToken& cancel)
{
    const auto hasRoom = [this] { return queue.size() < static_cast<std::size_t>(params.maxQueuedRecords); };
    {
        const std::lock_guard lock(mutex);
        if (hasRoom()) {
            return {};
        }
    }
    const std::stop_callback wake(cancel.stopToken(), [this] { wakeAllWaiters(); });
    std::unique_lock lock(mutex);
    wakeRoom.wait(lock, [&] { return hasRoom() || cancel.isCancelled(); });
    return cancel.check();
}

Result<> LedgerWriter::postWhenRoom(Work work, const CancelToken& cancel)
{
    if (auto room = d->waitForRoom(cancel); !room) {
        return room;
    }
    post(std::move(work));
    return {};
}

Result<> LedgerWriter::post(InstanceRecord&& record, const CancelToken& cancel)
{
    if (auto room = d->waitForRoom(cancel); !room) {
        return room;
    }
    const std::lock_guard lock(d->mutex);
    const auto before = d->queue.size();
    d->queue.instances.push_back(std::move(record));
    d->wakeFor(before);
    return {};
}

void LedgerWriter::post(std::vector<InstanceRecord>&& records, Work work)
{
    const std::lock_guard lock(d->mutex);
    const auto before = d->queue.size();
    for (auto& record : records) {
        d->queue.instances.push_back(std::move(record));
        d->noteQueued(d->queue.size() - 1);
    }
    d->append({.work = std::move(work)});
    if (before == 0 || d->queue.size() >= d->fullAt()) {
        d->wakeWriter.notify_one();
    }
}

void LedgerWriter::post(AttemptRecord&& record)
{
    const std::lock_guard lock(d->mutex);
    const auto before = d->queue.size();
    d->queue.attempts.push_back(std::move(record));
    d->wakeFor(before);
}

Result<> LedgerWriter::flush(const CancelToken& cancel)
{
    const std::stop_callback wake(cancel.stopToken(), [this] { d->wakeAllWaiters(); });
    std::unique_lock lock(d->mutex);
    const qint64 target = d->posted;
    ++d->flushing;
    d->wakeWriter.notify_one();
    d->wakeWaiters.wait(lock, [&] { return d->durable >= target || d->failure || cancel.isCancelled(); });
    --d->flushing;
    if (d->durable >= target) {
        return {};
    }
    return d->failure ? Result<>(fail(*d->failure)) : fail(ErrorCode::Cancelled);
}

void LedgerWriter::hurry()
{
    const std::lock_guard lock(d->mutex);
    if (!d->hurried) {
        d->hurried = true;
        d->wakeWriter.notify_one();
    }
}

std::optional<Error> LedgerWriter::failure() const
{
    const std::lock_guard lock(d->mutex);
    return d->failure;
}

qint64 LedgerWriter::commitCount() const
{
    return d->commits.load();
}

void LedgerWriter::setMaxPages(qint64 pages)
{
    d->maxPages.store(pages);
}

JobId LedgerWriter::nextJobId()
{
    return JobId{++d->lastJob};
}

InstanceId LedgerWriter::nextInstanceId()
{
    return InstanceId{++d->lastInstance};
}

AssociationId LedgerWriter::nextAssociationId()
{
    return AssociationId{++d->lastAssociation};
}

qint64 LedgerWriter::nextFolderId()
{
    return ++d->lastFolder;
}

qint64 LedgerWriter::nextSeriesId()
{
    return ++d->lastSeries;
}

qint64 LedgerWriter::nextSpoolId()
{
    return ++d->lastSpool;
}

void LedgerWriter::keepSpoolIdsAbove(qint64 id)
{
    for (qint64 last = d->lastSpool; last < id && !d->lastSpool.compare_exchange_weak(last, id);) {
    }
}

qint64 LedgerWriter::contextId(const Context& context)
{
    const std::lock_guard lock(d->contextMutex);
    if (const auto known = d->contexts.constFind(context); known != d->contexts.constEnd()) {
        return *known;
    }
    const qint64 id = ++d->lastContext;
    d->contexts.insert(context, id);
    post([id, context](WriteSession& session) {
        auto& insert = session.database.prepared(
            u"INSERT INTO contexts (id, sop_class_uid, transfer_syntax_uid) VALUES (?, ?, ?)"_s);
        return insert.bind(id)
            .bindText(context.sopClassUid.toString())
            .bindText(context.transferSyntaxUid.toString())
            .exec();
    });
    return id;
}

} // namespace radpost::store
