#include "app/common/Language.h"
#include "core/net/PduTrace.h"
#include "ui/log/LogModel.h"
#include "ui/log/TraceModel.h"

#include "app/common/TraceWords.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QTest>

#include <array>

using namespace radpost;
using namespace radpost::ui;
using namespace Qt::StringLiterals;

namespace {

observe::LogEntry line(const QString& text, observe::LogLevel level = observe::LogLevel::Info)
{
    observe::LogEntry entry;
    entry.level = level;
    entry.module = "net";
    entry.text = text;
    entry.time = SystemClock().now();
    return entry;
}

observe::LogEntry ofJob(qint64 job, const QString& destination)
{
    auto entry = line(u"job line"_s);
    entry.job = job;
    entry.destination = destination;
    return entry;
}

void fetchAll(LogModel& model)
{
    while (model.fetch()) {
    }
}

QString cell(const QAbstractItemModel& model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

class TestLogModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_language.set(app::Language::English); }

    void linesComeByFetchingOldestFirst()
    {
        observe::LogRing ring;
        LogModel model(ring);
        const QAbstractItemModelTester tester(&model);
        ring.add(line(u"first"_s));
        ring.add(ofJob(7, u"PACS"_s));
        QCOMPARE(model.rowCount(), 0);
        fetchAll(model);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(cell(model, 0, LogModel::Text), u"first"_s);
        QCOMPARE(cell(model, 1, LogModel::Job), u"7"_s);
        QCOMPARE(cell(model, 1, LogModel::Destination), u"PACS"_s);
        ring.add(line(u"third"_s));
        fetchAll(model);
        QCOMPARE(cell(model, 2, LogModel::Text), u"third"_s);
    }

    void whatLeftTheRingLeavesTheList()
    {
        observe::LogRing ring(100);
        LogModel model(ring);
        const QAbstractItemModelTester tester(&model);
        for (int i = 0; i < 250; ++i) {
            ring.add(line(QString::number(i)));
            if (i % 40 == 0) {
                fetchAll(model);
            }
        }
        fetchAll(model);
        QCOMPARE(model.rowCount(), 100);
        QCOMPARE(cell(model, 0, LogModel::Text), u"150"_s);
    }

    void theFilterKeepsWhatIsMeant_data()
    {
        QTest::addColumn<LogFilter>("filter");
        QTest::addColumn<int>("rows");
        const auto row = [](const char* title, const std::function<void(LogFilter&)>& set, int rows) {
            LogFilter filter;
            set(filter);
            QTest::newRow(title) << filter << rows;
        };
        row(
            "everything", [](LogFilter&) {}, 6);
        row(
            "warnings and worse", [](LogFilter& filter) { filter.level = observe::LogLevel::Warning; }, 2);
        row(
            "errors", [](LogFilter& filter) { filter.level = observe::LogLevel::Error; }, 1);
        row(
            "job", [](LogFilter& filter) { filter.job = 7; }, 2);
        row(
            "destination, in any case", [](LogFilter& filter) { filter.destination = u"pacs"_s; }, 1);
        row(
            "both", [](LogFilter& filter) { filter.job = 7, filter.destination = u"AI"_s; }, 1);
        row(
            "words in any order and case", [](LogFilter& filter) { filter.text = u"GONE peer"_s; }, 1);
        row(
            "the word of the level", [](LogFilter& filter) { filter.text = u"warning"_s; }, 1);
        row(
            "what is hidden is not found", [](LogFilter& filter) { filter.text = u"zhang"_s; }, 0);
        row(
            "nothing", [](LogFilter& filter) { filter.text = u"no such thing"_s; }, 0);
    }

    void theFilterKeepsWhatIsMeant()
    {
        QFETCH(LogFilter, filter);
        QFETCH(int, rows);
        observe::LogRing ring;
        for (const auto& entry : {line(u"the peer is gone"_s), line(u"b"_s, observe::LogLevel::Warning),
                 line(u"c"_s, observe::LogLevel::Error), ofJob(7, u"PACS"_s), ofJob(7, u"AI"_s),
                 line(u"at /in/ZHANG"_s)}) {
            ring.add(entry);
        }
        LogModel model(ring);
        const QAbstractItemModelTester tester(&model);
        fetchAll(model);
        model.setFilter(filter);
        fetchAll(model);
        QCOMPARE(model.rowCount(), rows);
        model.setFilter({});
        fetchAll(model);
        QCOMPARE(model.rowCount(), 6);
    }

