#include "core/engine/QueryNegotiation.h"

#include <QTest>

using namespace radpost;
using namespace Qt::StringLiterals;
using engine::AccessPolicy;
using engine::PeerRights;
using engine::QueryNegotiation;

namespace {

const QByteArray kFind = "1.2.840.10008.5.1.4.1.2.2.1";
const QByteArray kMove = "1.2.840.10008.5.1.4.1.2.2.2";
const QByteArray kGet = "1.2.840.10008.5.1.4.1.2.2.3";
const QByteArray kCt = "1.2.840.10008.5.1.4.1.1.2";
const QByteArray kImplicit = "1.2.840.10008.1.2";
const QByteArray kExplicit = "1.2.840.10008.1.2.1";
const QByteArray kJpegLossless = "1.2.840.10008.1.2.4.70";
const QByteArray kJpeg2000 = "1.2.840.10008.1.2.4.90";
const QByteArray kMpeg = "1.2.840.10008.1.2.4.100";

/// What storing has made of the contexts, and what the negotiation makes of that.
struct Negotiated
{
    net::AssociateRq request;
    net::AssociateAc answer;
    QueryNegotiation::Forbidden forbidden;

    int lookups = 0; ///< of what the spool has

    void propose(const QByteArray& sopClass, const QByteArrayList& syntaxes, const QByteArray& taken = {})
    {
        net::ProposedContext context{static_cast<quint8>(2 * request.contexts.size() + 1), {sopClass}, {}};
        for (const auto& syntax : syntaxes) {
            context.transferSyntaxes.push_back({syntax});
        }
        answer.contexts.push_back(taken.isEmpty()
                ? net::AnsweredContext{context.id, net::kContextTransferSyntaxesNotSupported, {}}
                : net::AnsweredContext{context.id, net::kContextAccepted, {taken}});
        request.contexts.push_back(std::move(context));
    }

    void negotiate(
        const QStringList& inSpool = {}, const PeerRights& rights = {true, true}, const QStringList& taken = {})
    {
        config::ServeSettings settings;
        settings.transferSyntaxUids = taken;
        const AccessPolicy policy(settings, {});
        const QueryNegotiation negotiation(policy, rights, [&](const QByteArray&) {
            ++lookups;
            return inSpool;
        });
        forbidden = negotiation.refine(request, answer);
    }
};

} // namespace

