#pragma once

#include "core/engine/Engine.h"
#include "core/engine/Gateway.h"
#include "core/net/Acceptor.h"
#include "core/store/Database.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerWriter.h"
#include "tests/core/engine/StoreClient.h"
#include "tests/support/ManualClock.h"

#include <QCryptographicHash>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <unordered_map>

namespace radpost::test {

/// Stands for one content of one instance.
inline quint64 contentKey(const QByteArray& uid, const QByteArray& dataSet)
{
    QCryptographicHash hash(QCryptographicHash::Sha1);
    hash.addData(uid);
    hash.addData(dataSet);
    return hash.result().left(8).toHex().toULongLong(nullptr, 16);
}

/// Where a gateway sends. Notes what it stored, by the hand-driven clock. May be out of reach and come back on its
/// port.
class CountingPacs final : public net::StoreHandler, public net::EchoHandler
{
public:
    struct Got
    {
        int times = 0;
        Clock::SteadyTime at; ///< the first
        Clock::WallTime wallAt;
    };

    explicit CountingPacs(const ManualClock& clock)
        : m_clock(clock)
    {
        m_got.reserve(1 << 14);
    }

    bool open()
    {
        net::AcceptorSettings settings;
        settings.address = QStringLiteral("127.0.0.1");
        settings.port = m_port;
        settings.opened = [this](const net::PeerInfo&) { ++m_associations; };
        m_acceptor = std::make_unique<net::Acceptor>(std::move(settings), this, this);
        const bool isOpen = m_acceptor->start().has_value();
        m_port = m_acceptor->port();
        return isOpen;
    }
    void close() { m_acceptor.reset(); }

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] int associations() const { return m_associations; }
    [[nodiscard]] int requests() const { return m_requests; }

    /// Every C-STORE from now on.
    void answerAll(quint16 status) { m_status = status; }

    [[nodiscard]] Got got(quint64 key) const
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_got.find(key);
        return found == m_got.end() ? Got() : found->second;
    }
    [[nodiscard]] std::size_t count() const
    {
        const std::lock_guard lock(m_mutex);
        return m_got.size();
    }
    /// How many came more than once.
    [[nodiscard]] int repeated() const
    {
        const std::lock_guard lock(m_mutex);
        int repeated = 0;
        for (const auto& [key, got] : m_got) {
            repeated += got.times > 1 ? 1 : 0;
        }
        return repeated;
    }

    std::unique_ptr<net::StoreSink> begin(
        const net::CommandSet& request, const net::AcceptedContext& /*context*/, const net::PeerInfo& /*peer*/) override
    {
        return std::make_unique<Sink>(*this, request.affectedSopInstanceUid);
    }
    quint16 echo(const net::PeerInfo& /*peer*/) override { return net::kStatusSuccess; }

private:
    class Sink final : public net::StoreSink
    {
    public:
        Sink(CountingPacs& pacs, QByteArray uid)
            : m_pacs(pacs)
            , m_uid(std::move(uid))
        {
        }
        void write(std::span<const net::ConstBytes> parts) override
        {
            for (const auto part : parts) {
                m_dataSet.append(reinterpret_cast<const char*>(part.data()), qsizetype(part.size()));
            }
        }
        net::StoreReply finish() override { return {m_pacs.take(contentKey(m_uid, m_dataSet))}; }

    private:
        CountingPacs& m_pacs;
        const QByteArray m_uid;
        QByteArray m_dataSet;
    };

    quint16 take(quint64 key)
    {
        ++m_requests;
        const quint16 status = m_status;
        if (status == net::kStatusSuccess) {
            const std::lock_guard lock(m_mutex);
            auto& got = m_got[key];
            got.at = got.times == 0 ? m_clock.steadyNow() : got.at;
            got.wallAt = got.times == 0 ? m_clock.now() : got.wallAt;
            ++got.times;
        }
        return status;
    }

    const ManualClock& m_clock;
    std::atomic<quint16> m_status{net::kStatusSuccess};
    std::atomic<int> m_associations{0};
    std::atomic<int> m_requests{0};
    quint16 m_port = 0;
    mutable std::mutex m_mutex; // guards m_got
    std::unordered_map<quint64, Got> m_got;
    std::unique_ptr<net::Acceptor> m_acceptor; // its threads use the above
};

/// The whole gateway on the loopback interface, with two destinations, and time that a test lets pass.
class GatewayFixture : public engine::GatewayListener
{
public:
    explicit GatewayFixture(QByteArray ruleText)
        : rules(std::move(ruleText))
    {
        isGood = pacs.open() && ai.open();
        auto& serve = config.settings.serve;
        serve.port = 0;
        serve.address = QStringLiteral("127.0.0.1");
        serve.aeTitle = AeTitle{"GATE"};
        serve.durability = config::ReceiveDurability::Process;
        serve.diskReserveBytes = 0;
        serve.drain = std::chrono::milliseconds(0);
        serve.keep = std::chrono::hours(2);
        config.destinations = {destination("PACS", pacs.port()), destination("AI", ai.port())};
    }
    ~GatewayFixture() override { gateway.reset(); }

