#include "tests/app/cli/RadpostProcess.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QTest>

#include <memory>

#ifdef Q_OS_UNIX
#include <csignal>
#include <unistd.h>
#endif

using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

qsizetype fileCount(const QString& folder)
{
    qsizetype count = 0;
    QDirIterator files(folder, {u"*.dcm"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        files.next();
        ++count;
    }
    return count;
}

qint64 countOf(const QJsonObject& receipt, const QString& state)
{
    return receipt[u"counts"_s][state][u"instances"_s].toInteger(receipt[u"counts"_s][state].toInteger());
}

} // namespace

/// Runs the real program over real connections to the real receiver.
class TestSend : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<RadpostHome>();
        m_receiver = std::make_unique<ReceiverProcess>();
        m_inbox = m_home->path(u"in"_s);
        QVERIFY(QDir().mkpath(m_inbox));
        QVERIFY(m_receiver->start(*m_home, m_inbox));
    }
    void cleanup()
    {
        m_receiver.reset();
        m_home.reset();
    }

    void scanListsWhatIsThere()
    {
        const auto studies = mixedFolder();
        const auto text = m_home->run({u"scan"_s, studies, u"--list-skipped"_s});
        QCOMPARE(text.code, 0);
        QVERIFY2(text.text().contains(u"The file is not DICOM."), qPrintable(text.text()));
        QVERIFY(text.text().contains(u"readme.txt"));
        const auto json = m_home->run({u"scan"_s, studies, u"--json"_s});
        for (const auto& object : json.events()) {
            QVERIFY(!object[u"event"_s].toString().isEmpty());
        }
        const auto summary = json.event(u"scan-finished"_s);
        QCOMPARE(summary[u"files"_s].toInt(), 16);
        QCOMPARE(summary[u"instances"_s].toInt(), 14);
        QCOMPARE(summary[u"skipped"_s].toInt(), 1);
        QCOMPARE(summary[u"duplicatesIdentical"_s].toInt(), 1);
    }

#ifdef Q_OS_UNIX
    void aScanRemovesWhatAKilledOneLeft()
    {
        const auto temporary = m_home->path(u"tmp"_s);
        qputenv("TMPDIR", temporary.toUtf8());
        const QString area = temporary + u"/radpost-scan-%1"_s.arg(::getuid());
        const QString left = area + u"/area-left"_s;
        QVERIFY(QDir().mkpath(left));
        QVERIFY(QFile::copy(QCoreApplication::applicationFilePath(), left + u"/member"_s));
        const auto outcome = m_home->run({u"scan"_s, mixedFolder()});
        qunsetenv("TMPDIR");
        QVERIFY2(outcome.code == 0, qPrintable(outcome.text()));
        QVERIFY(!QFile::exists(left));
        QCOMPARE(QDir(area).entryList({u"area-*"_s}, QDir::Dirs), QStringList());
    }

    void aTemporaryFolderThatOthersMayWriteIsNotUsed()
    {
        const auto temporary = m_home->path(u"tmp"_s);
        qputenv("TMPDIR", temporary.toUtf8());
        const QString area = temporary + u"/radpost-scan-%1"_s.arg(::getuid());
        QVERIFY(QDir().mkpath(area));
        QVERIFY(QFile::setPermissions(area, QFile::Permissions(0x7777)));
        const auto outcome = m_home->run({u"scan"_s, mixedFolder()});
        qunsetenv("TMPDIR");
        QCOMPARE(outcome.code, 5);
        QVERIFY2(outcome.text().contains(area), qPrintable(outcome.text()));
    }
