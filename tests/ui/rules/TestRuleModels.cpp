#include "tests/ui/support/UiFixture.h"

#include "ui/rules/RuleCheck.h"
#include "ui/rules/RuleEdits.h"
#include "ui/rules/RuleListModel.h"
#include "ui/rules/RuleWords.h"
#include "ui/rules/TrialModel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kQtTest = QAbstractItemModelTester::FailureReportingMode::QtTest;

config::Rule rule(const QString& name)
{
    config::Rule made;
    made.name = name;
    made.sends.push_back({u"MAIN-PACS"_s, {}, {}, {}, {}});
    return made;
}

config::Condition modality(const QStringList& values)
{
    config::Condition made;
    made.kind = config::Condition::Kind::Test;
    made.test.fact = config::Fact::Modality;
    made.test.values = values;
    return made;
}

QStringList names(const config::RuleSet& rules)
{
    QStringList made;
    for (const auto& one : rules.rules) {
        made.append(one.name);
    }
    return made;
}

} // namespace

class TestRuleModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_language.set(app::Language::English); }

    void editsAreMadeByName()
    {
        config::RuleSet rules;
        rules.rules = {rule(u"A"_s), rule(u"B"_s), rule(u"C"_s)};
        moveRule(u"c"_s, -1)(rules);
        QCOMPARE(names(rules), (QStringList{u"A"_s, u"C"_s, u"B"_s}));
        moveRule(u"A"_s, -1)(rules); // is the first
        moveRule(u"A"_s, 9)(rules);
        QCOMPARE(names(rules), (QStringList{u"C"_s, u"B"_s, u"A"_s}));
        removeRule(u"B"_s)(rules);
        removeRule(u"B"_s)(rules); // is gone
        insertRule(rule(u"D"_s), 0)(rules);
        insertRule(rule(u"E"_s), 99)(rules);
        QCOMPARE(names(rules), (QStringList{u"D"_s, u"C"_s, u"A"_s, u"E"_s}));
        enableRule(u"C"_s, false)(rules);
        QVERIFY(!rules.rules[1].enabled);
        auto changed = rule(u"Z"_s);
        replaceRule(u"C"_s, changed)(rules);
        QCOMPARE(names(rules), (QStringList{u"D"_s, u"Z"_s, u"A"_s, u"E"_s}));
        QCOMPARE(freeRuleName(rules, u"a"_s), u"a 2"_s);
        QCOMPARE(freeRuleName(rules, u"new"_s), u"new"_s);
    }

    void aRuleIsASentence()
    {
        auto one = rule(u"CT"_s);
        QCOMPARE(ruleWhenText(one), u"every instance"_s);
        QCOMPARE(ruleThenText(one), u"to MAIN-PACS at once"_s);
        config::Condition any;
        any.kind = config::Condition::Kind::Any;
        any.parts = {modality({u"CT"_s}), modality({u"MR"_s})};
        config::Condition no;
        no.kind = config::Condition::Kind::Not;
        no.parts = {modality({u"SR"_s})};
        one.when.parts = {any, no};
        const auto text = ruleWhenText(one);
        QVERIFY2(text.startsWith(u'(') && text.contains(u" or ") && text.contains(u") and not: "), qPrintable(text));
        one.sends.push_back({u"AI"_s, {}, {}, {}, {}});
        one.trigger = config::Trigger::Study;
        one.stop = true;
        QCOMPARE(ruleThenText(one), u"to MAIN-PACS, AI when the study is complete; no later rule"_s);
        one.action = config::RuleAction::Hold;
        one.reason = u"unknown sender"_s;
        QCOMPARE(ruleThenText(one), u"held for review: unknown sender"_s);
        one.action = config::RuleAction::Drop;
        one.reason.clear();
        QCOMPARE(ruleThenText(one), u"dropped"_s);
    }

    void theListFollowsTheRules()
    {
        RuleListModel model;
        const QAbstractItemModelTester tester(&model, kQtTest);
        auto first = rule(u"A"_s);
        first.when.parts = {modality({u"CT"_s})};
        model.setRules({first, rule(u"B"_s)});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, RuleListModel::Name).data().toString(), u"1  A"_s);
        QVERIFY(model.matches(0, u"ct"_s) && !model.matches(1, u"ct"_s));
        const QSignalSpy asked(&model, &RuleListModel::enableAsked);
        QVERIFY(model.setData(model.index(1, 0), Qt::Unchecked, Qt::CheckStateRole));
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.front().front().toString(), u"B"_s);
        QCOMPARE(model.index(1, 0).data(Qt::CheckStateRole).toInt(), int(Qt::Checked)); // until the file has it
        auto second = rule(u"B"_s);
        second.enabled = false;
        model.setRules({first, second});
        QCOMPARE(model.index(1, 0).data(Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
        model.setRules({second});
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.rowOf(u"A"_s), -1);
    }

    void theTextOfARuleIsReadAsTheGatewayReadsIt_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("problems");
        QTest::addColumn<int>("fault");
        const int none = static_cast<int>(CheckedRule::Fault::None);
        const QByteArray good = "[[rule]]\nname = \"CT\"\nsend = \"MAIN-PACS\"\nwhen = { modality = \"CT\" }\n";
        QTest::newRow("right") << good << 0 << none;
        QTest::newRow("to a group") << QByteArray(good).replace("MAIN-PACS", "PAIR") << 0 << none;
        QTest::newRow("nobody knows the destination") << QByteArray(good).replace("MAIN-PACS", "NOWHERE") << 1 << none;
        QTest::newRow("no attribute has this name")
            << QByteArray(good).replace("modality =", "attribute = \"NoSuchKeyword\", equals =") << 1 << none;
        QTest::newRow("not TOML") << "[[rule\n"_ba << 1 << none;
        QTest::newRow("two rules") << QByteArray(good + QByteArray(good).replace("\"CT\"\ns", "\"MR\"\ns")) << 0
                                   << static_cast<int>(CheckedRule::Fault::NotOneRule);
        QTest::newRow("nothing") << ""_ba << 0 << static_cast<int>(CheckedRule::Fault::NotOneRule);
        QTest::newRow("a name that is taken") << QByteArray(good).replace("\"CT\"\ns", "\"other\"\ns") << 0
                                              << static_cast<int>(CheckedRule::Fault::NameTaken);
    }

    void theTextOfARuleIsReadAsTheGatewayReadsIt()
    {
        QFETCH(QByteArray, text);
        config::Config config;
        config.destinations = {destination(u"MAIN-PACS"_s)};
        config.rules.groups.push_back({u"PAIR"_s, config::GroupKind::Failover, {u"MAIN-PACS"_s}});
        config.rules.rules = {rule(u"Other"_s), rule(u"CT"_s)};
        const auto checked = checkRule(text, ruleSurroundings(config, u"ct"_s));
        QTEST(static_cast<int>(checked.problems.size()), "problems");
        QTEST(static_cast<int>(checked.fault), "fault");
        QCOMPARE(checked.rule.has_value(), checked.problems.empty() && checked.fault == CheckedRule::Fault::None);
    }

    void aTrialIsATreeOfRules()
    {
        TrialModel model;
        const QAbstractItemModelTester tester(&model, kQtTest);
        route::Routing routing;
        route::RuleReport matched;
        matched.rule = u"CT"_s;
        matched.state = route::RuleState::Matched;
        route::RuleReport off;
        off.rule = u"old"_s;
        off.state = route::RuleState::Disabled;
        routing.rules = {matched, off};
        model.setRouting(routing);
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(model.rowCount(model.index(0, 0)) > 0);
        QCOMPARE(model.rowCount(model.index(1, 0)), 0);
        QCOMPARE(model.index(0, TrialModel::State).data().toString(), u"matches"_s);
        m_language.set(app::Language::Chinese);
        model.retranslate();
        QVERIFY(model.index(0, TrialModel::State).data().toString() != u"matches");
        model.setRouting({});
        QCOMPARE(model.rowCount(), 0);
    }

private:
    app::LanguageSwitch m_language;
};

QTEST_MAIN(TestRuleModels)
#include "TestRuleModels.moc"
