#include "core/engine/Gateway.h"

#include "core/base/Deadline.h"
#include "core/engine/AuditTrail.h"
#include "core/engine/DestinationHealth.h"
#include "core/engine/Engine.h"
#include "core/engine/Forwarder.h"
#include "core/engine/HeldInstances.h"
#include "core/engine/JobAuditor.h"
#include "core/engine/JobOptions.h"
#include "core/engine/LedgerProbe.h"
#include "core/engine/Monitor.h"
#include "core/engine/PresenceDesk.h"
#include "core/engine/Retention.h"
#include "core/engine/RouteTrial.h"
#include "core/engine/SpoolMending.h"
#include "core/engine/WatchSource.h"
#include "core/observe/Log.h"
#include "core/queue/Dispatcher.h"
#include "core/queue/JobQueue.h"
#include "core/queue/WaitClock.h"
#include "core/spool/Spool.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"
#include "core/store/threadname.h"

#include <QDir>
#include <QFileInfo>

#include <condition_variable>
#include <mutex>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::engine {

namespace {

constexpr auto kLookForRequests = 250ms;
constexpr std::chrono::milliseconds kRetentionEvery = 10s;
constexpr std::chrono::milliseconds kRetentionWhenTight = 1s;
constexpr auto kLedgerAnswer = 2s;
constexpr auto kStoppedFor = 5min; // how long a destination that wants an operator counts as unhealthy
constexpr auto kSilent = std::chrono::milliseconds(0);

QStringList destinationNames(const config::Config& config)
{
    QStringList names;
    for (const auto& destination : config.destinations) {
        names.append(destination.name);
    }
    return names;
}

/// A configuration that is not there has no rules.
Result<route::LoadedRules> rulesOf(const QString& file, const config::Config& config)
{
    return QFileInfo::exists(file) ? readRules(file, destinationNames(config))
                                   : Result<route::LoadedRules>(route::loadRules({}, file, {}));
}

} // namespace

/// Hears the dispatcher for the forwarder, the audit trail, the groups, the counts, and whoever listens.
class GatewayEvents final : public EngineListener
{
public:
    GatewayEvents(GatewayListener& next, const Clock& clock)
        : health(clock)
        , m_next(next)
        , m_clock(clock)
    {
    }

    void setForwarder(Forwarder* forwarder)
    {
        const std::lock_guard lock(m_mutex);
        m_forwarder = forwarder;
    }

    void setAuditor(JobAuditor* auditor)
    {
        const std::lock_guard lock(m_mutex);
        m_auditor = auditor;
    }

    void onJobStarted(JobId job) override { m_next.onJobStarted(job); }
    void onProgress(const queue::JobProgress& progress) override { m_next.onProgress(progress); }
    void onDelivery(const queue::DeliveryEvent& event) override { m_next.onDelivery(event); }

    void onOutcomesCommitted(const QString& destination, const store::StateCounts& outcomes) override
    {
        using store::DeliveryState;
        const qint64 stored = outcomes.of(DeliveryState::Stored) + outcomes.of(DeliveryState::StoredWithWarning);
        delivered += stored;
        rejected += outcomes.of(DeliveryState::Rejected);
        if (stored > 0) {
            health.setUp(destination);
        }
        m_next.onOutcomesCommitted(destination, outcomes);
    }

    void onJobAtRest(const queue::JobProgress& progress) override
    {
        if (progress.activity == queue::JobActivity::Stopped) {
            health.setDown(progress.destinationName, kStoppedFor);
        }
        {
            const std::lock_guard lock(m_mutex);
            if (m_forwarder != nullptr) {
                m_forwarder->jobCameToRest(progress.job);
            }
            if (m_auditor != nullptr) {
                m_auditor->jobCameToRest(progress.job);
            }
        }
        m_next.onJobAtRest(progress);
    }

    void onAssociationOpened(const QString& destination, AssociationId id, const queue::SessionInfo& info) override
    {
        m_next.onAssociationOpened(destination, id, info);
    }

    void onDestinationDown(const QString& destination, const Error& error, Clock::WallTime nextTryAt) override
    {
        health.setDown(destination, nextTryAt - m_clock.now());
        m_next.onDestinationDown(destination, error, nextTryAt);
    }

    void onDestinationUp(const QString& destination) override
    {
        health.setUp(destination);
        m_next.onDestinationUp(destination);
    }

    void onLedgerFailed(const Error& error) override { m_next.onLedgerFailed(error); }
    void onLedgerRecovered() override { m_next.onLedgerRecovered(); }

