#include "core/queue/CircuitBreaker.h"
#include "core/queue/RateMeter.h"
#include "core/queue/TokenBucket.h"

#include <QTest>

using namespace radpost;
using namespace radpost::queue;
using namespace std::chrono_literals;

// The breaker, and the two other small clocks of a lane.
class TestCircuitBreaker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void delaysDoubleUpToTheirBound()
    {
        const Backoff backoff(2s, 60s, 0);
        QCOMPARE(backoff.delay(1), 2000ms);
        QCOMPARE(backoff.delay(2), 4000ms);
        QCOMPARE(backoff.delay(5), 32000ms);
        QCOMPARE(backoff.delay(6), 60000ms);
        QCOMPARE(backoff.delay(1000), 60000ms);
    }

    void jitterSpreadsWithinItsShare()
    {
        const Backoff backoff(10s, 60s, 0.2);
        auto least = 1h + 0ms;
        auto most = 0ms;
        for (int i = 0; i < 1000; ++i) {
            least = std::min<std::chrono::milliseconds>(least, backoff.delay(1));
            most = std::max(most, backoff.delay(1));
        }
        QVERIFY(least >= 8s && least < 9s);
        QVERIFY(most <= 12s && most > 11s);
    }

    void patienceIsCountedInFailures()
    {
        QCOMPARE(Backoff(2s, 60s, 0).failuresWithin(0s), 1);
        QCOMPARE(Backoff(2s, 60s, 0).failuresWithin(2s), 2);
        QCOMPARE(Backoff(2s, 60s, 0).failuresWithin(7s), 4); // 2 + 4 + 8
        QCOMPARE(Backoff(0s, 0s, 0).failuresWithin(1h), 3601);
        // Whatever the jitter does, the last of them is not before the time is over.
        const Backoff usual(2s, 1h, 0.2);
        std::chrono::milliseconds waited{0};
        for (int failure = 1; failure < usual.failuresWithin(168h); ++failure) {
            waited += usual.delay(failure);
        }
        QVERIFY(waited >= 168h && waited < 300h);
        QVERIFY(Backoff(1ms, 1ms, 0.2).failuresWithin(24h * 366) < 1'100'000);
    }

    void itOpensAfterAFewFailuresAndAsksForAProbe()
    {
        CircuitBreaker breaker({.failures = 3, .firstDelay = 2s, .maxDelay = 300s, .giveUpAfter = 0s}, 0);
        QVERIFY(breaker.allows(m_now));
        breaker.onFailure(m_now);
        QVERIFY(!breaker.allows(m_now + 1s));
        QVERIFY(breaker.allows(m_now + 2s));
        breaker.onFailure(m_now + 2s);
        breaker.onFailure(m_now + 6s);
        QCOMPARE(breaker.state(), CircuitBreaker::State::Open);
        QVERIFY(!breaker.allows(m_now + 1h));
        QVERIFY(!breaker.wantsProbe(m_now + 13s));
        QVERIFY(breaker.wantsProbe(m_now + 14s));
        breaker.onProbeAnswered();
        QVERIFY(breaker.allows(m_now + 14s));
        QVERIFY(breaker.onSuccess());
        QCOMPARE(breaker.state(), CircuitBreaker::State::Closed);
        QVERIFY(!breaker.onSuccess());
    }

    void afterAProbeAFailureOpensItAgainWithALongerDelay()
    {
        CircuitBreaker breaker({.failures = 1, .firstDelay = 2s, .maxDelay = 300s, .giveUpAfter = 0s}, 0);
        breaker.onFailure(m_now);
        breaker.onProbeAnswered();
        breaker.onFailure(m_now + 2s);
        QCOMPARE(breaker.state(), CircuitBreaker::State::Open);
        QCOMPARE(breaker.retryAt(), m_now + 6s);
    }

    void givingUpCountsFromTheFirstFailure()
    {
        CircuitBreaker breaker({.failures = 3, .firstDelay = 2s, .maxDelay = 300s, .giveUpAfter = 60s}, 0);
        QVERIFY(!breaker.givesUpAt());
        breaker.onFailure(m_now);
        breaker.onFailure(m_now + 30s);
        QCOMPARE(*breaker.givesUpAt(), m_now + 60s);
        breaker.onSuccess();
        QVERIFY(!breaker.givesUpAt());
    }

    void aBucketLetsALargeInstancePassAndCollectsTheDebt()
    {
        TokenBucket bucket(1000, m_now);
        QVERIFY(!bucket.isEmpty(m_now));
        bucket.take(5250);
        QVERIFY(bucket.isEmpty(m_now));
        QVERIFY(bucket.isEmpty(m_now + 4900ms));
        QVERIFY(bucket.readyAt() > m_now + 4900ms && bucket.readyAt() <= m_now + 5010ms);
        QVERIFY(!bucket.isEmpty(bucket.readyAt()));
    }

    void aBucketDoesNotSaveUpForLater()
    {
        TokenBucket bucket(1000, m_now);
        QVERIFY(!bucket.isEmpty(m_now + 1h));
        bucket.take(250);
        QVERIFY(bucket.isEmpty(m_now + 1h));
    }

    void noLimitIsNeverEmpty()
    {
        TokenBucket bucket(0, m_now);
        bucket.take(1'000'000'000);
        QVERIFY(!bucket.isEmpty(m_now));
    }

    void aRateIsThatOfTheLastSeconds()
    {
        RateMeter meter;
        QCOMPARE(meter.rate(m_now).instances, 0.0);
        for (int i = 0; i < 100; ++i) {
            meter.add(m_now + i * 100ms, 1000);
        }
        const auto rate = meter.rate(m_now + 9900ms);
        QVERIFY2(rate.instances > 9 && rate.instances < 11, qPrintable(QString::number(rate.instances)));
        QVERIFY(rate.bytes > 9000 && rate.bytes < 11000);
        QCOMPARE(meter.rate(m_now + 60s).instances, 0.0);
    }

private:
    const Clock::SteadyTime m_now{1h};
};

QTEST_GUILESS_MAIN(TestCircuitBreaker)
#include "TestCircuitBreaker.moc"
