#include "core/net/ContextPlan.h"

#include <QSet>
#include <QTest>

using namespace radpost;
using namespace radpost::net;

namespace {

const SopClassUid kCt{"1.2.840.10008.5.1.4.1.1.2"};
const SopClassUid kMr{"1.2.840.10008.5.1.4.1.1.4"};
const TransferSyntaxUid kImplicit{"1.2.840.10008.1.2"};
const TransferSyntaxUid kExplicit{"1.2.840.10008.1.2.1"};
const TransferSyntaxUid kBigEndian{"1.2.840.10008.1.2.2"};
const TransferSyntaxUid kJpeg{"1.2.840.10008.1.2.4.50"};
const TransferSyntaxUid kJpeg2000{"1.2.840.10008.1.2.4.90"};
const TransferSyntaxUid kMpeg4{"1.2.840.10008.1.2.4.102"};
const TransferSyntaxUid kPrivate{"1.2.826.0.1.3680043.9.9999.1"};

using Kind = ContextChoice::Kind;

AnsweredContext accepted(quint8 id, const TransferSyntaxUid& syntax)
{
    return {id, 0, syntax};
}

AnsweredContext refused(quint8 id, quint8 result)
{
    return {id, result, {}};
}

ContextPlan onePlan(const std::vector<ContextNeed>& needs)
{
    const auto plans = ContextPlan::make(needs);
    return plans.size() == 1 ? plans.front() : ContextPlan();
}

std::vector<ContextNeed> manyClasses(int count)
{
    std::vector<ContextNeed> needs;
    for (int i = 0; i < count; ++i) {
        needs.push_back({SopClassUid{"1.2.3." + QByteArray::number(i)}, kJpeg});
    }
    return needs;
}

} // namespace

class TestContextPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingNeededIsNoPlan() { QVERIFY(ContextPlan::make({}).empty()); }

    void aCompressedFileGetsItsOwnContextAndAnUncompressedFallback()
    {
        const std::vector<ProposedContext> expected{{1, kCt, {kJpeg}}, {3, kCt, {kExplicit, kImplicit}}};
        QCOMPARE(onePlan({{kCt, kJpeg}}).contexts(), expected);
    }

    void anUncompressedFilesFallbackIsTheOtherUncompressedSyntax()
    {
        const std::vector<ProposedContext> expected{{1, kCt, {kExplicit}}, {3, kCt, {kImplicit}}};
        QCOMPARE(onePlan({{kCt, kExplicit}}).contexts(), expected);
        const std::vector<ProposedContext> implicitFile{{1, kCt, {kImplicit}}, {3, kCt, {kExplicit}}};
        QCOMPARE(onePlan({{kCt, kImplicit}}).contexts(), implicitFile);
        QCOMPARE(onePlan({{kCt, kExplicit}, {kCt, kImplicit}}).contexts().size(), std::size_t(2));
    }

    void noContextLetsThePeerChooseBetweenCompressedAndUncompressed()
    {
        const ContextPlan plan = onePlan({{kCt, kJpeg}, {kCt, kJpeg2000}, {kMr, kPrivate}, {kCt, kExplicit}});
        for (const ProposedContext& context : plan.contexts()) {
            const bool uncompressed =
                context.transferSyntaxes.front() == kExplicit || context.transferSyntaxes.front() == kImplicit;
            QVERIFY(uncompressed || context.transferSyntaxes.size() == 1);
        }
    }

    void everyClassOffersImplicitLittleEndian()
    {
        for (const TransferSyntaxUid& syntax : {kJpeg, kExplicit, kImplicit, kPrivate, kMpeg4}) {
            const ContextPlan plan = onePlan({{kCt, syntax}});
            const auto offers = [](const ProposedContext& context) {
                return std::count(context.transferSyntaxes.begin(), context.transferSyntaxes.end(), kImplicit) > 0;
            };
            QVERIFY(std::any_of(plan.contexts().begin(), plan.contexts().end(), offers));
        }
    }

    void whatIsNoUidIsNotProposed()
    {
        const QByteArray tooLong = "1.2." + QByteArray(61, '3');
        const std::vector<ContextNeed> needs{{{tooLong}, kJpeg}, {kCt, {tooLong}}, {{"x\x1b["}, kJpeg}, {kCt, {""}}};
        QVERIFY(ContextPlan::make(needs).empty());
        const std::vector<ContextNeed> mixed{{{tooLong}, kJpeg}, {kCt, kJpeg}};
        const auto plans = ContextPlan::make(mixed);
        QCOMPARE(plans.size(), 1U);
        QCOMPARE(plans.front().contexts().size(), 2U);
        QCOMPARE(plans.front().contexts().front().sopClassUid, kCt);
    }

    void repeatedNeedsCountOnce()
    {
        QCOMPARE(onePlan({{kCt, kJpeg}, {kMr, kJpeg}, {kCt, kJpeg}}).contexts().size(), std::size_t(4));
    }

    void idsAreOddAndUnique()
    {
        const ContextPlan plan = onePlan(manyClasses(64));
        QCOMPARE(plan.contexts().size(), ContextPlan::kMaxContexts);
        QSet<quint8> ids;
        for (const ProposedContext& context : plan.contexts()) {
            QCOMPARE(context.id % 2, 1);
            ids.insert(context.id);
        }
        QCOMPARE(ids.size(), qsizetype(128));
        QCOMPARE(plan.contexts().back().id, quint8(255));
    }

    void moreThan128ContextsAreSplitAndEveryNeedIsCoveredOnce()
    {
        const auto needs = manyClasses(200);
        const auto plans = ContextPlan::make(needs);
        QCOMPARE(plans.size(), std::size_t(4));
        for (const ContextNeed& need : needs) {
            QCOMPARE(std::count_if(
                         plans.begin(), plans.end(), [&need](const ContextPlan& plan) { return plan.covers(need); }),
                std::ptrdiff_t(1));
        }
    }

    void oneClassWithMoreSyntaxesThanContextsIsSplitWithAFallbackInEachPart()
    {
        std::vector<ContextNeed> needs;
        for (int i = 0; i < 300; ++i) {
            needs.push_back({kCt, TransferSyntaxUid{"1.2.9." + QByteArray::number(i)}});
        }
        const auto plans = ContextPlan::make(needs);
        QCOMPARE(plans.size(), std::size_t(3));
        for (const ContextPlan& plan : plans) {
            QVERIFY(plan.contexts().size() <= ContextPlan::kMaxContexts);
            QCOMPARE(plan.contexts().back().transferSyntaxes.size(), std::size_t(2));
        }
    }

    void aSyntaxThatOnlySharesAFallbackIsNotCovered()
    {
        const ContextPlan plan = onePlan({{kCt, kJpeg}});
        QVERIFY(plan.covers({kCt, kJpeg}));
        QVERIFY(!plan.covers({kCt, kImplicit}));
        QVERIFY(!plan.covers({kMr, kJpeg}));
    }

    void anAcceptedOwnSyntaxIsSentAsIs()
    {
        const ContextPlan plan = onePlan({{kCt, kJpeg}});
        const std::vector answer{accepted(3, kImplicit), accepted(1, kJpeg)};
        const ContextChoice expected{Kind::AsIs, 1, kJpeg, {}};
        QCOMPARE(plan.choose({kCt, kJpeg}, answer, Conversion::Allowed), expected);
    }

    void aFallbackThatHappensToMatchIsSentAsIs()
    {
        const ContextPlan plan = onePlan({{kCt, kJpeg}});
        const std::vector answer{refused(1, 4), accepted(3, kImplicit)};
        QCOMPARE(plan.choose({kCt, kImplicit}, answer, Conversion::Forbidden).kind, Kind::AsIs);
    }

    void aRefusedOwnSyntaxIsConverted_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("acceptedSyntax");
        QTest::newRow("JPEG to explicit") << kJpeg.value << kExplicit.value;
        QTest::newRow("JPEG to implicit") << kJpeg.value << kImplicit.value;
        QTest::newRow("explicit to implicit") << kExplicit.value << kImplicit.value;
        QTest::newRow("implicit to explicit") << kImplicit.value << kExplicit.value;
        QTest::newRow("big endian to implicit") << kBigEndian.value << kImplicit.value;
    }

    void aRefusedOwnSyntaxIsConverted()
    {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, acceptedSyntax);
        const ContextPlan plan = onePlan({{kCt, {file}}});
        const std::vector answer{refused(1, 4), accepted(3, {acceptedSyntax})};
        const ContextChoice expected{Kind::Convert, 3, {acceptedSyntax}, {}};
        QCOMPARE(plan.choose({kCt, {file}}, answer, Conversion::Allowed), expected);
        QCOMPARE(plan.choose({kCt, {file}}, answer, Conversion::Forbidden).refusal, ErrorCode::TransferSyntaxRefused);
    }

    void explicitIsPreferredAsTheTargetOfAConversion()
    {
        const ContextPlan plan = onePlan({{kCt, kJpeg}, {kCt, kExplicit}, {kCt, kImplicit}});
        const std::vector answer{refused(1, 4), accepted(5, kImplicit), accepted(3, kExplicit)};
        QCOMPARE(plan.choose({kCt, kJpeg}, answer, Conversion::Allowed).transferSyntaxUid, kExplicit);
        const std::vector otherOrder{refused(1, 4), accepted(3, kExplicit), accepted(5, kImplicit)};
        QCOMPARE(plan.choose({kCt, kJpeg}, otherOrder, Conversion::Allowed).transferSyntaxUid, kExplicit);
    }

    void whatCannotBeUnpackedIsRefusedAlone_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::newRow("video") << kMpeg4.value;
        QTest::newRow("JPEG 2000") << kJpeg2000.value;
        QTest::newRow("private") << kPrivate.value;
    }

    void whatCannotBeUnpackedIsRefusedAlone()
    {
        QFETCH(QByteArray, file);
        const ContextPlan plan = onePlan({{kCt, {file}}});
        const std::vector answer{refused(1, 4), accepted(3, kExplicit)};
        const ContextChoice choice = plan.choose({kCt, {file}}, answer, Conversion::Allowed);
        QCOMPARE(choice.kind, Kind::Refused);
        QCOMPARE(choice.refusal, ErrorCode::TransferSyntaxRefused);
    }

    void aRefusedClassIsToldFromARefusedSyntax()
    {
        const ContextPlan plan = onePlan({{kCt, kJpeg}, {kMr, kJpeg}});
        const std::vector answer{refused(1, 3), refused(3, 3), refused(5, 4), refused(7, 4)};
        QCOMPARE(plan.choose({kCt, kJpeg}, answer, Conversion::Allowed).refusal, ErrorCode::SopClassRefused);
        QCOMPARE(plan.choose({kMr, kJpeg}, answer, Conversion::Allowed).refusal, ErrorCode::TransferSyntaxRefused);
        QCOMPARE(plan.choose({kMr, kJpeg}, {}, Conversion::Allowed).refusal, ErrorCode::SopClassRefused);
    }

    void answersThatFitNoOfferAreNotBelieved()
    {
        const ContextPlan plan = onePlan({{kCt, kJpeg}});
        const std::vector answer{accepted(2, kJpeg), accepted(5, kJpeg), accepted(0, kJpeg), accepted(255, kJpeg),
            accepted(1, kExplicit), accepted(3, kJpeg)};
        QCOMPARE(plan.choose({kCt, kJpeg}, answer, Conversion::Allowed).kind, Kind::Refused);
    }

    void unknownClassesAndPrivateSyntaxesPassUntouched()
    {
        const ContextNeed need{SopClassUid{"1.3.12.2.1107.5.9.1"}, kPrivate};
        const ContextPlan plan = onePlan({need});
        QCOMPARE(plan.contexts().front().transferSyntaxes, std::vector{kPrivate});
        const std::vector answer{accepted(1, kPrivate), accepted(3, kExplicit)};
        QCOMPARE(plan.choose(need, answer, Conversion::Forbidden).kind, Kind::AsIs);
    }

    void contextsOfSomebodyElseKeepTheirIds()
    {
        const auto plan = ContextPlan::of({{7, kCt, {kJpeg, kExplicit}}, {3, kMr, {kExplicit}}});
        const std::vector answer{accepted(3, kExplicit), accepted(7, kJpeg)};
        const auto asIs = plan.choose({kCt, kJpeg}, answer, Conversion::Allowed);
        QCOMPARE(asIs.kind, Kind::AsIs);
        QCOMPARE(int(asIs.contextId), 7);
        const auto converted = plan.choose({kMr, kJpeg}, answer, Conversion::Allowed);
        QCOMPARE(converted.kind, Kind::Convert);
        QCOMPARE(int(converted.contextId), 3);
        QCOMPARE(plan.choose({kCt, kExplicit}, answer, Conversion::Allowed).kind, Kind::Refused);
    }
};

QTEST_GUILESS_MAIN(TestContextPlan)
#include "TestContextPlan.moc"
