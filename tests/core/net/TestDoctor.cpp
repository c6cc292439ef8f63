#include "core/net/Doctor.h"
#include "tests/support/FakeScp.h"
#include "tests/support/PeerProcess.h"
#include "tests/support/TestPki.h"
#include "tests/support/TlsServer.h"

#include <QTest>

using namespace radpost;
using namespace radpost::net;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const SopClassUid kCt{"1.2.840.10008.5.1.4.1.1.2"};
const SopClassUid kMr{"1.2.840.10008.5.1.4.1.1.4"};
const TransferSyntaxUid kExplicit{"1.2.840.10008.1.2.1"};
const TransferSyntaxUid kJpeg{"1.2.840.10008.1.2.4.50"};
const QByteArray kVerification{"1.2.840.10008.1.1"};

using Kind = ContextChoice::Kind;

DoctorTarget target(quint16 port, std::vector<ContextNeed> needs = {})
{
    DoctorTarget target;
    target.host = u"127.0.0.1"_s;
    target.port = port;
    target.calledAeTitle = "FAKE";
    target.callingAeTitle = "RADPOST";
    target.needs = std::move(needs);
    target.timeouts.association = target.timeouts.response = target.timeouts.release = 20s;
    target.timeouts.tlsHandshake = 20s;
    return target;
}

void serve(FakePeer& peer, int)
{
    peer.accept();
    peer.serve();
}

DoctorReport examine(const DoctorTarget& target)
{
    return Doctor(target).examine({});
}

StepState state(const DoctorReport& report, DoctorStep step)
{
    return report.finding(step)->state;
}

ErrorCode failure(const DoctorReport& report, DoctorStep step)
{
    const DoctorFinding* failed = report.firstFailure();
    return failed != nullptr && failed->step == step ? failed->error->code : ErrorCode::Internal;
}

} // namespace

class TestDoctor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aHealthyPeerPassesEveryStep();
    void findingsComeLiveAndInOrder();
    void anUnknownHostStopsAtTheFirstStep();
    void aClosedPortStopsAtConnect();
    void aRejectionKeepsItsNumbers();
    void anAbortKeepsItsNumbers();
    void contextsTellAsIsFromConvertFromRefused();
    void nothingAcceptedIsItsOwnError();
    void moreNeedsThanContextsAreAskedOnSeveralAssociations();
    void aPeerWithoutVerificationIsAWarning();
    void aFailingEchoIsAFailure();
    void cancelSkipsTheRest();
    void aPeerWithoutTlsStopsAtTls();
    void anExpiredCertificateIsShownWithItsFacts();
    void aCertificateThatEndsSoonIsAWarning();
    void aMissingClientCertificateIsForetoldAndThenNamed();
    void unusableTlsFilesStopAtTls();

private:
    [[nodiscard]] TlsSettings serverSettings(const TestPki::Wish& wish)
    {
        const auto identity = m_pki.issue(wish);
        return {.caFile = m_pki.caFile(), .certificateFile = identity.certificateFile, .keyFile = identity.keyFile};
    }
    [[nodiscard]] DoctorTarget tlsTarget(quint16 port) const
    {
        DoctorTarget result = target(port);
        result.tls = TlsSettings{.caFile = m_pki.caFile()};
        return result;
    }

    TestPki m_pki;
};

void TestDoctor::aHealthyPeerPassesEveryStep()
{
    const FakeScp scp(serve);
    const DoctorReport report = examine(target(scp.port(), {{kCt, kExplicit}}));
    QCOMPARE(report.findings.size(), std::size_t(6));
    QVERIFY(report.firstFailure() == nullptr);
    QCOMPARE(state(report, DoctorStep::Tls), StepState::Skipped); // not asked for
    QCOMPARE(state(report, DoctorStep::Contexts), StepState::Passed);
    QCOMPARE(report.addresses, QStringList{u"127.0.0.1:%1"_s.arg(scp.port())});
    QCOMPARE(report.peerAddress, report.addresses.front());
    QCOMPARE(report.peerImplementation, u"FAKE"_s);
    QCOMPARE(report.peerMaxPdu, 16384U);
    QCOMPARE(report.roundTrips.size(), std::size_t(5));
    QVERIFY(report.shortestRoundTrip() > 0us);
    QVERIFY(report.shortestRoundTrip() <= report.medianRoundTrip());
    QCOMPARE(report.contexts.front().choice.kind, Kind::AsIs);
}

void TestDoctor::findingsComeLiveAndInOrder()
{
    const FakeScp scp(serve);
    std::vector<DoctorStep> steps;
    const auto report = Doctor(target(scp.port()), [&steps](const DoctorFinding& finding, const DoctorReport& soFar) {
        steps.push_back(finding.step);
        QCOMPARE(soFar.findings.size(), steps.size());
    }).examine({});
    QCOMPARE(steps,
        (std::vector{DoctorStep::Resolve, DoctorStep::Connect, DoctorStep::Tls, DoctorStep::Association,
            DoctorStep::Echo, DoctorStep::Contexts}));
    QCOMPARE(state(report, DoctorStep::Contexts), StepState::Skipped); // nothing needed
}

