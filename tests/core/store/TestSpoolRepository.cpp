#include "core/store/Database.h"
#include "core/store/RefusedPeerRepository.h"
#include "core/store/SpoolRepository.h"
#include "tests/support/LedgerFixture.h"

#include <QTest>

using namespace radpost;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using store::DuplicatePolicy;
using store::NewSpoolInstance;
using store::SpoolOutcome;

namespace {

std::shared_ptr<store::SpoolSeries> seriesOf(int study, int series = 1)
{
    auto made = std::make_shared<store::SpoolSeries>();
    made->patientName = u"Li^Wei=李^伟"_s;
    made->patientId = u"P%1"_s.arg(study / 2);
    made->studyInstanceUid = u"1.2.%1"_s.arg(study);
    made->studyDate = u"202601%1"_s.arg(study % 28 + 1, 2, 10, QChar(u'0'));
    made->seriesInstanceUid = u"1.2.%1.%2"_s.arg(study).arg(series);
    made->modality = series % 2 == 1 ? u"CT"_s : u"SR"_s;
    return made;
}

struct Fixture
{
    Fixture() { fixture.open(); }

    NewSpoolInstance make(
        const QByteArray& uid, const QString& digest, std::shared_ptr<const store::SpoolSeries> series)
    {
        auto& writer = fixture.ledger().writer();
        NewSpoolInstance instance;
        instance.id = writer.nextSpoolId();
        instance.source = {u"CT1"_s, u"RADPOST"_s, u"10.0.0.1"_s};
        instance.series = std::move(series);
        instance.contextId = writer.contextId({{"1.2.840.10008.5.1.4.1.1.2"}, {"1.2.840.10008.1.2"}});
        instance.sopInstanceUid.value = uid;
        instance.digest = digest;
        instance.fileBytes = 1000;
        instance.dataSetOffset = 300;
        return instance;
    }

    SpoolOutcome add(const NewSpoolInstance& instance, DuplicatePolicy policy = DuplicatePolicy::KeepBoth)
    {
        SpoolOutcome outcome;
        const auto done = fixture.ledger().writer().run([&](store::WriteSession& session) {
            return session.spool.add(instance, policy).map([&](const auto& it) { outcome = it; });
        });
        if (!done) {
            qFatal("%s", qPrintable(done.error().detail));
        }
        return outcome;
    }

    std::unique_ptr<store::LedgerReader> reader() { return std::move(*fixture.ledger().openReader()); }

    test::LedgerFixture fixture;
};

} // namespace