    DestinationHealth health;
    std::atomic<qint64> delivered{0};
    std::atomic<qint64> rejected{0};

private:
    GatewayListener& m_next;
    const Clock& m_clock;
    std::mutex m_mutex; // guards what follows
    Forwarder* m_forwarder = nullptr;
    JobAuditor* m_auditor = nullptr;
};

struct Gateway::Private
{
    explicit Private(GatewayParams p)
        : params(std::move(p))
        , listener(params.listener != nullptr ? *params.listener : silent)
        , clock(params.clock != nullptr ? *params.clock : systemClock)
        , events(listener, clock)
        , requests(params.dataFolder)
    {
    }

    ~Private()
    {
        if (presence) {
            presence->setOnAnswer({});
        }
        if (isAttached) {
            engine->detach();
        }
    }
    Q_DISABLE_COPY_MOVE(Private)

    [[nodiscard]] Result<> loadRules(const config::Config& wanted);
    void publish(const config::Config& wanted, std::shared_ptr<const route::RuleBook> book);
    [[nodiscard]] Result<> openEngine();
    [[nodiscard]] Result<> joinEngine();
    [[nodiscard]] Result<> startMonitor();
    [[nodiscard]] Result<> openServer();
    void watchSpool();
    void makeForwarder();
    void makeAuditor();
    [[nodiscard]] Result<> startWatching(const std::vector<config::WatchSettings>& watches);
    [[nodiscard]] std::optional<config::Destination> find(const QString& name) const;
    [[nodiscard]] bool maySupersededGo(qint64 id) const;
    void received(const SpooledInstance& instance);
    void resumeOthers();
    [[nodiscard]] bool mend(const CancelToken& cancel);
    void keepHouse();
    Result<qint64> letGo(const CancelToken& cancel);
    [[nodiscard]] std::chrono::milliseconds untilNextPass() const;
    [[nodiscard]] WatchSourceParams watchParams(const config::WatchSettings& settings);

    GatewayParams params;
    GatewayListener silent;
    GatewayListener& listener;
    const queue::SystemWaitClock systemClock;
    const queue::WaitClock& clock;
    GatewayEvents events;
    route::LiveRules rules;
    HoldRequests requests;
    mutable std::mutex mutex; // guards config and watches
    config::Config config;
    std::shared_ptr<Engine> engine;
    bool isAttached = false; ///< the engine is shared, and events hear it
    std::unique_ptr<SpoolServer> server;
    std::unique_ptr<PresenceDesk> presence;
    std::unique_ptr<Forwarder> forwarder;
    std::unique_ptr<Retention> retention;
    std::unique_ptr<JobAuditor> auditor;
    std::vector<std::unique_ptr<WatchSource>> sources;
    std::vector<config::WatchSettings> watches;
    std::atomic<qint64> removed{0};
    CancelSource ending;
    std::thread keeper;
    bool isStopped = false;
};

Result<> Gateway::Private::loadRules(const config::Config& wanted)
{
    auto loaded = rulesOf(params.configFile, wanted);
    if (!loaded) {
        return fail(std::move(loaded.error()));
    }
    if (!loaded->book) {
        return fail(loaded->problems.front().toError());
    }
    rules.use(std::move(loaded->book));
    return {};
}

/// Who asks for a destination sees the configuration of before with the rules of before, or both anew. Rules of before
/// with the destinations of now would hold what they send elsewhere.
void Gateway::Private::publish(const config::Config& wanted, std::shared_ptr<const route::RuleBook> book)
{
    const std::lock_guard lock(mutex);
    auto destinations = book ? wanted.destinations : std::move(config.destinations);
    config = wanted;
    config.destinations = std::move(destinations);
    if (book) {
        rules.use(std::move(book));
    }
}

std::optional<config::Destination> Gateway::Private::find(const QString& name) const
{
    const std::lock_guard lock(mutex);
    const auto* found = config.find(name);
    return found != nullptr ? std::optional(*found) : std::nullopt;
}

Result<> Gateway::Private::joinEngine()
{
    if (params.engine->isReadOnly()) {
        return fail(ErrorCode::LedgerLocked, u"another process has the ledger open"_s);
    }
    engine = params.engine;
    engine->attach(events);
    isAttached = true;
    return {};
}

