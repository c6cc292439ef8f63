#include "core/net/PduReader.h"

#include "core/net/framing.h"

#include <QTest>

#include <cstring>

using namespace radpost;
using namespace radpost::net;

namespace {

/// What was said, in a form that can be compared: "C1:abc" a command, "D1:abc." a data set, "X5" a control PDU.
class Transcript
{
public:
    void add(const Incoming& said)
    {
        if (said.kind == Incoming::Kind::Control) {
            m_text += "X" + QByteArray::number(said.pduType) + ' ';
            return;
        }
        if (said.kind == Incoming::Kind::Command) {
            m_text += "C" + QByteArray::number(said.contextId) + ':' + toByteArray(said.bytes) + ' ';
            return;
        }
        if (!m_inData) {
            m_text += "D" + QByteArray::number(said.contextId) + ':';
        }
        for (const auto part : said.parts) {
            m_text += toByteArray(part);
        }
        m_inData = !said.isLast;
        m_text += said.isLast ? ". " : "";
    }

    [[nodiscard]] QByteArray text() const { return m_text.trimmed(); }

private:
    QByteArray m_text;
    bool m_inData = false;
};

/// Feeds the bytes in pieces of a size, and gives what was said, or the error's detail after a "!".
QByteArray read(PduReader& reader, const QByteArray& bytes, qsizetype pieceSize)
{
    Transcript transcript;
    for (qsizetype at = 0; at < bytes.size();) {
        const auto space = reader.space();
        const auto count = std::min({qsizetype(space.size()), pieceSize, bytes.size() - at});
        std::memcpy(space.data(), bytes.constData() + at, size_t(count));
        reader.filled(std::size_t(count));
        at += count;
        for (;;) {
            auto said = reader.next();
            if (!said) {
                return transcript.text() + '!';
            }
            if (!*said) {
                break;
            }
            transcript.add(**said);
        }
    }
    return transcript.text();
}

QByteArray framed(quint8 contextId, bool isCommand, const QByteArray& message, quint32 maxFragment)
{
    Bytes bytes;
    appendFramed(bytes, contextId, isCommand, asBytes(message), maxFragment);
    return toByteArray(bytes);
}

} // namespace

class TestPduReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void messagesComeOutHoweverTheStreamIsCut_data()
    {
        QTest::addColumn<int>("pieceSize");
        for (const int size : {1, 2, 3, 5, 7, 12, 13, 64, 1000, 4096, 100'000}) {
            QTest::addRow("%d bytes at a time", size) << size;
        }
    }
    void messagesComeOutHoweverTheStreamIsCut()
    {
        QFETCH(const int, pieceSize);
        const QByteArray large(20'000, 'x');
        const QByteArray bytes = framed(1, true, "first", 100) + framed(1, false, "data", 2) +
            framed(3, true, "second command", 4) + framed(3, false, large, 1000) + toByteArray(encodeReleaseRq());
        PduReader reader(4096);
        QCOMPARE(read(reader, bytes, pieceSize), "C1:first D1:data. C3:second command D3:" + large + ". X5");
        QVERIFY(!reader.isInsidePdu());
    }

    void severalValuesInOnePduAreOneMessage()
    {
        const QByteArray bytes = QByteArray::fromHex("04000000001500000003010161000000030103620000000303026300");
        PduReader reader(4096);
        QCOMPARE(read(reader, bytes.left(27), 100), QByteArray("C1:ab D3:c."));
    }

    void fragmentsThatAreThereAreOnePiece()
    {
        const QByteArray bytes = framed(1, false, QByteArray(100, 'x'), 10);
        PduReader reader(4096);
        std::memcpy(reader.space().data(), bytes.constData(), size_t(bytes.size()));
        reader.filled(std::size_t(bytes.size()));
        const auto said = reader.next();
        QVERIFY(said && *said && (*said)->isLast);
        QCOMPARE((*said)->parts.size(), std::size_t(10));
    }

    void anEmptyLastFragmentEndsTheDataSet()
    {
        const QByteArray bytes = QByteArray::fromHex("04000000000700000003010061040000000006000000020102");
        PduReader reader(4096);
        QCOMPARE(read(reader, bytes, 100), QByteArray("D1:a."));
    }

    void aControlPduLongerThanTheBufferFits()
    {
        QByteArray body(60'000, '\0');
        const auto size = quint32(body.size());
        QByteArray bytes =
            QByteArray::fromHex("0100") + char(size >> 24) + char(size >> 16) + char(size >> 8) + char(size);
        bytes += body;
        PduReader reader(4096);
        QCOMPARE(read(reader, bytes, 1000), QByteArray("X1"));
    }

    /// Growing the buffer would move the data that was not yet given out.
    void dataBeforeALongControlPduStaysReadable()
    {
        const QByteArray data(2000, 'x');
        QByteArray bytes = framed(1, false, data + "end", 2000).left(6 + 6 + 2000); // the first of two fragments
        bytes += QByteArray::fromHex("0100000F0000");
        PduReader reader(4096);
        QCOMPARE(read(reader, bytes, 4096), QByteArray("D1:" + data));
        QVERIFY(reader.space().size() > 4096);
    }

    void moreThanThereIsRoomForIsRefused()
    {
        const QByteArray start = QByteArray::fromHex("04000000fffa0000fff60102"); // of a long fragment
        PduReader reader(4096);
        std::memcpy(reader.space().data(), start.constData(), size_t(start.size()));
        reader.filled(4097);
        QVERIFY(!reader.next());
        QVERIFY(reader.space().size() <= 4096);
    }

    void whatIsNotDicomIsRefusedAtOnce_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<AbortReason>("reason");
        using enum AbortReason;
        QTest::newRow("HTTP") << QByteArray("GET / HTTP/1.1\r\n\r\n") << UnrecognizedPdu;
        QTest::newRow("TLS hello") << QByteArray::fromHex("160301020001") << UnrecognizedPdu;
        QTest::newRow("type 0") << QByteArray(20, '\0') << UnrecognizedPdu;
        QTest::newRow("type 8") << QByteArray::fromHex("08000000000400000000") << UnrecognizedPdu;
        QTest::newRow("endless request") << QByteArray::fromHex("0100ffffffff") << InvalidParameterValue;
        QTest::newRow("long release") << QByteArray::fromHex("050000000005") << InvalidParameterValue;
        QTest::newRow("short abort") << QByteArray::fromHex("070000000003") << InvalidParameterValue;
        QTest::newRow("long data") << QByteArray::fromHex("040000004001") << InvalidParameterValue;
        QTest::newRow("PDV longer than its PDU")
            << QByteArray::fromHex("040000000008000000050103") << InvalidParameterValue;
        QTest::newRow("PDV of one byte") << QByteArray::fromHex("040000000006000000010103") << InvalidParameterValue;
        QTest::newRow("PDV header cut by its PDU")
            << QByteArray::fromHex("040000000003000000") << InvalidParameterValue;
        QTest::newRow("command inside a data set")
            << framed(1, false, "abcd", 2).left(14) + framed(1, true, "cc", 2) << UnexpectedParameter;
        QTest::newRow("data inside a command")
            << framed(1, true, "abcd", 2).left(14) + framed(1, false, "dd", 2) << UnexpectedParameter;
        QTest::newRow("context changes inside a message")
            << framed(1, false, "abcd", 2).left(14) + framed(3, false, "dd", 2) << UnexpectedParameter;
    }
    void whatIsNotDicomIsRefusedAtOnce()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const AbortReason, reason);
        for (const int pieceSize : {1, 100}) {
            PduReader reader(4096);
            reader.setMaxPduLength(0x4000);
            QVERIFY(read(reader, bytes, pieceSize).endsWith('!'));
            QCOMPARE(reader.lastAbortReason(), reason);
        }
    }

    void anEndlessCommandSetIsRefused()
    {
        PduReader reader(4096);
        QVERIFY(read(reader, framed(1, true, QByteArray(100'000, 'x'), 1000), 4096).endsWith('!'));
    }

    void soIsOneThatComesInOnePiece()
    {
        PduReader reader(200'000);
        QVERIFY(read(reader, framed(1, true, QByteArray(100'000, 'x'), 100'000), 200'000).endsWith('!'));
    }

    void fragmentsAreEvenAndFitThePeer_data()
    {
        QTest::addColumn<quint32>("maxLength");
        QTest::addColumn<quint32>("fragment");
        QTest::newRow("stock storescp") << 16384U << 16378U;
        QTest::newRow("odd") << 65535U << 65528U;
        QTest::newRow("no limit") << 0U << (1U << 20) - 6;
        QTest::newRow("beyond our bound") << 0xFFFFFFFFU << (1U << 20) - 6;
        QTest::newRow("least useful") << 8U << 2U;
        QTest::newRow("useless") << 7U << 0U;
        QTest::newRow("absurd") << 1U << 0U;
    }
    void fragmentsAreEvenAndFitThePeer()
    {
        QFETCH(const quint32, maxLength);
        QFETCH(const quint32, fragment);
        QCOMPARE(maxFragmentFor(maxLength), fragment);
    }

    void framingMarksOnlyTheLastFragment()
    {
        QCOMPARE(framed(1, false, "abcde", 2),
            QByteArray::fromHex("0400000000080000000401006162"
                                "0400000000080000000401006364"
                                "04000000000700000003010265"));
        QCOMPARE(framed(1, true, "", 2), QByteArray::fromHex("040000000006000000020103"));
    }
};

QTEST_GUILESS_MAIN(TestPduReader)
#include "TestPduReader.moc"