#endif

    void everythingStoredIsExitCode0AndATrueReceipt()
    {
        const auto outcome = m_home->run({u"send"_s, mixedFolder(), u"--to"_s, m_receiver->address(), u"--json"_s});
        QCOMPARE(outcome.code, 0);
        for (const auto& object : outcome.events()) {
            QVERIFY(!object[u"event"_s].toString().isEmpty());
        }
        const auto receipt = outcome.event(u"receipt"_s);
        QCOMPARE(receipt[u"exitCode"_s].toInt(), 0);
        QCOMPARE(countOf(receipt[u"receipt"_s].toObject(), u"stored"_s), 14);
        QCOMPARE(fileCount(m_inbox), 14);
    }

    void whatMayBeAnImageAndCouldNotBeReadIsExitCode1()
    {
        const auto studies = mixedFolder();
        QDirIterator files(studies, {u"*.dcm"_s}, QDir::Files, QDirIterator::Subdirectories);
        QFile whole(files.next());
        QFile half(studies + u"/half.dcm"_s);
        QVERIFY(whole.open(QIODevice::ReadOnly) && half.open(QIODevice::WriteOnly));
        QCOMPARE(half.write(whole.read(400)), 400);
        half.close();
        const auto outcome = m_home->run({u"send"_s, studies, u"--to"_s, m_receiver->address()});
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.text().contains(u"Everything that could be read is stored; 1 file could not be read."),
            qPrintable(outcome.text()));
        QCOMPARE(fileCount(m_inbox), 14);
    }

    void theReceiptForPeopleAddsUp()
    {
        const auto outcome = m_home->run({u"send"_s, mixedFolder(), u"--to"_s, m_receiver->address()});
        QCOMPARE(outcome.code, 0);
        const auto text = outcome.text();
        QVERIFY2(text.contains(u"Everything is stored at the destination."), qPrintable(text));
        QVERIFY(text.contains(u"Skipped (1): The file is not DICOM."));
        QVERIFY(text.contains(u"1 file is the same as another one"));
        const auto chinese = m_home->run({u"--lang=zh_CN"_s, u"report"_s, u"1"_s});
        QCOMPARE(chinese.code, 0);
        QVERIFY2(chinese.text().contains(u"全部已存储在目的地。"), qPrintable(chinese.text()));
    }

    void jobsShowAndReportTellOfTheJob()
    {
        QCOMPARE(
            m_home->run({u"send"_s, mixedFolder(), u"--to"_s, m_receiver->address(), u"--title"_s, u"夜班"_s}).code, 0);
        const auto jobs = m_home->run({u"jobs"_s});
        QVERIFY2(jobs.text().contains(u"14/14") && jobs.text().contains(u"夜班"), qPrintable(jobs.text()));
        const auto lines = jobs.text().split(u'\n');
        QVERIFY2(lines[0].contains(u"Stored/all"), qPrintable(lines[0]));
        QCOMPARE(lines[0].indexOf(u"Title"), lines[1].indexOf(u"夜班"));
        QVERIFY(m_home->run({u"show"_s, u"1"_s}).text().contains(u"夜班"));
        QCOMPARE(m_home->run({u"show"_s, u"1"_s, u"--json"_s}).event(u"job"_s)[u"state"_s].toString(), u"finished"_s);
        for (const auto& [format, mark] : {std::pair{u"text"_s, "Stored"_ba}, std::pair{u"csv"_s, "\r\n"_ba},
                 std::pair{u"json"_s, "{"_ba}, std::pair{u"html"_s, "<html"_ba}}) {
            const auto report = m_home->run({u"report"_s, u"1"_s, u"--format"_s, format});
            QCOMPARE(report.code, 0);
            QVERIFY2(report.out.contains(mark), qPrintable(format));
        }
        const auto page = m_home->path(u"receipt.html"_s);
        QCOMPARE(m_home->run({u"report"_s, u"1"_s, u"--format"_s, u"html"_s, u"--output"_s, page}).code, 0);
        QVERIFY(QFile::exists(page));
    }

    void severalDestinationsAreSeveralJobs()
    {
        const auto outcome = m_home->run({u"send"_s, mixedFolder(), u"--to"_s, m_receiver->address(), u"--to"_s,
            u"NOBODY@127.0.0.1:1"_s, u"--give-up-after"_s, u"500ms"_s});
        QCOMPARE(outcome.code, 3);
        QCOMPARE(fileCount(m_inbox), 14);
        QVERIFY2(outcome.text().contains(u"Everything is stored"), qPrintable(outcome.text()));
        QVERIFY(outcome.text().contains(u"radpost resume 2"));
        QVERIFY2(outcome.text().contains(u"--give-up-after"), qPrintable(outcome.text()));
        QVERIFY2(!outcome.text().contains(u"Next try"), qPrintable(outcome.text()));
    }

    void nothingToSendIsExitCode4()
    {
        const auto empty = m_home->path(u"empty"_s);
        QVERIFY(QDir().mkpath(empty));
        QCOMPARE(m_home->run({u"scan"_s, empty}).code, 4);
        QCOMPARE(m_home->run({u"send"_s, empty, u"--to"_s, m_receiver->address()}).code, 4);
        QCOMPARE(m_home->run({u"send"_s, m_home->path(u"nowhere"_s), u"--to"_s, m_receiver->address()}).code, 4);
        QCOMPARE(m_home->run({u"send"_s, empty, u"--to"_s, m_receiver->address(), u"--dry-run"_s}).code, 4);
    }

    void aDryRunSendsNothing()
    {
        const auto outcome = m_home->run({u"send"_s, mixedFolder(), u"--to"_s, m_receiver->address(), u"--dry-run"_s});
        QCOMPARE(outcome.code, 0);
        QVERIFY2(outcome.text().contains(u"14 as is, 0 decompressed"), qPrintable(outcome.text()));
        QCOMPARE(fileCount(m_inbox), 0);
        const auto json =
            m_home->run({u"send"_s, mixedFolder(), u"--to"_s, m_receiver->address(), u"--dry-run"_s, u"--json"_s});
        QCOMPARE(json.event(u"preflight"_s)[u"verdict"_s].toString(), u"as-is"_s);
        QCOMPARE(m_home->run({u"send"_s, mixedFolder(), u"--to"_s, u"A@127.0.0.1:1"_s, u"--dry-run"_s}).code, 3);
    }

    void echoExaminesStepByStep()
    {
        const auto good = m_home->run({u"echo"_s, m_receiver->address(), u"--json"_s});
        QCOMPARE(good.code, 0);
        QCOMPARE(good.event(u"diagnosis"_s)[u"good"_s].toBool(), true);
        QStringList steps;
        for (const auto& object : good.events()) {
            steps.append(object[u"step"_s].toString());
        }
        steps.removeAll(QString());
        QCOMPARE(steps.size(), 6);
        const auto bad = m_home->run({u"echo"_s, u"A@127.0.0.1:1"_s});
        QCOMPARE(bad.code, 3);
        QVERIFY2(bad.text().contains(u"✖ connection"), qPrintable(bad.text()));
        QVERIFY(bad.text().contains(u"For the PACS administrator"));
        QCOMPARE(m_home->run({u"dest"_s, u"test"_s, m_receiver->address()}).code, 0);
    }

    void aPasscodeIsNeitherToldNorKept()
    {
        const QByteArray passcode = "hunter2-and-more";
        QFile secret(m_home->path(u"passcode"_s));
        QVERIFY(secret.open(QIODevice::WriteOnly) && secret.write(passcode) == passcode.size());
        secret.close();
        QVERIFY(secret.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
        const QStringList identity{u"--set"_s, u"user_identity.kind=username-passcode"_s, u"--set"_s,
            u"user_identity.user=reader"_s, u"--set"_s, u"user_identity.secret=file:"_s + secret.fileName()};
        for (const auto& start : {QStringList{u"send"_s, mixedFolder(), u"--to"_s, m_receiver->address()},
                 QStringList{u"echo"_s, m_receiver->address()}}) {
            const auto outcome = m_home->run(start + identity + QStringList{u"-v"_s, u"-v"_s});
            QVERIFY2(outcome.code == 0, qPrintable(outcome.text()));
            QVERIFY2(!outcome.text().contains(QString::fromLatin1(passcode)), qPrintable(outcome.text()));
        }
        QDirIterator files(QFileInfo(secret).path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.fileName() == secret.fileName() ||
                (file.open(QIODevice::ReadOnly) && !file.readAll().contains(passcode)));
        }
    }

    void aPortInUseIsExitCode5()
    {
        const auto outcome = m_home->run({u"receive"_s, u"--address"_s, u"127.0.0.1"_s, u"--port"_s,
            QString::number(m_receiver->port()), u"--dir"_s, m_inbox});
        QCOMPARE(outcome.code, 5);
        QVERIFY2(outcome.text().contains(u"Another program uses this port"), qPrintable(outcome.text()));
    }

