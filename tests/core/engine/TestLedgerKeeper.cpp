#include "tests/core/engine/EngineFixture.h"
#include "tests/support/LedgerFixture.h"
#include "tests/support/ManualClock.h"
#include "tests/support/PastJobs.h"

#include "core/engine/LedgerKeeper.h"

#include <QFileInfo>
#include <QTest>

#include <condition_variable>

using namespace radpost;
using namespace radpost::engine;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Waits for what the keeper tells.
class Purges final
{
public:
    void add(const LedgerPurge& purge)
    {
        const std::scoped_lock lock(m_mutex);
        m_all.push_back(purge);
        m_come.notify_all();
    }
    [[nodiscard]] bool wait(std::size_t count)
    {
        std::unique_lock lock(m_mutex);
        return m_come.wait_for(lock, 20s, [&] { return m_all.size() >= count; });
    }
    [[nodiscard]] std::vector<LedgerPurge> all()
    {
        const std::scoped_lock lock(m_mutex);
        return m_all;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_come;
    std::vector<LedgerPurge> m_all;
};

} // namespace

class TestLedgerKeeper : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<LedgerFixture>();
        QVERIFY(m_fixture->open(&m_clock));
        QVERIFY(add(1, 100, 1200));
        QVERIFY(add(2, 30, 3));
        QVERIFY(add(3, 0, 3));
    }

    void oldJobsLeaveInSmallTransactions()
    {
        const auto before = m_fixture->ledger().writer().commitCount();
        const auto purged = purgeLedger(m_fixture->ledger(), m_clock.now() - 31 * 24h, {});
        QVERIFY(purged);
        QCOMPARE(purged->jobs, 1);
        QCOMPARE(purged->deliveries, 1200);
        QVERIFY(m_fixture->ledger().writer().commitCount() - before > 4); // the job, thrice 500 at most, the rest
        QCOMPARE(jobs(), (QList<qint64>{3, 2}));
    }

    void whatAKilledPurgeLeftGoes()
    {
        QVERIFY(m_fixture->ledger().writer().run([](store::WriteSession& session) {
            for (const auto* table : {u"job_totals", u"job_series"}) {
                auto done = session.database.exec(u"DELETE FROM %1 WHERE job_id = 1"_s.arg(QStringView(table)));
                if (!done) {
                    return done;
                }
            }
            return session.database.exec(u"DELETE FROM jobs WHERE id = 1"_s);
        }));
        const auto purged = purgeLedger(m_fixture->ledger(), m_clock.now() - 1000 * 24h, {});
        QVERIFY(purged);
        QCOMPARE(purged->jobs, 0);
        QCOMPARE(purged->deliveries, 1200);
    }

    void aPurgeCanBeCancelled()
    {
        CancelSource source;
        source.cancel();
        const auto purged = purgeLedger(m_fixture->ledger(), m_clock.now(), source.token());
        QVERIFY(!purged);
        QCOMPARE(purged.error().code, ErrorCode::Cancelled);
        QCOMPARE(jobs().size(), 3);
    }

    void oldCopiesOfTheLedgerGoToo()
    {
        const QString old = m_fixture->path() + u".v1.bak"_s;
        const QString fresh = m_fixture->path() + u".v2.bak"_s;
        for (const auto& path : {old, fresh}) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            const qint64 age = path == old ? 40 : 1;
            const auto when = QDateTime::fromMSecsSinceEpoch(m_clock.now().time_since_epoch().count()).addDays(-age);
            QVERIFY(file.setFileTime(when, QFileDevice::FileModificationTime));
        }
        QVERIFY(purgeLedger(m_fixture->ledger(), m_clock.now() - 31 * 24h, {}));
        QVERIFY(!QFile::exists(old));
        QVERIFY(QFile::exists(fresh));
    }

    void theKeeperLooksAtOnceAndThenEveryDay()
    {
        Purges purges;
        LedgerKeeper keeper(m_fixture->ledger(),
            {std::chrono::days(31), &m_clock, [&](const LedgerPurge& purge) { purges.add(purge); }});
        QVERIFY(purges.wait(1));
        QCOMPARE(purges.all().front().jobs, 1);
        m_clock.advance(23h);
        QCOMPARE(jobs(), (QList<qint64>{3, 2}));
        m_clock.advance(2 * 24h); // job 2 is 32 days old now
        QVERIFY(purges.wait(2));
        QCOMPARE(jobs(), QList<qint64>{3});
    }

    void aDayThatPassesDuringAPurgeIsNotLost()
    {
        Purges purges;
        LedgerKeeper keeper(m_fixture->ledger(), {std::chrono::days(31), &m_clock, [&](const LedgerPurge& purge) {
                                                      m_clock.advance(2 * 24h);
                                                      purges.add(purge);
                                                  }});
        QVERIFY(purges.wait(2));
    }

    void forEverIsForEver()
    {
        const LedgerKeeper keeper(m_fixture->ledger(), {std::chrono::days(0), &m_clock, {}});
        m_clock.advance(1000 * 24h);
        QCOMPARE(jobs().size(), 3);
    }

    void anEngineKeepsToItsDays()
    {
        const QTemporaryDir folder;
        EngineParams params;
        params.dataFolder = folder.path();
        {
            auto ledger = store::Ledger::open({.path = folder.filePath(u"ledger.sqlite"_s)});
            QVERIFY(ledger);
            for (const qint64 id : {1, 2}) {
                PastJob job; // ended in 1970
                job.id = JobId{id};
                QVERIFY(addPastJob((*ledger)->writer(), job));
            }
        }
        {
            const auto engine = Engine::open(params);
            QVERIFY(engine);
            QCOMPARE((*engine)->jobs()->size(), 2);
        }
        params.keepJobs = std::chrono::days(30);
        struct Listener final : EngineListener
        {
            void onJobsRemoved() override { purges.add({}); }
            Purges purges;
        } listener;
        const auto engine = Engine::open(params, &listener);
        QVERIFY(engine);
        QVERIFY(listener.purges.wait(1));
        QCOMPARE((*engine)->jobs()->size(), 1);
        QCOMPARE((*engine)->jobs()->front().job.id, JobId{2}); // the newest one
        QCOMPARE((*engine)->receipt(JobId{1}).error().code, ErrorCode::JobNotFound);
    }

private:
    Result<> add(qint64 id, int daysAgo, qint64 instances)
    {
        PastJob job;
        job.id = JobId{id};
        job.instancesOfASeries = instances;
        job.createdAt = job.endedAt = m_clock.now() - std::chrono::days(daysAgo);
        return addPastJob(m_fixture->ledger().writer(), job);
    }

    QList<qint64> jobs()
    {
        QList<qint64> ids;
        const auto reader = m_fixture->ledger().openReader();
        const auto rows = (*reader)->jobs().list();
        for (const auto& job : *rows) {
            ids.append(job.id.value);
        }
        return ids;
    }

    ManualClock m_clock;
    std::unique_ptr<LedgerFixture> m_fixture;
};

QTEST_GUILESS_MAIN(TestLedgerKeeper)
#include "TestLedgerKeeper.moc"
