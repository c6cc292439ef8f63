#include "core/engine/CommitmentService.h"

#include "core/engine/DimseConnector.h"
#include "core/net/CommitmentScu.h"
#include "core/observe/Log.h"
#include "core/store/CommitmentRequestRepository.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"
#include "core/store/threadname.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::engine {

namespace {

using Holding = store::CommitmentRequestRepository::Holding;
using Entry = store::CommitmentRequestRepository::Entry;

constexpr quint16 kStatusInvalidArgument = 0x0115; // PS3.7 Annex C
constexpr quint16 kStatusResourceLimitation = 0x0213;
constexpr int kPage = 16;
constexpr auto kLongestWait = 60s;

store::CommitmentRequestRow rowOf(
    const net::CommitmentRequest& request, const net::PeerInfo& peer, Clock::WallTime now, Clock::WallTime nextAt)
{
    store::CommitmentRequestRow row{
        0, request.transactionUid, peer.callingAeTitle, peer.calledAeTitle, peer.caller.address, now, nextAt, 0, {}};
    for (const auto& reference : request.references) {
        row.instances.append({reference.sopClassUid, reference.sopInstanceUid});
    }
    return row;
}

void shorten(config::Timeouts& timeouts)
{
    timeouts.connect = std::min<std::chrono::milliseconds>(timeouts.connect, 5s);
    timeouts.association = std::min<std::chrono::milliseconds>(timeouts.association, 10s);
    timeouts.response = std::min<std::chrono::milliseconds>(timeouts.response, 30s);
}

} // namespace

CommitmentService::CommitmentService(
    store::Ledger& ledger, CommitmentBook& book, const queue::WaitClock& clock, CommitmentServiceParams params)
    : m_ledger(ledger)
    , m_book(book)
    , m_clock(clock)
    , m_params(std::move(params))
{
}

CommitmentService::~CommitmentService()
{
    stop();
}

void CommitmentService::start()
{
    m_thread = std::thread([this] { run(); });
}