Result<> Gateway::Private::openEngine()
{
    if (params.engine) {
        return joinEngine();
    }
    EngineParams wanted;
    wanted.dataFolder = params.dataFolder;
    wanted.callingAeTitle = params.config.settings.aeTitle;
    wanted.currentDestination = [this](const QString& name) { return find(name); };
    wanted.durability = params.config.settings.serve.durability;
    wanted.maxAssociations = params.config.settings.sendMaxAssociations;
    wanted.keepJobs = std::chrono::days(params.config.settings.ledgerKeepDays);
    wanted.clock = params.clock;
    wanted.provesFromStart = true; // reports come to the ports of the gateway
    wanted.metrics = params.monitor != nullptr ? &params.monitor->metrics() : nullptr;
    auto opened = Engine::open(wanted, &events);
    if (!opened) {
        return fail(std::move(opened.error()));
    }
    engine = std::move(*opened);
    return {};
}

/// The audit trail is there from here on.
Result<> Gateway::Private::startMonitor()
{
    auto* monitor = params.monitor;
    if (monitor == nullptr) {
        return {};
    }
    monitor->watchQueues([this] { return engine->backlog(); });
    monitor->health().add(u"ledger"_s, ledgerCheck([this] { return engine->checkLedger(kLedgerAnswer); }));
    return monitor->start();
}

/// Whoever watches is told when senders are refused.
void Gateway::Private::watchSpool()
{
    if (params.monitor == nullptr) {
        return;
    }
    params.monitor->health().add(u"spool"_s,
        [this]() -> Result<QString> { return server->spool().isRefusingNobody().map([] { return u"open"_s; }); });
}

/// A version that another one took the place of goes at once only when nobody waits for it.
bool Gateway::Private::maySupersededGo(qint64 id) const
{
    const auto reader = engine->parts().ledger.openReader();
    const auto settled = reader ? (*reader)->routing().isSettled(id) : fail(reader.error());
    return settled.value_or(false);
}

void Gateway::Private::received(const SpooledInstance& instance)
{
    if (instance.id != 0 && !instance.isIdentical) {
        forwarder->wake();
    }
    listener.onReceived(instance);
}

Result<> Gateway::Private::openServer()
{
    const auto& settings = params.config;
    SpoolServerParams wanted;
    wanted.dataFolder = params.dataFolder;
    wanted.settings = settings.settings.serve;
    wanted.listeners = params.usesListeners ? settings.listeners : std::vector<config::ServeListener>();
    wanted.peers = settings.peers;
    wanted.destinations = settings.destinations;
    wanted.aeTitle = settings.settings.aeTitle;
    wanted.commitmentBook = engine->commitmentBook();
    wanted.onQuery = [this](const AnsweredQuery& query) { listener.onQuery(query); };
    wanted.clock = &clock;
    wanted.ledger = &engine->parts().ledger;
    wanted.onInstance = [this](const SpooledInstance& instance) { received(instance); };
    wanted.mayDrop = [this](qint64 id) { return maySupersededGo(id); };
    if (params.monitor != nullptr) {
        wanted.metrics = &params.monitor->metrics();
        wanted.audit = params.monitor->audit();
    }
    auto opened = SpoolServer::open(std::move(wanted));
    if (!opened) {
        return fail(std::move(opened.error()));
    }
    server = std::move(*opened);
    return {};
}

void Gateway::Private::makeForwarder()
{
    const auto parts = engine->parts();
    ForwardParams wanted;
    wanted.ledger = &parts.ledger;
    wanted.jobs = &parts.jobs;
    wanted.dispatcher = &parts.dispatcher;
    wanted.rules = &rules;
    wanted.health = &events.health;
    wanted.clock = &clock;
    wanted.pathOf = [this](qint64 id) { return server->spool().folder().pathOf(id); };
    wanted.destination = [this](const QString& name) { return find(name); };
    presence = std::make_unique<PresenceDesk>(
        [title = params.config.settings.aeTitle] {
            return std::make_unique<DimseProofAsker>(title, [] { return 0ms; });
        },
        clock);
    wanted.presence = presence.get();
    wanted.listener = &listener;
    forwarder = std::make_unique<Forwarder>(std::move(wanted));
    presence->setOnAnswer([this] { forwarder->wake(); });
    events.setForwarder(forwarder.get());
    retention = std::make_unique<Retention>(parts.ledger, server->spool(), clock, params.config.settings.serve.keep);
}

void Gateway::Private::makeAuditor()
{
    auto* trail = params.monitor != nullptr ? params.monitor->audit() : nullptr;
    if (trail == nullptr) {
        return;
    }
    auditor = std::make_unique<JobAuditor>(
        *trail, [this](JobId job) { return engine->receipt(job); }, params.config.settings.aeTitle);
    events.setAuditor(auditor.get());
}

