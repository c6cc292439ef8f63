#include "core/config/Secret.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace radpost;
using namespace radpost::config;
using namespace Qt::StringLiterals;

class TestSecret : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theEnvironmentIsReadAtUse()
    {
        qputenv("RADPOST_TEST_SECRET", "one");
        QCOMPARE(*resolveSecret(u"env:RADPOST_TEST_SECRET"_s), "one"_ba);
        qputenv("RADPOST_TEST_SECRET", "two");
        QCOMPARE(*resolveSecret(u"env:RADPOST_TEST_SECRET"_s), "two"_ba);
        qunsetenv("RADPOST_TEST_SECRET");
        QCOMPARE(resolveSecret(u"env:RADPOST_TEST_SECRET"_s).error().code, ErrorCode::ConfigValue);
    }

    void oneLineEndOfAFileIsNotPartOfTheSecret_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("secret");
        QTest::newRow("none") << "s"_ba
                              << "s"_ba;
        QTest::newRow("LF") << "s\n"_ba
                            << "s"_ba;
        QTest::newRow("CRLF") << "s\r\n"_ba
                              << "s"_ba;
        QTest::newRow("two") << "s\n\n"_ba
                             << "s\n"_ba;
        QTest::newRow("spaces stay") << " s \n"_ba
                                     << " s "_ba;
    }

    void oneLineEndOfAFileIsNotPartOfTheSecret()
    {
        QFETCH(QByteArray, bytes);
        QTemporaryDir folder;
        QFile file(folder.filePath(u"s"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
        file.close();
        QTEST(*resolveSecret(u"file:"_s + file.fileName()), "secret");
    }

    void theErrorDoesNotRepeatWhatMayBeTheSecret()
    {
        const auto secret = resolveSecret(u"hunter2"_s);
        QCOMPARE(secret.error().code, ErrorCode::ConfigValue);
        QVERIFY(!secret.error().detail.contains(u"hunter2"));
    }

    void aFileThatIsNotThereIsAnError()
    {
        QCOMPARE(resolveSecret(u"file:/nowhere/at/all"_s).error().code, ErrorCode::ConfigValue);
    }
};

QTEST_GUILESS_MAIN(TestSecret)
#include "TestSecret.moc"