void CommitmentService::stop()
{
    m_stopping.cancel();
    wake();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void CommitmentService::wake()
{
    const std::lock_guard lock(m_mutex);
    m_isWoken = true;
    m_wake.notify_all();
}

void CommitmentService::setNodes(std::vector<config::ServePeer> peers, std::vector<config::Destination> destinations)
{
    const std::lock_guard lock(m_mutex);
    m_params.peers = std::move(peers);
    m_params.destinations = std::move(destinations);
}

quint16 CommitmentService::request(const net::CommitmentRequest& request, const net::PeerInfo& peer)
{
    const auto now = m_ledger.clock().now();
    auto entry = Entry::NoRoom;
    const auto kept = m_ledger.writer().run([&](store::WriteSession& session) {
        return store::CommitmentRequestRepository(session.database)
            .add(rowOf(request, peer, now, now + m_params.grace))
            .map([&](Entry made) { entry = made; });
    });
    if (!kept || entry == Entry::NoRoom) {
        qCWarning(observe::lcEngine) << "a request for commitment of" << peer.callingAeTitle
                                     << "is not taken:" << (kept ? u"too many are owed"_s : kept.error().detail);
        return kept ? kStatusResourceLimitation : net::kStatusProcessingFailure;
    }
    {
        const std::lock_guard lock(m_mutex);
        m_here[peer.association].append(request.transactionUid);
    }
    wake();
    return net::kStatusSuccess;
}

std::optional<net::CommitmentReport> CommitmentService::takeDue(const net::PeerInfo& peer)
{
    const auto reader = m_ledger.openReader();
    for (;;) {
        QByteArray uid;
        {
            const std::lock_guard lock(m_mutex);
            auto& here = m_here[peer.association];
            if (here.isEmpty() || !reader) {
                m_here.remove(peer.association);
                return std::nullopt;
            }
            uid = here.takeFirst();
            m_telling.insert(uid);
        }
        const auto row = (*reader)->commitmentRequests().find(peer.callingAeTitle, uid);
        if (row && *row) {
            if (auto report = evaluate(**row, **reader)) {
                return *std::move(report);
            }
        }
        const std::lock_guard lock(m_mutex);
        m_telling.remove(uid); // it was told otherwise, or will be
    }
}

void CommitmentService::answered(
    const QByteArray& transactionUid, const net::PeerInfo& peer, std::optional<quint16> status)
{
    const auto reader = m_ledger.openReader();
    const auto row =
        reader ? (*reader)->commitmentRequests().find(peer.callingAeTitle, transactionUid) : fail(reader.error());
    if (row && *row) {
        settle(**row, status);
    }
    {
        const std::lock_guard lock(m_mutex);
        m_telling.remove(transactionUid);
    }
    wake();
}

quint16 CommitmentService::report(const net::CommitmentReport& report, const net::PeerInfo& /*peer*/)
{
    return m_book.take(report);
}

void CommitmentService::run()
{
    store::nameThisThread("commitment");
    const auto reader = m_ledger.openReader();
    if (!reader) {
        qCWarning(observe::lcEngine) << "no reports of commitment:" << reader.error().detail;
        return;
    }
    while (!m_stopping.isCancelled()) {
        {
            const std::lock_guard lock(m_mutex);
            m_isWoken = false;
        }
        const auto next = reportDue(**reader);
        std::unique_lock lock(m_mutex);
        const auto until = next.value_or(m_clock.steadyNow() + kLongestWait);
        while (!m_isWoken && !m_stopping.isCancelled() && m_clock.steadyNow() < until) {
            m_clock.waitUntil(m_wake, lock, until);
        }
    }
}

/// When something is due next.
std::optional<Clock::SteadyTime> CommitmentService::reportDue(store::LedgerReader& reader)
{
    const auto now = m_ledger.clock().now();
    const auto rows = reader.commitmentRequests().due(now, kPage);
    bool isHeld = false;
    for (const auto& row : rows ? *rows : QList<Row>()) {
        {
            const std::lock_guard lock(m_mutex);
            isHeld = m_telling.contains(row.transactionUid);
        }
        if (!isHeld && !m_stopping.isCancelled()) {
            reportTo(row, reader);
        }
    }
    const auto due = reader.commitmentRequests().nextDue();
    if (!due || !*due) {
        return std::nullopt;
    }
    const auto wait = std::max<std::chrono::milliseconds>(**due - m_ledger.clock().now(), isHeld ? 1000ms : 0ms);
    return m_clock.steadyNow() + std::min<std::chrono::milliseconds>(wait, kLongestWait);
}

void CommitmentService::reportTo(const Row& row, store::LedgerReader& reader)
{
    const auto report = evaluate(row, reader);
    if (!report) {
        settle(row, std::nullopt);
        return;
    }
    const auto status = deliver(row, *report);
    if (!status) {
        qCWarning(observe::lcEngine) << "a report of commitment to" << row.callingAeTitle
                                     << "did not get through:" << errorName(status.error().code)
                                     << status.error().detail;
    }
    if (!m_stopping.isCancelled()) {
        settle(row, status ? std::optional(*status) : std::nullopt);
    }
}

Result<quint16> CommitmentService::deliver(const Row& row, const net::CommitmentReport& report)
{
    const auto node = nodeOf(row);
    if (!node) {
        return fail(ErrorCode::DestinationNotFound, u"no port is known of this peer"_s);
    }
    DimseConnector connector(*node, {row.calledAeTitle});
    auto association = connector.connect({net::commitmentContext(1)}, m_stopping.token(), {net::reportingRole()});
    if (!association) {
        return fail(std::move(association.error()));
    }
    auto status = net::CommitmentScu(**association).report(report, m_stopping.token());
    if ((*association)->isOpen()) {
        (void)(*association)->release(m_stopping.token());
    }
    return status;
}

std::optional<config::Destination> CommitmentService::nodeOf(const Row& row)
{
    const std::lock_guard lock(m_mutex);
    const auto peer = std::find_if(m_params.peers.begin(), m_params.peers.end(), [&](const config::ServePeer& known) {
        return known.port != 0 && (known.aeTitle.isEmpty() || known.aeTitle.value == row.callingAeTitle);
    });
    config::Destination node;
    if (peer != m_params.peers.end()) {
        node.host = peer->host.isEmpty() ? row.peerAddress : peer->host;
        node.port = peer->port;
        node.calledAeTitle = {row.callingAeTitle};
    } else {
        const auto& known = m_params.destinations;
        const auto same = std::find_if(known.begin(), known.end(),
            [&](const config::Destination& other) { return other.calledAeTitle.value == row.callingAeTitle; });
        if (same == known.end()) {
            return std::nullopt;
        }
        node = *same;
    }
    node.callingAeTitle = {row.calledAeTitle};
    shorten(node.timeouts);
    return node;
}

Result<net::CommitmentReport> CommitmentService::evaluate(const Row& row, store::LedgerReader& reader) const
{
    net::CommitmentReport report{row.transactionUid, {}, {}};
    for (const auto& [sopClass, instance] : row.instances) {
        const auto holding = reader.commitmentRequests().holding(sopClass, instance);
        if (!holding) {
            return fail(holding.error());
        }
        if (*holding == Holding::Held) {
            report.committed.push_back({sopClass, instance});
        } else {
            const auto reason =
                *holding == Holding::OtherClass ? net::kReasonClassInstanceConflict : net::kReasonNoSuchObjectInstance;
            report.failed.push_back({{sopClass, instance}, reason});
        }
    }
    return report;
}

/// The report is owed no longer when the peer took it, knows nothing of it, or was out of reach for too long.
void CommitmentService::settle(const Row& row, std::optional<quint16> status)
{
    const auto now = m_ledger.clock().now();
    const bool isDone = status == net::kStatusSuccess || status == kStatusInvalidArgument;
    const bool isGivenUp = now - row.askedAt >= m_params.giveUp;
    if (!isDone && isGivenUp) {
        qCWarning(observe::lcEngine) << "a report of commitment to" << row.callingAeTitle << "is given up";
    }
    const queue::Backoff backoff(m_params.firstDelay, m_params.maxDelay, 0.2);
    m_ledger.writer().post([id = row.id, isOver = isDone || isGivenUp, next = now + backoff.delay(row.tries + 1)](
                               store::WriteSession& session) {
        store::CommitmentRequestRepository requests(session.database);
        return isOver ? requests.remove(id) : requests.postpone(id, next);
    });
    (void)m_ledger.writer().flush(m_stopping.token());
}

} // namespace radpost::engine
