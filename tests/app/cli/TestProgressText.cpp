#include "app/cli/ProgressText.h"
#include "app/cli/TextWidth.h"
#include "app/common/Language.h"

#include <QTest>

using namespace radpost;
using namespace radpost::cli;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using queue::JobActivity;
using store::DeliveryState;

namespace {

queue::JobProgress sending()
{
    queue::JobProgress progress;
    progress.job = JobId{7};
    progress.destinationName = u"MAIN-PACS"_s;
    progress.activity = JobActivity::Sending;
    progress.counts.add(DeliveryState::Stored, 1200, 600'000'000);
    progress.counts.add(DeliveryState::Rejected, 4, 2'000'000);
    progress.counts.add(DeliveryState::Pending, 796, 400'000'000);
    progress.instancesPerSecond = 812;
    progress.bytesPerSecond = 431e6;
    progress.eta = 12s;
    progress.associations = 4;
    return progress;
}

} // namespace

class TestProgressText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_language.set(app::Language::English); }

    void aWideLineSaysEverything()
    {
        const auto line = progressLine(sending(), 160);
        for (const QStringView part : std::initializer_list<QStringView>{u"MAIN-PACS", u" 60 %", u"1,204/2,000",
                 u"431 MB/s", u"812/s", u"0:12 left", u"4 associations", u"4 failed", u"602 MB of 1.0 GB", u"━"}) {
            QVERIFY2(line.contains(part), qPrintable(line));
        }
    }

    void aLineNeverExceedsItsWidth()
    {
        for (const auto language : {app::Language::English, app::Language::Chinese}) {
            m_language.set(language);
            auto progress = sending();
            progress.destinationName = u"主归档服务器"_s;
            for (int width = 20; width < 200; ++width) {
                const auto line = progressLine(progress, width);
                QVERIFY2(displayWidth(line) <= width, qPrintable(line));
                QVERIFY(width < 30 || line.contains(u"60 %"));
            }
        }
    }

    void theBarIsThereAsSoonAsThereIsRoom()
    {
        for (int width = 60; width < 200; ++width) {
            QVERIFY2(progressLine(sending(), width).contains(u'━'), qPrintable(QString::number(width)));
        }
    }

    void nothingYetIsNotADivisionByZero()
    {
        queue::JobProgress progress;
        QCOMPARE(percentDone(progress), 100);
        progress.counts.add(DeliveryState::Pending, 1, 1);
        QCOMPARE(percentDone(progress), 0);
    }

    void aGrowingJobHasNoEnd()
    {
        auto progress = sending();
        progress.growing = true;
        const auto line = progressLine(progress, 160);
        QVERIFY(line.contains(u"2,000+"));
        QVERIFY(!line.contains(u"left"));
    }

    void whatHoldsTheJobUpIsSaid()
    {
        auto progress = sending();
        progress.activity = JobActivity::DestinationDown;
        progress.nextTryAt = Clock::WallTime(std::chrono::milliseconds(1'735'787'045'678));
        const auto line = plainProgressLine(progress);
        QVERIFY2(line.contains(u"destination not reachable"), qPrintable(line));
        QVERIFY2(line.contains(u"next try "), qPrintable(line));
        QVERIFY(!line.contains(u"MB/s"));
    }

    void everyActivityHasAWordInBothLanguages()
    {
        for (int i = 0; i <= static_cast<int>(JobActivity::Cancelled); ++i) {
            m_language.set(app::Language::English);
            const auto english = activityText(static_cast<JobActivity>(i));
            m_language.set(app::Language::Chinese);
            QVERIFY(!english.isEmpty());
            QVERIFY2(activityText(static_cast<JobActivity>(i)) != english, qPrintable(english));
        }
    }

    void oneIsNotMany()
    {
        scan::ScanSummary summary;
        summary.instances = 1;
        QVERIFY(scanLine(summary).contains(u"1 instance,"));
        summary.instances = 2;
        QVERIFY(scanLine(summary).contains(u"2 instances,"));
    }

    void aHostileNameCannotSteerTheTerminal()
    {
        auto progress = sending();
        progress.destinationName = u"A\x1b[2J"_s;
        QVERIFY(!progressLine(progress, 100).contains(u'\x1b'));
        QVERIFY(!plainProgressLine(progress).contains(u'\x1b'));
    }

private:
    app::LanguageSwitch m_language;
};

QTEST_GUILESS_MAIN(TestProgressText)
#include "TestProgressText.moc"
