#include "tests/app/cli/RadpostProcess.h"

#include <QFile>
#include <QTest>

#include <memory>

using namespace radpost::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray readFile(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void writeFile(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

/// Runs the real program's `dest` commands.
class TestDest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_home = std::make_unique<RadpostHome>(); }

    void whatIsAddedIsListedAndCanBeRemoved()
    {
        QCOMPARE(dest({u"add"_s, u"主 PACS"_s, u"tls://PACS1@[::1]:2762"_s, u"--associations"_s, u"4"_s}).code, 0);
        QCOMPARE(dest({u"add"_s, u"B"_s, u"BB@pacs"_s}).code, 0);
        const auto list = dest({u"list"_s});
        QVERIFY2(list.text().contains(u"主 PACS  tls://PACS1@[::1]:2762"), qPrintable(list.text()));
        QVERIFY(list.text().contains(u"B        BB@pacs:104"));
        const auto json = dest({u"list"_s, u"--json"_s}).events();
        QCOMPARE(json.size(), 2);
        QCOMPARE(json[0][u"name"_s].toString(), u"主 PACS"_s);
        QCOMPARE(json[0][u"associations"_s].toInt(), 4);
        QCOMPARE(json[0][u"tls.mode"_s].toString(), u"bcp195"_s);
        QCOMPARE(dest({u"remove"_s, u"b"_s}).code, 0);
        QCOMPARE(dest({u"list"_s, u"--json"_s}).events().size(), 1);
    }

    void aNameIsTakenOnceUnlessReplaced()
    {
        QCOMPARE(dest({u"add"_s, u"A"_s, u"AA@one"_s}).code, 0);
        const auto again = dest({u"add"_s, u"a"_s, u"AA@two"_s});
        QCOMPARE(again.code, 2);
        QVERIFY2(again.text().contains(u"this name already"), qPrintable(again.text()));
        QVERIFY2(again.text().contains(u"--replace"), qPrintable(again.text()));
        QCOMPARE(dest({u"add"_s, u"a"_s, u"AA@two"_s, u"--replace"_s}).code, 0);
        QVERIFY(dest({u"list"_s}).text().contains(u"AA@two"));
    }

    void commentsSurvive()
    {
        writeFile(m_home->configFile(), "# ours\nae_title = \"CT01\" # on the label\n");
        QCOMPARE(dest({u"add"_s, u"A"_s, u"AA@one"_s}).code, 0);
        QCOMPARE(dest({u"remove"_s, u"A"_s}).code, 0);
        QVERIFY(readFile(m_home->configFile()).startsWith("# ours\nae_title = \"CT01\" # on the label\n"));
    }

    void anImpossibleSettingIsRefused_data()
    {
        QTest::addColumn<QString>("set");
        QTest::newRow("unknown") << u"prot=1"_s;
        QTest::newRow("range") << u"port=0"_s;
        QTest::newRow("beyond the range") << u"port=99999"_s;
        QTest::newRow("choice") << u"tls.mode=ssl3"_s;
        QTest::newRow("secret in clear") << u"user_identity.secret=hunter2"_s;
        QTest::newRow("no value") << u"tls.mode"_s;
        QTest::newRow("alone") << u"user_identity.kind=jwt"_s;
    }

    void anImpossibleSettingIsRefused()
    {
        QFETCH(QString, set);
        const auto outcome = dest({u"add"_s, u"A"_s, u"AA@h"_s, u"--set"_s, set});
        QCOMPARE(outcome.code, 2);
        QVERIFY(!outcome.text().contains(u"hunter2"));
        QVERIFY(!QFile::exists(m_home->configFile()));
    }

    void whatIsNoNameIsRefused_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("empty") << QString();
        QTest::newRow("blank") << u" "_s;
        QTest::newRow("an address") << u"a@b"_s;
    }

    void whatIsNoNameIsRefused()
    {
        QFETCH(QString, name);
        QCOMPARE(dest({u"add"_s, name, u"AA@h"_s}).code, 2);
        QVERIFY(!QFile::exists(m_home->configFile()));
    }

    void anImportOfNothingIsAMistakeOfTheCall()
    {
        const auto outcome = dest({u"import"_s, m_home->path(u"missing.csv"_s)});
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.text().contains(u"is not there"), qPrintable(outcome.text()));
        QVERIFY2(!outcome.text().contains(u"sent"), qPrintable(outcome.text()));
    }

    void whatIsExportedCanBeImported_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("TOML") << u"out.toml"_s;
        QTest::newRow("CSV") << u"out.csv"_s;
    }

    void whatIsExportedCanBeImported()
    {
        QFETCH(QString, file);
        QCOMPARE(dest({u"add"_s, u"主 PACS"_s, u"PACS1@h:11112"_s, u"--set"_s, u"rate_limit=20 MiB/s"_s}).code, 0);
        QCOMPARE(dest({u"add"_s, u"B"_s, u"tls://BB@h2"_s}).code, 0);
        const auto before = dest({u"list"_s, u"--json"_s}).out;
        const auto path = m_home->path(file);
        QCOMPARE(dest({u"export"_s, path}).code, 0);
        QVERIFY(QFile::remove(m_home->configFile()));
        const auto imported = dest({u"import"_s, path});
        QVERIFY2(imported.code == 0, qPrintable(imported.text()));
        QCOMPARE(dest({u"list"_s, u"--json"_s}).out, before);
    }

    void aBadImportChangesNothing_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("part");
        QTest::addColumn<int>("code");
        QTest::newRow("CSV") << u"x.csv"_s << "name,aet,host\nN,AA,h\nM,,h\n"_ba << u"line 3"_s << 5;
        QTest::newRow("TOML") << u"x.toml"_s << "[[destination]]\nname = 1\n"_ba << u"x.toml:2:8"_s << 5;
        QTest::newRow("junk") << u"x.toml"_s << QByteArray("\0\1\2", 3) << u"x.toml:1:1"_s << 5;
        QTest::newRow("one name known") << u"x.csv"_s << "name,aet,host\nN,AA,h\nAda,AA,h\n"_ba << u"Ada"_s << 2;
    }

    void aBadImportChangesNothing()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, part);
        QFETCH(int, code);
        QCOMPARE(dest({u"add"_s, u"ADA"_s, u"AA@h"_s}).code, 0);
        const auto before = readFile(m_home->configFile());
        writeFile(m_home->path(file), bytes);
        const auto outcome = dest({u"import"_s, m_home->path(file)});
        QCOMPARE(outcome.code, code);
        QVERIFY2(outcome.text().contains(part), qPrintable(outcome.text()));
        QCOMPARE(readFile(m_home->configFile()), before);
    }

private:
    Outcome dest(const QStringList& words) const { return m_home->run(QStringList{u"dest"_s} + words); }

    std::unique_ptr<RadpostHome> m_home;
};

QTEST_GUILESS_MAIN(TestDest)
#include "TestDest.moc"
