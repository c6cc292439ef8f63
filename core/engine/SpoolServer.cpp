#include "core/engine/SpoolServer.h"

#include "core/engine/CommitmentService.h"
#include "core/engine/SpoolQueryScp.h"
#include "core/engine/SpoolReception.h"
#include "core/net/serverTls.h"
#include "core/observe/Log.h"
#include "core/store/Ledger.h"
#include "core/store/RefusedPeerRepository.h"

#include <QFileInfo>

#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::engine {

namespace {

constexpr auto kHousekeeping = 500ms;

// Two hundred associations take 50 MB of buffers, and a CT comes in three reads.
constexpr std::size_t kReceiveBufferBytes = 256 * 1024;

store::DuplicatePolicy policyOf(config::DuplicateRule rule)
{
    switch (rule) {
    case config::DuplicateRule::KeepFirst:
        return store::DuplicatePolicy::KeepFirst;
    case config::DuplicateRule::KeepLast:
        return store::DuplicatePolicy::KeepLast;
    case config::DuplicateRule::KeepBoth:
        break;
    }
    return store::DuplicatePolicy::KeepBoth;
}

spool::SpaceLimits spaceOf(const config::ServeSettings& settings)
{
    return {settings.diskReserveBytes, settings.quotaBytes};
}

net::ConnectionLimits limitsOf(const config::ServeSettings& settings)
{
    return {settings.maxAssociations, settings.maxAssociationsPerAddress};
}

std::vector<config::ServeListener> listenersOf(const SpoolServerParams& params)
{
    if (!params.listeners.empty()) {
        return params.listeners;
    }
    config::ServeListener only;
    only.address = params.settings.address;
    only.port = params.settings.port;
    return {only};
}

Result<std::shared_ptr<const net::TlsContext>> tlsOf(const config::ServeListener& listener)
{
    if (listener.tlsMode == config::TlsMode::Off) {
        return std::shared_ptr<const net::TlsContext>();
    }
    net::TlsSettings settings;
    settings.profile =
        listener.tlsMode == config::TlsMode::Bcp195 ? net::TlsProfile::Bcp195 : net::TlsProfile::Bcp195Modified;
    settings.caFile = listener.caFile;
    settings.certificateFile = listener.certificateFile;
    settings.keyFile = listener.keyFile;
    settings.requireClientCertificate = listener.clientCertificate == config::ClientCertificate::Required;
    settings.askClientCertificate = listener.clientCertificate == config::ClientCertificate::Optional;
    return net::TlsContext::forServer(settings);
}

} // namespace

struct SpoolServer::Private
{
    [[nodiscard]] Result<> openLedger();
    [[nodiscard]] Result<> openSpool();
    [[nodiscard]] Result<> makeAcceptors();
    [[nodiscard]] net::AcceptorSettings acceptorSettings(const config::ServeListener& listener) const;
    void openQueries();
    void knowPeers(std::shared_ptr<const AccessPolicy> policy) const;
    void keepHouse();
    void forgetAdmitted(const AccessPolicy& policy) const;
    void setSpace(const config::ServeSettings& settings);

    SpoolServerParams params;
    SystemClock clock;
    std::unique_ptr<store::Ledger> ownLedger;
    std::unique_ptr<spool::Spool> spool;
    std::unique_ptr<SpoolReception> reception;
    std::unique_ptr<SpoolQueryScp> queries;
    queue::SystemWaitClock waitClock;
    std::unique_ptr<CommitmentBook> ownBook;
    std::unique_ptr<CommitmentService> commitment;
    std::shared_ptr<net::ConnectionGate> gate;
    std::vector<config::ServeListener> listeners;
    std::vector<std::unique_ptr<net::Acceptor>> acceptors; // their threads use all of the above
    std::atomic<qint64> reserveBytes{0};                   // as the spool has them
    std::atomic<qint64> quotaBytes{0};
    std::atomic<bool> isChecking{false};
    CancelSource ending;
    std::thread keeper;
};

Result<> SpoolServer::Private::openLedger()
{
    if (params.ledger != nullptr) {
        return {};
    }
    store::LedgerParams ledger;
    ledger.path = QFileInfo(params.dataFolder).absoluteFilePath() + u"/ledger.sqlite"_s;
    ledger.durability = params.settings.durability == config::ReceiveDurability::Process
        ? store::LedgerDurability::Process
        : store::LedgerDurability::PowerLoss;
    auto opened = store::Ledger::open(ledger);
    if (!opened) {
        return fail(std::move(opened.error()));
    }
    ownLedger = std::move(*opened);
    params.ledger = ownLedger.get();
    return {};
}

void SpoolServer::Private::setSpace(const config::ServeSettings& settings)
{
    const auto limits = spaceOf(settings);
    spool->space().setLimits(limits);
    reserveBytes = limits.reserveBytes;
    quotaBytes = limits.quotaBytes;
}

