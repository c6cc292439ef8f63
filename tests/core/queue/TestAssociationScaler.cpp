#include "core/queue/AssociationScaler.h"

#include <QTest>

#include <algorithm>
#include <functional>

using namespace radpost;
using namespace radpost::queue;
using namespace std::chrono_literals;

namespace {

/// A destination by its throughput: plays the sender's part in steps of 10 ms.
class Simulation final
{
public:
    Simulation(AssociationScaler& scaler, std::function<double(int)> instancesPerSecond)
        : m_scaler(scaler)
        , m_rate(std::move(instancesPerSecond))
    {
    }

    void run(std::chrono::milliseconds time)
    {
        for (auto passed = 0ms; passed < time; passed += 10ms) {
            m_now += 10ms;
            if (m_open < m_scaler.target()) {
                ++m_open;
                m_scaler.onOpened(m_open, 1ms, m_now);
            }
            m_open = std::min(m_open, m_scaler.target());
            m_due += m_rate(m_open) * 0.01;
            for (; m_due >= 1; m_due -= 1) {
                m_scaler.onOutcome(5000, m_now);
            }
            m_scaler.tick(m_open, 10'000, m_now);
            m_most = std::max(m_most, m_scaler.target());
        }
    }

    [[nodiscard]] int most() const { return m_most; }
    [[nodiscard]] AssociationScaler::SteadyTime now() const { return m_now; }

private:
    AssociationScaler& m_scaler;
    std::function<double(int)> m_rate;
    AssociationScaler::SteadyTime m_now{1h};
    double m_due = 0;
    int m_open = 0;
    int m_most = 0;
};

} // namespace

class TestAssociationScaler : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFixedNumberIsThereFromTheStart()
    {
        const AssociationScaler scaler(5, 8);
        QCOMPARE(scaler.target(), 5);
    }

    void itGrowsWhileEachOneBringsItsShare()
    {
        AssociationScaler scaler(0, 6);
        Simulation peer(scaler, [](int n) { return 2000.0 * n; });
        peer.run(1s);
        QCOMPARE(scaler.target(), 6);
    }

    void itStopsWhereOneMoreBringsNothing()
    {
        AssociationScaler scaler(0, 8);
        Simulation peer(scaler, [](int n) { return 3000.0 * std::min(n, 2); });
        peer.run(5s);
        QCOMPARE(scaler.target(), 2);
        QCOMPARE(peer.most(), 3);
    }

    void itDoesNotTryAgainSoon()
    {
        AssociationScaler scaler(0, 8);
        int tried = 0;
        Simulation peer(scaler, [&](int n) {
            tried += n > 1 ? 1 : 0;
            return 3000.0;
        });
        peer.run(2s);
        const int first = tried;
        QVERIFY(first > 0);
        peer.run(7s);
        QCOMPARE(tried, first);
        peer.run(5s);
        QVERIFY(tried > first);
    }

    void aFarPeerGetsHalfAtOnceAndAllWithTheSecond()
    {
        AssociationScaler scaler(0, 8);
        const AssociationScaler::SteadyTime now{1h};
        scaler.onOpened(1, 100ms, now);
        QCOMPARE(scaler.target(), 4);
        scaler.onOpened(2, 100ms, now + 100ms);
        QCOMPARE(scaler.target(), 8);
    }

    void aRefusalIsTheBoundForAWhile()
    {
        AssociationScaler scaler(0, 8);
        Simulation peer(scaler, [](int n) { return 2000.0 * n; });
        peer.run(200ms);
        QVERIFY(scaler.target() >= 2);
        scaler.onExtraRefused(1, peer.now());
        peer.run(50s);
        QCOMPARE(scaler.target(), 1);
        peer.run(15s);
        QVERIFY(scaler.target() > 1);
    }

    void aBrokenSessionShrinksIt()
    {
        AssociationScaler scaler(0, 4);
        const AssociationScaler::SteadyTime now{1h};
        scaler.onOpened(1, 100ms, now);
        scaler.onOpened(2, 100ms, now);
        scaler.onBroken(now);
        QCOMPARE(scaler.target(), 3);
    }

    void aFixedNumberComesBackAfterARefusal()
    {
        AssociationScaler scaler(4, 8);
        const AssociationScaler::SteadyTime now{1h};
        scaler.onExtraRefused(2, now);
        QCOMPARE(scaler.target(), 2);
        scaler.tick(2, 100, now + 30s);
        QCOMPARE(scaler.target(), 2);
        scaler.tick(2, 100, now + 61s);
        QCOMPARE(scaler.target(), 4);
    }

    void fewInstancesAreNotWorthAnother()
    {
        AssociationScaler scaler(0, 8);
        AssociationScaler::SteadyTime now{1h};
        scaler.onOpened(1, 1ms, now);
        for (int i = 0; i < 100; ++i) {
            scaler.onOutcome(5000, now);
        }
        scaler.tick(1, 3, now + 100ms);
        QCOMPARE(scaler.target(), 1);
    }
};

QTEST_GUILESS_MAIN(TestAssociationScaler)
#include "TestAssociationScaler.moc"
