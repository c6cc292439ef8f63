#include "tests/ui/support/UiFixture.h"

#include "ui/destinations/DestinationListModel.h"
#include "ui/destinations/DestinationTallies.h"
#include "ui/doctor/DestinationTests.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;
using namespace Qt::StringLiterals;

class TestDestinationListModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_language.set(app::Language::English); }

    void rowsFollowTheConfiguration()
    {
        UiFixture fixture(toml(destination(u"A"_s)));
        QVERIFY(fixture.load());
        DestinationTests tests(fixture.config, fixture.backend.network());
        const DestinationTallies tallies(fixture.backend);
        DestinationListModel model(fixture.config, tests, tallies);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 1);

        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        fixture.write(toml(destination(u"A"_s)) + toml(destination(u"B"_s)));
        QVERIFY(fixture.load());
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(reset.count(), 0);

        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        fixture.write(toml(destination(u"A"_s, 11112)) + toml(destination(u"B"_s)));
        QVERIFY(fixture.load());
        QVERIFY(changed.count() > 0);
        QCOMPARE(model.index(0).data(DestinationListModel::AddressRole).toString(), u"PACS1 @ 127.0.0.1:11112"_s);

        fixture.write(toml(destination(u"B"_s)));
        QVERIFY(fixture.load());
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0).data(DestinationListModel::NameRole).toString(), u"B"_s);
    }

    void aTestShowsInItsRow()
    {
        const auto pacs = goodPacs();
        auto encrypted = destination(u"B"_s);
        encrypted.tls.mode = config::TlsMode::Bcp195;
        UiFixture fixture(toml(destination(u"A"_s, pacs->port())) + toml(encrypted));
        QVERIFY(fixture.load());
        DestinationTests tests(fixture.config, fixture.backend.network());
        const DestinationTallies tallies(fixture.backend);
        DestinationListModel model(fixture.config, tests, tallies);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto row = model.index(0);
        QCOMPARE(row.data(DestinationListModel::StatusTextRole).toString(), u"Not tested yet"_s);
        QVERIFY(!row.data(DestinationListModel::EncryptedRole).toBool());
        QVERIFY(model.index(1).data(DestinationListModel::EncryptedRole).toBool());
        tests.start(u"A"_s);
        QVERIFY(row.data(DestinationListModel::RunningRole).toBool());
        QTRY_VERIFY(!row.data(DestinationListModel::RunningRole).toBool());
        QCOMPARE(row.data(DestinationListModel::StatusRole).toInt(), static_cast<int>(Status::Good));
        const auto text = row.data(DestinationListModel::StatusTextRole).toString();
        QVERIFY2(text.startsWith(u"Works · round trip "), qPrintable(text));
        m_language.set(app::Language::Chinese);
        QVERIFY(row.data(DestinationListModel::StatusTextRole).toString() != text);
    }

    void theTallyOfTheDayIsToldInWords()
    {
        QCOMPARE(deliveredText({}), QString());
        QCOMPARE(failedText({}), QString());
        QCOMPARE(deliveredText(store::DestinationTally{u"A"_s}), u"Nothing sent in 24 h"_s);
        const auto now = QDateTime::currentDateTime();
        QCOMPARE(deliveredText(store::DestinationTally{u"A"_s}, now.addSecs(-5)), QString()); // the tally is older
        QCOMPARE(deliveredText(store::DestinationTally{u"A"_s}, now.addDays(-2)), u"Nothing sent in 24 h"_s);
        const store::DestinationTally tally{u"A"_s, 1204, 3};
        QCOMPARE(deliveredText(tally), u"1,204 delivered in 24 h"_s);
        QCOMPARE(failedText(tally), u"3 failed"_s);
        QCOMPARE(failedText(store::DestinationTally{u"A"_s, 7}), QString());
    }

    void anAddressOfVersionSixIsInBrackets()
    {
        auto six = destination(u"A"_s);
        six.host = u"fe80::1"_s;
        QCOMPARE(shownAddress(six), u"PACS1 @ [fe80::1]:104"_s);
    }

private:
    app::LanguageSwitch m_language;
};

QTEST_MAIN(TestDestinationListModel)
#include "TestDestinationListModel.moc"
