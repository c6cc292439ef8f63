#include "core/config/ConfigFile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace radpost;
using namespace radpost::config;
using namespace Qt::StringLiterals;

namespace {

Destination destination(const QString& name)
{
    Destination d;
    d.name = name;
    d.host = u"h"_s;
    d.calledAeTitle = {"AE"};
    return d;
}

void writeFile(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QByteArray readFile(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestConfigFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(u"deep/er/config.toml"_s);
    }

    void aMissingFileIsAnEmptyConfiguration()
    {
        const auto config = ConfigFile(m_path).load();
        QVERIFY(config);
        QVERIFY(*config == Config());
        QVERIFY(!QFile::exists(m_path));
    }

    void whatWasAddedIsThere()
    {
        ConfigFile file(m_path);
        QVERIFY(file.add(destination(u"A"_s)));
        QVERIFY(file.add(destination(u"B"_s)));
        QVERIFY(file.replace(u"a"_s, destination(u"C"_s)));
        QVERIFY(file.remove(u"B"_s));
        const auto config = file.load();
        QCOMPARE(config->destinations.size(), 1U);
        QVERIFY(config->destinations.front() == destination(u"C"_s));
    }

    void rulesThatWereChangedMeanwhileAreNotOverwritten()
    {
        ConfigFile file(m_path);
        QVERIFY(file.add(destination(u"A"_s)));
        Rule rule;
        rule.name = u"one"_s;
        rule.sends.push_back({u"A"_s, {}, {}, {}, {}});
        const RuleSet first{{}, {rule}};
        QVERIFY(file.changeRules(RuleSet(), first));
        rule.name = u"two"_s;
        const RuleSet second{{}, {rule}};
        const auto before = readFile(m_path);
        QCOMPARE(file.changeRules(RuleSet(), second).error().code, ErrorCode::RulesChanged);
        QCOMPARE(readFile(m_path), before);
        QVERIFY(file.changeRules(first, second));
        QCOMPARE(file.load()->rules.rules.front().name, u"two"_s);
    }

    void onlyTheOwnerMayReadTheFile()
    {
        QVERIFY(ConfigFile(m_path).add(destination(u"A"_s)));
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QVERIFY((QFile::permissions(m_path) & others) == QFile::Permissions());
    }

    void severalAreAddedAllOrNone()
    {
        ConfigFile file(m_path);
        QVERIFY(file.add(destination(u"A"_s)));
        const auto before = readFile(m_path);
        const auto result = file.add(std::vector{destination(u"B"_s), destination(u"a"_s)});
        QCOMPARE(result.error().code, ErrorCode::DestinationDuplicate);
        QCOMPARE(readFile(m_path), before);
    }

    void anImpossibleDestinationIsNotWritten()
    {
        auto bad = destination(u"A"_s);
        bad.port = 0;
        QCOMPARE(ConfigFile(m_path).add(bad).error().code, ErrorCode::ConfigValue);
        QVERIFY(!QFile::exists(m_path));
    }

    void aFileWithFaultsIsNeverOverwritten_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        QTest::newRow("syntax") << "x = \n"_ba << int(ErrorCode::ConfigSyntax);
        QTest::newRow("unknown key") << "\n x = 1\n"_ba << int(ErrorCode::ConfigValue);
        QTest::newRow("newer") << "version = 99\n"_ba << int(ErrorCode::ConfigValue);
        QTest::newRow("binary") << QByteArray("\0\xff\x01", 3) << int(ErrorCode::ConfigSyntax);
    }

    void aFileWithFaultsIsNeverOverwritten()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        m_path = m_folder->filePath(u"config.toml"_s);
        writeFile(m_path, bytes);
        ConfigFile file(m_path);
        QCOMPARE(int(file.add(destination(u"A"_s)).error().code), code);
        QCOMPARE(int(file.remove(u"A"_s).error().code), code);
        QCOMPARE(int(file.load().error().code), code);
        QCOMPARE(file.problems().size(), 1U);
        QCOMPARE(file.problems().front().file, m_path);
        QCOMPARE(readFile(m_path), bytes);
    }

    void aFolderInItsPlaceIsUnreadable()
    {
        QVERIFY(QDir().mkpath(m_path));
        QCOMPARE(ConfigFile(m_path).load().error().code, ErrorCode::ConfigUnreadable);
        QCOMPARE(ConfigFile(m_path).add(destination(u"A"_s)).error().code, ErrorCode::ConfigUnreadable);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

QTEST_GUILESS_MAIN(TestConfigFile)
#include "TestConfigFile.moc"
