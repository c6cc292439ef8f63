#include "core/engine/Engine.h"

#include "core/dicom/DcmtkRuntime.h"
#include "core/engine/ContractProvider.h"
#include "core/engine/JobOptions.h"
#include "core/engine/JobOrders.h"
#include "core/engine/LedgerKeeper.h"
#include "core/engine/LedgerProbe.h"
#include "core/engine/LedgerValues.h"
#include "core/engine/ListenerFan.h"
#include "core/engine/MeteredSender.h"
#include "core/engine/ProofDesk.h"
#include "core/engine/ProofEvents.h"
#include "core/engine/ScanFeeder.h"
#include "core/engine/UnpackArea.h"
#include "core/engine/ruleHours.h"
#include "core/observe/Log.h"
#include "core/queue/Dispatcher.h"
#include "core/queue/JobQueue.h"
#include "core/queue/WaitClock.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <condition_variable>
#include <iterator>
#include <mutex>

namespace radpost::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kConvertedFolder = "/converted"_L1;

QStringList absolute(const QStringList& paths)
{
    QStringList made;
    for (const auto& path : paths) {
        made.append(QFileInfo(path).absoluteFilePath());
    }
    return made;
}

bool anyExists(const QStringList& paths)
{
    return std::any_of(paths.begin(), paths.end(), [](const QString& path) { return QFileInfo::exists(path); });
}

QString titleFrom(const QStringList& paths)
{
    const auto name = QFileInfo(paths.front()).fileName();
    return paths.size() == 1 ? name : u"%1 + %2"_s.arg(name).arg(paths.size() - 1);
}

/// Requests whose jobs have the same instances: what each destination lacks is its own affair.
std::vector<SendRequest> separate(const SendRequest& request)
{
    if (!request.onlyMissing) {
        return {request};
    }
    std::vector<SendRequest> requests(request.destinations.size(), request);
    for (std::size_t i = 0; i < requests.size(); ++i) {
        requests[i].destinations = {request.destinations[i]};
    }
    return requests;
}

std::vector<store::NewJob> newJobs(const SendRequest& request, const JobOptions& options)
{
    std::vector<store::NewJob> jobs;
    for (const auto& destination : request.destinations) {
        store::NewJob job;
        job.title = request.title.isEmpty() ? titleFrom(options.paths) : request.title;
        job.destinationName = destination.name;
        job.destinationContract = contractText(destination);
        job.options = toText(options);
        job.priority = request.priority;
        job.proofWanted = request.proof.value_or(wantedOf(destination.proof));
        jobs.push_back(std::move(job));
    }
    return jobs;
}

/// Everything that the scan had found was sent before it was cut short: reopening makes the job active again.
bool sentAllOfACutScan(const store::JobRow& job)
{
    return job.growth == store::JobGrowth::Interrupted && job.state == store::JobState::Finished;
}

bool isAtEndUnproved(const store::JobRow& job, const QList<JobId>& unproved)
{
    const bool isAtEnd = job.state == store::JobState::Finished || job.state == store::JobState::Cancelled;
    return isAtEnd && unproved.contains(job.id);
}

bool isUnfinished(const store::JobRow& job)
{
    return job.state == store::JobState::Active || job.state == store::JobState::Stopped || sentAllOfACutScan(job);
}

/// Nothing when the contract, of a later version, cannot be read: the receipt is then as it was without.
std::optional<queue::ReceiptParties> partiesOf(const store::JobRow& job, const AeTitle& ownAeTitle)
{
    const auto to = contractDestination(job.destinationContract, job.destinationName);
    if (!to) {
        return std::nullopt;
    }
    const auto& calling = to->callingAeTitle.isEmpty() ? ownAeTitle : to->callingAeTitle;
    return queue::ReceiptParties{
        to->host, to->port, to->tls.mode != config::TlsMode::Off, to->calledAeTitle.toString(), calling.toString()};
}

} // namespace

