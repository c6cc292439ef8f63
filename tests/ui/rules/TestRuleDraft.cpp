#include "core/config/RuleParser.h"
#include "core/config/RulesText.h"
#include "ui/rules/RuleJudgement.h"
#include "ui/rules/ruleedits.h"

#include <QTest>

using namespace radpost;
using namespace radpost::config;
using namespace radpost::ui;
using namespace Qt::StringLiterals;

namespace {

const RuleSurroundings kAround{
    {u"PACS"_s, u"AI"_s}, {{u"archive"_s, GroupKind::Failover, {u"PACS"_s, u"AI"_s}}}, {u"other"_s}};

std::optional<Rule> ruleOf(const QByteArray& toml)
{
    return judgeText("[[rule]]\nname = \"R\"\n" + toml, kAround).rule;
}

RuleDraft sending(const QString& name = u"R"_s)
{
    RuleDraft draft;
    draft.name = name;
    draft.sends.push_back({u"PACS"_s, {}, {}, Priority::Normal});
    return draft;
}

QString place(RuleField field, int row = -1)
{
    return u"%1:%2"_s.arg(static_cast<int>(field)).arg(row);
}

/// Where something is wrong.
QStringList placesOf(const RuleDraft& draft)
{
    QStringList places;
    for (const auto& problem : judgeDraft(draft, kAround).problems) {
        places.append(place(problem.place.field, problem.place.row));
    }
    return places;
}

RuleSet three()
{
    RuleSet rules;
    for (const auto& name : {u"A"_s, u"B"_s, u"C"_s}) {
        Rule rule;
        rule.name = name;
        rule.sends.push_back({u"archive"_s, {}, {}, {}, {}});
        rules.rules.push_back(rule);
    }
    rules.groups = kAround.groups;
    return rules;
}

QStringList namesOf(const RuleSet& rules)
{
    QStringList names;
    for (const auto& rule : rules.rules) {
        names.append(rule.name);
    }
    return names;
}

} // namespace

