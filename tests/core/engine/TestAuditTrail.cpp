#include "core/engine/AuditTrail.h"
#include "core/engine/SyslogSender.h"
#include "core/engine/TransferAudit.h"
#include "core/net/Listener.h"
#include "core/net/TlsSocket.h"
#include "core/observe/TransferMetrics.h"
#include "tests/support/LogWatch.h"
#include "tests/support/ManualClock.h"
#include "tests/support/PeerProcess.h"
#include "tests/support/SyslogReceiver.h"
#include "tests/support/TestPki.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <future>
#include <thread>

using namespace radpost;
using namespace radpost::engine;
using namespace radpost::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
namespace audit = observe::audit;

namespace {

constexpr int kLimit = 30'000;

/// A trail in a folder of its own.
class Fixture final
{
public:
    AuditTrailParams params;
    observe::MetricsRegistry registry;
    observe::TransferMetrics metrics{registry};

    Fixture()
    {
        params.dataFolder = m_folder.path();
        params.settings.isEnabled = true;
        params.settings.sourceId = u"gate"_s;
        params.aeTitle = u"RADPOST"_s;
        params.metrics = &metrics;
        params.firstDelay = 10ms;
        params.patience = 20ms;
    }

    [[nodiscard]] std::unique_ptr<AuditTrail> open() const
    {
        auto trail = AuditTrail::open(params);
        if (!trail) {
            qFatal("%s", qPrintable(trail.error().detail));
        }
        return *std::move(trail);
    }

    /// What the files hold.
    [[nodiscard]] QByteArray written() const
    {
        QByteArray all;
        const QDir folder(m_folder.filePath(u"audit"_s));
        for (const auto& name : folder.entryList({u"audit-*.log"_s})) {
            QFile file(folder.filePath(name));
            all += file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        }
        return all;
    }
    [[nodiscard]] QString folder() const { return m_folder.filePath(u"audit"_s); }
    [[nodiscard]] qint64 lines() const { return written().count('\n'); }

private:
    QTemporaryDir m_folder;
};

observe::AuditMessage someMessage(int number)
{
    audit::Query query;
    query.source = {u"AE%1"_s.arg(number), u"10.0.0.1"_s};
    query.destination = {u"RADPOST"_s, {}};
    query.sopClassUid = "1.2.840.10008.5.1.4.1.2.2.1";
    query.transferSyntaxUid = "1.2.840.10008.1.2";
    return audit::queried(query);
}

observe::AuditObject objectOf(const QString& name)
{
    observe::AuditObject object;
    object.id = u"1.2.3"_s;
    object.idType = {u"110180"_s, u"DCM"_s, u"Study Instance UID"_s};
    object.name = name;
    return object;
}

net::TlsSettings serverSettings(TestPki& pki)
{
    const auto identity = pki.issue({});
    net::TlsSettings settings;
    settings.caFile = pki.caFile();
    settings.certificateFile = identity.certificateFile;
    settings.keyFile = identity.keyFile;
    return settings;
}

} // namespace

