#include "core/observe/LogRing.h"

#include <QTest>

#include <thread>

using namespace radpost::observe;
using namespace Qt::StringLiterals;

namespace {

LogEntry line(const QString& text, LogLevel level = LogLevel::Info)
{
    LogEntry entry;
    entry.level = level;
    entry.text = text;
    return entry;
}

} // namespace

class TestLogRing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void entriesComeBackInOrderWithTheirNumbers()
    {
        LogRing ring;
        QCOMPARE(ring.add(line(u"a"_s)), 1);
        QCOMPARE(ring.add(line(u"b"_s, LogLevel::Error)), 2);
        const auto entries = ring.from(1, 10);
        QCOMPARE(entries.size(), 2U);
        QCOMPARE(entries[1].number, 2);
        QCOMPARE(entries[1].text, u"b"_s);
        QCOMPARE(ring.range().errors, 1);
        QCOMPARE(ring.from(2, 10).size(), 1U);
        QCOMPARE(ring.from(3, 10).size(), 0U);
        QCOMPARE(ring.from(1, 1).size(), 1U);
    }

    void theOldestGoWhenThereAreTooMany()
    {
        LogRing ring(3);
        for (int i = 1; i <= 10; ++i) {
            ring.add(line(QString::number(i)));
        }
        QCOMPARE(ring.range().first, 8);
        QCOMPARE(ring.range().next, 11);
        QCOMPARE(ring.from(0, 10).front().text, u"8"_s);
    }

    void theOldestGoWhenTheyAreTooLong()
    {
        LogRing ring(1000, 100);
        for (int i = 0; i < 10; ++i) {
            ring.add(line(QString(30, u'x')));
        }
        QCOMPARE(ring.from(0, 1000).size(), 3U);
    }

    void aLongTextIsCutOff()
    {
        LogRing ring;
        auto entry = line(QString(100'000, u'x'));
        entry.facts = {{QString(100'000, u'y'), true}};
        ring.add(entry);
        QCOMPARE(ring.from(1, 1).front().text.size(), LogRing::kLongestText);
        QCOMPARE(ring.from(1, 1).front().facts[0].value.size(), LogRing::kLongestText);
    }

    void manyThreadsLoseNothing()
    {
        LogRing ring(100'000);
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 4; ++t) {
                threads.emplace_back([&ring] {
                    for (int i = 0; i < 1000; ++i) {
                        ring.add(line(u"x"_s));
                        (void)ring.from(ring.range().next - 10, 5);
                    }
                });
            }
        }
        QCOMPARE(ring.from(1, 100'000).size(), 4000U);
        QCOMPARE(ring.from(1, 100'000).back().number, 4000);
    }
};

QTEST_GUILESS_MAIN(TestLogRing)
#include "TestLogRing.moc"
