#include "core/engine/UnpackArea.h"

#include "core/engine/JobOptions.h"
#include "core/net/Acceptor.h"
#include "core/net/FileReceiver.h"
#include "core/store/Database.h"
#include "core/store/JobRepository.h"
#include "core/store/LedgerWriter.h"
#include "tests/core/engine/EngineFixture.h"
#include "tests/core/scan/ScanTestSupport.h"
#include "tests/support/LedgerFixture.h"

#include <QDir>
#include <QTest>

#include <atomic>
#include <condition_variable>
#include <mutex>

using namespace radpost;
using namespace radpost::engine;
using namespace radpost::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using scan::test::Member;
using scan::test::Packing;
using store::JobGrowth;
using store::JobState;

namespace {

QList<Member> members(int from, int until)
{
    QList<Member> made;
    for (int i = from; i < until; ++i) {
        made.append({u"IM%1"_s.arg(i), scan::test::dicomBytes("2.25.77." + QByteArray::number(i))});
    }
    return made;
}

void writeArchive(const QString& path, const QList<Member>& members)
{
    scan::test::writeFile(path, scan::test::archiveBytes(Packing::Zip, members));
}

/// Holds the scan at the first file that is skipped until it is let go.
class Gate final : public EngineListener
{
public:
    void onSkipped(const QList<JobId>&, const scan::SkippedFile&) override
    {
        std::unique_lock lock(m_mutex);
        m_opened.wait(lock, [this] { return m_isOpen; });
    }
    void open()
    {
        const std::lock_guard lock(m_mutex);
        m_isOpen = true;
        m_opened.notify_all();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_opened;
    bool m_isOpen = false;
};

/// Refuses its first data set for good and stores the others.
class RefusingOnce final : public net::StoreHandler
{
public:
    explicit RefusingOnce(net::StoreHandler& others)
        : m_others(others)
    {
    }
    std::unique_ptr<net::StoreSink> begin(
        const net::CommandSet& request, const net::AcceptedContext& context, const net::PeerInfo& peer) override
    {
        return m_isDone.exchange(true) ? m_others.begin(request, context, peer) : std::make_unique<Sink>();
    }

private:
    class Sink final : public net::StoreSink
    {
        void write(std::span<const net::ConstBytes>) override {}
        net::StoreReply finish() override { return {0xC000, {}}; }
    };

    net::StoreHandler& m_others;
    std::atomic<bool> m_isDone = false;
};

bool isEmpty(const QString& folder)
{
    return QDir(folder).isEmpty(QDir::AllEntries | QDir::NoDotAndDotDot);
}

} // namespace

class TestUnpackArea : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFolderStaysAsLongAsAJobMayNeedIt_data()
    {
        QTest::addColumn<JobState>("state");
        QTest::addColumn<JobGrowth>("growth");
        QTest::addColumn<int>("daysAgo");
        QTest::addColumn<bool>("stays");
        QTest::newRow("active") << JobState::Active << JobGrowth::Sealed << 400 << true;
        QTest::newRow("paused") << JobState::Paused << JobGrowth::Sealed << 400 << true;
        QTest::newRow("stopped") << JobState::Stopped << JobGrowth::Sealed << 400 << true;
        QTest::newRow("finished") << JobState::Finished << JobGrowth::Sealed << 0 << false;
        QTest::newRow("all of a cut scan was sent") << JobState::Finished << JobGrowth::Interrupted << 1 << true;
        QTest::newRow("that was long ago") << JobState::Finished << JobGrowth::Interrupted << 31 << false;
        QTest::newRow("cancelled") << JobState::Cancelled << JobGrowth::Interrupted << 0 << false;
    }

    void aFolderStaysAsLongAsAJobMayNeedIt()
    {
        QFETCH(JobState, state);
        QFETCH(JobGrowth, growth);
        QFETCH(int, daysAgo);
        QFETCH(bool, stays);
        LedgerFixture fixture;
        QVERIFY(fixture.open());
        const UnpackArea area(fixture.folder());
        const auto folder = area.make();
        QVERIFY(folder.has_value());
        auto job = makeJob();
        job.options = toText({{u"/a.zip"_s}, {}, *folder});
        const auto ended = fixture.ledger().clock().now() - std::chrono::days(daysAgo);
        const auto written = fixture.ledger().writer().run([&](store::WriteSession& session) {
            return session.jobs.insert(JobId{1}, job, ended)
                .and_then([&] { return session.jobs.setGrowth(JobId{1}, growth); })
                .and_then([&] { return session.jobs.setState(JobId{1}, state, ended); });
        });
        QVERIFY(written.has_value());
        area.sweep(fixture.ledger());
        QCOMPARE(QDir(*folder).exists(), stays);
    }

    void anArchiveArrivesAndLeavesNothingBehind()
    {
        EngineFixture fixture;
        writeArchive(fixture.path(u"in/a.zip"_s), members(0, 20));
        const auto server = fixture.startServer();
        auto engine = fixture.open();
        const auto jobs = engine->send(fixture.request({fixture.destination(server->port())}));
        QVERIFY(jobs.has_value());
        QVERIFY(!isEmpty(fixture.unpacked()));
        QVERIFY(engine->waitUntilAtRest(fixture.limit()).has_value());
        QVERIFY(engine->receipt(jobs->front())->isComplete());
        QCOMPARE(filesBelow(fixture.received()).size(), 20);
        engine->stop(0ms);
        QVERIFY(isEmpty(fixture.unpacked()));
    }

