#include "ui/receive/Receiver.h"

#include "ui/common/Backend.h"
#include "ui/common/ConfigStore.h"
#include "ui/receive/GatewaySession.h"

#include "core/engine/LocalAddresses.h"

#include <QDir>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr std::chrono::milliseconds kPollInterval{500};
constexpr size_t kShownStudies = 500;
constexpr qsizetype kMostPaths = 10'000; // the ledger keeps them with the job

bool isSame(const engine::ReceiveAssociation& one, const engine::ReceiveAssociation& other)
{
    return one.id == other.id && one.stored == other.stored && one.failed == other.failed && one.bytes == other.bytes &&
        one.isReceiving == other.isReceiving;
}

std::vector<engine::SpoolPort> configuredPorts(const config::Config& config)
{
    const auto& settings = config.settings;
    if (settings.receiveMode == config::ReceiveMode::Folder) {
        return {{QString(), settings.receivePort, false}};
    }
    std::vector<engine::SpoolPort> ports;
    for (const auto& listener : config.listeners) {
        ports.push_back({listener.address, listener.port, listener.tlsMode != config::TlsMode::Off});
    }
    if (ports.empty()) {
        ports.push_back({settings.serve.address, settings.serve.port, false});
    }
    return ports;
}

/// The gateway has more causes to say no; a plain folder knows stored and failed.
engine::ReceiveCounts countsOf(const engine::SpoolCounts& spool)
{
    return {spool.stored + spool.identical, spool.failed + spool.refused, spool.bytes, spool.associations};
}

} // namespace

bool isPortOfGateway(const config::Config& config, quint16 port)
{
    const auto ports = configuredPorts(config);
    return config.settings.receiveMode == config::ReceiveMode::Gateway &&
        std::any_of(ports.begin(), ports.end(), [port](const engine::SpoolPort& one) { return one.port == port; });
}

Receiver::Receiver(ConfigStore& config, Backend& backend, QObject* parent)
    : QObject(parent)
    , m_config(config)
    , m_backend(backend)
    , m_running(config.config())
    , m_ports(configuredPorts(m_running))
    , m_background(u"receiver"_s, 1)
{
    m_poll.setInterval(kPollInterval);
    connect(&m_poll, &QTimer::timeout, this, &Receiver::poll);
    connect(&backend, &Backend::stateChanged, this, &Receiver::startIfLedgerIsOpen);
    connect(&config, &ConfigStore::changed, this, &Receiver::followConfiguration);
    m_background.run(this, &engine::localAddresses, [this](const QStringList& found) {
        m_addresses = found;
        Q_EMIT addressesChanged();
    });
}

Receiver::~Receiver()
{
    m_ending.cancel();
}

int Receiver::receivingNow() const
{
    return static_cast<int>(std::count_if(m_associations.begin(), m_associations.end(),
        [](const engine::ReceiveAssociation& association) { return association.isReceiving; }));
}

Receiver::Session Receiver::startFolder(const engine::ReceiveParams& params, Inbox inbox)
{
    Session session;
    session.server = std::make_shared<engine::ReceiveServer>(
        params, [inbox](const engine::ReceivedInstance& instance) { inbox->add(instance); });
    session.inbox = std::move(inbox);
    const auto started = session.server->start();
    if (!started) {
        session.error = started.error();
        session.server.reset();
    }
    return session;
}

Receiver::Session Receiver::startGateway(engine::GatewayParams params)
{
    auto gateway = std::make_shared<GatewaySession>();
    params.listener = &gateway->news;
    auto host = engine::GatewayHost::open({std::move(params), QStringLiteral(RADPOST_VERSION)});
    auto started = host ? (*host)->start() : fail(host.error());
    if (!started) {
        return {nullptr, nullptr, nullptr, std::move(started.error())};
    }
    (*host)->askForReload(); // the file may have changed since the configuration was handed over
    gateway->host = std::move(*host);
    return {nullptr, nullptr, std::move(gateway), std::nullopt};
}

void Receiver::start()
{
    if (m_state != State::Off && m_state != State::Failed) {
        return;
    }
    look(m_config.config().settings.receiveFolder);
    takeConfiguration();
    setState(State::Starting);
    if (isGateway()) {
        m_isAwaitingLedger = true;
        startIfLedgerIsOpen();
        return;
    }
    m_background.run(
        this,
        [params = engine::receiveParams(m_running.settings), inbox = m_inbox] { return startFolder(params, inbox); },
        [this](Session session) { take(std::move(session)); });
}

void Receiver::startIfLedgerIsOpen()
{
    const auto state = m_backend.state();
    if (!m_isAwaitingLedger || state == Backend::State::Closed || state == Backend::State::Opening) {
        return;
    }
    m_isAwaitingLedger = false;
    takeConfiguration();
    if (state != Backend::State::Ready) {
        refuse(m_backend.error().value_or(makeError(ErrorCode::LedgerUnreadable)));
        return;
    }
    engine::GatewayParams params;
    params.dataFolder = m_backend.params().dataFolder;
    params.config = m_running;
    params.configFile = m_config.path();
    params.engine = m_backend.share();
    m_background.run(
        this, [params = std::move(params)] { return startGateway(params); },
        [this](Session session) { take(std::move(session)); });
}

