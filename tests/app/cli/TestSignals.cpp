#include "tests/app/cli/RadpostProcess.h"
#include "tests/support/FakeScp.h"

#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <csignal>
#include <mutex>

using namespace radpost::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int kInstances = 40;
constexpr int kStops = 3;
constexpr int kBetweenStops = 8;
constexpr auto kPatience = 300ms; ///< of the peer, with a sender that says nothing
constexpr quint16 kStoreRequest = 0x0001;
constexpr int kAtOnceMs = 2'000; ///< far below the patience that the first Ctrl-C has

/// A peer that stops the sending process between two instances, loses its patience with it, ends the association, and
/// lets the process go on.
class ImpatientPeer final
{
public:
    ImpatientPeer()
        : m_scp([this](FakePeer& peer, int) { talk(peer); })
    {
    }

    [[nodiscard]] quint16 port() const { return m_scp.port(); }
    void setSender(qint64 processId)
    {
        const std::lock_guard lock(m_mutex);
        m_sender = static_cast<pid_t>(processId);
    }

    [[nodiscard]] QHash<QByteArray, int> stored()
    {
        const std::lock_guard lock(m_mutex);
        return m_stored;
    }
    [[nodiscard]] int stops() const { return m_stops; }

private:
    void talk(FakePeer& peer)
    {
        if (!peer.accept()) {
            return;
        }
        int onThisAssociation = 0;
        while (const auto message = peer.readMessage()) {
            if (message->command != kStoreRequest) {
                peer.respond(*message);
                continue;
            }
            const std::lock_guard lock(m_mutex);
            ++m_stored[message->sopInstance];
            const bool stops = m_sender > 0 && m_stops < kStops && ++onThisAssociation > kBetweenStops;
            if (stops) {
                ::kill(m_sender, SIGSTOP);
            }
            peer.respond(*message);
            if (stops) {
                ++m_stops;
                // What was on its way already is drained and dropped with the association.
                while (peer.hears(kPatience) && peer.readPdu()) {
                }
                peer.close();
                ::kill(m_sender, SIGCONT);
                return;
            }
        }
    }

    std::mutex m_mutex; // guards the next two
    pid_t m_sender = 0;
    QHash<QByteArray, int> m_stored;
    std::atomic<int> m_stops{0};
    FakeScp m_scp;
};

} // namespace

/// Signals to a process that sends.
class TestSignals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Stopped (Ctrl-Z, a suspended machine) for longer than the peer waits.
    void aStoppedProcess_goesOnAndStoresEverythingOnce()
    {
        RadpostHome home;
        const auto studies = home.makeStudies(u"in"_s, {u"--series"_s, u"tiny:%1"_s.arg(kInstances)});
        ImpatientPeer peer;
        QProcess sender;
        home.start(sender,
            {u"send"_s, studies, u"--to"_s, u"PEER@127.0.0.1:%1"_s.arg(peer.port()), u"--associations"_s, u"1"_s,
                u"--set"_s, u"window=1"_s, u"--json"_s});
        QVERIFY(sender.waitForStarted(20'000));
        peer.setSender(sender.processId());
        QVERIFY(sender.waitForFinished(60'000));
        Outcome outcome;
        outcome.out = sender.readAllStandardOutput();
        outcome.err = sender.readAllStandardError();
        QVERIFY2(sender.exitCode() == 0, qPrintable(outcome.text()));

        QVERIFY(peer.stops() > 0);
        const auto stored = peer.stored();
        QCOMPARE(stored.size(), kInstances);
        for (const int times : stored) {
            QCOMPARE(times, 1);
        }
        const auto receipt = outcome.event(u"receipt"_s)[u"receipt"_s].toObject();
        QCOMPARE(receipt[u"job"_s][u"state"_s].toString(), u"finished"_s);
        QCOMPARE(home.run({u"resume"_s}).code, 0);
        QCOMPARE(peer.stored(), stored);
    }

    void theSecondCtrlC_endsAtOnceAndLosesNothing()
    {
        constexpr int kAnswered = 10;
        std::mutex mutex;
        QHash<QByteArray, int> stored;
        std::atomic<bool> isSilent{false};
        const FakeScp scp([&](FakePeer& peer, int connection) {
            if (!peer.accept()) {
                return;
            }
            for (int count = 0; const auto message = peer.readMessage(); ++count) {
                if (connection == 0 && count == kAnswered) {
                    isSilent = true;
                    peer.hold();
                    return;
                }
                if (message->command == kStoreRequest) {
                    const std::lock_guard lock(mutex);
                    ++stored[message->sopInstance];
                }
                peer.respond(*message);
            }
        });
        const RadpostHome home;
        const auto studies = home.makeStudies(u"in"_s, {u"--series"_s, u"tiny:%1"_s.arg(kInstances)});
        QProcess sender;
        sender.setProcessChannelMode(QProcess::MergedChannels);
        home.start(sender,
            {u"send"_s, studies, u"--to"_s, u"PEER@127.0.0.1:%1"_s.arg(scp.port()), u"--associations"_s, u"1"_s});
        QTRY_VERIFY_WITH_TIMEOUT(isSilent, 20'000);
        QByteArray said;
        const auto says = [&](const QByteArray& text) {
            return QTest::qWaitFor([&] { return (said += sender.readAll()).contains(text); }, 20'000);
        };
        QCOMPARE(::kill(static_cast<pid_t>(sender.processId()), SIGINT), 0);
        QVERIFY2(says("Press Ctrl-C again"), said);
        QCOMPARE(sender.state(), QProcess::Running); // it waits for the answer
        QCOMPARE(::kill(static_cast<pid_t>(sender.processId()), SIGINT), 0);
        QVERIFY(sender.waitForFinished(kAtOnceMs));
        QCOMPARE(sender.exitStatus(), QProcess::NormalExit);
        QCOMPARE(sender.exitCode(), 130);

        const auto counts = QJsonDocument::fromJson(home.run({u"report"_s, u"1"_s, u"--format"_s, u"json"_s}).out)
                                .object()[u"counts"_s]
                                .toObject();
        QVERIFY(counts[u"stored"_s].toInt(-1) <= kAnswered);
        const auto resumed = home.run({u"resume"_s});
        QVERIFY2(resumed.code == 0, qPrintable(resumed.text()));
        const std::lock_guard lock(mutex);
        QCOMPARE(stored.size(), kInstances);
    }
};

QTEST_GUILESS_MAIN(TestSignals)
#include "TestSignals.moc"
