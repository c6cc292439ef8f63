#include "core/dicom/SyntheticStudy.h"
#include "tests/core/engine/EngineFixture.h"
#include "tests/integration/ArchivePeers.h"

#include <QTest>

using namespace radpost;
using namespace radpost::test;
using engine::Engine;
using store::Proof;
using store::ProofWanted;

namespace {

constexpr int kInstances = 5;

struct Room : EngineFixture
{
    Room()
    {
        dicom::SyntheticParams params;
        params.folder = source();
        params.series = {{dicom::SyntheticKind::Ct, 3}, {dicom::SyntheticKind::Mr, 2}};
        if (!dicom::makeSyntheticStudies(params, {})) {
            qFatal("no study");
        }
    }

    [[nodiscard]] std::unique_ptr<Engine> openWith(std::optional<quint16> port = {})
    {
        auto made = params();
        made.commitmentPort = port;
        made.commitmentAddress = u"127.0.0.1"_s;
        made.proof.firstDelay = 200ms;
        made.proof.quiet = 10ms;
        auto opened = Engine::open(made);
        if (!opened) {
            qFatal("%s", qPrintable(opened.error().detail));
        }
        return *std::move(opened);
    }

    [[nodiscard]] engine::SendRequest wish(quint16 port, const QByteArray& aeTitle, ProofWanted proof)
    {
        auto made = request({destination(port)});
        made.destinations.front().calledAeTitle = {aeTitle};
        made.proof = proof;
        return made;
    }

    [[nodiscard]] queue::Receipt send(Engine& engine, const engine::SendRequest& request)
    {
        const auto jobs = engine.send(request);
        if (!jobs || !engine.waitUntilAtRest(limit()) || !engine.waitUntilProved(*jobs, limit())) {
            qFatal("not sent");
        }
        return *engine.receipt(jobs->front());
    }
};

} // namespace

/// Proof of delivery by archives that are not ours.
class TestProof : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void orthancCommits()
    {
        if (!QFile::exists(u"/usr/sbin/Orthanc"_s)) {
            QSKIP("no Orthanc on this machine");
        }
        Room room;
        const auto port = freePort();
        Orthanc orthanc;
        QVERIFY2(orthanc.start(QString::number(port)), orthanc.output());
        const auto engine = room.openWith(port);
        const auto receipt = room.send(*engine, room.wish(orthanc.dicomPort(), "ORTHANC", ProofWanted::Commitment));
        QVERIFY2(receipt.proof.of(Proof::Proved) == kInstances, orthanc.output());
        QVERIFY(receipt.isComplete());
    }

    void orthancIsQueried()
    {
        if (!QFile::exists(u"/usr/sbin/Orthanc"_s)) {
            QSKIP("no Orthanc on this machine");
        }
        Room room;
        Orthanc orthanc;
        QVERIFY2(orthanc.start(QString::number(freePort())), orthanc.output());
        const auto engine = room.openWith();
        const auto receipt = room.send(*engine, room.wish(orthanc.dicomPort(), "ORTHANC", ProofWanted::Query));
        QVERIFY2(receipt.proof.of(Proof::Proved) == kInstances, orthanc.output());
    }

    void dcmqrscpIsQueried_andGetsWhatItLacks()
    {
        Room room;
        Dcmqrscp archive;
        QVERIFY2(archive.start(QString::number(freePort())), archive.output());
        const auto samples = readSamples(room.source());
        QCOMPARE(samples.size(), std::size_t(kInstances));
        QCOMPARE(deliver(archive.port(), {samples[0], samples[1]}), 2);
        const auto engine = room.openWith();
        auto request = room.wish(archive.port(), "ARCHIVE", ProofWanted::Query);
        request.onlyMissing = true;
        const auto receipt = room.send(*engine, request);
        QCOMPARE(receipt.counts.of(store::DeliveryState::Stored), kInstances - 2);
        QCOMPARE(receipt.proof.of(Proof::Proved), kInstances - 2);
        QCOMPARE(receipt.alreadyThereCount(), 2);
        QCOMPARE(receipt.fileCount(), kInstances);
        QVERIFY(receipt.isComplete());
        const auto again = room.send(*engine, request);
        QCOMPARE(again.counts.total(), 0);
        QCOMPARE(again.alreadyThereCount(), kInstances);
    }

    void dcmqrscpDoesNotCommit()
    {
        Room room;
        Dcmqrscp archive;
        QVERIFY2(archive.start(QString::number(freePort())), archive.output());
        const auto engine = room.openWith(freePort());
        const auto receipt = room.send(*engine, room.wish(archive.port(), "ARCHIVE", ProofWanted::Commitment));
        QCOMPARE(receipt.proof.of(Proof::Missing), kInstances);
        QVERIFY(!receipt.isComplete());
    }
};

QTEST_GUILESS_MAIN(TestProof)
#include "TestProof.moc"
