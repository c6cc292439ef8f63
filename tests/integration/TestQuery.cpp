#include "core/dicom/SyntheticStudy.h"
#include "core/engine/QueryClient.h"
#include "core/engine/ReceiveServer.h"
#include "tests/integration/ArchivePeers.h"
#include "tests/support/DataSetBuilder.h"
#include "tests/support/FakeScp.h"

#include <QTest>

#include <algorithm>

using namespace radpost;
using namespace radpost::test;
namespace tag = radpost::dicom::tag;
using engine::FindParams;
using engine::QueryClient;
using engine::QueryLevel;
using engine::QueryModel;
using engine::RetrieveParams;

namespace {

const AeTitle kOwnTitle{"RADPOST"};

QueryClient clientOf(quint16 port)
{
    config::Destination destination;
    destination.host = u"127.0.0.1"_s;
    destination.port = port;
    destination.calledAeTitle = AeTitle{"ARCHIVE"};
    return {destination, kOwnTitle};
}

std::vector<dicom::Identifier> ask(quint16 port, const FindParams& params, Result<engine::FindSummary>* end = nullptr)
{
    std::vector<dicom::Identifier> matches;
    auto summary = clientOf(port).find(params, [&](const auto& match) { matches.push_back(match); }, {});
    if (end != nullptr) {
        *end = std::move(summary);
    }
    return matches;
}

/// The data sets of @p samples, in one order.
QByteArrayList dataSets(const std::vector<Sample>& samples)
{
    QByteArrayList sets;
    for (const auto& sample : samples) {
        sets.append(sample.dataSet());
    }
    std::sort(sets.begin(), sets.end());
    return sets;
}

} // namespace

