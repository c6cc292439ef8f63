#include "tests/app/cli/RadpostProcess.h"
#include "tests/integration/ArchivePeers.h"
#include "tests/support/FakeScp.h"

#include <QTest>

using namespace radpost::test;

/// find, move and get by the real program, against DCMTK's archive.
class TestQueryCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_archive.start(QString::number(m_movePort)), m_archive.output());
        m_address = u"ARCHIVE@127.0.0.1:%1"_s.arg(m_archive.port());
        const auto studies = m_home.makeStudies(u"studies"_s, {u"--series"_s, u"ct:3"_s, u"--text"_s, u"gb18030"_s});
        const auto sent = m_home.run({u"send"_s, studies, u"--to"_s, m_address});
        QVERIFY2(sent.code == 0, qPrintable(sent.text()));
        const auto found = m_home.run({u"find"_s, m_address, u"--json"_s});
        QVERIFY2(found.code == 0, qPrintable(found.text()));
        QCOMPARE(found.event(u"found"_s)[u"matches"_s].toInt(), 1);
        QVERIFY(found.event(u"found"_s)[u"complete"_s].toBool());
        m_study = found.event(u"match"_s)[u"attributes"_s][u"StudyInstanceUID"_s].toString();
        QVERIFY(!m_study.isEmpty());
    }

    void aTableHasTheNameAndTheUidToCopy()
    {
        const auto outcome = m_home.run({u"find"_s, m_address});
        QCOMPARE(outcome.code, 0);
        const auto lines = QString::fromUtf8(outcome.out).split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 2);
        QVERIFY2(lines[0].startsWith(u"Date"), qPrintable(lines[0]));
        QVERIFY2(lines[1].endsWith(m_study), qPrintable(lines[1]));
    }

    void csvHasAColumnForEachKey()
    {
        const auto outcome = m_home.run({u"find"_s, m_address, u"--level"_s, u"series"_s, u"--study"_s, m_study,
            u"--key"_s, u"BodyPartExamined"_s, u"--format"_s, u"csv"_s});
        QVERIFY2(outcome.code == 0, qPrintable(outcome.text()));
        const auto lines = QString::fromUtf8(outcome.out).split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines[0].split(u',').contains(u"BodyPartExamined"));
        QCOMPARE(lines[1].split(u',').size(), lines[0].split(u',').size());
        QVERIFY(lines[1].contains(m_study));
    }

    void nothingThatMatchesIsNoFailure()
    {
        const auto outcome = m_home.run({u"find"_s, m_address, u"--patient-id"_s, u"nobody"_s});
        QCOMPARE(outcome.code, 0);
        QVERIFY2(outcome.text().contains(u"Nothing matches."), qPrintable(outcome.text()));
    }

    void getFetches()
    {
        const auto folder = m_home.path(u"got"_s);
        const auto outcome = m_home.run({u"get"_s, m_address, u"--study"_s, m_study, u"--dir"_s, folder, u"--json"_s});
        QVERIFY2(outcome.code == 0, qPrintable(outcome.text()));
        QCOMPARE(outcome.event(u"retrieved"_s)[u"received"_s].toInt(), 3);
        QCOMPARE(readSamples(folder).size(), std::size_t(3));
    }

    void moveReceivesHere()
    {
        const auto folder = m_home.path(u"moved"_s);
        const auto outcome = m_home.run({u"move"_s, m_address, u"--study"_s, m_study, u"--dir"_s, folder, u"--port"_s,
            QString::number(m_movePort)});
        QVERIFY2(outcome.code == 0, qPrintable(outcome.text()));
        QVERIFY2(outcome.text().contains(u"3 instances received"), qPrintable(outcome.text()));
        QCOMPARE(readSamples(folder).size(), std::size_t(3));
    }

    void whatIsNotThereIsSaid()
    {
        const auto folder = m_home.path(u"nothing"_s);
        const QStringList study{u"--study"_s, u"1.2.3.4"_s};
        const auto got = m_home.run(QStringList{u"get"_s, m_address, u"--dir"_s, folder} + study);
        QCOMPARE(got.code, 1);
        QVERIFY2(got.text().contains(u"The PACS has nothing under this UID."), qPrintable(got.text()));
        QVERIFY2(!got.text().contains(u"0 instances"), qPrintable(got.text()));
        const auto moved = m_home.run(QStringList{u"move"_s, m_address, u"--to"_s, u"RADPOST"_s} + study);
        QCOMPARE(moved.code, 1);
        QVERIFY2(moved.text().contains(u"The PACS has nothing under this UID."), qPrintable(moved.text()));
        const auto patient = m_home.run(
            {u"get"_s, m_address, u"--dir"_s, folder, u"--patient-id"_s, u"nobody"_s, u"--model"_s, u"patient"_s});
        QCOMPARE(patient.code, 1);
        QVERIFY2(patient.text().contains(u"nothing under this patient ID."), qPrintable(patient.text()));
    }

    void whatAPeerThatNamesNoKindsKeepsBackIsExplained()
    {
        const FakeScp scp([](FakePeer& peer, int) {
            peer.accept();
            if (const auto message = peer.readMessage()) {
                const bool isGet = message->command == static_cast<quint16>(radpost::net::DimseCommand::CGetRq);
                peer.respond(*message, {.status = static_cast<quint16>(isGet ? 0xB000 : 0)});
                (void)peer.readMessage(); // the release
            }
        });
        const auto outcome = m_home.run({u"get"_s, u"ARCHIVE@127.0.0.1:%1"_s.arg(scp.port()), u"--study"_s,
            u"1.2.3.9"_s, u"--dir"_s, m_home.path(u"kept-back"_s)});
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.text().contains(u"does not say what kinds of instances it has"), qPrintable(outcome.text()));
        QVERIFY2(outcome.text().contains(u"radpost move"), qPrintable(outcome.text()));
    }

    void patientsAreListedWithoutASecondOption()
    {
        const auto outcome = m_home.run({u"find"_s, m_address, u"--level"_s, u"patient"_s, u"--json"_s});
        QVERIFY2(outcome.code == 0, qPrintable(outcome.text()));
        QVERIFY(outcome.event(u"found"_s)[u"matches"_s].toInt() > 0);
    }

    void aDateIsUnderstood_data()
    {
        QTest::addColumn<QString>("date");
        for (const auto* date : {"20260131", "2026-01-31", "20260101-20260131", "2026-01-01-2026-01-31", "20260101-",
                 "-2026-01-31", "today", "yesterday"}) {
            QTest::newRow(date) << QString::fromLatin1(date);
        }
    }

    void aDateIsUnderstood()
    {
        QFETCH(QString, date);
        QCOMPARE(m_home.run({u"find"_s, m_address, u"--date"_s, date}).code, 0);
    }

    void whatTheOtherSideRefusesIsSaidInWords()
    {
        const auto unknown = m_home.run({u"move"_s, m_address, u"--study"_s, m_study, u"--to"_s, u"NOBODY"_s});
        QCOMPARE(unknown.code, 3);
        QVERIFY2(
            unknown.text().contains(u"does not know the AE title that it was to send to"), qPrintable(unknown.text()));
        QCOMPARE(m_home.run({u"worklist"_s, m_address}).code, 3);
        const auto dead = m_home.run({u"find"_s, u"X@127.0.0.1:%1"_s.arg(freePort())});
        QCOMPARE(dead.code, 3);
        QVERIFY2(!dead.text().contains(u"job"), qPrintable(dead.text())); // nothing was to be sent
    }

    void whatCannotBeAskedIsMisuse_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("level") << QStringList{u"find"_s, u"X@127.0.0.1"_s, u"--level"_s, u"frame"_s};
        QTest::newRow("model") << QStringList{u"find"_s, u"X@127.0.0.1"_s, u"--model"_s, u"composite"_s};
        QTest::newRow("key") << QStringList{u"find"_s, u"X@127.0.0.1"_s, u"--key"_s, u"ShoeSize=43"_s};
        QTest::newRow("limit") << QStringList{u"find"_s, u"X@127.0.0.1"_s, u"--limit"_s, u"few"_s};
        QTest::newRow("format") << QStringList{u"find"_s, u"X@127.0.0.1"_s, u"--format"_s, u"xml"_s};
        for (const auto* date : {"31.1.2026", "2026-13-45", "20260230", "20260131-20260101", "-", "2026", "tomorrow"}) {
            QTest::newRow(date) << QStringList{u"find"_s, u"X@127.0.0.1"_s, u"--date"_s, QString::fromLatin1(date)};
        }
        QTest::newRow("date of a worklist")
            << QStringList{u"worklist"_s, u"X@127.0.0.1"_s, u"--date"_s, u"31.1.2026"_s};
        QTest::newRow("level that a model has not")
            << QStringList{u"find"_s, u"X@127.0.0.1"_s, u"--level"_s, u"patient"_s, u"--model"_s, u"study"_s};
        QTest::newRow("nothing to fetch") << QStringList{u"get"_s, u"X@127.0.0.1"_s, u"--dir"_s, u"in"_s};
        QTest::newRow("series alone") << QStringList{
            u"get"_s, u"X@127.0.0.1"_s, u"--dir"_s, u"in"_s, u"--series"_s, u"1.2"_s};
        QTest::newRow("nowhere") << QStringList{u"move"_s, u"X@127.0.0.1"_s, u"--study"_s, u"1.2"_s};
        QTest::newRow("no title") << QStringList{
            u"move"_s, u"X@127.0.0.1"_s, u"--study"_s, u"1.2"_s, u"--to"_s, u"SEVENTEENLETTERS!"_s};
    }

    void whatCannotBeAskedIsMisuse()
    {
        QFETCH(QStringList, words);
        QCOMPARE(m_home.run(words).code, 2);
    }

private:
    RadpostHome m_home;
    Dcmqrscp m_archive;
    const quint16 m_movePort = freePort();
    QString m_address;
    QString m_study;
};

QTEST_GUILESS_MAIN(TestQueryCommands)
#include "TestQueryCommands.moc"