class TestAuditTrail : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutAReceiverMessagesStayHere()
    {
        const Fixture fixture;
        const auto trail = fixture.open();
        trail->record(someMessage(1));
        trail->stop(0ms);
        const auto text = fixture.written();
        QCOMPARE(fixture.lines(), 3LL);
        QVERIFY(text.contains("csd-code=\"110120\"") && text.contains("csd-code=\"110121\""));
        QVERIFY(text.contains("AuditSourceID=\"gate\"") && text.contains("UserID=\"AE1\""));
        QCOMPARE(trail->undeliveredBytes(), 0LL);
    }

    void overUdpEveryMessageArrives()
    {
        const SyslogReceiver receiver;
        Fixture fixture;
        fixture.params.settings.receiver = u"udp://127.0.0.1:%1"_s.arg(receiver.port());
        const auto trail = fixture.open();
        for (int i = 0; i < 50; ++i) {
            trail->record(someMessage(i));
        }
        trail->stop(30s);
        QTRY_COMPARE_WITH_TIMEOUT(receiver.messages().size(), 52, kLimit);
        const auto first = receiver.messages().front();
        QVERIFY2(first.startsWith("<85>1 ") && first.contains(" DICOM+RFC3881 - \xEF\xBB\xBF<?xml"), first.constData());
        QCOMPARE(trail->undeliveredBytes(), 0LL);
        QCOMPARE(fixture.metrics.auditMessages.with({u"written"_s}).value(), 52ULL);
        QCOMPARE(fixture.metrics.auditMessages.with({u"delivered"_s}).value(), 52ULL);
    }

    void overTlsEveryMessageArrives()
    {
        TestPki pki;
        auto server = serverSettings(pki);
        server.requireClientCertificate = true;
        const auto client = pki.issue({});
        const SyslogReceiver receiver(server);
        Fixture fixture;
        fixture.params.settings.receiver = u"tls://localhost:%1"_s.arg(receiver.port());
        fixture.params.settings.caFile = pki.caFile();
        fixture.params.settings.certificateFile = client.certificateFile;
        fixture.params.settings.keyFile = client.keyFile;
        const auto trail = fixture.open();
        for (int i = 0; i < 1000; ++i) {
            trail->record(someMessage(i));
        }
        trail->stop(30s);
        QTRY_COMPARE_WITH_TIMEOUT(receiver.messages().size(), 1002, kLimit);
        QVERIFY(!receiver.hasSeenGarbage());
        QCOMPARE(receiver.connections(), 1);
    }

    void aReceiverThatIsNotTrustedGetsNothing()
    {
        TestPki ours;
        TestPki theirs;
        const SyslogReceiver receiver(serverSettings(theirs));
        Fixture fixture;
        fixture.params.settings.receiver = u"tls://localhost:%1"_s.arg(receiver.port());
        fixture.params.settings.caFile = ours.caFile();
        const auto trail = fixture.open();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.metrics.auditReceiverUp.value(), 0.0, kLimit);
        QVERIFY(receiver.messages().isEmpty());
        QVERIFY(trail->undeliveredBytes() > 0);
    }

    void connectionsThatBreakLoseNothing()
    {
        TestPki pki;
        SyslogReceiver receiver(serverSettings(pki));
        receiver.cutAfter(37);
        Fixture fixture;
        fixture.params.settings.receiver = u"tls://localhost:%1"_s.arg(receiver.port());
        fixture.params.settings.caFile = pki.caFile();
        const auto trail = fixture.open();
        for (int i = 0; i < 200; ++i) {
            trail->record(someMessage(i));
            if (i % 40 == 39) {
                const int before = receiver.connections();
                QTRY_VERIFY_WITH_TIMEOUT(receiver.connections() > before || receiver.distinctXml().size() >= i, kLimit);
            }
        }
        receiver.cutAfter(0);
        QTRY_COMPARE_WITH_TIMEOUT(receiver.distinctXml().size(), 201, kLimit);
        QTRY_COMPARE_WITH_TIMEOUT(trail->undeliveredBytes(), 0LL, kLimit);
        QVERIFY(receiver.connections() > 1);
    }

    // More than the systems' buffers of a receiver hold that reads nothing: what is left is never acknowledged.
    void whatIsNotAcknowledgedIsNotDelivered()
    {
#ifndef Q_OS_LINUX
        QSKIP("only there it is certain that the system tells");
#endif
        TestPki pki;
        const auto listener = net::Listener::open(u"127.0.0.1"_s, 0).value();
        const auto context = net::TlsContext::forServer(serverSettings(pki)).value();
        auto accepted = std::async(std::launch::async, [&] {
            return net::TlsSocket::accept(listener->accept(Deadline(30s), {}).value(), *context, Deadline(30s), {});
        });
        config::AuditSettings settings;
        settings.receiver = u"tls://localhost:%1"_s.arg(listener->port());
        settings.caFile = pki.caFile();
        const auto sender = makeSyslogSender(settings);
        QVERIFY(sender->open({}));
        auto receiver = accepted.get();
        QVERIFY(receiver);
        int tooLong = 0;
        const std::vector<QByteArray> messages(40, QByteArray(10'000, 'x'));
        QVERIFY(sender->send(messages, tooLong, {}));
        const auto confirmed = sender->confirm(10ms, {});
        QVERIFY(!confirmed);
        QCOMPARE(confirmed.error().code, ErrorCode::SendStalled);

        std::thread reading([&] {
            std::vector<std::byte> space(65'536);
            while ((*receiver)->read(space, Deadline(30s), {}).value_or(0) > 0) {
            }
        });
        const auto late = sender->confirm(500ms, {});
        sender->close();
        reading.join();
        QVERIFY(late);
    }

    void aReceiverThatIsDownMakesNoMessagesAndGetsAllLater_data()
    {
        QTest::addColumn<bool>("isTls");
        QTest::newRow("UDP") << false;
        QTest::newRow("TLS") << true;
    }

    void aReceiverThatIsDownMakesNoMessagesAndGetsAllLater()
    {
        QFETCH(bool, isTls);
        TestPki pki;
        const auto port = freePort();
        Fixture fixture;
        fixture.params.settings.receiver = (isTls ? u"tls://localhost:%1"_s : u"udp://127.0.0.1:%1"_s).arg(port);
        fixture.params.settings.caFile = pki.caFile();
        auto trail = fixture.open();
        for (int i = 0; i < 20; ++i) {
            trail->record(someMessage(i));
        }
        QTRY_COMPARE_WITH_TIMEOUT(fixture.metrics.auditReceiverUp.value(), 0.0, kLimit);
        QCOMPARE(fixture.lines(), 21LL);
        QElapsedTimer timer;
        timer.start();
        trail->stop(60s); // it does not answer: no reason to wait for it
        QVERIFY(timer.elapsed() < 30'000);
        trail.reset();
        QCOMPARE(fixture.lines(), 22LL);

        std::unique_ptr<SyslogReceiver> receiver;
        receiver = isTls ? std::make_unique<SyslogReceiver>(serverSettings(pki), port)
                         : std::make_unique<SyslogReceiver>(port);
        trail = fixture.open(); // a restart goes on where the last process ended
        QTRY_VERIFY_WITH_TIMEOUT(receiver->distinctXml().size() >= 23, kLimit);
        trail->stop(30s);
        QTRY_COMPARE_WITH_TIMEOUT(receiver->distinctXml().size(), 24, kLimit);
        QCOMPARE(fixture.metrics.auditReceiverUp.value(), 1.0);
        QCOMPARE(fixture.metrics.auditMessages.with({u"lost"_s}).value(), 0ULL);
    }

    void aTrailThatCannotBeReadIsSaidOnceAndTriedAgain()
    {
        const SyslogReceiver receiver;
        Fixture fixture;
        fixture.params.settings.receiver = u"udp://127.0.0.1:%1"_s.arg(receiver.port());
        const QString file = fixture.folder() + u"/audit-00000001.log"_s;
        const QString away = file + u".away"_s;
        const LogWatch unreadable(u"cannot be read, nothing is delivered"_s);
        const auto trail = fixture.open();
        QTRY_COMPARE_WITH_TIMEOUT(receiver.messages().size(), 1, kLimit);
        QVERIFY(QFile::rename(file, away) && QDir().mkdir(file)); // for root, too
        trail->record(someMessage(1));
        QTRY_COMPARE_WITH_TIMEOUT(unreadable.count(), 1, kLimit);
        QVERIFY(QDir().rmdir(file) && QFile::rename(away, file));
        QTRY_COMPARE_WITH_TIMEOUT(receiver.distinctXml().size(), 2, kLimit);
        QTRY_COMPARE_WITH_TIMEOUT(trail->undeliveredBytes(), 0LL, kLimit);
        QCOMPARE(unreadable.count(), 1);
    }

    void aTrailThatCannotBeReadHoldsUpNoEnd()
    {
        const SyslogReceiver receiver;
        Fixture fixture;
        fixture.params.settings.receiver = u"udp://127.0.0.1:%1"_s.arg(receiver.port());
        fixture.params.firstDelay = 1h;
        const QString file = fixture.folder() + u"/audit-00000001.log"_s;
        const LogWatch unreadable(u"cannot be read, nothing is delivered"_s);
        const auto trail = fixture.open();
        QTRY_COMPARE_WITH_TIMEOUT(receiver.messages().size(), 1, kLimit);
        QVERIFY(QFile::rename(file, file + u".away"_s) && QDir().mkdir(file));
        trail->record(someMessage(1));
        QTRY_COMPARE_WITH_TIMEOUT(unreadable.count(), 1, kLimit);
        QElapsedTimer timer;
        timer.start();
        trail->stop(60s);
        QVERIFY(timer.elapsed() < 30'000);
        QVERIFY(trail->undeliveredBytes() > 0);
    }

    void aMessageThatNoDatagramTakesHoldsUpNoOther()
    {
        const SyslogReceiver receiver;
        Fixture fixture;
        fixture.params.settings.receiver = u"udp://127.0.0.1:%1"_s.arg(receiver.port());
        const auto trail = fixture.open();
        auto large = someMessage(1);
        large.objects.fill(objectOf(QString(200, u'x')), 300);
        trail->record(large);
        trail->record(someMessage(2));
        trail->stop(30s);
        QTRY_COMPARE_WITH_TIMEOUT(receiver.messages().size(), 3, kLimit);
        QCOMPARE(trail->undeliveredBytes(), 0LL);
    }

    void aMessageThatIsTooLongIsWrittenWithoutItsObjects_data()
    {
        QTest::addColumn<bool>("isQuery");
        QTest::newRow("many objects") << false;
        QTest::newRow("a long query") << true;
    }

    void aMessageThatIsTooLongIsWrittenWithoutItsObjects()
    {
        QFETCH(bool, isQuery);
        const Fixture fixture;
        const auto trail = fixture.open();
        auto large = someMessage(1);
        large.outcomeDescription = u"A700"_s;
        if (isQuery) {
            large.objects.front().query = QByteArray(1 << 20, '\0');
        } else {
            large.objects.fill(objectOf(QString(200, u'x')), 3000);
        }
        trail->record(large);
        const auto text = fixture.written();
        QCOMPARE(fixture.lines(), 2LL);
        QVERIFY(text.contains("csd-code=\"110112\"") && text.contains("UserID=\"AE1\""));
        const QByteArray why = isQuery ? "with its objects (1). A700<" : "with its objects (3000). A700<";
        QVERIFY2(text.contains(why), text.constData());
        QVERIFY(!text.contains("ParticipantObjectIdentification"));
        QCOMPARE(fixture.metrics.auditMessages.with({u"failed"_s}).value(), 0ULL);
    }

    // Both as long as a data set can hold, each letter six bytes in the message.
    void textsThatAreTooLongKeepNoTransferOutOfTheTrail()
    {
        const Fixture fixture;
        const auto trail = fixture.open();
        {
            TransferAudit transfer(trail.get(), {u"CT3"_s, u"10.1.2.3"_s}, {u"RADPOST"_s, {}}, true);
            const QString quotes(4096, u'"');
            for (int i = 0; i < 100; ++i) {
                const QString number = QString::number(i);
                transfer.stored({quotes, quotes, number + quotes, number + quotes, "1.2.840.10008.5.1.4.1.1.2"});
            }
            for (int i = 0; i < 100; ++i) { // the number comes with the second instance
                transfer.stored({u"P2"_s, u"B"_s, u"1.2.%1"_s.arg(i), {}, "1.2.840.10008.5.1.4.1.1.2"});
                transfer.stored({u"P2"_s, u"B"_s, u"1.2.%1"_s.arg(i), quotes, "1.2.840.10008.5.1.4.1.1.2"});
            }
        }
        int told = 0;
        static const QRegularExpression number(u"NumberOfInstances=\"(\\d+)\""_s);
        for (auto found = number.globalMatch(QString::fromUtf8(fixture.written())); found.hasNext();) {
            told += found.next().captured(1).toInt();
        }
        QCOMPARE(told, 300);
        for (const auto& line : fixture.written().split('\n')) {
            QVERIFY2(line.size() < 32'768, qPrintable(QString::number(line.size())));
        }
        QCOMPARE(fixture.metrics.auditMessages.with({u"failed"_s}).value(), 0ULL);
    }

    void whoKnocksAllTheTimeIsWrittenOnceAMinute()
    {
        ManualClock clock;
        Fixture fixture;
        fixture.params.clock = &clock;
        const auto trail = fixture.open();
        const audit::Node stranger{u"EVIL"_s, u"10.9.9.9"_s};
        for (int i = 0; i < 1000; ++i) {
            trail->refused(stranger, audit::Alert::NodeAuthentication, u"not listed"_s);
        }
        QCOMPARE(fixture.lines(), 2LL);
        clock.advance(61s);
        trail->refused(stranger, audit::Alert::NodeAuthentication, u"not listed"_s);
        QCOMPARE(fixture.lines(), 4LL); // what was held back, and the new one
        QVERIFY(fixture.written().contains("not listed (999 times)"));
        QVERIFY(fixture.written().contains("EventOutcomeIndicator=\"4\""));
    }

    void madeUpNamesDoNotFillTheTrail()
    {
        ManualClock clock;
        Fixture fixture;
        fixture.params.clock = &clock;
        const auto trail = fixture.open();
        for (int i = 0; i < 2000; ++i) {
            const audit::Node stranger{u"AE%1"_s.arg(i), u"10.9.9.9"_s};
            trail->refused(stranger, audit::Alert::NodeAuthentication, u"not listed"_s);
        }
        QVERIFY2(fixture.lines() < 300, qPrintable(QString::number(fixture.lines())));
        trail->stop(0ms);
        QVERIFY(fixture.written().contains("not listed (1743 times)"));
    }

    void anAssociationIsToldByPatient()
    {
        const Fixture fixture;
        const auto trail = fixture.open();
        {
            TransferAudit transfer(trail.get(), {u"CT3"_s, u"10.1.2.3"_s}, {u"RADPOST"_s, {}}, true);
            for (int i = 0; i < 300; ++i) {
                transfer.stored({u"P1"_s, u"A"_s, u"1.2.3"_s, u"ACC"_s, "1.2.840.10008.5.1.4.1.1.2"});
            }
            transfer.stored({u"P2"_s, u"B"_s, u"1.2.4"_s, {}, "1.2.840.10008.5.1.4.1.1.2"});
            transfer.failed({u"P2"_s, u"B"_s, u"1.2.4"_s, {}, "1.2.840.10008.5.1.4.1.1.7"}, u"A700: disk full"_s);
        }
        const auto text = fixture.written();
        QCOMPARE(text.count("csd-code=\"110102\""), 2);
        QCOMPARE(text.count("csd-code=\"110104\""), 3);
        QVERIFY(text.contains("NumberOfInstances=\"300\""));
        QVERIFY(text.contains("<EventOutcomeDescription>A700: disk full</EventOutcomeDescription>"));
        QCOMPARE(text.count("EventOutcomeIndicator=\"8\""), 1);
    }

    void anAssociationWithoutEndIsToldInParts()
    {
        const Fixture fixture;
        const auto trail = fixture.open();
        TransferAudit transfer(trail.get(), {u"CT3"_s, u"10.1.2.3"_s}, {u"RADPOST"_s, {}}, true);
        for (int i = 0; i < 1000; ++i) {
            transfer.stored({u"P1"_s, u"A"_s, u"1.2.%1"_s.arg(i), {}, "1.2.840.10008.5.1.4.1.1.2"});
        }
        QVERIFY(fixture.written().count("csd-code=\"110104\"") >= 4);
        for (const auto& line : fixture.written().split('\n')) {
            QVERIFY2(line.size() < 32'768, qPrintable(QString::number(line.size())));
        }
        transfer.finish();
        QCOMPARE(fixture.written().count("NumberOfInstances=\"1\""), 1000);
    }

    void aTrailThatCannotBeWrittenIsSaid()
    {
        Fixture fixture;
        fixture.params.settings.folder = u"/proc/nowhere"_s;
        QVERIFY(!AuditTrail::open(fixture.params));
    }
};

QTEST_GUILESS_MAIN(TestAuditTrail)
#include "TestAuditTrail.moc"
