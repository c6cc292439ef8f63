#include "tests/support/DispatchFixture.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace radpost;
using namespace radpost::queue;
using namespace radpost::store;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QByteArray classNumber(int n)
{
    return "1.2.840.10008.5.1.4.1.1.999." + QByteArray::number(n);
}

/// A job of @p count instances, each of a SOP class of its own.
JobId jobOfClasses(DispatchFixture& f, int count)
{
    auto batch = f.makeBatch();
    for (int n = 0; n < count; ++n) {
        auto instance = makeInstance(n);
        instance.sopClassUid.value = classNumber(n);
        f.ok = f.ok && batch->append(std::move(instance)).has_value();
    }
    f.ok = f.ok && batch->seal().has_value();
    return batch->jobs().first();
}

/// Ends each negotiation in which one of @p classes is asked for.
auto diesOf(std::set<int> classes, ErrorCode code)
{
    return [classes = std::move(classes), code](std::span<const ContextNeed> needs) -> std::optional<Error> {
        const bool dies = std::any_of(needs.begin(), needs.end(), [&](const ContextNeed& need) {
            return std::any_of(
                classes.begin(), classes.end(), [&](int n) { return need.sopClassUid.value == classNumber(n); });
        });
        return dies ? std::optional(makeError(code, u"scripted"_s)) : std::nullopt;
    };
}

} // namespace

// A context that a peer cannot even be asked for.
class TestDispatcherNarrowing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatEndsNegotiationsIsRefusedForItself_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<QList<int>>("culprits");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("one of two") << 2 << QList<int>{1} << ErrorCode::PeerAborted;
        QTest::newRow("the first of two, closed") << 2 << QList<int>{0} << ErrorCode::ConnectionLost;
        QTest::newRow("one of sixty, no answer") << 60 << QList<int>{17} << ErrorCode::AssociationTimeout;
        QTest::newRow("three of sixty") << 60 << QList<int>{0, 1, 59} << ErrorCode::ProtocolError;
        QTest::newRow("all but one") << 7 << QList<int>{0, 1, 2, 3, 5, 6} << ErrorCode::PeerAborted;
        QTest::newRow("one of more than a session holds") << 200 << QList<int>{150} << ErrorCode::PeerAborted;
    }

    void whatEndsNegotiationsIsRefusedForItself()
    {
        QFETCH(int, count);
        QFETCH(QList<int>, culprits);
        QFETCH(ErrorCode, code);
        DispatchFixture f;
        f.peer.refuseNeeds = diesOf({culprits.begin(), culprits.end()}, code);
        const auto job = jobOfClasses(f, count);
        QVERIFY(f.ok && f.take(job));
        QVERIFY(f.advanceUntilAtRest(job));
        QCOMPARE(f.activity(job), JobActivity::Finished);
        QCOMPARE(f.count(job, DeliveryState::Rejected), culprits.size());
        QCOMPARE(f.count(job, DeliveryState::Stored), count - culprits.size());
        const auto attempt = f.attempts(job, culprits.first() + 1).last();
        QCOMPARE(*attempt.errorCode, ErrorCode::CulpritInstance);
        QVERIFY(attempt.detail.contains(QString::fromLatin1(classNumber(culprits.first()))));
    }

    /// Wherever an outage comes between, only the culprit is to blame.
    void anOutageRefusesNobody_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("to");
        for (int from = 1; from <= 9; ++from) {
            for (const int length : {1, 2, 5, 40}) {
                QTest::addRow("openings %d to %d", from, from + length - 1) << from << from + length - 1;
            }
        }
    }

    void anOutageRefusesNobody()
    {
        QFETCH(int, from);
        QFETCH(int, to);
        DispatchFixture f;
        f.peer.refuseOpen = [from, to](int n) {
            return n >= from && n <= to ? std::optional(makeError(ErrorCode::ConnectionLost)) : std::nullopt;
        };
        f.peer.refuseNeeds = diesOf({2}, ErrorCode::PeerAborted);
        const auto job = jobOfClasses(f, 4);
        QVERIFY(f.ok && f.take(job));
        QVERIFY(f.advanceUntilAtRest(job));
        QCOMPARE(f.activity(job), JobActivity::Finished);
        QCOMPARE(f.count(job, DeliveryState::Stored), 3);
        QCOMPARE(*f.attempts(job, 3).last().errorCode, ErrorCode::CulpritInstance);
    }

    /// A peer that takes connections and nothing else is not asked without end.
    void aPeerThatIsDownIsLeftAlone()
    {
        DispatchFixture f;
        f.peer.refuseOpen = [](int) { return std::optional(makeError(ErrorCode::ConnectionLost)); };
        const auto job = jobOfClasses(f, 60);
        QVERIFY(f.ok && f.take(job));
        QTRY_COMPARE(f.activity(job), JobActivity::DestinationDown);
        QTRY_COMPARE(f.events.told().downs.size(), 1);
        QVERIFY(f.peer.seen().opens <= 8);
        QCOMPARE(f.count(job, DeliveryState::Pending), 60);
    }

    void whatNobodyCanBeAskedForIsNeverAskedFor()
    {
        DispatchFixture f;
        f.peer.objection = [](const ContextNeed& need) {
            return need.sopClassUid.value == classNumber(2)
                ? std::optional(makeError(ErrorCode::DicomMalformed, u"no UID"_s))
                : std::nullopt;
        };
        f.peer.refuseNeeds = diesOf({2}, ErrorCode::PeerAborted);
        const auto job = jobOfClasses(f, 5);
        QVERIFY(f.ok && f.take(job));
        QTRY_COMPARE(f.activity(job), JobActivity::Finished);
        QCOMPARE(f.count(job, DeliveryState::Stored), 4);
        QCOMPARE(f.count(job, DeliveryState::Rejected), 1);
        QCOMPARE(*f.attempts(job, 3).first().errorCode, ErrorCode::DicomMalformed);
        QCOMPARE(f.peer.seen().opens, 1);
    }
};

QTEST_GUILESS_MAIN(TestDispatcherNarrowing)
#include "TestDispatcherNarrowing.moc"