    void patientDataIsHiddenUntilItIsAskedFor()
    {
        observe::LogRing ring;
        ring.add(line(u"at /in/ZHANG"_s));
        LogModel model(ring);
        const QAbstractItemModelTester tester(&model);
        fetchAll(model);
        QVERIFY(!cell(model, 0, LogModel::Text).contains(u"ZHANG"_s));
        QVERIFY(!model.index(0, LogModel::Text).data(Qt::ToolTipRole).toString().contains(u"ZHANG"_s));
        model.setMasking(observe::Masking::Off);
        QCOMPARE(cell(model, 0, LogModel::Text), u"at /in/ZHANG"_s);
        LogFilter filter;
        filter.text = u"zhang"_s;
        model.setFilter(filter);
        fetchAll(model);
        QCOMPARE(model.rowCount(), 1);
        model.setMasking(observe::Masking::On);
        fetchAll(model);
        QCOMPARE(model.rowCount(), 0);
    }

    void aFloodIsTakenInPieces()
    {
        observe::LogRing ring;
        for (int i = 0; i < 50'000; ++i) {
            ring.add(line(u"line %1 of many"_s.arg(i)));
        }
        LogModel model(ring);
        QElapsedTimer clock;
        clock.start();
        QVERIFY(model.fetch());
        QCOMPARE(model.rowCount(), static_cast<int>(LogModel::kAtOnce));
        const auto piece = clock.nsecsElapsed();
        fetchAll(model);
        const auto whole = clock.nsecsElapsed();
        LogFilter filter;
        filter.text = u"9999"_s;
        clock.restart();
        model.setFilter(filter);
        fetchAll(model);
        qInfo("a piece of 1000: %lld us, all 10000: %lld us, searched: %lld us", piece / 1000, whole / 1000,
            clock.nsecsElapsed() / 1000);
        QCOMPARE(model.rowCount(), 1); // of the lines that the ring has still, 40 000 to 49 999
    }

    void aTraceIsATreeOfRecords()
    {
        auto log = std::make_shared<net::TraceLog>();
        log->begin({});
        net::PduTrace trace(log, u"127.0.0.1:104"_s);
        TraceModel model;
        QAbstractItemModelTester tester(&model);
        tester.setUseFetchMore(false); // a view unfolds when it is asked to, not while rows come
        model.setLog(log);
        const auto abort = net::encode(net::Abort{2, 1});
        const std::array<net::ConstBytes, 1> parts{abort};
        trace.sent(parts);
        while (model.fetch()) {
        }
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(cell(model, 0, TraceModel::Text), u"Connection with 127.0.0.1:104"_s);
        const auto record = model.index(1, 0);
        QVERIFY(model.index(1, TraceModel::Text).data().toString().startsWith(u"A-ABORT: "));
        QVERIFY(!model.hasChildren(model.index(0, 0))); // a connection says all in its heading
        QVERIFY(model.hasChildren(record));
        QCOMPARE(model.rowCount(record), 0); // put into words when it is unfolded, and not before
        QVERIFY(model.canFetchMore(record));
        model.fetchMore(record);
        QVERIFY(!model.canFetchMore(record));
        QCOMPARE(model.rowCount(record), 2);
        QVERIFY(model.index(0, TraceModel::Text, record).data().toString().startsWith(u"Source 2: "));
        const auto text = model.textOf({model.index(1, 0), model.index(0, 0, record)});
        QCOMPARE(text.count(u"A-ABORT"_s), 1);
        QCOMPARE(text.count(u'\n'), 3);
        m_language.set(app::Language::Chinese);
        model.retranslate();
        QVERIFY(!model.index(0, TraceModel::Text, record).data().toString().contains(u"Source"));
        log->begin({}); // begun anew
        trace.sent(parts);
        while (model.fetch()) {
        }
        QCOMPARE(model.rowCount(), 1);
    }

    void whetherARecordHasLinesIsKnownWithoutThem()
    {
        const std::vector<net::TraceContent> contents{net::TraceOpened{}, net::AssociateRq{}, net::TraceAccepted{},
            net::AssociateRj{}, net::TraceRelease{}, net::Abort{}, net::TraceCommand{}, net::TraceData{},
            net::TraceFault{{}, 0, u"why"_s}, net::TraceClosed{}, net::TraceClosed{makeError(ErrorCode::Internal, {})}};
        QCOMPARE(contents.back().index() + 1, std::variant_size_v<net::TraceContent>); // none is left out
        for (const auto& content : contents) {
            const net::TraceRecord record{1, {}, 1, net::TraceDirection::Sent, content};
            QCOMPARE(app::hasTraceLines(record), !app::traceWords(record, observe::Masking::On).lines.isEmpty());
        }
    }

private:
    app::LanguageSwitch m_language;
};

QTEST_MAIN(TestLogModel)
#include "TestLogModel.moc"
