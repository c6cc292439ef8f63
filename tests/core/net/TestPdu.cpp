#include "core/net/pdu.h"

#include <QTest>

using namespace radpost;
using namespace radpost::net;

namespace {

QByteArray hex(const char* text)
{
    return QByteArray::fromHex(text);
}

/// An item: type, reserved, length, value (PS3.8 9.3.2.1 and the like).
QByteArray item(char type, const QByteArray& value)
{
    QByteArray bytes(1, type);
    bytes += '\0';
    bytes += char(value.size() >> 8);
    bytes += char(value.size() & 0xFF);
    return bytes + value;
}

QByteArray counted(const QByteArray& value)
{
    return QByteArray(1, char(value.size() >> 8)) + char(value.size() & 0xFF) + value;
}

QByteArray pdu(char type, const QByteArray& body)
{
    const auto size = static_cast<quint32>(body.size());
    QByteArray bytes(1, type);
    bytes += '\0';
    for (const int shift : {24, 16, 8, 0}) {
        bytes += char(size >> shift & 0xFF);
    }
    return bytes + body;
}

QByteArray fixedPart(const QByteArray& called, const QByteArray& calling)
{
    return hex("00010000") + called.leftJustified(16, ' ') + calling.leftJustified(16, ' ') + QByteArray(32, '\0');
}

const QByteArray kApplicationContext = item('\x10', "1.2.840.10008.3.1.1.1");

/// PS3.8 Table 9-11 and following, byte by byte.
QByteArray goldenRequest()
{
    const QByteArray context = item('\x20',
        hex("01000000") + item('\x30', "1.2.840.10008.5.1.4.1.1.2") + item('\x40', "1.2.840.10008.1.2.1") +
            item('\x40', "1.2.840.10008.1.2"));
    const QByteArray user = item('\x50',
        item('\x51', hex("00100000")) + item('\x52', "1.2.3") + item('\x53', hex("00000001")) +
            item('\x54', counted("1.2.840.10008.1.20.1") + hex("0001")) + item('\x55', "NAME_1") +
            item('\x56', counted("1.2.840.10008.5.1.4.1.1.2") + hex("020001")) +
            item('\x57',
                counted("1.2.840.10008.5.1.4.1.1.88.22") + counted("1.2.840.10008.4.2") +
                    counted(counted("1.2.840.10008.5.1.4.1.1.88.33"))) +
            item('\x58', hex("0201") + counted("user") + counted("secret")));
    return pdu('\x01', fixedPart("STORE", "RADPOST") + kApplicationContext + context + user);
}

AssociateRq requestValue()
{
    AssociateRq request;
    request.calledAeTitle = "STORE";
    request.callingAeTitle = "RADPOST";
    request.applicationContext = "1.2.840.10008.3.1.1.1";
    request.contexts = {{1, {"1.2.840.10008.5.1.4.1.1.2"}, {{"1.2.840.10008.1.2.1"}, {"1.2.840.10008.1.2"}}}};
    request.user.maxLength = 1 << 20;
    request.user.implementationClassUid = "1.2.3";
    request.user.implementationVersionName = "NAME_1";
    request.user.asyncWindow = AsyncWindow{0, 1};
    request.user.roles = {{"1.2.840.10008.1.20.1", false, true}};
    request.user.extended = {{"1.2.840.10008.5.1.4.1.1.2", hex("020001")}};
    request.user.commonExtended = {
        {"1.2.840.10008.5.1.4.1.1.88.22", "1.2.840.10008.4.2", {"1.2.840.10008.5.1.4.1.1.88.33"}}};
    request.user.identity = UserIdentityRq{UserIdentityType::UsernamePasscode, true, "user", "secret"};
    return request;
}

QByteArray goldenAcceptance()
{
    const QByteArray accepted = item('\x21', hex("01000000") + item('\x40', "1.2.840.10008.1.2"));
    const QByteArray refused = item('\x21', hex("03000300") + item('\x40', ""));
    const QByteArray user = item('\x50', item('\x51', hex("00004000")) + item('\x59', counted("ticket")));
    return pdu('\x02', fixedPart("STORE", "RADPOST") + kApplicationContext + accepted + refused + user);
}

AssociateAc acceptanceValue()
{
    AssociateAc acceptance;
    acceptance.calledAeTitle = "STORE";
    acceptance.callingAeTitle = "RADPOST";
    acceptance.applicationContext = "1.2.840.10008.3.1.1.1";
    acceptance.contexts = {{1, kContextAccepted, {"1.2.840.10008.1.2"}}, {3, kContextAbstractSyntaxNotSupported, {}}};
    acceptance.user.maxLength = 16384;
    acceptance.user.identityAnswer = UserIdentityAc{"ticket"};
    return acceptance;
}

ConstBytes bodyOf(const QByteArray& whole)
{
    return asBytes(whole).subspan(kPduHeaderSize);
}

} // namespace

