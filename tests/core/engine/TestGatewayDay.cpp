#include "core/config/Settings.h"
#include "core/engine/QueryClient.h"
#include "core/queue/Dispatcher.h"
#include "tests/core/engine/GatewayFixture.h"

#include <QDir>
#include <QLoggingCategory>

#include <algorithm>
#include <thread>
#include <vector>

#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <unistd.h>

using namespace radpost;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kBatchesPerHour = 1;
constexpr bool isSanitized = true; // what they keep says nothing
#else
constexpr int kBatchesPerHour = 6;
constexpr bool isSanitized = false;
#endif
constexpr int kHours = 24;
constexpr int kQuarter = kHours / 4;

const QByteArray kRules = R"(
[[rule]]
name = "CT to AI, later"
when = { modality = "CT" }
send = { to = "AI", delay = "10min" }

[[rule]]
name = "MR to AI, at night"
when = { modality = "MR" }
send = { to = "AI", hours = "22:00-06:00" }

[[rule]]
name = "CR to AI"
when = { modality = "CR" }
send = "AI"

[[rule]]
name = "all to PACS, by study"
send = "PACS"
trigger = "study"
quiet = "2min"
)";

#ifdef __GLIBC__
constexpr bool isMemoryJudged = !isSanitized;

/// Only of one arena the system tells how much is in use.
void useOneArena()
{
    ::mallopt(M_ARENA_MAX, 1);
}
qint64 heapInUse()
{
    return static_cast<qint64>(::mallinfo2().uordblks);
}
#else
constexpr bool isMemoryJudged = false;
void useOneArena() {}
qint64 heapInUse()
{
    return 0;
}
#endif

/// What must not grow from one day to the next.
struct Sample
{
    qint64 heapKilobytes = 0; ///< in use
    qint64 residentKilobytes = 0;
    qint64 descriptors = 0;
    qint64 threads = 0;
    qint64 jobs = 0; ///< in memory

    [[nodiscard]] static qint64 entries(const QString& folder)
    {
        return QDir(folder).entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System).size();
    }

    [[nodiscard]] static Sample of(engine::Gateway& gateway)
    {
        QFile file(u"/proc/self/statm"_s);
        Sample sample;
        if (file.open(QIODevice::ReadOnly)) {
            sample.residentKilobytes = file.readAll().split(' ').value(1).toLongLong() * ::sysconf(_SC_PAGESIZE) / 1024;
        }
        sample.heapKilobytes = heapInUse() / 1024;
        sample.descriptors = entries(u"/proc/self/fd"_s);
        sample.threads = entries(u"/proc/self/task"_s);
        sample.jobs = gateway.engine().parts().dispatcher.progress().size();
        return sample;
    }
};

/// The least of a quarter of the day: peaks come with the traffic, what is lost stays.
qint64 least(const std::vector<Sample>& samples, int quarter, qint64 Sample::*what)
{
    const std::vector<Sample>::const_iterator first = samples.begin() + quarter * kQuarter;
    const auto lowest = std::min_element(
        first, first + kQuarter, [what](const Sample& a, const Sample& b) { return a.*what < b.*what; });
    return (*lowest).*what;
}

/// A day in a hospital.
class Day final : public GatewayFixture
{
public:
    Day()
        : GatewayFixture(kRules)
    {
        m_acknowledged.reserve(1 << 14);
        config::ServePeer asker;
        asker.aeTitle = AeTitle{"ASKER"};
        asker.mayQuery = true;
        config.peers = {asker};
    }

    /// Several at once: two modalities that store, one that breaks off, one that nobody knows, one that asks.
    void batch(int hour, int number)
    {
        const QByteArray study = "1.2." + QByteArray::number(hour) + '.' + QByteArray::number(number);
        std::thread ct([&] { storeStudy(study + ".1", "CT", 8, true); });
        std::thread mr([&] { storeStudy(study + ".2", "MR", 6, false); });
        std::thread cr([&] { breakOff(study + ".3"); });
        std::thread stranger([&] { beRefused(); });
        if (number == 0) {
            ask();
        }
        for (auto* sender : {&ct, &mr, &cr, &stranger}) {
            sender->join();
        }
    }

    /// The history on the disk grows all day, and with it what each connection would keep of it in memory.
    [[nodiscard]] bool boundCaches()
    {
        return gateway->engine()
            .parts()
            .ledger.writer()
            .run([](store::WriteSession& session) {
                return session.database.exec(u"PRAGMA soft_heap_limit = 2000000"_s);
            })
            .has_value();
    }

    [[nodiscard]] std::vector<quint64> acknowledged() const { return m_acknowledged; }
    [[nodiscard]] bool areAllWell() const { return m_areAllWell; }

private:
    void expect(bool isRight)
    {
        if (!isRight) {
            m_areAllWell = false;
        }
    }

    void storeOne(StoreClient& client, const QByteArray& uid, const QByteArray& dataSet, bool isNew = true)
    {
        const auto status = client.store(uid, dataSet);
        expect(status == std::optional<quint16>(0));
        if (isNew) {
            const std::lock_guard lock(m_mutex);
            m_acknowledged.push_back(contentKey(uid, dataSet));
        }
    }