/// Our queries against the archives and the worklist of DCMTK, and Orthanc.
class TestQuery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        dicom::SyntheticParams params;
        params.folder = m_folder.filePath(u"studies"_s);
        params.patients = 2;
        params.series = {{dicom::SyntheticKind::Ct, 4}, {dicom::SyntheticKind::Mr, 3}};
        params.texts = {dicom::SyntheticText::Gb18030, dicom::SyntheticText::Utf8};
        QVERIFY(dicom::makeSyntheticStudies(params, {}));
        m_samples = readSamples(params.folder);
        QCOMPARE(m_samples.size(), std::size_t(14));
        QVERIFY2(m_archive.start(QString::number(m_movePort)), m_archive.output());
        QCOMPARE(deliver(m_archive.port(), m_samples), 14);
        const auto studies = ask(m_archive.port(), studyQuery());
        QCOMPARE(studies.size(), std::size_t(2));
        m_study = studies.front().value(tag::kStudyInstanceUid);
    }

    void namesComeInTheirOwnLetters()
    {
        const auto matches = ask(m_archive.port(), studyQuery());
        QCOMPARE(matches.size(), std::size_t(2));
        for (const auto& match : matches) {
            const auto name = match.value(tag::kPatientName);
            const bool isChinese = std::any_of(name.begin(), name.end(),
                [](QChar c) { return c.isHighSurrogate() || c.script() == QChar::Script_Han; });
            QVERIFY2(isChinese, qPrintable(name));
        }
    }

    void everyLevelNarrows()
    {
        FindParams series{QueryModel::StudyRoot, QueryLevel::Series, {}, 0};
        series.keys.set(tag::kStudyInstanceUid, m_study);
        series.keys.set(tag::kSeriesInstanceUid);
        series.keys.set(tag::kModality, u"CT"_s);
        const auto found = ask(m_archive.port(), series);
        QCOMPARE(found.size(), std::size_t(1));
        FindParams images{QueryModel::StudyRoot, QueryLevel::Image, {}, 0};
        images.keys.set(tag::kStudyInstanceUid, m_study);
        images.keys.set(tag::kSeriesInstanceUid, found.front().value(tag::kSeriesInstanceUid));
        images.keys.set(tag::kSopInstanceUid);
        QCOMPARE(ask(m_archive.port(), images).size(), std::size_t(4));
    }

    void aLimitStopsThePeer()
    {
        auto params = studyQuery();
        params.limit = 1;
        Result<engine::FindSummary> end;
        QCOMPARE(ask(m_archive.port(), params, &end).size(), std::size_t(1));
        QVERIFY(end);
        QCOMPARE(end->matches, 1);
    }

    void aLimitIsKeptByThoseWhoDoNotHeedCancel()
    {
        const FakeScp scp([](FakePeer& peer, int) {
            peer.accept();
            const auto message = peer.readMessage();
            for (int i = 0; message && i < 2; ++i) {
                const QByteArray level("\x08\0\x52\0\x06\0\0\0STUDY ", 14); // (0008,0052), implicit VR
                peer.respond(*message, {.status = 0xFF00, .dataSet = level});
            }
            peer.drain(); // the C-CANCEL, too; there is no final response
        });
        auto params = studyQuery();
        params.limit = 1;
        Result<engine::FindSummary> end;
        QCOMPARE(ask(scp.port(), params, &end).size(), std::size_t(1));
        QVERIFY2(end, qPrintable(end ? QString() : end.error().detail));
        QCOMPARE(end->matches, 1);
        QVERIFY(!end->isComplete);
    }

    void getBringsAStudyBitForBit()
    {
        const auto folder = m_folder.filePath(u"got"_s);
        const auto summary = clientOf(m_archive.port()).get(study(), folder, {}, {});
        QVERIFY2(summary, qPrintable(summary ? QString() : summary.error().detail));
        QVERIFY(summary->isComplete());
        QCOMPARE(summary->received, 7);
        QCOMPARE(dataSets(readSamples(folder)), dataSets(sent(m_study)));
    }

    // dcmqrscp names no SOP class at the level IMAGE; a surface mesh has no room beside what is of everyday.
    void whatComesOfAPeerThatNamesNoKinds_data()
    {
        QTest::addColumn<QList<QByteArray>>("kinds");
        const QByteArray ct("1.2.840.10008.5.1.4.1.1.2");
        const QByteArray mesh("1.2.840.10008.5.1.4.1.1.68.1");
        QTest::newRow("a report and a key object beside an image")
            << QList<QByteArray>{ct, "1.2.840.10008.5.1.4.1.1.88.33", "1.2.840.10008.5.1.4.1.1.88.59"};
        QTest::newRow("a rare kind beside an image") << QList<QByteArray>{ct, mesh};
        QTest::newRow("a rare kind alone") << QList<QByteArray>{mesh};
    }

    void whatComesOfAPeerThatNamesNoKinds()
    {
        QFETCH(QList<QByteArray>, kinds);
        const QTemporaryDir files;
        const QByteArray study = "1.2.3." + QByteArray::number(m_made++);
        for (const auto& kind : kinds) {
            const QByteArray uid = study + '.' + QByteArray::number(m_made++);
            DataSetBuilder builder;
            builder.add(0x00080016U, "UI", kind).add(0x00080018U, "UI", uid).add(0x00100020U, "LO", "ID1");
            builder.add(0x0020000DU, "UI", study).add(0x0020000EU, "UI", uid + ".1");
            const auto name = files.filePath(QString::fromLatin1(uid) + u".dcm"_s);
            writeFile(name, fileMeta("1.2.840.10008.1.2.1", kind, uid) + builder.bytes());
        }
        const auto samples = readSamples(files.path());
        QCOMPARE(deliver(m_archive.port(), samples), static_cast<int>(kinds.size()));
        RetrieveParams params;
        params.keys.set(tag::kStudyInstanceUid, QString::fromLatin1(study));
        const auto folder = files.filePath(u"got"_s);
        const auto summary = clientOf(m_archive.port()).get(params, folder, {}, {});
        QVERIFY2(summary, qPrintable(summary ? QString() : summary.error().detail));
        QVERIFY(summary->wereKindsGuessed);
        QCOMPARE(summary->received, kinds.size());
        QCOMPARE(summary->counts.completed, kinds.size());
        QCOMPARE(summary->counts.failed, 0);
        QVERIFY(summary->isComplete());
        QVERIFY(!summary->mayLackKinds());
        QCOMPARE(dataSets(readSamples(folder)), dataSets(samples));
    }

    void nothingUnderAUidIsSaid()
    {
        RetrieveParams params;
        params.keys.set(tag::kStudyInstanceUid, u"1.2.3.4.5"_s);
        const auto got = clientOf(m_archive.port()).get(params, m_folder.filePath(u"nothing"_s), {}, {});
        QVERIFY(got && got->hasNothing());
        const auto moved = clientOf(m_archive.port()).move(params, kOwnTitle, {}, {});
        QVERIFY(moved && moved->hasNothing());
    }

    void moveBringsAStudyToTheNodeThatIsNamed()
    {
        engine::ReceiveParams params;
        params.address = u"127.0.0.1"_s;
        params.port = m_movePort;
        params.folder = m_folder.filePath(u"moved"_s);
        engine::ReceiveServer receiver(params);
        QVERIFY(receiver.start());
        qint64 completed = 0;
        const auto progress = [&](const engine::RetrieveCounts& counts) { completed = counts.completed; };
        const auto summary = clientOf(m_archive.port()).move(study(), kOwnTitle, progress, {});
        QVERIFY2(summary, qPrintable(summary ? QString() : summary.error().detail));
        QVERIFY(summary->isComplete());
        QCOMPARE(completed, 7);
        QCOMPARE(dataSets(readSamples(params.folder)), dataSets(sent(m_study)));
    }

    void aNodeThatThePeerDoesNotKnowIsSaid()
    {
        const auto summary = clientOf(m_archive.port()).move(study(), AeTitle{"NOBODY"}, {}, {});
        QVERIFY(!summary);
        QCOMPARE(summary.error().code, ErrorCode::MoveDestinationUnknown);
        QCOMPARE(summary.error().dimseStatus, std::optional<quint16>(0xA801));
    }

    void failuresThatAreNotCountedAreFailures()
    {
        const FakeScp scp([](FakePeer& peer, int) {
            peer.accept();
            if (const auto message = peer.readMessage()) {
                peer.respond(*message, {.status = 0xB000});
                (void)peer.readMessage(); // the release
            }
        });
        const auto summary = clientOf(scp.port()).move(study(), kOwnTitle, {}, {});
        QVERIFY2(summary, qPrintable(summary ? QString() : summary.error().detail));
        QVERIFY(!summary->isComplete());
    }

    void aServiceThatIsNotOfferedIsSaid()
    {
        Result<engine::FindSummary> end;
        ask(m_archive.port(), {QueryModel::ModalityWorklist, QueryLevel::Study, {}, 0}, &end);
        QVERIFY(!end);
        QCOMPARE(end.error().code, ErrorCode::ServiceNotOffered);
    }

    void orthancIsAskedAndFetchedFrom()
    {
        if (!QFile::exists(u"/usr/sbin/Orthanc"_s)) {
            QSKIP("no Orthanc on this machine");
        }
        Orthanc orthanc;
        QVERIFY2(orthanc.start(QString::number(freePort())), orthanc.output());
        QCOMPARE(deliver(orthanc.dicomPort(), m_samples), 14);
        QCOMPARE(ask(orthanc.dicomPort(), studyQuery()).size(), std::size_t(2));
        const auto folder = m_folder.filePath(u"orthanc"_s);
        const auto summary = clientOf(orthanc.dicomPort()).get(study(), folder, {}, {});
        QVERIFY2(summary, qPrintable(summary ? QString() : summary.error().detail));
        QCOMPARE(summary->received, 7);
    }

    void aWorklistIsAsked()
    {
        const auto root = m_folder.filePath(u"worklist"_s);
        const auto port = freePort();
        QVERIFY(QDir().mkpath(root + u"/ARCHIVE"_s));
        writeFile(root + u"/ARCHIVE/lockfile"_s, {});
        writeFile(root + u"/step.dump"_s,
            "(0008,0005) CS [ISO_IR 192]\n(0008,0050) SH [A1]\n(0010,0010) PN [Wang^XiaoDong=王^小东]\n"
            "(0010,0020) LO [P1]\n(0020,000d) UI [1.2.3]\n(0032,1060) LO [头颅平扫]\n(0040,1001) SH [R1]\n"
            "(0040,0100) SQ\n(fffe,e000) -\n(0008,0060) CS [CT]\n(0040,0001) AE [CT1]\n(0040,0002) DA [20261127]\n"
            "(0040,0003) TM [0900]\n(0040,0009) SH [S1]\n(fffe,e00d) -\n(fffe,e0dd) -\n");
        PeerProcess dump;
        QCOMPARE(dump.run(u"dump2dcm"_s, {u"+te"_s, root + u"/step.dump"_s, root + u"/ARCHIVE/step.wl"_s}), 0);
        PeerProcess worklist;
        QVERIFY2(worklist.startServer(u"wlmscpfs"_s, {u"-dfr"_s, u"-dfp"_s, root, QString::number(port)}, port),
            worklist.output());
        FindParams params{QueryModel::ModalityWorklist, QueryLevel::Study, {}, 0};
        params.keys.set(tag::kPatientName);
        params.keys.set(tag::kRequestedProcedureDescription);
        auto& step = params.keys.ensureItem(tag::kScheduledProcedureStepSequence);
        step.set(tag::kModality, u"CT"_s);
        step.set(tag::kScheduledStationAeTitle);
        const auto matches = ask(port, params);
        QVERIFY2(matches.size() == 1, worklist.output());
        QCOMPARE(matches.front().value(tag::kPatientName), u"Wang^XiaoDong=王^小东"_s);
        QCOMPARE(matches.front().value(tag::kRequestedProcedureDescription), u"头颅平扫"_s);
        QCOMPARE(
            matches.front().item(tag::kScheduledProcedureStepSequence)->value(tag::kScheduledStationAeTitle), u"CT1"_s);
        step.set(tag::kModality, u"MR"_s);
        QVERIFY(ask(port, params).empty());
    }

private:
    static FindParams studyQuery()
    {
        FindParams params;
        params.keys.set(tag::kPatientName);
        params.keys.set(tag::kStudyInstanceUid);
        return params;
    }

    [[nodiscard]] RetrieveParams study() const
    {
        RetrieveParams params;
        params.keys.set(tag::kStudyInstanceUid, m_study);
        return params;
    }

    [[nodiscard]] std::vector<Sample> sent(const QString& study) const
    {
        std::vector<Sample> samples;
        std::copy_if(m_samples.begin(), m_samples.end(), std::back_inserter(samples),
            [&](const Sample& sample) { return sample.header.studyInstanceUid.toString() == study; });
        return samples;
    }

    QTemporaryDir m_folder;
    Dcmqrscp m_archive;
    const quint16 m_movePort = freePort();
    std::vector<Sample> m_samples;
    QString m_study;
    int m_made = 1;
};

QTEST_GUILESS_MAIN(TestQuery)
#include "TestQuery.moc"
