#include "core/store/CommitmentRequestRepository.h"

#include "core/store/Database.h"
#include "core/store/LedgerWriter.h"
#include "tests/support/LedgerFixture.h"

#include <QTest>

using namespace radpost;
using namespace radpost::store;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Entry = CommitmentRequestRepository::Entry;

namespace {

CommitmentRequestRow rowOf(const QByteArray& uid, const QByteArray& aeTitle, const QByteArray& instance = "2.25.1")
{
    return {0, uid, aeTitle, "GATEWAY", u"10.0.0.1"_s, WallTime(1s), WallTime(2s), 0, {{{"1.2"}, {instance}}}};
}

class Owed final
{
public:
    Owed() { m_ledger.open(); }

    Entry add(const CommitmentRequestRow& row)
    {
        auto entry = Entry::NoRoom;
        with([&](CommitmentRequestRepository& requests) {
            return requests.add(row).map([&](Entry made) { entry = made; });
        });
        return entry;
    }

    void with(const std::function<Result<>(CommitmentRequestRepository&)>& work)
    {
        const auto done = m_ledger.ledger().writer().run([&](WriteSession& session) {
            CommitmentRequestRepository requests(session.database);
            return work(requests);
        });
        if (!done) {
            qFatal("%s", qPrintable(done.error().detail));
        }
    }

private:
    LedgerFixture m_ledger;
};

} // namespace

class TestCommitmentRequestRepository : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTransactionUidIsOfOneRequestOfOnePeer()
    {
        Owed owed;
        QCOMPARE(owed.add(rowOf("2.25.9", "A")), Entry::Made);
        QCOMPARE(owed.add(rowOf("2.25.9", "A")), Entry::Known);
        QCOMPARE(owed.add(rowOf("2.25.9", "A", "2.25.2")), Entry::Other);
        QCOMPARE(owed.add(rowOf("2.25.9", "B", "2.25.2")), Entry::Made);
        owed.with([](CommitmentRequestRepository& requests) {
            const auto found = requests.find("A", "2.25.9");
            return found && *found && (*found)->instances.front().second.value == "2.25.1" ? Result<>()
                                                                                           : fail(ErrorCode::Internal);
        });
    }

    void onePeerDoesNotTakeTheRoomOfAll()
    {
        Owed owed;
        owed.with([](CommitmentRequestRepository& requests) -> Result<> {
            for (int i = 0; i < CommitmentRequestRepository::kMostOfOne; ++i) {
                if (auto made = requests.add(rowOf("2.25." + QByteArray::number(i), "A")); !made) {
                    return fail(made.error());
                }
            }
            return {};
        });
        QCOMPARE(owed.add(rowOf("2.25.5000", "A")), Entry::NoRoom);
        QCOMPARE(owed.add(rowOf("2.25.5000", "B")), Entry::Made);
    }

    void bytesAreCounted()
    {
        Owed owed;
        QCOMPARE(owed.add(rowOf("2.25.9", "A")), Entry::Made);
        owed.with([](CommitmentRequestRepository& requests) {
            return requests.bytes().value() == qint64(sizeof("1.2 2.25.1") - 1) ? Result<>()
                                                                                : fail(ErrorCode::Internal);
        });
        auto large = rowOf("2.25.10", "A");
        const QByteArray uid(1 << 20, '1');
        for (int i = 0; i < 256; ++i) {
            large.instances.append({{"1.2"}, {uid}}); // shared: one megabyte until it is written
        }
        QCOMPARE(owed.add(large), Entry::NoRoom);
    }
};

QTEST_GUILESS_MAIN(TestCommitmentRequestRepository)
#include "TestCommitmentRequestRepository.moc"
