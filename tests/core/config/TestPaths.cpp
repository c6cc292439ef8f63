#include "core/config/Paths.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace radpost::config;
using namespace Qt::StringLiterals;

/// Where files lie when nobody says where.
class TestPaths : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
#if !defined(Q_OS_UNIX) || defined(Q_OS_MACOS)
        QSKIP("the XDG variables belong to other systems");
#endif
    }

    void theXdgVariablesDecide()
    {
        const QTemporaryDir folder;
        qputenv("XDG_CONFIG_HOME", folder.filePath(u"c"_s).toUtf8());
        qputenv("XDG_DATA_HOME", folder.filePath(u"d"_s).toUtf8());
        QCOMPARE(defaultConfigFile(), folder.filePath(u"c/radpost/config.toml"_s));
        QCOMPARE(defaultDataFolder(), folder.filePath(u"d/radpost"_s));
        QCOMPARE(logFolder({}), folder.filePath(u"d/radpost/log"_s));
        QCOMPARE(logFolder(u"/elsewhere"_s), u"/elsewhere/log"_s);
    }

    void withoutThemTheHomeDoes()
    {
        const QTemporaryDir home;
        qputenv("HOME", home.path().toUtf8());
        qunsetenv("XDG_CONFIG_HOME");
        qunsetenv("XDG_DATA_HOME");
        QCOMPARE(defaultConfigFile(), home.filePath(u".config/radpost/config.toml"_s));
        QCOMPARE(defaultDataFolder(), home.filePath(u".local/share/radpost"_s));
    }
};

QTEST_GUILESS_MAIN(TestPaths)
#include "TestPaths.moc"
