#include "tests/app/cli/GatewayProcess.h"
#include "tests/integration/ArchivePeers.h"

#include <QTest>

#include <map>

using namespace radpost;
using namespace radpost::test;

namespace {

constexpr int kLimitMs = 60'000;

QByteArray dataSetOf(const Sample& sample)
{
    return readFile(sample.path).mid(sample.header.dataSetOffset);
}

/// The data sets, by SOP Instance UID.
std::map<QByteArray, QByteArray> contents(const std::vector<Sample>& samples)
{
    std::map<QByteArray, QByteArray> found;
    for (const auto& sample : samples) {
        found[sample.header.sopInstanceUid.value] = dataSetOf(sample);
    }
    return found;
}

} // namespace

/// `radpost serve` between two archives of DCMTK.
class TestGatewayPeers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// One is told to move a study to the gateway (C-MOVE), which forwards it to the other.
    void whatDcmqrscpMovesHereGoesOnToDcmqrscp()
    {
        const RadpostHome home;
        Dcmqrscp target;
        QVERIFY2(target.start(u"1"_s), target.output().constData());
        writeFile(home.configFile(),
            "[[destination]]\nname = \"TARGET\"\nhost = \"127.0.0.1\"\nport = " + QByteArray::number(target.port()) +
                "\nae_title = \"ARCHIVE\"\n[[rule]]\nname = \"all\"\nsend = \"TARGET\"\n");
        Gateway gateway(home);
        QVERIFY(gateway.start());
        Dcmqrscp source;
        QVERIFY2(source.start(QString::number(gateway.port())), source.output().constData());

        const auto sent =
            readSamples(home.makeStudies(u"in"_s, {u"--series"_s, u"mr:12"_s, u"--series"_s, u"tiny:7"_s}));
        QCOMPARE(sent.size(), 19U);
        QCOMPARE(deliver(source.port(), sent), 19);
        const QString study = sent.front().header.studyInstanceUid.toString();

        PeerProcess move;
        const auto code = move.run(u"movescu"_s,
            {u"-v"_s, u"-S"_s, u"-aet"_s, u"ANYBODY"_s, u"-aec"_s, u"ARCHIVE"_s, u"-aem"_s, u"RADPOST"_s, u"-k"_s,
                u"0008,0052=STUDY"_s, u"-k"_s, u"0020,000D="_s + study, u"127.0.0.1"_s,
                QString::number(source.port())});
        QVERIFY2(code == 0, move.output().constData());
        QVERIFY2(move.output().contains("(Success)"), move.output().constData());

        int moved = 0;
        for (const auto& sample : sent) {
            moved += sample.header.studyInstanceUid.toString() == study ? 1 : 0;
        }
        QVERIFY(moved > 0);
        QVERIFY(gateway.awaitDelivered(u"TARGET"_s, moved));
        const auto wanted = contents(sent);
        QTRY_COMPARE_WITH_TIMEOUT(readSamples(target.storage()).size(), std::size_t(moved), kLimitMs);
        for (const auto& [uid, dataSet] : contents(readSamples(target.storage()))) {
            QVERIFY2(wanted.contains(uid), uid.constData());
            QVERIFY2(wanted.at(uid) == dataSet, uid.constData());
        }
        QCOMPARE(gateway.terminate(), 0);
        const auto all = gateway.await(u"served-in-all"_s);
        QCOMPARE(all[u"stored"_s].toInt(), moved);
        QCOMPARE(all[u"delivered"_s].toInt(), moved);
        QCOMPARE(all[u"rejected"_s].toInt(), 0);
    }
};

QTEST_GUILESS_MAIN(TestGatewayPeers)
#include "TestGatewayPeers.moc"