WatchSourceParams Gateway::Private::watchParams(const config::WatchSettings& settings)
{
    WatchSourceParams wanted;
    wanted.settings = settings;
    // A name may hold what no file name does.
    const auto name = QString::fromLatin1(settings.name.toCaseFolded().toUtf8().toHex());
    wanted.journal = params.dataFolder + u"/watch/"_s + name + u".taken"_s;
    wanted.temporaryFolder = params.dataFolder + u"/watch/unpacked"_s;
    wanted.onInstance = [this](const SpooledInstance& instance) { received(instance); };
    wanted.onJunk = [this](const QString& path, const Error& reason) { listener.onJunk(path, reason); };
    return wanted;
}

/// One that cannot be used keeps none of the others from its work; the next reload tries all of them again.
Result<> Gateway::Private::startWatching(const std::vector<config::WatchSettings>& wanted)
{
    sources.clear(); // each waits for its thread
    watches.clear();
    if (!wanted.empty() && !QDir().mkpath(params.dataFolder + u"/watch/unpacked"_s)) {
        return fail(ErrorCode::FileWriteFailed, params.dataFolder + u"/watch"_s);
    }
    Result<> all;
    for (const auto& settings : wanted) {
        auto source = std::make_unique<WatchSource>(server->spool(), clock, watchParams(settings));
        auto started = source->start();
        if (started) {
            sources.push_back(std::move(source));
        } else {
            qCWarning(observe::lcEngine) << "watch folder" << settings.name
                                         << "cannot be used:" << started.error().detail;
            all = all ? started : all;
        }
    }
    watches = all ? wanted : watches;
    return all;
}

/// Jobs that somebody made with `radpost send` in this data folder go on as well; those of the forwarder are its own.
void Gateway::Private::resumeOthers()
{
    const auto reader = engine->parts().ledger.openReader();
    const auto jobs = reader ? (*reader)->jobs().list(store::JobState::Active) : fail(reader.error());
    for (const auto& job : jobs.value_or(QList<store::JobRow>())) {
        const auto options = jobOptions(job.options);
        const bool isTheirs = options && !options->isForward;
        const auto resumed = isTheirs ? engine->resume(job.id) : Result<>();
        if (!resumed) {
            qCWarning(observe::lcEngine) << "job" << job.id.value << "was not resumed:" << resumed.error().detail;
        }
    }
}

std::chrono::milliseconds Gateway::Private::untilNextPass() const
{
    if (!retention->isAround()) {
        return 0ms;
    }
    return server->spool().space().isTight() ? kRetentionWhenTight : kRetentionEvery;
}

Result<qint64> Gateway::Private::letGo(const CancelToken& cancel)
{
    auto passed = retention->pass(cancel);
    if (!passed) {
        if (passed.error().code != ErrorCode::Cancelled) {
            qCWarning(observe::lcEngine) << "the spool is not cleared:" << errorName(passed.error().code);
        }
    } else if (*passed > 0) {
        removed += *passed;
        listener.onRemoved(*passed);
    }
    return passed;
}

/// @return whether it is done; a ledger that does not answer is asked again.
bool Gateway::Private::mend(const CancelToken& cancel)
{
    const auto mended = mendSpool(engine->parts().ledger, cancel);
    if (mended && mended->rerouted > 0) {
        qCWarning(observe::lcEngine) << mended->rerouted << "instances had lost their deliveries; they are routed anew";
        forwarder->wake();
    }
    if (mended && mended->tidied > 0) {
        qCInfo(observe::lcEngine) << mended->tidied << "rows of files that had left the spool were removed";
    }
    return mended.has_value();
}

void Gateway::Private::keepHouse()
{
    store::nameThisThread("gateway-keeper");
    const auto cancel = ending.token();
    requests.open();
    std::mutex never;
    std::condition_variable_any wait;
    auto nextPass = clock.steadyNow();
    bool isMended = false;
    while (!cancel.isCancelled()) {
        isMended = isMended || (!server->isChecking() && mend(cancel));
        bool areWaitsOver = false;
        if (requests.serve(engine->parts().ledger, &areWaitsOver)) {
            areWaitsOver ? forwarder->waitsChanged() : forwarder->wake();
        }
        // What is not compared with its files yet may be on its way out since the process before.
        if (clock.steadyNow() >= nextPass && isMended) {
            const auto removedNow = letGo(cancel);
            if (removedNow && *removedNow > 0) {
                continue; // there may be more; requests are looked for in between
            }
            nextPass = clock.steadyNow() + (removedNow ? untilNextPass() : kRetentionEvery);
        }
        std::unique_lock lock(never);
        wait.wait_for(lock, cancel.stopToken(), kLookForRequests, [] { return false; });
    }
}

