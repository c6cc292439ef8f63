#include "core/store/BacklogRepository.h"
#include "core/store/Database.h"
#include "core/store/JobRepository.h"
#include "core/store/LedgerWriter.h"
#include "tests/support/LedgerFixture.h"

#include <QTest>

using namespace radpost;
using namespace radpost::store;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kInstance = "INSERT OR IGNORE INTO folders VALUES (1, '/data');"
                           "INSERT OR IGNORE INTO contexts VALUES (1, '1.2', '1.3');"
                           "INSERT OR IGNORE INTO series VALUES (1, '', '', '', '', '', '', '', '', '', '', '', '', 0);"
                           "INSERT OR IGNORE INTO instances VALUES (1, 1, 'a', NULL, 1, 1, 0, 1, 1, 1, '1.4')";

/// A job with so many deliveries in each state.
class BacklogLedger final
{
public:
    BacklogLedger() { m_fixture.open(); }

    [[nodiscard]] bool addJob(qint64 id, const QString& destination, std::chrono::milliseconds createdAt,
        const QList<std::pair<DeliveryState, int>>& deliveries)
    {
        return m_fixture.ledger()
            .writer()
            .run([&](WriteSession& session) -> Result<> {
                for (const auto& statement : QString::fromLatin1(kInstance).split(u';')) {
                    if (auto done = session.database.exec(statement); !done) {
                        return done;
                    }
                }
                if (auto done = session.jobs.insert(JobId{id}, test::makeJob(destination), WallTime(createdAt));
                    !done) {
                    return done;
                }
                return addDeliveries(session, id, deliveries);
            })
            .has_value();
    }

    [[nodiscard]] bool run(LedgerWriter::Work work)
    {
        return m_fixture.ledger().writer().run(std::move(work)).has_value();
    }

    [[nodiscard]] QList<DestinationBacklog> read(qint64 maxRows = BacklogRepository::kMaxRows) const
    {
        const auto database = std::move(*Database::open(m_fixture.path(), DatabaseMode::QueryOnly));
        return BacklogRepository(*database, maxRows).read().value_or(QList<DestinationBacklog>());
    }

    [[nodiscard]] QString path() const { return m_fixture.path(); }

private:
    static Result<> addDeliveries(
        WriteSession& session, qint64 job, const QList<std::pair<DeliveryState, int>>& deliveries)
    {
        qint64 ordinal = 0;
        auto& insert = session.database.prepared(u"INSERT INTO deliveries (id, instance_id, state) VALUES (?, 1, ?)"_s);
        for (const auto& [state, count] : deliveries) {
            for (int i = 0; i < count; ++i) {
                insert.bind(deliveryId(JobId{job}, ordinal++).value).bind(static_cast<int>(state));
                if (auto done = insert.exec(); !done) {
                    return done;
                }
            }
        }
        return {};
    }

    test::LedgerFixture m_fixture;
};

} // namespace

class TestBacklogRepository : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsUndeliveredIsCountedByDestination()
    {
        BacklogLedger ledger;
        QVERIFY(ledger.addJob(1, u"A"_s, 1000ms, {{DeliveryState::Stored, 3}}));
        QVERIFY(ledger.addJob(2, u"A"_s, 2000ms, {{DeliveryState::Stored, 5}, {DeliveryState::Pending, 7}}));
        QVERIFY(ledger.addJob(3, u"A"_s, 3000ms, {{DeliveryState::Waiting, 2}, {DeliveryState::Rejected, 4}}));
        QVERIFY(ledger.addJob(4, u"B"_s, 4000ms, {{DeliveryState::StoredWithWarning, 1}}));
        QVERIFY(ledger.run([](WriteSession& session) { return session.jobs.setDestinationPaused(u"B"_s, true); }));
        const QList expected{DestinationBacklog{u"A"_s, 7, 2, WallTime(2000ms), false, false},
            DestinationBacklog{u"B"_s, 0, 0, std::nullopt, true, false}};
        QCOMPARE(ledger.read(), expected);
    }

    void aJobThatHasEndedIsNotLookedAt()
    {
        BacklogLedger ledger;
        QVERIFY(ledger.addJob(1, u"A"_s, 1000ms, {{DeliveryState::Cancelled, 3}}));
        QVERIFY(ledger.run([](WriteSession& session) {
            return session.jobs.setState(JobId{1}, JobState::Cancelled, WallTime(5000ms));
        }));
        QVERIFY(ledger.addJob(2, u"A"_s, 2000ms, {{DeliveryState::Pending, 1}}));
        const auto found = ledger.read(1); // one row suffices
        QCOMPARE(found.front().pending, 1LL);
        QVERIFY(found.front().oldest == WallTime(2000ms));
    }

    void oneLookReadsNoMoreThanItMay()
    {
        BacklogLedger ledger;
        QVERIFY(ledger.addJob(1, u"A"_s, 1000ms, {{DeliveryState::Pending, 50}}));
        QVERIFY(ledger.addJob(2, u"B"_s, 2000ms, {{DeliveryState::Pending, 50}}));
        const auto found = ledger.read(30);
        QCOMPARE(found[0].pending, 30LL);
        QVERIFY(found[0].isLowerBound);
        QCOMPARE(found[1].pending, 0LL);
        QVERIFY(found[1].isLowerBound);
    }

    void openJobsComeFromAnIndex()
    {
        const BacklogLedger ledger;
        const auto database = std::move(*Database::open(ledger.path(), DatabaseMode::QueryOnly));
        auto& plan =
            database->prepared(u"EXPLAIN QUERY PLAN SELECT j.id, n.name, j.created_at FROM jobs j JOIN destinations n "
                               "ON n.id = j.destination_id WHERE j.finished_at IS NULL ORDER BY j.id"_s);
        QVERIFY(plan.exec() && plan.next());
        QVERIFY2(plan.text(3).contains(u"jobs_finished"_s), qPrintable(plan.text(3)));
    }
};

QTEST_GUILESS_MAIN(TestBacklogRepository)
#include "TestBacklogRepository.moc"