struct Engine::Private
{
    Private(const EngineParams& p, const QString& folder, std::unique_ptr<store::Ledger> opened, EngineListener* l)
        : params(p)
        , fan(l)
        , listener(&fan)
        , clock(p.clock != nullptr ? *p.clock : systemClock)
        , unpackArea(folder)
        , ledger(std::move(opened))
        , history(*ledger)
        , received(*ledger)
        , provider({p.callingAeTitle, {&dcmtk, folder + kConvertedFolder}, p.giveUpAfter, p.traces, p.metrics,
              p.maxAssociations})
        , events(fan, p.metrics)
    {
        if (!ledger->isReadOnly()) {
            desk.emplace(*ledger, clock,
                ProofDeskParams{p.callingAeTitle, p.proof, p.commitmentPort, p.commitmentAddress}, listener);
            proofEvents.connectTo(
                events, [this](JobId job) { prove(job); },
                [this](const QString& name, qint64 count) { desk->prover().stored(name, count); },
                [this](JobId job) { desk->prover().rested(job); });
            queue.emplace(*ledger);
            dispatcher.emplace(*queue, provider, proofEvents, clock);
        }
    }

    [[nodiscard]] Result<QList<JobId>> sendTogether(const SendRequest& request)
    {
        auto unpackFolder = unpackArea.make();
        if (!unpackFolder) {
            return fail(std::move(unpackFolder.error()));
        }
        const JobOptions options{
            absolute(request.paths), request.onlySeries, *unpackFolder, request.onlyKeys, request.onlyMissing};
        auto batch = queue->create(newJobs(request, options));
        if (!batch) {
            return fail(std::move(batch.error()));
        }
        const auto jobs = (*batch)->jobs();
        return begin(*std::move(batch), options).map([&jobs] { return jobs; });
    }

    /// Of a batch of one job, since each destination has something else already.
    [[nodiscard]] Result<> leaveOut(ScanFeeder& feeder, JobId job)
    {
        const auto reader = ledger->openReader();
        const auto row = reader ? (*reader)->jobs().find(job) : fail(reader.error());
        auto destination =
            row ? contractDestination(row->destinationContract, row->destinationName) : fail(row.error());
        if (!destination) {
            return fail(std::move(destination.error()));
        }
        feeder.leaveOut(std::make_unique<AlreadyThere>(desk->makeAsker(), *std::move(destination)),
            [this, job](const Error& error) {
                if (const auto stopped = queue->stop(job, error); !stopped) {
                    qCWarning(observe::lcEngine) << "job" << job.value << "was not stopped:" << stopped.error().detail;
                }
            });
        return {};
    }

    [[nodiscard]] Result<> checkWritable() const
    {
        return queue ? Result<>() : fail(ErrorCode::LedgerLocked, u"the ledger is open for reading only"_s);
    }

    [[nodiscard]] Result<> begin(std::unique_ptr<queue::Batch> batch, const JobOptions& options)
    {
        const auto jobs = batch->jobs();
        auto fresh = std::make_unique<ScanFeeder>(std::move(batch), options, params.scanThreads, listener);
        if (auto done = options.onlyMissing ? leaveOut(*fresh, jobs.front()) : Result<>(); !done) {
            return done;
        }
        // Destroyed after the lock: a feeder that ends wants it before its thread can be joined.
        std::vector<std::unique_ptr<ScanFeeder>> ended;
        {
            const std::scoped_lock lock(mutex);
            const auto running =
                std::partition(feeders.begin(), feeders.end(), [](const auto& feeder) { return feeder->isRunning(); });
            std::move(running, feeders.end(), std::back_inserter(ended));
            feeders.erase(running, feeders.end());
            feeders.push_back(std::move(fresh));
            feeders.back()->start([this] { scanEnded(); });
        }
        for (const auto job : jobs) {
            if (auto taken = dispatcher->take(job).and_then([&] { return desk->take(job); }); !taken) {
                return taken;
            }
        }
        return {};
    }

    [[nodiscard]] std::optional<config::Destination> destinationNow(const QString& name) const
    {
        return params.currentDestination ? params.currentDestination(name) : std::nullopt;
    }

