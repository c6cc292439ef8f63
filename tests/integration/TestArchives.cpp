#include "core/dicom/SyntheticStudy.h"
#include "core/net/ContextPlan.h"
#include "core/net/EchoScu.h"
#include "core/net/Socket.h"
#include "core/net/StoreScu.h"
#include "core/net/implementation.h"
#include "tests/integration/PeerReceiver.h"
#include "tests/support/PeerProcess.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <tuple>

using namespace radpost;
using namespace radpost::net;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using DataSets = std::map<QByteArray, QByteArray>; ///< by SOP Instance UID

DataSets dataSetsOf(const std::vector<Sample>& samples)
{
    DataSets sets;
    for (const Sample& sample : samples) {
        sets[sample.header.sopInstanceUid.value] = sample.dataSet();
    }
    return sets;
}

/// The instances that are not in both, or not with the same bytes.
QByteArrayList unlike(const std::vector<Sample>& received, const std::vector<Sample>& sent)
{
    const DataSets first = dataSetsOf(received);
    const DataSets second = dataSetsOf(sent);
    DataSets different;
    std::set_symmetric_difference(
        first.begin(), first.end(), second.begin(), second.end(), std::inserter(different, different.end()));
    QByteArrayList uids;
    for (const auto& [uid, dataSet] : different) {
        uids.append(uid);
    }
    return uids;
}

void writeFile(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
        qFatal("cannot write %s", qPrintable(path));
    }
}

QByteArray readFile(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// What the server answers: head and body, empty when it gave none.
QByteArray post(quint16 port, const QByteArray& path, const QByteArray& body)
{
    const auto socket = Socket::connect(u"127.0.0.1"_s, port, Deadline(30s), {});
    const QByteArray request = "POST " + path +
        " HTTP/1.0\r\nHost: localhost\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    const std::array<ConstBytes, 1> parts{net::asBytes(request)};
    if (!socket || !(*socket)->write(parts, 30s, {})) {
        return {};
    }
    QByteArray answer;
    Bytes buffer(64 * 1024);
    for (;;) {
        const auto got = (*socket)->read(buffer, Deadline(60s), {});
        if (!got || *got == 0) {
            return answer;
        }
        answer += toByteArray(ConstBytes(buffer).first(*got));
    }
}

bool isOk(const QByteArray& answer)
{
    return answer.startsWith("HTTP/1.") && answer.mid(8, 5).trimmed().startsWith("200");
}

/// An Orthanc with an empty database that knows our receiver as the modality "radpost".
class Orthanc final
{
public:
    [[nodiscard]] bool start(const QString& receiverPort)
    {
        writeFile(m_folder.filePath(u"orthanc.json"_s),
            R"({"StorageDirectory":"%1/db","IndexDirectory":"%1/db",
            "DicomPort":%2,"HttpPort":%3,"RemoteAccessAllowed":false,"AuthenticationEnabled":false,
            "DicomAet":"ORTHANC","DicomCheckCalledAet":false,"Plugins":[],
            "DicomModalities":{"radpost":["RADPOST","127.0.0.1",%4]}})"_ba
                .replace("%1", QFile::encodeName(m_folder.path()))
                .replace("%2", QByteArray::number(m_dicomPort))
                .replace("%3", QByteArray::number(m_httpPort))
                .replace("%4", receiverPort.toLatin1()));
        return m_process.startServer(u"/usr/sbin/Orthanc"_s, {m_folder.filePath(u"orthanc.json"_s)}, m_dicomPort) &&
            m_process.awaitOutput("Orthanc has started");
    }

    [[nodiscard]] quint16 dicomPort() const { return m_dicomPort; }
    [[nodiscard]] QByteArray post(const QByteArray& path, const QByteArray& body) const
    {
        return ::post(m_httpPort, path, body);
    }
    [[nodiscard]] QByteArray output() { return m_process.output(); }

private:
    QTemporaryDir m_folder;
    const quint16 m_dicomPort = freePort();
    const quint16 m_httpPort = freePort();
    PeerProcess m_process;
};