void TestDoctor::anUnknownHostStopsAtTheFirstStep()
{
    DoctorTarget unknown = target(104);
    unknown.host = u"no-such-host.invalid"_s; // RFC 6761: never resolves
    const DoctorReport report = examine(unknown);
    QCOMPARE(failure(report, DoctorStep::Resolve), ErrorCode::HostNotFound);
    for (const DoctorStep step : {DoctorStep::Connect, DoctorStep::Tls, DoctorStep::Association, DoctorStep::Echo}) {
        QCOMPARE(state(report, step), StepState::Skipped);
    }
}

void TestDoctor::aClosedPortStopsAtConnect()
{
    const DoctorReport report = examine(target(freePort()));
    QCOMPARE(failure(report, DoctorStep::Connect), ErrorCode::ConnectRefused);
    QCOMPARE(state(report, DoctorStep::Resolve), StepState::Passed);
    QCOMPARE(state(report, DoctorStep::Association), StepState::Skipped);
}

void TestDoctor::aRejectionKeepsItsNumbers()
{
    const FakeScp scp([](FakePeer& peer, int) {
        peer.readRequest();
        peer.reject(1, 1, 7);
        peer.drain();
    });
    const DoctorReport report = examine(target(scp.port()));
    QCOMPARE(failure(report, DoctorStep::Association), ErrorCode::CalledAeNotRecognised);
    QCOMPARE(report.rejection, (AssociateRj{1, 1, 7}));
}

void TestDoctor::anAbortKeepsItsNumbers()
{
    const FakeScp scp([](FakePeer& peer, int) {
        peer.readRequest();
        peer.abort(2, 4);
        peer.drain();
    });
    const DoctorReport report = examine(target(scp.port()));
    QCOMPARE(failure(report, DoctorStep::Association), ErrorCode::PeerAborted);
    QCOMPARE(report.abort, (Abort{2, 4}));
}

void TestDoctor::contextsTellAsIsFromConvertFromRefused()
{
    const FakeScp scp([](FakePeer& peer, int) {
        peer.accept({.choose = [](const FakePeer::Context& context) {
            const bool isMr = context.abstractSyntax == kMr.value;
            const bool isJpeg = context.transferSyntaxes.front() == kJpeg.value;
            return std::pair(quint8(isMr ? 3 : isJpeg ? 4 : 0), context.transferSyntaxes.front());
        }});
        peer.serve();
    });
    const DoctorReport report = examine(target(scp.port(), {{kCt, kExplicit}, {kCt, kJpeg}, {kMr, kJpeg}}));
    QCOMPARE(report.contexts.size(), std::size_t(3));
    QCOMPARE(report.contexts[0].choice.kind, Kind::AsIs);
    QCOMPARE(report.contexts[1].choice.kind, Kind::Convert);
    QCOMPARE(report.contexts[2].choice.kind, Kind::Refused);
    QCOMPARE(failure(report, DoctorStep::Contexts), ErrorCode::SopClassRefused);
    QCOMPARE(state(report, DoctorStep::Echo), StepState::Passed);

    const DoctorReport convertible = examine(target(scp.port(), {{kCt, kJpeg}}));
    QCOMPARE(state(convertible, DoctorStep::Contexts), StepState::Warning);
}

void TestDoctor::nothingAcceptedIsItsOwnError()
{
    const FakeScp scp([](FakePeer& peer, int) {
        peer.accept({.choose = [](const FakePeer::Context& context) {
            return std::pair(quint8(context.abstractSyntax == kVerification ? 0 : 3), context.transferSyntaxes.front());
        }});
        peer.serve();
    });
    const DoctorReport report = examine(target(scp.port(), {{kCt, kExplicit}, {kMr, kJpeg}}));
    QCOMPARE(failure(report, DoctorStep::Contexts), ErrorCode::NoAcceptedContext);
}

void TestDoctor::moreNeedsThanContextsAreAskedOnSeveralAssociations()
{
    const FakeScp scp(serve);
    std::vector<ContextNeed> needs;
    for (int i = 0; i < 100; ++i) {
        needs.push_back({SopClassUid{"1.2.3." + QByteArray::number(i)}, kJpeg});
    }
    const DoctorReport report = examine(target(scp.port(), needs));
    QVERIFY(report.firstFailure() == nullptr);
    QCOMPARE(report.contexts.size(), needs.size());
    QCOMPARE(scp.connections(), 2);
    QVERIFY(std::all_of(report.contexts.begin(), report.contexts.end(),
        [](const DoctorContext& context) { return context.choice.kind == Kind::AsIs; }));
}

