#include "tests/support/DispatchFixture.h"

#include <QSet>
#include <QTest>

using namespace radpost;
using namespace radpost::queue;
using namespace radpost::store;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// The peer, or the way to it, goes down with everything on the wire, and is there again after some refusals.
class Outage
{
public:
    Outage(FakePeer& peer, int refusals)
    {
        peer.refuseOpen = [this, &peer, refusals](int) -> std::optional<Error> {
            if (m_isDown && ++m_refused > refusals && peer.openNow() == 0) {
                m_isDown = false;
            }
            return m_isDown ? std::optional(makeError(ErrorCode::ConnectRefused)) : std::nullopt;
        };
    }

    FakeAnswer answer(bool begins)
    {
        if (begins && !m_isDown) {
            m_isDown = true;
            m_refused = 0;
            ++m_count;
        }
        return m_isDown ? FakeAnswer::die(ErrorCode::ConnectionLost) : FakeAnswer{};
    }

    [[nodiscard]] int count() const { return m_count; }

private:
    bool m_isDown = false;
    int m_refused = 0;
    std::atomic<int> m_count{0};
};

} // namespace

// Which instance it is that kills sessions: LaneTrial.cpp. Outages must not be mistaken for one.
class TestDispatcherTrial : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anInstanceThatKillsEverySessionIsFoundAndTheBatchGoesOn_data()
    {
        QTest::addColumn<int>("window");
        QTest::addColumn<int>("associations");
        QTest::newRow("one after the other") << 1 << 1;
        QTest::newRow("window 8") << 8 << 1;
        QTest::newRow("4 associations") << 1 << 4;
        QTest::newRow("4 associations, window 8") << 8 << 4;
    }

    void anInstanceThatKillsEverySessionIsFoundAndTheBatchGoesOn()
    {
        QFETCH(int, window);
        QFETCH(int, associations);
        DispatchFixture f;
        f.policy.associations = associations;
        f.peer.window = window;
        f.peer.answer = [](const SendItem& item, int) { return isNumber(item, 17) ? FakeAnswer::die() : FakeAnswer{}; };
        const auto job = f.makeJob(200);
        QVERIFY(f.take(job));
        QVERIFY(f.advanceUntilAtRest(job));
        QCOMPARE(f.count(job, DeliveryState::Stored), 199);
        QCOMPARE(f.count(job, DeliveryState::Rejected), 1);
        QCOMPARE(*f.attempts(job, 18).last().errorCode, ErrorCode::CulpritInstance);
        QCOMPARE(f.peer.seen().tries.value(makeInstance(17).sopInstanceUid.value), 3);
        const auto seen = f.peer.seen();
        const auto last = seen.order.lastIndexOf(makeInstance(17).sopInstanceUid.value);
        QCOMPARE(seen.company.at(last), 0);
    }

    void anInstanceThatCrashesThePeerItselfIsFoundAndTheBatchGoesOn_data()
    {
        QTest::addColumn<int>("window");
        QTest::addColumn<int>("associations");
        QTest::addColumn<int>("mostCrashes");
        QTest::newRow("one after the other") << 1 << 1 << 3;
        QTest::newRow("window 8") << 8 << 1 << 3;
        // A further session that is not answered while others are open tells nothing of an outage.
        QTest::newRow("4 associations, window 8") << 8 << 4 << 5;
    }

    void anInstanceThatCrashesThePeerItselfIsFoundAndTheBatchGoesOn()
    {
        QFETCH(int, window);
        QFETCH(int, associations);
        QFETCH(int, mostCrashes);
        DispatchFixture f;
        f.policy.associations = associations;
        f.peer.window = window;
        Outage outage(f.peer, 2);
        f.peer.answer = [&](const SendItem& item, int) { return outage.answer(isNumber(item, 17)); };
        const auto job = f.makeJob(200);
        QVERIFY(f.take(job));
        QVERIFY(f.advanceUntilAtRest(job));
        QCOMPARE(f.row(job).state, JobState::Finished);
        QCOMPARE(f.count(job, DeliveryState::Stored), 199);
        QCOMPARE(f.count(job, DeliveryState::Rejected), 1);
        QCOMPARE(*f.attempts(job, 18).last().errorCode, ErrorCode::CulpritInstance);
        QVERIFY2(outage.count() <= mostCrashes, qPrintable(QString::number(outage.count())));
        const auto seen = f.peer.seen();
        QCOMPARE(seen.company.at(seen.order.lastIndexOf(makeInstance(17).sopInstanceUid.value)), 0);
    }

    /// The others were stored before the last crash, though it came to lie in front of them.
    void anInstanceThatCrashesThePeerDoesNotHoldTheOthersUp()
    {
        DispatchFixture f;
        Outage outage(f.peer, 2);
        f.peer.answer = [&](const SendItem& item, int) { return outage.answer(isNumber(item, 0)); };
        const auto job = f.makeJob(50);
        QVERIFY(f.take(job));
        QVERIFY(f.advanceUntilAtRest(job));
        QCOMPARE(f.peer.seen().order.last(), makeInstance(0).sopInstanceUid.value);
        QCOMPARE(f.count(job, DeliveryState::Stored), 49);
    }

    void aPeerIsNotBroughtDownForEverByTheOnlyInstance()
    {
        DispatchFixture f;
        f.policy.retry.maxAttempts = 4;
        Outage outage(f.peer, 1);
        f.peer.answer = [&](const SendItem&, int) { return outage.answer(true); };
        const auto job = f.makeJob(1);
        QVERIFY(f.take(job));
        QVERIFY(f.advanceUntilAtRest(job));
        QCOMPARE(f.count(job, DeliveryState::Rejected), 1);
        QVERIFY2(outage.count() <= 5, qPrintable(QString::number(outage.count())));
    }

    void anOutageBlamesNoInstance_data()
    {
        QTest::addColumn<int>("window");
        QTest::addColumn<int>("associations");
        QTest::newRow("one after the other") << 1 << 1;
        QTest::newRow("window 8") << 8 << 1;
        QTest::newRow("4 associations, window 8") << 8 << 4;
    }

    /// The network is cut ten times, whoever is on the wire.
    void anOutageBlamesNoInstance()
    {
        QFETCH(int, window);
        QFETCH(int, associations);
        DispatchFixture f;
        f.policy.associations = associations;
        f.peer.window = window;
        Outage outage(f.peer, 3);
        int answers = 0;
        f.peer.answer = [&](const SendItem&, int) { return outage.answer(++answers % 20 == 0 && answers <= 200); };
        const auto job = f.makeJob(300);
        QVERIFY(f.take(job));
        QVERIFY(f.advanceUntilAtRest(job));
        QVERIFY2(outage.count() >= 5, qPrintable(QString::number(outage.count())));
        QCOMPARE(f.count(job, DeliveryState::Stored), 300);
    }

    void oneInstanceOnTheWireInTwoOutagesIsNotBlamed()
    {
        DispatchFixture f;
        Outage outage(f.peer, 1);
        f.peer.answer = [&](const SendItem& item, int time) { return outage.answer(isNumber(item, 5) && time <= 2); };
        const auto job = f.makeJob(10);
        QVERIFY(f.take(job));
        QVERIFY(f.advanceUntilAtRest(job));
        QCOMPARE(outage.count(), 2);
        QCOMPARE(f.count(job, DeliveryState::Stored), 10);
    }

    void aPeerThatEndsEverySessionStopsTheJobInTheEnd()
    {
        DispatchFixture f;
        f.policy.culpritsBeforeStop = 3;
        f.peer.answer = [](const SendItem&, int) { return FakeAnswer::die(); };
        const auto job = f.makeJob(50);
        QVERIFY(f.take(job));
        QVERIFY(f.advanceUntilAtRest(job));
        QCOMPARE(f.row(job).state, JobState::Stopped);
        QCOMPARE(f.row(job).stopReason->code, ErrorCode::PeerAborted);
        QCOMPARE(f.count(job, DeliveryState::Rejected), 3);
        QCOMPARE(f.count(job, DeliveryState::Pending), 47);
    }

    /// A destination that is broken for some hours makes no culprits where nobody watches.
    void aPeerThatEndsEverySessionMakesNoCulpritsOfAStandingJob()
    {
        DispatchFixture f;
        f.areStanding = true;
        f.policy.culpritsBeforeStop = 3;
        f.policy.retry = {.maxAttempts = 8, .patience = 168h, .firstDelay = 2s, .maxDelay = 10min, .jitter = 0};
        std::atomic<bool> broken{true};
        f.peer.answer = [&](const SendItem&, int) { return broken ? FakeAnswer::die() : FakeAnswer{}; };
        const auto job = f.makeJob(20);
        QVERIFY(f.take(job));
        for (int hour = 0; hour < 6; ++hour) {
            for (int step = 0; step < 180; ++step) {
                f.clock.advance(20s);
                QTest::qWait(1);
            }
            QTRY_VERIFY(f.isAtRest(job) || f.dispatcher->progress(job)->sending == 0);
            std::ignore = f.jobs->resume(job); // as a gateway does with what was stopped
        }
        QCOMPARE(f.count(job, DeliveryState::Rejected), 0);
        const auto tried = f.peer.seen().submits;
        QVERIFY2(tried < 20 * 60, qPrintable(QString::number(tried)));
        broken = false;
        for (int step = 0; step < 3000 && f.count(job, DeliveryState::Stored) < 20; ++step) {
            std::ignore = f.jobs->resume(job);
            f.clock.advance(10s);
            QTest::qWait(1);
        }
        QCOMPARE(f.count(job, DeliveryState::Stored), 20);
    }

    void aCulpritAmongOthersIsRejectedAlsoFromAStandingJob()
    {
        DispatchFixture f;
        f.areStanding = true;
        f.policy.retry = {.maxAttempts = 8, .patience = 168h, .firstDelay = 2s, .maxDelay = 10min, .jitter = 0};
        f.peer.answer = [](const SendItem& item, int) { return isNumber(item, 5) ? FakeAnswer::die() : FakeAnswer{}; };
        const auto job = f.makeJob(10);
        QVERIFY(f.take(job));
        for (int step = 0; step < 3000 && f.count(job, DeliveryState::Stored) < 9; ++step) {
            f.clock.advance(500ms);
            QTest::qWait(1);
        }
        QCOMPARE(f.count(job, DeliveryState::Stored), 9);
        QCOMPARE(f.count(job, DeliveryState::Rejected), 0);
        for (int other = 100; other < 110; ++other) { // life goes on
            const auto next = f.makeJob(1, other);
            QVERIFY(f.take(next));
            QVERIFY(f.advanceUntilAtRest(next));
            for (int step = 0; step < 60; ++step) {
                f.clock.advance(10s);
                QTest::qWait(1);
            }
        }
        QTRY_COMPARE(f.count(job, DeliveryState::Rejected), 1);
        QCOMPARE(*f.attempts(job, 6).last().errorCode, ErrorCode::CulpritInstance);
        QVERIFY(f.attempts(job, 6).size() < 20);
    }

    void aSuspectThatNobodyAcceptsAnyMoreIsRejected()
    {
        DispatchFixture f;
        bool isReplaced = false;
        Outage outage(f.peer, 2);
        f.peer.answer = [&](const SendItem& item, int) {
            isReplaced = isReplaced || isNumber(item, 3);
            return outage.answer(isNumber(item, 3));
        };
        f.peer.accepts = [&](const ContextNeed&) { return !isReplaced; };
        const auto job = f.makeJob(6);
        QVERIFY(f.take(job));
        QVERIFY(f.advanceUntilAtRest(job));
        QCOMPARE(f.row(job).state, JobState::Finished);
        QCOMPARE(f.count(job, DeliveryState::Stored), 3);
        QCOMPARE(f.count(job, DeliveryState::Rejected), 3);
        QCOMPARE(*f.attempts(job, 4).last().errorCode, ErrorCode::NoAcceptedContext);
    }

    /// Something between cuts every connection at once; what the sessions that were open carry next dies, too.
    void sessionsThatWereOpenBeforeADeathConvictNobody()
    {
        DispatchFixture f;
        f.policy.associations = 4;
        QSet<int> cut;
        f.peer.answerIn = [&](int session, const SendItem& item, int time) {
            if (isNumber(item, 20) && time == 1) {
                for (int open = 1; open <= f.peer.opensSoFar(); ++open) {
                    cut.insert(open);
                }
            }
            return cut.contains(session) ? FakeAnswer::die(ErrorCode::ConnectionLost) : FakeAnswer{};
        };
        f.peer.hold();
        auto batch = f.makeBatch();
        const auto job = batch->jobs().first();
        for (int i = 0; i < 8; ++i) {
            QVERIFY(batch->append(makeInstance(i)));
        }
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.peer.seen().onTheWire, 4);
        f.peer.release();
        QTRY_COMPARE(f.count(job, DeliveryState::Stored), 8);
        QCOMPARE(f.peer.seen().openNow, 4); // with nothing to do: the clock stands
        QVERIFY(batch->append(makeInstance(20)));
        const auto tries = [&] { return f.peer.seen().tries.value(makeInstance(20).sopInstanceUid.value); };
        QTRY_VERIFY(tries() >= 2);
        QVERIFY(batch->seal());
        QVERIFY(f.advanceUntilAtRest(job));
        QCOMPARE(f.count(job, DeliveryState::Stored), 9);
        QCOMPARE(tries(), 2);
    }

    void aSuspectGoesAtOnceWhenNothingElseIsOnTheWire()
    {
        DispatchFixture f;
        f.peer.answer = [](const SendItem& item, int time) {
            return isNumber(item, 1) && time <= 2 ? FakeAnswer::die() : FakeAnswer{};
        };
        const auto job = f.makeJob(2);
        QVERIFY(f.take(job));
        QTRY_COMPARE(f.activity(job), JobActivity::Finished); // no session is idle first: the clock stands
        QCOMPARE(f.count(job, DeliveryState::Stored), 2);
    }

    /// A link that is cut now and then hits what takes long: that is no evidence, however often it was alone.
    void aLinkThatIsCutDoesNotConvictWhatTakesLong()
    {
        DispatchFixture f;
        f.policy.soon = 1min;
        Outage outage(f.peer, 1);
        f.peer.answer = [&](const SendItem& item, int time) {
            const bool isHuge = isNumber(item, 5);
            if (isHuge) {
                f.clock.advance(5min);
            }
            return outage.answer(isHuge && time <= 5);
        };
        auto batch = f.makeBatch();
        const auto job = batch->jobs().first();
        for (int i = 0; i < 10; ++i) {
            QVERIFY(batch->append(makeInstance(i)));
        }
        QVERIFY(f.take(job));
        // Others are stored between any two of its deaths.
        for (int i = 10; i < 20; ++i) {
            for (int step = 0; step < 20; ++step) {
                f.clock.advance(500ms);
                QTest::qWait(1);
            }
            QVERIFY(batch->append(makeInstance(i)));
            QTRY_VERIFY(f.peer.seen().stored.size() >= i - 1 || (f.clock.advance(500ms), false));
        }
        QVERIFY(batch->seal());
        QVERIFY(f.advanceUntilAtRest(job));
        QCOMPARE(outage.count(), 5);
        QCOMPARE(f.count(job, DeliveryState::Stored), 20);
    }

    /// The peer restarts the process of the connection at once, and nothing but a reset is seen.
    void aResetThatComesAloneTwiceConvicts()
    {
        DispatchFixture f;
        f.peer.window = 8;
        f.peer.answer = [](const SendItem& item, int) {
            return isNumber(item, 17) ? FakeAnswer::die(ErrorCode::ConnectionLost) : FakeAnswer{};
        };
        const auto job = f.makeJob(100);
        QVERIFY(f.take(job));
        QVERIFY(f.advanceUntilAtRest(job));
        QCOMPARE(f.count(job, DeliveryState::Stored), 99);
        QCOMPARE(*f.attempts(job, 18).last().errorCode, ErrorCode::CulpritInstance);
        QCOMPARE(f.peer.seen().tries.value(makeInstance(17).sopInstanceUid.value), 4);
    }
};

int main(int argc, char** argv)
{
    qputenv("TZ", "UTC");
    QCoreApplication app(argc, argv);
    TestDispatcherTrial test;
    return QTest::qExec(&test, argc, argv);
}

#include "TestDispatcherTrial.moc"
