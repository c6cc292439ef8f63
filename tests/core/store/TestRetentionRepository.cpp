#include "core/store/Database.h"
#include "core/store/RetentionRepository.h"
#include "core/store/walltime.h"
#include "tests/support/LedgerFixture.h"
#include "tests/support/PastJobs.h"

#include <QTest>

using namespace radpost;
using namespace radpost::store;
using namespace radpost::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kDay = 86'400'000;
const WallTime kNow = fromMilliseconds(400 * kDay);

WallTime daysAgo(int days)
{
    return kNow - std::chrono::days(days);
}

PastJob pastJob(qint64 id, int endedDaysAgo)
{
    PastJob job;
    job.id = JobId{id};
    job.createdAt = daysAgo(endedDaysAgo);
    job.endedAt = daysAgo(endedDaysAgo);
    job.patientName = u"Patient^%1"_s.arg(id);
    job.patientId = u"P%1"_s.arg(id);
    return job;
}

} // namespace

class TestRetentionRepository : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<LedgerFixture>();
        QVERIFY(m_fixture->open());
        QVERIFY(addPastJob(writer(), pastJob(99, 0))); // the newest one is never a question
    }

    void whoIsExpired_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<int>("days");
        QTest::addColumn<int>("rejected");
        QTest::addColumn<bool>("settled");
        QTest::addColumn<QString>("change"); // of the rows, beyond what a past job can say
        QTest::addColumn<bool>("expired");
        const int finished = static_cast<int>(JobState::Finished);
        const int cancelled = static_cast<int>(JobState::Cancelled);
        QTest::newRow("finished long ago") << finished << 31 << 0 << false << QString() << true;
        QTest::newRow("finished lately") << finished << 29 << 0 << false << QString() << false;
        QTest::newRow("cancelled long ago") << cancelled << 31 << 0 << false << QString() << true;
        QTest::newRow("failures that nobody settled") << finished << 31 << 1 << false << QString() << false;
        QTest::newRow("failures that are settled") << finished << 31 << 1 << true << QString() << true;
        QTest::newRow("cancelled with failures") << cancelled << 31 << 1 << false << QString() << true;
        QTest::newRow("active") << static_cast<int>(JobState::Active) << 31 << 0 << false << QString() << false;
        QTest::newRow("paused") << static_cast<int>(JobState::Paused) << 31 << 0 << false << QString() << false;
        QTest::newRow("stopped") << static_cast<int>(JobState::Stopped) << 31 << 0 << false << QString() << false;
        QTest::newRow("its scan was cut short")
            << finished << 31 << 0 << false << u"UPDATE jobs SET growth = 2"_s << false;
        QTest::newRow("something is pending after all")
            << finished << 31 << 0 << false << u"UPDATE deliveries SET state = 0 WHERE id % 2 = 0"_s << false;
        QTest::newRow("proof was asked for and has not come")
            << finished << 31 << 0 << false << u"UPDATE deliveries SET proof = 1"_s << false;
        QTest::newRow("proof is missing")
            << finished << 31 << 0 << false << u"UPDATE deliveries SET proof = 3"_s << false;
        QTest::newRow("proof is missing, settled")
            << finished << 31 << 0 << true << u"UPDATE deliveries SET proof = 3"_s << true;
        QTest::newRow("proved") << finished << 31 << 0 << false << u"UPDATE deliveries SET proof = 2"_s << true;
    }

    void whoIsExpired()
    {
        QFETCH(int, state);
        QFETCH(int, days);
        QFETCH(int, rejected);
        QFETCH(bool, settled);
        QFETCH(QString, change);
        QFETCH(bool, expired);
        auto job = pastJob(7, days);
        job.state = static_cast<JobState>(state);
        job.rejected = rejected;
        job.isSettled = settled;
        QVERIFY(addPastJob(writer(), job));
        if (!change.isEmpty()) {
            QVERIFY(in([&](WriteSession& session) { return session.database.exec(change); }));
        }
        std::optional<JobId> found;
        bool isRemoved = false;
        QVERIFY(retain([&](RetentionRepository& retention) {
            found = retention.expired(daysAgo(30)).value_or(std::nullopt);
            isRemoved = retention.removeJob(job.id, daysAgo(30)).value_or(!expired);
        }));
        QCOMPARE(found, expired ? std::optional(job.id) : std::nullopt);
        QCOMPARE(isRemoved, expired);
        QCOMPARE(count(u"jobs WHERE id = 7"_s), expired ? 0 : 1);
    }

    void theOldestGoesFirstAndTheNewestNever()
    {
        QVERIFY(addPastJob(writer(), pastJob(3, 40)));
        QVERIFY(addPastJob(writer(), pastJob(2, 50)));
        QList<qint64> order;
        QVERIFY(retain([&](RetentionRepository& retention) {
            for (auto job = *retention.expired(kNow); job; job = *retention.expired(kNow)) {
                order.append(job->value);
                QVERIFY(*retention.removeJob(*job, kNow));
            }
        }));
        QCOMPARE(order, (QList<qint64>{2, 3}));
        QCOMPARE(count(u"jobs"_s), 1); // 99, however old: its number is not given again
    }

    void nothingOfAnExpiredJobIsLeftInAnyTable()
    {
        QVERIFY(in([](WriteSession& session) {
            return session.database
                .exec(u"INSERT INTO associations VALUES (1, 1, '10.0.0.1', 'X', 1, 1000, 2000, NULL, NULL)"_s)
                .and_then([&] {
                    return session.database.exec(
                        u"INSERT INTO associations VALUES (2, 1, '10.0.0.1', 'X', 1, 1000, 2000, NULL, NULL)"_s);
                });
        }));
        const auto before = counts();
        auto job = pastJob(7, 31);
        job.studies = 2;
        job.instancesOfASeries = 5;
        QVERIFY(addPastJob(writer(), job));
        QVERIFY(in([](WriteSession& session) {
            return session.database
                .exec(u"UPDATE attempts SET association_id = 1 WHERE delivery_id >= 7 * 4294967296 AND delivery_id < "
                      "8 * 4294967296"_s)
                .and_then([&] {
                    return session.database.exec(
                        u"UPDATE attempts SET association_id = 2 WHERE association_id IS NULL"_s);
                });
        }));
        qint64 removed = 0;
        int steps = 0;
        QVERIFY(retain([&](RetentionRepository& retention) {
            QVERIFY(*retention.removeJob(job.id, kNow));
            QCOMPARE(*retention.leftovers(), QList<JobId>{job.id});
            for (qint64 gone = 4; gone == 4; removed += gone, ++steps) {
                gone = *retention.removeDeliveries(job.id, 4);
            }
            QCOMPARE(*retention.leftovers(), QList<JobId>());
            QCOMPARE(*retention.removeAssociations(fromMilliseconds(2000), 10), 0); // not before that
            QCOMPARE(*retention.removeAssociations(kNow, 10), 1);                   // 2 carried what is kept
        }));
        QCOMPARE(removed, 10);
        QCOMPARE(steps, 3);
        auto expected = before;
        expected[u"associations"_s] = 1;
        QCOMPARE(counts(), expected);
        QCOMPARE(count(u"series WHERE patient_name = 'Patient^7'"_s), 0);
        QCOMPARE(count(u"series WHERE patient_name = 'Patient^99'"_s), 1);
    }

    void whatAnotherJobNeedsStays()
    {
        QVERIFY(addPastJob(writer(), pastJob(7, 31)));
        QVERIFY(addPastJob(writer(), pastJob(8, 1)));
        // The same instances, sent to a second destination.
        QVERIFY(in([](WriteSession& session) {
            return session.database
                .exec(u"UPDATE deliveries SET instance_id = instance_id - 4294967296 WHERE id / 4294967296 = 8"_s)
                .and_then([&] {
                    return session.database.exec(u"UPDATE job_series SET series_id = 7000000 WHERE job_id = 8"_s);
                });
        }));
        QVERIFY(retain([&](RetentionRepository& retention) {
            QVERIFY(*retention.removeJob(JobId{7}, kNow));
            QCOMPARE(*retention.removeDeliveries(JobId{7}, 100), 3);
        }));
        QCOMPARE(count(u"deliveries d JOIN instances i ON i.id = d.instance_id JOIN series s ON s.id = i.series_id "
                       "JOIN folders f ON f.id = i.folder_id WHERE d.id / 4294967296 = 8 AND s.patient_id = 'P7'"_s),
            3);
    }

private:
    LedgerWriter& writer() { return m_fixture->ledger().writer(); }

    Result<> in(const LedgerWriter::Work& work) { return writer().run(work); }

    Result<> retain(const std::function<void(RetentionRepository&)>& work)
    {
        return in([&](WriteSession& session) {
            RetentionRepository retention(session.database);
            work(retention);
            return Result<>();
        });
    }

    qint64 count(const QString& rows)
    {
        qint64 found = -1;
        const auto done = in([&](WriteSession& session) {
            return session.database.integer(u"SELECT count(*) FROM "_s + rows).map([&](qint64 number) {
                found = number;
            });
        });
        return done ? found : -1;
    }

    QMap<QString, qint64> counts()
    {
        QMap<QString, qint64> found;
        for (const auto& table : {u"jobs"_s, u"job_totals"_s, u"job_series"_s, u"job_contexts"_s, u"deliveries"_s,
                 u"attempts"_s, u"instances"_s, u"series"_s, u"folders"_s, u"associations"_s}) {
            found.insert(table, count(table));
        }
        return found;
    }

    std::unique_ptr<LedgerFixture> m_fixture;
};

QTEST_GUILESS_MAIN(TestRetentionRepository)
#include "TestRetentionRepository.moc"
