#include "core/net/dimse.h"

#include <QTest>

using namespace radpost;
using namespace radpost::net;

namespace {

QByteArray hex(const char* text)
{
    return QByteArray::fromHex(text);
}

/// PS3.7 9.3.1.1 and 6.3.1, byte by byte.
QByteArray goldenStoreRequest()
{
    const QByteArray body = hex("0000020008000000") + "1.2.840" + hex("00") // Affected SOP Class UID, padded
        + hex("00000001020000000100")                                       // Command Field
        + hex("00001001020000000700")                                       // Message ID
        + hex("00000007020000000200")                                       // Priority
        + hex("00000008020000000100")                                       // Command Data Set Type
        + hex("0000001006000000") + "1.2.34"                                // Affected SOP Instance UID
        + hex("0000301006000000") + "MOVER "                                // Move Originator
        + hex("00003110020000000900");
    return hex("0000000004000000") + char(body.size()) + hex("000000") + body;
}

CommandSet storeRequest()
{
    CommandSet command;
    command.commandField = static_cast<quint16>(DimseCommand::CStoreRq);
    command.messageId = 7;
    command.priority = static_cast<quint16>(Priority::Low);
    command.commandDataSetType = kHasDataSet;
    command.affectedSopClassUid = "1.2.840";
    command.affectedSopInstanceUid = "1.2.34";
    command.moveOriginatorAeTitle = "MOVER";
    command.moveOriginatorMessageId = 9;
    return command;
}

CommandSet everything()
{
    CommandSet command = storeRequest();
    command.messageIdBeingRespondedTo = 8;
    command.status = 0xB000;
    command.errorId = 1;
    command.eventTypeId = 2;
    command.actionTypeId = 3;
    command.remainingSuboperations = 4;
    command.completedSuboperations = 5;
    command.failedSuboperations = 6;
    command.warningSuboperations = 0;
    command.requestedSopClassUid = "1.2.3";
    command.requestedSopInstanceUid = "1.2.3.4";
    command.moveDestination = "DEST";
    command.errorComment = "no such thing";
    command.offendingElements = {0x00080018, 0x00100010};
    command.attributeIdentifiers = {0x00080016};
    return command;
}

QByteArray encoded(const CommandSet& command)
{
    Bytes bytes;
    encodeCommand(command, bytes);
    return toByteArray(bytes);
}

} // namespace

class TestDimse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStoreRequestHasTheBytesOfTheStandard() { QCOMPARE(encoded(storeRequest()), goldenStoreRequest()); }

    void aStoreRequestIsReadBack()
    {
        const QByteArray bytes = goldenStoreRequest();
        const auto decoded = decodeCommand(asBytes(bytes));
        QVERIFY(decoded);
        QVERIFY(*decoded == storeRequest());
        QVERIFY(decoded->hasDataSet());
        QVERIFY(decoded->is(DimseCommand::CStoreRq));
    }

    void everyElementSurvivesTheRoundTrip()
    {
        const auto bytes = encoded(everything());
        const auto decoded = decodeCommand(asBytes(bytes));
        QVERIFY(decoded);
        QVERIFY(*decoded == everything());
    }

    void elementsStandInOrderOfTheirTags()
    {
        const auto bytes = encoded(everything());
        int last = -1;
        for (qsizetype at = 0; at < bytes.size();) {
            const auto* element = asBytes(bytes).data() + at;
            QVERIFY(int(loadLittle<quint16>(element + 2)) > last);
            last = loadLittle<quint16>(element + 2);
            QCOMPARE(loadLittle<quint32>(element + 4) % 2, 0U);
            at += 8 + qsizetype(loadLittle<quint32>(element + 4));
        }
    }

    void encodingAppends()
    {
        Bytes bytes(3);
        encodeCommand(storeRequest(), bytes);
        QCOMPARE(toByteArray(bytes).mid(3), goldenStoreRequest());
    }

    void unknownAndEmptyElementsAreTolerated()
    {
        const QByteArray bytes = hex("0000010002000000ffff") // (0000,0001), retired
            + hex("00000001020000003080") + hex("0000000900000000") + hex("00000209020000002020");
        const auto decoded = decodeCommand(asBytes(bytes));
        QVERIFY(decoded);
        QVERIFY(decoded->is(DimseCommand::CEchoRsp));
        QVERIFY(!decoded->status);
        QVERIFY(decoded->errorComment.isEmpty());
    }

    void whatIsMalformedIsRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no Command Field") << hex("00001001020000000700");
        QTest::newRow("header cut") << goldenStoreRequest() + hex("0000");
        QTest::newRow("value cut") << goldenStoreRequest().chopped(1);
        QTest::newRow("huge length") << hex("00000001ffffffff3080");
        QTest::newRow("other group") << goldenStoreRequest() + hex("0800160000000000");
        QTest::newRow("US of four bytes") << hex("000000010400000001000000");
        QTest::newRow("US of one byte") << hex("000000010100000001");
        QTest::newRow("empty Command Field") << hex("0000000100000000");
        QTest::newRow("AT of three bytes") << goldenStoreRequest() + hex("0000010903000000080018");
    }
    void whatIsMalformedIsRefused()
    {
        QFETCH(const QByteArray, bytes);
        QCOMPARE(decodeCommand(asBytes(bytes)).error().code, ErrorCode::ProtocolError);
    }

    void aResponseNamesWhatWasAskedFor()
    {
        const auto response = responseTo(storeRequest(), 0xA700);
        QVERIFY(response.is(DimseCommand::CStoreRsp));
        QCOMPARE(response.messageIdBeingRespondedTo, quint16(7));
        QCOMPARE(response.status, quint16(0xA700));
        QCOMPARE(response.affectedSopClassUid, QByteArray("1.2.840"));
        QCOMPARE(response.affectedSopInstanceUid, QByteArray("1.2.34"));
        QVERIFY(!response.hasDataSet());

        CommandSet action;
        action.commandField = static_cast<quint16>(DimseCommand::NActionRq);
        action.requestedSopClassUid = "1.2";
        action.requestedSopInstanceUid = "1.3";
        QCOMPARE(responseTo(action, 0).affectedSopClassUid, QByteArray("1.2"));
        QCOMPARE(responseTo(action, 0).affectedSopInstanceUid, QByteArray("1.3"));
    }

    void tagsAreWrittenAsInTheStandard()
    {
        QCOMPARE(tagsToText({0x00080018, 0x7FE00010}), QStringLiteral("(0008,0018),(7FE0,0010)"));
        QVERIFY(tagsToText({}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestDimse)
#include "TestDimse.moc"
