#include "app/cli/Arguments.h"
#include "app/cli/Command.h"

#include <QFile>
#include <QSet>
#include <QTest>

using namespace radpost::cli;
using namespace Qt::StringLiterals;

namespace {

CommandSpec spec()
{
    return {u"send"_s, u"PATH…"_s, {}, {}, 1, 2,
        {{u"to"_s, u"DEST"_s, {}, {}}, {u"dry-run"_s, {}, {}, u'n'}, {u"set"_s, u"KEY=VALUE"_s, {}, {}}}, {}};
}

Arguments parsed(const QStringList& words)
{
    const auto result = parseArguments(spec(), words);
    return std::holds_alternative<Arguments>(result) ? std::get<Arguments>(result) : Arguments();
}

} // namespace

class TestArguments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void optionsAndArgumentsMayMix()
    {
        const auto arguments = parsed({u"a"_s, u"--to"_s, u"X"_s, u"--dry-run"_s, u"b"_s, u"--json"_s});
        QCOMPARE(arguments.positional(), QStringList({u"a"_s, u"b"_s}));
        QCOMPARE(arguments.value(u"to"_s), u"X"_s);
        QVERIFY(arguments.has(u"dry-run"_s));
        QVERIFY(arguments.has(u"json"_s));
        QVERIFY(!arguments.has(u"quiet"_s));
    }

    void anOptionMayRepeatOrHoldAList()
    {
        const auto arguments = parsed({u"a"_s, u"--to=X,Y"_s, u"--to"_s, u"Z"_s});
        QCOMPARE(arguments.list(u"to"_s), QStringList({u"X"_s, u"Y"_s, u"Z"_s}));
        QCOMPARE(arguments.value(u"to"_s), u"Z"_s);
        QCOMPARE(parsed({u"a"_s, u"-v"_s, u"-v"_s}).count(u"verbose"_s), 2);
    }

    void aValueMayHoldAnEqualsSign()
    {
        QCOMPARE(parsed({u"a"_s, u"--set=tls.mode=off"_s}).value(u"set"_s), u"tls.mode=off"_s);
    }

    void twoDashesEndTheOptions() { QCOMPARE(parsed({u"--"_s, u"--to"_s}).positional(), QStringList(u"--to"_s)); }

    void oneDashAloneIsAnArgument() { QCOMPARE(parsed({u"-"_s}).positional(), QStringList(u"-"_s)); }

    void shortNamesWork() { QVERIFY(parsed({u"a"_s, u"-n"_s}).has(u"dry-run"_s)); }

    void wrongUseIsASentence_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("part");
        QTest::newRow("unknown option") << QStringList{u"a"_s, u"--nope"_s} << u"--nope"_s;
        QTest::newRow("unknown short option") << QStringList{u"a"_s, u"-x"_s} << u"-x"_s;
        QTest::newRow("value missing") << QStringList{u"a"_s, u"--to"_s} << u"DEST"_s;
        QTest::newRow("value for a flag") << QStringList{u"a"_s, u"--dry-run=1"_s} << u"--dry-run"_s;
        QTest::newRow("argument missing") << QStringList{u"--to"_s, u"X"_s} << u"PATH…"_s;
        QTest::newRow("too many arguments") << QStringList{u"a"_s, u"b"_s, u"c"_s} << u"c"_s;
    }

    void wrongUseIsASentence()
    {
        QFETCH(QStringList, words);
        QFETCH(QString, part);
        const auto result = parseArguments(spec(), words);
        const auto* sentence = std::get_if<QString>(&result);
        QVERIFY(sentence != nullptr);
        QVERIFY2(sentence->contains(part), qPrintable(*sentence));
    }

    void helpNeedsNoArguments()
    {
        const auto result = parseArguments(spec(), {u"--help"_s});
        QVERIFY(std::holds_alternative<Arguments>(result));
    }

    void commandsAreFoundWhereverOptionsStand()
    {
        QStringList words{u"--config"_s, u"f"_s, u"-q"_s, u"dest"_s, u"add"_s, u"A"_s};
        const auto* command = takeCommand(words);
        QVERIFY(command != nullptr);
        QCOMPARE(command->name.toString(), u"dest add"_s);
        QCOMPARE(words, QStringList({u"--config"_s, u"f"_s, u"-q"_s, u"A"_s}));
    }

    void anUnknownCommandIsNone()
    {
        for (const auto& words : {QStringList{u"nope"_s}, QStringList{}, QStringList{u"dest"_s}}) {
            auto rest = words;
            QVERIFY(takeCommand(rest) == nullptr);
            QCOMPARE(rest, words);
        }
    }

    void everyCommandExplainsItself()
    {
        for (const auto& command : commands()) {
            const auto commandSpec = command.spec();
            QCOMPARE(commandSpec.name, command.name.toString());
            QVERIFY2(!commandSpec.summary.isEmpty(), qPrintable(commandSpec.name));
            QVERIFY2(!commandSpec.examples.isEmpty(), qPrintable(commandSpec.name));
            QSet<QString> names;
            auto options = commandSpec.options;
            options.insert(options.end(), commonOptions().begin(), commonOptions().end());
            for (const auto& option : options) {
                QVERIFY2(!option.help.isEmpty(), qPrintable(option.name));
                QVERIFY2(!names.contains(option.name), qPrintable(commandSpec.name + u' ' + option.name));
                names.insert(option.name);
            }
        }
    }

    void theManualNamesEveryCommandAndOption()
    {
        QFile file(qEnvironmentVariable("RADPOST_SOURCE_DIR") + u"/docs/user/cli.md"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto manual = QString::fromUtf8(file.readAll());
        for (const auto& command : commands()) {
            QVERIFY2(manual.contains(u'`' + command.name), qPrintable(command.name.toString()));
            for (const auto& option : command.spec().options) {
                QVERIFY2(manual.contains(u"--"_s + option.name), qPrintable(command.name + u" --"_s + option.name));
            }
        }
        for (const auto& option : commonOptions()) {
            QVERIFY2(manual.contains(u"--"_s + option.name), qPrintable(option.name));
        }
    }

    void everyExampleIsValid()
    {
        for (const auto& command : commands()) {
            for (const auto& example : command.spec().examples) {
                auto words = example.split(u' ');
                QCOMPARE(words.takeFirst(), u"radpost"_s);
                const auto* named = takeCommand(words);
                QVERIFY2(named != nullptr && named->name == command.name, qPrintable(example));
                const auto result = parseArguments(command.spec(), words);
                QVERIFY2(std::holds_alternative<Arguments>(result), qPrintable(example));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestArguments)
#include "TestArguments.moc"