class TestQueryNegotiation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsForbiddenIsToldOnceForEachRight()
    {
        Negotiated f;
        for (const auto& sopClass : {kFind, kFind, kMove, kGet, kFind}) {
            f.propose(sopClass, {kExplicit});
        }
        f.negotiate({}, {false, true});
        QVERIFY(f.forbidden == (QueryNegotiation::Forbidden{true, false}));
        constexpr auto kRefused = net::kContextUserRejection;
        const QList<quint8> results{kRefused, kRefused, 0, 0, kRefused};
        for (std::size_t i = 0; i < f.answer.contexts.size(); ++i) {
            QCOMPARE(f.answer.contexts[i].result, results.at(static_cast<qsizetype>(i)));
        }
        f.negotiate({}, {});
        QVERIFY(f.forbidden == (QueryNegotiation::Forbidden{true, true}));
        f.negotiate();
        QVERIFY(f.forbidden == QueryNegotiation::Forbidden());
    }

    void extendedNegotiationIsAnsweredOnceForEachClass()
    {
        Negotiated f;
        f.propose(kFind, {kExplicit});
        f.propose(kFind, {kImplicit});
        f.propose(kMove, {kExplicit});
        f.request.user.extended = {{kFind, QByteArray("\1\1", 2)}, {kMove, QByteArray("\1", 1)}};
        f.negotiate();
        QCOMPARE(f.answer.user.extended.size(), 2U);
        QCOMPARE(f.answer.user.extended.front().sopClassUid, kFind);
        QCOMPARE(f.answer.user.extended.back().sopClassUid, kMove);
    }

    void theSyntaxIsOneInWhichSomethingCanBeSent_data()
    {
        QTest::addColumn<QByteArrayList>("offered");
        QTest::addColumn<QStringList>("inSpool");
        QTest::addColumn<QByteArray>("chosen");
        const auto text = [](const QByteArray& uid) { return QString::fromLatin1(uid); };
        const QByteArrayList all{kImplicit, kExplicit, kJpegLossless, kJpeg2000, kMpeg};
        QTest::newRow("nothing there") << all << QStringList{} << kExplicit;
        QTest::newRow("one syntax") << all << QStringList{text(kJpeg2000)} << kJpeg2000;
        QTest::newRow("one, not offered") << QByteArrayList{kImplicit} << QStringList{text(kJpegLossless)} << kImplicit;
        QTest::newRow("several that can be decoded")
            << all << QStringList{text(kJpegLossless), text(kExplicit)} << kExplicit;
        QTest::newRow("several that cannot") << all << QStringList{text(kJpeg2000), text(kMpeg)} << kJpeg2000;
        QTest::newRow("several that cannot, the second is offered")
            << QByteArrayList{kExplicit, kMpeg} << QStringList{text(kJpeg2000), text(kMpeg)} << kMpeg;
        QTest::newRow("nothing fits") << QByteArrayList{kJpeg2000} << QStringList{text(kMpeg)} << kJpeg2000;
    }

    void theSyntaxIsOneInWhichSomethingCanBeSent()
    {
        QFETCH(QByteArrayList, offered);
        QFETCH(QStringList, inSpool);
        Negotiated f;
        f.propose(kGet, {kExplicit});
        f.propose(kCt, offered, offered.first());
        f.request.user.roles = {{kCt, false, true}};
        f.negotiate(inSpool);
        QCOMPARE(f.answer.user.roles, f.request.user.roles);
        QTEST(f.answer.contexts.back().transferSyntaxUid.value, "chosen");
    }

    void whoGetsMayNotStoreWhatIsNotTaken_data()
    {
        QTest::addColumn<QByteArrayList>("offered");
        QTest::addColumn<QByteArray>("taken"); ///< by storing; empty: refused
        QTest::addColumn<bool>("scu");
        QTest::addColumn<QByteArray>("chosen");
        QTest::newRow("refused") << QByteArrayList{kExplicit} << QByteArray() << false << kExplicit;
        QTest::newRow("taken") << QByteArrayList{kImplicit} << kImplicit << true << kImplicit;
        QTest::newRow("the spool has another")
            << QByteArrayList{kExplicit, kImplicit} << kImplicit << true << kImplicit;
    }

    void whoGetsMayNotStoreWhatIsNotTaken()
    {
        QFETCH(QByteArrayList, offered);
        QFETCH(QByteArray, taken);
        QFETCH(bool, scu);
        Negotiated f;
        f.propose(kGet, {kExplicit});
        f.propose(kCt, offered, taken);
        f.request.user.roles = {{kCt, true, true}, {kCt, true, true}};
        f.negotiate({QString::fromLatin1(kExplicit)}, {true, true}, {QString::fromLatin1(kImplicit)});
        QCOMPARE(f.answer.user.roles.size(), 1U);
        QCOMPARE(f.answer.user.roles.front(), (net::RoleSelection{kCt, scu, true}));
        QCOMPARE(f.answer.contexts.back().result, net::kContextAccepted);
        QTEST(f.answer.contexts.back().transferSyntaxUid.value, "chosen");
    }

    void aRoleForWhatIsNotProposedIsNotLookedUp()
    {
        Negotiated f;
        f.propose(kGet, {kExplicit});
        for (int n = 0; n < 1000; ++n) {
            f.request.user.roles.push_back({"1.2.3." + QByteArray::number(n), false, true});
        }
        f.negotiate({QString::fromLatin1(kExplicit)});
        QVERIFY(f.answer.user.roles.empty());
        QCOMPARE(f.lookups, 0);
    }

    void withoutGetNothingIsTurned()
    {
        Negotiated f;
        f.propose(kFind, {kExplicit});
        f.propose(kCt, {kExplicit});
        f.request.user.roles = {{kCt, true, true}};
        f.negotiate();
        QVERIFY(f.answer.user.roles.empty());
        QCOMPARE(f.answer.contexts.back().result, net::kContextTransferSyntaxesNotSupported);
    }
};

QTEST_GUILESS_MAIN(TestQueryNegotiation)
#include "TestQueryNegotiation.moc"
