#include "core/observe/AuditEvents.h"
#include "core/observe/syslog.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace radpost;
using namespace radpost::observe;
using namespace Qt::StringLiterals;

namespace {

const Clock::WallTime kTime(std::chrono::milliseconds(1'735'787'045'678));

audit::Application ourselves()
{
    return {u"4711"_s, u"RADPOST"_s, u"gate.hospital.example"_s, u"root"_s};
}

audit::Transfer transfer()
{
    audit::Transfer made;
    made.source = {u"CT3"_s, u"10.1.2.3"_s};
    made.destination = {u"RADPOST"_s, u"10.1.2.4"_s};
    made.patient = {u"P<1>&\"2"_s, u"王^小东"_s,
        {{u"1.2.3"_s, u"A1"_s, {{"1.2.840.10008.5.1.4.1.1.2", 300}, {"1.2.840.10008.5.1.4.1.1.7", 2}}},
            {u"1.2.4"_s, {}, {}}}};
    return made;
}

AuditMessage finished(AuditMessage message)
{
    message.time = kTime;
    message.sourceId = u"gate"_s;
    return message;
}

/// Every kind there is, with success and failure.
QList<std::pair<QString, AuditMessage>> allMessages()
{
    using audit::Alert;
    const audit::Node stranger{u"EVIL"_s, u"10.9.9.9"_s};
    const audit::Query query{stranger, {u"RADPOST"_s, {}}, "1.2.840.10008.5.1.4.1.2.2.1", "1.2.840.10008.1.2",
        QByteArray::fromHex("0800200000000000")};
    QList<std::pair<QString, AuditMessage>> all{
        {u"start"_s, audit::applicationStarted(ourselves())},
        {u"stop"_s, audit::applicationStopped({u"1"_s, {}, {}, {}})},
        {u"begin"_s, audit::beginTransferring(transfer())},
        {u"transferred"_s, audit::instancesTransferred(transfer())},
        {u"not transferred"_s, audit::instancesTransferred(transfer(), AuditOutcome::SeriousFailure, u"disk\nfull"_s)},
        {u"query"_s, audit::queried(query)},
        {u"query refused"_s, audit::queried(query, AuditOutcome::MinorFailure, u"not allowed"_s)},
    };
    for (const auto alert : {Alert::NodeAuthentication, Alert::UseOfRestrictedFunction, Alert::SecurityConfiguration,
             Alert::AuditRecordingStarted, Alert::AuditRecordingStopped}) {
        const auto name = u"alert %1"_s.arg(static_cast<int>(alert));
        all.append({name, audit::securityAlert(alert, ourselves(), stranger, AuditOutcome::MinorFailure, u"why"_s)});
        all.append(
            {name + u" of nobody"_s, audit::securityAlert(alert, ourselves(), {}, AuditOutcome::Success, u"why"_s)});
    }
    for (auto& [name, message] : all) {
        message = finished(message);
    }
    return all;
}

/// What xmllint says against it; empty when it is valid.
QString faultOf(const QByteArray& xml)
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"message.xml"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(xml) != xml.size()) {
        return u"not written"_s;
    }
    file.close();
    const QString schema = qEnvironmentVariable("RADPOST_SOURCE_DIR") + u"/tests/data/audit/audit-message.rng"_s;
    QProcess lint;
    lint.setProcessChannelMode(QProcess::MergedChannels);
    lint.start(u"xmllint"_s, {u"--noout"_s, u"--relaxng"_s, schema, file.fileName()});
    const bool isDone = lint.waitForFinished();
    return isDone && lint.exitCode() == 0 ? QString() : QString::fromUtf8(lint.readAll()) + u'!';
}

} // namespace

