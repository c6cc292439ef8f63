#include "ui/receive/ArrivalWords.h"

#include "app/common/Language.h"

#include <QTest>

using namespace radpost;
using namespace radpost::ui;
using namespace Qt::StringLiterals;
using store::SpoolEntry;
using store::SpoolHold;
using store::SpoolTarget;

namespace {

SpoolEntry entryOf(qint64 files)
{
    SpoolEntry entry;
    entry.standing.instances = files;
    entry.standing.files = files;
    return entry;
}

SpoolHold holdBy(const QString& rule, const QString& text)
{
    SpoolHold hold;
    hold.rule = rule;
    hold.text = text;
    return hold;
}

} // namespace

class TestArrivalWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_language.set(app::Language::English); }

    void eachStandingHasItsWordsAndItsShape()
    {
        auto held = entryOf(4);
        held.standing.held = 2;
        QCOMPARE(ArrivalWords::state(held), u"2 held"_s);
        QCOMPARE(ArrivalWords::status(held), Status::Warning);

        auto fresh = entryOf(4);
        fresh.standing.unrouted = 4;
        QCOMPARE(ArrivalWords::state(fresh), u"not judged yet"_s);
        QCOMPARE(ArrivalWords::status(fresh), Status::Busy);

        auto waiting = entryOf(4);
        waiting.standing.waiting = 4;
        waiting.targets = {{u"PACS"_s, 4}};
        QCOMPARE(ArrivalWords::state(waiting), u"waiting for the rest"_s);
        QCOMPARE(ArrivalWords::status(waiting), Status::Busy);

        auto unmatched = entryOf(4);
        unmatched.standing.unmatched = 4;
        QCOMPARE(ArrivalWords::state(unmatched), u"no rule matched"_s);
        QCOMPARE(ArrivalWords::status(unmatched), Status::Unknown);

        QCOMPARE(ArrivalWords::state(entryOf(4)), u"nothing left to be done"_s);
    }

    void deliveredIsSaidOfADestinationThatHasAll()
    {
        auto entry = entryOf(4);
        entry.targets = {{u"PACS"_s, 0, 0, 4}};
        QCOMPARE(ArrivalWords::state(entry), u"delivered to PACS"_s);
        QCOMPARE(ArrivalWords::status(entry), Status::Good);
        entry.targets = {{u"AI"_s, 0, 1, 3}, {u"PACS"_s, 0, 0, 4}};
        QCOMPARE(ArrivalWords::state(entry), u"delivered to 1 of 2 · on the way"_s);
        QCOMPARE(ArrivalWords::status(entry), Status::Busy);
        entry.targets = {{u"AI"_s, 0, 0, 3, 1}, {u"PACS"_s, 0, 0, 4}};
        QCOMPARE(ArrivalWords::state(entry), u"1 refused · delivered to 1 of 2"_s);
        QCOMPARE(ArrivalWords::status(entry), Status::Bad);
        QCOMPARE(ArrivalWords::targets(entry), u"AI: 3 of 4 delivered, 1 refused\nPACS: 4 of 4 delivered"_s);
    }

    void withoutTheProofThatIsWantedItIsNotDelivered()
    {
        auto entry = entryOf(4);
        entry.targets = {{u"PACS"_s, 0, 0, 0, 0, 0, 4, 0}};
        QCOMPARE(ArrivalWords::state(entry), u"4 sent, proof awaited"_s);
        QCOMPARE(ArrivalWords::status(entry), Status::Busy);
        entry.targets = {{u"PACS"_s, 0, 0, 1, 0, 0, 0, 3}};
        QCOMPARE(ArrivalWords::state(entry), u"3 sent, but not proved"_s);
        QCOMPARE(ArrivalWords::status(entry), Status::Warning);
        QCOMPARE(ArrivalWords::targets(entry), u"PACS: 1 of 4 delivered, 3 sent, but not proved"_s);
    }

    void aPartThatIsDeliveredIsNotTheStudy()
    {
        auto entry = entryOf(4);
        entry.standing.dropped = 1;
        entry.targets = {{u"PACS"_s, 0, 0, 3}};
        QCOMPARE(ArrivalWords::state(entry), u"3 of 4 delivered to PACS · 1 not sent on"_s);
    }

    void whatNoRuleWantedInPartIsNotCalledDone()
    {
        auto entry = entryOf(4);
        entry.standing.unmatched = 1;
        entry.targets = {{u"PACS"_s, 0, 0, 3}};
        QCOMPARE(ArrivalWords::status(entry), Status::Unknown);
        QVERIFY(ArrivalWords::state(entry).contains(u"no rule for 1 instance"_s));
    }

    void reasonsOfHoldsAreGathered()
    {
        const auto text =
            ArrivalWords::holds({holdBy(u"review"_s, u"look"_s), holdBy(u"vip"_s, {}), holdBy(u"review"_s, u"look"_s)});
        QCOMPARE(text.split(u'\n').size(), 2);
        QVERIFY(text.startsWith(u"2 held. The rule \"review\" holds it: look"_s));
    }

    void chineseHasWordsForAll()
    {
        auto entry = entryOf(4);
        entry.standing = {4, 4, 0, 0, 1, 1, 1, 1, 1};
        entry.targets = {{u"PACS"_s, 1, 1, 1, 1, 1, 1, 1}};
        m_language.set(app::Language::Chinese);
        const auto state = ArrivalWords::state(entry);
        QVERIFY2(!state.contains(u"held"_s) && !state.contains(u"rule"_s) && !state.contains(u"way"_s) &&
                !state.contains(u"proof"_s) && !state.contains(u"proved"_s),
            qPrintable(state));
    }

private:
    app::LanguageSwitch m_language;
};

QTEST_MAIN(TestArrivalWords)
#include "TestArrivalWords.moc"