Result<> SpoolServer::Private::openSpool()
{
    const auto& settings = params.settings;
    spool::SpoolParams wanted;
    wanted.folder = settings.spoolFolder.isEmpty() ? QString(params.dataFolder + u"/spool"_s) : settings.spoolFolder;
    wanted.durability = settings.durability == config::ReceiveDurability::Process ? spool::Durability::Process
                                                                                  : spool::Durability::PowerLoss;
    wanted.duplicates = policyOf(settings.duplicates);
    wanted.space = spaceOf(settings);
    wanted.inTransaction = params.inTransaction;
    wanted.mayDrop = params.mayDrop;
    auto opened = spool::Spool::open(*params.ledger, std::move(wanted));
    if (!opened) {
        return fail(std::move(opened.error()));
    }
    spool = std::move(*opened);
    setSpace(settings);
    reception = std::make_unique<SpoolReception>(
        *spool, clock, SpoolWatchers{params.onInstance, ReceiveMeter(params.metrics), params.audit});
    reception->setPolicy(std::make_shared<AccessPolicy>(settings, params.peers));
    gate = std::make_shared<net::ConnectionGate>(limitsOf(settings));
    knowPeers(std::make_shared<AccessPolicy>(settings, params.peers));
    openQueries();
    if (params.commitmentBook == nullptr) {
        ownBook = std::make_unique<CommitmentBook>(*params.ledger, ProofPolicy());
        params.commitmentBook = ownBook.get();
    }
    CommitmentServiceParams service;
    service.peers = params.peers;
    service.destinations = params.destinations;
    commitment = std::make_unique<CommitmentService>(*params.ledger, *params.commitmentBook,
        params.clock != nullptr ? *params.clock : waitClock, std::move(service));
    return {};
}

/// In learn mode strangers are wanted, but are not let in for it: they have their part like elsewhere.
void SpoolServer::Private::knowPeers(std::shared_ptr<const AccessPolicy> policy) const
{
    gate->setKnown([known = std::move(policy)](const QString& address) { return known->mayCallFrom(address); });
}

void SpoolServer::Private::openQueries()
{
    const auto& own = params.settings.aeTitle;
    SpoolQueryParams wanted{params.ledger, &spool->folder(), params.dataFolder + u"/conversions"_s,
        own.isEmpty() ? params.aeTitle : own, params.audit, params.metrics, params.onQuery};
    queries = std::make_unique<SpoolQueryScp>(std::move(wanted));
    queries->configure(
        std::make_shared<AccessPolicy>(params.settings, params.peers), MoveTargets(params.destinations, params.peers));
}

net::AcceptorSettings SpoolServer::Private::acceptorSettings(const config::ServeListener& listener) const
{
    net::AcceptorSettings settings;
    settings.address = listener.address;
    settings.port = listener.port;
    settings.gate = gate;
    settings.maxPduBytes = params.settings.maxPduBytes;
    settings.timeouts.response = params.settings.pause;
    settings.receiveBufferBytes = kReceiveBufferBytes;
    settings.commitment = commitment.get();
    reception->connectTo(settings, listener.aeTitle);
    queries->connectTo(settings);
    return settings;
}

Result<> SpoolServer::Private::makeAcceptors()
{
    listeners = listenersOf(params);
    for (const auto& listener : listeners) {
        auto settings = acceptorSettings(listener);
        auto tls = tlsOf(listener);
        if (!tls) {
            return fail(std::move(tls.error()));
        }
        if (*tls) {
            const auto demand = listener.tlsRequired ? net::TlsDemand::Required : net::TlsDemand::Optional;
            const auto patience = settings.timeouts.tlsHandshake;
            settings.wrap = [context = *tls, demand, patience, to = reception.get()](
                                std::unique_ptr<net::Socket> socket, const CancelToken& cancel) {
                const auto address = socket->peerAddress();
                auto transport = net::secure(std::move(socket), *context, demand, patience, cancel);
                if (!transport) {
                    to->handshakeFailed(address, transport.error());
                }
                return transport;
            };
        }
        acceptors.push_back(std::make_unique<net::Acceptor>(std::move(settings), reception.get(), reception.get()));
    }
    return {};
}

/// Who may come in now need not be shown among the refused any longer.
void SpoolServer::Private::forgetAdmitted(const AccessPolicy& policy) const
{
    params.ledger->writer().post([policy](store::WriteSession& session) -> Result<> {
        store::RefusedPeerRepository refused(session.database);
        const auto peers = refused.list();
        if (!peers) {
            return fail(peers.error());
        }
        for (const auto& peer : *peers) {
            const AccessRequest request{peer.source.callingAeTitle.toLatin1(), peer.source.calledAeTitle.toLatin1(),
                peer.source.peerAddress, peer.certificateSubject, peer.certificateSha256};
            const bool isIn = policy.judge(request, {}) == RefusalReason::None;
            if (auto removed = isIn ? refused.remove(peer.id) : Result<>(); !removed) {
                return removed;
            }
        }
        return {};
    });
}

