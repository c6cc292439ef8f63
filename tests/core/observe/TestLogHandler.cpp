#include "core/observe/Log.h"
#include "core/observe/LogHandler.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <thread>

using namespace radpost;
using namespace radpost::observe;
using namespace Qt::StringLiterals;

namespace {

LogRecord record(const QString& message)
{
    return {
        LogLevel::Warning, "radpost.net"_ba, message, Clock::WallTime(std::chrono::milliseconds(1'735'787'045'678))};
}

// Collects what reaches the sink; takes the handler away again at the end.
class Capture final
{
public:
    explicit Capture(LogLevel threshold, LogFormat format = LogFormat::Text)
    {
        installLogHandler({format, threshold, [this](const QByteArray& line) { lines.append(line); }});
    }
    ~Capture()
    {
        qInstallMessageHandler(nullptr);
        installLogHandler({});
        qInstallMessageHandler(nullptr);
    }
    Q_DISABLE_COPY_MOVE(Capture)

    QList<QByteArray> lines;
};

} // namespace

class TestLogHandler : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTextLineHasTimeLevelModuleAndMessage()
    {
        QCOMPARE(formatLogLine(LogFormat::Text, record(u"peer gone"_s)),
            "2025-01-02T03:04:05.678Z warning net: peer gone\n"_ba);
    }

    void aMessageCannotForgeASecondLine()
    {
        const auto line = formatLogLine(LogFormat::Text, record(u"a\n2025 error net: forged\x1b[2J"_s));
        QCOMPARE(line.count('\n'), 1);
        QVERIFY(!line.contains('\x1b'));
        QVERIFY(line.contains("a\\x0a2025"));
    }

    void aJsonLineIsOneValidObject()
    {
        const auto line = formatLogLine(LogFormat::JsonLines, record(u"\"王\"\n"_s));
        QCOMPARE(line.count('\n'), 1);
        const auto object = QJsonDocument::fromJson(line).object();
        QCOMPARE(object[u"level"_s].toString(), u"warning"_s);
        QCOMPARE(object[u"module"_s].toString(), u"net"_s);
        QCOMPARE(object[u"message"_s].toString(), u"\"王\"\n"_s);
        QCOMPARE(object[u"time"_s].toString(), u"2025-01-02T03:04:05.678Z"_s);
    }

    void theThresholdKeepsItselfAndWhatIsWorse_data()
    {
        QTest::addColumn<LogLevel>("threshold");
        QTest::addColumn<int>("expected");
        QTest::newRow("debug") << LogLevel::Debug << 4;
        QTest::newRow("info") << LogLevel::Info << 3;
        QTest::newRow("warning") << LogLevel::Warning << 2;
        QTest::newRow("error") << LogLevel::Error << 1;
    }

    void theThresholdKeepsItselfAndWhatIsWorse()
    {
        QFETCH(LogLevel, threshold);
        QFETCH(int, expected);
        Capture capture(threshold);
        qCDebug(lcNet) << "d";
        qCInfo(lcNet) << "i";
        qCWarning(lcNet) << "w";
        qCCritical(lcNet) << "c";
        QCOMPARE(capture.lines.size(), expected);
    }

    void theCallerSkipsWhatIsBelowTheThreshold()
    {
        Capture capture(LogLevel::Warning);
        bool formatted = false;
        qCInfo(lcNet) << (formatted = true);
        QVERIFY(!formatted);
    }

    void linesOfManyThreadsStayWhole()
    {
        Capture capture(LogLevel::Info);
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([] {
                for (int i = 0; i < 200; ++i) {
                    qCInfo(lcQueue) << "the same words every time";
                }
            });
        }
        for (auto& thread : threads) {
            thread.join();
        }
        QCOMPARE(capture.lines.size(), 800);
        for (const auto& line : std::as_const(capture.lines)) {
            QVERIFY(line.endsWith("info queue: the same words every time\n"));
        }
    }
};

QTEST_GUILESS_MAIN(TestLogHandler)
#include "TestLogHandler.moc"
