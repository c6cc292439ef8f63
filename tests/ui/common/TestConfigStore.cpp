#include "tests/ui/support/UiFixture.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;
using namespace Qt::StringLiterals;

class TestConfigStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFileThatIsNotThereIsAnEmptyConfiguration()
    {
        UiFixture fixture;
        QVERIFY(fixture.load());
        QVERIFY(!fixture.config.fault());
        QVERIFY(fixture.config.config() == config::Config());
    }

    void editsAreWrittenAndSeen()
    {
        UiFixture fixture("# keep me\n"_ba);
        QVERIFY(fixture.load());
        QSignalSpy changed(&fixture.config, &ConfigStore::changed);
        std::optional<Result<>> outcome;
        const auto take = [&outcome](const Result<>& result) { outcome = result; };
        fixture.config.add(destination(u"A"_s), this, take);
        QTRY_VERIFY(outcome);
        QVERIFY(outcome->has_value());
        QCOMPARE(changed.count(), 1);
        QVERIFY(fixture.config.config().find(u"A") != nullptr);
        QVERIFY(fixture.fileText().contains("# keep me"));

        outcome.reset();
        fixture.config.replace(u"A"_s, destination(u"B"_s, 11112), this, take);
        QTRY_VERIFY(outcome);
        QCOMPARE(fixture.config.config().find(u"B")->port, 11112);

        outcome.reset();
        fixture.config.remove(u"B"_s, this, take);
        QTRY_VERIFY(outcome);
        QVERIFY(fixture.config.config().destinations.empty());
    }

    void aRefusedEditIsTold()
    {
        UiFixture fixture(toml(destination(u"A"_s)));
        QVERIFY(fixture.load());
        std::optional<Result<>> outcome;
        fixture.config.add(destination(u"a"_s), this, [&outcome](const Result<>& result) { outcome = result; });
        QTRY_VERIFY(outcome);
        QCOMPARE(outcome->error().code, ErrorCode::DestinationDuplicate);
    }

    void aFileWithFaultsKeepsTheLastGoodState()
    {
        UiFixture fixture(toml(destination(u"A"_s)));
        QVERIFY(fixture.load());
        QSignalSpy faults(&fixture.config, &ConfigStore::faultChanged);
        fixture.write("nonsense = 1\nport = x\n"_ba);
        QVERIFY(fixture.load());
        QCOMPARE(faults.count(), 1);
        QVERIFY(fixture.config.fault().has_value());
        QVERIFY(fixture.config.config().find(u"A") != nullptr);
        fixture.write(toml(destination(u"B"_s)));
        QVERIFY(fixture.load());
        QVERIFY(!fixture.config.fault());
        QVERIFY(fixture.config.config().find(u"B") != nullptr);
    }

    void exportAndImportGoRound_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("table") << u"all.csv"_s;
        QTest::newRow("configuration") << u"all.toml"_s;
    }

    void exportAndImportGoRound()
    {
        QFETCH(QString, name);
        UiFixture fixture(toml(destination(u"本院 PACS"_s)) + toml(destination(u"B"_s, 2762)));
        QVERIFY(fixture.load());
        const auto path = fixture.folder.filePath(name);
        std::optional<Result<>> written;
        fixture.config.exportFile(path, this, [&written](const Result<>& result) { written = result; });
        QTRY_VERIFY(written);
        QVERIFY(written->has_value());

        UiFixture other;
        QVERIFY(other.load());
        std::optional<app::DestinationFileContent> content;
        other.config.importFile(path, this, [&content](const auto& read) { content = read; });
        QTRY_VERIFY(content);
        QVERIFY(!content->error);
        QCOMPARE(other.config.config().destinations, fixture.config.config().destinations);

        content.reset();
        other.config.importFile(path, this, [&content](const auto& read) { content = read; });
        QTRY_VERIFY(content);
        QCOMPARE(content->error->code, ErrorCode::DestinationDuplicate);
    }

    void settingsAreChangedInPlace()
    {
        UiFixture fixture("ae_title = \"CT01\" # on the label\n"_ba);
        QVERIFY(fixture.load());
        auto settings = fixture.config.config().settings;
        settings.aeTitle = {"CT02"};
        std::optional<Result<>> outcome;
        fixture.config.changeSettings(settings, this, [&outcome](const Result<>& result) { outcome = result; });
        QTRY_VERIFY(outcome);
        QCOMPARE(fixture.fileText(), "ae_title = \"CT02\" # on the label\n"_ba);
    }
};

QTEST_MAIN(TestConfigStore)
#include "TestConfigStore.moc"
