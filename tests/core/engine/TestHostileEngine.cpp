#include "tests/core/engine/BatchFixture.h"
#include "tests/support/FakeScp.h"

#include <QElapsedTimer>
#include <QTest>

#include <semaphore>

using namespace radpost;
using namespace radpost::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using store::DeliveryState;

namespace {

constexpr int kInstances = 12;
constexpr quint16 kStoreRequest = 0x0001;
constexpr auto kShort = 300ms;

/// What the peer does with one C-STORE request.
struct Deed
{
    enum class Kind { Answer, Abort, Close, Hold };
    Kind kind = Kind::Answer;
    FakePeer::Reply reply{};
};

/// A peer that does with each instance what the test says, and keeps count.
class ScriptedPeer final
{
public:
    /// @p instance is its place among all requests that came, @p time how often this one came, from 1.
    using Script = std::function<Deed(const FakePeer::Message& message, int connection, int instance, int time)>;

    explicit ScriptedPeer(Script script)
        : m_script(std::move(script))
        , m_scp([this](FakePeer& peer, int connection) { talk(peer, connection); })
    {
    }

    [[nodiscard]] quint16 port() const { return m_scp.port(); }

    /// How often each instance was answered with a status that means it is kept.
    [[nodiscard]] QHash<QByteArray, int> stored()
    {
        const std::lock_guard lock(m_mutex);
        return m_stored;
    }
    [[nodiscard]] int requests()
    {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }

private:
    void talk(FakePeer& peer, int connection)
    {
        if (!peer.accept({.maxPdu = 1 << 20})) {
            return;
        }
        while (const auto message = peer.readMessage()) {
            if (message->command != kStoreRequest) {
                peer.respond(*message);
                continue;
            }
            const Deed deed = note(*message, connection);
            switch (deed.kind) {
            case Deed::Kind::Answer:
                peer.respond(*message, deed.reply);
                break;
            case Deed::Kind::Abort:
                peer.abort(2, 0);
                peer.drain();
                return;
            case Deed::Kind::Close:
                return;
            case Deed::Kind::Hold:
                peer.hold();
                return;
            }
        }
    }

    Deed note(const FakePeer::Message& message, int connection)
    {
        const std::lock_guard lock(m_mutex);
        Deed deed = m_script(message, connection, m_requests++, ++m_times[message.sopInstance]);
        const quint16 status = deed.reply.status;
        if (deed.kind == Deed::Kind::Answer && (status == 0 || status == 0xB000 || status == 0x0111)) {
            ++m_stored[message.sopInstance];
        }
        return deed;
    }

    std::mutex m_mutex; // guards all but the last
    Script m_script;
    QHash<QByteArray, int> m_times;
    QHash<QByteArray, int> m_stored;
    int m_requests = 0;
    FakeScp m_scp;
};

/// The first delivery that did not simply end as stored.
class FirstTrouble final : public engine::EngineListener
{
public:
    void onDelivery(const queue::DeliveryEvent&) override { m_told.release(); }
    void wait() { (void)m_told.try_acquire_for(BatchFixture::kLimit); }

private:
    std::counting_semaphore<> m_told{0};
};

QHash<QByteArray, int> eachOnce(int but = -1)
{
    QHash<QByteArray, int> all;
    for (int n = 0; n < kInstances; ++n) {
        if (n != but) {
            all.insert(BatchFixture::uid(n), 1);
        }
    }
    return all;
}

} // namespace