class TestAuditMessage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyMessageFollowsTheSchema()
    {
        if (QStandardPaths::findExecutable(u"xmllint"_s).isEmpty()) {
            QSKIP("xmllint (libxml2-utils) is not installed");
        }
        for (const auto& [name, message] : allMessages()) {
            const auto fault = faultOf(toXml(message));
            QVERIFY2(fault.isEmpty(), qPrintable(name + u": "_s + fault));
        }
        auto wrong = finished(audit::applicationStarted(ourselves()));
        wrong.participants.clear();
        QVERIFY(!faultOf(toXml(wrong)).isEmpty()); // the schema is read at all
    }

    void everyMessageIsOneLineOfXml()
    {
        for (const auto& [name, message] : allMessages()) {
            const auto xml = toXml(message);
            QVERIFY2(!xml.contains('\n'), qPrintable(name));
            QXmlStreamReader reader(xml);
            while (!reader.atEnd()) {
                reader.readNext();
            }
            QVERIFY2(!reader.hasError(), qPrintable(name + reader.errorString()));
        }
    }

    void theApplicationStartIsAsTheStandardHasIt()
    {
        const auto xml = toXml(finished(audit::applicationStarted(ourselves())));
        QCOMPARE(xml,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><AuditMessage>"
            "<EventIdentification EventActionCode=\"E\" EventDateTime=\"2025-01-02T03:04:05.678Z\" "
            "EventOutcomeIndicator=\"0\"><EventID csd-code=\"110100\" codeSystemName=\"DCM\" "
            "originalText=\"Application Activity\"/><EventTypeCode csd-code=\"110120\" codeSystemName=\"DCM\" "
            "originalText=\"Application Start\"/></EventIdentification>"
            "<ActiveParticipant UserID=\"4711\" AlternativeUserID=\"AETITLES=RADPOST\" UserIsRequestor=\"false\" "
            "NetworkAccessPointID=\"gate.hospital.example\" NetworkAccessPointTypeCode=\"1\"><RoleIDCode "
            "csd-code=\"110150\" codeSystemName=\"DCM\" originalText=\"Application\"/></ActiveParticipant>"
            "<ActiveParticipant UserID=\"root\" UserIsRequestor=\"true\"><RoleIDCode csd-code=\"110151\" "
            "codeSystemName=\"DCM\" originalText=\"Application Launcher\"/></ActiveParticipant>"
            "<AuditSourceIdentification AuditSourceID=\"gate\"><AuditSourceTypeCode csd-code=\"4\"/>"
            "</AuditSourceIdentification></AuditMessage>"_ba);
    }

    void aTransferNamesBothSidesStudiesAndPatient()
    {
        const auto xml = toXml(finished(audit::instancesTransferred(transfer())));
        QVERIFY(xml.contains("EventActionCode=\"C\""));
        QVERIFY(xml.contains("<EventID csd-code=\"110104\""));
        QVERIFY(xml.contains("UserID=\"CT3\" AlternativeUserID=\"AETITLES=CT3\" UserIsRequestor=\"true\" "
                             "NetworkAccessPointID=\"10.1.2.3\" NetworkAccessPointTypeCode=\"2\""));
        QVERIFY(xml.contains("<SOPClass UID=\"1.2.840.10008.5.1.4.1.1.2\" NumberOfInstances=\"300\"/>"));
        QVERIFY(xml.contains("<Accession Number=\"A1\"/>"));
        QVERIFY(xml.contains("ParticipantObjectID=\"P&lt;1&gt;&amp;&quot;2\" ParticipantObjectTypeCode=\"1\""));
        QVERIFY(xml.contains("<ParticipantObjectName>王^小东</ParticipantObjectName>"));
    }

    void aNameIsNoAddress()
    {
        const auto typeOf = [](const QString& address) {
            auto made = transfer();
            made.source.address = address;
            return static_cast<int>(audit::beginTransferring(made).participants[0].networkAddressType);
        };
        QCOMPARE(typeOf(u"10.1.2.3"_s), 2);
        QCOMPARE(typeOf(u"fe80::1"_s), 2);
        QCOMPARE(typeOf(u"pacs1"_s), 1);
        QCOMPARE(typeOf(u"pacs.hospital.example"_s), 1);
    }

    void aFailureHasItsIndicatorAndReason()
    {
        const auto xml =
            toXml(finished(audit::instancesTransferred(transfer(), AuditOutcome::SeriousFailure, u"disk\nfull"_s)));
        QVERIFY(xml.contains("EventOutcomeIndicator=\"8\""));
        QVERIFY(xml.contains("<EventOutcomeDescription>disk full</EventOutcomeDescription>"));
    }

    void whatAPeerCallsItselfCannotBreakAMessage_data()
    {
        QTest::addColumn<QString>("title");
        QTest::newRow("markup") << u"\"/><x>&]]>"_s;
        QTest::newRow("control characters") << u"A\x01\x1b[2J\n\r\tB"_s;
        QTest::newRow("nul") << QString(u"A"_s + QChar(0) + u'B');
        QTest::newRow("half a pair") << QString(QString(QChar(0xD800)) + u"x"_s + QChar(0xDC00));
        QTest::newRow("no character") << QString(QString(QChar(0xFFFE)) + QChar(0xFFFF));
    }

    void whatAPeerCallsItselfCannotBreakAMessage()
    {
        QFETCH(QString, title);
        const auto xml = toXml(finished(audit::securityAlert(
            audit::Alert::NodeAuthentication, ourselves(), {title, u"10.9.9.9"_s}, AuditOutcome::MinorFailure, title)));
        QVERIFY(!xml.contains('\n'));
        QXmlStreamReader reader(xml);
        int participants = 0;
        while (!reader.atEnd()) {
            reader.readNext();
            participants += reader.isStartElement() && reader.name() == u"ActiveParticipant" ? 1 : 0;
            QVERIFY(reader.name() != u"x");
        }
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
        QCOMPARE(participants, 2);
    }

    void aTextThatIsTooLongIsCut_data()
    {
        const QString pair = QString::fromUtf8("\xF0\xA0\xAE\xB7");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("written");
        QTest::newRow("as long as it may be") << QString(256, u'x') << QString(256, u'x');
        QTest::newRow("one more") << QString(257, u'x') << QString(QString(255, u'x') + u'…');
        QTest::newRow("a pair at the end")
            << QString(QString(254, u'x') + pair + pair) << QString(QString(254, u'x') + u'…');
        QTest::newRow("a pair before it")
            << QString(QString(253, u'x') + pair + pair) << QString(QString(253, u'x') + pair + u'…');
    }

    void aTextThatIsTooLongIsCut()
    {
        QFETCH(QString, text);
        QFETCH(QString, written);
        auto made = transfer();
        made.patient.name = text;
        const auto xml = toXml(finished(audit::beginTransferring(made)));
        const QString element = u"<ParticipantObjectName>"_s + written + u"</ParticipantObjectName>"_s;
        QVERIFY2(xml.contains(element.toUtf8()), xml.constData());
    }

    void aDetailThatIsTooLongIsCut()
    {
        const auto xml = toXml(finished(audit::securityAlert(audit::Alert::NodeAuthentication, ourselves(),
            {u"EVIL"_s, u"10.9.9.9"_s}, AuditOutcome::MinorFailure, QString(1'000'000, u'x'))));
        QVERIFY2(xml.size() < 8'192, qPrintable(QString::number(xml.size())));
        const QByteArray value = "value=\"" + QByteArray(1024, 'x').toBase64() + '"';
        QVERIFY(xml.contains(value));
    }

    void aQueryThatIsTooLongIsCutAndSaysSo_data()
    {
        QTest::addColumn<qsizetype>("size");
        QTest::addColumn<QByteArray>("cut");
        QTest::newRow("as long as it may be") << audit::kLongestAuditQuery << QByteArray();
        QTest::newRow("one more") << audit::kLongestAuditQuery + 1 << QByteArray("32768 of 32769 bytes");
        QTest::newRow("as long as a request can be") << qsizetype(1 << 20) << QByteArray("32768 of 1048576 bytes");
    }

    void aQueryThatIsTooLongIsCutAndSaysSo()
    {
        QFETCH(qsizetype, size);
        QFETCH(QByteArray, cut);
        const QByteArray identifier(size, '\0');
        const audit::Query query{
            {u"CT3"_s, u"10.1.2.3"_s}, {u"RADPOST"_s, {}}, "1.2.840.10008.5.1.4.1.2.2.1", "1.2", identifier};
        const auto xml = toXml(finished(audit::queried(query)));
        QVERIFY2(xml.size() < 65'507, qPrintable(QString::number(xml.size())));
        const QByteArray written = '>' + identifier.left(audit::kLongestAuditQuery).toBase64() + '<';
        QVERIFY(xml.contains(written));
        QCOMPARE(xml.contains("type=\"QueryCut\""), !cut.isEmpty());
        QVERIFY(xml.contains(cut.toBase64()));
    }

    void aSyslogMessageHasTheHeaderOfTheProfile()
    {
        const SyslogOrigin origin{"gate way\x01", "radpost", "4711"};
        QCOMPARE(syslogMessage(origin, kTime, "<a/>"),
            "<85>1 2025-01-02T03:04:05.678Z gateway radpost 4711 DICOM+RFC3881 - \xEF\xBB\xBF<a/>"_ba);
        QVERIFY(syslogMessage({}, kTime, "<a/>").contains("Z - radpost - DICOM"));
        QCOMPARE(octetCounted("<85>1 …"), "9 <85>1 …"_ba);
    }
};

QTEST_GUILESS_MAIN(TestAuditMessage)
#include "TestAuditMessage.moc"
