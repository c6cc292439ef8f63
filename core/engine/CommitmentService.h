#pragma once

#include "core/config/Settings.h"
#include "core/engine/CommitmentBook.h"
#include "core/net/CommitmentHandler.h"
#include "core/queue/WaitClock.h"
#include "core/store/ProofTypes.h"

#include <QHash>
#include <QSet>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace radpost::store {
class LedgerReader;
}

namespace radpost::engine {

struct CommitmentServiceParams
{
    std::vector<config::ServePeer> peers;          ///< where reports go to, by AE title …
    std::vector<config::Destination> destinations; ///< … and where no peer says it
    std::chrono::milliseconds grace{3'000};        ///< the association of the request has the first word for so long
    std::chrono::milliseconds firstDelay{5'000};
    std::chrono::milliseconds maxDelay{3'600'000};
    std::chrono::milliseconds giveUp{24 * 3'600'000}; ///< a report that nobody took for so long is dropped
};

/// Storage Commitment of the gateway (PS3.4 Annex J). As SCP: a request is in the ledger before it is accepted, and its
/// report is owed until the peer has answered it, on the association of the request or on one of our own, by a thread
/// of its own. Success is said only of instances that the index holds with the same SOP class. As SCU: reports of what
/// we asked go to the book. Any thread.
///
/// Reports on associations of our own go to the peer that is listed with the caller's AE title (and address, where the
/// list has some), else to the destination with this title, else to a peer without a title whose addresses match.
class CommitmentService final : public net::CommitmentHandler
{
public:
    /// All outlive this; @p ledger is ReadWrite.
    CommitmentService(
        store::Ledger& ledger, CommitmentBook& book, const queue::WaitClock& clock, CommitmentServiceParams params);
    /// stop().
    ~CommitmentService() override;
    Q_DISABLE_COPY_MOVE(CommitmentService)

    /// Begins with what is owed from before.
    void start();
    /// What is owed stays so. Bounded by a moment. Idempotent.
    void stop();

    void setNodes(std::vector<config::ServePeer> peers, std::vector<config::Destination> destinations);

    // net::CommitmentHandler
    [[nodiscard]] quint16 request(const net::CommitmentRequest& request, const net::PeerInfo& peer) override;
    [[nodiscard]] std::optional<net::CommitmentReport> takeDue(const net::PeerInfo& peer) override;
    void answered(const QByteArray& transactionUid, const net::PeerInfo& peer, std::optional<quint16> status) override;
    void gone(const net::PeerInfo& peer) override;
    [[nodiscard]] quint16 report(const net::CommitmentReport& report, const net::PeerInfo& peer) override;

private:
    using Row = store::CommitmentRequestRow;

    void run();
    [[nodiscard]] bool open(std::unique_ptr<store::LedgerReader>& reader);
    [[nodiscard]] std::optional<Clock::SteadyTime> reportDue(store::LedgerReader& reader);
    [[nodiscard]] Result<> reportTo(const Row& row, store::LedgerReader& reader);
    [[nodiscard]] Result<quint16> deliver(const Row& row, const net::CommitmentReport& report);
    [[nodiscard]] std::optional<config::Destination> nodeOf(const Row& row);
    [[nodiscard]] Result<net::CommitmentReport> evaluate(const Row& row, store::LedgerReader& reader) const;
    enum class Outcome { Told, NotTold };
    [[nodiscard]] Result<> settle(const Row& row, Outcome outcome);
    void wake();

    store::Ledger& m_ledger;
    CommitmentBook& m_book;
    const queue::WaitClock& m_clock;
    CancelSource m_stopping;
    bool m_isBlind = false; ///< of the thread: the ledger cannot be read
    std::mutex m_mutex;     // guards what follows
    std::condition_variable m_wake;
    CommitmentServiceParams m_params;
    QHash<qint64, QList<QByteArray>> m_here; ///< transactions by the association that asked, not told yet
    QSet<QByteArray> m_telling;              ///< being told on their association now
    bool m_isWoken = true;
    std::thread m_thread;
};

} // namespace radpost::engine