/// DCMTK's archive, which moves to our receiver by the AE title RADPOST.
class Dcmqrscp final
{
public:
    [[nodiscard]] bool start(const QString& receiverPort, const QStringList& options = {})
    {
        const auto configuration = m_folder.filePath(u"dcmqrscp.cfg"_s);
        writeFile(configuration,
            "NetworkTCPPort = %1\nMaxPDUSize = 16384\nMaxAssociations = 16\n"
            "HostTable BEGIN\nradpost = (RADPOST, localhost, %3)\nHostTable END\n"
            "VendorTable BEGIN\nVendorTable END\n"
            "AETable BEGIN\nARCHIVE %2 RW (500, 1024mb) ANY\nAETable END\n"_ba.replace("%1", QByteArray::number(m_port))
                .replace("%2", QFile::encodeName(storage()))
                .replace("%3", receiverPort.toLatin1()));
        return QDir(m_folder.path()).mkdir(u"db"_s) &&
            m_process.startServer(u"dcmqrscp"_s, options + QStringList{u"-c"_s, configuration}, m_port);
    }

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] bool says(const QByteArray& text) { return m_process.awaitOutput(text); }
    [[nodiscard]] QString storage() const { return m_folder.filePath(u"db"_s); }
    [[nodiscard]] QByteArray output() { return m_process.output(); }

private:
    QTemporaryDir m_folder;
    const quint16 m_port = freePort();
    PeerProcess m_process;
};

AssociateRq requestFor(std::vector<ProposedContext> contexts)
{
    AssociateRq request;
    request.calledAeTitle = "ARCHIVE";
    request.callingAeTitle = "RADPOST";
    request.applicationContext = kDicomApplicationContext.toByteArray();
    request.contexts = std::move(contexts);
    request.user.maxLength = 16384;
    request.user.implementationClassUid = kImplementationClassUid.toByteArray();
    return request;
}

Result<std::unique_ptr<Association>> associate(quint16 port, const AssociateRq& request)
{
    auto socket = Socket::connect(u"127.0.0.1"_s, port, Deadline(30s), {});
    if (!socket) {
        return fail(socket.error());
    }
    auto association = std::make_unique<Association>(std::move(*socket), Role::Requestor, AssociationTimeouts{});
    return association->request(request, {}).map([&] { return std::move(association); });
}

Result<> echo(quint16 port, const std::optional<UserIdentityRq>& identity = {})
{
    auto request = requestFor({{1, {kVerificationSopClass.toByteArray()}, {{"1.2.840.10008.1.2"}}}});
    request.user.identity = identity;
    const auto association = associate(port, request);
    if (!association) {
        return fail(association.error());
    }
    const auto echoed = EchoScu(**association).echo({});
    return echoed ? (*association)->release({}) : fail(echoed.error());
}

/// Sends all as they are. @return how many the peer stored.
int deliver(quint16 port, const std::vector<Sample>& samples)
{
    std::vector<ContextNeed> needs;
    for (const Sample& sample : samples) {
        needs.push_back({sample.header.sopClassUid, sample.header.transferSyntaxUid});
    }
    const auto plan = ContextPlan::make(needs).front();
    auto association = associate(port, requestFor(plan.contexts()));
    if (!association) {
        return 0;
    }
    int stored = 0;
    StoreScu scu(std::move(*association));
    for (std::size_t i = 0; i < samples.size(); ++i) {
        StoreRequest request;
        request.path = samples[i].path;
        request.dataSetOffset = samples[i].header.dataSetOffset;
        request.dataSetLength = samples[i].header.dataSetLength;
        request.contextId =
            plan.choose(needs[i], scu.association().accepted().contexts, Conversion::Forbidden).contextId;
        request.sopClassUid = samples[i].header.sopClassUid;
        request.sopInstanceUid = samples[i].header.sopInstanceUid;
        const auto response = scu.submit(request, {}).and_then([&] { return scu.awaitResponse({}); });
        stored += response && response->status == kStatusSuccess ? 1 : 0;
    }
    scu.close();
    return stored;
}

} // namespace

/// Archives that send to our receiver because they were asked to, and other toolkits' senders.
class TestArchives : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void orthancSendsToUs();
    void dcmqrscpMovesToUs_data();
    void dcmqrscpMovesToUs();
    void dcmqrscpUnderstandsTheUserIdentity_data();
    void dcmqrscpUnderstandsTheUserIdentity();
    void gdcmscuSendsToUs();
    void storescuSendsCompressed_data();
    void storescuSendsCompressed();

private:
    QTemporaryDir m_folder;
    std::vector<Sample> m_samples;
};

