#include "core/dicom/SyntheticStudy.h"
#include "tests/integration/ArchivePeers.h"
#include "tests/integration/PeerReceiver.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
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
