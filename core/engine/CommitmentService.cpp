#include "core/engine/CommitmentService.h"

#include "core/config/AddressRange.h"
#include "core/engine/DimseConnector.h"
#include "core/net/CommitmentScu.h"
#include "core/observe/Log.h"
#include "core/store/CommitmentRequestRepository.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"
#include "core/store/threadname.h"

#include <algorithm>
#include <utility>

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
constexpr auto kAfterFailure = 5s; // of the ledger: what cannot be noted would be done again at once, and for ever
constexpr std::size_t kMostReferences = 20'000; // of one request

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

bool holds(const config::ServePeer& peer, const QString& address)
{
    const auto caller = config::parseIpAddress(address);
    return std::any_of(peer.addresses.begin(), peer.addresses.end(), [&caller](const QString& text) {
        const auto range = config::parseAddressRange(text);
        return range && caller && range->contains(*caller);
    });
}

/// How surely a report for who asked goes to @p peer; 0: not there.
int fitOf(const config::ServePeer& peer, const store::CommitmentRequestRow& row)
{
    const bool isNamed = !peer.aeTitle.isEmpty();
    const bool isOther = isNamed && peer.aeTitle.value != row.callingAeTitle;
    const bool isAtHome = holds(peer, row.peerAddress);
    if (peer.port == 0 || isOther || (!peer.addresses.isEmpty() && !isAtHome)) {
        return 0;
    }
    return 1 + (isAtHome ? 1 : 0) + (isNamed ? 2 : 0);
}

constexpr int kFitByTitle = 3;

/// nullptr: none.
const config::ServePeer* peerFor(const std::vector<config::ServePeer>& peers, const store::CommitmentRequestRow& row)
{
    const auto best = std::max_element(
        peers.begin(), peers.end(), [&row](const auto& a, const auto& b) { return fitOf(a, row) < fitOf(b, row); });
    return best != peers.end() && fitOf(*best, row) > 0 ? &*best : nullptr;
}

/// Where the same title is that of several, the one at the caller's address.
const config::Destination* destinationFor(
    const std::vector<config::Destination>& known, const store::CommitmentRequestRow& row)
{
    const config::Destination* found = nullptr;
    for (const auto& destination : known) {
        const bool isSame = destination.calledAeTitle.value == row.callingAeTitle;
        if (isSame && (found == nullptr || destination.host == row.peerAddress)) {
            found = &destination;
        }
    }
    return found;
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
    if (request.references.size() > kMostReferences) {
        qCWarning(observe::lcEngine) << "a request for commitment of" << peer.callingAeTitle
                                     << "is not taken: it names too many instances";
        return kStatusResourceLimitation;
    }
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
    if (entry == Entry::Other) {
        qCWarning(observe::lcEngine) << "a request for commitment of" << peer.callingAeTitle
                                     << "is refused: its Transaction UID was used for other instances";
        return kStatusInvalidArgument;
    }
    {
        const std::lock_guard lock(m_mutex);
        if (auto& here = m_here[peer.association]; !here.contains(request.transactionUid)) {
            here.append(request.transactionUid);
        }
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
        // A peer that asked and knows nothing of it on the same association does not want to be told.
        const bool isTold = status == net::kStatusSuccess || status == kStatusInvalidArgument;
        (void)settle(**row, isTold ? Outcome::Told : Outcome::NotTold);
    }
    {
        const std::lock_guard lock(m_mutex);
        m_telling.remove(transactionUid);
    }
    wake();
}

void CommitmentService::gone(const net::PeerInfo& peer)
{
    const std::lock_guard lock(m_mutex);
    m_here.remove(peer.association);
}

quint16 CommitmentService::report(const net::CommitmentReport& report, const net::PeerInfo& /*peer*/)
{
    return m_book.take(report);
}

