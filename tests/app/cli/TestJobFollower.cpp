#include "app/cli/JobFollower.h"
#include "app/common/Format.h"
#include "app/common/Language.h"
#include "tests/support/ManualClock.h"

#include <QJsonDocument>
#include <QTest>

#include <cstdio>

using namespace radpost;
using namespace radpost::cli;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using store::DeliveryState;

namespace {

/// A follower over two temporary files and a clock that the test moves.
class Fixture final
{
public:
    explicit Fixture(const ConsoleOptions& options, std::chrono::milliseconds giveUpAfter = {})
        : m_console(m_out, m_err)
        , follower(m_console, clock, giveUpAfter)
    {
        m_console.setOptions(options);
        follower.begin();
    }
    ~Fixture()
    {
        follower.finish();
        std::fclose(m_out);
        std::fclose(m_err);
    }
    Q_DISABLE_COPY_MOVE(Fixture)

    [[nodiscard]] QStringList out() const { return linesOf(m_out); }
    [[nodiscard]] QStringList err() const { return linesOf(m_err); }

private:
    static QStringList linesOf(std::FILE* file)
    {
        QByteArray text;
        std::rewind(file);
        for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file)) {
            text += static_cast<char>(c);
        }
        return QString::fromUtf8(text).split(u'\n', Qt::SkipEmptyParts);
    }

    std::FILE* m_out = std::tmpfile();
    std::FILE* m_err = std::tmpfile();
    Console m_console;

public:
    test::ManualClock clock;
    JobFollower follower;
};

constexpr ConsoleOptions kPipe{false, false, false, 80};
constexpr ConsoleOptions kJson{true, false, false, 80};

// @p done of 1000 instances of 1 kB.
queue::JobProgress progress(int done, qint64 job = 7)
{
    queue::JobProgress progress;
    progress.job = JobId{job};
    progress.destinationName = u"PACS"_s;
    progress.activity = queue::JobActivity::Sending;
    progress.counts.add(DeliveryState::Stored, done, done * 1000);
    progress.counts.add(DeliveryState::Pending, 1000 - done, (1000 - done) * 1000);
    return progress;
}

} // namespace

/// Lines of progress where there is no terminal.
class TestJobFollower : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_language.set(app::Language::English); }

    void aLineComesAtEachTenPerCent()
    {
        Fixture fixture(kPipe);
        for (int done = 0; done <= 1000; done += 10) {
            fixture.follower.onProgress(progress(done));
            fixture.clock.advance(1s);
        }
        const auto lines = fixture.err();
        QCOMPARE(lines.size(), 11);
        for (int i = 0; i <= 10; ++i) {
            QVERIFY2(
                lines[i].contains(u"%1 %, %2/1,000"_s.arg(i * 10).arg(i == 10 ? u"1,000"_s : QString::number(i * 100))),
                qPrintable(lines[i]));
        }
        QVERIFY2(lines[5].contains(u"500 kB of 1.0 MB"), qPrintable(lines[5]));
    }

    void aFastJobWritesAtMostOnceASecond()
    {
        Fixture fixture(kPipe);
        for (int done = 0; done <= 1000; done += 10) {
            fixture.follower.onProgress(progress(done));
            fixture.clock.advance(25ms);
        }
        QCOMPARE(fixture.err().size(), 3); // at 0, 1 and 2 of 2.5 seconds
    }

    void aSlowJobIsHeardOfEveryTenSeconds()
    {
        Fixture fixture(kPipe);
        for (int second = 0; second <= 25; ++second) {
            fixture.follower.onProgress(progress(1));
            fixture.clock.advance(1s);
        }
        QCOMPARE(fixture.err().size(), 3);
    }

    void eachJobHasItsOwnRhythm()
    {
        Fixture fixture(kPipe);
        fixture.follower.onProgress(progress(100, 1));
        fixture.follower.onProgress(progress(100, 2));
        QCOMPARE(fixture.err().size(), 2);
    }

    void nothingIsShownBeforeBeginAndAfterFinish()
    {
        Fixture fixture(kPipe);
        fixture.follower.finish();
        fixture.follower.onProgress(progress(500));
        QVERIFY(fixture.err().isEmpty());
    }

    void withJsonEachProgressIsAnEventWithItsBytes()
    {
        Fixture fixture(kJson);
        fixture.follower.onProgress(progress(300));
        fixture.follower.onProgress(progress(301));
        QVERIFY(fixture.err().isEmpty());
        QCOMPARE(fixture.out().size(), 2);
        const auto event = QJsonDocument::fromJson(fixture.out().first().toUtf8());
        QCOMPARE(event[u"event"_s].toString(), u"progress"_s);
        QCOMPARE(event[u"bytesDone"_s].toInteger(), 300'000);
        QCOMPARE(event[u"bytesTotal"_s].toInteger(), 1'000'000);
    }

    void aDeliveryTellsWhatThePeerSaid()
    {
        Fixture fixture(kJson);
        queue::DeliveryEvent delivery;
        delivery.errorComment = u"no such patient"_s;
        delivery.offendingElement = u"(0010,0020)"_s;
        fixture.follower.onDelivery(delivery);
        const auto event = QJsonDocument::fromJson(fixture.out().first().toUtf8());
        QCOMPARE(event[u"errorComment"_s].toString(), u"no such patient"_s);
        QCOMPARE(event[u"offendingElement"_s].toString(), u"(0010,0020)"_s);
    }

    void aTryThatWillNotBeIsNotPromised()
    {
        Fixture fixture(kPipe, 30s);
        const auto error = makeError(ErrorCode::ConnectRefused);
        const auto start = fixture.clock.now();
        fixture.follower.onDestinationDown(u"PACS"_s, error, start + 20s);
        fixture.clock.advance(20s);
        fixture.follower.onDestinationDown(u"PACS"_s, error, fixture.clock.now() + 40s);
        const auto lines = fixture.err();
        QCOMPARE(lines.size(), 2);
        const auto timeText = [](Clock::WallTime time) { return app::dateTimeText(time).right(8); };
        QVERIFY2(lines[0].endsWith(u"Next try at %1."_s.arg(timeText(start + 20s))), qPrintable(lines[0]));
        QVERIFY2(
            lines[1].endsWith(u"Gives up at %1 (--give-up-after)."_s.arg(timeText(start + 30s))), qPrintable(lines[1]));
    }

private:
    app::LanguageSwitch m_language;
};

QTEST_GUILESS_MAIN(TestJobFollower)
#include "TestJobFollower.moc"
