#include "tests/ui/support/UiFixture.h"

#include "core/dicom/SyntheticStudy.h"
#include "ui/destinations/DestinationListModel.h"
#include "ui/destinations/DestinationTallies.h"
#include "ui/doctor/DestinationTests.h"

#include <QSignalSpy>
#include <QTest>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/// Refuses every @p nth instance for good.
FakeScp::Script refusing(int nth)
{
    return [nth](FakePeer& peer, int) {
        if (!peer.accept()) {
            return;
        }
        for (int n = 1; const auto message = peer.readMessage(); ++n) {
            FakePeer::Reply reply;
            reply.status = n % nth == 0 ? 0xC123 : 0;
            peer.respond(*message, reply);
        }
    };
}

/// A ledger that is open, and jobs into it.
struct Ledger
{
    [[nodiscard]] bool open()
    {
        engine::EngineParams params;
        params.dataFolder = fixture.folder.filePath(u"data"_s);
        fixture.backend.open(params);
        return QTest::qWaitFor([this] { return fixture.backend.state() == Backend::State::Ready; }, 10'000);
    }

    [[nodiscard]] bool send(const QString& name, quint16 port, int instances)
    {
        dicom::SyntheticParams study;
        study.folder = fixture.folder.filePath(QString::number(instances));
        study.series = {{dicom::SyntheticKind::Tiny, instances}};
        if (!dicom::makeSyntheticStudies(study, {})) {
            return false;
        }
        engine::SendRequest request;
        request.paths = {study.folder};
        request.destinations = {destination(name, port)};
        request.destinations[0].associations = 1;
        QSignalSpy atRest(&fixture.backend.events(), &EngineEvents::jobAtRest);
        fixture.backend.run(
            &atRest, [request](engine::Engine& engine) { return engine.send(request).has_value(); }, [](bool) {});
        return QTest::qWaitFor([&atRest] { return !atRest.isEmpty(); }, 20'000);
    }

    UiFixture fixture;
};

} // namespace

class TestDestinationTallies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_language.set(app::Language::English); }

    void nothingIsKnownBeforeTheLedgerIsRead()
    {
        Ledger ledger;
        DestinationTallies tallies(ledger.fixture.backend);
        QVERIFY(!tallies.of(u"A"_s));
        QVERIFY(ledger.open());
        QTRY_VERIFY(tallies.of(u"A"_s));
        QCOMPARE(*tallies.of(u"A"_s), store::DestinationTally{u"A"_s});
    }

    void whatIsDeliveredAndRefusedIsCountedAsItHappens()
    {
        FakeScp pacs(refusing(4));
        Ledger ledger;
        DestinationTallies tallies(ledger.fixture.backend, 20ms);
        QVERIFY(ledger.open());
        QVERIFY(ledger.send(u"MAIN-PACS"_s, pacs.port(), 12));
        const store::DestinationTally wanted{u"MAIN-PACS"_s, 9, 3};
        QTRY_COMPARE(tallies.of(u"main-pacs"_s), std::optional(wanted));
        QCOMPARE(*tallies.of(u"OTHER"_s), store::DestinationTally{u"OTHER"_s});
    }

    void howeverMuchMovesItLooksOnceInAPause()
    {
        FakeScp pacs(refusing(1000));
        Ledger ledger;
        DestinationTallies tallies(ledger.fixture.backend, 1h);
        QSignalSpy changed(&tallies, &DestinationTallies::changed);
        QVERIFY(ledger.open());
        QTRY_COMPARE(changed.size(), 1); // the look at the start
        QVERIFY(ledger.send(u"A"_s, pacs.port(), 20));
        QVERIFY(ledger.send(u"A"_s, pacs.port(), 30));
        QCOMPARE(tallies.of(u"A"_s)->delivered, 0);
        QCOMPARE(changed.size(), 1);

        DestinationTallies fresh(ledger.fixture.backend, 1h);
        QTRY_VERIFY(fresh.of(u"A"_s));
        QCOMPARE(fresh.of(u"A"_s)->delivered, 50);
    }

    void aRowTellsItAsSoonAsItIsKnown()
    {
        FakeScp pacs(refusing(4));
        Ledger ledger;
        ledger.fixture.write(toml(destination(u"MAIN-PACS"_s, pacs.port())));
        QVERIFY(ledger.fixture.load());
        DestinationTests tests(ledger.fixture.config, ledger.fixture.backend.network());
        const DestinationTallies tallies(ledger.fixture.backend, 20ms);
        DestinationListModel model(ledger.fixture.config, tests, tallies);
        const auto row = model.index(0);
        QCOMPARE(row.data(DestinationListModel::DeliveredTextRole).toString(), QString());
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QVERIFY(ledger.open());
        QVERIFY(ledger.send(u"MAIN-PACS"_s, pacs.port(), 4));
        QTRY_COMPARE(row.data(DestinationListModel::DeliveredTextRole).toString(), u"3 delivered in 24 h"_s);
        QCOMPARE(row.data(DestinationListModel::FailedTextRole).toString(), u"1 failed"_s);
        QVERIFY(changed.size() >= 2);
    }

private:
    app::LanguageSwitch m_language;
};

QTEST_MAIN(TestDestinationTallies)
#include "TestDestinationTallies.moc"
