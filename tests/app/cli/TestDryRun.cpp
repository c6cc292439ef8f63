#include "tests/app/cli/RadpostProcess.h"
#include "tests/support/FakeScp.h"

#include <QTest>

using namespace radpost::test;
using namespace Qt::StringLiterals;

namespace {

// Neither compressed objects nor structured reports.
void takeLittle(FakePeer& peer, int)
{
    peer.accept({.choose = [](const FakePeer::Context& context) {
        const auto& syntax = context.transferSyntaxes.front();
        const bool isReport = context.abstractSyntax.startsWith("1.2.840.10008.5.1.4.1.1.88");
        const bool isCompressed = syntax == "1.2.840.10008.1.2.1.99"; // Deflated Explicit VR Little Endian
        return std::pair(quint8(isReport ? 3 : isCompressed ? 4 : 0), syntax);
    }});
    peer.serve();
}

} // namespace

/// `radpost send --dry-run` against a peer that does not take everything.
class TestDryRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatMustBeDecompressedIsToldAsLossless()
    {
        const auto folder =
            m_home.makeStudies(u"deflated"_s, {u"--series"_s, u"ct:2:64"_s, u"--syntax"_s, u"deflated"_s});
        const FakeScp scp(takeLittle);
        const auto text = m_home.run(dryRun(folder, scp));
        QVERIFY2(text.code == 0, qPrintable(text.text()));
        QVERIFY2(text.text().contains(u"✔ decompressed, without loss"), qPrintable(text.text()));
        QVERIFY2(
            text.text().contains(u"0 as is, 2 decompressed without loss, 0 cannot be sent"), qPrintable(text.text()));
        const auto chinese = m_home.run(QStringList{u"--lang=zh_CN"_s} + dryRun(folder, scp));
        QVERIFY2(chinese.text().contains(u"解压后发送，无损失"), qPrintable(chinese.text()));
        const auto event = m_home.run(dryRun(folder, scp) + QStringList{u"--json"_s}).event(u"preflight"_s);
        QCOMPARE(event[u"verdict"_s].toString(), u"lossless"_s);
        QVERIFY(event[u"sentAs"_s].toString().startsWith(u"1.2.840.10008.1.2"));
        QVERIFY(event[u"sentAs"_s] != event[u"transferSyntaxUid"_s]);
        QVERIFY(!event.contains(u"reason"_s));
    }

    void answersStandUnderTheirPatientsAndStudiesInOrder()
    {
        const auto folder = m_home.makeStudies(u"several"_s,
            {u"--patients"_s, u"2"_s, u"--series"_s, u"ct:1:64"_s, u"--series"_s, u"mr:1:64"_s, u"--text"_s,
                u"ascii"_s});
        const FakeScp scp(takeLittle);
        const auto text = m_home.run(dryRun(folder, scp));
        QVERIFY2(text.code == 0, qPrintable(text.text()));
        const auto scanned = m_home.run({u"scan"_s, folder}).text().split(u'\n');
        const auto patient = [](const QString& line) { return line.simplified().section(u' ', 0, 1); };
        QStringList order;
        for (const auto& line : QString::fromUtf8(text.out).split(u'\n')) {
            if (line.startsWith(u"  ") && line.size() > 2 && line[2] != u' ') {
                order.append(patient(line));
            } else if (line.startsWith(u"      CT") || line.startsWith(u"      MR")) {
                order.append(line.mid(6, 5).simplified());
            }
        }
        QCOMPARE(order.size(), 6); // two patients with two series each
        QVERIFY2(scanned.first().startsWith(order[0]), qPrintable(scanned.first()));
        QCOMPARE(order.mid(1, 2), (QStringList{u"CT  1"_s.simplified(), u"MR  2"_s.simplified()}));
        QCOMPARE(order.mid(4, 2), order.mid(1, 2));
        QVERIFY(order[0] != order[3]);
    }

    void whatIsNotTakenIsToldWithItsReason()
    {
        const auto folder = m_home.makeStudies(u"report"_s, {u"--series"_s, u"sr:3"_s});
        const FakeScp scp(takeLittle);
        const auto text = m_home.run(dryRun(folder, scp));
        QCOMPARE(text.code, 1);
        QVERIFY2(text.text().contains(u"✖ The destination"), qPrintable(text.text()));
        QVERIFY2(
            text.text().contains(u"0 as is, 0 decompressed without loss, 3 cannot be sent"), qPrintable(text.text()));
        const auto json = m_home.run(dryRun(folder, scp) + QStringList{u"--json"_s});
        QCOMPARE(json.code, 1);
        const auto event = json.event(u"preflight"_s);
        QCOMPARE(event[u"verdict"_s].toString(), u"cannot"_s);
        QCOMPARE(event[u"instances"_s].toInt(), 3);
        QCOMPARE(event[u"reason"_s].toString(), u"NoAcceptedContext"_s);
        QVERIFY(!event.contains(u"sentAs"_s));
    }

private:
    static QStringList dryRun(const QString& folder, const FakeScp& scp)
    {
        return {u"send"_s, folder, u"--to"_s, u"FAKE@127.0.0.1:%1"_s.arg(scp.port()), u"--dry-run"_s};
    }

    RadpostHome m_home;
};

QTEST_GUILESS_MAIN(TestDryRun)
#include "TestDryRun.moc"