class TestSpoolRepository : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatEntersIsFoundWithAllItsKeys()
    {
        Fixture f;
        QCOMPARE(f.add(f.make("1.1", u"aa"_s, seriesOf(7))).kind, SpoolOutcome::Kind::Stored);
        const auto rows = f.reader()->spool().find(SopInstanceUid{"1.1"});
        QVERIFY(rows && rows->size() == 1);
        const auto& row = rows->first();
        QCOMPARE(row.version, 1);
        QCOMPARE(row.state, store::SpoolState::Current);
        QCOMPARE(row.source, (store::SpoolSource{u"CT1"_s, u"RADPOST"_s, u"10.0.0.1"_s}));
        QCOMPARE(row.sopClassUid.value, QByteArray("1.2.840.10008.5.1.4.1.1.2"));
        QCOMPARE(row.transferSyntaxUid.value, QByteArray("1.2.840.10008.1.2"));
        QCOMPARE(row.studyInstanceUid, u"1.2.7"_s);
        QCOMPARE(row.seriesInstanceUid, u"1.2.7.1"_s);
        QCOMPARE(row.dataSetOffset, 300);
        QVERIFY(!row.differs);
    }

    void seriesStudyAndPatientGoWithTheirLastInstance()
    {
        Fixture f;
        const auto rows = [&f](const QString& table) {
            qint64 count = -1;
            std::ignore = f.fixture.ledger().writer().run([&](store::WriteSession& session) {
                return session.database.integer(u"SELECT count(*) FROM "_s + table).map([&count](qint64 found) {
                    count = found;
                });
            });
            return count;
        };
        const auto remove = [&f](qint64 id) {
            return f.fixture.ledger().writer().run(
                [id](store::WriteSession& session) { return session.spool.remove(id); });
        };
        const auto series = seriesOf(1);
        const auto first = f.make("1.1", u"aa"_s, series);
        const auto second = f.make("1.2", u"bb"_s, series);
        const auto other = f.make("1.3", u"cc"_s, seriesOf(2));
        for (const auto& instance : {first, second, other}) {
            f.add(instance);
        }
        QVERIFY(remove(first.id));
        QCOMPARE(rows(u"spool_series"_s), 2);
        QVERIFY(remove(second.id));
        QCOMPARE(rows(u"spool_series"_s), 1);
        QCOMPARE(rows(u"spool_studies"_s), 1);
        QVERIFY(remove(other.id));
        QCOMPARE(rows(u"spool_series"_s) + rows(u"spool_studies"_s) + rows(u"spool_patients"_s), 0);
        // As a version before left it.
        const auto left = f.make("1.9", u"ee"_s, seriesOf(3));
        f.add(left);
        std::ignore = f.fixture.ledger().writer().run([&left](store::WriteSession& session) {
            return session.database.exec(u"DELETE FROM spool_instances WHERE id = %1"_s.arg(left.id));
        });
        QCOMPARE(rows(u"spool_patients"_s), 1);
        QVERIFY(
            f.fixture.ledger().writer().run([](store::WriteSession& session) { return session.spool.removeEmpty(); }));
        QCOMPARE(rows(u"spool_series"_s) + rows(u"spool_studies"_s) + rows(u"spool_patients"_s), 0);
        // What is remembered of rows that went must not be used.
        QCOMPARE(f.add(f.make("1.4", u"dd"_s, series)).kind, SpoolOutcome::Kind::Stored);
        QCOMPARE(f.reader()->spool().find(SopInstanceUid{"1.4"})->first().seriesInstanceUid, u"1.2.1.1"_s);
    }

    void sameDigestOfSameUidIsIdentical()
    {
        Fixture f;
        const auto first = f.make("1.1", u"aa"_s, seriesOf(1));
        f.add(first);
        const auto outcome = f.add(f.make("1.1", u"aa"_s, seriesOf(1)));
        QCOMPARE(outcome.kind, SpoolOutcome::Kind::Identical);
        QCOMPARE(outcome.existing, first.id);
        QCOMPARE(outcome.version, 1);
        QCOMPARE(f.reader()->spool().totals()->instances, 1);
        auto compared = f.make("1.1", u"aa"_s, seriesOf(1));
        compared.differsFrom = {first.id}; // the bytes were others
        QCOMPARE(f.add(compared).kind, SpoolOutcome::Kind::Stored);
    }

    void anotherTransferSyntaxIsAnotherContent()
    {
        Fixture f;
        f.add(f.make("1.1", u"aa"_s, seriesOf(1)));
        auto other = f.make("1.1", u"aa"_s, seriesOf(1));
        other.contextId = f.fixture.ledger().writer().contextId({{"1.2.3"}, {"1.2.840.10008.1.2.4.70"}});
        QCOMPARE(f.add(other).version, 2);
    }

    void policyDecidesOnAnotherContent_data()
    {
        QTest::addColumn<int>("policy");
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("rows");
        QTest::newRow("first") << int(DuplicatePolicy::KeepFirst) << int(SpoolOutcome::Kind::Refused) << 1;
        QTest::newRow("last") << int(DuplicatePolicy::KeepLast) << int(SpoolOutcome::Kind::Stored) << 2;
        QTest::newRow("both") << int(DuplicatePolicy::KeepBoth) << int(SpoolOutcome::Kind::Stored) << 2;
    }

    void policyDecidesOnAnotherContent()
    {
        QFETCH(int, policy);
        QFETCH(int, kind);
        QFETCH(int, rows);
        Fixture f;
        const auto first = f.make("1.1", u"aa"_s, seriesOf(1));
        f.add(first);
        const auto outcome = f.add(f.make("1.1", u"bb"_s, seriesOf(1)), static_cast<DuplicatePolicy>(policy));
        QCOMPARE(int(outcome.kind), kind);
        const auto found = f.reader()->spool().find(SopInstanceUid{"1.1"});
        QCOMPARE(found->size(), rows);
        QVERIFY(found->first().differs);
        if (rows == 2) {
            QCOMPARE(outcome.superseded, QList<qint64>{first.id});
            QCOMPARE(found->first().state, store::SpoolState::Superseded);
            QCOMPARE(found->last().state, store::SpoolState::Current);
            QCOMPARE(found->last().version, 2);
            QVERIFY(found->last().differs);
        }
    }

    void aLostFileDoesNotCount()
    {
        Fixture f;
        const auto first = f.make("1.1", u"aa"_s, seriesOf(1));
        f.add(first);
        QVERIFY(f.fixture.ledger().writer().run([&](store::WriteSession& session) {
            return session.spool.setState(first.id, store::SpoolState::Missing);
        }));
        const auto outcome = f.add(f.make("1.1", u"aa"_s, seriesOf(1)), DuplicatePolicy::KeepFirst);
        QCOMPARE(outcome.kind, SpoolOutcome::Kind::Stored);
        QVERIFY(outcome.superseded.isEmpty());
        QCOMPARE(f.reader()->spool().totals()->bytes, 1000);
    }

    void whatWasRolledBackIsNotRemembered()
    {
        Fixture f;
        const auto series = seriesOf(1);
        const auto first = f.make("1.1", u"aa"_s, series);
        QVERIFY(!f.fixture.ledger().writer().run([&](store::WriteSession& session) -> Result<> {
            if (!session.spool.add(first, DuplicatePolicy::KeepBoth)) {
                return {};
            }
            return fail(ErrorCode::InvalidArgument);
        }));
        QCOMPARE(f.reader()->spool().totals()->instances, 0);
        QCOMPARE(f.add(f.make("1.1", u"aa"_s, series)).kind, SpoolOutcome::Kind::Stored);
        QCOMPARE(f.reader()->spool().find(SopInstanceUid{"1.1"})->size(), 1);
    }

    void whatTheFirstLeftOutTheNextFillsIn()
    {
        Fixture f;
        auto bare = seriesOf(1);
        bare->studyDate.clear();
        f.add(f.make("1.1", u"aa"_s, bare));
        auto full = seriesOf(1);
        full->studyDescription = u"Abdomen"_s;
        full->patientSex = u"F"_s;
        f.add(f.make("1.2", u"bb"_s, full));
        auto other = seriesOf(1);
        other->studyDescription = u"Something else"_s;
        f.add(f.make("1.3", u"cc"_s, other));
        const auto studies = f.reader()->spool().studies({}, 10);
        QCOMPARE(studies->size(), 1);
        QCOMPARE(studies->first().study.studyDate, u"20260102"_s);
        QCOMPARE(studies->first().study.studyDescription, u"Abdomen"_s);
        QCOMPARE(studies->first().study.patientSex, u"F"_s);
        QCOMPARE(studies->first().instances, 3);
    }

    void studiesAreFoundByEachKey_data()
    {
        QTest::addColumn<store::SpoolStudyFilter>("filter");
        QTest::addColumn<int>("count");
        QTest::newRow("all") << store::SpoolStudyFilter{} << 10;
        QTest::newRow("uid") << store::SpoolStudyFilter{.studyInstanceUid = u"1.2.3"_s} << 1;
        QTest::newRow("patient") << store::SpoolStudyFilter{.patientId = u"P2"_s} << 2;
        QTest::newRow("name, wildcard and case") << store::SpoolStudyFilter{.patientName = u"li^w*"_s} << 10;
        QTest::newRow("name, one character") << store::SpoolStudyFilter{.patientName = u"Li^W?i=*"_s} << 10;
        QTest::newRow("per cent is a character") << store::SpoolStudyFilter{.patientName = u"Li%*"_s} << 0;
        QTest::newRow("date") << store::SpoolStudyFilter{.dateFrom = u"20260103"_s, .dateTo = u"20260105"_s} << 3;
        QTest::newRow("modality") << store::SpoolStudyFilter{.modality = u"SR"_s} << 5;
        QTest::newRow("none") << store::SpoolStudyFilter{.accessionNumber = u"1"_s} << 0;
    }

    void studiesAreFoundByEachKey()
    {
        QFETCH(store::SpoolStudyFilter, filter);
        QFETCH(int, count);
        Fixture f;
        for (int study = 0; study < 10; ++study) {
            f.add(f.make("1.1." + QByteArray::number(study), u"aa"_s, seriesOf(study, 1)));
            if (study % 2 == 0) {
                f.add(f.make("1.2." + QByteArray::number(study), u"aa"_s, seriesOf(study, 2)));
            }
        }
        const auto found = f.reader()->spool().studies(filter, 100);
        QVERIFY2(found, qPrintable(found ? QString() : found.error().detail));
        QCOMPARE(found->size(), count);
    }

    void idsGoOnAboveFilesThatExist()
    {
        Fixture f;
        auto& writer = f.fixture.ledger().writer();
        writer.keepSpoolIdsAbove(41);
        QCOMPARE(writer.nextSpoolId(), 42);
        writer.keepSpoolIdsAbove(7);
        QCOMPARE(writer.nextSpoolId(), 43);
        f.add(f.make("1.1", u"aa"_s, seriesOf(1)));
        f.fixture.open();
        QCOMPARE(f.fixture.ledger().writer().nextSpoolId(), 45);
        QCOMPARE(*f.reader()->spool().groups(40), QList<qint64>{40});
        QCOMPARE(*f.reader()->spool().idsBetween(40, 50), QList<qint64>{44});
    }

    void refusedPeersAreCountedAndBounded()
    {
        Fixture f;
        const auto at = [](int second) { return Clock::WallTime(std::chrono::seconds(second)); };
        QVERIFY(f.fixture.ledger().writer().run([&](store::WriteSession& session) -> Result<> {
            store::RefusedPeerRepository peers(session.database);
            for (int i = 0; i < 300; ++i) {
                store::RefusedPeer peer;
                peer.source = {u"AE%1"_s.arg(i), u"RADPOST"_s, u"10.0.0.%1"_s.arg(i / 10)};
                peer.firstAt = peer.lastAt = at(1000 + i);
                if (auto noted = peers.note(peer); !noted) {
                    return noted;
                }
            }
            store::RefusedPeer again;
            again.source = {u"AE299"_s, u"RADPOST"_s, u"10.0.0.29"_s};
            again.firstAt = again.lastAt = at(5000);
            again.reason = 3;
            return peers.note(again);
        }));
        const auto peers = f.reader()->refusedPeers().list();
        QCOMPARE(peers->size(), store::RefusedPeerRepository::kMost);
        QCOMPARE(peers->first().source.callingAeTitle, u"AE299"_s);
        QCOMPARE(peers->first().times, 2);
        QCOMPARE(peers->first().reason, 3);
        QCOMPARE(peers->first().firstAt, at(1299));
        QCOMPARE(peers->last().source.callingAeTitle, u"AE44"_s);
    }

    void aRefusedPeerOfManyNamesHidesNoOthers()
    {
        Fixture f;
        QVERIFY(f.fixture.ledger().writer().run([&](store::WriteSession& session) -> Result<> {
            store::RefusedPeerRepository peers(session.database);
            for (int i = 0; i < 300; ++i) {
                store::RefusedPeer peer;
                peer.source = {u"AE%1"_s.arg(i), u"RADPOST"_s, i == 0 ? u"10.0.0.1"_s : u"10.0.0.9"_s};
                peer.firstAt = peer.lastAt = Clock::WallTime(std::chrono::seconds(1000 + i));
                if (auto noted = peers.note(peer); !noted) {
                    return noted;
                }
            }
            return {};
        }));
        const auto peers = f.reader()->refusedPeers().list();
        QCOMPARE(peers->size(), store::RefusedPeerRepository::kMostOfAddress + 1);
        QCOMPARE(peers->first().source.callingAeTitle, u"AE299"_s);
        QCOMPARE(peers->last().source.peerAddress, u"10.0.0.1"_s);
    }
};

Q_DECLARE_METATYPE(radpost::store::SpoolStudyFilter)
QTEST_GUILESS_MAIN(TestSpoolRepository)
#include "TestSpoolRepository.moc"
