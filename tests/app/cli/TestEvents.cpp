#include "tests/app/cli/RadpostProcess.h"
#include "tests/support/FakeScp.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QStringList words(const char* text)
{
    return QString::fromLatin1(text).split(u' ');
}

// As docs/user/cli.md says; keys that are only there at times (error, etaSeconds, …) are left out.
const QHash<QString, QStringList> kEvents{
    {u"job-started"_s, words("job destination title")},
    {u"scan-progress"_s, words("files instances skipped duplicatesIdentical duplicatesDiffering instanceBytes")},
    {u"scan-finished"_s, words("files instances skipped duplicatesIdentical duplicatesDiffering instanceBytes")},
    {u"progress"_s,
        words("job destination activity counts sending bytesDone bytesTotal instancesPerSecond bytesPerSecond "
              "associations growing")},
    {u"job-at-rest"_s,
        words("job destination activity counts sending bytesDone bytesTotal instancesPerSecond bytesPerSecond "
              "associations growing")},
    {u"routed"_s, words("id sopInstanceUid callingAeTitle state rules destinations waiting reason")},
    {u"delivery"_s, words("job path sopInstanceUid state tries detail errorComment offendingElement")},
    {u"destination-down"_s, words("destination error nextTryAt")},
    {u"destination-up"_s, words("destination")},
    {u"retry"_s, words("job instances")},
    {u"nothing-to-do"_s, words("command")},
    {u"receipt"_s, words("job exitCode receipt")},
    {u"series"_s,
        words("patientName patientId patientBirthDate patientSex studyDate studyTime studyDescription accessionNumber "
              "studyInstanceUid seriesInstanceUid modality number description instances bytes frames contexts "
              "warnings")},
    {u"skipped"_s, words("path error")},
    {u"duplicate"_s, words("path first differs")},
    {u"preflight"_s,
        words("destination studyInstanceUid seriesInstanceUid sopClassUid transferSyntaxUid instances verdict")},
    {u"step"_s, words("step state microseconds")},
    {u"diagnosis"_s, words("destination address good warnings exitCode")},
    {u"listening"_s, words("port folder")},
    {u"monitoring"_s, words("port")},
    {u"received"_s, words("sopInstanceUid sopClassUid transferSyntaxUid bytes status peer callingAeTitle")},
    {u"received-in-all"_s, words("stored failed bytes")},
    {u"reloaded"_s, {}},
    {u"served-in-all"_s,
        words("stored versions identical refused failed bytes associations turnedAway spoolBytes freeBytes")},
    {u"peer"_s, words("name aeTitle address certificate query retrieve port")},
    {u"refused-peer"_s,
        words("number callingAeTitle calledAeTitle address certificate subject calledOtherTitle times lastAt")},
    {u"queried"_s,
        words("service callingAeTitle calledAeTitle peer level destination status broken matches completed "
              "failed warning")},
    {u"peer-admitted"_s, words("aeTitle address certificate")},
    {u"spool-rebuilt"_s, words("known adopted copies missing damaged damagedLedger")},
    {u"job"_s, words("job state")},
    {u"cancelled"_s, words("job instances")},
    {u"paused"_s, {}},
    {u"report-written"_s, words("path")},
    {u"destination"_s, words("name host port ae_title")},
    {u"destination-added"_s, words("name host port ae_title")},
    {u"destination-removed"_s, words("name")},
    {u"destinations-imported"_s, words("count")},
    {u"destinations-exported"_s, words("path count")},
    {u"support-bundle-written"_s, words("path entries bytes")},
    {u"made"_s, words("folder patients studies series instances bytes")},
    {u"compared"_s, words("receiver sent identical different missing unexpected")},
    {u"match"_s, words("attributes")},
    {u"found"_s, words("matches complete")},
    {u"retrieved"_s, words("completed failed warning remaining complete failedInstances refused")},
    {u"error"_s, words("name message")},
};

} // namespace

