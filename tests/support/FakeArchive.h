#pragma once

#include "core/base/CancelToken.h"
#include "core/net/Acceptor.h"
#include "core/net/CommitmentScu.h"
#include "core/net/Socket.h"
#include "core/net/implementation.h"

#include <QHash>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace radpost::test {

/// An archive that keeps no bytes and answers requests for storage commitment as a test tells it to: on the same
/// association, on another one, late, with failures, never.
class FakeArchive final : public net::StoreHandler, public net::CommitmentHandler
{
public:
    enum class Manner { SameAssociation, OtherAssociation, WhenTold, Refuse };

    FakeArchive()
        : m_acceptor(settings(), this)
    {
        if (!m_acceptor.start()) {
            qFatal("no port");
        }
    }
    ~FakeArchive() override
    {
        m_acceptor.stop();
        for (auto& thread : m_threads) {
            thread.join();
        }
    }
    Q_DISABLE_COPY_MOVE(FakeArchive)

    Manner manner = Manner::SameAssociation;
    std::function<quint16()> reportPort;   ///< of whoever asked, for OtherAssociation and reportAll()
    std::chrono::milliseconds grace{0};    ///< before a report on the same association
    QHash<QByteArray, quint16> failures{}; ///< by SOP Instance UID; set before anything is asked

    [[nodiscard]] quint16 port() const { return m_acceptor.port(); }
    [[nodiscard]] int stored() const { return m_stored; }
    [[nodiscard]] std::vector<net::CommitmentRequest> requests() const
    {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }

    /// Reports everything that was asked and not told, on associations of its own. @return the statuses of the answers.
    QList<quint16> reportAll()
    {
        QList<quint16> statuses;
        for (const auto& request : take()) {
            statuses.append(tell(judge(request)).value_or(0xFFFF));
        }
        return statuses;
    }

    // net::StoreHandler
    std::unique_ptr<net::StoreSink> begin(
        const net::CommandSet& /*request*/, const net::AcceptedContext& /*context*/, const net::PeerInfo&) override
    {
        return std::make_unique<Sink>(m_stored);
    }

    // net::CommitmentHandler
    quint16 request(const net::CommitmentRequest& request, const net::PeerInfo& /*peer*/) override
    {
        if (manner == Manner::Refuse) {
            return net::kStatusProcessingFailure;
        }
        const std::lock_guard lock(m_mutex);
        m_requests.push_back(request);
        m_owed.push_back(request);
        if (manner == Manner::OtherAssociation) {
            m_threads.emplace_back([this] { reportAll(); });
        }
        return net::kStatusSuccess;
    }
    std::optional<net::CommitmentReport> takeDue(const net::PeerInfo& /*peer*/) override
    {
        if (manner != Manner::SameAssociation) {
            return std::nullopt;
        }
        std::this_thread::sleep_for(grace); // a slow archive
        const auto owed = take(1);
        return owed.empty() ? std::nullopt : std::optional(judge(owed.front()));
    }
    void answered(const QByteArray&, const net::PeerInfo&, std::optional<quint16>) override {}
    quint16 report(const net::CommitmentReport&, const net::PeerInfo&) override { return 0x0110; }

private:
    class Sink final : public net::StoreSink
    {
    public:
        explicit Sink(std::atomic<int>& count)
            : m_count(count)
        {
        }
        void write(std::span<const net::ConstBytes> /*parts*/) override {}
        net::StoreReply finish() override
        {
            ++m_count;
            return {};
        }

    private:
        std::atomic<int>& m_count;
    };

    net::AcceptorSettings settings()
    {
        net::AcceptorSettings made;
        made.address = QStringLiteral("127.0.0.1");
        made.port = 0;
        made.commitment = this;
        return made;
    }

    std::vector<net::CommitmentRequest> take(std::size_t most = SIZE_MAX)
    {
        const std::lock_guard lock(m_mutex);
        const auto count = static_cast<std::ptrdiff_t>(std::min(most, m_owed.size()));
        std::vector<net::CommitmentRequest> taken(m_owed.begin(), m_owed.begin() + count);
        m_owed.erase(m_owed.begin(), m_owed.begin() + count);
        return taken;
    }

    [[nodiscard]] net::CommitmentReport judge(const net::CommitmentRequest& request) const
    {
        net::CommitmentReport report{request.transactionUid, {}, {}};
        for (const auto& reference : request.references) {
            const auto failure = failures.constFind(reference.sopInstanceUid.value);
            if (failure == failures.constEnd()) {
                report.committed.push_back(reference);
            } else {
                report.failed.push_back({reference, *failure});
            }
        }
        return report;
    }

    [[nodiscard]] Result<quint16> tell(const net::CommitmentReport& report) const
    {
        auto socket =
            net::Socket::connect(QStringLiteral("127.0.0.1"), reportPort(), Deadline(std::chrono::seconds(20)), {});
        if (!socket) {
            return fail(socket.error());
        }
        net::AssociateRq request;
        request.calledAeTitle = "RADPOST";
        request.callingAeTitle = "PACS";
        request.applicationContext = net::kDicomApplicationContext.toByteArray();
        request.contexts = {net::commitmentContext(1)};
        request.user.maxLength = 16384;
        request.user.implementationClassUid = "1.2.3";
        request.user.roles = {net::reportingRole()};
        net::Association association(*std::move(socket), net::Role::Requestor);
        if (auto opened = association.request(request, {}); !opened) {
            return fail(opened.error());
        }
        auto status = net::CommitmentScu(association).report(report, {});
        (void)association.release({});
        return status;
    }

    mutable std::mutex m_mutex; // guards what follows
    std::vector<net::CommitmentRequest> m_requests;
    std::vector<net::CommitmentRequest> m_owed;
    std::vector<std::thread> m_threads;
    std::atomic<int> m_stored = 0;
    net::Acceptor m_acceptor; // last: its threads use all of the above
};

} // namespace radpost::test