void TestDoctor::aPeerWithoutVerificationIsAWarning()
{
    const FakeScp scp([](FakePeer& peer, int) {
        peer.accept({.choose = [](const FakePeer::Context& context) {
            return std::pair(quint8(context.abstractSyntax == kVerification ? 3 : 0), context.transferSyntaxes.front());
        }});
        peer.serve();
    });
    const DoctorReport report = examine(target(scp.port(), {{kCt, kExplicit}}));
    QVERIFY(report.firstFailure() == nullptr);
    QCOMPARE(state(report, DoctorStep::Echo), StepState::Warning);
    QCOMPARE(report.finding(DoctorStep::Echo)->error->code, ErrorCode::SopClassRefused);
    QCOMPARE(report.medianRoundTrip(), 0us);
}

void TestDoctor::aFailingEchoIsAFailure()
{
    const FakeScp scp([](FakePeer& peer, int) {
        peer.accept();
        peer.respond(peer.readMessage().value());
        peer.readMessage();
        peer.abort();
        peer.drain();
    });
    const DoctorReport report = examine(target(scp.port()));
    QCOMPARE(failure(report, DoctorStep::Echo), ErrorCode::PeerAborted);
    QVERIFY(report.abort.has_value());
    QCOMPARE(report.roundTrips.size(), std::size_t(1));
}

void TestDoctor::cancelSkipsTheRest()
{
    const FakeScp scp([](FakePeer& peer, int) { peer.hold(); });
    CancelSource source;
    DoctorTarget patient = target(scp.port());
    patient.timeouts.association = 60s;
    const auto cancelAtConnect = [&source](const DoctorFinding& finding, const DoctorReport&) {
        if (finding.step == DoctorStep::Tls) {
            source.cancel();
        }
    };
    const DoctorReport report = Doctor(patient, cancelAtConnect).examine(source.token());
    QCOMPARE(failure(report, DoctorStep::Association), ErrorCode::Cancelled);
    QCOMPARE(state(report, DoctorStep::Echo), StepState::Skipped);
}

void TestDoctor::aPeerWithoutTlsStopsAtTls()
{
    const FakeScp scp([](FakePeer& peer, int) {
        peer.hears(5s);
        peer.abort(2, 1);
        peer.drain();
    });
    const DoctorReport report = examine(tlsTarget(scp.port()));
    QCOMPARE(failure(report, DoctorStep::Tls), ErrorCode::TlsPeerNotTls);
    QCOMPARE(state(report, DoctorStep::Association), StepState::Skipped);
}

void TestDoctor::anExpiredCertificateIsShownWithItsFacts()
{
    const TlsServer server(serverSettings({.commonName = u"old-pacs"_s, .begins = -48h, .ends = -24h}));
    const DoctorReport report = examine(tlsTarget(server.port()));
    QCOMPARE(failure(report, DoctorStep::Tls), ErrorCode::TlsCertificateExpired);
    QCOMPARE(report.tls.chain.front().subject, u"CN=old-pacs"_s);
    QVERIFY(report.tls.chain.front().notAfter < QDateTime::currentDateTimeUtc());
}

void TestDoctor::aCertificateThatEndsSoonIsAWarning()
{
    const TlsServer soon(serverSettings({.ends = Doctor::kExpiryNotice - 1h}));
    const DoctorReport warned = examine(tlsTarget(soon.port()));
    QCOMPARE(state(warned, DoctorStep::Tls), StepState::Warning);
    QVERIFY(warned.certificateEndsSoon && !warned.lacksOurCertificate);
    QCOMPARE(warned.tls.protocol, u"TLSv1.3"_s);
    const TlsServer later(serverSettings({.ends = Doctor::kExpiryNotice + 1h}));
    QCOMPARE(state(examine(tlsTarget(later.port())), DoctorStep::Tls), StepState::Passed);
}

void TestDoctor::aMissingClientCertificateIsForetoldAndThenNamed()
{
    TlsSettings settings = serverSettings({.ends = Doctor::kExpiryNotice + 1h});
    settings.requireClientCertificate = true;
    const TlsServer server(settings);
    const DoctorReport report = examine(tlsTarget(server.port()));
    QCOMPARE(state(report, DoctorStep::Tls), StepState::Warning);
    QVERIFY(!report.certificateEndsSoon && report.lacksOurCertificate);
    QCOMPARE(failure(report, DoctorStep::Association), ErrorCode::TlsClientCertificateRequired);
}

void TestDoctor::unusableTlsFilesStopAtTls()
{
    const FakeScp scp(serve);
    DoctorTarget broken = target(scp.port());
    broken.tls = TlsSettings{.caFile = u"/nowhere/ca.pem"_s};
    QCOMPARE(failure(examine(broken), DoctorStep::Tls), ErrorCode::TlsConfiguration);
}

QTEST_GUILESS_MAIN(TestDoctor)
#include "TestDoctor.moc"
