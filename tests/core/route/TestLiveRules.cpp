#include "core/route/LiveRules.h"
#include "tests/core/route/RouteFixture.h"

#include <atomic>
#include <thread>

using namespace radpost;
using namespace radpost::route;
using namespace radpost::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray rule(const QByteArray& name, const QByteArray& rest = "send = \"PACS\"")
{
    return "[[rule]]\nname = \"" + name + "\"\n" + rest + '\n';
}

std::vector<RuleChange> diff(const QByteArray& before, const QByteArray& after)
{
    return diffRules(bookOf(before)->rules(), bookOf(after)->rules());
}

} // namespace

class TestLiveRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beforeTheFirstLoadThereAreNoRules() { QVERIFY(LiveRules().current()->evaluate(someFacts()).isUnmatched()); }

    void aBadFileKeepsTheOldRules()
    {
        LiveRules live;
        QVERIFY(live.load(rule("a"), u"r.toml"_s, kDestinations).empty());
        const auto kept = live.current();
        const auto problems = live.load(rule("b") + rule("c", "send = \"NOWHERE\""), u"r.toml"_s, kDestinations);
        QCOMPARE(problems.size(), 1U);
        QCOMPARE(problems[0].line, 6);
        QCOMPARE(live.current(), kept);
        QVERIFY(live.load(rule("b"), u"r.toml"_s, kDestinations).empty());
        QCOMPARE(live.current()->rules().rules[0].name, u"b"_s);
        QCOMPARE(kept->rules().rules[0].name, u"a"_s); // who evaluates with it goes on
    }

    void reloadsDoNotDisturbWhoEvaluates()
    {
        LiveRules live;
        std::atomic<bool> isOver{false};
        std::thread reader([&live, &isOver] {
            const auto facts = someFacts();
            while (!isOver) {
                const auto routing = live.current()->evaluate(facts);
                if (routing.deliveries.size() > 1) {
                    std::abort();
                }
            }
        });
        for (int i = 0; i < 200; ++i) {
            QVERIFY(live.load(rule(QByteArray::number(i)), {}, kDestinations).empty());
        }
        isOver = true;
        reader.join();
    }

    void aDiffSaysWhatChanged()
    {
        QVERIFY(diff(rule("a") + rule("b"), rule("a") + rule("b")).empty());
        QVERIFY(diff(rule("a"), rule("A", "send = \"AI\"\nstop = true\ntrigger = \"study\"\nquiet = \"2min\"")) ==
            (std::vector<RuleChange>{
                {RuleChangeKind::Changed, false, u"A"_s, {u"send"_s, u"trigger"_s, u"quiet"_s, u"stop"_s}}}));
        QVERIFY(diff(rule("a") + rule("b"), rule("b") + rule("c")) ==
            (std::vector<RuleChange>{
                {RuleChangeKind::Added, false, u"c"_s, {}}, {RuleChangeKind::Removed, false, u"a"_s, {}}}));
        const QByteArray group = "[[group]]\nname = \"g\"\nmembers = [\"PACS\"]\n";
        QVERIFY(diff(group, QByteArray(group).replace("[\"PACS\"]", "[\"PACS\", \"AI\"]\nkind = \"balance\"")) ==
            (std::vector<RuleChange>{{RuleChangeKind::Changed, true, u"g"_s, {u"kind"_s, u"members"_s}}}));
    }

    void onlyWhatMovedIsSaidToMove()
    {
        const auto changes =
            diff(rule("a") + rule("b") + rule("c") + rule("d"), rule("d") + rule("a") + rule("b") + rule("c"));
        QVERIFY(changes == (std::vector<RuleChange>{{RuleChangeKind::Moved, false, u"d"_s, {}}}));
    }
};

QTEST_GUILESS_MAIN(TestLiveRules)
#include "TestLiveRules.moc"