class TestPdu : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRequestHasTheBytesOfTheStandard() { QCOMPARE(toByteArray(*encode(requestValue())), goldenRequest()); }

    void aRequestIsReadBack()
    {
        const auto bytes = goldenRequest();
        const auto decoded = decodeAssociateRq(bodyOf(bytes));
        QVERIFY(decoded);
        QVERIFY(*decoded == requestValue());
    }

    void anAcceptanceHasTheBytesOfTheStandard()
    {
        QCOMPARE(toByteArray(*encode(acceptanceValue())), goldenAcceptance());
    }

    void anAcceptanceIsReadBack()
    {
        const auto bytes = goldenAcceptance();
        const auto decoded = decodeAssociateAc(bodyOf(bytes));
        QVERIFY(decoded);
        QVERIFY(*decoded == acceptanceValue());
    }

    void theShortPdusHaveTheBytesOfTheStandard()
    {
        QCOMPARE(toByteArray(encode(AssociateRj{2, 3, 2})), hex("03000000000400020302"));
        QCOMPARE(toByteArray(encode(Abort{2, 6})), hex("07000000000400000206"));
        QCOMPARE(toByteArray(encodeReleaseRq()), hex("05000000000400000000"));
        QCOMPARE(toByteArray(encodeReleaseRp()), hex("06000000000400000000"));
    }

    void theShortPdusAreReadBack()
    {
        const auto rejection = encode(AssociateRj{2, 3, 2});
        QVERIFY(*decodeAssociateRj(ConstBytes(rejection).subspan(kPduHeaderSize)) == (AssociateRj{2, 3, 2}));
        const auto abort = encode(Abort{2, 6});
        QVERIFY(*decodeAbort(ConstBytes(abort).subspan(kPduHeaderSize)) == (Abort{2, 6}));
        QVERIFY(!decodeAbort(ConstBytes(abort).subspan(kPduHeaderSize + 1)));
    }

    void aDataHeaderCountsWhatFollowsIt()
    {
        std::array<std::byte, kDataHeaderSize> header{};
        writeDataHeader(header.data(), 5, true, true, 0x1234);
        QCOMPARE(toByteArray(header), hex("04000000123a000012360503"));
        writeDataHeader(header.data(), 7, false, false, 2);
        QCOMPARE(toByteArray(header), hex("040000000008000000040700"));
    }

    void severalValuesOfOnePduAreFound()
    {
        const QByteArray body = hex("00000004010361620000000301006300000002ff02");
        const auto values = decodePData(asBytes(body));
        QVERIFY(values);
        QCOMPARE(values->size(), std::size_t(3));
        QVERIFY(values->at(0).isCommand && values->at(0).isLast && values->at(0).contextId == 1);
        QCOMPARE(toByteArray(values->at(0).fragment), QByteArray("ab"));
        QCOMPARE(toByteArray(values->at(1).fragment), QByteArray("c"));
        QVERIFY(!values->at(2).isCommand && values->at(2).isLast && values->at(2).contextId == 255);
        QVERIFY(values->at(2).fragment.empty());
    }

    void dataWithAWrongLengthIsRefused_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("beyond the end") << hex("000000060103616200");
        QTest::newRow("no control header") << hex("0000000101");
        QTest::newRow("header cut") << hex("0000");
        QTest::newRow("huge") << hex("ffffffff0103");
    }
    void dataWithAWrongLengthIsRefused()
    {
        QFETCH(const QByteArray, body);
        QCOMPARE(decodePData(asBytes(body)).error().code, ErrorCode::ProtocolError);
    }

    void unknownItemsAreSkipped()
    {
        const QByteArray user = item('\x50', item('\x51', hex("00004000")) + item('\x7F', "whatever"));
        const QByteArray bytes =
            fixedPart("A", "B") + item('\x66', "private") + kApplicationContext + user + item('\x01', "");
        const auto decoded = decodeAssociateRq(asBytes(bytes));
        QVERIFY(decoded);
        QCOMPARE(decoded->user.maxLength, 16384U);
        QCOMPARE(decoded->calledAeTitle, QByteArray("A"));
    }

    void paddedUidsLoseTheirPadding()
    {
        const QByteArray context =
            item('\x20', hex("01000000") + item('\x30', QByteArray("1.2\0", 4)) + item('\x40', "1.3 "));
        const QByteArray bytes = fixedPart("A", "B") + context;
        const auto decoded = decodeAssociateRq(asBytes(bytes));
        QVERIFY(decoded);
        QCOMPARE(decoded->contexts.front().sopClassUid.value, QByteArray("1.2"));
        QCOMPARE(decoded->contexts.front().transferSyntaxes.front().value, QByteArray("1.3"));
    }

    /// Whatever is cut off, the decoder says so or finds less, and never reads beyond (the sanitizers watch).
    void everyTruncationIsSurvived()
    {
        const auto request = goldenRequest().mid(kPduHeaderSize);
        for (qsizetype size = 0; size < request.size(); ++size) {
            const Bytes exact(asBytes(request).begin(), asBytes(request).begin() + size);
            const auto decoded = decodeAssociateRq(exact);
            QVERIFY(!decoded || !(*decoded == requestValue()));
        }
    }

    void anItemThatIsTooLongIsNotSent()
    {
        auto request = requestValue();
        request.user.identity->type = UserIdentityType::Jwt;
        request.user.identity->primary = QByteArray(70'000, 'x');
        QCOMPARE(encode(request).error().code, ErrorCode::InvalidArgument);
    }

    void aRejectionIsAnErrorOfItsOwn_data()
    {
        QTest::addColumn<int>("result");
        QTest::addColumn<int>("source");
        QTest::addColumn<int>("reason");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<Retry>("retry");
        using enum ErrorCode;
        QTest::newRow("called AE") << 1 << 1 << 7 << CalledAeNotRecognised << Retry::AfterOperator;
        QTest::newRow("calling AE") << 1 << 1 << 3 << CallingAeNotRecognised << Retry::AfterOperator;
        QTest::newRow("application context") << 1 << 1 << 2 << AssociationRejected << Retry::AfterOperator;
        QTest::newRow("no reason, for now") << 2 << 1 << 1 << AssociationRejected << Retry::Later;
        QTest::newRow("protocol version") << 1 << 2 << 2 << AssociationRejected << Retry::AfterOperator;
        QTest::newRow("congestion") << 2 << 3 << 1 << PeerBusy << Retry::Later;
        QTest::newRow("local limit") << 1 << 3 << 2 << PeerBusy << Retry::Later;
        QTest::newRow("reason of another source") << 1 << 3 << 7 << AssociationRejected << Retry::AfterOperator;
    }
    void aRejectionIsAnErrorOfItsOwn()
    {
        QFETCH(const int, result);
        QFETCH(const int, source);
        QFETCH(const int, reason);
        QFETCH(const ErrorCode, code);
        QFETCH(const Retry, retry);
        const auto error = rejectError({quint8(result), quint8(source), quint8(reason)});
        QCOMPARE(error.code, code);
        QCOMPARE(error.retry, retry);
        QVERIFY(error.detail.contains(QStringLiteral("reason %1").arg(reason)));
    }
};

QTEST_GUILESS_MAIN(TestPdu)
#include "TestPdu.moc"