    /// The contract that all jobs to one destination go on with: one set of limits, but for the hours of a rule.
    [[nodiscard]] Result<QString> contractNow(const store::JobRow& job) const
    {
        const auto& name = job.destinationName;
        if (const auto destination = destinationNow(name)) {
            const auto options = jobOptions(job.options);
            return contractText(withRuleHours(*destination, options ? options->forwardHours : QString()));
        }
        const auto reader = ledger->openReader();
        const auto jobs = reader ? (*reader)->jobs().list() : fail(reader.error());
        if (!jobs) {
            return fail(jobs.error());
        }
        const auto newest = std::find_if(jobs->begin(), jobs->end(),
            [&name](const auto& other) { return store::isSameDestination(other.destinationName, name); });
        return newest == jobs->end() ? QString() : newest->destinationContract;
    }

    /// Before the job goes on: its lane must not begin with what was replaced.
    [[nodiscard]] Result<> renewContract(const store::JobRow& job)
    {
        const auto contract = contractNow(job);
        if (!contract) {
            return fail(contract.error());
        }
        if (contract->isEmpty() || *contract == job.destinationContract) {
            return {};
        }
        return dispatcher->letGo(job.id) ? queue->setContract(job.id, *contract) : Result<>();
    }

    /// Sends, and proves, what the job has.
    [[nodiscard]] Result<> takeUp(JobId job)
    {
        return dispatcher->take(job).and_then([&] { return desk->take(job); });
    }

    [[nodiscard]] Result<> seal(JobId job)
    {
        return ledger->writer().run(
            [job](store::WriteSession& session) { return session.jobs.setGrowth(job, store::JobGrowth::Sealed); });
    }

    void keepLedger()
    {
        LedgerKeeperParams keeping{params.keepJobs, &clock, {}};
        keeping.onPurged = [this](const LedgerPurge&) { listener->onJobsRemoved(); };
        keeper.emplace(*ledger, std::move(keeping));
    }

    void proveOn()
    {
        const auto reader = ledger->openReader();
        const auto unproved = reader ? (*reader)->proofs().unsettled() : fail(reader.error());
        for (const auto job : unproved ? *unproved : QList<JobId>()) {
            prove(job);
        }
    }

    /// Also jobs that others than this engine gave to the dispatcher: those of a gateway.
    void prove(JobId job)
    {
        if (const auto taken = desk->take(job); !taken) {
            qCWarning(observe::lcEngine) << "the proof of job" << job.value << "waits:" << taken.error().detail;
        }
    }

    void scanEnded()
    {
        const std::scoped_lock lock(mutex);
        scanEndedCondition.notify_all();
    }

    [[nodiscard]] bool anyScanRuns() const
    {
        return std::any_of(feeders.begin(), feeders.end(), [](const auto& feeder) { return feeder->isRunning(); });
    }

    [[nodiscard]] Result<> waitForScans(const CancelToken& cancel)
    {
        std::unique_lock lock(mutex);
        scanEndedCondition.wait(lock, cancel.stopToken(), [this] { return !anyScanRuns(); });
        return cancel.check();
    }

    void stopScans()
    {
        std::vector<std::unique_ptr<ScanFeeder>> stopping;
        {
            const std::scoped_lock lock(mutex);
            stopping.swap(feeders);
        }
        for (const auto& feeder : stopping) {
            feeder->cancel();
        }
    }

    const EngineParams params;
    ListenerFan fan;
    EngineListener* const listener;
    const queue::SystemWaitClock systemClock;
    const queue::WaitClock& clock;
    UnpackArea unpackArea;
    std::unique_ptr<store::Ledger> ledger;
    History history;
    ReceivedIndex received;
    dicom::DcmtkRuntime dcmtk;
    ContractProvider provider;
    MeteredEvents events;
    ProofEvents proofEvents;
    std::optional<ProofDesk> desk;
    std::optional<queue::JobQueue> queue;
    std::optional<queue::Dispatcher> dispatcher;
    std::mutex mutex; ///< of feeders
    std::condition_variable_any scanEndedCondition;
    std::vector<std::unique_ptr<ScanFeeder>> feeders;
    std::optional<LedgerKeeper> keeper;
    std::unique_ptr<OrderDesk> orders; // goes first
};

