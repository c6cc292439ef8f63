#include "tests/integration/PeerReceiver.h"
#include "tests/support/PeerProcess.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <map>

using namespace radpost;
using namespace radpost::net;
using namespace radpost::test;
using namespace Qt::StringLiterals;

/// Other people's senders against our receiver.
class TestPeersSend : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void echoscuIsAnswered();
    void sendersDeliverEveryInstance_data();
    void sendersDeliverEveryInstance();
    void storescuTwice_keepsOneOfEach();
    void manySendersAtOnce();

private:
    [[nodiscard]] QString folder() const { return m_folder.path(); }

    QTemporaryDir m_folder;
    std::vector<Sample> m_samples;
};

void TestPeersSend::initTestCase()
{
    m_samples = makeSyntheticSamples(folder());
    QVERIFY(m_samples.size() >= 28);
}

void TestPeersSend::echoscuIsAnswered()
{
    CountingEcho echo;
    const PeerReceiver receiver(&echo);
    QVERIFY(receiver.isOpen());
    PeerProcess peer;
    QCOMPARE(
        peer.run(u"echoscu"_s, {u"--repeat"_s, u"3"_s, u"-aet"_s, u"CALLER"_s, u"127.0.0.1"_s, receiver.port()}), 0);
    QCOMPARE(echo.m_count, 3);
    QCOMPARE(echo.m_lastCaller, "CALLER"_ba);
}

void TestPeersSend::sendersDeliverEveryInstance_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QStringList>("options");
    QTest::newRow("storescu, required contexts") << u"storescu"_s << QStringList{u"-R"_s, u"+sd"_s, u"+r"_s};
    QTest::newRow("storescu, small PDUs")
        << u"storescu"_s << QStringList{u"-R"_s, u"-pdu"_s, u"4096"_s, u"+sd"_s, u"+r"_s};
    QTest::newRow("dcmsend") << u"dcmsend"_s << QStringList{u"+sd"_s, u"+r"_s, u"-dn"_s};
}

void TestPeersSend::sendersDeliverEveryInstance()
{
    QFETCH(QString, program);
    QFETCH(QStringList, options);
    const PeerReceiver receiver;
    QVERIFY(receiver.isOpen());
    PeerProcess peer;
    QVERIFY2(peer.run(program, options + QStringList{u"127.0.0.1"_s, receiver.port(), folder()}) == 0, peer.output());
    QCOMPARE(receiver.counters().failed, 0);
    std::map<QByteArray, const Sample*> received;
    const auto files = receiver.files();
    for (const Sample& file : files) {
        received[file.header.sopInstanceUid.value] = &file;
    }
    for (const Sample& sample : m_samples) {
        const auto found = received.find(sample.header.sopInstanceUid.value);
        QVERIFY2(found != received.end(), qPrintable(sample.path));
        const auto& header = found->second->header;
        QCOMPARE(header.sopClassUid, sample.header.sopClassUid);
        QCOMPARE(header.patientName, sample.header.patientName);
        QCOMPARE(header.rows, sample.header.rows);
    }
    QCOMPARE(received.size(), m_samples.size());
}

void TestPeersSend::storescuTwice_keepsOneOfEach()
{
    const PeerReceiver receiver;
    QVERIFY(receiver.isOpen());
    PeerProcess peer;
    const QStringList arguments{u"-R"_s, u"+sd"_s, u"+r"_s, u"127.0.0.1"_s, receiver.port(), folder()};
    QCOMPARE(peer.run(u"storescu"_s, arguments), 0);
    QCOMPARE(peer.run(u"storescu"_s, arguments), 0);
    QCOMPARE(static_cast<std::size_t>(receiver.counters().stored), m_samples.size());
    QCOMPARE(static_cast<std::size_t>(receiver.counters().duplicates), m_samples.size());
    QCOMPARE(receiver.files().size(), m_samples.size());
}

void TestPeersSend::manySendersAtOnce()
{
    const PeerReceiver receiver;
    QVERIFY(receiver.isOpen());
    std::array<PeerProcess, 6> peers;
    const QStringList arguments{u"-R"_s, u"+sd"_s, u"+r"_s, u"127.0.0.1"_s, receiver.port(), folder()};
    for (PeerProcess& peer : peers) {
        peer.start(u"storescu"_s, arguments);
    }
    for (PeerProcess& peer : peers) {
        QVERIFY2(peer.awaitEnd() == 0, peer.output());
    }
    QCOMPARE(receiver.files().size(), m_samples.size());
    QCOMPARE(static_cast<std::size_t>(receiver.counters().duplicates), m_samples.size() * (peers.size() - 1));
}

QTEST_GUILESS_MAIN(TestPeersSend)
#include "TestPeersSend.moc"