    void storeStudy(const QByteArray& study, const QByteArray& modality, int count, bool hasDuplicates)
    {
        StoreClient client;
        if (!client.open(port(), caller(modality + '1'))) {
            return expect(false);
        }
        for (int i = 1; i <= count; ++i) {
            const QByteArray uid = study + ".1." + QByteArray::number(i);
            storeOne(client, uid, image(uid, study, modality));
        }
        if (hasDuplicates) {
            const QByteArray uid = study + ".1.1";
            storeOne(client, uid, image(uid, study, modality), false);
            storeOne(client, uid, image(uid, study, modality, 'y')); // another content
        }
        client.release();
    }

    /// What was acknowledged stays; what was on its way is not kept.
    void breakOff(const QByteArray& study)
    {
        StoreClient client;
        if (!client.open(port(), caller("CR1"))) {
            return expect(false);
        }
        for (int i = 1; i <= 3; ++i) {
            const QByteArray uid = study + ".1." + QByteArray::number(i);
            storeOne(client, uid, image(uid, study, "CR"));
        }
        client.close();
    }

    void beRefused()
    {
        StoreClient client;
        expect(!client.open(port(), caller("CT1", "OTHER"))); // who comes too often gets no answer
    }

    void ask()
    {
        const auto gate = destination("GATE", port());
        engine::FindParams params;
        params.keys.set(dicom::tag::kStudyInstanceUid);
        expect(engine::QueryClient(gate, AeTitle{"ASKER"}).find(params, [](const auto&) {}, {}).has_value());
    }

    std::atomic<bool> m_areAllWell{true};
    std::mutex m_mutex; // guards m_acknowledged
    std::vector<quint64> m_acknowledged;
};

} // namespace

/// What a gateway does in a day, in seconds: nothing is lost, and nothing stays behind of what is over.
class TestGatewayDay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("TZ", "UTC");
        QLoggingCategory::setFilterRules(u"radpost.*=false"_s);
        useOneArena();
    }

    void aDayOfTrafficLeavesNothingBehind()
    {
        Day day;
        QVERIFY(day.start());
        QVERIFY(day.boundCaches());
        std::vector<Sample> samples;
        for (int hour = 0; hour < kHours; ++hour) {
            for (int number = 0; number < kBatchesPerHour; ++number) {
                day.batch(hour, number);
                day.pass(60min / kBatchesPerHour);
            }
            if (hour % 3 == 1) { // an administrator changes something
                day.config.destinations.front().timeouts.response += 1s;
                QVERIFY(day.reload());
                day.pass(5s);
            }
            samples.push_back(Sample::of(*day.gateway));
            const auto& now = samples.back();
            qInfo(
                "hour %d: %lld KB in use, %lld KB resident, %lld descriptors, %lld threads, %lld jobs, %lld instances",
                hour + 1, now.heapKilobytes, now.residentKilobytes, now.descriptors, now.threads, now.jobs,
                day.rows(u"spool_instances"_s));
        }
        day.pass(12h, 30s); // a night begins, in which the last MR images go
        QVERIFY(day.areAllWell());

        const auto acknowledged = day.acknowledged();
        QCOMPARE(acknowledged.size(), std::size_t(kHours * kBatchesPerHour * (9 + 6 + 3)));
        for (const auto* pacs : {&day.pacs, &day.ai}) {
            QVERIFY(GatewayFixture::await([&] { return pacs->count() == acknowledged.size(); }));
            QCOMPARE(pacs->repeated(), 0);
            for (const auto key : acknowledged) {
                QCOMPARE(pacs->got(key).times, 1);
            }
        }
        const auto counts = day.gateway->counts();
        QCOMPARE(counts.rejected, 0);
        QCOMPARE(counts.held, 0);
        QCOMPARE(counts.spool.identical, kHours * kBatchesPerHour);
        QCOMPARE(counts.spool.versions, kHours * kBatchesPerHour);

        day.pass(3h, 30s); // retention
        for (const auto* table : {u"spool_instances", u"spool_series", u"spool_studies", u"spool_patients",
                 u"spool_deliveries", u"spool_waits", u"spool_holds"}) {
            QVERIFY2(GatewayFixture::await([&] { return day.rows(QString::fromUtf16(table)) == 0; }),
                qPrintable(QString::fromUtf16(table)));
        }

        const auto grownBy = [&samples](qint64 Sample::*what) {
            constexpr int kSecond = 1; // everything was warm by then
            constexpr int kLast = 3;
            return least(samples, kLast, what) - least(samples, kSecond, what);
        };
        // SQLite closes a file of one connection only when no other holds a lock, and uses it again before that.
        QVERIFY2(grownBy(&Sample::descriptors) <= 3, qPrintable(QString::number(grownBy(&Sample::descriptors))));
        QVERIFY2(grownBy(&Sample::threads) <= 1, qPrintable(QString::number(grownBy(&Sample::threads))));
        QVERIFY2(grownBy(&Sample::jobs) <= 1, qPrintable(QString::number(grownBy(&Sample::jobs))));
        if (isMemoryJudged) {
            // What this test itself remembers of 1300 instances is a part of it.
            QVERIFY2(
                grownBy(&Sample::heapKilobytes) <= 1536, qPrintable(QString::number(grownBy(&Sample::heapKilobytes))));
            QVERIFY2(grownBy(&Sample::residentKilobytes) <= 12'000,
                qPrintable(QString::number(grownBy(&Sample::residentKilobytes))));
        }
    }
};

QTEST_GUILESS_MAIN(TestGatewayDay)
#include "TestGatewayDay.moc"