/// Peers that misbehave, through the whole engine: files, ledger, queue and the wire.
class TestHostileEngine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<BatchFixture>();
        for (int n = 0; n < kInstances; ++n) {
            m_fixture->add(n);
        }
    }
    void cleanup() { m_fixture.reset(); }

    void refusalsThatPass_endWithEverythingStored()
    {
        constexpr int kRefusals = 5;
        ScriptedPeer peer([](const FakePeer::Message&, int, int instance, int) {
            return instance < kRefusals ? Deed{.reply = {.status = 0xA700, .errorComment = "no room"}} : Deed{};
        });
        QVERIFY2(m_fixture->run(BatchFixture::destination(peer.port())), qPrintable(m_fixture->error()));

        QCOMPARE(m_fixture->receipt().job.state, store::JobState::Finished);
        QCOMPARE(m_fixture->count(DeliveryState::Stored), kInstances);
        QCOMPARE(peer.stored(), eachOnce());
        QCOMPARE(peer.requests(), kInstances + kRefusals);
        int refused = 0;
        const auto attempts = m_fixture->attempts();
        QCOMPARE(attempts.size(), kInstances);
        for (const auto& tries : attempts) {
            QCOMPARE(tries.last().dimseStatus, 0x0000);
            for (const auto& attempt : tries.first(tries.size() - 1)) {
                QCOMPARE(attempt.dimseStatus, 0xA700);
                QCOMPARE(attempt.errorCode, ErrorCode::StatusRefused);
                QCOMPARE(attempt.errorComment, u"no room"_s);
                ++refused;
            }
        }
        QCOMPARE(refused, kRefusals);
    }

    void abortsAfterSomeInstances_loseNothingAndRepeatNothing_data()
    {
        QTest::addColumn<bool>("says");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("A-ABORT") << true << ErrorCode::PeerAborted;
        QTest::newRow("closes") << false << ErrorCode::ConnectionLost;
    }

    void abortsAfterSomeInstances_loseNothingAndRepeatNothing()
    {
        QFETCH(bool, says);
        QFETCH(ErrorCode, code);
        constexpr int kEach = 3;
        int onThisConnection = 0;
        int last = -1;
        ScriptedPeer peer([&](const FakePeer::Message&, int connection, int, int) {
            onThisConnection = connection == last ? onThisConnection + 1 : 1;
            last = connection;
            const bool ends = onThisConnection > kEach;
            return Deed{.kind = !ends ? Deed::Kind::Answer : says ? Deed::Kind::Abort : Deed::Kind::Close};
        });
        QVERIFY2(m_fixture->run(BatchFixture::destination(peer.port())), qPrintable(m_fixture->error()));

        QCOMPARE(m_fixture->receipt().job.state, store::JobState::Finished);
        QCOMPARE(m_fixture->count(DeliveryState::Stored), kInstances);
        QCOMPARE(peer.stored(), eachOnce());
        int deaths = 0;
        for (const auto& tries : m_fixture->attempts()) {
            QCOMPARE(tries.last().dimseStatus, 0x0000);
            for (const auto& attempt : tries.first(tries.size() - 1)) {
                QCOMPARE(attempt.errorCode, code);
                QVERIFY(!attempt.dimseStatus);
                ++deaths;
            }
        }
        QCOMPARE(deaths, kInstances / kEach - 1);
    }

    void notAuthorised_stopsTheJobWithTheReason()
    {
        constexpr int kBefore = 2;
        ScriptedPeer peer([](const FakePeer::Message&, int, int instance, int) {
            return instance < kBefore ? Deed{} : Deed{.reply = {.status = 0x0124, .errorComment = "not you"}};
        });
        QVERIFY2(m_fixture->run(BatchFixture::destination(peer.port())), qPrintable(m_fixture->error()));

        const auto receipt = m_fixture->receipt();
        QCOMPARE(receipt.job.state, store::JobState::Stopped);
        QCOMPARE(receipt.job.stopReason->code, ErrorCode::StatusNotAuthorised);
        QCOMPARE(receipt.job.stopReason->retry, Retry::AfterOperator);
        QVERIFY2(receipt.job.stopReason->detail.contains(u"not you"), qPrintable(receipt.job.stopReason->detail));
        QCOMPARE(receipt.counts.of(DeliveryState::Stored), kBefore);
        QCOMPARE(receipt.counts.of(DeliveryState::Pending), kInstances - kBefore);
        QCOMPARE(peer.requests(), kBefore + 1);
        QVERIFY(!receipt.isComplete());
    }

    void aRejectedInstance_doesNotHoldTheOthers()
    {
        constexpr int kRejected = 3;
        ScriptedPeer peer([](const FakePeer::Message& message, int, int, int) {
            return message.sopInstance != BatchFixture::uid(kRejected)
                ? Deed{}
                : Deed{.reply = {.status = 0xC000, .errorComment = "bad", .offendingElements = {0x00280010}}};
        });
        QVERIFY2(m_fixture->run(BatchFixture::destination(peer.port())), qPrintable(m_fixture->error()));

        const auto receipt = m_fixture->receipt();
        QCOMPARE(receipt.job.state, store::JobState::Finished);
        QCOMPARE(receipt.counts.of(DeliveryState::Stored), kInstances - 1);
        QCOMPARE(receipt.rejected.size(), 1);
        const auto& delivery = receipt.rejected.first().delivery;
        QCOMPARE(delivery.sopInstanceUid.value, BatchFixture::uid(kRejected));
        QCOMPARE(delivery.tries, 1);
        QCOMPARE(delivery.lastAttempt->dimseStatus, 0xC000);
        QCOMPARE(delivery.lastAttempt->errorCode, ErrorCode::StatusFailed);
        QCOMPARE(delivery.lastAttempt->errorComment, u"bad"_s);
        QCOMPARE(delivery.lastAttempt->offendingElement, u"(0028,0010)"_s);
        QCOMPARE(peer.stored(), eachOnce(kRejected));
        QCOMPARE(peer.requests(), kInstances);
    }

    void warnings_areStoredAndNoted_data()
    {
        QTest::addColumn<quint16>("status");
        QTest::newRow("coercion") << quint16(0xB000);
        QTest::newRow("duplicate") << quint16(0x0111);
    }

    void warnings_areStoredAndNoted()
    {
        QFETCH(quint16, status);
        constexpr int kWarned = 5;
        ScriptedPeer peer([status](const FakePeer::Message& message, int, int, int) {
            return message.sopInstance == BatchFixture::uid(kWarned)
                ? Deed{.reply = {.status = status, .errorComment = "look"}}
                : Deed{};
        });
        QVERIFY2(m_fixture->run(BatchFixture::destination(peer.port())), qPrintable(m_fixture->error()));

        const auto receipt = m_fixture->receipt();
        QCOMPARE(receipt.job.state, store::JobState::Finished);
        QVERIFY(receipt.isComplete());
        QCOMPARE(receipt.counts.of(DeliveryState::Stored), kInstances - 1);
        QCOMPARE(receipt.warnings.size(), 1);
        const auto& delivery = receipt.warnings.first().delivery;
        QCOMPARE(delivery.state, DeliveryState::StoredWithWarning);
        QCOMPARE(delivery.sopInstanceUid.value, BatchFixture::uid(kWarned));
        QCOMPARE(delivery.tries, 1);
        QCOMPARE(delivery.lastAttempt->dimseStatus, status);
        QCOMPARE(delivery.lastAttempt->errorComment, u"look"_s);
        QCOMPARE(peer.stored(), eachOnce());
    }

    void aPeerThatNeverReads_isLeftAfterTheStallAndTheBatchGoesOn()
    {
        // More than the buffers of both systems hold.
        m_fixture->add(0, {.pixelBytes = 24 << 20});
        m_fixture->listener = &m_trouble;
        QHash<QByteArray, int> stored;
        const FakeScp scp([this, &stored](FakePeer& peer, int connection) {
            peer.accept({.maxPdu = 1 << 20});
            if (connection == 0) {
                m_trouble.wait(); // the end of the connection lies behind all that is not read
                return;
            }
            while (const auto message = peer.readMessage()) {
                stored[message->sopInstance] += message->command == kStoreRequest ? 1 : 0;
                peer.respond(*message);
            }
        });
        auto to = BatchFixture::destination(scp.port());
        to.timeouts.stall = kShort;
        QElapsedTimer taken;
        taken.start();
        QVERIFY2(m_fixture->run(to), qPrintable(m_fixture->error()));

        QVERIFY(taken.elapsed() < 10'000);
        QCOMPARE(m_fixture->count(DeliveryState::Stored), kInstances);
        const auto tries = m_fixture->attempts().value(BatchFixture::uid(0));
        QCOMPARE(tries.size(), 2);
        QCOMPARE(tries.first().errorCode, ErrorCode::SendStalled);
        QCOMPARE(tries.last().dimseStatus, 0x0000);
        m_fixture->close(); // releases, so the script is over
        QTRY_COMPARE(stored, eachOnce());
    }

    void silenceAfterAccept_isLeftAndTheBatchGoesOn()
    {
        ScriptedPeer peer([](const FakePeer::Message&, int connection, int, int) {
            return Deed{.kind = connection == 0 ? Deed::Kind::Hold : Deed::Kind::Answer};
        });
        auto to = BatchFixture::destination(peer.port());
        to.timeouts.response = kShort;
        QVERIFY2(m_fixture->run(to), qPrintable(m_fixture->error()));

        QCOMPARE(m_fixture->count(DeliveryState::Stored), kInstances);
        QCOMPARE(peer.stored(), eachOnce());
        const auto tries = m_fixture->attempts().value(BatchFixture::uid(0));
        QCOMPARE(tries.size(), 2);
        QCOMPARE(tries.first().errorCode, ErrorCode::ResponseTimeout);
        QCOMPARE(m_fixture->receipt().associations.size(), 2);
    }

    void silenceForGood_stopsTheJobWithTheReason()
    {
        ScriptedPeer peer([](const FakePeer::Message&, int, int, int) { return Deed{.kind = Deed::Kind::Hold}; });
        auto to = BatchFixture::destination(peer.port());
        to.timeouts.response = 100ms;
        m_fixture->params.giveUpAfter = 1ms;
        QVERIFY2(m_fixture->run(to), qPrintable(m_fixture->error()));

        const auto receipt = m_fixture->receipt();
        QCOMPARE(receipt.job.state, store::JobState::Stopped);
        QCOMPARE(receipt.job.stopReason->code, ErrorCode::ResponseTimeout);
        QCOMPARE(receipt.counts.of(DeliveryState::Pending), kInstances);
    }

    void anInstanceThatKillsEachAssociation_isSetAsideAndTheRestArrives_data()
    {
        QTest::addColumn<bool>("says");
        QTest::newRow("A-ABORT") << true;
        QTest::newRow("closes") << false;
    }

    void anInstanceThatKillsEachAssociation_isSetAsideAndTheRestArrives()
    {
        QFETCH(bool, says);
        constexpr int kCulprit = 3;
        ScriptedPeer peer([says](const FakePeer::Message& message, int, int, int) {
            const bool dies = message.sopInstance == BatchFixture::uid(kCulprit);
            return Deed{.kind = !dies ? Deed::Kind::Answer : says ? Deed::Kind::Abort : Deed::Kind::Close};
        });
        QVERIFY2(m_fixture->run(BatchFixture::destination(peer.port())), qPrintable(m_fixture->error()));

        const auto receipt = m_fixture->receipt();
        QCOMPARE(receipt.job.state, store::JobState::Finished);
        QCOMPARE(receipt.counts.of(DeliveryState::Stored), kInstances - 1);
        QCOMPARE(receipt.rejected.size(), 1);
        QCOMPARE(receipt.rejected.first().delivery.sopInstanceUid.value, BatchFixture::uid(kCulprit));
        QCOMPARE(receipt.rejected.first().delivery.lastAttempt->errorCode, ErrorCode::CulpritInstance);
        QCOMPARE(peer.stored(), eachOnce(kCulprit));
        const auto tries = m_fixture->attempts().value(BatchFixture::uid(kCulprit));
        QCOMPARE(tries.first().errorCode, says ? ErrorCode::PeerAborted : ErrorCode::ConnectionLost);
    }

private:
    FirstTrouble m_trouble;
    std::unique_ptr<BatchFixture> m_fixture;
};

QTEST_GUILESS_MAIN(TestHostileEngine)
#include "TestHostileEngine.moc"
