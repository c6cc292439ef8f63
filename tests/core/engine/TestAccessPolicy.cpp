#include "core/engine/AccessPolicy.h"
#include "core/engine/RefusalBook.h"
#include "core/engine/RefusedCallers.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"
#include "tests/support/ManualClock.h"

#include <QTemporaryDir>
#include <QTest>

using namespace radpost;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using engine::AccessPolicy;
using engine::RefusalReason;

namespace {

const QString kFingerprint = u"ab"_s.repeated(32);

std::vector<config::ServePeer> peers()
{
    const QString colons = u"AB:"_s.repeated(32).chopped(1);
    return {{u"title and range"_s, {"CT1"}, {u"10.1.0.0/16"_s, u"fd00::/8"_s}, {}}, {u"title alone"_s, {"MR1"}, {}, {}},
        {u"address alone"_s, {}, {u"192.168.1.7"_s}, {}}, {u"fingerprint"_s, {"US1"}, {}, colons},
        {u"subject"_s, {"XA1"}, {}, u"CN=xa1,O=Hospital"_s}};
}

} // namespace

class TestAccessPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void admits_data()
    {
        QTest::addColumn<QByteArray>("calling");
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("subject");
        QTest::addColumn<QString>("sha256");
        QTest::addColumn<bool>("isIn");
        const QString none;
        QTest::newRow("loopback") << QByteArray("ANY") << u"127.0.0.1"_s << none << none << true;
        QTest::newRow("loopback, IPv6") << QByteArray("ANY") << u"::1"_s << none << none << true;
        QTest::newRow("stranger") << QByteArray("ANY") << u"10.1.2.3"_s << none << none << false;
        QTest::newRow("title and range") << QByteArray("CT1") << u"10.1.2.3"_s << none << none << true;
        QTest::newRow("second range") << QByteArray("CT1") << u"fd12::1"_s << none << none << true;
        QTest::newRow("title, wrong range") << QByteArray("CT1") << u"10.2.2.3"_s << none << none << false;
        QTest::newRow("title alone") << QByteArray("MR1") << u"8.8.8.8"_s << none << none << true;
        QTest::newRow("case counts") << QByteArray("mr1") << u"8.8.8.8"_s << none << none << false;
        QTest::newRow("address alone") << QByteArray("WHO") << u"192.168.1.7"_s << none << none << true;
        QTest::newRow("fingerprint") << QByteArray("US1") << u"8.8.8.8"_s << u"CN=x"_s << kFingerprint << true;
        QTest::newRow("no fingerprint") << QByteArray("US1") << u"8.8.8.8"_s << none << none << false;
        QTest::newRow("another one") << QByteArray("US1") << u"8.8.8.8"_s << none << u"cd"_s.repeated(32) << false;
        QTest::newRow("subject") << QByteArray("XA1") << u"8.8.8.8"_s << u"CN=xa1,O=Hospital"_s << kFingerprint << true;
        QTest::newRow("another subject") << QByteArray("XA1") << u"8.8.8.8"_s << u"CN=xa1"_s << kFingerprint << false;
    }

    void rightsAreThoseOfEveryPeerThatIsMeant()
    {
        auto listed = peers();
        listed[0].mayQuery = true;    // CT1 in a range
        listed[2].mayRetrieve = true; // an address
        listed.push_back({u"the same address"_s, {"CT1"}, {u"192.168.1.7"_s}, {}, true, false, 0});
        const AccessPolicy policy({}, listed);
        const auto rightsOf = [&](const QByteArray& calling, const QString& address) {
            return policy.rightsOf({calling, "GATE", address});
        };
        QCOMPARE(rightsOf("ANY", u"127.0.0.1"_s), (engine::PeerRights{true, true}));
        QCOMPARE(rightsOf("CT1", u"10.1.2.3"_s), (engine::PeerRights{true, false}));
        QCOMPARE(rightsOf("CT1", u"10.2.2.3"_s), engine::PeerRights());
        QCOMPARE(rightsOf("MR1", u"8.8.8.8"_s), engine::PeerRights()); // it may store
        QCOMPARE(rightsOf("WHO", u"192.168.1.7"_s), (engine::PeerRights{false, true}));
        QCOMPARE(rightsOf("CT1", u"192.168.1.7"_s), (engine::PeerRights{true, true}));
        config::ServeSettings open;
        open.access = config::ServeAccess::Anyone;
        QCOMPARE(AccessPolicy(open, {}).rightsOf({"WHO", "GATE", u"8.8.8.8"_s}), engine::PeerRights());
    }

    void admits()
    {
        QFETCH(QByteArray, calling);
        QFETCH(QString, address);
        QFETCH(QString, subject);
        QFETCH(QString, sha256);
        QFETCH(bool, isIn);
        const AccessPolicy policy({}, peers());
        const auto reason = policy.judge({calling, "GATE", address, subject, sha256}, {});
        QCOMPARE(reason, isIn ? RefusalReason::None : RefusalReason::NotListed);
        config::ServeSettings open;
        open.access = config::ServeAccess::Anyone;
        QCOMPARE(AccessPolicy(open, {}).judge({calling, "GATE", address}, {}), RefusalReason::None);
    }

    void theCalledTitleIsTheListenersElseTheSettings()
    {
        config::ServeSettings settings;
        settings.aeTitle.value = "GATE";
        const AccessPolicy policy(settings, {});
        QCOMPARE(policy.judge({"CT1", "GATE", u"127.0.0.1"_s}, {}), RefusalReason::None);
        QCOMPARE(policy.judge({"CT1", "OTHER", u"127.0.0.1"_s}, {}), RefusalReason::CalledAeTitle);
        QCOMPARE(policy.judge({"CT1", "OTHER", u"127.0.0.1"_s}, {"OTHER"}), RefusalReason::None);
        QCOMPARE(policy.judge({"CT1", "OTHER", u"10.0.0.1"_s}, {}), RefusalReason::NotListed);
    }

    void rightsAreGivenByName_data()
    {
        QTest::addColumn<QByteArray>("calling");
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("sha256");
        QTest::addColumn<bool>("query");
        QTest::addColumn<bool>("retrieve");
        const QString none;
        QTest::newRow("this machine") << QByteArray("ANY") << u"127.0.0.1"_s << none << true << true;
        QTest::newRow("this machine, IPv6") << QByteArray("ANY") << u"::1"_s << none << true << true;
        QTest::newRow("stranger") << QByteArray("ANY") << u"10.1.2.3"_s << none << false << false;
        QTest::newRow("listed, to store") << QByteArray("CT1") << u"10.1.2.3"_s << none << false << false;
        QTest::newRow("query") << QByteArray("ASK") << u"10.1.2.3"_s << none << true << false;
        QTest::newRow("query, from elsewhere") << QByteArray("ASK") << u"10.9.2.3"_s << none << false << false;
        QTest::newRow("query, another title") << QByteArray("ask") << u"10.1.2.3"_s << none << false << false;
        QTest::newRow("retrieve") << QByteArray("GET") << u"10.1.2.3"_s << none << false << true;
        QTest::newRow("both, of two entries") << QByteArray("TWO") << u"10.1.2.3"_s << none << true << true;
        QTest::newRow("one of the two") << QByteArray("TWO") << u"10.2.2.3"_s << none << false << true;
        QTest::newRow("with its certificate") << QByteArray("TLS") << u"8.8.8.8"_s << kFingerprint << true << true;
        QTest::newRow("without it") << QByteArray("TLS") << u"8.8.8.8"_s << none << false << false;
        QTest::newRow("with another one")
            << QByteArray("TLS") << u"8.8.8.8"_s << u"cd"_s.repeated(32) << false << false;
    }

    void rightsAreGivenByName()
    {
        QFETCH(QByteArray, calling);
        QFETCH(QString, address);
        QFETCH(QString, sha256);
        QFETCH(bool, query);
        QFETCH(bool, retrieve);
        const QStringList range{u"10.1.0.0/16"_s};
        const std::vector<config::ServePeer> listed{{u"store"_s, {"CT1"}, range, {}, false, false, 0},
            {u"ask"_s, {"ASK"}, range, {}, true, false, 0}, {u"get"_s, {"GET"}, range, {}, false, true, 0},
            {u"two"_s, {"TWO"}, range, {}, true, false, 0}, {u"two, anywhere"_s, {"TWO"}, {}, {}, false, true, 0},
            {u"tls"_s, {"TLS"}, {}, kFingerprint, true, true, 0}};
        config::ServeSettings settings;
        for (const auto access : {config::ServeAccess::Anyone, settings.access}) { // who may store is another matter
            settings.access = access;
            const auto rights = AccessPolicy(settings, listed).rightsOf({calling, "GATE", address, {}, sha256});
            QCOMPARE(rights.query, query);
            QCOMPARE(rights.retrieve, retrieve);
        }
    }

    void addressesOfStrangersAreKnown()
    {
        const std::vector<config::ServePeer> listed{{u"ct"_s, {"CT1"}, {u"10.1.0.0/16"_s}, {}, false, false, 0}};
        config::ServeSettings settings;
        const AccessPolicy policy(settings, listed);
        QVERIFY(policy.mayCallFrom(u"10.1.2.3"_s));
        QVERIFY(policy.mayCallFrom(u"127.0.0.9"_s));
        QVERIFY(policy.mayCallFrom(u"::ffff:127.0.0.9"_s));
        QVERIFY(!policy.mayCallFrom(u"10.2.0.1"_s));
        QVERIFY(AccessPolicy(settings, {{u"mr"_s, {"MR1"}, {}, {}, false, false, 0}}).mayCallFrom(u"10.2.0.1"_s));
        settings.access = config::ServeAccess::Anyone;
        QVERIFY(AccessPolicy(settings, listed).mayCallFrom(u"10.2.0.1"_s));
    }

    void storageClassesAreTakenAndServicesAreNot()
    {
        const AccessPolicy all({}, {});
        QVERIFY(all.takesSopClass("1.2.840.10008.5.1.4.1.1.2"));
        QVERIFY(all.takesSopClass("1.2.840.10008.5.1.4.1.1.999"));  // of a later edition
        QVERIFY(all.takesSopClass("1.3.46.670589.11.0.0.12.1"));    // private
        QVERIFY(!all.takesSopClass("1.2.840.10008.5.1.4.1.2.2.1")); // C-FIND
        QVERIFY(!all.takesSopClass("1.2.840.10008.1.20.1"));        // storage commitment
        QVERIFY(all.takesTransferSyntax("1.2.3.4"));
        const QByteArray tooLong = "1.2." + QByteArray(61, '3');
        for (const auto& none : {QByteArray(), tooLong, QByteArray("1.2.3\n"), QByteArray(300, 'A')}) {
            QVERIFY(!all.takesSopClass(none));
            QVERIFY(!all.takesTransferSyntax(none));
        }
        config::ServeSettings few;
        few.sopClassUids = QStringList{u"1.2.840.10008.5.1.4.1.1.2"_s};
        few.transferSyntaxUids = QStringList{u"1.2.840.10008.1.2"_s};
        const AccessPolicy listed(few, {});
        QVERIFY(listed.takesSopClass("1.2.840.10008.5.1.4.1.1.2"));
        QVERIFY(!listed.takesSopClass("1.2.840.10008.5.1.4.1.1.4"));
        QVERIFY(listed.takesTransferSyntax("1.2.840.10008.1.2"));
        QVERIFY(!listed.takesTransferSyntax("1.2.840.10008.1.2.1"));
    }

    void refusalsAreAnsweredForAWhileThenMetWithSilence()
    {
        test::ManualClock clock;
        engine::RefusalBook book(clock);
        int answered = 0;
        for (int i = 0; i < 100; ++i) {
            answered += book.isAnswered(u"10.0.0.1"_s) ? 1 : 0;
        }
        QCOMPARE(answered, 20);
        QVERIFY(book.isAnswered(u"10.0.0.2"_s));
        clock.advance(61s);
        QVERIFY(book.isAnswered(u"10.0.0.1"_s));
        QCOMPARE(book.count(), 102);
    }

    void whoIsRefusedIsRememberedOnceWithItsCount()
    {
        QTemporaryDir folder;
        const auto ledger = store::Ledger::open({.path = folder.filePath(u"ledger.sqlite"_s)});
        QVERIFY(ledger);
        const SystemClock clock;
        engine::RefusalBook book(clock);
        const Clock::WallTime at(1000s);
        for (int i = 0; i < 1000; ++i) {
            const QString title = u"CT%1"_s.arg(i % 2);
            book.note({0, {title, u"GATE"_s, u"10.0.0.1"_s}, kFingerprint, u"CN=ct"_s,
                static_cast<int>(RefusalReason::NotListed), at, at, 1});
        }
        book.flush((*ledger)->writer());
        QVERIFY((*ledger)->writer().flush());
        const auto callers = engine::refusedCallers(folder.path());
        QVERIFY(callers);
        QCOMPARE(callers->size(), 2);
        QCOMPARE(callers->first().times, 500);
        const auto peer = engine::peerFor(callers->first(), u"CT"_s);
        const AccessPolicy policy({}, {peer});
        const auto title = callers->first().callingAeTitle.toLatin1();
        QCOMPARE(policy.judge({title, "GATE", u"10.0.0.1"_s, u"CN=ct"_s, kFingerprint}, {}), RefusalReason::None);
        QCOMPARE(policy.judge({title, "GATE", u"10.0.0.2"_s, u"CN=ct"_s, kFingerprint}, {}), RefusalReason::NotListed);
        QCOMPARE(policy.judge({title, "GATE", u"10.0.0.1"_s}, {}), RefusalReason::NotListed);
    }
};

QTEST_GUILESS_MAIN(TestAccessPolicy)
#include "TestAccessPolicy.moc"