void TestArchives::initTestCase()
{
    dicom::SyntheticParams params;
    const QTemporaryDir raw;
    params.folder = raw.path();
    params.series = {{.kind = dicom::SyntheticKind::Ct, .rows = 64, .columns = 64}, {.kind = dicom::SyntheticKind::Sr},
        {.kind = dicom::SyntheticKind::Tiny, .instances = 3}};
    QVERIFY(dicom::makeSyntheticStudies(params, {}));
    // With defined lengths, as DCMTK writes whatever it sends: then the bytes can be compared.
    int number = 0;
    for (const Sample& sample : readSamples(raw.path())) {
        PeerProcess dcmconv;
        const QString path = m_folder.filePath(u"%1.dcm"_s.arg(++number));
        QVERIFY2(dcmconv.run(u"dcmconv"_s, {u"+e"_s, u"-g"_s, sample.path, path}) == 0, dcmconv.output());
    }
    m_samples = readSamples(m_folder.path());
    QCOMPARE(m_samples.size(), 5U);
}

void TestArchives::orthancSendsToUs()
{
    CountingEcho counter;
    const PeerReceiver receiver(&counter);
    QVERIFY(receiver.isOpen());
    Orthanc orthanc;
    QVERIFY2(orthanc.start(receiver.port()), orthanc.output());
    QVERIFY(echo(orthanc.dicomPort()));
    QVERIFY(isOk(orthanc.post("/modalities/radpost/echo", "{}")));
    QCOMPARE(counter.m_count, 1);
    QCOMPARE(counter.m_lastCaller, "ORTHANC"_ba);
    for (const Sample& sample : m_samples) {
        const QByteArray put = orthanc.post("/instances", readFile(sample.path));
        QVERIFY2(isOk(put), put);
        const auto at = put.indexOf("\"ID\" : \"") + 8;
        const QByteArray sent = orthanc.post("/modalities/radpost/store", put.mid(at, put.indexOf('"', at) - at));
        QVERIFY2(isOk(sent) && sent.contains("\"FailedInstancesCount\" : 0"), sent);
    }
    QCOMPARE(unlike(receiver.files(), m_samples), QByteArrayList());
}

void TestArchives::dcmqrscpMovesToUs_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("as shipped") << QStringList{};
    QTest::newRow("bit preserving") << QStringList{u"+B"_s};
}

void TestArchives::dcmqrscpMovesToUs()
{
    QFETCH(const QStringList, options);
    const PeerReceiver receiver;
    QVERIFY(receiver.isOpen());
    Dcmqrscp archive;
    QVERIFY2(archive.start(receiver.port(), options), archive.output());
    QVERIFY(echo(archive.port()));
    const QString port = QString::number(archive.port());
    QCOMPARE(deliver(archive.port(), m_samples), static_cast<int>(m_samples.size()));
    QCOMPARE(unlike(readSamples(archive.storage()), m_samples), QByteArrayList());
    const QString study = u"StudyInstanceUID="_s + m_samples.front().header.studyInstanceUid.toString();
    PeerProcess peer;
    QVERIFY2(peer.run(u"findscu"_s,
                 {u"-S"_s, u"-aec"_s, u"ARCHIVE"_s, u"-k"_s, u"QueryRetrieveLevel=STUDY"_s, u"-k"_s, study, u"-k"_s,
                     u"NumberOfStudyRelatedInstances"_s, u"localhost"_s, port}) == 0,
        peer.output());
    QVERIFY2(peer.output().contains(study.section(u'=', 1).toLatin1()), peer.output());
    QVERIFY2(peer.run(u"movescu"_s,
                 {u"-v"_s, u"-S"_s, u"-aec"_s, u"ARCHIVE"_s, u"-aem"_s, u"RADPOST"_s, u"-k"_s,
                     u"QueryRetrieveLevel=STUDY"_s, u"-k"_s, study, u"localhost"_s, port}) == 0,
        peer.output());
    QCOMPARE(receiver.counters().failed, 0);
    QCOMPARE(unlike(receiver.files(), m_samples), QByteArrayList());
}

void TestArchives::dcmqrscpUnderstandsTheUserIdentity_data()
{
    QTest::addColumn<UserIdentityType>("type");
    QTest::addColumn<QByteArray>("primary");
    QTest::addColumn<QByteArray>("secondary");
    QTest::addColumn<QByteArrayList>("said");
    using T = UserIdentityType;
    QTest::newRow("user") << T::Username << "reader"_ba << QByteArray()
                          << QByteArrayList{"Authentication mode 1: Username", "Username: [reader]"};
    QTest::newRow("user and passcode") << T::UsernamePasscode << "reader"_ba
                                       << "pass word"_ba
                                       << QByteArrayList{"Authentication mode 2: Username/Password",
                                              "Username: [reader]", "Password: [pass word]"};
    QTest::newRow("Kerberos") << T::Kerberos << QByteArray(300, 'k') << QByteArray()
                              << QByteArrayList{"Authentication mode 3: Kerberos",
                                     "Kerberos Service Ticket (not dumped) length: 300"};
    QTest::newRow("SAML") << T::Saml << "<saml:Assertion/>"_ba << QByteArray()
                          << QByteArrayList{"Authentication mode 4: SAML", "SAML Assertion (not dumped) length: 17"};
    QTest::newRow("JWT") << T::Jwt << "e30.e30."_ba << QByteArray()
                         << QByteArrayList{"JSON Web Token (not dumped) length: 8"};
}