void CommitmentService::run()
{
    store::nameThisThread("commitment");
    std::unique_ptr<store::LedgerReader> reader;
    while (!m_stopping.isCancelled()) {
        {
            const std::lock_guard lock(m_mutex);
            m_isWoken = false;
        }
        const std::optional<Clock::SteadyTime> next =
            open(reader) ? reportDue(*reader) : m_clock.steadyNow() + kAfterFailure;
        std::unique_lock lock(m_mutex);
        const auto until = next.value_or(m_clock.steadyNow() + kLongestWait);
        while (!m_isWoken && !m_stopping.isCancelled() && m_clock.steadyNow() < until) {
            m_clock.waitUntil(m_wake, lock, until);
        }
    }
}

/// False: not now. What is owed waits until it can be read.
bool CommitmentService::open(std::unique_ptr<store::LedgerReader>& reader)
{
    if (reader) {
        return true;
    }
    auto opened = m_ledger.openReader();
    if (!opened) {
        if (!std::exchange(m_isBlind, true)) {
            qCWarning(observe::lcEngine) << "no reports of commitment for now:" << opened.error().detail;
        }
        return false;
    }
    reader = *std::move(opened);
    return true;
}

/// When something is due next.
std::optional<Clock::SteadyTime> CommitmentService::reportDue(store::LedgerReader& reader)
{
    const auto now = m_ledger.clock().now();
    const auto rows = reader.commitmentRequests().due(now, kPage);
    std::chrono::milliseconds least{0};
    for (const auto& row : rows ? *rows : QList<Row>()) {
        bool isHeld = false;
        {
            const std::lock_guard lock(m_mutex);
            isHeld = m_telling.contains(row.transactionUid);
        }
        if (isHeld) {
            least = std::max<std::chrono::milliseconds>(least, 1s);
        } else if (!m_stopping.isCancelled() && !reportTo(row, reader)) {
            least = kAfterFailure;
        }
    }
    const auto due = reader.commitmentRequests().nextDue();
    if (!due || !*due) {
        return std::nullopt;
    }
    const auto wait = std::max<std::chrono::milliseconds>(**due - m_ledger.clock().now(), least);
    return m_clock.steadyNow() + std::min<std::chrono::milliseconds>(wait, kLongestWait);
}

Result<> CommitmentService::reportTo(const Row& row, store::LedgerReader& reader)
{
    const auto report = evaluate(row, reader);
    if (!report) {
        return settle(row, Outcome::NotTold);
    }
    const auto status = deliver(row, *report);
    if (!status) {
        qCWarning(observe::lcEngine) << "a report of commitment to" << row.callingAeTitle
                                     << "did not get through:" << errorName(status.error().code)
                                     << status.error().detail;
    }
    if (m_stopping.isCancelled()) {
        return {};
    }
    // Who knows nothing of the request may be the wrong one, or not have written it down yet (0115).
    return settle(row, status && *status == net::kStatusSuccess ? Outcome::Told : Outcome::NotTold);
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
    const auto* peer = peerFor(m_params.peers, row);
    const auto* destination = destinationFor(m_params.destinations, row);
    config::Destination node;
    if (peer != nullptr && (fitOf(*peer, row) >= kFitByTitle || destination == nullptr)) {
        node.host = peer->host.isEmpty() ? row.peerAddress : peer->host;
        node.port = peer->port;
        node.calledAeTitle = {row.callingAeTitle};
    } else if (destination != nullptr) {
        node = *destination;
    } else {
        return std::nullopt;
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

/// The report is owed no longer when the peer was told, or could not be for too long.
Result<> CommitmentService::settle(const Row& row, Outcome outcome)
{
    const auto now = m_ledger.clock().now();
    const bool isDone = outcome == Outcome::Told;
    const bool isGivenUp = now - row.askedAt >= m_params.giveUp;
    if (!isDone && isGivenUp) {
        qCWarning(observe::lcEngine) << "a report of commitment to" << row.callingAeTitle << "is given up";
    }
    const queue::Backoff backoff(m_params.firstDelay, m_params.maxDelay, 0.2);
    return m_ledger.writer().run(
        [id = row.id, isOver = isDone || isGivenUp, next = now + backoff.delay(row.tries + 1)](
            store::WriteSession& session) {
            store::CommitmentRequestRepository requests(session.database);
            return isOver ? requests.remove(id) : requests.postpone(id, next);
        },
        m_stopping.token());
}

} // namespace radpost::engine