/// Every line of every command's --json output is an event with the keys that the manual promises.
class TestEvents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_inbox = m_home.path(u"in"_s);
        QVERIFY(QDir().mkpath(m_inbox));
        QVERIFY(m_receiver.start(m_home, m_inbox));
        m_studies = m_home.makeStudies(u"mixed"_s, {u"--series"_s, u"tiny:10"_s, u"--text"_s, u"mislabelled-gbk"_s});
        QFile text(m_studies + u"/readme.txt"_s);
        QVERIFY(text.open(QIODevice::WriteOnly) && text.write("hello") == 5);
    }

    void theManualListsEveryEventAndKey()
    {
        QFile file(qEnvironmentVariable("RADPOST_SOURCE_DIR") + u"/docs/user/cli.md"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto manual = QString::fromUtf8(file.readAll());
        for (auto event = kEvents.begin(); event != kEvents.end(); ++event) {
            QVERIFY2(manual.contains(u'`' + event.key() + u'`'), qPrintable(event.key()));
            const bool isConfiguration = event.key().startsWith(u"destination");
            for (const auto& key : isConfiguration ? QStringList() : *event) {
                QVERIFY2(manual.contains(u'`' + key + u'`'), qPrintable(event.key() + u": "_s + key));
            }
        }
    }

    void scanTellsPatientsStudiesAndWarnings()
    {
        const auto outcome = run({u"scan"_s, m_studies}, 0, {u"scan-progress"_s, u"series"_s, u"skipped"_s});
        const auto series = outcome.event(u"series"_s);
        QVERIFY(!series[u"patientName"_s].toString().isEmpty());
        QVERIFY(!series[u"patientId"_s].toString().isEmpty());
        QStringList warnings;
        for (const auto& warning : series[u"warnings"_s].toArray()) {
            warnings.append(warning[u"name"_s].toString());
            QVERIFY(!warning[u"message"_s].toString().isEmpty() && !warning[u"of"_s].toString().isEmpty());
        }
        QVERIFY2(warnings.contains(u"mislabelled-text"_s), outcome.out.constData());
    }

    void theGatewayTellsWhatItDoes()
    {
        QProcess gateway;
        m_home.start(gateway, {u"serve"_s, u"--port"_s, u"0"_s, u"--address"_s, u"127.0.0.1"_s, u"--json"_s});
        Outcome outcome;
        while (!outcome.out.contains('\n') && gateway.waitForReadyRead(30'000)) {
            outcome.out += gateway.readAllStandardOutput();
        }
        const auto port = outcome.event(u"listening"_s)[u"port"_s].toInt();
        run({u"send"_s, m_studies, u"--to"_s, u"GATE@127.0.0.1:%1"_s.arg(port), u"--data"_s, m_home.path(u"other"_s)},
            0, {u"receipt"_s});
        gateway.terminate();
        QVERIFY(gateway.waitForFinished(60'000));
        outcome.out += gateway.readAllStandardOutput();
        check(outcome);
        QCOMPARE(outcome.event(u"served-in-all"_s)[u"stored"_s].toInt(), 10);
        QVERIFY(!outcome.event(u"received"_s).isEmpty());
        run({u"spool"_s, u"rebuild"_s}, 0, {u"spool-rebuilt"_s});
        run({u"peer"_s, u"list"_s}, 0, {});
    }

    void sendTellsProgressAndAReceipt()
    {
        const auto outcome = run({u"send"_s, m_studies, u"--to"_s, m_receiver.address()}, 0,
            {u"job-started"_s, u"scan-finished"_s, u"job-at-rest"_s, u"receipt"_s});
        const auto rest = outcome.event(u"job-at-rest"_s);
        QVERIFY(rest[u"bytesTotal"_s].toInteger() > 0);
        QCOMPARE(rest[u"bytesDone"_s], rest[u"bytesTotal"_s]);
        run({u"send"_s, m_studies, u"--to"_s, m_receiver.address(), u"--dry-run"_s}, 0, {u"preflight"_s});
    }

    void aFailedDeliveryIsAnEvent()
    {
        const FakeScp scp([](FakePeer& peer, int) {
            peer.accept();
            peer.serve(0xA900);
        });
        const auto outcome = run({u"send"_s, m_studies, u"--to"_s, u"FAKE@127.0.0.1:%1"_s.arg(scp.port())}, 1,
            {u"delivery"_s, u"receipt"_s});
        const auto job = QString::number(outcome.event(u"receipt"_s)[u"job"_s].toInt());
        run({u"retry"_s, job}, 1, {u"retry"_s, u"receipt"_s});
    }

    void anUnreachableDestinationIsAnEvent()
    {
        const auto outcome =
            run({u"send"_s, m_studies, u"--to"_s, u"NOBODY@127.0.0.1:1"_s, u"--give-up-after"_s, u"300ms"_s}, 3,
                {u"destination-down"_s});
        const auto job = QString::number(outcome.event(u"receipt"_s)[u"job"_s].toInt());
        run({u"show"_s, job}, 0, {u"job"_s});
        run({u"jobs"_s}, 0, {u"job"_s});
        run({u"pause"_s, u"--to"_s, u"NOBODY@127.0.0.1:1"_s}, 0, {u"paused"_s});
        run({u"cancel"_s, job}, 0, {u"cancelled"_s});
    }

    void resumeWithNothingToDoSaysSo()
    {
        const RadpostHome home;
        const auto outcome = home.run({u"resume"_s, u"--json"_s});
        check(outcome);
        QVERIFY2(outcome.event(u"nothing-to-do"_s)[u"command"_s].toString() == u"resume", outcome.out.constData());
    }

    void reportIsOneEvent()
    {
        QVERIFY(run({u"send"_s, m_studies, u"--to"_s, m_receiver.address()}, 0, {}).code == 0);
        const auto outcome = run({u"report"_s, u"1"_s}, 0, {u"receipt"_s});
        QCOMPARE(outcome.events().size(), 1);
        QVERIFY(!outcome.event(u"receipt"_s)[u"receipt"_s][u"studies"_s].toArray().isEmpty());
        run({u"report"_s, u"1"_s, u"--format"_s, u"csv"_s}, 2, {u"error"_s});
        run({u"report"_s, u"1"_s, u"--format"_s, u"csv"_s, u"--output"_s, m_home.path(u"r.csv"_s)}, 0,
            {u"report-written"_s});
    }

    void destinationsAreEvents()
    {
        run({u"dest"_s, u"add"_s, u"PACS"_s, m_receiver.address()}, 0, {u"destination-added"_s});
        run({u"dest"_s, u"list"_s}, 0, {u"destination"_s});
        run({u"dest"_s, u"test"_s, u"PACS"_s}, 0, {u"step"_s, u"diagnosis"_s});
        run({u"dest"_s, u"export"_s}, 0, {u"destination"_s});
        run({u"dest"_s, u"export"_s, u"--format"_s, u"csv"_s}, 2, {u"error"_s});
        const auto file = m_home.path(u"d.csv"_s);
        run({u"dest"_s, u"export"_s, file}, 0, {u"destinations-exported"_s});
        run({u"dest"_s, u"remove"_s, u"PACS"_s}, 0, {u"destination-removed"_s});
        run({u"dest"_s, u"import"_s, file}, 0, {u"destinations-imported"_s});
    }

    void echoIsEvents() { run({u"echo"_s, m_receiver.address()}, 0, {u"step"_s, u"diagnosis"_s}); }

    void aSupportBundleIsAnEvent()
    {
        const auto file = m_home.path(u"support.zip"_s);
        const auto outcome = run({u"support-bundle"_s, file}, 0, {u"support-bundle-written"_s});
        QCOMPARE(outcome.event(u"support-bundle-written"_s)[u"bytes"_s].toInteger(), QFileInfo(file).size());
        run({u"support-bundle"_s, m_home.path(u"no/such/folder.zip"_s)}, 5, {u"error"_s});
    }

    void synthAndDemoAreEvents()
    {
        run({u"synth"_s, m_home.path(u"more"_s), u"--series"_s, u"tiny:1"_s}, 0, {u"made"_s});
        run({u"demo"_s, u"--no-storescp"_s}, 0,
            {u"made"_s, u"series"_s, u"step"_s, u"diagnosis"_s, u"job-started"_s, u"receipt"_s, u"compared"_s});
    }

    void whatFailsIsAnEvent()
    {
        const auto outcome = run({u"show"_s, u"999"_s}, 2, {u"error"_s});
        for (const auto& key : {u"code"_s, u"notDone"_s, u"next"_s, u"detail"_s}) {
            QVERIFY2(outcome.event(u"error"_s).contains(key), qPrintable(key));
        }
    }

private:
    static void check(const Outcome& outcome)
    {
        for (const auto& line : outcome.out.split('\n')) {
            if (line.isEmpty()) {
                continue;
            }
            const auto document = QJsonDocument::fromJson(line);
            QVERIFY2(document.isObject(), line.constData());
            const auto name = document[u"event"_s].toString();
            QVERIFY2(kEvents.contains(name), line.constData());
            for (const auto& key : kEvents.value(name)) {
                QVERIFY2(document.object().contains(key), qPrintable(key + u" in "_s + QString::fromUtf8(line)));
            }
        }
    }

    Outcome run(const QStringList& arguments, int code, const QStringList& events) const
    {
        const auto outcome = m_home.run(arguments + QStringList{u"--json"_s}, 120s);
        check(outcome);
        if (outcome.code != code) {
            QTest::qFail(qPrintable(arguments.join(u' ') + u": "_s + outcome.text()), __FILE__, __LINE__);
        }
        for (const auto& event : events) {
            if (outcome.event(event).isEmpty()) {
                QTest::qFail(qPrintable(event + u" is missing: "_s + outcome.text()), __FILE__, __LINE__);
            }
        }
        return outcome;
    }

    RadpostHome m_home;
    ReceiverProcess m_receiver;
    QString m_inbox;
    QString m_studies;
};

QTEST_GUILESS_MAIN(TestEvents)
#include "TestEvents.moc"