Gateway::Gateway(std::unique_ptr<Private> state)
    : d(std::move(state))
{
}

Gateway::~Gateway()
{
    CancelSource now;
    now.cancel();
    stop(now.token());
}

Result<std::unique_ptr<Gateway>> Gateway::open(GatewayParams params)
{
    // Paths in the ledger have to be good for a process that starts elsewhere.
    params.dataFolder = QFileInfo(params.dataFolder).absoluteFilePath();
    auto& spoolFolder = params.config.settings.serve.spoolFolder;
    spoolFolder = spoolFolder.isEmpty() ? spoolFolder : QFileInfo(spoolFolder).absoluteFilePath();
    auto d = std::make_unique<Private>(std::move(params));
    d->config = d->params.config;
    auto opened =
        d->loadRules(d->config).and_then([&d] { return d->openEngine(); }).and_then([&d] { return d->startMonitor(); });
    if (!opened) {
        return fail(std::move(opened.error()));
    }
    if (auto served = d->openServer(); !served) {
        if (d->params.monitor != nullptr) {
            d->params.monitor->stop(kSilent); // it asks the engine
        }
        return fail(std::move(served.error()));
    }
    d->watchSpool();
    d->makeForwarder();
    d->makeAuditor();
    return std::unique_ptr<Gateway>(new Gateway(std::move(d)));
}

Result<> Gateway::start()
{
    d->forwarder->start();
    if (!d->isAttached) {
        d->resumeOthers();
    }
    auto started = d->server->start().and_then([this] { return d->startWatching(d->config.watches); });
    if (!started) {
        stop();
        return started;
    }
    d->keeper = std::thread([state = d.get()] { state->keepHouse(); });
    return {};
}

void Gateway::stop(const CancelToken& cancel)
{
    if (std::exchange(d->isStopped, true)) {
        return;
    }
    const Deadline drain(d->params.config.settings.serve.drain);
    d->sources.clear();
    if (!cancel.isCancelled()) {
        d->server->drain(cancel);
    }
    d->server->stop();
    d->ending.cancel();
    if (d->keeper.joinable()) {
        d->keeper.join();
    }
    d->events.setForwarder(nullptr);
    d->forwarder->stop();
    if (std::exchange(d->isAttached, false)) {
        d->engine->detach();
    } else {
        d->engine->stop(cancel.isCancelled() ? kSilent : drain.left());
    }
    d->events.setAuditor(nullptr);
    if (d->auditor && cancel.isCancelled()) {
        d->auditor->abandon();
    }
    d->auditor.reset();
}

RulesReloaded Gateway::reload(const config::Config& config, const QByteArray& toml)
{
    auto loaded = route::loadRules(toml, d->params.configFile, destinationNames(config));
    RulesReloaded reloaded;
    reloaded.problems = std::move(loaded.problems);
    d->publish(config, std::move(loaded.book));
    reloaded.rules = ruleCount();
    d->server->reload(config.settings.serve, config.peers, config.destinations);
    d->retention->setKeep(config.settings.serve.keep);
    if (config.watches != d->watches) {
        std::ignore = d->startWatching(config.watches); // what is wrong was said
    }
    d->forwarder->configurationChanged();
    return reloaded;
}

std::vector<SpoolPort> Gateway::ports() const
{
    return d->server->ports();
}

GatewayCounts Gateway::counts() const
{
    const auto& forward = d->forwarder->counters();
    GatewayCounts counts;
    counts.spool = d->server->counts();
    counts.routed = forward.routed;
    counts.unmatched = forward.unmatched;
    counts.dropped = forward.dropped;
    counts.held = forward.held;
    counts.queued = forward.deliveries;
    counts.alreadyThere = forward.alreadyThere;
    counts.delivered = d->events.delivered;
    counts.rejected = d->events.rejected;
    counts.removed = d->removed;
    return counts;
}

std::vector<ReceiveAssociation> Gateway::associations() const
{
    return d->server->associations();
}

Result<HoldOutcome> Gateway::decide(const HoldDecision& decision)
{
    auto outcome = decideHolds(d->engine->parts().ledger, decision);
    if (outcome) {
        decision.complete.isEmpty() ? d->forwarder->wake() : d->forwarder->waitsChanged();
    }
    return outcome;
}

QString Gateway::spoolFolder() const
{
    return d->server->spoolFolder();
}

int Gateway::ruleCount() const
{
    return static_cast<int>(d->rules.current()->rules().rules.size());
}

Engine& Gateway::engine()
{
    return *d->engine;
}

} // namespace radpost::engine
