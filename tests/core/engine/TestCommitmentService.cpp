#include "core/engine/CommitmentService.h"

#include "core/net/Acceptor.h"
#include "core/store/Database.h"
#include "core/store/Ledger.h"
#include "tests/support/LedgerFixture.h"
#include "tests/support/LogWatch.h"
#include "tests/support/ManualClock.h"

#include <QFile>
#include <QTest>

#include <atomic>

using namespace radpost;
using namespace radpost::engine;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Who asked; answers each report with one status.
class Peer final : public net::CommitmentHandler
{
public:
    Peer()
        : m_acceptor(settings(), nullptr)
    {
        if (!m_acceptor.start()) {
            qFatal("no port");
        }
    }
    ~Peer() override { m_acceptor.stop(); }
    Q_DISABLE_COPY_MOVE(Peer)

    [[nodiscard]] config::ServePeer listed() const
    {
        config::ServePeer peer;
        peer.aeTitle = {"RADPOST"};
        peer.port = m_acceptor.port();
        return peer;
    }

    quint16 request(const net::CommitmentRequest&, const net::PeerInfo&) override { return 0x0211; }
    std::optional<net::CommitmentReport> takeDue(const net::PeerInfo&) override { return {}; }
    void answered(const QByteArray&, const net::PeerInfo&, std::optional<quint16>) override {}
    quint16 report(const net::CommitmentReport&, const net::PeerInfo&) override
    {
        ++reports;
        return net::kStatusSuccess;
    }

    std::atomic<int> reports = 0;

private:
    net::AcceptorSettings settings()
    {
        net::AcceptorSettings made;
        made.address = u"127.0.0.1"_s;
        made.port = 0;
        made.commitment = this;
        return made;
    }
    net::Acceptor m_acceptor;
};

struct Room
{
    Room() { m_fixture.open(&clock); }

    [[nodiscard]] store::Ledger& ledger() { return m_fixture.ledger(); }

    /// What @p peer is told on its own association.
    static net::PeerInfo caller()
    {
        net::PeerInfo peer;
        peer.association = 7;
        peer.callingAeTitle = "RADPOST";
        peer.calledAeTitle = "GATEWAY";
        peer.caller.address = u"127.0.0.1"_s;
        return peer;
    }

    ManualClock clock;
    LedgerFixture m_fixture;
};

const net::CommitmentRequest kRequest{"2.25.9", {{{"1.2.840.10008.5.1.4.1.1.2"}, {"2.25.1"}}}};

} // namespace

/// What the gateway owes, with the clock and the ledger in hand.
class TestCommitmentService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsKeptOfAnAssociationThatIsGone()
    {
        Room room;
        CommitmentBook book(room.ledger(), {});
        CommitmentService service(room.ledger(), book, room.clock, {});
        QCOMPARE(service.request(kRequest, Room::caller()), 0);
        service.gone(Room::caller());
        QVERIFY(!service.takeDue(Room::caller()));
        QCOMPARE(service.request(kRequest, Room::caller()), 0); // once more
        QVERIFY(service.takeDue(Room::caller()));
    }

    void aLedgerThatCannotBeReadAtTheStart_isTriedAgain()
    {
        Room room;
        Peer peer;
        CommitmentBook book(room.ledger(), {});
        CommitmentServiceParams params;
        params.peers = {peer.listed()};
        const LogWatch blind(u"no reports of commitment"_s);
        CommitmentService service(room.ledger(), book, room.clock, params);
        QCOMPARE(service.request(kRequest, Room::caller()), 0);
        service.gone(Room::caller());
        const QString path = room.m_fixture.path();
        QVERIFY(QFile::rename(path, path + u".away"_s));
        service.start();
        QTRY_COMPARE(blind.count(), 1);
        room.clock.advance(6s);
        QVERIFY(QFile::rename(path + u".away"_s, path));
        QTRY_VERIFY((room.clock.advance(6s), peer.reports.load() == 1)); // it may have begun to wait just now
        QCOMPARE(blind.count(), 1);
    }

    void aLedgerThatCannotBeReadAtTheStart_holdsUpNoEnd()
    {
        Room room;
        CommitmentBook book(room.ledger(), {});
        const LogWatch blind(u"no reports of commitment"_s);
        CommitmentService service(room.ledger(), book, room.clock, {});
        const QString path = room.m_fixture.path();
        QVERIFY(QFile::rename(path, path + u".away"_s));
        service.start();
        QTRY_COMPARE(blind.count(), 1);
        service.stop(); // the clock stands
        QVERIFY(QFile::rename(path + u".away"_s, path));
    }

    void aLedgerThatCannotBeWritten_doesNotMakeItReportWithoutEnd()
    {
        Room room;
        Peer peer;
        CommitmentBook book(room.ledger(), {});
        CommitmentServiceParams params;
        params.peers = {peer.listed()};
        CommitmentService service(room.ledger(), book, room.clock, params);
        QCOMPARE(service.request(kRequest, Room::caller()), 0);
        service.gone(Room::caller());
        QVERIFY(room.ledger().writer().run([](store::WriteSession& session) {
            return session.database.exec(u"CREATE TRIGGER stuck BEFORE DELETE ON commitment_requests BEGIN SELECT "
                                         "RAISE(ABORT, 'stuck'); END"_s);
        }));
        service.start();
        room.clock.advance(4s); // the association of the request had its time
        QTRY_COMPARE(peer.reports.load(), 1);
        QTest::qWait(300); // real time, in which a loop would go round many times; the clock stands
        QCOMPARE(peer.reports.load(), 1);
        room.clock.advance(6s);
        QTRY_COMPARE(peer.reports.load(), 2);
    }
};

QTEST_GUILESS_MAIN(TestCommitmentService)
#include "TestCommitmentService.moc"
