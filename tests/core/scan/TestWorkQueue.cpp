#include "core/scan/WorkQueue.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <latch>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;
using namespace radpost;
using namespace radpost::scan;

namespace {

/// A walk of numbered batches that notes when two threads are in it at once.
class CountedWalk final
{
public:
    explicit CountedWalk(size_t count)
        : m_count(count)
    {
    }

    std::optional<FileBatch> next()
    {
        hasOverlapped = hasOverlapped || m_inside.fetch_add(1) != 0;
        const size_t number = walked.load();
        walked = std::min(number + 1, m_count);
        m_inside.fetch_sub(1);
        return number < m_count ? std::optional(FileBatch{nullptr, number, number + 1}) : std::nullopt;
    }

    std::atomic<size_t> walked{0};
    std::atomic<bool> hasOverlapped{false};

private:
    const size_t m_count;
    std::atomic<int> m_inside{0};
};

} // namespace

class TestWorkQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theWalkRunsAheadOfTheReadersByALittleOnly()
    {
        CountedWalk walk(100'000);
        WorkQueue queue([&] { return walk.next(); }, 2, {});
        bool isBusy = false;
        for (size_t i = 0; i < 500; ++i) {
            const auto work = queue.take(isBusy);
            QVERIFY(work && std::get<FileBatch>(*work).begin == i);
            QVERIFY(walk.walked <= i + 16);
        }
    }

    void takeReadyNeitherWalksNorWaits()
    {
        CountedWalk walk(20);
        WorkQueue queue([&] { return walk.next(); }, 2, {});
        bool isBusy = false;
        QVERIFY(!queue.takeReady(isBusy));
        QVERIFY(!isBusy);
        QCOMPARE(walk.walked.load(), 0U);
        QVERIFY(queue.take(isBusy));
        const size_t walked = walk.walked;
        QVERIFY(queue.takeReady(isBusy));
        QCOMPARE(walk.walked.load(), walked);
    }

    void manyThreadsTakeEachBatchOnce_oneWalksAtATime()
    {
        constexpr size_t count = 20'000;
        CountedWalk walk(count);
        WorkQueue queue([&] { return walk.next(); }, 4, {});
        std::vector<std::atomic<int>> taken(count);
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 4; ++i) {
                threads.emplace_back([&] {
                    bool isBusy = false;
                    while (const auto work = queue.take(isBusy)) {
                        ++taken[std::get<FileBatch>(*work).begin];
                    }
                });
            }
        }
        QVERIFY(!walk.hasOverlapped);
        QVERIFY(std::all_of(taken.begin(), taken.end(), [](const auto& times) { return times == 1; }));
    }

    void aThreadThatWaitsGetsTheArchiveThatTheLastBatchBrings()
    {
        CountedWalk walk(1);
        WorkQueue queue([&] { return walk.next(); }, 2, {});
        bool isBusy = false;
        QVERIFY(queue.take(isBusy));
        QString got;
        std::jthread other([&] {
            bool isOtherBusy = false;
            while (const auto work = queue.take(isOtherBusy)) {
                got += std::get<FoundFile>(*work).path;
            }
        });
        queue.pushArchive({u"a.zip"_s, u"a.zip"_s});
        while (const auto work = queue.take(isBusy)) {
            got += std::get<FoundFile>(*work).path;
        }
        other.join();
        QCOMPARE(got, u"a.zip"_s);
    }

    void cancelWakesAThreadThatWaitsForTheWalk()
    {
        CancelSource source;
        std::latch isWalking(1);
        const auto walk = [&]() -> std::optional<FileBatch> {
            isWalking.count_down();
            while (!source.isCancelled()) {
                std::this_thread::yield();
            }
            return std::nullopt;
        };
        WorkQueue queue(walk, 2, source.token());
        const auto takeNothing = [&] {
            bool isBusy = false;
            return !queue.take(isBusy).has_value();
        };
        std::atomic<int> ended{0};
        std::jthread first([&] { ended += takeNothing() ? 1 : 0; });
        isWalking.wait();
        std::jthread second([&] { ended += takeNothing() ? 1 : 0; });
        source.cancel();
        first.join();
        second.join();
        QCOMPARE(ended.load(), 2);
    }
};

QTEST_GUILESS_MAIN(TestWorkQueue)
#include "TestWorkQueue.moc"