Result<std::unique_ptr<Engine>> Engine::open(const EngineParams& params, EngineListener* listener)
{
    // Paths in the ledger have to be good for a process that starts elsewhere.
    const auto folder = QFileInfo(params.dataFolder).absoluteFilePath();
    store::LedgerParams ledgerParams;
    ledgerParams.path = folder + u"/ledger.sqlite"_s;
    ledgerParams.mode =
        params.access == LedgerAccess::ReadOnly ? store::LedgerMode::ReadOnly : store::LedgerMode::ReadWrite;
    ledgerParams.clock = params.clock;
    ledgerParams.durability = params.durability == config::ReceiveDurability::Process
        ? store::LedgerDurability::Process
        : store::LedgerDurability::PowerLoss;
    auto ledger = store::Ledger::open(ledgerParams);
    if (!ledger) {
        return fail(std::move(ledger.error()));
    }
    auto state = std::make_unique<Private>(params, folder, *std::move(ledger), listener);
    if (state->queue) {
        state->unpackArea.sweep(*state->ledger);
        // Uncompressed copies of a process that was killed.
        QDir(folder + kConvertedFolder).removeRecursively();
        state->keepLedger();
    }
    if (state->desk && params.provesFromStart) {
        state->proveOn();
    }
    const bool isOwner = state->queue.has_value() && params.takesOrders;
    auto engine = std::unique_ptr<Engine>(new Engine(std::move(state)));
    if (isOwner) {
        engine->d->orders = std::make_unique<OrderDesk>(*engine, folder);
    }
    return engine;
}

Engine::Engine(std::unique_ptr<Private> state)
    : d(std::move(state))
{
}

Engine::~Engine()
{
    stop(std::chrono::milliseconds(0));
}

Result<QList<JobId>> Engine::send(const SendRequest& request)
{
    if (auto writable = d->checkWritable(); !writable) {
        return fail(std::move(writable.error()));
    }
    if (request.paths.isEmpty() || request.destinations.empty()) {
        return fail(ErrorCode::InvalidArgument, u"a send needs a path and a destination"_s);
    }
    if (!anyExists(request.paths)) {
        return fail(ErrorCode::FileNotFound, request.paths.join(u", "_s));
    }
    QList<JobId> all;
    for (const auto& part : separate(request)) {
        const auto jobs = d->sendTogether(part);
        if (!jobs) {
            return jobs;
        }
        all += *jobs;
    }
    return all;
}

Result<> Engine::resume(JobId id)
{
    if (auto writable = d->checkWritable(); !writable) {
        return writable;
    }
    const auto summary = job(id);
    if (!summary) {
        return fail(summary.error());
    }
    if (auto renewed = d->renewContract(summary->job); !renewed) {
        return renewed;
    }
    const bool isSent =
        summary->job.state == store::JobState::Finished || summary->job.state == store::JobState::Cancelled;
    if (isSent && !sentAllOfACutScan(summary->job) && summary->job.proofWanted != store::ProofWanted::Response) {
        return d->desk->take(id);
    }
    const auto resumed = sentAllOfACutScan(summary->job) ? Result<>() : d->queue->resume(id);
    if (!resumed) {
        return resumed;
    }
    if (summary->job.growth != store::JobGrowth::Interrupted) {
        return d->takeUp(id);
    }
    auto options = jobOptions(summary->job.options);
    if (!options) {
        return fail(options.error());
    }
    if (options->isForward) { // no source to scan again: what comes now begins a job of its own
        return d->seal(id).and_then([&] { return d->takeUp(id); });
    }
    auto unpackFolder = d->unpackArea.reopen(options->unpackFolder);
    if (!unpackFolder) {
        return fail(std::move(unpackFolder.error()));
    }
    options->unpackFolder = *std::move(unpackFolder);
    auto batch = d->queue->reopen(std::span(&id, 1));
    if (!batch) {
        return fail(std::move(batch.error()));
    }
    return d->begin(*std::move(batch), *options);
}

