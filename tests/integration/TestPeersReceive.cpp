#include "core/net/ContextPlan.h"
#include "core/net/DimseStatus.h"
#include "core/net/Socket.h"
#include "core/net/StoreScu.h"
#include "core/net/TlsSocket.h"
#include "core/net/implementation.h"
#include "tests/support/PeerProcess.h"
#include "tests/support/SampleFiles.h"
#include "tests/support/TestPki.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <QCryptographicHash>
#include <QHash>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

#include <map>
#include <set>

using namespace radpost;
using namespace radpost::net;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Samples = std::vector<Sample>;

constexpr std::size_t kMaxUidLength = 64; // PS3.5 9.1

/// What became of one sample.
struct Sent
{
    const Sample* sample = nullptr;
    ContextChoice choice{};
    std::optional<quint16> status{};
    std::optional<Error> error{}; ///< ours, or of the association that ended over this sample
    QString comment{};            ///< the peer's
};

ContextNeed needOf(const Sample& sample)
{
    return {sample.header.sopClassUid, sample.header.transferSyntaxUid};
}

AssociateRq requestFor(const ContextPlan& plan)
{
    AssociateRq request;
    request.calledAeTitle = "ANY-SCP";
    request.callingAeTitle = "RADPOST";
    request.applicationContext = kDicomApplicationContext.toByteArray();
    request.contexts = plan.contexts();
    request.user.maxLength = 1 << 20;
    request.user.implementationClassUid = kImplementationClassUid.toByteArray();
    request.user.implementationVersionName = kImplementationVersionName.toByteArray();
    request.user.asyncWindow = AsyncWindow{0, 1};
    return request;
}

StoreRequest storeRequest(quint64 tag, const Sent& sent)
{
    StoreRequest request;
    request.tag = tag;
    request.path = sent.sample->path;
    request.dataSetOffset = sent.sample->header.dataSetOffset;
    request.dataSetLength = sent.sample->header.dataSetLength;
    request.contextId = sent.choice.contextId;
    request.sopClassUid = sent.sample->header.sopClassUid;
    request.sopInstanceUid = sent.sample->header.sopInstanceUid;
    return request;
}

QString describe(const Sent& sent)
{
    const QString status = sent.status ? QString::number(*sent.status, 16) : u"none"_s;
    const QString error = sent.error ? QString(errorName(sent.error->code) % u' ' % sent.error->detail) : QString();
    return u"%1 [%2] status %3 %4 %5"_s.arg(
        sent.sample->path, sent.sample->header.transferSyntaxUid.toString(), status, sent.comment, error);
}

/// Where a receiver listens.
struct Peer
{
    quint16 port = 0;
    std::shared_ptr<const TlsContext> tls{};
};

Result<std::unique_ptr<Transport>> connectTo(const Peer& peer)
{
    auto socket = Socket::connect(u"127.0.0.1"_s, peer.port, Deadline(30s), {});
    if (!socket || peer.tls == nullptr) {
        return socket;
    }
    return TlsSocket::connect(std::move(*socket), *peer.tls, u"127.0.0.1"_s, Deadline(30s), {});
}

/// Sends one sample after the other over as many associations as the peer needs: some end theirs over a data set that
/// they cannot read.
class Sending final
{
public:
    Sending(const Peer& peer, const ContextPlan& plan)
        : m_peer(peer)
        , m_plan(plan)
    {
    }

    Result<> open()
    {
        auto transport = connectTo(m_peer);
        if (!transport) {
            return fail(transport.error());
        }
        AssociationTimeouts timeouts;
        timeouts.response = 30s;
        auto association = std::make_unique<Association>(std::move(*transport), Role::Requestor, timeouts);
        if (auto accepted = association->request(requestFor(m_plan), {}); !accepted) {
            return accepted;
        }
        m_scu = std::make_unique<StoreScu>(std::move(association));
        return {};
    }

    Sent send(const Sample& sample)
    {
        Sent sent{&sample};
        if (m_scu == nullptr || !m_scu->association().isOpen()) {
            if (auto opened = open(); !opened) {
                sent.error = opened.error();
                return sent;
            }
        }
        const auto& answer = m_scu->association().accepted().contexts;
        sent.choice = m_plan.choose(needOf(sample), answer, Conversion::Forbidden);
        if (sent.choice.kind == ContextChoice::Kind::AsIs) {
            const auto response =
                m_scu->submit(storeRequest(0, sent), {}).and_then([&] { return m_scu->awaitResponse({}); });
            note(response, sent);
        }
        return sent;
    }

    [[nodiscard]] bool release()
    {
        const bool isOpen = m_scu != nullptr && m_scu->association().isOpen();
        return !isOpen || m_scu->association().release({}).has_value();
    }

private:
    static void note(const Result<StoreResponse>& response, Sent& sent)
    {
        if (response) {
            sent.status = response->status;
            sent.error = response->error;
            sent.comment = response->errorComment;
        } else {
            sent.error = response.error();
        }
    }

    const Peer& m_peer;
    const ContextPlan& m_plan;
    std::unique_ptr<StoreScu> m_scu;
};