class TestRuleDraft : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatTheFormShowsComesBackAsItWas_data()
    {
        QTest::addColumn<QByteArray>("toml");
        QTest::newRow("always") << "send = \"PACS\"\n"_ba;
        QTest::newRow("one test") << "send = \"PACS\"\nwhen = { modality = \"CT\" }\n"_ba;
        QTest::newRow("not") << "send = \"PACS\"\nwhen = { not = { modality = \"CT\" } }\n"_ba;
        QTest::newRow("all") << "send = \"PACS\"\n[rule.when]\nmodality = [\"CT\", \"MR\"]\ncalling_ae = \"CT1\"\n"_ba;
        QTest::newRow("any, with not") << "send = \"PACS\"\n[rule.when]\nany = [\n{ study_description = { contains = "
                                          "[\"头\", \"head\"], ignore_case = true } },\n{ not = { attribute = "
                                          "\"PatientAge\", until = \"17Y\" } },\n]\n"_ba;
        QTest::newRow("every fact") << "send = \"PACS\"\n[rule.when]\ncalling_ae = { regex = \"^CT[0-9]\" }\n"
                                       "called_ae = { exists = false }\naddress = [\"10.0.0.0/8\", \"10.1.2.3\"]\n"
                                       "source = \"in\"\nsop_class = \"CT Image Storage\"\n"
                                       "transfer_syntax = \"JPEG2000Lossless\"\nhours = \"22:00-06:00\"\n"
                                       "weekday = [\"mon-wed\", \"fri\"]\nattribute = \"ImageType[3]\"\n"
                                       "equals = \"AXIAL\"\nvalues = \"all\"\n"_ba;
        QTest::newRow("range")
            << "send = \"PACS\"\nwhen = { attribute = \"(0018,0050)\", from = \"1\", until = 2.5 }\n"_ba;
        QTest::newRow("sends") << "send = [ { to = \"PACS\", delay = \"10min\", hours = \"22:00-06:00\" }, { to = "
                                  "\"archive\", priority = \"urgent\", only_missing = true } ]\nstop = true\n"_ba;
        QTest::newRow("waiting") << "send = \"AI\"\ntrigger = \"study\"\nquiet = \"2min\"\nmax_wait = \"1h\"\n"
                                    "expected = 64\n"_ba;
        QTest::newRow("by hand") << "send = \"AI\"\ntrigger = \"series\"\nquiet = \"manual\"\n"_ba;
        QTest::newRow("hold") << "action = \"hold\"\nreason = \"a \\\"quoted\\\" reason\"\n"_ba;
        QTest::newRow("drop, off, note") << "action = \"drop\"\nenabled = false\nnote = \"why\"\n"_ba;
        QTest::newRow("a value with a semicolon") << "send = \"PACS\"\nwhen = { study_description = \"a; b\" }\n"_ba;
        QTest::newRow("a value with odd letters")
            << "send = \"PACS\"\nwhen = { study_description = \"a\\\\b\\\"c\" }\n"_ba;
    }

    void whatTheFormShowsComesBackAsItWas()
    {
        QFETCH(QByteArray, toml);
        const auto rule = ruleOf(toml);
        QVERIFY(rule);
        const auto draft = draftOf(*rule);
        QVERIFY(draft);
        const auto judged = judgeDraft(*draft, kAround);
        QVERIFY2(judged.rule, judged.problems.empty() ? "" : qPrintable(judged.problems.front().detail.detail));
        QVERIFY2(*judged.rule == *rule, textOf(*draft).toml.constData());
    }

    void whatTheFormHasNoRoomForIsLeftToTheText_data()
    {
        QTest::addColumn<QByteArray>("toml");
        QTest::newRow("any in all") << "[rule.when]\nmodality = \"CT\"\nany = [ { calling_ae = \"A\" }, { calling_ae = "
                                       "\"B\" } ]\n"_ba;
        QTest::newRow("not of all") << "when = { not = { modality = \"CT\", calling_ae = \"A\" } }\n"_ba;
        QTest::newRow("not of not") << "when = { not = { not = { modality = \"CT\" } } }\n"_ba;
        QTest::newRow("creator") << "when = { attribute = \"(0019,100C)\", creator = \"X\", exists = true }\n"_ba;
        QTest::newRow("name part")
            << "when = { attribute = \"PatientName\", equals = \"A\", name_part = \"phonetic\" }\n"_ba;
        QTest::newRow("two expressions") << "when = { modality = { regex = [\"^C\", \"^M\"] } }\n"_ba;
        QTest::newRow("separator in a list") << "when = { study_description = [\"a; b\", \"c\"] }\n"_ba;
        QTest::newRow("wide separator") << "when = { study_description = [\"a；b\", \"c\"] }\n"_ba;
    }

    void whatTheFormHasNoRoomForIsLeftToTheText()
    {
        QFETCH(QByteArray, toml);
        const auto rule = ruleOf("send = \"PACS\"\n" + toml);
        QVERIFY(rule);
        QVERIFY(!draftOf(*rule));
        // And the text of it is the same rule again.
        const auto judged = judgeText(ruleToToml(*rule), kAround);
        QVERIFY(judged.rule);
        QVERIFY(*judged.rule == *rule);
    }

    void problemsStandAtTheirFieldAndRow()
    {
        QCOMPARE(placesOf(sending(u"Other"_s)), (QStringList{place(RuleField::Name)}));
        QCOMPARE(placesOf(sending({})), (QStringList{place(RuleField::Name)}));
        auto draft = sending();
        draft.sends.push_back({u"AI"_s, u"soon"_s, {}, Priority::Normal});
        QCOMPARE(placesOf(draft), (QStringList{place(RuleField::Sends, 1)}));
        draft = sending();
        draft.sends.clear();
        QCOMPARE(placesOf(draft), (QStringList{place(RuleField::Sends)}));
        draft = sending();
        draft.tests.push_back({false, Fact::Modality, {}, Comparison::Is, u"CT"_s, {}, false, false});
        draft.tests.push_back({true, Fact::Address, {}, Comparison::Is, u"10.0.0.300"_s, {}, false, false});
        QCOMPARE(placesOf(draft), (QStringList{place(RuleField::Tests, 1)}));
        draft.tests[1] = {false, Fact::Attribute, u"NoSuchKeyword"_s, Comparison::HasValue, {}, {}, false, false};
        QCOMPARE(placesOf(draft), (QStringList{place(RuleField::Tests, 1)}));
        draft.tests.erase(draft.tests.begin());
        QCOMPARE(placesOf(draft), (QStringList{place(RuleField::Tests, 0)}));
        draft = sending();
        draft.trigger = Trigger::Study;
        draft.quiet = u"soon"_s;
        draft.expected = u"many"_s;
        QCOMPARE(placesOf(draft), (QStringList{place(RuleField::Quiet), place(RuleField::Expected)}));
        draft.quiet = u"1h"_s;
        draft.maxWait = u"1min"_s;
        draft.expected.clear();
        QCOMPARE(placesOf(draft), (QStringList{place(RuleField::MaxWait)}));
    }

    void chineseSemicolonsSeparateToo()
    {
        auto draft = sending();
        draft.tests.push_back({false, Fact::Modality, {}, Comparison::OneOf, u"CT； MR;DX ;"_s, {}, false, false});
        const auto judged = judgeDraft(draft, kAround);
        QVERIFY(judged.rule);
        QCOMPARE(judged.rule->when.test.values, (QStringList{u"CT"_s, u"MR"_s, u"DX"_s}));
    }

    void linesOfTheTextAreItsOwn()
    {
        const auto judged =
            judgeText("[[rule]]\nname = \"R\"\nsend = \"PACS\"\nwhen = { modalty = \"CT\" }\n", kAround);
        QCOMPARE(judged.problems.size(), 1U);
        QCOMPARE(judged.problems.front().line, 4);
        QCOMPARE(judgeText("[[rule]]\nname = \n", kAround).problems.front().line, 2);
    }

    void theTextHoldsOneRuleAndNothingElse()
    {
        const QByteArray one = "[[rule]]\nname = \"R\"\nsend = \"PACS\"\n";
        QVERIFY(judgeText(one, kAround).rule);
        const QByteArray two = one + "[[rule]]\nname = \"S\"\nsend = \"PACS\"\n";
        const QByteArray grouped = one + "[[group]]\nname = \"g\"\nmembers = [\"PACS\"]\n";
        for (const auto& text : {QByteArray(), two, grouped}) {
            const auto judged = judgeText(text, kAround);
            QVERIFY2(!judged.rule, text.constData());
            QVERIFY2(judged.problems.front().isNotOneRule, text.constData());
        }
        QVERIFY(!judgeText(one + "[receive]\nport = 1\n", kAround).rule);
    }

    void groupsAreJudgedLikeRules()
    {
        QVERIFY(!judgeGroup({u"g"_s, GroupKind::Balance, {u"AI"_s}}, kAround.destinations, {u"h"_s}));
        QCOMPARE(judgeGroup({u"g"_s, GroupKind::Balance, {}}, kAround.destinations, {})->fault, RuleFault::EmptyGroup);
        QCOMPARE(judgeGroup({u"H"_s, GroupKind::Balance, {u"AI"_s}}, kAround.destinations, {u"h"_s})->fault,
            RuleFault::NameTaken);
        QCOMPARE(judgeGroup({u"pacs"_s, GroupKind::Balance, {u"AI"_s}}, kAround.destinations, {})->fault,
            RuleFault::NameTaken);
    }

    void editsKeepTheOrderOfTheRest()
    {
        QCOMPARE(namesOf(withMoved(three(), 0, 2)), (QStringList{u"B"_s, u"C"_s, u"A"_s}));
        QCOMPARE(namesOf(withMoved(three(), 2, 0)), (QStringList{u"C"_s, u"A"_s, u"B"_s}));
        QCOMPARE(namesOf(withMoved(three(), 0, 3)), namesOf(three()));
        QCOMPARE(namesOf(withCopy(withCopy(three(), 0), 0)), (QStringList{u"A"_s, u"A 3"_s, u"A 2"_s, u"B"_s, u"C"_s}));
        QCOMPARE(namesOf(without(three(), 1)), (QStringList{u"A"_s, u"C"_s}));
        QCOMPARE(namesOf(without(three(), -1)), namesOf(three()));
        Rule rule;
        rule.name = u"N"_s;
        QCOMPARE(namesOf(withInserted(three(), 1, rule)), (QStringList{u"A"_s, u"N"_s, u"B"_s, u"C"_s}));
        QCOMPARE(namesOf(withReplaced(three(), u"b"_s, rule)), (QStringList{u"A"_s, u"N"_s, u"C"_s}));
        QCOMPARE(namesOf(withReplaced(three(), {}, rule)).last(), u"N"_s);
    }

    void rulesFollowAGroupThatIsRenamed()
    {
        const auto renamed = withGroup(three(), u"archive"_s, {u"store"_s, GroupKind::Failover, {u"AI"_s}});
        QCOMPARE(renamed.groups.size(), 1U);
        QCOMPARE(usersOf(renamed, u"store"_s).size(), 3);
        QCOMPARE(usersOf(renamed, u"archive"_s).size(), 0);
        QCOMPARE(withGroup(three(), {}, {u"new"_s, GroupKind::Failover, {u"AI"_s}}).groups.size(), 2U);
    }
};

QTEST_GUILESS_MAIN(TestRuleDraft)
#include "TestRuleDraft.moc"