#ifdef Q_OS_UNIX
    void ctrlCLeavesTheRestForResume()
    {
        const auto studies = m_home->makeStudies(u"many"_s, {u"--series"_s, u"ct:60"_s});
        QProcess sender;
        m_home->start(sender, slowSend(studies));
        QVERIFY(waitForFiles(2));
        QCOMPARE(::kill(static_cast<pid_t>(sender.processId()), SIGINT), 0);
        QVERIFY(sender.waitForFinished(20'000));
        QCOMPARE(sender.exitCode(), 130);
        const auto text = QString::fromUtf8(sender.readAllStandardOutput());
        QVERIFY2(text.contains(u"radpost resume 1"), qPrintable(text));
        QVERIFY(fileCount(m_inbox) < 60);
        const auto unfinished = m_home->run({u"jobs"_s, u"--unfinished"_s, u"--json"_s});
        QCOMPARE(unfinished.events().size(), 1);
    }

    void aSecondProcessIsToldThatTheLedgerIsInUse()
    {
        const auto studies = m_home->makeStudies(u"many"_s, {u"--series"_s, u"ct:60"_s});
        QProcess sender;
        m_home->start(sender, slowSend(studies));
        QVERIFY(waitForFiles(1));
        const auto second = m_home->run({u"send"_s, studies, u"--to"_s, m_receiver->address()});
        QCOMPARE(second.code, 5);
        QVERIFY2(second.text().contains(u"Another Radpost uses this ledger"), qPrintable(second.text()));
        QCOMPARE(m_home->run({u"jobs"_s}).code, 0);
        QCOMPARE(m_home->run({u"show"_s, u"1"_s}).code, 0);
        QCOMPARE(::kill(static_cast<pid_t>(sender.processId()), SIGTERM), 0);
        QVERIFY(sender.waitForFinished(20'000));
        QCOMPARE(sender.exitCode(), 130);
    }

    void cancelGivesUpTheRest()
    {
        const auto studies = m_home->makeStudies(u"many"_s, {u"--series"_s, u"ct:60"_s});
        QProcess sender;
        m_home->start(sender, slowSend(studies));
        QVERIFY(waitForFiles(1));
        QCOMPARE(::kill(static_cast<pid_t>(sender.processId()), SIGINT), 0);
        QVERIFY(sender.waitForFinished(20'000));
        const auto cancelled = m_home->run({u"cancel"_s, u"1"_s, u"--json"_s});
        QCOMPARE(cancelled.code, 0);
        QVERIFY(cancelled.event(u"cancelled"_s)[u"instances"_s].toInt() > 0);
        const auto resumed = m_home->run({u"resume"_s});
        QVERIFY2(resumed.text().contains(u"There is nothing to resume."), qPrintable(resumed.text()));
    }

    void theFirstCtrlCEndsAReceiverInGoodOrder()
    {
        QProcess receiver;
        m_home->start(
            receiver, {u"receive"_s, u"--address"_s, u"127.0.0.1"_s, u"--port"_s, u"0"_s, u"--dir"_s, m_inbox});
        QVERIFY(receiver.waitForReadyRead(20'000));
        QCOMPARE(::kill(static_cast<pid_t>(receiver.processId()), SIGINT), 0);
        QVERIFY(receiver.waitForFinished(10'000));
        QCOMPARE(receiver.exitStatus(), QProcess::NormalExit);
        QCOMPARE(receiver.exitCode(), 0);
    }
#endif

    void resumeAfterAnUnreachableDestinationSendsTheRest()
    {
        const auto studies = mixedFolder();
        const auto address = m_receiver->address();
        const auto port = m_receiver->port();
        m_receiver.reset();
        QCOMPARE(m_home->run({u"send"_s, studies, u"--to"_s, address, u"--give-up-after"_s, u"300ms"_s}).code, 3);
        QProcess receiver;
        m_home->start(receiver,
            {u"receive"_s, u"--address"_s, u"127.0.0.1"_s, u"--port"_s, QString::number(port), u"--dir"_s, m_inbox,
                u"--json"_s});
        QVERIFY(receiver.waitForReadyRead(20'000));
        const auto resumed = m_home->run({u"resume"_s, u"1"_s});
        QVERIFY2(resumed.code == 0, qPrintable(resumed.text()));
        QCOMPARE(fileCount(m_inbox), 14);
        QCOMPARE(m_home->run({u"retry"_s, u"1"_s}).code, 0);
        receiver.terminate();
        QVERIFY(receiver.waitForFinished(10'000));
    }

    void aPausedDestinationHoldsWhatIsSentToIt()
    {
        addDestination();
        QCOMPARE(m_home->run({u"pause"_s, u"--to"_s, u"PACS"_s, u"--json"_s}).event(u"paused"_s)[u"destination"_s],
            QJsonValue(u"PACS"_s));
        const auto held = m_home->run({u"send"_s, mixedFolder(), u"--to"_s, u"PACS"_s});
        QCOMPARE(held.code, 1);
        QVERIFY2(held.text().contains(u"radpost resume --to PACS"), qPrintable(held.text()));
        QCOMPARE(fileCount(m_inbox), 0);
        QVERIFY(m_home->run({u"jobs"_s}).text().contains(u"dest. paused"));
        const auto resumed = m_home->run({u"resume"_s, u"--to"_s, u"PACS"_s});
        QVERIFY2(resumed.code == 0, qPrintable(resumed.text()));
        QCOMPARE(fileCount(m_inbox), 14);
    }

    void aDestinationIsTheSameHoweverItsNameIsWritten()
    {
        addDestination();
        QCOMPARE(m_home->run({u"pause"_s, u"--to"_s, u"pacs"_s}).code, 0);
        QCOMPARE(m_home->run({u"send"_s, mixedFolder(), u"--to"_s, u"PACS"_s}).code, 1);
        QCOMPARE(fileCount(m_inbox), 0);
        const auto resumed = m_home->run({u"resume"_s, u"--to"_s, u"Pacs"_s});
        QVERIFY2(resumed.code == 0, qPrintable(resumed.text()));
        QCOMPARE(fileCount(m_inbox), 14);
        QCOMPARE(m_home->run({u"pause"_s, u"--to"_s, u"PACS"_s}).code, 0);
        QCOMPARE(m_home->run({u"send"_s, m_home->path(u"mixed"_s), u"--to"_s, u"PACS"_s}).code, 1);
        const auto cancelled = m_home->run({u"cancel"_s, u"--to"_s, u"pAcS"_s, u"--json"_s});
        QCOMPARE(cancelled.event(u"cancelled"_s)[u"job"_s].toInt(), 2);
    }

    void cancelForADestinationWithoutJobsSaysSo()
    {
        addDestination();
        const auto outcome = m_home->run({u"cancel"_s, u"--to"_s, u"PACS"_s});
        QCOMPARE(outcome.code, 0);
        QVERIFY2(
            outcome.text().contains(u"There is nothing to cancel on the way to PACS."), qPrintable(outcome.text()));
        const auto chinese = m_home->run({u"--lang=zh_CN"_s, u"cancel"_s, u"--to"_s, u"PACS"_s});
        QVERIFY2(chinese.text().contains(u"发往 PACS 的任务中没有可取消的内容。"), qPrintable(chinese.text()));
    }

    void aPausedJobGoesOnlyOnByItsNumber()
    {
        sendToPausedDestination(mixedFolder());
        QCOMPARE(m_home->run({u"pause"_s, u"1"_s}).code, 0);
        QVERIFY(m_home->run({u"pause"_s, u"1"_s}).text().contains(u"Job 1 is not being sent."));
        QVERIFY(m_home->run({u"resume"_s, u"--to"_s, u"PACS"_s}).text().contains(u"There is nothing to resume."));
        QCOMPARE(fileCount(m_inbox), 0);
        QCOMPARE(m_home->run({u"resume"_s, u"1"_s}).code, 0);
        QCOMPARE(fileCount(m_inbox), 14);
    }

    void cancelForADestinationEndsAllItsJobs()
    {
        sendToPausedDestination(mixedFolder());
        QCOMPARE(m_home->run({u"send"_s, m_home->path(u"mixed"_s), u"--to"_s, u"PACS"_s}).code, 1);
        const auto cancelled = m_home->run({u"cancel"_s, u"--to"_s, u"PACS"_s, u"--json"_s});
        QCOMPARE(cancelled.code, 0);
        QCOMPARE(cancelled.events().size(), 2);
        QCOMPARE(cancelled.event(u"cancelled"_s)[u"instances"_s].toInt(), 14);
        QVERIFY(m_home->run({u"resume"_s, u"--to"_s, u"PACS"_s}).text().contains(u"There is nothing to resume."));
        QCOMPARE(m_home->run({u"cancel"_s, u"--to"_s, u"NOBODY"_s}).code, 2);
    }

    void retryForADestinationSendsWhatFailedOnTheWayThere()
    {
        const auto studies = m_home->makeStudies(u"plain"_s, {u"--series"_s, u"tiny:14"_s});
        sendToPausedDestination(studies);
        QDirIterator files(studies, {u"*.dcm"_s}, QDir::Files, QDirIterator::Subdirectories);
        const auto file = files.next();
        QVERIFY(QFile::rename(file, file + u".away"_s));
        QCOMPARE(m_home->run({u"resume"_s, u"--to"_s, u"PACS"_s}).code, 1);
        QVERIFY(QFile::rename(file + u".away"_s, file));
        QCOMPARE(m_home->run({u"retry"_s, u"--to"_s, u"PACS"_s}).code, 0);
        QCOMPARE(fileCount(m_inbox), 14);
        const auto again = m_home->run({u"retry"_s, u"--to"_s, u"PACS"_s});
        QVERIFY2(again.text().contains(u"Nothing failed on the way to PACS."), qPrintable(again.text()));
    }

    void theDemoProvesItself()
    {
        const auto outcome = m_home->run({u"demo"_s, u"--no-storescp"_s}, 120s);
        QVERIFY2(outcome.code == 0, qPrintable(outcome.text()));
        QVERIFY2(outcome.text().contains(u"204 sent, 204 arrived identical, 0 different"), qPrintable(outcome.text()));
    }

private:
    // 14 instances, a text file and a copy.
    QString mixedFolder() const
    {
        const auto folder = m_home->makeStudies(
            u"mixed"_s, {u"--series"_s, u"tiny:10"_s, u"--series"_s, u"sr:4"_s, u"--text"_s, u"gb18030"_s});
        QFile text(folder + u"/readme.txt"_s);
        if (text.open(QIODevice::WriteOnly)) {
            text.write("hello");
        }
        QDirIterator files(folder, {u"*.dcm"_s}, QDir::Files, QDirIterator::Subdirectories);
        QFile::copy(files.next(), folder + u"/copy.dcm"_s);
        return folder;
    }

    void addDestination() const
    {
        QCOMPARE(m_home->run({u"dest"_s, u"add"_s, u"PACS"_s, m_receiver->address()}).code, 0);
    }

    void sendToPausedDestination(const QString& studies) const
    {
        addDestination();
        QCOMPARE(m_home->run({u"pause"_s, u"--to"_s, u"PACS"_s}).code, 0);
        QCOMPARE(m_home->run({u"send"_s, studies, u"--to"_s, u"PACS"_s}).code, 1);
    }

    // 500 KB each, so that sixty of them take longer than a test waits.
    QStringList slowSend(const QString& studies) const
    {
        return {u"send"_s, studies, u"--to"_s, m_receiver->address(), u"--set"_s, u"rate_limit=1 MiB/s"_s,
            u"--associations"_s, u"1"_s};
    }

    bool waitForFiles(qsizetype count) const
    {
        return QTest::qWaitFor([this, count] { return fileCount(m_inbox) >= count; }, 30'000);
    }

    std::unique_ptr<RadpostHome> m_home;
    std::unique_ptr<ReceiverProcess> m_receiver;
    QString m_inbox;
};

QTEST_GUILESS_MAIN(TestSend)
#include "TestSend.moc"
