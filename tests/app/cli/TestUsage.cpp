#include "app/cli/Command.h"
#include "tests/app/cli/RadpostProcess.h"

#include <QDir>
#include <QFile>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QTest>

using namespace radpost;
using namespace radpost::test;
using namespace Qt::StringLiterals;

namespace {

bool hasChinese(const QString& text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.script() == QChar::Script_Han; });
}

void writeFile(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

/// Runs the real program: how it is called, and how it is called wrongly.
class TestUsage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theVersionIsOneLine()
    {
        QProcess process;
        process.start(qEnvironmentVariable("RADPOST_BIN_DIR") + u"/app/cli/radpost"_s, {u"--version"_s});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(process.readAllStandardOutput(), QByteArray("radpost " RADPOST_VERSION "\n"));
    }

    void helpListsEveryCommandAndExitCode()
    {
        for (const auto& words : {QStringList{u"help"_s}, QStringList{u"--help"_s}, QStringList{u"-h"_s}}) {
            const auto help = m_home.run(words);
            QCOMPARE(help.code, 0);
            for (const auto& command : cli::commands()) {
                QVERIFY2(help.text().contains(command.name), qPrintable(command.name.toString()));
            }
            QVERIFY(help.out.contains("130") && help.out.contains("--lang"));
            QVERIFY(!hasChinese(help.text()));
        }
    }

    void everyCommandHasHelpInBothLanguages_data()
    {
        QTest::addColumn<QString>("command");
        for (const auto& command : cli::commands()) {
            QTest::newRow(qPrintable(command.name.toString())) << command.name.toString();
        }
    }

    void everyCommandHasHelpInBothLanguages()
    {
        QFETCH(QString, command);
        const auto words = command.split(u' ');
        const auto english = m_home.run(words + QStringList{u"--help"_s});
        QCOMPARE(english.code, 0);
        QVERIFY(english.text().contains(u"radpost %1 [OPTION…]"_s.arg(command)));
        QVERIFY(!hasChinese(english.text()));
        const auto chinese = m_home.run(QStringList{u"help"_s, u"--lang"_s, u"zh_CN"_s} + words);
        QCOMPARE(chinese.code, 0);
        QVERIFY(hasChinese(chinese.text()));
        QVERIFY(chinese.text().contains(u"radpost %1 [OPTION…]"_s.arg(command)));
    }

    void theManualNamesEveryCommand()
    {
        QFile file(qEnvironmentVariable("RADPOST_SOURCE_DIR") + u"/docs/user/cli.md"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto manual = QString::fromUtf8(file.readAll());
        for (const auto& command : cli::commands()) {
            QVERIFY2(manual.contains(command.name.split(u' ').last()), qPrintable(command.name.toString()));
        }
    }

    void theManualPageHasEveryCommandAndOption_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << u"en"_s;
        QTest::newRow("Chinese") << u"zh_CN"_s;
    }

    void theManualPageHasEveryCommandAndOption()
    {
        QFETCH(QString, language);
        const auto page = m_home.run({u"help"_s, u"--format"_s, u"man"_s, u"--lang"_s, language});
        QCOMPARE(page.code, 0);
        QCOMPARE(hasChinese(page.text()), language == u"zh_CN");
        for (const auto& command : cli::commands()) {
            const auto spec = command.spec();
            const QString heading = u".SS \"radpost "_s + QString(spec.name).replace(u'-', u"\\-"_s);
            const auto start = page.text().indexOf(heading);
            QVERIFY2(start >= 0, qPrintable(spec.name));
            const auto end = page.text().indexOf(QRegularExpression(u"\n\\.S[SH] "_s), start + 1);
            const auto part = page.text().mid(start, end - start);
            for (const auto& option : spec.options) {
                const QString written = u"\\fB\\-\\-"_s + QString(option.name).replace(u'-', u"\\-"_s) + u"\\fR"_s;
                QVERIFY2(part.contains(written), qPrintable(spec.name + u" --" + option.name));
            }
        }
    }

    void completionForBashIsAScriptThatKnowsCommandsAndOptions_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("command") << QStringList{u"rep"_s} << QByteArray("report");
        QTest::newRow("second word") << QStringList{u"dest"_s, u"exp"_s} << QByteArray("export");
        QTest::newRow("option") << QStringList{u"send"_s, u"--dry"_s} << QByteArray("--dry-run");
        QTest::newRow("choice") << QStringList{u"--lang"_s, u"zh"_s} << QByteArray("zh_CN");
        QTest::newRow("after an option with a value")
            << QStringList{u"--data"_s, u"x"_s, u"dest"_s, u"export"_s, u"--form"_s} << QByteArray("--format");
    }

    void completionForBashIsAScriptThatKnowsCommandsAndOptions()
    {
        QFETCH(QStringList, words);
        QFETCH(QByteArray, expected);
        const auto script = m_home.run({u"help"_s, u"--format"_s, u"bash"_s});
        QCOMPARE(script.code, 0);
        writeFile(m_home.path(u"completion"_s), script.out);
        QProcess bash;
        bash.start(u"bash"_s,
            QStringList{u"-c"_s,
                u"source \"$0\"; COMP_WORDS=(radpost \"$@\"); COMP_CWORD=$#; _radpost; echo \"${COMPREPLY[@]}\""_s,
                m_home.path(u"completion"_s)} +
                words);
        QVERIFY(bash.waitForFinished());
        QCOMPARE(bash.readAllStandardOutput().trimmed(), expected);
    }

    void withoutPlacesTheXdgFoldersAreUsed()
    {
        const QTemporaryDir home;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"XDG_CONFIG_HOME"_s, home.filePath(u"c"_s));
        environment.insert(u"XDG_DATA_HOME"_s, home.filePath(u"d"_s));
        const auto run = [&environment](const QStringList& arguments) {
            QProcess process;
            process.setProcessEnvironment(environment);
            process.start(qEnvironmentVariable("RADPOST_BIN_DIR") + u"/app/cli/radpost"_s, arguments);
            return process.waitForFinished() ? process.exitCode() : -1;
        };
        QCOMPARE(run({u"dest"_s, u"add"_s, u"PACS"_s, u"A@127.0.0.1:1"_s}), 0);
        QVERIFY(QFile::exists(home.filePath(u"c/radpost/config.toml"_s)));
        QCOMPARE(run({u"pause"_s, u"--to"_s, u"PACS"_s}), 0);
        QVERIFY(!QDir(home.filePath(u"d/radpost"_s)).isEmpty());
    }

    void helpForWhatIsNoCommandIsWrongUse()
    {
        QCOMPARE(m_home.run({u"help"_s, u"nope"_s}).code, 2);
        QCOMPARE(m_home.run({u"help"_s, u"send"_s, u"x"_s}).code, 2);
        QCOMPARE(m_home.run({u"help"_s, u"--format"_s, u"nope"_s}).code, 2);
        QCOMPARE(m_home.run({u"help"_s, u"--format"_s, u"man"_s, u"send"_s}).code, 2);
    }

    void helpForHalfACommandListsTheRest()
    {
        for (const auto& words : {QStringList{u"help"_s, u"dest"_s}, QStringList{u"dest"_s, u"--help"_s},
                 QStringList{u"help"_s, u"spool"_s}}) {
            const auto help = m_home.run(words);
            QCOMPARE(help.code, 0);
            QVERIFY2(
                help.text().contains(u"dest add") || help.text().contains(u"spool report"), qPrintable(help.text()));
            QVERIFY(!help.text().contains(u"support-bundle"));
        }
    }

    void wrongUseIsExitCode2_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("part");
        QTest::newRow("nothing") << QStringList() << u"Usage"_s;
        QTest::newRow("unknown command") << QStringList{u"nope"_s} << u"nope"_s;
        QTest::newRow("half a command") << QStringList{u"dest"_s} << u"dest add"_s;
        QTest::newRow("half a command, half wrong") << QStringList{u"dest"_s, u"nope"_s} << u"dest nope"_s;
        QTest::newRow("what may follow half a command") << QStringList{u"route"_s, u"nope"_s} << u"route explain"_s;
        QTest::newRow("an option alone") << QStringList{u"--sett"_s} << u"--sett"_s;
        QTest::newRow("bad key") << QStringList{u"echo"_s, u"A@h"_s, u"--set"_s, u"nokey=1"_s} << u"nokey"_s;
        QTest::newRow("folder to explain") << QStringList{u"route"_s, u"explain"_s, u"/"_s} << u"/"_s;
        QTest::newRow("UID that is not there") << QStringList{u"route"_s, u"explain"_s, u"1.2.3"_s} << u"1.2.3"_s;
        QTest::newRow("file that is not there")
            << QStringList{u"route"_s, u"explain"_s, u"/nope.dcm"_s} << u"/nope.dcm"_s;
        QTest::newRow("draft that is not there")
            << QStringList{u"route"_s, u"replay"_s, u"--rules"_s, u"/nope.toml"_s} << u"/nope.toml"_s;
        QTest::newRow("copy over a file")
            << QStringList{u"ledger"_s, u"backup"_s, u"/etc/passwd"_s} << u"/etc/passwd"_s;
        QTest::newRow("unknown option") << QStringList{u"scan"_s, u"x"_s, u"--nope"_s} << u"--nope"_s;
        QTest::newRow("no path") << QStringList{u"scan"_s} << u"PATH"_s;
        QTest::newRow("no destination") << QStringList{u"send"_s, u"x"_s} << u"--to"_s;
        QTest::newRow("unknown destination") << QStringList{u"send"_s, u"x"_s, u"--to"_s, u"NOPE"_s} << u"NOPE"_s;
        QTest::newRow("bad address") << QStringList{u"echo"_s, u"A@h:99999"_s} << u"99999"_s;
        QTest::newRow("bad title") << QStringList{u"echo"_s, u"ABCDEFGHIJKLMNOPQ@h"_s} << u"AE title"_s;
        QTest::newRow("bad job") << QStringList{u"cancel"_s, u"x"_s} << u"x"_s;
        QTest::newRow("neither job nor destination") << QStringList{u"pause"_s} << u"--to"_s;
        QTest::newRow("job and destination") << QStringList{u"retry"_s, u"1"_s, u"--to"_s, u"A"_s} << u"--to"_s;
        QTest::newRow("no such job") << QStringList{u"show"_s, u"77"_s} << u"77"_s;
        QTest::newRow("bad format") << QStringList{u"report"_s, u"1"_s, u"--format"_s, u"pdf"_s} << u"pdf"_s;
        QTest::newRow("bad language") << QStringList{u"jobs"_s, u"--lang"_s, u"fr"_s} << u"fr"_s;
        QTest::newRow("bad log format") << QStringList{u"jobs"_s, u"--log-format"_s, u"xml"_s} << u"--log-format"_s;
        QTest::newRow("bad port") << QStringList{u"receive"_s, u"--dir"_s, u"x"_s, u"--port"_s, u"65536"_s}
                                  << u"65535"_s;
        QTest::newRow("bad durability") << QStringList{u"receive"_s, u"--dir"_s, u"x"_s, u"--durability"_s, u"disk"_s}
                                        << u"--durability"_s;
        QTest::newRow("no folder") << QStringList{u"receive"_s} << u"--dir"_s;
        QTest::newRow("bad series") << QStringList{u"synth"_s, u"x"_s, u"--series"_s, u"xx:1"_s} << u"xx:1"_s;
        QTest::newRow("bad duration") << QStringList{u"send"_s, u"x"_s, u"--to"_s, u"A@h"_s, u"--give-up-after"_s,
                                             u"30"_s}
                                      << u"--give-up-after"_s;
        QTest::newRow("bad profile") << QStringList{u"send"_s, u"x"_s, u"--to"_s, u"A@h"_s, u"--profile"_s, u"p"_s}
                                     << u"p"_s;
    }

    void wrongUseIsExitCode2()
    {
        QFETCH(QStringList, words);
        QFETCH(QString, part);
        const auto outcome = m_home.run(words);
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.text().contains(part), qPrintable(outcome.text()));
        if (!words.contains(u"--lang"_s)) {
            const auto chinese = m_home.run(QStringList{u"--lang=zh_CN"_s} + words);
            QCOMPARE(chinese.code, 2);
            QVERIFY2(hasChinese(chinese.text()), qPrintable(chinese.text()));
        }
    }

    void wrongUseWithJsonIsAnEvent()
    {
        const auto outcome = m_home.run({u"send"_s, u"x"_s, u"--json"_s});
        QCOMPARE(outcome.code, 2);
        QCOMPARE(outcome.events().size(), 1);
        QCOMPARE(outcome.event(u"error"_s)[u"name"_s].toString(), u"Usage"_s);
    }

    void theSettingsChooseTheLanguageAndAnOptionWins()
    {
        writeFile(m_home.configFile(), "language = \"zh_CN\"\n");
        QVERIFY(hasChinese(m_home.run({u"help"_s}).text()));
        QVERIFY(!hasChinese(m_home.run({u"--lang"_s, u"en"_s, u"help"_s}).text()));
        QVERIFY(QFile::remove(m_home.configFile()));
    }

    void aBadConfigurationIsExitCode5WithItsPlace_data()
    {
        QTest::addColumn<QByteArray>("toml");
        QTest::addColumn<QString>("place");
        QTest::newRow("syntax") << "ae_title = \n"_ba << u":1:12:"_s;
        QTest::newRow("value") << "\nae_title = \"\"\n"_ba << u":2:12:"_s;
        QTest::newRow("unknown key") << "[scan]\nthread = 1\n"_ba << u":2:10:"_s;
        QTest::newRow("binary") << QByteArray("\x7f"
                                              "ELF\0\0\1",
                                       7)
                                << u":1:1:"_s;
    }

    void aBadConfigurationIsExitCode5WithItsPlace()
    {
        QFETCH(QByteArray, toml);
        QFETCH(QString, place);
        writeFile(m_home.configFile(), toml);
        for (const auto& words : {QStringList{u"dest"_s, u"list"_s}, QStringList{u"dest"_s, u"add"_s, u"A"_s, u"A@h"_s},
                 QStringList{u"echo"_s, u"NAME"_s}, QStringList{u"echo"_s, u"A@127.0.0.1:1"_s}, QStringList{u"jobs"_s},
                 QStringList{u"scan"_s, u"."_s}}) {
            const auto outcome = m_home.run(words);
            QCOMPARE(outcome.code, 5);
            QVERIFY2(outcome.text().contains(m_home.configFile() + place), qPrintable(outcome.text()));
        }
        QFile file(m_home.configFile());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), toml);
        QVERIFY(file.remove());
    }

    void jobsBeforeAnySendAreNone()
    {
        const auto outcome = m_home.run({u"jobs"_s});
        QCOMPARE(outcome.code, 0);
        QVERIFY2(outcome.text().contains(u"There are no jobs."), qPrintable(outcome.text()));
        QVERIFY(!QFile::exists(m_home.path(u"data"_s)));
    }

private:
    RadpostHome m_home;
};

QTEST_GUILESS_MAIN(TestUsage)
#include "TestUsage.moc"
