#include "tests/app/cli/RadpostProcess.h"
#include "tests/support/FakeArchive.h"
#include "tests/support/PeerProcess.h"

#include <QJsonDocument>
#include <QTest>

using namespace radpost;
using namespace radpost::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kInstances = 4;

QString addressOf(const FakeArchive& archive)
{
    return u"PACS@127.0.0.1:%1"_s.arg(archive.port());
}

} // namespace

/// Proof of delivery by the real program.
class TestSendProof : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<RadpostHome>();
        m_studies = m_home->makeStudies(u"studies"_s, {u"--series"_s, u"ct:%1"_s.arg(kInstances)});
    }

    void provedIsCodeZero()
    {
        FakeArchive archive;
        const auto sent =
            m_home->run({u"send"_s, m_studies, u"--to"_s, addressOf(archive), u"--proof"_s, u"commitment"_s});
        QVERIFY2(sent.code == 0, qPrintable(sent.text()));
        QVERIFY2(
            sent.text().contains(u"Everything is stored at the destination, and proved."), qPrintable(sent.text()));
    }

    void sentIsNotProved()
    {
        FakeArchive archive;
        archive.manner = FakeArchive::Manner::WhenTold;
        const auto sent = m_home->run({u"send"_s, m_studies, u"--to"_s, addressOf(archive), u"--proof"_s,
            u"commitment"_s, u"--proof-wait"_s, u"100ms"_s, u"--json"_s});
        QCOMPARE(sent.code, 1);
        const auto receipt = sent.event(u"receipt"_s)[u"receipt"_s].toObject();
        QCOMPARE(receipt[u"proof"_s][u"proved"_s].toInt(), 0);
        QCOMPARE(receipt[u"proof"_s][u"asked"_s].toInt(), kInstances);
        QCOMPARE(archive.stored(), kInstances);
    }

    /// SIGKILL between N-ACTION and the report: another process hears the report, and asks nothing again.
    void aKilledProcessGoesOn()
    {
        FakeArchive archive;
        archive.manner = FakeArchive::Manner::WhenTold;
        const auto port = freePort();
        archive.reportPort = [port] { return port; };
        QProcess killed;
        m_home->start(killed,
            {u"send"_s, m_studies, u"--to"_s, addressOf(archive), u"--proof"_s, u"commitment"_s, u"--proof-wait"_s,
                u"1h"_s});
        QVERIFY(killed.waitForStarted());
        QTRY_COMPARE_WITH_TIMEOUT(archive.requests().size(), std::size_t(1), 30'000);
        killed.kill();
        QVERIFY(killed.waitForFinished());

        QProcess next;
        m_home->start(next, {u"resume"_s, u"--proof-wait"_s, u"1min"_s, u"--commitment-port"_s, QString::number(port)});
        QVERIFY(next.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(accepts(port), 30'000);
        (void)archive.reportAll();
        archive.manner = FakeArchive::Manner::SameAssociation; // where the first process died before it knew
        QVERIFY(next.waitForFinished(60'000));
        const auto text = QString::fromUtf8(next.readAllStandardOutput() + next.readAllStandardError());
        QVERIFY2(next.exitCode() == 0, qPrintable(text));
        QCOMPARE(archive.stored(), kInstances);
        QCOMPARE(archive.requests().size(), std::size_t(1));
    }

    void aPortThatIsTakenIsSaidBeforeAnythingIsSent()
    {
        FakeArchive archive;
        const auto port = QString::number(archive.port());
        const auto sent = m_home->run({u"send"_s, m_studies, u"--to"_s, addressOf(archive), u"--proof"_s,
            u"commitment"_s, u"--commitment-port"_s, port});
        QVERIFY2(sent.code != 0 && sent.code != 1, qPrintable(sent.text()));
        QCOMPARE(archive.stored(), 0);
    }

    void whatIsWrongIsSaid()
    {
        FakeArchive archive;
        for (const auto& wrong : {QStringList{u"--proof"_s, u"hope"_s}, QStringList{u"--proof-wait"_s, u"soon"_s},
                 QStringList{u"--commitment-port"_s, u"0"_s}}) {
            QCOMPARE(m_home->run(QStringList{u"send"_s, m_studies, u"--to"_s, addressOf(archive)} + wrong).code, 2);
        }
    }

    void whoCannotBeAskedGetsNothing()
    {
        FakeArchive archive;
        const auto sent = m_home->run({u"send"_s, m_studies, u"--to"_s, addressOf(archive), u"--only-missing"_s});
        QVERIFY2(sent.code == 3, qPrintable(sent.text()));
        QCOMPARE(archive.stored(), 0);
    }

private:
    std::unique_ptr<RadpostHome> m_home;
    QString m_studies;
};

QTEST_GUILESS_MAIN(TestSendProof)
#include "TestSendProof.moc"
