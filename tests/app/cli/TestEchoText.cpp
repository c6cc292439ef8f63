#include "app/cli/EchoJson.h"
#include "app/cli/EchoText.h"
#include "app/common/ErrorText.h"
#include "app/common/Language.h"
#include "tests/support/FakeScp.h"
#include "tests/support/TestPki.h"
#include "tests/support/TlsServer.h"

#include <QJsonArray>
#include <QTest>

using namespace radpost;
using namespace radpost::cli;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using net::Doctor;
using net::DoctorReport;
using net::DoctorStep;
using net::StepState;

namespace {

const SopClassUid kCt{"1.2.840.10008.5.1.4.1.1.2"};
const SopClassUid kMr{"1.2.840.10008.5.1.4.1.1.4"};
const TransferSyntaxUid kExplicit{"1.2.840.10008.1.2.1"};
const TransferSyntaxUid kJpeg{"1.2.840.10008.1.2.4.50"};
const AeTitle kCalling{"RADPOST"};

config::Destination destination(quint16 port)
{
    config::Destination destination;
    destination.name = u"PACS"_s;
    destination.host = u"127.0.0.1"_s;
    destination.port = port;
    destination.calledAeTitle = {"FAKE"};
    return destination;
}

DoctorReport examine(const config::Destination& destination, const std::vector<engine::SeriesContext>& contexts = {})
{
    return engine::diagnose(destination, kCalling, contexts, {}, {}).value();
}

QString textOf(const DoctorReport& report, DoctorStep step)
{
    const auto* finding = report.finding(step);
    return (QStringList{stepLine(*finding, report)} + detailLines(*finding, report)).join(u'\n');
}

QJsonObject jsonOf(const DoctorReport& report, DoctorStep step)
{
    return toJson(*report.finding(step), report);
}

DoctorReport rejected(quint8 result, quint8 source, quint8 reason)
{
    const FakeScp scp([=](FakePeer& peer, int) {
        peer.readRequest();
        peer.reject(result, source, reason);
        peer.drain();
    });
    return examine(destination(scp.port()));
}

} // namespace