    static config::Destination destination(const QByteArray& name, quint16 port)
    {
        config::Destination made;
        made.name = QString::fromLatin1(name);
        made.host = QStringLiteral("127.0.0.1");
        made.port = port;
        made.calledAeTitle = AeTitle{name};
        return made;
    }

    /// Also once more, as another process would.
    bool start()
    {
        gateway.reset();
        QFile file(folder.filePath(QStringLiteral("radpost.toml")));
        isGood = isGood && file.open(QIODevice::WriteOnly) && file.write(rules) == rules.size();
        file.close();
        engine::GatewayParams params;
        params.dataFolder = folder.filePath(QStringLiteral("data"));
        params.config = config;
        params.configFile = file.fileName();
        params.listener = this;
        params.clock = &clock;
        params.monitor = monitor;
        auto opened = engine::Gateway::open(std::move(params));
        if (!opened) {
            qWarning("%s", qPrintable(opened.error().detail));
            return false;
        }
        gateway = std::move(*opened);
        return isGood && gateway->start().has_value();
    }

    /// Rules and destinations as they are here now.
    bool reload() { return gateway->reload(config, rules).problems.empty(); }

    [[nodiscard]] quint16 port() const { return gateway->ports().front().port; }

    /// Lets @p span pass. A moment of real time goes by with each step, in which threads see it.
    void pass(std::chrono::milliseconds span, std::chrono::milliseconds step = std::chrono::seconds(5))
    {
        for (auto left = span; left.count() > 0; left -= step) {
            clock.advance(std::min(left, step));
            QTest::qWait(1);
        }
    }

    /// Lets time pass until @p isDone, at most @p span; in small steps, so that what the network takes counts little.
    bool passUntil(const std::function<bool()>& isDone, std::chrono::milliseconds span,
        std::chrono::milliseconds step = std::chrono::milliseconds(100))
    {
        for (auto left = span; left.count() > 0 && !isDone(); left -= step) {
            clock.advance(std::min(left, step));
            QTest::qWait(1);
        }
        return isDone();
    }

    /// Real time only.
    template <typename IsDone>
    static bool await(IsDone isDone, int limitMs = 20'000)
    {
        return QTest::qWaitFor(isDone, limitMs);
    }

    /// An image as a modality makes it.
    static QByteArray image(
        const QByteArray& uid, const QByteArray& study, const QByteArray& modality = "CT", char pixel = 'x')
    {
        DataSetBuilder set(dicom::kImplicitLittleEndian);
        set.add(0x00080016U, "UI", kCtImageStorage).add(0x00080018U, "UI", uid).add(0x00080060U, "CS", modality);
        set.add(0x00100010U, "PN", "Doe^Jane").add(0x00100020U, "LO", study).add(0x0020000DU, "UI", study);
        set.add(0x0020000EU, "UI", study + ".1").add(0x7FE00010U, "OW", QByteArray(3000, pixel));
        return set.bytes();
    }

    static StoreClient::Wish caller(const QByteArray& aeTitle = "CT1", const QByteArray& called = "GATE")
    {
        StoreClient::Wish wish;
        wish.callingAeTitle = aeTitle;
        wish.calledAeTitle = called;
        return wish;
    }

    /// Stores one image over an association of its own. @return what stands for it; none: it was not acknowledged.
    std::optional<quint64> store(const QByteArray& uid, const QByteArray& study, const QByteArray& modality = "CT")
    {
        StoreClient client;
        const auto dataSet = image(uid, study, modality);
        if (!client.open(port(), caller()) || client.store(uid, dataSet) != std::optional<quint16>(0)) {
            return std::nullopt;
        }
        client.release();
        return contentKey(uid, dataSet);
    }

    /// Of a table of the ledger; -1: it cannot be read.
    [[nodiscard]] qint64 rows(const QString& table, const QString& where = QStringLiteral("1"))
    {
        qint64 rows = -1;
        std::ignore = gateway->engine().parts().ledger.writer().run([&](store::WriteSession& session) {
            const QString sql = QStringLiteral("SELECT count(*) FROM %1 WHERE %2").arg(table, where);
            return session.database.integer(sql).map([&rows](qint64 count) { rows = count; });
        });
        return rows;
    }

    void onDestinationDown(const QString& /*destination*/, const Error& /*error*/, Clock::WallTime /*next*/) override
    {
        ++downs;
    }

    QTemporaryDir folder;
    ManualClock clock;
    CountingPacs pacs{clock};
    CountingPacs ai{clock};
    config::Config config;
    QByteArray rules;
    std::atomic<int> downs{0};          ///< times that a destination was found out of reach
    bool isGood = false;                ///< nothing failed that must not
    engine::Monitor* monitor = nullptr; ///< for one start() only
    std::unique_ptr<engine::Gateway> gateway;
};

} // namespace radpost::test