Result<QList<JobId>> Engine::resumeUnfinished(const QString& destinationName)
{
    const auto all = jobs();
    const auto reader = d->ledger->openReader();
    const auto unproved = reader ? (*reader)->proofs().unsettled() : fail(reader.error());
    if (!all || !unproved) {
        return fail(all ? unproved.error() : all.error());
    }
    QList<JobId> unfinished;
    for (const auto& summary : *all) {
        const bool isMeant =
            destinationName.isEmpty() || store::isSameDestination(summary.job.destinationName, destinationName);
        if (isMeant && (isUnfinished(summary.job) || isAtEndUnproved(summary.job, *unproved))) {
            unfinished.prepend(summary.job.id);
        }
    }
    // One job that cannot go on must not hold up the others.
    unfinished.removeIf([this](JobId id) {
        const auto resumed = resume(id);
        if (!resumed) {
            qCWarning(observe::lcEngine) << "job" << id.value << "was not resumed:" << resumed.error().detail;
        }
        return !resumed;
    });
    return unfinished;
}

Result<> Engine::pause(JobId job)
{
    return d->checkWritable().and_then([&] { return d->queue->pause(job); });
}

Result<> Engine::cancel(JobId job)
{
    return d->checkWritable().and_then([&] { return d->queue->cancel(job); });
}

Result<qint64> Engine::retry(JobId job, const RetryCall& call)
{
    if (auto writable = d->checkWritable(); !writable) {
        return fail(std::move(writable.error()));
    }
    const auto summary = this->job(job);
    if (!summary) {
        return fail(summary.error());
    }
    if (auto renewed = d->renewContract(summary->job); !renewed) {
        return fail(std::move(renewed.error()));
    }
    auto count = call();
    const bool isNothingToDo = count && *count == 0 && summary->job.state == store::JobState::Finished;
    if (!count || isNothingToDo) {
        return count;
    }
    return resume(job).map([&count] { return *count; });
}

Result<qint64> Engine::retryFailed(JobId job)
{
    return retry(job, [this, job] { return d->queue->retryFailed(job); });
}

Result<qint64> Engine::retryFailed(JobId job, const store::FailureCause& cause)
{
    return retry(job, [&] { return d->queue->retryFailed(job, cause); });
}

Result<> Engine::settle(JobId job)
{
    return d->checkWritable().and_then([&] { return d->queue->settle(job); });
}

Result<QList<JobId>> Engine::sendAgain(JobId job, const std::vector<config::Destination>& destinations)
{
    const auto summary = this->job(job);
    if (!summary) {
        return fail(summary.error());
    }
    const auto options = jobOptions(summary->job.options);
    if (!options) {
        return fail(options.error());
    }
    SendRequest request;
    request.paths = options->paths;
    request.onlySeries = options->onlySeries;
    request.onlyKeys = options->onlyKeys;
    request.proof = summary->job.proofWanted;
    request.onlyMissing = options->onlyMissing;
    request.destinations = destinations;
    request.title = summary->job.title;
    request.priority = summary->job.priority;
    return send(request);
}

Result<> Engine::setPriority(JobId job, int priority)
{
    return d->checkWritable().and_then([&] { return d->queue->setPriority(job, priority); });
}

Result<> Engine::pauseDestination(const QString& name)
{
    return d->checkWritable().and_then([&] { return d->queue->pauseDestination(name); });
}

Result<> Engine::resumeDestination(const QString& name)
{
    return d->checkWritable().and_then([&] { return d->queue->resumeDestination(name); });
}

std::optional<config::Destination> Engine::destinationNow(const QString& name) const
{
    return d->destinationNow(name);
}

Result<QStringList> Engine::pausedDestinations() const
{
    const auto reader = d->ledger->openReader();
    return reader ? (*reader)->jobs().pausedDestinations() : fail(reader.error());
}

Result<> Engine::tryNow(JobId job)
{
    return d->checkWritable().and_then([&] { return d->dispatcher->tryNow(job); });
}

Result<> Engine::waitUntilAtRest(const CancelToken& cancel)
{
    if (auto writable = d->checkWritable(); !writable) {
        return writable;
    }
    return d->waitForScans(cancel).and_then([&] { return d->dispatcher->waitUntilAtRest(cancel); });
}

