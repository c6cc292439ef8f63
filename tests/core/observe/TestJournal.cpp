#include "core/observe/Journal.h"
#include "core/observe/Log.h"
#include "core/observe/Redact.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace radpost;
using namespace radpost::observe;
using namespace Qt::StringLiterals;

namespace {

LogEntry failure()
{
    LogEntry entry;
    entry.event = LogEvent::DeliveryFailed;
    entry.level = LogLevel::Error;
    entry.module = "job";
    entry.text = u"job %1: %2 was refused: %3"_s;
    entry.facts = {{u"7"_s}, {u"/in/王小东/1.dcm"_s, true}, {u"status A900, 100 %2"_s}};
    return entry;
}

struct Home
{
    [[nodiscard]] JournalParams params() const
    {
        JournalParams made;
        made.files.folder = folder.filePath(u"log"_s);
        return made;
    }
    [[nodiscard]] QByteArray text() const
    {
        QFile file(folder.filePath(u"log/radpost.log"_s));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QTemporaryDir folder;
};

} // namespace

class TestJournal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEntryIsWholeInMemoryAndMaskedOnTheDisk()
    {
        const Home home;
        Journal journal(home.params());
        journal.add(failure());
        journal.flush();
        const auto entries = journal.ring().from(1, 10);
        QCOMPARE(entries.size(), 1U);
        QVERIFY(entries[0].time != Clock::WallTime{});
        QCOMPARE(entryText(entries[0], Masking::Off), u"job 7: /in/王小东/1.dcm was refused: status A900, 100 %2"_s);
        const auto text = home.text();
        QVERIFY2(text.contains(" error job: job 7: #"), text.constData());
        QVERIFY(text.endsWith("status A900, 100 %2\n"));
        QVERIFY(!text.contains("王"));
    }

    void itTakesTheLogOfTheProcess()
    {
        const Home home;
        {
            Journal journal(home.params());
            journal.takeLog(LogLevel::Info);
            qCInfo(lcNet) << "peer gone" << u"/in/ZHANG SAN/1.dcm"_s;
            qCDebug(lcNet) << "not wanted";
            qCWarning(lcQueue).noquote() << "instance 1.2.826.0.1.99.5.6 of class 1.2.840.10008.5.1.4.1.1.2";
            QCOMPARE(journal.ring().range().next, 3);
            QCOMPARE(journal.ring().from(1, 1).front().module, "net"_ba);
        } // all is written when it is gone
        const auto text = home.text();
        QVERIFY2(text.contains("info net: peer gone path #"), text.constData());
        QVERIFY(!text.contains("ZHANG") && !text.contains("1.2.826") && text.contains("1.2.840.10008.5.1.4.1.1.2"));
        qCWarning(lcNet) << "after it"; // nobody is called that is gone
    }

    void withoutAFolderItIsInMemoryOnly()
    {
        Journal journal;
        journal.add(failure());
        journal.flush();
        QCOMPARE(journal.ring().range().next, 2);
        QVERIFY(!journal.fileError());
    }

    void aFolderThatCannotBeWrittenIsTold()
    {
        const Home home;
        QFile inTheWay(home.folder.filePath(u"log"_s));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        Journal journal(home.params());
        journal.add(failure());
        journal.flush();
        QCOMPARE(journal.fileError()->code, ErrorCode::FileWriteFailed);
        QVERIFY(inTheWay.remove());
        journal.add(failure());
        journal.flush();
        QVERIFY(!journal.fileError());
    }

    void whatWaitsForTheDiskIsBounded()
    {
        const Home home;
        auto params = home.params();
        params.maxWaiting = 10; // no line is that short
        Journal journal(params);
        journal.add(failure());
        journal.flush();
        QVERIFY(home.text().isEmpty());
        QCOMPARE(journal.ring().range().next, 2);
    }

    void valuesAreNotTakenForPlaceholders()
    {
        QCOMPARE(withValues(u"%2 %1 %3 %"_s, {u"%2"_s, u"b"_s}), u"b %2 %3 %"_s);
    }

    void manyThreadsAddAtOnce()
    {
        const Home home;
        {
            Journal journal(home.params());
            journal.takeLog(LogLevel::Info);
            std::vector<std::jthread> threads;
            for (int t = 0; t < 4; ++t) {
                threads.emplace_back([&journal] {
                    for (int i = 0; i < 250; ++i) {
                        qCInfo(lcQueue) << "line";
                        journal.add(failure());
                    }
                });
            }
        }
        QCOMPARE(home.text().count('\n'), 2000);
    }

    void whatComesBeforeTheFolderIsKnownGoesIntoItToo()
    {
        const Home home;
        JournalParams params;
        params.awaitsFolder = true;
        Journal journal(params);
        journal.add(failure());
        QVERIFY(journal.folder().isEmpty());
        journal.writeTo(home.folder.filePath(u"log"_s));
        journal.add(failure());
        journal.writeTo(home.folder.filePath(u"elsewhere"_s)); // once
        journal.add(failure());
        journal.flush();
        QCOMPARE(journal.folder(), home.folder.filePath(u"log"_s));
        QCOMPARE(home.text().count('\n'), 3);
        QVERIFY(!QFile::exists(home.folder.filePath(u"elsewhere"_s)));
    }

    void whatWaitsForAFolderThatNeverComesIsBounded()
    {
        JournalParams params;
        params.awaitsFolder = true;
        params.maxWaiting = 200;
        const Home home;
        Journal journal(params);
        for (int i = 0; i < 100; ++i) {
            journal.add(failure());
        }
        journal.writeTo(home.folder.filePath(u"log"_s));
        journal.flush();
        QVERIFY(home.text().contains("lines are left out"));
        QVERIFY(home.text().count('\n') < 10);
    }
};

QTEST_GUILESS_MAIN(TestJournal)
#include "TestJournal.moc"
