#include "core/config/ConfigFile.h"
#include "core/config/ConfigText.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace radpost;
using namespace radpost::config;
using namespace Qt::StringLiterals;

namespace {

Settings settingsOf(const QByteArray& toml)
{
    return parseConfig(toml).config.settings;
}

} // namespace

class TestSettingsText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyTheChangedValueIsTouched_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("in place, comment kept") << "# us\nae_title = \"CT01\"  # on the label\n"_ba
                                                << "# us\nae_title = \"MR2\"  # on the label\n"_ba;
        QTest::newRow("behind Chinese text") << "# 中\nae_title=\"A\" # 名称\n"_ba
                                             << "# 中\nae_title=\"MR2\" # 名称\n"_ba;
        QTest::newRow("empty file") << ""_ba
                                    << "version = 1\nae_title = \"MR2\"\n"_ba;
        QTest::newRow("no line end") << "language = \"en\""_ba
                                     << "language = \"en\"\nae_title = \"MR2\"\n"_ba;
        QTest::newRow("above the first table")
            << "version = 1\n\n# the old one\n[receive]\nport = 1\n"_ba
            << "version = 1\nae_title = \"MR2\"\n\n# the old one\n[receive]\nport = 1\n"_ba;
    }

    void onlyTheChangedValueIsTouched()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        auto settings = settingsOf(before);
        settings.aeTitle = {"MR2"};
        const auto edited = changeSettings(before, settings);
        QVERIFY(edited);
        QCOMPARE(*edited, after);
    }

    void aKeyOfATableGoesUnderItsHeader()
    {
        auto settings = settingsOf({});
        settings.scanThreads = 3;
        QCOMPARE(*changeSettings("[scan] # speed\n"_ba, settings), "[scan] # speed\nthreads = 3\n"_ba);
        QCOMPARE(*changeSettings("version = 1\n"_ba, settings), "version = 1\nscan.threads = 3\n"_ba);
    }

    void severalChangesAtOnceComeBack()
    {
        const auto before = "ae_title = \"A\"\n[[destination]]\nname=\"x\"\nhost=\"h\"\nae_title=\"B\"\n"_ba;
        Settings settings;
        settings.aeTitle = {"NEW"};
        settings.language = u"zh_CN"_s;
        settings.theme = Theme::Dark;
        settings.dataFolder = u"C:\\数据\\\"x\""_s;
        settings.temporaryFolder = u"/tmp/x"_s;
        settings.scanThreads = 5;
        settings.receivePort = 104;
        const auto edited = changeSettings(before, settings);
        QVERIFY(edited);
        QCOMPARE(settingsOf(*edited), settings);
        QCOMPARE(parseConfig(*edited).config.destinations, parseConfig(before).config.destinations);
    }

    void backToTheDefaultStaysWritten()
    {
        QCOMPARE(*changeSettings("theme = \"dark\" # nights\n"_ba, Settings()), "theme = \"system\" # nights\n"_ba);
    }

    void aTextThatCannotBeEditedIsLeftAlone()
    {
        auto settings = settingsOf("scan = { threads = 2 }\n"_ba);
        settings.temporaryFolder = u"/x"_s;
        QCOMPARE(changeSettings("scan = { threads = 2 }\n"_ba, settings).error().code, ErrorCode::Unsupported);
        QCOMPARE(changeSettings("nonsense"_ba, {}).error().code, ErrorCode::ConfigSyntax);
    }

    void theFileIsWrittenInOneStep()
    {
        QTemporaryDir folder;
        ConfigFile file(folder.filePath(u"sub/config.toml"_s));
        Settings settings;
        settings.theme = Theme::Light;
        QVERIFY(file.changeSettings(settings));
        QCOMPARE(file.load()->settings, settings);
        settings.aeTitle = {"back\\slash"};
        QCOMPARE(file.changeSettings(settings).error().code, ErrorCode::ConfigValue);
        QCOMPARE(file.load()->settings.aeTitle, AeTitle{"RADPOST"});
    }
};

QTEST_GUILESS_MAIN(TestSettingsText)
#include "TestSettingsText.moc"