Result<> Engine::waitUntilProved(const QList<JobId>& jobs, const CancelToken& cancel)
{
    return d->checkWritable().and_then([&] { return d->desk->prover().waitUntilSettled(jobs, cancel); });
}

Result<> Engine::listenForReports()
{
    return d->checkWritable().and_then([&] { return d->desk->listen(); });
}

quint16 Engine::commitmentPort() const
{
    return d->desk ? d->desk->port() : 0;
}

CommitmentBook* Engine::commitmentBook()
{
    return d->desk ? &d->desk->book() : nullptr;
}

Result<QList<JobSummary>> Engine::jobs() const
{
    const auto reader = d->ledger->openReader();
    if (!reader) {
        return fail(reader.error());
    }
    const auto rows = (*reader)->jobs().list();
    if (!rows) {
        return fail(rows.error());
    }
    QList<JobSummary> summaries;
    for (const auto& row : *rows) {
        const auto counts = (*reader)->jobs().counts(row.id);
        if (!counts) {
            return fail(counts.error());
        }
        summaries.append({row, *counts});
    }
    return summaries;
}

Result<JobSummary> Engine::job(JobId job) const
{
    const auto reader = d->ledger->openReader();
    if (!reader) {
        return fail(reader.error());
    }
    const auto row = (*reader)->jobs().find(job);
    if (!row) {
        return fail(row.error());
    }
    const auto counts = (*reader)->jobs().counts(job);
    if (!counts) {
        return fail(counts.error());
    }
    return JobSummary{*row, *counts};
}

const History& Engine::history() const
{
    return d->history;
}

const ReceivedIndex& Engine::received() const
{
    return d->received;
}

void Engine::attach(EngineListener& listener)
{
    d->fan.attach(listener);
}

void Engine::detach()
{
    d->fan.detach();
}

bool Engine::isReadOnly() const
{
    return d->ledger->isReadOnly();
}

std::optional<queue::JobProgress> Engine::progress(JobId job) const
{
    return d->dispatcher ? d->dispatcher->progress(job) : std::nullopt;
}

Result<queue::Receipt> Engine::receipt(JobId job) const
{
    const auto reader = d->ledger->openReader();
    if (!reader) {
        return fail(reader.error());
    }
    auto receipt = queue::makeReceipt(**reader, job, d->ledger->clock().now());
    if (receipt) {
        receipt->parties = partiesOf(receipt->job, d->params.callingAeTitle);
    }
    return receipt;
}

Result<QList<store::DestinationTally>> Engine::tallies(Clock::WallTime since) const
{
    const auto reader = d->ledger->openReader();
    return reader ? (*reader)->report().tallies(since) : fail(reader.error());
}

Result<store::LedgerStatistics> Engine::statistics() const
{
    const auto reader = d->ledger->openReader();
    return reader ? (*reader)->statistics().read() : fail(reader.error());
}

Result<> Engine::forEachPatient(const std::function<void(const QString& name, const QString& id)>& visit) const
{
    const auto reader = d->ledger->openReader();
    return reader ? (*reader)->statistics().forEachPatient(visit) : fail(reader.error());
}

Result<QList<store::DestinationBacklog>> Engine::backlog() const
{
    const auto reader = d->ledger->openReader();
    return reader ? (*reader)->backlog().read() : fail(reader.error());
}

Result<> Engine::checkLedger(std::chrono::milliseconds limit) const
{
    return d->checkWritable().and_then([&] { return d->ledger->checkFile(); }).and_then([&] {
        return checkWriter(d->ledger->writer(), limit);
    });
}

EngineParts Engine::parts()
{
    return {*d->ledger, *d->queue, *d->dispatcher};
}

void Engine::stop(std::chrono::milliseconds patience)
{
    if (!d->dispatcher) {
        return;
    }
    d->orders.reset();
    d->keeper.reset();
    d->stopScans();
    d->dispatcher->stop(patience);
    d->desk->stop();
    d->unpackArea.sweep(*d->ledger);
}

} // namespace radpost::engine
