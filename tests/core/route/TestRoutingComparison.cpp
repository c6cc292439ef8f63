#include "core/route/RoutingComparison.h"
#include "tests/core/route/RouteFixture.h"

using namespace radpost;
using namespace radpost::route;
using namespace radpost::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray rule(const QByteArray& name, const QByteArray& rest)
{
    return "[[rule]]\nname = \"" + name + "\"\n" + rest + '\n';
}

std::vector<RoutingChange> compare(const QByteArray& before, const QByteArray& after)
{
    return differences(bookOf(before)->evaluate(someFacts()), bookOf(after)->evaluate(someFacts()));
}

} // namespace

class TestRoutingComparison : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anotherNameIsNoChange()
    {
        QVERIFY(compare(rule("a", "send = \"PACS\""), rule("b", "send = [\"PACS\"]")).empty());
    }

    void everyKindOfChangeIsFound()
    {
        const auto pacs = rule("a", "send = \"PACS\"");
        QVERIFY(compare(pacs, rule("b", "send = \"AI\"")) ==
            (std::vector<RoutingChange>{
                {ChangeKind::Added, u"AI"_s, {u"b"_s}}, {ChangeKind::Removed, u"PACS"_s, {u"a"_s}}}));
        QVERIFY(compare(pacs, rule("b", "send = [{ to = \"PACS\", priority = \"high\" }]")) ==
            (std::vector<RoutingChange>{{ChangeKind::Altered, u"PACS"_s, {u"b"_s}}}));
        QVERIFY(compare(pacs, rule("b", "send = { to = \"PACS\", only_missing = true }")) ==
            (std::vector<RoutingChange>{{ChangeKind::Altered, u"PACS"_s, {u"b"_s}}}));
        QVERIFY(compare(pacs, rule("h", "action = \"hold\"") + pacs) ==
            (std::vector<RoutingChange>{
                {ChangeKind::Removed, u"PACS"_s, {u"a"_s}}, {ChangeKind::NowHeld, {}, {u"h"_s}}}));
        QCOMPARE(compare(rule("h", "action = \"hold\"") + pacs, pacs).back().kind, ChangeKind::NoLongerHeld);
        QVERIFY(compare(pacs, pacs + rule("d", "action = \"drop\"")) ==
            (std::vector<RoutingChange>{{ChangeKind::NowDropped, {}, {u"d"_s}}}));
        QCOMPARE(compare(pacs + rule("d", "action = \"drop\""), pacs)[0].kind, ChangeKind::NoLongerDropped);
        QCOMPARE(compare(pacs, "").back().kind, ChangeKind::NowUnmatched);
        QCOMPARE(compare("", pacs).back().kind, ChangeKind::NoLongerUnmatched);
    }

    void aStreamIsSummedUp()
    {
        const auto before = bookOf(rule("all", "send = \"PACS\""));
        const auto after = bookOf(rule("ct", "send = [\"PACS\", \"AI\"]\nwhen = { modality = \"CT\" }") +
            rule("id",
                "send = [{ to = \"PACS\", priority = \"low\" }]\nwhen = { attribute = \"PatientID\", equals = \"1\" "
                "}") +
            rule("never", "send = \"CLOUD\"\nwhen = { modality = \"XA\" }"));
        RoutingComparison comparison(before, after);
        dicom::FoundAttribute one;
        one.isPresent = one.hasContent = true;
        one.values = QStringList(u"1"_s);
        for (int i = 0; i < 300; ++i) {
            auto facts = someFacts();
            facts.modality = i % 3 == 0 ? u"CT"_s : u"MR"_s;
            facts.sopInstanceUid = {QByteArray::number(i)};
            const dicom::AttributeSet attributes{i % 3 == 1 ? one : dicom::FoundAttribute()};
            comparison.add(facts, dicom::AttributeSet(), attributes);
        }
        const auto& summary = comparison.summary();
        QCOMPARE(summary.instances, 300);
        QCOMPARE(summary.unchanged, 0);
        QCOMPARE(summary.counts.at(ChangeKind::Added), 100);
        QCOMPARE(summary.counts.at(ChangeKind::Altered), 100);
        QCOMPARE(summary.counts.at(ChangeKind::Removed), 100);
        QCOMPARE(summary.counts.at(ChangeKind::NowUnmatched), 100);
        QCOMPARE(summary.destinations.size(), 2U);
        const auto& pacs = summary.destinations.at(u"PACS"_s);
        QCOMPARE(pacs.before, 300);
        QCOMPARE(pacs.after, 200);
        QCOMPARE(pacs.altered, 100);
        QCOMPARE(summary.matches.at(u"never"_s), 0);
        QCOMPARE(summary.matches.at(u"ct"_s), 100);
        QCOMPARE(summary.samples.size(), ReplaySummary::kMostSamples);
        QCOMPARE(summary.samples[0].sopInstanceUid.value, "0"_ba);
    }

    void aFileThatIsGoneIsHeldByWhatAsksForIt()
    {
        const auto after = bookOf(rule("id", "send = \"PACS\"\nwhen = { attribute = \"PatientID\", equals = \"1\" }"));
        RoutingComparison comparison(bookOf(rule("all", "send = \"PACS\"")), after);
        comparison.add(someFacts(), dicom::AttributeSet(), std::nullopt);
        QCOMPARE(comparison.summary().counts.at(ChangeKind::NowHeld), 1);
    }
};

QTEST_GUILESS_MAIN(TestRoutingComparison)
#include "TestRoutingComparison.moc"