    void aStopWhileAnArchiveIsUnpackedLosesNothing()
    {
        constexpr int kBefore = 10;
        constexpr int kInAll = 2000;
        EngineFixture fixture;
        writeArchive(fixture.path(u"in/a.zip"_s),
            members(0, kBefore) + QList<Member>{{u"readme.txt"_s, "not DICOM"}} + members(kBefore, kInAll));
        std::atomic<int> arrived = 0;
        const auto server = fixture.startServer(0, [&arrived](const ReceivedInstance&) { ++arrived; });
        Gate gate;
        auto engine = fixture.open(&gate);
        const auto jobs = engine->send(fixture.request({fixture.destination(server->port())}));
        QVERIFY(jobs.has_value());
        QTRY_COMPARE_WITH_TIMEOUT(arrived.load(), kBefore, 20'000);
        gate.open();
        engine->stop(5s);
        QCOMPARE(engine->job(jobs->front())->job.growth, JobGrowth::Interrupted);
        QVERIFY(!engine->receipt(jobs->front())->isComplete());
        QVERIFY(!isEmpty(fixture.unpacked()));
        engine.reset();

        engine = fixture.open();
        QVERIFY(!isEmpty(fixture.unpacked()));
        QCOMPARE(engine->resumeUnfinished().value_or(QList<JobId>()), *jobs);
        QVERIFY(engine->waitUntilAtRest(fixture.limit()).has_value());
        QVERIFY(engine->receipt(jobs->front())->isComplete());
        QCOMPARE(filesBelow(fixture.received()).size(), kInAll);
        engine.reset();
        QVERIFY(isEmpty(fixture.unpacked()));
    }

    /// What a stop leaves when all that was found by then is sent, and what is left of it a long time later.
    void aCutScanGoesOnWithoutItsFolder()
    {
        EngineFixture fixture;
        const auto archive = fixture.path(u"in/a.zip"_s);
        writeArchive(archive, members(0, 10));
        const auto server = fixture.startServer();
        auto engine = fixture.open();
        const auto jobs = engine->send(fixture.request({fixture.destination(server->port())}));
        QVERIFY(jobs.has_value() && engine->waitUntilAtRest(fixture.limit()).has_value());
        engine.reset();
        QVERIFY(isEmpty(fixture.unpacked()));
        QVERIFY(QDir(fixture.unpacked()).removeRecursively());
        cutScanShort(fixture, jobs->front());
        writeArchive(archive, members(0, 25));

        engine = fixture.open();
        QVERIFY(engine->resume(jobs->front()).has_value());
        QVERIFY(engine->waitUntilAtRest(fixture.limit()).has_value());
        const auto receipt = engine->receipt(jobs->front());
        QVERIFY2(receipt->skipped.isEmpty(),
            qPrintable(receipt->skipped.isEmpty() ? QString() : receipt->skipped.first().detail));
        QVERIFY(receipt->isComplete());
        QCOMPARE(filesBelow(fixture.received()).size(), 25);
    }

    void whatFailedFromAnArchiveCanBeSentAgain()
    {
        EngineFixture fixture;
        writeArchive(fixture.path(u"in/a.zip"_s), members(0, 10));
        net::FileReceiver files(fixture.received());
        QVERIFY(files.open().has_value());
        RefusingOnce handler(files);
        net::AcceptorSettings settings;
        settings.address = u"127.0.0.1"_s;
        settings.port = 0;
        net::Acceptor peer(settings, &handler);
        QVERIFY(peer.start().has_value());
        auto engine = fixture.open();
        const auto jobs = engine->send(fixture.request({fixture.destination(peer.port())}));
        QVERIFY(jobs.has_value() && engine->waitUntilAtRest(fixture.limit()).has_value());
        QCOMPARE(engine->job(jobs->front())->counts.of(store::DeliveryState::Rejected), 1);
        engine.reset();
        QVERIFY(!isEmpty(fixture.unpacked()));

        engine = fixture.open();
        QCOMPARE(engine->retryFailed(jobs->front()).value_or(0), 1);
        QVERIFY(engine->waitUntilAtRest(fixture.limit()).has_value());
        QVERIFY(engine->receipt(jobs->front())->isComplete());
        QCOMPARE(filesBelow(fixture.received()).size(), 10);
        engine.reset();
        QVERIFY(isEmpty(fixture.unpacked()));
    }

private:
    static void cutScanShort(const EngineFixture& fixture, JobId job)
    {
        const auto ledger = store::Ledger::open({.path = fixture.path(u"data/ledger.sqlite"_s)});
        QVERIFY(ledger.has_value());
        QVERIFY((*ledger)
                    ->writer()
                    .run([job](store::WriteSession& session) {
                        return session.jobs.setGrowth(job, JobGrowth::Interrupted);
                    })
                    .has_value());
    }
};

QTEST_GUILESS_MAIN(TestUnpackArea)
#include "TestUnpackArea.moc"
