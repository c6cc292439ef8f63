#include "core/net/commitment.h"

#include <QTest>

using namespace radpost;
using namespace radpost::net;

namespace {

const TransferSyntaxUid kImplicit{"1.2.840.10008.1.2"};
const TransferSyntaxUid kExplicit{"1.2.840.10008.1.2.1"};
const SopClassUid kCt{"1.2.840.10008.5.1.4.1.1.2"};

SopReference reference(int number)
{
    return {kCt, {"2.25." + QByteArray::number(number)}};
}

/// One element in Implicit VR Little Endian, made here and not by our encoder.
QByteArray element(quint16 group, quint16 number, QByteArray value)
{
    if (value.size() % 2 != 0) {
        value.append('\0');
    }
    const auto length = static_cast<quint32>(value.size());
    const char head[] = {char(group), char(group >> 8), char(number), char(number >> 8), char(length),
        char(length >> 8), char(length >> 16), char(length >> 24)};
    return QByteArray(head, sizeof head) + value;
}

QByteArray item(const QByteArray& value)
{
    return element(0xFFFE, 0xE000, value);
}

QByteArray uids(const QByteArray& instance)
{
    return element(0x0008, 0x1150, kCt.value) + element(0x0008, 0x1155, instance);
}

} // namespace

class TestCommitment : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aReportIsReadAsTheStandardSays()
    {
        const QByteArray failed = uids("2.25.2") + element(0x0008, 0x1197, QByteArray::fromHex("1201"));
        const QByteArray bytes = element(0x0008, 0x1195, "2.25.9") + element(0x0008, 0x1198, item(failed)) +
            element(0x0008, 0x1199, item(uids("2.25.1")));
        const auto report = decodeCommitmentReport(asBytes(bytes), kImplicit);
        QVERIFY2(report, qPrintable(report ? QString() : report.error().detail));
        QCOMPARE(report->transactionUid, QByteArray("2.25.9"));
        QVERIFY(report->committed == std::vector{reference(1)});
        QVERIFY((report->failed == std::vector{FailedReference{reference(2), kReasonNoSuchObjectInstance}}));
        QCOMPARE(report->eventTypeId(), kCommitmentFailures);
    }

    void whatIsWrittenIsReadAgain()
    {
        for (const auto& syntax : {kImplicit, kExplicit}) {
            CommitmentRequest request{"2.25.9", {}};
            for (int i = 0; i < 1000; ++i) {
                request.references.push_back(reference(i));
            }
            const auto encoded = encodeCommitment(request, syntax);
            QVERIFY(encoded);
            QVERIFY(decodeCommitmentRequest(asBytes(*encoded), syntax).value() == request);
            const CommitmentReport report{"2.25.9", {reference(1)}, {{reference(2), kReasonClassInstanceConflict}}};
            const auto told = encodeCommitment(report, syntax);
            QVERIFY(told);
            QVERIFY(decodeCommitmentReport(asBytes(*told), syntax).value() == report);
        }
    }

    void aStudyOfTenThousandFits()
    {
        CommitmentRequest request{"2.25.9", {}};
        for (int i = 0; i < 10'000; ++i) {
            request.references.push_back(reference(i));
        }
        const auto encoded = encodeCommitment(request, kImplicit);
        QVERIFY(encoded);
        QCOMPARE(decodeCommitmentRequest(asBytes(*encoded), kImplicit).value().references.size(), std::size_t(10'000));
    }

    void whatIsNoReportIsRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto uid = element(0x0008, 0x1195, "2.25.9");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no transaction") << element(0x0008, 0x1199, item(uids("2.25.1")));
        QTest::newRow("transaction is no UID")
            << element(0x0008, 0x1195, "x") + element(0x0008, 0x1199, item(uids("2.25.1")));
        QTest::newRow("no item") << uid;
        QTest::newRow("item without UIDs") << uid + element(0x0008, 0x1199, item({}));
        QTest::newRow("item of half a reference")
            << uid + element(0x0008, 0x1199, item(element(0x0008, 0x1155, "2.25.1")));
        QByteArray beyond = uid + element(0x0008, 0x1199, item(uids("2.25.1")));
        beyond[uid.size() + 6] = '\x7F'; // the sequence claims more than there is
        QTest::newRow("length beyond the end") << beyond;
    }

    void whatIsNoReportIsRefused()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(!decodeCommitmentReport(asBytes(bytes), kImplicit));
        QVERIFY(!decodeCommitmentRequest(asBytes(bytes), kImplicit));
    }

    void nothingIsAskedForNothing()
    {
        QCOMPARE(encodeCommitment(CommitmentRequest{"2.25.9", {}}, kImplicit).error().code, ErrorCode::InvalidArgument);
    }
};

QTEST_GUILESS_MAIN(TestCommitment)
#include "TestCommitment.moc"
