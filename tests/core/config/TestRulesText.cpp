#include "core/config/ConfigText.h"
#include "core/config/RuleParser.h"
#include "core/config/RulesText.h"

#include <QTest>

using namespace radpost;
using namespace radpost::config;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kFile = R"(# the hospital's gateway
ae_title = "GW" # ours

[[destination]]
name = "PACS"
host = "10.0.0.1"
ae_title = "P"

# two arms
[[group]]
name = "both"
members = ["PACS", "AI"]

# first rule
[[rule]]
name = "one" # 1
send = "PACS"
[rule.when] # by modality
modality = "CT"

# second rule
[[rule]]
name = "two"
send = "both"

# the AI server
[[destination]]
name = "AI"
host = "10.0.0.2"
ae_title = "A"

[receive]
port = 2000
)";

RuleSet rulesOf(const QByteArray& toml)
{
    const auto parsed = parseConfig(toml);
    return parsed.problems.empty() ? parsed.config.rules : RuleSet();
}

Rule named(const QString& name)
{
    Rule rule;
    rule.name = name;
    rule.sends.push_back({});
    rule.sends.back().to = u"PACS"_s;
    return rule;
}

} // namespace

class TestRulesText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void commentsAboveARuleThatChangesStay()
    {
        auto rules = rulesOf(kFile);
        rules.rules[0].enabled = false;
        const auto edited = changeRules(kFile, rules);
        QVERIFY(edited);
        QVERIFY2(edited->contains("# first rule\n[[rule]]\nname = \"one\"\nenabled = false\n"), edited->constData());
        QVERIFY(rulesOf(*edited) == rules);
    }

    void blocksAreFoundWithTheirComments()
    {
        const auto blocks = ruleBlocks(kFile);
        QVERIFY(blocks);
        QCOMPARE(blocks->size(), 3U);
        QVERIFY((*blocks)[0].isGroup);
        QCOMPARE((*blocks)[0].firstLine, 9);
        QCOMPARE((*blocks)[0].endLine, 14);
        QCOMPARE((*blocks)[1].firstLine, 14);
        QCOMPARE((*blocks)[1].endLine, 21);
        QCOMPARE((*blocks)[2].endLine, 26);
    }

    void nothingChangedNothingWritten() { QCOMPARE(changeRules(kFile, rulesOf(kFile)).value(), kFile); }

    void aChangeKeepsTheRest()
    {
        auto rules = rulesOf(kFile);
        rules.rules[1].note = u"二"_s;
        const auto edited = changeRules(kFile, rules);
        QVERIFY2(edited, edited ? "" : qPrintable(edited.error().detail));
        QVERIFY(rulesOf(*edited) == rules);
        for (const char* kept : {"# the hospital's gateway\nae_title = \"GW\" # ours\n", "# two arms\n",
                 "# first rule\n", "name = \"one\" # 1\n", "[rule.when] # by modality\n", "# the AI server\n",
                 "[receive]\nport = 2000\n"}) {
            QVERIFY2(edited->contains(kept), edited->constData());
        }
        QVERIFY(edited->contains("# second rule\n[[rule]]\n")); // the rule has kept its name
    }

    void rulesMoveWithTheirComments()
    {
        auto rules = rulesOf(kFile);
        std::swap(rules.rules[0], rules.rules[1]);
        const auto edited = changeRules(kFile, rules);
        QVERIFY(edited && rulesOf(*edited) == rules);
        QVERIFY(edited->indexOf("# second rule\n[[rule]]") < edited->indexOf("# first rule\n[[rule]]"));
        QVERIFY(edited->indexOf("# second rule\n[[rule]]") > 0);
    }

    void rulesAreAddedAndRemoved()
    {
        auto rules = rulesOf(kFile);
        rules.rules.erase(rules.rules.begin());
        rules.rules.push_back(named(u"three"_s));
        const auto edited = changeRules(kFile, rules);
        QVERIFY(edited && rulesOf(*edited) == rules);
        QVERIFY(!edited->contains("first rule"));
        const auto none = changeRules(*edited, {});
        QVERIFY(none && rulesOf(*none) == RuleSet());
        QVERIFY(none->contains("# the AI server\n[[destination]]\nname = \"AI\""));
        const auto again = changeRules(*none, rules);
        QVERIFY(again && rulesOf(*again) == rules);
    }

    void aFileOfRulesAloneIsEditedToo()
    {
        RuleSet rules;
        rules.rules.push_back(named(u"x"_s));
        const auto edited = changeRules("version = 1\n", rules);
        QVERIFY(edited);
        QVERIFY(parseRules(*edited, {}, {}).rules == rules);
    }

    void tablesOfOthersBehindARuleStay()
    {
        const QByteArray toml = kFile +
            "\n[[listener]]\nport = 11113\nae_title = \"L\"\n\n"
            "[[rule]]\nname = \"last\"\nsend = \"AI\"\n\n"
            "[listener.tls]\nmode = \"bcp195\"\ncertificate_file = \"/c.pem\"\nkey_file = \"/k.pem\"\n";
        const auto before = parseConfig(toml);
        for (const auto& problem : before.problems) {
            qWarning() << problem.toError().detail;
        }
        QVERIFY(before.problems.empty());
        QCOMPARE(before.config.listeners.size(), 1U);
        auto rules = rulesOf(toml);
        rules.rules.pop_back();
        const auto edited = changeRules(toml, rules);
        QVERIFY2(edited, edited ? "" : qPrintable(edited.error().detail));
        QVERIFY(!edited->contains("last"));
        const auto after = parseConfig(*edited).config;
        QVERIFY(after.listeners == before.config.listeners);
        QVERIFY(after.rules == rules);
    }

    void inlineRulesAreLeftToPeople()
    {
        const QByteArray toml = "version = 1\nrule = [{ name = \"a\", send = \"PACS\" }]\n";
        QCOMPARE(changeRules(toml, {}).error().code, ErrorCode::Unsupported);
    }

    void whatCannotBeReadBackIsNotWritten()
    {
        auto rules = rulesOf(kFile);
        rules.rules[0].sends[0].to = u"NOWHERE"_s;
        QCOMPARE(changeRules(kFile, rules).error().code, ErrorCode::ConfigValue);
        rules = rulesOf(kFile);
        rules.rules[0].name.clear();
        QVERIFY(!changeRules(kFile, rules));
    }

    void aDestinationThatRulesNeedStays()
    {
        const auto removed = removeDestination(kFile, u"AI"_s);
        QVERIFY(!removed);
        QCOMPARE(removed.error().code, ErrorCode::DestinationInUse);
        QCOMPARE(removed.error().detail, u"both"_s);
        QCOMPARE(removeDestination(kFile, u"PACS"_s).error().code, ErrorCode::DestinationInUse);
    }

    void rulesFollowANewNameOfADestination()
    {
        auto destination = *parseConfig(kFile).config.find(u"PACS");
        destination.name = u"ARCHIVE"_s;
        const auto edited = replaceDestination(kFile, u"pacs"_s, destination);
        QVERIFY2(edited, edited ? "" : qPrintable(edited.error().detail));
        const auto rules = rulesOf(*edited);
        QCOMPARE(rules.groups[0].members, QStringList({u"ARCHIVE"_s, u"AI"_s}));
        QCOMPARE(rules.rules[0].sends[0].to, u"ARCHIVE"_s);
        QVERIFY(edited->contains("# second rule"));
    }

    void editsOfDestinationsLeaveRulesAlone()
    {
        Destination destination;
        destination.name = u"NEW"_s;
        destination.host = u"h"_s;
        destination.calledAeTitle = {"N"};
        const auto added = addDestination(kFile, destination);
        QVERIFY(added && rulesOf(*added) == rulesOf(kFile));
        const auto removed = removeDestination(*added, u"NEW"_s);
        QVERIFY(removed && rulesOf(*removed) == rulesOf(kFile));
        auto changed = *parseConfig(kFile).config.find(u"PACS");
        changed.port = 11112;
        const auto replaced = replaceDestination(kFile, u"PACS"_s, changed);
        QVERIFY2(replaced, replaced ? "" : qPrintable(replaced.error().detail));
        QVERIFY(replaced->contains("# two arms\n[[group]]"));
        QVERIFY(rulesOf(*replaced) == rulesOf(kFile));
    }
};

QTEST_GUILESS_MAIN(TestRulesText)
#include "TestRulesText.moc"
