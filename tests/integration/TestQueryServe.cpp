#include "core/dicom/SyntheticStudy.h"
#include "core/engine/QueryClient.h"
#include "core/engine/SpoolServer.h"
#include "tests/integration/ArchivePeers.h"
#include "tests/integration/PeerReceiver.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>

using namespace radpost;
using namespace radpost::test;
namespace tag = radpost::dicom::tag;

namespace {

QByteArrayList dataSets(const std::vector<Sample>& samples)
{
    QByteArrayList sets;
    for (const auto& sample : samples) {
        sets.append(sample.dataSet());
    }
    std::sort(sets.begin(), sets.end());
    return sets;
}

config::Destination nodeAt(const QByteArray& aeTitle, quint16 port)
{
    config::Destination node;
    node.name = QString::fromLatin1(aeTitle);
    node.host = u"127.0.0.1"_s;
    node.port = port;
    node.calledAeTitle = AeTitle{aeTitle};
    return node;
}

} // namespace

/// The gateway's answers to the query tools of DCMTK, and to Orthanc.
class TestQueryServe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        dicom::SyntheticParams wanted;
        wanted.folder = m_folder.filePath(u"studies"_s);
        wanted.patients = 2;
        wanted.series = {{dicom::SyntheticKind::Tiny, 3}, {dicom::SyntheticKind::Sr, 1}};
        wanted.texts = {dicom::SyntheticText::Gb18030, dicom::SyntheticText::Utf8};
        QVERIFY(dicom::makeSyntheticStudies(wanted, {}));
        m_samples = readSamples(wanted.folder);
        QCOMPARE(m_samples.size(), std::size_t(8));
        engine::SpoolServerParams params;
        params.dataFolder = m_folder.filePath(u"data"_s);
        params.settings.port = 0;
        params.settings.address = u"127.0.0.1"_s;
        params.settings.durability = config::ReceiveDurability::Process;
        params.settings.diskReserveBytes = 0;
        params.destinations = {nodeAt("STORESCP", m_storePort), nodeAt("ORTHANC", 1)};
        m_params = params;
        auto opened = engine::SpoolServer::open(params);
        QVERIFY(opened && (*opened)->start());
        m_server = std::move(*opened);
        QCOMPARE(deliver(port(), m_samples), 8);
        const auto& header = m_samples.front().header;
        m_patient = header.patientId;
        m_study = header.studyInstanceUid.toString();
        m_series = header.seriesInstanceUid.toString();
    }

    void findscuIsAnsweredAtEveryLevel_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("level");
        QTest::addColumn<QStringList>("keys");
        QTest::addColumn<int>("expected");
        const QString patient = u"PatientID="_s + m_patient;
        const QString study = u"StudyInstanceUID="_s + m_study;
        const QString series = u"SeriesInstanceUID="_s + m_series;
        QTest::newRow("patients") << u"-P"_s << u"PATIENT"_s << QStringList{u"PatientName"_s} << 2;
        QTest::newRow("studies of a patient")
            << u"-P"_s << u"STUDY"_s << QStringList{patient, u"StudyInstanceUID"_s} << 1;
        QTest::newRow("series of a patient") << u"-P"_s << u"SERIES"_s << QStringList{patient, study} << 2;
        QTest::newRow("images of a patient") << u"-P"_s << u"IMAGE"_s << QStringList{patient, study, series} << 3;
        QTest::newRow("studies") << u"-S"_s << u"STUDY"_s << QStringList{u"StudyDate=19000101-"_s} << 2;
        QTest::newRow("studies of long ago") << u"-S"_s << u"STUDY"_s << QStringList{u"StudyDate=-19000101"_s} << 0;
        QTest::newRow("studies with reports") << u"-S"_s << u"STUDY"_s << QStringList{u"ModalitiesInStudy=SR"_s} << 2;
        QTest::newRow("series") << u"-S"_s << u"SERIES"_s << QStringList{study, u"Modality=SR"_s} << 1;
        QTest::newRow("images") << u"-S"_s << u"IMAGE"_s << QStringList{study, series, u"SOPInstanceUID"_s} << 3;
    }

    void findscuIsAnsweredAtEveryLevel()
    {
        QFETCH(QString, model);
        QFETCH(QString, level);
        QFETCH(QStringList, keys);
        QStringList arguments{u"-v"_s, model, u"-aec"_s, u"GATE"_s, u"-k"_s, u"QueryRetrieveLevel="_s + level};
        for (const auto& key : keys) {
            arguments << u"-k"_s << key;
        }
        PeerProcess tool;
        QCOMPARE(tool.run(u"findscu"_s, arguments + QStringList{u"127.0.0.1"_s, QString::number(port())}), 0);
        const auto output = tool.output();
        QVERIFY2(output.contains("Received Final Find Response (Success)"), output);
        QTEST(int(output.count("(0008,0054) AE [GATE")), "expected");
    }

    void aRefusalIsExplained()
    {
        PeerProcess tool;
        std::ignore = tool.run(u"findscu"_s,
            {u"-d"_s, u"-S"_s, u"-aec"_s, u"GATE"_s, u"-k"_s, u"QueryRetrieveLevel=SERIES"_s, u"-k"_s,
                u"SeriesInstanceUID"_s, u"127.0.0.1"_s, QString::number(port())});
        QVERIFY2(tool.output().contains("0xa900"), tool.output());
        QVERIFY2(tool.output().contains("StudyInstanceUID is missing"), tool.output());
    }

    void movescuHasAStudySentToStorescp()
    {
        const auto folder = m_folder.filePath(u"moved"_s);
        QVERIFY(QDir().mkpath(folder));
        PeerProcess receiver;
        QVERIFY2(
            receiver.startServer(u"storescp"_s, {u"-od"_s, folder, u"+B"_s, QString::number(m_storePort)}, m_storePort),
            receiver.output());
        PeerProcess tool;
        const int code = tool.run(u"movescu"_s, retrieve({u"-v"_s, u"-S"_s, u"-aem"_s, u"STORESCP"_s}));
        QVERIFY2(code == 0, QByteArray(tool.output() + receiver.output()));
        QVERIFY2(tool.output().contains("Received Final Move Response (Success)"), tool.output());
        QCOMPARE(dataSets(readSamples(folder)), dataSets(ofStudy()));
    }

    void movescuLearnsThatNobodyHasThatTitle()
    {
        PeerProcess tool;
        std::ignore = tool.run(u"movescu"_s, retrieve({u"-d"_s, u"-S"_s, u"-aem"_s, u"NOBODY"_s}));
        QVERIFY2(tool.output().contains("0xa801"), tool.output());
    }

    void getscuTakesAStudy_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<bool>("isAsIs");
        QTest::newRow("study root") << QStringList{u"-S"_s, u"+B"_s} << true;
        QTest::newRow("patient root") << QStringList{u"-P"_s, u"+B"_s, u"-k"_s, u"PatientID="_s + m_patient} << true;
        QTest::newRow("implicit only") << QStringList{u"-S"_s, u"+xi"_s} << false;
    }

    void getscuTakesAStudy()
    {
        QFETCH(QStringList, options);
        QFETCH(bool, isAsIs);
        QTemporaryDir folder;
        PeerProcess tool;
        QCOMPARE(tool.run(u"getscu"_s, retrieve(QStringList{u"-v"_s, u"-od"_s, folder.path()} + options)), 0);
        const auto got = readSamples(folder.path());
        QVERIFY2(got.size() == 4, tool.output());
        if (isAsIs) {
            QCOMPARE(dataSets(got), dataSets(ofStudy()));
        }
    }

    void orthancAsksAndFetches()
    {
        if (!QFile::exists(u"/usr/sbin/Orthanc"_s)) {
            QSKIP("no Orthanc on this machine");
        }
        Orthanc orthanc;
        QVERIFY2(orthanc.start(QString::number(port())), orthanc.output());
        m_server->reload(m_params.settings, {}, {nodeAt("ORTHANC", orthanc.dicomPort())});
        const auto asked =
            orthanc.post("/modalities/radpost/query", R"({"Level":"Study","Query":{"PatientName":"*"}})");
        QVERIFY2(isOk(asked), asked);
        const auto body = asked.mid(asked.indexOf("\r\n\r\n") + 4);
        const auto path = QJsonDocument::fromJson(body).object()[u"Path"_s].toString().toLatin1();
        QVERIFY2(!path.isEmpty(), asked);
        const auto fetched = orthanc.post(path + "/retrieve", "ORTHANC");
        QVERIFY2(isOk(fetched), fetched);
        engine::QueryClient client(nodeAt("ORTHANC", orthanc.dicomPort()), AeTitle{"RADPOST"});
        engine::FindParams params;
        params.keys.set(tag::kStudyInstanceUid);
        params.keys.set(tag::kNumberOfStudyInstances);
        int instances = 0;
        const auto count = [&](const dicom::Identifier& match) {
            instances += match.value(tag::kNumberOfStudyInstances).toInt();
        };
        QVERIFY(client.find(params, count, {}));
        QCOMPARE(instances, 8);
    }

private:
    [[nodiscard]] quint16 port() const { return m_server->ports().front().port; }

    [[nodiscard]] QStringList retrieve(const QStringList& options) const
    {
        return options +
            QStringList{u"-aec"_s, u"GATE"_s, u"-k"_s, u"QueryRetrieveLevel=STUDY"_s, u"-k"_s,
                u"StudyInstanceUID="_s + m_study, u"127.0.0.1"_s, QString::number(port())};
    }

    [[nodiscard]] std::vector<Sample> ofStudy() const
    {
        std::vector<Sample> samples;
        std::copy_if(m_samples.begin(), m_samples.end(), std::back_inserter(samples),
            [&](const Sample& sample) { return sample.header.studyInstanceUid.toString() == m_study; });
        return samples;
    }

    QTemporaryDir m_folder;
    const quint16 m_storePort = freePort();
    engine::SpoolServerParams m_params;
    std::unique_ptr<engine::SpoolServer> m_server;
    std::vector<Sample> m_samples;
    QString m_patient;
    QString m_study;
    QString m_series;
};

QTEST_GUILESS_MAIN(TestQueryServe)
#include "TestQueryServe.moc"
