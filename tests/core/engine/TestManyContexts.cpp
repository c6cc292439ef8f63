#include "core/dicom/HeaderReader.h"
#include "core/net/Acceptor.h"
#include "core/net/ContextPlan.h"
#include "core/net/FileReceiver.h"
#include "tests/core/engine/BatchFixture.h"

#include <QDirIterator>
#include <QSet>
#include <QTest>

#include <atomic>

using namespace radpost;
using namespace radpost::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kSopClasses = 140;

QByteArray sopClass(int number)
{
    return "2.25.140." + QByteArray::number(number);
}

} // namespace

/// A batch of more SOP classes and syntaxes than one association can offer (PS3.8 9.3.2.2: odd identifiers up to 255).
class TestManyContexts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void associationsAreSplit_andEverythingArrives_data()
    {
        QTest::addColumn<int>("associations");
        QTest::newRow("one association at a time") << 1;
        QTest::newRow("four at once") << 4;
    }

    void associationsAreSplit_andEverythingArrives()
    {
        QFETCH(int, associations);
        const QList<QByteArray> syntaxes{kExplicitLittle, "1.2.840.10008.1.2.4.50", "2.25.141.1"};
        BatchFixture fixture;
        int count = 0;
        for (int number = 0; number < kSopClasses; ++number) {
            for (const auto& syntax : syntaxes) {
                fixture.add(count++, {.sopClass = sopClass(number), .syntax = syntax, .pixelBytes = 8});
            }
        }
        net::FileReceiver files(fixture.path(u"out"_s));
        QVERIFY(files.open().has_value());
        net::AcceptorSettings settings;
        settings.address = u"127.0.0.1"_s;
        settings.port = 0;
        std::mutex mutex;
        QSet<QByteArray> offered;
        settings.chooseContext = [&](const net::ProposedContext& proposed) {
            const std::lock_guard lock(mutex);
            offered.insert(proposed.sopClassUid.value);
            return net::AnsweredContext{proposed.id, net::kContextAccepted, proposed.transferSyntaxes.front()};
        };
        net::Acceptor peer(settings, &files);
        QVERIFY(peer.start().has_value());

        auto to = BatchFixture::destination(peer.port());
        to.associations = associations;
        QVERIFY2(fixture.run(to), qPrintable(fixture.error()));
        const auto receipt = fixture.receipt();
        QCOMPARE(receipt.job.state, store::JobState::Finished);
        QCOMPARE(receipt.counts.of(store::DeliveryState::Stored), count);
        QVERIFY(receipt.associations.size() * int(net::ContextPlan::kMaxContexts) >= count);
        QCOMPARE(offered.size(), kSopClasses);
        for (const auto& tries : fixture.attempts()) {
            QCOMPARE(tries.size(), 1);
        }

        QSet<QByteArray> arrived;
        QDirIterator walk(fixture.path(u"out"_s), QDir::Files, QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            const auto header = dicom::HeaderReader().readFile(walk.next());
            QVERIFY(header.has_value());
            const int n = header->sopInstanceUid.value.split('.').last().toInt();
            QCOMPARE(header->sopClassUid.value, sopClass(n / int(syntaxes.size())));
            QCOMPARE(header->transferSyntaxUid.value, syntaxes.at(n % syntaxes.size()));
            arrived.insert(header->sopInstanceUid.value);
        }
        QCOMPARE(arrived.size(), count);
    }

    /// Peers drop an association in which something that is no UID is asked for.
    void whatIsNoUidFailsAloneAndIsNeverProposed()
    {
        const QByteArray tooLong = "1.2." + QByteArray(61, '3');
        BatchFixture fixture;
        fixture.add(0);
        fixture.add(1, {.sopClass = tooLong});
        fixture.add(2, {.syntax = tooLong});
        net::FileReceiver files(fixture.path(u"out"_s));
        QVERIFY(files.open().has_value());
        net::AcceptorSettings settings;
        settings.address = u"127.0.0.1"_s;
        settings.port = 0;
        std::atomic<int> offered{0};
        settings.policy = [&offered, &tooLong](const net::AssociateRq& request) -> std::optional<net::AssociateRj> {
            for (const auto& context : request.contexts) {
                offered += context.sopClassUid.value == tooLong ? 1 : 0;
                for (const auto& syntax : context.transferSyntaxes) {
                    offered += syntax.value == tooLong ? 1 : 0;
                }
            }
            return std::nullopt;
        };
        net::Acceptor peer(settings, &files);
        QVERIFY(peer.start().has_value());
        QVERIFY2(fixture.run(BatchFixture::destination(peer.port())), qPrintable(fixture.error()));
        const auto receipt = fixture.receipt();
        QCOMPARE(receipt.job.state, store::JobState::Finished);
        QCOMPARE(receipt.counts.of(store::DeliveryState::Stored), 1);
        QCOMPARE(receipt.counts.of(store::DeliveryState::Rejected), 2);
        for (const auto& rejected : receipt.rejected) {
            QCOMPARE(*rejected.delivery.lastAttempt->errorCode, ErrorCode::DicomMalformed);
        }
        QCOMPARE(offered.load(), 0);
    }
};

QTEST_GUILESS_MAIN(TestManyContexts)
#include "TestManyContexts.moc"