/// What people and programs read of an examination, against peers that are wrong on purpose.
class TestEchoText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_language.set(app::Language::English); }

    void aGoodCertificateIsShownWithItsFacts()
    {
        const TlsServer server(serverSettings({.commonName = u"pacs.example"_s, .ends = 365 * 24h}));
        const auto report = examine(tlsDestination(server.port()));
        const auto text = textOf(report, DoctorStep::Tls);
        QVERIFY2(text.startsWith(u"✔ TLSv1.3, certificate until "), qPrintable(text));
        const auto& own = report.tls.chain.front();
        for (const auto& part : {own.subject, own.issuer, own.sha256, u"localhost, 127.0.0.1"_s,
                 own.notAfter.date().toString(Qt::ISODate), u"did not ask for a certificate of ours"_s}) {
            QVERIFY2(text.contains(part), qPrintable(part + u'\n' + text));
        }
        const auto json = jsonOf(report, DoctorStep::Tls);
        QCOMPARE(json[u"state"_s].toString(), u"passed"_s);
        QCOMPARE(json[u"subject"_s].toString(), u"CN=pacs.example"_s);
        QCOMPARE(json[u"issuer"_s].toString(), own.issuer);
        QCOMPARE(json[u"sha256"_s].toString(), own.sha256);
        QCOMPARE(json[u"dnsNames"_s].toArray(), QJsonArray{u"localhost"_s});
        QCOMPARE(json[u"ipAddresses"_s].toArray(), QJsonArray{u"127.0.0.1"_s});
        QCOMPARE(json[u"problems"_s].toArray().size(), 0);
        QCOMPARE(json[u"clientCertificateRequested"_s].toBool(true), false);
        QCOMPARE(json[u"chain"_s].toArray().size(), qsizetype(report.tls.chain.size()));
        for (const auto* key : {"subject", "issuer", "notAfter", "sha256"}) {
            QVERIFY2(!json[u"chain"_s][0][QLatin1StringView(key)].toString().isEmpty(), key);
        }
        QVERIFY(!json.contains(u"warnings"_s));
    }

    void aWarningSaysWhyAndIsNoPass()
    {
        auto settings = serverSettings({.ends = Doctor::kExpiryNotice - 1h});
        settings.requireClientCertificate = true;
        const TlsServer server(settings);
        const auto report = examine(tlsDestination(server.port()));
        const auto text = textOf(report, DoctorStep::Tls);
        QVERIFY2(text.startsWith(u"⚠ warning: "), qPrintable(text));
        QVERIFY2(text.contains(u"A certificate ends on "), qPrintable(text));
        QVERIFY(text.contains(u"→ Ask the PACS administrator to renew it"));
        QVERIFY(text.contains(u"The destination asked for a certificate of ours, and none is set."));
        const auto json = jsonOf(report, DoctorStep::Tls);
        QCOMPARE(json[u"state"_s].toString(), u"warning"_s);
        const auto warnings = json[u"warnings"_s].toArray();
        QCOMPARE(warnings.size(), 2);
        QCOMPARE(warnings[0][u"name"_s].toString(), u"certificate-ends-soon"_s);
        QCOMPARE(warnings[1][u"name"_s].toString(), u"client-certificate-requested"_s);
        QVERIFY(!warnings[1][u"message"_s].toString().isEmpty() && !warnings[1][u"next"_s].toString().isEmpty());
        QCOMPARE(json[u"clientCertificateRequested"_s].toBool(), true);
        m_language.set(app::Language::Chinese);
        QVERIFY2(textOf(report, DoctorStep::Tls).startsWith(u"⚠ 警告："), qPrintable(textOf(report, DoctorStep::Tls)));
    }

    void eachFaultOfACertificateHasItsText_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("part");
        QTest::newRow("expired") << u"expired"_s << int(ErrorCode::TlsCertificateExpired) << u"has expired"_s;
        QTest::newRow("not yet valid") << u"future"_s << int(ErrorCode::TlsCertificateNotYetValid)
                                       << u"not valid yet"_s;
        QTest::newRow("wrong host") << u"host"_s << int(ErrorCode::TlsHostMismatch) << u"for another host name"_s;
        QTest::newRow("self-signed") << u"self"_s << int(ErrorCode::TlsSelfSigned) << u"self-signed"_s;
        QTest::newRow("untrusted") << u"other root"_s << int(ErrorCode::TlsUntrusted)
                                   << u"an authority that is not trusted here"_s;
    }

    void eachFaultOfACertificateHasItsText()
    {
        QFETCH(QString, fault);
        QFETCH(int, code);
        QFETCH(QString, part);
        TestPki::Wish wish;
        if (fault == u"expired") {
            wish.begins = -48h;
            wish.ends = -24h;
        } else if (fault == u"future") {
            wish.begins = 24h;
            wish.ends = 48h;
        } else if (fault == u"host") {
            wish.names = {u"DNS:elsewhere.example"_s};
        }
        wish.selfSigned = fault == u"self";
        const TlsServer server(serverSettings(wish));
        auto target = tlsDestination(server.port());
        const TestPki stranger;
        if (fault == u"other root") {
            target.tls.caFile = stranger.caFile();
        }
        const auto report = examine(target);
        const auto text = textOf(report, DoctorStep::Tls);
        QVERIFY2(text.startsWith(u"✖ TLS: "), qPrintable(text));
        QVERIFY2(text.section(u'\n', 0, 0).contains(part), qPrintable(text));
        QVERIFY2(text.contains(u"✖ Certificate "), qPrintable(text));
        QVERIFY2(text.contains(report.tls.chain.front().sha256), qPrintable(text));
        const auto json = jsonOf(report, DoctorStep::Tls);
        QCOMPARE(json[u"error"_s][u"code"_s].toInt(), code);
        QCOMPARE(json[u"problems"_s][0][u"code"_s].toInt(), code);
        QVERIFY(json[u"message"_s].toString().contains(part));
        QVERIFY(adviceLines(report, 200).join(u' ').contains(part));
    }

    void aMissingCertificateOfOursIsNamed()
    {
        auto settings = serverSettings({});
        settings.requireClientCertificate = true;
        const TlsServer server(settings);
        const auto report = examine(tlsDestination(server.port()));
        const auto text = textOf(report, DoctorStep::Association);
        QVERIFY2(text.contains(u"wants a certificate from us and got none"), qPrintable(text));
        QVERIFY(adviceLines(report, 200).join(u' ').contains(u"tls.certificate_file"));
    }

    void rejectionsAreInWords_data()
    {
        QTest::addColumn<int>("result");
        QTest::addColumn<int>("source");
        QTest::addColumn<int>("reason");
        QTest::addColumn<QString>("part");
        QTest::newRow("no reason") << 1 << 1 << 1 << u"gave no reason"_s;
        QTest::newRow("application context") << 1 << 1 << 2 << u"application context"_s;
        QTest::newRow("calling") << 1 << 1 << 3 << u"does not know our AE title"_s;
        QTest::newRow("called") << 1 << 1 << 7 << u"the AE title by which it was called"_s;
        QTest::newRow("provider, no reason") << 1 << 2 << 1 << u"network part"_s;
        QTest::newRow("protocol version") << 1 << 2 << 2 << u"version of the DICOM protocol"_s;
        QTest::newRow("congestion") << 2 << 3 << 1 << u"overloaded for the moment"_s;
        QTest::newRow("local limit") << 2 << 3 << 2 << u"as many associations as it allows"_s;
        QTest::newRow("reserved") << 1 << 1 << 5 << u"source 1, reason 5"_s;
    }

    void rejectionsAreInWords()
    {
        QFETCH(int, result);
        QFETCH(int, source);
        QFETCH(int, reason);
        QFETCH(QString, part);
        const auto report = rejected(quint8(result), quint8(source), quint8(reason));
        const auto text = textOf(report, DoctorStep::Association);
        QVERIFY2(text.contains(part), qPrintable(text));
        QVERIFY2(text.contains(result == 1 ? u"result 1 (permanent)" : u"result 2 (transient)"), qPrintable(text));
        const auto json = jsonOf(report, DoctorStep::Association);
        const auto rejection = json[u"rejection"_s];
        QCOMPARE(rejection[u"result"_s].toInt(), result);
        QCOMPARE(rejection[u"source"_s].toInt(), source);
        QCOMPARE(rejection[u"reason"_s].toInt(), reason);
        QVERIFY(rejection[u"reasonText"_s].toString().contains(part));
        QVERIFY(!rejection[u"resultText"_s].toString().isEmpty() && !rejection[u"sourceText"_s].toString().isEmpty());
        QVERIFY(json[u"message"_s].toString().contains(part));
        QVERIFY(adviceLines(report, 200).join(u' ').contains(part));
        const auto forAdministrator = administratorLines(destination(104), kCalling, report).join(u'\n');
        QVERIFY2(forAdministrator.contains(u"A-ASSOCIATE-RJ: result %1 ("_s.arg(result)), qPrintable(forAdministrator));
        QCOMPARE(forAdministrator.count(u"A-ASSOCIATE-RJ"), 1);
        QVERIFY2(forAdministrator.section(u"A-ASSOCIATE-RJ"_s, 1).contains(part), qPrintable(forAdministrator));
    }

    void anAbortIsInWords()
    {
        const FakeScp scp([](FakePeer& peer, int) {
            peer.readRequest();
            peer.abort(2, 4);
            peer.drain();
        });
        const auto report = examine(destination(scp.port()));
        const auto text = textOf(report, DoctorStep::Association);
        QVERIFY2(text.contains(u"did not recognise a parameter"), qPrintable(text));
        QVERIFY2(text.contains(u"A-ABORT: source 2 ("), qPrintable(text));
        const auto json = jsonOf(report, DoctorStep::Association);
        const auto abort = json[u"abort"_s];
        QCOMPARE(abort[u"source"_s].toInt(), 2);
        QCOMPARE(abort[u"reason"_s].toInt(), 4);
        QVERIFY(!abort[u"sourceText"_s].toString().isEmpty() && !abort[u"reasonText"_s].toString().isEmpty());
    }

    void contextsAreListedWithTheirVerdict()
    {
        const FakeScp scp([](FakePeer& peer, int) {
            peer.accept({.choose = [](const FakePeer::Context& context) {
                const bool isMr = context.abstractSyntax == kMr.value;
                const bool isJpeg = context.transferSyntaxes.front() == kJpeg.value;
                return std::pair(quint8(isMr ? 3 : isJpeg ? 4 : 0), context.transferSyntaxes.front());
            }});
            peer.serve();
        });
        const auto report =
            examine(destination(scp.port()), {{kCt, kExplicit, 1}, {kCt, kJpeg, 1}, {kMr, kExplicit, 1}});
        const auto json = jsonOf(report, DoctorStep::Contexts);
        const auto contexts = json[u"contexts"_s].toArray();
        QCOMPARE(contexts.size(), 3);
        QCOMPARE(contexts[0][u"verdict"_s].toString(), u"as-is"_s);
        QCOMPARE(contexts[0][u"sentAs"_s].toString(), kExplicit.toString());
        QCOMPARE(contexts[1][u"verdict"_s].toString(), u"converted"_s);
        QCOMPARE(contexts[2][u"verdict"_s].toString(), u"refused"_s);
        QCOMPARE(contexts[2][u"reason"_s].toString(), u"SopClassRefused"_s);
        QCOMPARE(contexts[2][u"sopClass"_s].toString(), u"MR Image Storage"_s);
        QVERIFY(!contexts[2][u"message"_s].toString().isEmpty());
        QCOMPARE(json[u"refused"_s].toInt(), 1);
        const auto text = textOf(report, DoctorStep::Contexts);
        QVERIFY2(text.contains(u"⚠ CT Image Storage, ") && text.contains(u"✖ MR Image Storage, "), qPrintable(text));

        const auto convertible = examine(destination(scp.port()), {{kCt, kJpeg, 1}});
        const auto warned = textOf(convertible, DoctorStep::Contexts);
        QVERIFY2(
            warned.startsWith(u"⚠ warning: ") && warned.contains(u"decompressed, without loss"), qPrintable(warned));
        QCOMPARE(jsonOf(convertible, DoctorStep::Contexts)[u"warnings"_s][0][u"name"_s].toString(), u"converted"_s);
    }

    void aPeerWithoutVerificationIsAWarningInWords()
    {
        const FakeScp scp([](FakePeer& peer, int) {
            peer.accept({.choose = [](const FakePeer::Context& context) {
                return std::pair(
                    quint8(context.abstractSyntax == "1.2.840.10008.1.1" ? 3 : 0), context.transferSyntaxes.front());
            }});
            peer.serve();
        });
        const auto report = examine(destination(scp.port()), {{kCt, kExplicit, 1}});
        QVERIFY2(textOf(report, DoctorStep::Echo).startsWith(u"⚠ warning: C-ECHO: "),
            qPrintable(textOf(report, DoctorStep::Echo)));
        const auto json = jsonOf(report, DoctorStep::Echo);
        QCOMPARE(json[u"state"_s].toString(), u"warning"_s);
        QCOMPARE(json[u"warnings"_s][0][u"name"_s].toString(), u"SopClassRefused"_s);
    }

    void whatWasNotTriedSaysSo()
    {
        const auto report = rejected(1, 1, 7);
        QCOMPARE(textOf(report, DoctorStep::Echo), u"– C-ECHO: not tried"_s);
        QCOMPARE(jsonOf(report, DoctorStep::Echo)[u"state"_s].toString(), u"skipped"_s);
    }

private:
    [[nodiscard]] net::TlsSettings serverSettings(const TestPki::Wish& wish)
    {
        const auto identity = m_pki.issue(wish);
        return {.caFile = m_pki.caFile(), .certificateFile = identity.certificateFile, .keyFile = identity.keyFile};
    }

    [[nodiscard]] config::Destination tlsDestination(quint16 port) const
    {
        auto result = destination(port);
        result.tls.mode = config::TlsMode::Bcp195;
        result.tls.caFile = m_pki.caFile();
        return result;
    }

    TestPki m_pki;
    app::LanguageSwitch m_language;
};

QTEST_GUILESS_MAIN(TestEchoText)
#include "TestEchoText.moc"