std::vector<Sent> sendAll(const Peer& peer, const Samples& samples)
{
    std::vector<ContextNeed> needs;
    for (const Sample& sample : samples) {
        needs.push_back(needOf(sample));
    }
    std::vector<Sent> sent;
    for (const ContextPlan& plan : ContextPlan::make(needs)) {
        Sending sending(peer, plan);
        for (const Sample& sample : samples) {
            if (plan.covers(needOf(sample))) {
                sent.push_back(sending.send(sample));
            }
        }
        if (!sending.release()) {
            qWarning("the release failed");
            return {};
        }
    }
    return sent;
}

/// PS3.8 wants fragments of even length, so that a data set of odd length gains a byte on its way.
QByteArray evened(QByteArray dataSet)
{
    return dataSet.size() % 2 == 0 ? dataSet : dataSet + '\0';
}

QByteArray digest(const QByteArray& dataSet)
{
    return QCryptographicHash::hash(evened(dataSet), QCryptographicHash::Sha256);
}

/// What DCMTK makes of a file: its data set, written again with defined lengths and without group lengths. Nothing when
/// it cannot read the file or finds no UIDs to file it by: then it refuses it over the network too.
std::optional<QByteArray> rewritten(const QString& path)
{
    DcmFileFormat file;
    DcmDataset* dataSet = file.getDataset();
    if (file.loadFile(QFile::encodeName(path).constData()).bad()) {
        return std::nullopt;
    }
    for (const auto& tag : {DCM_SOPClassUID, DCM_SOPInstanceUID, DCM_StudyInstanceUID, DCM_SeriesInstanceUID}) {
        OFString value;
        DcmElement* element = nullptr;
        if (dataSet->findAndGetElement(tag, element).bad() || element->ident() != EVR_UI ||
            element->getOFString(value, 0).bad() || value.empty() || value.size() > kMaxUidLength) {
            return std::nullopt;
        }
    }
    const E_TransferSyntax original = dataSet->getOriginalXfer();
    const auto syntax = original == EXS_DeflatedLittleEndianExplicit ? EXS_LittleEndianExplicit : original;
    QTemporaryFile target;
    if (!target.open() ||
        dataSet->saveFile(QFile::encodeName(target.fileName()).constData(), syntax, EET_ExplicitLength, EGL_withoutGL)
            .bad()) {
        return std::nullopt;
    }
    return target.readAll();
}

bool isStored(const Sent& sent)
{
    return sent.status && storeStatusMeaning(*sent.status).isStored();
}

} // namespace

/// Real receivers, started here, get everything there is; what they wrote is compared with what was sent.
class TestPeersReceive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void storescpKeepsEveryByte_data();
    void storescpKeepsEveryByte();
    void stockStorescpStoresWhatItAccepts();
    void dcmqrscpStoresWhatItAccepts();
    void orthancKeepsEveryElement();

private:
    TestPki m_pki;
    TestPki::Identity m_identity = m_pki.issue({});
    QTemporaryDir m_folder;
    Samples m_all;
    Samples m_proper; ///< those that a receiver that reads what it gets can be expected to take
    std::map<QString, QByteArray> m_rewritten; ///< of the proper ones
};

void TestPeersReceive::initTestCase()
{
    QVERIFY(dcmDataDict.isDictionaryLoaded());
    OFLog::configure(OFLogger::OFF_LOG_LEVEL);
    m_all = allSamples(m_folder.path());
    for (const Sample& sample : m_all) {
        if (auto bytes = rewritten(sample.path)) {
            m_proper.push_back(sample);
            m_rewritten[sample.path] = std::move(*bytes);
        }
    }
    QVERIFY(m_proper.size() >= 28);
    qInfo("%zu samples, of which DCMTK reads %zu", m_all.size(), m_proper.size());
}

void TestPeersReceive::storescpKeepsEveryByte_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<bool>("withTls");
    QTest::newRow("plain") << QStringList() << false;
    QTest::newRow("--fork") << QStringList{u"--fork"_s} << false;
    const QStringList tls{u"+tls"_s, m_identity.keyFile, m_identity.certificateFile, u"+cf"_s, m_pki.caFile()};
    QTest::newRow("TLS") << tls << true;
}

