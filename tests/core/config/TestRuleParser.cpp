#include "core/config/RuleParser.h"
#include "core/config/RulesText.h"

#include <QTest>

using namespace radpost;
using namespace radpost::config;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const RuleContext kContext{QStringList{u"PACS"_s, u"BACKUP"_s, u"AI"_s}, {}};

// Everything that a rule can say.
const QByteArray kFull = R"toml(version = 1

[[group]]
name = "archive"
kind = "failover"
members = ["pacs", "BACKUP"]

[[rule]]
name = "CT abroad"
note = "asked for by Dr. Li"
enabled = false
trigger = "study"
quiet = "5min"
max_wait = "2h"
expected = 120
stop = true
send = [
    { to = "archive", profile = "none", delay = "10min", hours = "22:00-06:00", priority = "urgent", only_missing = true },
    "AI",
]
[rule.when]
calling_ae = ["CT1", "CT2"]
address = "10.0.0.0/8"
modality = { equals = "ct", ignore_case = true }
hours = ["08:00-12:00", "14:00-18:00"]
weekday = "mon-fri"
attribute = "PatientAge"
from = "18Y"
until = "65Y"
any = [
    { attribute = "StudyDescription", contains = ["头", "head"], ignore_case = true },
    { not = { attribute = "(0019,100C)", creator = "SIEMENS MR HEADER", exists = true } },
    { all = [{ sop_class = "CTImageStorage" }, { attribute = "ImageType", regex = "^ORIGINAL$", values = "all" }] },
    { attribute = "PatientName", in = ["王^小东", "LI"], name_part = "ideographic" },
    { attribute = "EchoTime", from = 1.5, until = 20 },
    { transfer_syntax = "JPEG2000Lossless", called_ae = "IN", source = "drop", study_description = { contains = "x" } },
]

[[rule]]
name = "phantoms"
action = "drop"
reason = "test images"
when = { attribute = "PatientID", regex = "^QA" }
)toml";

} // namespace

class TestRuleParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingIsRead()
    {
        const auto parsed = parseRules(kFull, u"r.toml"_s, kContext);
        for (const auto& problem : parsed.problems) {
            qWarning() << problem.toError().detail;
        }
        QCOMPARE(parsed.problems.size(), 0U);
        QCOMPARE(parsed.rules.groups.size(), 1U);
        QCOMPARE(parsed.rules.groups.front().members, QStringList({u"PACS"_s, u"BACKUP"_s}));
        const auto& rule = *parsed.rules.findRule(u"ct ABROAD");
        QVERIFY(!rule.enabled && rule.stop);
        QCOMPARE(rule.note, u"asked for by Dr. Li"_s);
        QCOMPARE(rule.trigger, Trigger::Study);
        QVERIFY(rule.completion == (Completion{5min, 2h, 120}));
        QVERIFY(rule.sends[0] ==
            (SendAction{u"archive"_s, {}, 10min, HoursWindow{QTime(22, 0), QTime(6, 0)}, Priority::Urgent, true}));
        QCOMPARE(rule.sends[1].to, u"AI"_s);
        QCOMPARE(rule.when.parts.size(), 7U);
        QCOMPARE(rule.when.parts[0].test.values, QStringList({u"CT1"_s, u"CT2"_s}));
        QVERIFY(rule.when.parts[2].test.ignoreCase);
        const auto& age = rule.when.parts[5].test;
        QVERIFY(age.op == Operator::Range && age.from == u"18Y" && age.until == u"65Y");
        const auto& any = rule.when.parts[6];
        QVERIFY(any.kind == Condition::Kind::Any && any.parts.size() == 6U);
        QVERIFY(any.parts[1].kind == Condition::Kind::Not && any.parts[1].parts[0].test.exists);
        QCOMPARE(any.parts[1].parts[0].test.creator, u"SIEMENS MR HEADER"_s);
        QVERIFY(any.parts[2].parts[1].test.quantity == Quantity::All);
        QVERIFY(any.parts[3].test.nameGroup == NameGroup::Ideographic);
        QCOMPARE(any.parts[4].test.from, u"1.5"_s);
        QCOMPARE(any.parts[5].parts.size(), 4U);
        const auto& phantoms = parsed.rules.rules[1];
        QVERIFY(phantoms.action == RuleAction::Drop && phantoms.stop && phantoms.sends.empty());
        QVERIFY(phantoms.when.kind == Condition::Kind::Test);
    }

    void whatIsWrittenReadsTheSame()
    {
        const auto parsed = parseRules(kFull, {}, kContext);
        const auto written = rulesToToml(parsed.rules);
        const auto again = parseRules(written, {}, kContext);
        QVERIFY2(again.problems.empty(), written.constData());
        QVERIFY2(again.rules == parsed.rules, written.constData());
        QCOMPARE(rulesToToml(again.rules), written);
    }

    void aRuleWithoutConditionsIsAlwaysTrue()
    {
        const auto parsed = parseRules("[[rule]]\nname = \"all\"\nsend = \"PACS\"\n", {}, kContext);
        QVERIFY(parsed.problems.empty());
        QVERIFY(parsed.rules.rules[0].when == Condition());
        QCOMPARE(ruleToToml(parsed.rules.rules[0]), "[[rule]]\nname = \"all\"\nsend = \"PACS\"\n");
    }

    void quietByHandIsNoDuration()
    {
        const QByteArray toml = "[[rule]]\nname = \"a\"\nsend = \"PACS\"\ntrigger = \"series\"\nquiet = \"manual\"\n";
        const auto parsed = parseRules(toml, {}, kContext);
        QVERIFY(parsed.problems.empty());
        QVERIFY(!parsed.rules.rules[0].completion.quiet);
        QCOMPARE(parseRules(ruleToToml(parsed.rules.rules[0]), {}, kContext).rules.rules[0], parsed.rules.rules[0]);
    }

    void aFaultSaysWhatAndWhere_data()
    {
        QTest::addColumn<QByteArray>("toml");
        QTest::addColumn<int>("fault");
        QTest::addColumn<int>("line");
        QTest::addColumn<QString>("key");
        const auto row = [](const char* name, const QByteArray& toml, RuleFault fault, int line, const QString& key) {
            QTest::newRow(name) << toml << int(fault) << line << key;
        };
        const auto rule = [](const QByteArray& line) -> QByteArray {
            return "[[rule]]\nname = \"a\"\nsend = \"PACS\"\n" + line + '\n';
        };
        const auto when = [&rule](const QByteArray& condition) { return rule("when = " + condition); };
        const auto group = [](const QByteArray& line) -> QByteArray {
            return "[[group]]\nname = \"g\"\n" + line + '\n';
        };

        row("rules as a table", "[rule]\nname = \"a\"\n", RuleFault::NotTables, 1, u"rule"_s);
        row("groups as numbers", "group = [1]\n", RuleFault::NotTables, 1, u"group"_s);
        row("unknown destination", "[[rule]]\nname = \"a\"\nsend = \"NOWHERE\"\n", RuleFault::UnknownDestination, 3,
            u"rule.send"_s);
        row("unknown destination in a table", "[[rule]]\nname = \"a\"\nsend = [{ to = \"NOWHERE\" }]\n",
            RuleFault::UnknownDestination, 3, u"rule.send.to"_s);
        row("send without a name", "[[rule]]\nname = \"a\"\nsend = [1]\n", RuleFault::UnknownDestination, 3,
            u"rule.send"_s);
        row("no such profile", "[[rule]]\nname = \"a\"\nsend = [{ to = \"PACS\", profile = \"deidentified\" }]\n",
            RuleFault::UnknownProfile, 3, u"rule.send.profile"_s);
        row("twice to one", "[[rule]]\nname = \"a\"\nsend = [\"PACS\", \"pacs\"]\n", RuleFault::SendTwice, 3,
            u"rule.send"_s);
        row("rule name twice", rule("") + "[[rule]]\nname = \"A\"\nsend = \"PACS\"\n", RuleFault::NameTaken, 6,
            u"rule.name"_s);
        row("group name twice", group("members = [\"AI\"]") + "[[group]]\nname = \"G\"\nmembers = [\"AI\"]\n",
            RuleFault::NameTaken, 5, u"group.name"_s);
        row("group named like a destination", "[[group]]\nname = \"pacs\"\nmembers = [\"AI\"]\n", RuleFault::NameTaken,
            2, u"group.name"_s);
        row("empty group", group("members = []"), RuleFault::EmptyGroup, 3, u"group.members"_s);
        row("group without members", group(""), RuleFault::EmptyGroup, 1, u"group.members"_s);
        row("group of a stranger", group("members = [\"X\"]"), RuleFault::UnknownMember, 3, u"group.members"_s);
        row("member twice", group("members = [\"AI\", \"ai\"]"), RuleFault::MemberTwice, 3, u"group.members"_s);
        row("no action", "[[rule]]\nname = \"a\"\n", RuleFault::NoAction, 1, u"rule.send"_s);
        row("drop and send", rule("action = \"drop\""), RuleFault::ActionAndSend, 3, u"rule.send"_s);
        row("drop goes on", "[[rule]]\nname = \"a\"\naction = \"drop\"\nstop = false\n", RuleFault::DropContinues, 4,
            u"rule.stop"_s);
        row("drop waits", "[[rule]]\nname = \"a\"\naction = \"hold\"\ntrigger = \"study\"\n",
            RuleFault::WaitsForNothing, 1, u"rule.trigger"_s);
        row("quiet without a trigger", rule("quiet = \"1min\""), RuleFault::WaitsForNothing, 1, u"rule.trigger"_s);
        row("max_wait below quiet", rule("trigger = \"study\"\nquiet = \"5min\"\nmax_wait = \"1min\""),
            RuleFault::NeverComplete, 1, u"rule.max_wait"_s);
        row("condition as text", when("\"CT\""), RuleFault::NotACondition, 4, u"rule.when"_s);
        row("any as table", when("{ any = { modality = \"CT\" } }"), RuleFault::NotACondition, 4, u"rule.when.any"_s);
        row("any of nothing", when("{ any = [] }"), RuleFault::NotACondition, 4, u"rule.when.any"_s);
        row("any of texts", when("{ any = [\"CT\"] }"), RuleFault::NotACondition, 4, u"rule.when.any"_s);
        row("not as text", when("{ not = \"CT\" }"), RuleFault::NotACondition, 4, u"rule.when.not"_s);
        row("nothing in any", when("{ any = [{ modality = \"CT\" }, {}] }"), RuleFault::NothingToTest, 4,
            u"rule.when"_s);
        row("not nothing", when("{ not = {} }"), RuleFault::NothingToTest, 4, u"rule.when"_s);
        row("attribute alone", when("{ attribute = \"PatientID\" }"), RuleFault::NothingToTest, 4,
            u"rule.when.attribute"_s);
        row("two operators", when("{ attribute = \"PatientID\", equals = \"A\", regex = \"B\" }"),
            RuleFault::TwoOperators, 4, u"rule.when.attribute"_s);
        row("two operators of a fact", when("{ modality = { equals = \"A\", contains = \"B\" } }"),
            RuleFault::TwoOperators, 4, u"rule.when.modality"_s);
        row("regex of an address", when("{ address = { regex = \"^10\" } }"), RuleFault::OperatorDoesNotFit, 4,
            u"rule.when.address"_s);
        row("range of a modality", when("{ modality = { from = \"A\" } }"), RuleFault::OperatorDoesNotFit, 4,
            u"rule.when.modality"_s);
        row("no values", when("{ modality = [] }"), RuleFault::NoValues, 4, u"rule.when.modality"_s);
        row("empty value", when("{ modality = \"\" }"), RuleFault::BadText, 4, u"rule.when.modality"_s);
        row("value of another type", when("{ modality = true }"), RuleFault::BadText, 4, u"rule.when.modality"_s);
        row("value too long", when("{ modality = \"" + QByteArray(1025, 'A') + "\" }"), RuleFault::BadText, 4,
            u"rule.when.modality"_s);
        row("bad regex", when("{ attribute = \"PatientID\", regex = \"(\" }"), RuleFault::BadRegex, 4,
            u"rule.when.attribute"_s);
        row("bad network", when("{ address = [\"10.0.0.0/8\", \"10.0.0.1/8\"] }"), RuleFault::BadAddress, 4,
            u"rule.when.address"_s);
        row("bad hours", when("{ hours = \"8-12\" }"), RuleFault::BadHours, 4, u"rule.when.hours"_s);
        row("bad day", when("{ weekday = \"monday\" }"), RuleFault::BadWeekday, 4, u"rule.when.weekday"_s);
        row("too many values", when("{ modality = [" + QByteArray("\"A\",").repeated(2001) + "] }"), RuleFault::TooMany,
            4, u"rule.when.modality"_s);
        row("too deep", when(QByteArray("{ not = ").repeated(20) + "{ modality = \"CT\" }" + QByteArray(20, '}')),
            RuleFault::TooDeep, 4, u"rule.when"_s);
    }

    void aFaultSaysWhatAndWhere()
    {
        QFETCH(QByteArray, toml);
        const auto parsed = parseRules(toml, u"r.toml"_s, kContext);
        QCOMPARE(parsed.problems.size(), 1U);
        const auto& problem = parsed.problems.front();
        QCOMPARE(problem.kind, ProblemKind::Rule);
        QTEST(int(problem.fault), "fault");
        QTEST(problem.line, "line");
        QTEST(problem.key, "key");
        QVERIFY(problem.toError().detail.startsWith(u"r.toml:"_s));
        QCOMPARE(problem.toError().code, ErrorCode::ConfigValue);
    }

    void otherFaults_data()
    {
        QTest::addColumn<QByteArray>("toml");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("key");
        QTest::newRow("not TOML") << "[[rule"_ba << int(ProblemKind::Syntax) << QString();
        QTest::newRow("no name") << "[[rule]]\nsend = \"PACS\"\n"_ba << int(ProblemKind::Missing) << u"rule.name"_s;
        QTest::newRow("a key of a configuration")
            << "ae_title = \"A\"\n"_ba << int(ProblemKind::UnknownKey) << u"ae_title"_s;
        QTest::newRow("newer") << "version = 2\n"_ba << int(ProblemKind::NewerVersion) << u"version"_s;
        QTest::newRow("misspelt key") << "[[rule]]\nname = \"a\"\nsend = \"PACS\"\nhalt = true\n"_ba
                                      << int(ProblemKind::UnknownKey) << u"rule.halt"_s;
        QTest::newRow("misspelt test") << "[[rule]]\nname = \"a\"\nsend = \"PACS\"\nwhen = { modalty = \"CT\" }\n"_ba
                                       << int(ProblemKind::UnknownKey) << u"rule.when.modalty"_s;
        QTest::newRow("operator without attribute")
            << "[[rule]]\nname = \"a\"\nsend = \"PACS\"\nwhen = { equals = \"CT\" }\n"_ba
            << int(ProblemKind::UnknownKey) << u"rule.when.equals"_s;
        QTest::newRow("delay") << "[[rule]]\nname = \"a\"\nsend = [{ to = \"PACS\", delay = \"soon\" }]\n"_ba
                               << int(ProblemKind::BadValue) << u"rule.send.delay"_s;
        QTest::newRow("priority") << "[[rule]]\nname = \"a\"\nsend = [{ to = \"PACS\", priority = 1 }]\n"_ba
                                  << int(ProblemKind::BadValue) << u"rule.send.priority"_s;
        QTest::newRow("expected") << "[[rule]]\nname = \"a\"\nsend = \"PACS\"\ntrigger = \"study\"\nexpected = 0\n"_ba
                                  << int(ProblemKind::BadValue) << u"rule.expected"_s;
    }

    void otherFaults()
    {
        QFETCH(QByteArray, toml);
        const auto parsed = parseRules(toml, {}, kContext);
        QCOMPARE(parsed.problems.size(), 1U);
        QTEST(int(parsed.problems.front().kind), "kind");
        QTEST(parsed.problems.front().key, "key");
    }

    void aTestIsAskedForByWhoKnowsTheDictionary()
    {
        RuleContext context = kContext;
        context.checkTest = [](const Test& test) {
            return std::optional(TestFault{RuleFault::BadAttribute, test.attribute, u"unknown"_s});
        };
        const auto parsed = parseRules(
            "[[rule]]\nname = \"a\"\nsend = \"PACS\"\nwhen = { attribute = \"Nme\", exists = true }\n", {}, context);
        QCOMPARE(parsed.problems.size(), 1U);
        QCOMPARE(parsed.problems[0].value, u"Nme"_s);
    }

    void aConfigurationHoldsRulesToo()
    {
        const QByteArray toml = "ae_title = \"ME\"\n[[destination]]\nname = \"PACS\"\nhost = \"h\"\nae_title = \"P\"\n"
                                "[[rule]]\nname = \"a\"\nsend = \"pacs\"\n";
        const auto config = parseConfig(toml);
        QVERIFY(config.problems.empty());
        QCOMPARE(config.config.rules.rules.size(), 1U);
        QCOMPARE(config.config.rules.rules[0].sends[0].to, u"PACS"_s);
        QVERIFY(isWholeConfig(toml));
        QVERIFY(!isWholeConfig(kFull));
        QVERIFY(parseRulesOfConfig(toml, {}, {}).rules == config.config.rules);
        const auto broken = parseConfig(QByteArray(toml).replace("\"pacs\"", "\"pax\""));
        QCOMPARE(broken.problems.size(), 1U);
        QCOMPARE(broken.problems[0].line, 8);
    }

    void manyRulesAreRefusedAsAWhole()
    {
        QByteArray toml;
        for (int i = 0; i <= kMostRules; ++i) {
            toml += "[[rule]]\nname = \"" + QByteArray::number(i) + "\"\nsend = \"PACS\"\n";
        }
        const auto parsed = parseRules(toml, {}, kContext);
        QCOMPARE(parsed.problems.size(), 1U);
        QCOMPARE(parsed.problems[0].fault, RuleFault::TooMany);
    }
};

QTEST_GUILESS_MAIN(TestRuleParser)
#include "TestRuleParser.moc"
