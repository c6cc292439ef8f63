#include "tests/core/route/RouteFixture.h"

#include "tests/support/Corpus.h"

#include <QDir>

using namespace radpost;
using namespace radpost::route;
using namespace radpost::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QByteArray rule(const QByteArray& name, const QByteArray& rest)
{
    return "[[rule]]\nname = \"" + name + "\"\n" + rest + '\n';
}

const QByteArray kGroups = "[[group]]\nname = \"archive\"\nkind = \"failover\"\nmembers = [\"PACS\", \"BACKUP\"]\n"
                           "[[group]]\nname = \"share\"\nkind = \"balance\"\nmembers = [\"AI\", \"CLOUD\"]\n";

QStringList destinationsOf(const Routing& routing)
{
    QStringList names;
    for (const auto& delivery : routing.deliveries) {
        names.append(delivery.destination);
    }
    return names;
}

Routing explain(const RuleBook& book, const InstanceFacts& facts)
{
    EvaluateOptions options;
    options.explains = true;
    return book.evaluate(facts, {}, options);
}

} // namespace

class TestRuleBook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noRuleNoDelivery()
    {
        const auto routing = bookOf("")->evaluate(someFacts());
        QVERIFY(routing.isUnmatched() && routing.deliveries.empty());
    }

    void rulesApplyInOrderUntilOneStops()
    {
        const auto book = bookOf(
            rule("a", "send = \"PACS\"") + rule("b", "send = \"AI\"\nstop = true") + rule("c", "send = \"CLOUD\""));
        const auto routing = book->evaluate(someFacts());
        QCOMPARE(destinationsOf(routing), QStringList({u"PACS"_s, u"AI"_s}));
        QCOMPARE(routing.matched, QStringList({u"a"_s, u"b"_s}));
        QVERIFY(routing.rules.empty());
    }

    void aRuleThatDoesNotMatchDoesNotStop()
    {
        const auto book = bookOf(
            rule("a", "send = \"PACS\"\nstop = true\nwhen = { modality = \"MR\" }") + rule("b", "send = \"AI\""));
        QCOMPARE(destinationsOf(book->evaluate(someFacts())), QStringList(u"AI"_s));
    }

    void aDisabledRuleIsNot()
    {
        const auto book =
            bookOf(rule("a", "enabled = false\nsend = \"PACS\"\nstop = true") + rule("b", "send = \"AI\""));
        const auto routing = explain(*book, someFacts());
        QCOMPARE(destinationsOf(routing), QStringList(u"AI"_s));
        QCOMPARE(routing.rules[0].state, RuleState::Disabled);
    }

    void oneDeliveryWhoeverAsks()
    {
        const auto book = bookOf(
            rule(
                "later", "trigger = \"study\"\nquiet = \"5min\"\nsend = [{ to = \"PACS\", hours = \"20:00-22:00\" }]") +
            rule("now", "send = [{ to = \"pacs\", priority = \"high\", delay = \"1h\", hours = \"22:00-06:00\" }]") +
            rule("low",
                "trigger = \"series\"\nsend = [{ to = \"PACS\", priority = \"low\", hours = \"20:00-22:00\" }]"));
        const auto routing = book->evaluate(someFacts());
        QCOMPARE(routing.deliveries.size(), 1U);
        const auto& delivery = routing.deliveries[0];
        QCOMPARE(delivery.priority, config::Priority::High);
        QCOMPARE(delivery.trigger, config::Trigger::Instance);
        QCOMPARE(delivery.delay, 1h);
        QCOMPARE(delivery.waitsBy, u"now"_s);
        QCOMPARE(delivery.rules, QStringList({u"later"_s, u"now"_s, u"low"_s}));
        QCOMPARE(delivery.hours.size(), 2);
    }

    void everythingIsMoreThanWhatIsMissing()
    {
        const auto missing = rule("a", "send = { to = \"PACS\", only_missing = true }");
        QVERIFY(bookOf(missing)->evaluate(someFacts()).deliveries[0].onlyMissing);
        QVERIFY(!bookOf(missing + rule("b", "send = \"PACS\""))->evaluate(someFacts()).deliveries[0].onlyMissing);
    }

    void alwaysIsMoreThanHours()
    {
        const auto book =
            bookOf(rule("a", "send = [{ to = \"PACS\", hours = \"20:00-22:00\" }]") + rule("b", "send = \"PACS\""));
        QVERIFY(book->evaluate(someFacts()).deliveries[0].hours.isEmpty());
    }

    void differentProfilesAreHeldNotGuessed()
    {
        auto rules = bookOf(rule("plain", "send = [\"PACS\", \"AI\"]") + rule("research", "send = \"AI\""))->rules();
        rules.rules[1].sends[0].profile = u"deidentified"_s; // no file may name one yet
        const auto book = RuleBook::compile(rules).value();
        const auto routing = book->evaluate(someFacts());
        QCOMPARE(destinationsOf(routing), QStringList(u"PACS"_s));
        QCOMPARE(routing.held.size(), 1U);
        QVERIFY(routing.held[0] == (Held{HoldReason::ProfilesDiffer, u"research"_s, {}, u"AI"_s}));
    }

    void dropEndsWhatComesBehind()
    {
        const auto book = bookOf(rule("a", "send = \"PACS\"") + rule("b", "action = \"drop\"\nreason = \"phantom\"") +
            rule("c", "send = \"AI\""));
        const auto routing = book->evaluate(someFacts());
        QCOMPARE(destinationsOf(routing), QStringList(u"PACS"_s));
        QVERIFY(routing.dropped == (Dropped{u"b"_s, u"phantom"_s}));
    }

    void holdWaitsForAPerson()
    {
        const auto book = bookOf(rule("a", "send = \"PACS\"") + rule("b", "action = \"hold\"\nreason = \"look\"") +
            rule("c", "send = \"AI\""));
        const auto routing = book->evaluate(someFacts());
        QCOMPARE(destinationsOf(routing), QStringList(u"PACS"_s));
        QVERIFY(routing.held[0] == (Held{HoldReason::Rule, u"b"_s, u"look"_s, {}}));
        EvaluateOptions options;
        options.afterRule = u"B"_s;
        QCOMPARE(destinationsOf(book->evaluate(someFacts(), {}, options)), QStringList(u"AI"_s));
    }

    void aRuleThatIsGoneHoldsNothingBack()
    {
        EvaluateOptions options;
        options.afterRule = u"gone"_s;
        const auto book = bookOf(rule("a", "send = \"PACS\""));
        QCOMPARE(destinationsOf(book->evaluate(someFacts(), {}, options)), QStringList(u"PACS"_s));
    }

    void failoverGoesByHealth()
    {
        const auto book = bookOf(kGroups + rule("a", "send = \"archive\""));
        Surroundings surroundings;
        QStringList sick;
        surroundings.isHealthy = [&sick](const QString& name) { return !sick.contains(name); };
        auto routing = book->evaluate(someFacts(), surroundings);
        QVERIFY(routing.deliveries[0].choices[0] == (GroupChoice{u"archive"_s, u"PACS"_s, ChoiceReason::Primary}));
        sick = QStringList{u"PACS"_s};
        routing = book->evaluate(someFacts(), surroundings);
        QCOMPARE(destinationsOf(routing), QStringList(u"BACKUP"_s));
        QCOMPARE(routing.deliveries[0].choices[0].reason, ChoiceReason::Backup);
        sick.append(u"BACKUP"_s);
        routing = book->evaluate(someFacts(), surroundings);
        QCOMPARE(destinationsOf(routing), QStringList(u"PACS"_s));
        QCOMPARE(routing.deliveries[0].choices[0].reason, ChoiceReason::NoneHealthy);
    }

    void aGroupAndItsMemberAreOneDelivery()
    {
        const auto book = bookOf(kGroups + rule("a", "send = \"archive\"") + rule("b", "send = \"PACS\""));
        const auto routing = book->evaluate(someFacts());
        QCOMPARE(destinationsOf(routing), QStringList(u"PACS"_s));
        QCOMPARE(routing.deliveries[0].rules, QStringList({u"a"_s, u"b"_s}));
    }

    void explanationsTellOfEveryRule()
    {
        const auto book = bookOf(rule("a", "send = \"PACS\"\nwhen = { modality = \"MR\", calling_ae = \"CT1\" }") +
            rule("b", "enabled = false\nsend = \"PACS\"") + rule("c", "send = \"PACS\"\nstop = true") +
            rule("d", "send = \"PACS\""));
        const auto routing = explain(*book, someFacts());
        QCOMPARE(routing.rules.size(), 4U);
        QCOMPARE(routing.rules[0].state, RuleState::NotMatched);
        QCOMPARE(routing.rules[1].state, RuleState::Disabled);
        QCOMPARE(routing.rules[2].state, RuleState::Matched);
        QCOMPARE(routing.rules[3].state, RuleState::NotReached);
        const auto& parts = routing.rules[0].condition.parts;
        QCOMPARE(parts.size(), 2U); // also the part behind the one that decides
        QCOMPARE(parts[0].test.seen, QStringList(u"CT1"_s));
        QCOMPARE(parts[0].verdict, Verdict::Yes);
        QCOMPARE(parts[1].test.seen, QStringList(u"CT"_s));
        QCOMPARE(parts[1].verdict, Verdict::No);
    }

    void explanationsAreMasked()
    {
        const auto book = bookOf(rule("a",
            "send = \"PACS\"\nwhen = { any = [{ attribute = \"PatientID\", equals = \"X\" }, "
            "{ attribute = \"ImageType\", equals = \"X\" }] }"));
        auto set = DataSetBuilder();
        set.add(0x00080008U, "CS", "ORIGINAL").addRaw(DataSetBuilder::instance().bytes());
        const auto routing = explain(*book, factsOfFile(part10("1.2.840.10008.1.2.1", set), *book));
        QCOMPARE(routing.rules[0].condition.parts[0].test.seen, QStringList(u"ID1"_s));
        const auto hidden = masked(routing);
        QCOMPARE(hidden.rules[0].condition.parts[0].test.seen, QStringList(u"***"_s));
        QCOMPARE(hidden.rules[0].condition.parts[1].test.seen, QStringList(u"ORIGINAL"_s));
    }

    void anAttributeIsReadOnceForAllRules()
    {
        const auto book = bookOf(rule("a", "send = \"PACS\"\nwhen = { attribute = \"PatientID\", equals = \"1\" }") +
            rule("b", "send = \"AI\"\nwhen = { attribute = \"(0010,0020)\", exists = true }") +
            rule("c", "send = \"AI\"\nwhen = { attribute = \"StudyDate\", exists = true }"));
        QCOMPARE(book->attributes().size(), 2U);
    }

    void instancesSayHowManyThereAre()
    {
        const auto book = bookOf(rule("a", "send = \"PACS\"\ntrigger = \"study\"") +
            rule("b", "send = \"AI\"\ntrigger = \"series\"\nexpected = 7"));
        auto set = DataSetBuilder::instance();
        DataSetBuilder behind;
        behind.add(0x00201208U, "IS", "120").add(0x00201209U, "IS", "40");
        auto bytes = set.bytes();
        bytes.insert(bytes.indexOf(QByteArray("\x28\x00\x08\x00IS", 6)), behind.bytes());
        const auto facts = factsOfFile(fileMeta("1.2.840.10008.1.2.1") + bytes, *book);
        QCOMPARE(book->announcedCount(facts, config::Trigger::Study), 120);
        QCOMPARE(book->announcedCount(facts, config::Trigger::Series), 0); // the rule knows better
        QCOMPARE(book->announcedCount(someFacts(), config::Trigger::Study), 0);
        QVERIFY(bookOf(rule("a", "send = \"PACS\""))->attributes().empty());
    }

    void aConfigurationIsLoadedWithItsOwnDestinations()
    {
        const auto loaded = loadRules(
            "[[destination]]\nname = \"OWN\"\nhost = \"h\"\nae_title = \"A\"\n" + rule("a", "send = \"OWN\""), {}, {});
        QVERIFY(loaded.book);
        QCOMPARE(destinationsOf(loaded.book->evaluate(someFacts())), QStringList(u"OWN"_s));
    }

    void rulesOfAnEditorAreJudgedToo()
    {
        config::RuleSet rules;
        rules.rules.resize(1);
        rules.rules[0].name = u"x"_s;
        rules.rules[0].when.kind = config::Condition::Kind::Test;
        rules.rules[0].when.test.attribute = u"Nonsense"_s;
        const auto book = RuleBook::compile(rules);
        QVERIFY(!book);
        QCOMPARE(book.error().code, ErrorCode::ConfigValue);
    }

    void hostileDataSetsAreHeld()
    {
        const auto book = bookOf(rule("a",
            "send = \"PACS\"\nwhen = { attribute = \"RequestAttributesSequence.ScheduledProcedureStepID\", exists = "
            "true }"));
        auto set = DataSetBuilder::instance();
        for (int depth = 0; depth < 300; ++depth) {
            set.openSequence(0x00400275U).openItem();
        }
        const auto facts = factsOfFile(part10("1.2.840.10008.1.2.1", set), *book);
        const auto routing = book->evaluate(facts);
        QVERIFY(routing.deliveries.empty());
        QCOMPARE(routing.held[0].reason, HoldReason::Undecided);
    }

    void everyCorpusFileIsRouted()
    {
        if (corpusFolder().isEmpty()) {
            QSKIP("no corpus here");
        }
        const auto book = bookOf(rule("ct", "send = \"PACS\"\nwhen = { modality = \"CT\" }") +
            rule("not ct", "send = \"AI\"\nwhen = { not = { attribute = \"Modality\", equals = \"CT\" } }"));
        dicom::HeaderReader headers;
        dicom::AttributeReader attributes(book->attributes());
        const QDir corpus(corpusFolder());
        int routed = 0;
        for (const auto& name : corpusFiles()) {
            const auto header = headers.readFile(corpus.filePath(name));
            if (!header) {
                continue;
            }
            auto facts = factsOf(*header);
            if (auto found = attributes.readFile(corpus.filePath(name), *header)) {
                facts.attributes = *std::move(found);
            }
            const auto routing = book->evaluate(facts);
            QVERIFY2(routing.deliveries.size() + routing.held.size() == 1U, qPrintable(name));
            ++routed;
        }
        QVERIFY(routed > 100);
    }
};

QTEST_GUILESS_MAIN(TestRuleBook)
#include "TestRuleBook.moc"