void TestPeersReceive::storescpKeepsEveryByte()
{
    QFETCH(QStringList, options);
    QFETCH(bool, withTls);
    const QTemporaryDir received;
    const quint16 port = freePort();
    options += {u"+B"_s, u"+xa"_s, u"-pm"_s, u"+uf"_s, u"-od"_s, received.path(), QString::number(port)};
    PeerProcess storescp;
    QVERIFY2(storescp.startServer(u"storescp"_s, options, port), storescp.output());
    Peer peer{port};
    if (withTls) {
        const TlsSettings settings{
            .caFile = m_pki.caFile(), .certificateFile = m_identity.certificateFile, .keyFile = m_identity.keyFile};
        peer.tls = TlsContext::forClient(settings).value();
    }
    const std::vector<Sent> sent = sendAll(peer, m_all);
    QCOMPARE(sent.size(), m_all.size());

    QMultiHash<QByteArray, QByteArray> files; // SOP instance and digest; some samples share a UID
    for (const Sample& file : readSamples(received.path())) {
        files.insert(file.header.sopInstanceUid.value, digest(file.dataSet()));
    }
    int compared = 0;
    for (const Sent& one : sent) {
        const auto& uid = one.sample->header.sopInstanceUid.value;
        // It has no name for syntaxes younger than itself, and its network layer no room for longer UIDs.
        if (one.choice.kind != ContextChoice::Kind::AsIs || uid.size() > static_cast<qsizetype>(kMaxUidLength)) {
            continue;
        }
        QVERIFY2(isStored(one), qPrintable(describe(one)));
        QVERIFY2(files.contains(uid, digest(one.sample->dataSet())), qPrintable(describe(one)));
        ++compared;
    }
    QVERIFY(compared >= 28);
    qInfo("%d data sets compared", compared);
}

void TestPeersReceive::stockStorescpStoresWhatItAccepts()
{
    const QTemporaryDir received;
    const quint16 port = freePort();
    PeerProcess storescp;
    QVERIFY(storescp.startServer(u"storescp"_s, {u"-od"_s, received.path(), QString::number(port)}, port));
    for (const Sent& one : sendAll({port}, m_proper)) {
        QVERIFY2(one.choice.kind != ContextChoice::Kind::AsIs || isStored(one), qPrintable(describe(one)));
    }
}

void TestPeersReceive::dcmqrscpStoresWhatItAccepts()
{
    const QTemporaryDir folder;
    const quint16 port = freePort();
    QFile configuration(folder.filePath(u"dcmqrscp.cfg"_s));
    QVERIFY(configuration.open(QIODevice::WriteOnly));
    configuration.write(
        "NetworkTCPPort = %1\nMaxPDUSize = 16384\nMaxAssociations = 16\n"
        "HostTable BEGIN\nHostTable END\nVendorTable BEGIN\nVendorTable END\n"
        "AETable BEGIN\nANY-SCP %2/db RW (500, 1024mb) ANY\nAETable END\n"_ba.replace("%1", QByteArray::number(port))
            .replace("%2", QFile::encodeName(folder.path())));
    configuration.close();
    QVERIFY(QDir(folder.path()).mkdir(u"db"_s));
    PeerProcess dcmqrscp;
    QVERIFY2(dcmqrscp.startServer(u"dcmqrscp"_s, {u"-c"_s, configuration.fileName()}, port), dcmqrscp.output());
    int stored = 0;
    for (const Sent& one : sendAll({port}, m_proper)) {
        QVERIFY2(one.choice.kind != ContextChoice::Kind::AsIs || isStored(one), qPrintable(describe(one)));
        stored += isStored(one) ? 1 : 0;
    }
    QVERIFY(stored >= 14); // the synthetic ones in the syntaxes it knows
}

void TestPeersReceive::orthancKeepsEveryElement()
{
    const QTemporaryDir folder;
    const quint16 port = freePort();
    QFile configuration(folder.filePath(u"orthanc.json"_s));
    QVERIFY(configuration.open(QIODevice::WriteOnly));
    configuration.write(R"({"StorageDirectory":"%1/db","IndexDirectory":"%1/db","DicomPort":%2,"HttpPort":%3,
        "RemoteAccessAllowed":false,"AuthenticationEnabled":false,"DicomCheckCalledAet":false,
        "UnknownSopClassAccepted":true,"OverwriteInstances":false,"Plugins":[]})"_ba
                            .replace("%1", QFile::encodeName(folder.path()))
                            .replace("%2", QByteArray::number(port))
                            .replace("%3", QByteArray::number(freePort())));
    configuration.close();
    PeerProcess orthanc;
    QVERIFY2(orthanc.startServer(u"/usr/sbin/Orthanc"_s, {configuration.fileName()}, port), orthanc.output());
    const std::vector<Sent> sent = sendAll({port}, m_proper);
    orthanc.stop();

    std::map<QByteArray, QString> files;
    for (const Sample& file : readSamples(folder.filePath(u"db"_s))) {
        files[file.header.sopInstanceUid.value] = file.path;
    }
    std::set<QByteArray> seen;
    for (const Sent& one : sent) {
        const auto& uid = one.sample->header.sopInstanceUid.value;
        // Of samples that share a UID it keeps the first.
        if (one.choice.kind != ContextChoice::Kind::AsIs || !seen.insert(uid).second) {
            continue;
        }
        QVERIFY2(isStored(one), qPrintable(describe(one)));
        // It reads what comes and writes it anew: same elements, other lengths of sequences. Hence the same treatment.
        QVERIFY2(files.contains(uid), qPrintable(describe(one)));
        QVERIFY2(rewritten(files.at(uid)) == m_rewritten.at(one.sample->path), qPrintable(describe(one)));
    }
    QVERIFY(seen.size() >= 28);
    qInfo("%zu data sets compared", seen.size());
}

QTEST_GUILESS_MAIN(TestPeersReceive)
#include "TestPeersReceive.moc"