void TestArchives::dcmqrscpUnderstandsTheUserIdentity()
{
    QFETCH(const UserIdentityType, type);
    QFETCH(const QByteArray, primary);
    QFETCH(const QByteArray, secondary);
    QFETCH(const QByteArrayList, said);
    Dcmqrscp archive;
    QVERIFY2(archive.start(u"1"_s, {u"-d"_s}), archive.output());
    QVERIFY(echo(archive.port(), UserIdentityRq{type, false, primary, secondary}));
    for (const QByteArray& text : said) {
        QVERIFY2(archive.says(text), archive.output());
    }
}

void TestArchives::gdcmscuSendsToUs()
{
    CountingEcho counter;
    const PeerReceiver receiver(&counter);
    QVERIFY(receiver.isOpen());
    PeerProcess peer;
    const QStringList to{u"--call"_s, u"RADPOST"_s, u"--aetitle"_s, u"GDCM"_s, u"127.0.0.1"_s, receiver.port()};
    // Version 3.0.21 of Debian 12 ends every association well and then crashes, whoever the peer is: what counts is
    // here.
    std::ignore = peer.run(u"gdcmscu"_s, QStringList{u"--echo"_s} + to);
    QVERIFY2(counter.m_count == 1, peer.output());
    QCOMPARE(counter.m_lastCaller, "GDCM"_ba);
    std::ignore = peer.run(u"gdcmscu"_s, QStringList{u"--store"_s, u"-r"_s} + to + QStringList{m_folder.path()});
    QVERIFY2(receiver.counters().stored > 0, peer.output());
    QCOMPARE(unlike(receiver.files(), m_samples), QByteArrayList());
}

void TestArchives::storescuSendsCompressed_data()
{
    QTest::addColumn<QString>("encoder");
    QTest::addColumn<QStringList>("encoding");
    QTest::addColumn<QString>("option");
    QTest::addColumn<QByteArray>("syntax");
    QTest::newRow("JPEG lossless") << u"dcmcjpeg"_s << QStringList{u"+e1"_s} << u"-xs"_s << "1.2.840.10008.1.2.4.70"_ba;
    QTest::newRow("JPEG baseline") << u"dcmcjpeg"_s << QStringList{u"+eb"_s} << u"-xy"_s << "1.2.840.10008.1.2.4.50"_ba;
    QTest::newRow("JPEG-LS") << u"dcmcjpls"_s << QStringList{u"+el"_s} << u"-xt"_s << "1.2.840.10008.1.2.4.80"_ba;
    QTest::newRow("RLE") << u"dcmcrle"_s << QStringList{} << u"-xr"_s << "1.2.840.10008.1.2.5"_ba;
}

void TestArchives::storescuSendsCompressed()
{
    QFETCH(const QString, encoder);
    QFETCH(const QStringList, encoding);
    QFETCH(const QString, option);
    QFETCH(const QByteArray, syntax);
    const QTemporaryDir folder;
    PeerProcess peer;
    const auto tiny = std::find_if(m_samples.begin(), m_samples.end(),
        [](const Sample& sample) { return sample.header.sopClassUid.value == "1.2.840.10008.5.1.4.1.1.7"; });
    QVERIFY(tiny != m_samples.end());
    const QString path = folder.filePath(u"compressed.dcm"_s);
    QVERIFY2(peer.run(encoder, encoding + QStringList{tiny->path, path}) == 0, peer.output());

    const PeerReceiver receiver;
    QVERIFY(receiver.isOpen());
    QVERIFY2(peer.run(u"storescu"_s, {u"-R"_s, option, u"localhost"_s, receiver.port(), path}) == 0, peer.output());
    const auto files = receiver.files();
    QCOMPARE(files.size(), 1U);
    QCOMPARE(files.front().header.transferSyntaxUid.value, syntax);
    QCOMPARE(unlike(files, readSamples(folder.path())), QByteArrayList());
}

QTEST_GUILESS_MAIN(TestArchives)
#include "TestArchives.moc"
