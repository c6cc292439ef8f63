#include "tests/app/cli/RadpostProcess.h"
#include "tests/support/FakeScp.h"

#include <QJsonArray>
#include <QTest>

using namespace radpost::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kComprehensiveSr{"1.2.840.10008.5.1.4.1.1.88"};

// Takes everything but structured reports.
void refuseReports(FakePeer& peer, int)
{
    peer.accept({.choose = [](const FakePeer::Context& context) {
        const bool isReport = context.abstractSyntax.startsWith(kComprehensiveSr);
        return std::pair(quint8(isReport ? 3 : 0), context.transferSyntaxes.front());
    }});
    peer.serve();
}

QString addressOf(const FakeScp& scp)
{
    return u"FAKE@127.0.0.1:%1"_s.arg(scp.port());
}

QJsonObject stepOf(const Outcome& outcome, const QString& step)
{
    for (const auto& event : outcome.events()) {
        if (event[u"step"_s] == step) {
            return event;
        }
    }
    return {};
}

} // namespace

/// Runs the real `radpost echo` against peers with a script.
class TestEcho : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withForItAsksForWhatIsThere()
    {
        const FakeScp scp(refuseReports);
        const auto folder = m_home.makeStudies(u"mixed"_s, {u"--series"_s, u"tiny:3"_s, u"--series"_s, u"sr:1"_s});
        const auto outcome = m_home.run({u"echo"_s, addressOf(scp), u"--for"_s, folder, u"--json"_s});
        const auto contexts = stepOf(outcome, u"contexts"_s);
        QVERIFY2(contexts[u"contexts"_s].toArray().size() == 2, qPrintable(outcome.text()));
        QCOMPARE(contexts[u"asIs"_s].toInt(), 1);
        QCOMPARE(contexts[u"refused"_s].toInt(), 1);
        QCOMPARE(outcome.event(u"diagnosis"_s)[u"good"_s].toBool(true), false);
        QVERIFY(outcome.code != 0);
        const auto text = m_home.run({u"echo"_s, addressOf(scp), u"--for"_s, folder}).text();
        QVERIFY2(
            text.contains(u"SR Storage") && text.contains(u"does not store this kind of object"), qPrintable(text));
    }

    void withoutForItAsksForTheUsualKinds()
    {
        const FakeScp scp(refuseReports);
        const auto contexts = stepOf(m_home.run({u"echo"_s, addressOf(scp), u"--json"_s}), u"contexts"_s);
        QVERIFY(contexts[u"contexts"_s].toArray().size() > 10);
        QCOMPARE(contexts[u"asIs"_s].toInt() + contexts[u"converted"_s].toInt() + contexts[u"refused"_s].toInt(),
            contexts[u"contexts"_s].toArray().size());
    }

    void jsonHoldsEachStepWithItsFacts()
    {
        const FakeScp scp([](FakePeer& peer, int) {
            peer.accept();
            peer.serve();
        });
        const auto outcome = m_home.run({u"echo"_s, addressOf(scp), u"--json"_s});
        QCOMPARE(outcome.code, 0);
        QStringList steps;
        for (const auto& event : outcome.events()) {
            QVERIFY2(!event.isEmpty(), outcome.out.constData());
            steps.append(event[u"step"_s].toString());
        }
        QCOMPARE(steps,
            QStringList({u"resolve"_s, u"connect"_s, u"tls"_s, u"association"_s, u"echo"_s, u"contexts"_s, QString()}));
        QCOMPARE(stepOf(outcome, u"association"_s)[u"implementation"_s].toString(), u"FAKE"_s);
        QVERIFY(stepOf(outcome, u"echo"_s)[u"medianMicroseconds"_s].toInt() > 0);
        const auto diagnosis = outcome.event(u"diagnosis"_s);
        QCOMPARE(diagnosis[u"good"_s].toBool(), true);
        QCOMPARE(diagnosis[u"warnings"_s].toInt(-1), 0);
    }

    void aRejectionIsSaidInBothLanguages()
    {
        const FakeScp scp([](FakePeer& peer, int) {
            peer.readRequest();
            peer.reject(2, 3, 2);
            peer.drain();
        });
        const auto english = m_home.run({u"echo"_s, addressOf(scp)});
        QVERIFY2(english.text().contains(u"as many associations as it allows"), qPrintable(english.text()));
        QVERIFY2(english.text().contains(u"result 2 (transient)"), qPrintable(english.text()));
        const auto chinese = m_home.run({u"--lang=zh_CN"_s, u"echo"_s, addressOf(scp)});
        QVERIFY2(chinese.text().contains(u"目的地的关联数已达到其上限"), qPrintable(chinese.text()));
        const auto json = m_home.run({u"echo"_s, addressOf(scp), u"--json"_s});
        QCOMPARE(stepOf(json, u"association"_s)[u"rejection"_s][u"reason"_s].toInt(), 2);
        QCOMPARE(json.code, 3);
    }

private:
    RadpostHome m_home;
};

QTEST_GUILESS_MAIN(TestEcho)
#include "TestEcho.moc"
