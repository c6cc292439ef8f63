#include "app/common/ConfigText.h"
#include "app/common/RouteText.h"
#include "app/common/RuleText.h"

#include <QTest>

#include <set>

using namespace radpost;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestRouteText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFaultHasASentenceOfItsOwn()
    {
        std::set<QString> texts;
        const int last = static_cast<int>(config::RuleFault::TooMany);
        for (int fault = static_cast<int>(config::RuleFault::NotTables); fault <= last; ++fault) {
            config::ConfigProblem problem;
            problem.kind = config::ProblemKind::Rule;
            problem.fault = static_cast<config::RuleFault>(fault);
            problem.value = u"X7"_s;
            problem.file = u"r.toml"_s;
            problem.line = 3;
            problem.column = 4;
            const QString text = app::problemText(problem);
            QVERIFY2(text.startsWith(u"r.toml:3:4: ") && text.size() > 20, qPrintable(text));
            QVERIFY2(!text.contains(u'%'), qPrintable(text));
            texts.insert(text);
        }
        QCOMPARE(texts.size(), static_cast<size_t>(last));
    }

    void aDeliveryTellsAllThatIsNotUsual()
    {
        route::RoutedDelivery delivery;
        delivery.destination = u"PACS"_s;
        delivery.rules = QStringList{u"a"_s};
        QCOMPARE(app::deliveryText(delivery), u"PACS: at once, rule \"a\""_s);
        delivery.delay = 10min;
        delivery.profile = u"deid"_s;
        delivery.priority = config::Priority::Urgent;
        delivery.trigger = config::Trigger::Study;
        delivery.completion.quiet = 5min;
        delivery.hours = {{QTime(22, 0), QTime(6, 0)}};
        delivery.rules.append(u"b"_s);
        delivery.choices.push_back({u"g"_s, u"PACS"_s, route::ChoiceReason::Backup});
        QCOMPARE(app::deliveryText(delivery),
            u"PACS: when the study is complete (nothing more for 5min), after 10min, between 22:00-06:00, "
            "transform profile deid, priority urgent, backup of the group \"g\", one delivery for the rules \"a\", \"b\""_s);
    }

    void aTestIsASentence()
    {
        config::Test test;
        test.attribute = u"PatientAge"_s;
        test.op = config::Operator::Range;
        test.from = u"18Y"_s;
        QCOMPARE(app::testText(test), u"PatientAge is 18Y or more"_s);
        test.until = u"65Y"_s;
        QCOMPARE(app::testText(test), u"PatientAge is between 18Y and 65Y"_s);
        test.fact = config::Fact::Modality;
        test.op = config::Operator::In;
        test.values = QStringList{u"CT"_s, u"MR"_s};
        QCOMPARE(app::testText(test), u"Modality is one of CT, MR"_s);
        for (int i = 0; i < 20; ++i) {
            test.values.append(QString::number(i));
        }
        QVERIFY(app::testText(test).endsWith(u"and 12 more"));
    }

    void controlCharactersAreNotShown()
    {
        route::RuleReport report;
        report.state = route::RuleState::NotMatched;
        report.condition.kind = config::Condition::Kind::Test;
        report.condition.test.seen = QStringList(u"A\x1b[31mB"_s);
        QVERIFY(!app::ruleReportLines(report).join(QString()).contains(QChar(0x1b)));
    }

    void nothingIsSaidInSilence()
    {
        QCOMPARE(app::routingLines({}), QStringList(u"No rule matches: it is not sent anywhere"_s));
        route::Routing routing;
        routing.held.push_back({route::HoldReason::Undecided, u"a"_s, {}, {}});
        routing.dropped = route::Dropped{u"b"_s, u"phantom"_s};
        QCOMPARE(app::routingLines(routing),
            QStringList(
                {u"Held for review: the rule \"a\" cannot be judged"_s, u"Dropped by the rule \"b\": phantom"_s}));
    }

    void aReplayIsSummedUp()
    {
        route::ReplaySummary summary;
        summary.instances = 10;
        summary.unchanged = 7;
        summary.destinations[u"AI"_s] = {5, 8, 1};
        summary.counts[route::ChangeKind::NowHeld] = 2;
        summary.matches[u"never"_s] = 0;
        summary.matches[u"often"_s] = 3;
        QCOMPARE(app::replayLines(summary),
            QStringList({u"Instances looked at: 10, treated otherwise: 3"_s,
                u"AI: before 5, with the draft 8, in another way 1"_s, u"Newly held for review: 2"_s,
                u"The rule \"never\" matches nothing"_s}));
    }

    void changesOfRulesAreTold()
    {
        QCOMPARE(app::ruleChangeText({route::RuleChangeKind::Changed, false, u"a"_s, {u"send"_s, u"stop"_s}}),
            u"Rule \"a\": send, stop changed"_s);
        QCOMPARE(app::ruleChangeText({route::RuleChangeKind::Removed, true, u"g"_s, {}}), u"Group \"g\": gone"_s);
    }
};

QTEST_GUILESS_MAIN(TestRouteText)
#include "TestRouteText.moc"