void Receiver::followConfiguration()
{
    const auto& settings = m_config.config().settings;
    if (m_isAwaitingLedger && settings.receiveMode == config::ReceiveMode::Folder) {
        m_isAwaitingLedger = false; // a plain folder waits for nothing
        setState(State::Off);
        takeConfiguration();
        if (!settings.receiveFolder.isEmpty()) {
            start();
        }
    } else if (m_state == State::Off || m_state == State::Failed || m_isAwaitingLedger) {
        takeConfiguration();
    }
}

void Receiver::takeConfiguration()
{
    m_running = m_config.config();
    m_ports = configuredPorts(m_running);
}

void Receiver::refuse(const Error& error)
{
    m_error = error;
    setState(State::Failed);
}

void Receiver::take(Session session)
{
    m_error = session.error;
    m_server = std::move(session.server);
    m_gateway = std::move(session.gateway);
    if (m_gateway) {
        m_ports = m_gateway->host->gateway().ports();
    }
    m_poll.start();
    setState(m_server || m_gateway ? State::On : State::Failed);
    poll();
}

void Receiver::stop()
{
    if (m_state != State::On) {
        return;
    }
    setState(State::Stopping);
    m_background.run(
        this,
        [server = std::exchange(m_server, nullptr), gateway = std::exchange(m_gateway, nullptr),
            ending = m_ending.token()]() mutable {
            if (server) {
                server->stop();
            }
            if (gateway) {
                gateway->host->stop(ending);
            }
            gateway.reset(); // here, and not on the GUI thread
            return true;
        },
        [this](bool) { ended(); });
}

void Receiver::ended()
{
    m_associations.clear();
    m_counts = {};
    m_gatewayCounts.reset();
    setState(State::Off);
    Q_EMIT associationsChanged();
}

void Receiver::look(const QString& folder)
{
    const auto path = folder.isEmpty() ? QString() : QDir::cleanPath(folder);
    const bool isInUse = m_state != State::Off && m_state != State::Failed;
    if (path == m_folder || isInUse) {
        return;
    }
    m_folder = path;
    // The old one ends on the worker: its thread may be in the middle of a file.
    m_background.run(
        this,
        [old = std::exchange(m_inbox, path.isEmpty() ? nullptr : std::make_shared<engine::ReceivedStudies>(path))] {
            return old != nullptr;
        },
        [](bool) {});
    m_version = 0;
    m_studies.clear();
    m_poll.start();
    poll();
    Q_EMIT studiesChanged();
}

QStringList Receiver::pathsOf(const std::vector<engine::ReceivedStudy>& studies) const
{
    QStringList paths;
    for (const auto& study : studies) {
        const auto files = m_inbox ? m_inbox->files(study, kMostPaths - paths.size()) : QStringList();
        if (files.isEmpty()) {
            return {m_folder};
        }
        paths += files;
    }
    return paths;
}

void Receiver::setState(State state)
{
    if (state != State::Failed) {
        m_error.reset();
    }
    m_state = state;
    Q_EMIT stateChanged();
}

void Receiver::poll()
{
    if (m_server) {
        takeNews(m_server->counts(), m_server->associations());
    }
    pollGateway();
    pollStudies();
}

/// Off this thread: how much room there is stands on the disk, as the configuration does.
void Receiver::pollGateway()
{
    if (!m_gateway || std::exchange(m_isLooking, true)) {
        return;
    }
    m_background.run(
        this, [gateway = m_gateway] { return gateway->look(); },
        [this](GatewaySession::Look look) {
            m_isLooking = false;
            if (!m_gateway) {
                return; // it was switched off meanwhile
            }
            m_gatewayCounts = look.counts;
            takeNews(countsOf(look.counts.spool), std::move(look.associations));
            if (std::exchange(m_newsVersion, look.version) != look.version) {
                Q_EMIT arrivalsChanged();
            }
            if (look.config.outcome != engine::ConfigLook::Outcome::Same) {
                Q_EMIT configurationTaken(look.config);
            }
        });
}

void Receiver::takeNews(const engine::ReceiveCounts& counts, std::vector<engine::ReceiveAssociation> open)
{
    const bool isOther = counts.stored != m_counts.stored || counts.failed != m_counts.failed ||
        !std::equal(open.begin(), open.end(), m_associations.begin(), m_associations.end(), isSame);
    m_associations = std::move(open);
    m_counts = counts;
    if (isOther || isGateway()) {
        Q_EMIT associationsChanged();
    }
}

void Receiver::pollStudies()
{
    const auto version = m_inbox ? m_inbox->version() : 0;
    const bool isReading = m_inbox && m_inbox->isReading();
    if (version == m_version && isReading == m_isReading) {
        return;
    }
    m_version = version;
    m_isReading = isReading;
    m_studies = m_inbox ? m_inbox->newest(kShownStudies) : std::vector<engine::ReceivedStudy>();
    m_studyCount = m_inbox ? m_inbox->count() : 0;
    Q_EMIT studiesChanged();
}

} // namespace radpost::ui