void SpoolServer::Private::keepHouse()
{
    const auto cancel = ending.token();
    const auto report = spool->check(cancel);
    isChecking = false;
    if (!report) {
        qCWarning(observe::lcEngine) << "spool and index were not compared:" << errorName(report.error().code);
    } else if (report->adopted + report->revived + report->copies + report->missing + report->damaged > 0) {
        qCWarning(observe::lcEngine) << "the index was mended: files entered" << report->adopted << "back again"
                                     << report->revived << "copies removed" << report->copies << "lost"
                                     << report->missing << "damaged" << report->damaged;
    }
    std::mutex mutex;
    std::condition_variable_any never;
    while (!cancel.isCancelled()) {
        std::unique_lock lock(mutex);
        never.wait_for(lock, cancel.stopToken(), kHousekeeping, [] { return false; });
        reception->refusals().flush(params.ledger->writer());
    }
}

SpoolServer::SpoolServer(std::unique_ptr<Private> state)
    : d(std::move(state))
{
}

SpoolServer::~SpoolServer()
{
    stop();
}

Result<std::unique_ptr<SpoolServer>> SpoolServer::open(SpoolServerParams params)
{
    auto d = std::make_unique<Private>();
    d->params = std::move(params);
    auto opened =
        d->openLedger().and_then([&d] { return d->openSpool(); }).and_then([&d] { return d->makeAcceptors(); });
    if (!opened) {
        return fail(std::move(opened.error()));
    }
    return std::unique_ptr<SpoolServer>(new SpoolServer(std::move(d)));
}

Result<> SpoolServer::start()
{
    for (const auto& acceptor : d->acceptors) {
        if (auto started = acceptor->start(); !started) {
            stop();
            return started;
        }
    }
    d->commitment->start();
    d->isChecking = true;
    d->keeper = std::thread([state = d.get()] { state->keepHouse(); });
    return {};
}

void SpoolServer::drain(const CancelToken& cancel)
{
    for (const auto& acceptor : d->acceptors) {
        acceptor->drain();
    }
    const Deadline deadline(d->params.settings.drain);
    d->reception->waitUntilQuiet(deadline, cancel);
    d->queries->waitUntilQuiet(deadline, cancel);
}

void SpoolServer::stop()
{
    for (const auto& acceptor : d->acceptors) {
        acceptor->drain();
    }
    for (const auto& acceptor : d->acceptors) {
        acceptor->stop();
    }
    d->commitment->stop();
    d->ending.cancel();
    if (d->keeper.joinable()) {
        d->keeper.join();
        d->reception->refusals().flush(d->params.ledger->writer());
    }
}

void SpoolServer::reload(const config::ServeSettings& settings, const std::vector<config::ServePeer>& peers,
    const std::vector<config::Destination>& destinations)
{
    const auto policy = std::make_shared<AccessPolicy>(settings, peers);
    d->reception->setPolicy(policy);
    d->queries->configure(policy, MoveTargets(destinations, peers));
    d->commitment->setNodes(peers, destinations);
    d->gate->setLimits(limitsOf(settings));
    d->knowPeers(policy);
    d->setSpace(settings);
    d->forgetAdmitted(AccessPolicy(settings, peers));
}

std::vector<SpoolPort> SpoolServer::ports() const
{
    std::vector<SpoolPort> open;
    for (std::size_t i = 0; i < d->acceptors.size(); ++i) {
        const auto& listener = d->listeners[i];
        open.push_back({listener.address, d->acceptors[i]->port(), listener.tlsMode != config::TlsMode::Off});
    }
    return open;
}

SpoolCounts SpoolServer::counts() const
{
    const auto& counters = d->spool->counters();
    SpoolCounts counts;
    counts.stored = counters.stored;
    counts.versions = counters.versions;
    counts.identical = counters.identical;
    counts.refused = counters.refused;
    counts.failed = counters.failed;
    counts.bytes = counters.bytes;
    counts.associations = d->reception->openAssociations();
    counts.turnedAway = d->reception->refusals().count();
    counts.spoolBytes = d->spool->space().used();
    counts.freeBytes = d->spool->space().free();
    counts.reserveBytes = d->reserveBytes;
    counts.quotaBytes = d->quotaBytes;
    counts.hasRoom = d->spool->space().isOpen() && !d->spool->space().isRefusing();
    return counts;
}

std::vector<ReceiveAssociation> SpoolServer::associations() const
{
    return d->reception->associations();
}

bool SpoolServer::isChecking() const
{
    return d->isChecking;
}

spool::Spool& SpoolServer::spool()
{
    return *d->spool;
}

QString SpoolServer::spoolFolder() const
{
    return d->spool->folder().root();
}

} // namespace radpost::engine
