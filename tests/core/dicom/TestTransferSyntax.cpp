#include "core/dicom/TransferSyntax.h"

#include <QTest>

#include <algorithm>

using namespace radpost::dicom;

class TestTransferSyntax : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void table_isSortedAndUnique()
    {
        const auto all = TransferSyntax::all();
        QVERIFY(all.size() > 60);
        const auto before = [](const TransferSyntax& a, const TransferSyntax& b) { return a.uid < b.uid; };
        QVERIFY(std::is_sorted(all.begin(), all.end(), before));
        for (const TransferSyntax& syntax : all) {
            QCOMPARE(TransferSyntax::find({syntax.uid.data(), qsizetype(syntax.uid.size())}), &syntax);
            QCOMPARE(syntax.isEncapsulated() && syntax.isUncompressed(), false);
        }
    }

    void unknownUids_areNotFound()
    {
        QCOMPARE(TransferSyntax::find("1.2.3.4"), nullptr);
        QCOMPARE(TransferSyntax::find(""), nullptr);
        QCOMPARE(TransferSyntax::find("1.2.840.10008.1.2.4"), nullptr);
    }

    void properties_areThoseOfTheStandard_data()
    {
        QTest::addColumn<QByteArray>("uid");
        QTest::addColumn<bool>("encapsulated");
        QTest::addColumn<bool>("lossy");
        QTest::addColumn<bool>("deflated");
        QTest::addColumn<bool>("decodable");
        const auto row = [](const char* uid, bool encapsulated, bool lossy, bool deflated, bool decodable) {
            QTest::newRow(uid) << QByteArray(uid) << encapsulated << lossy << deflated << decodable;
        };
        row("1.2.840.10008.1.2", false, false, false, true);
        row("1.2.840.10008.1.2.1", false, false, false, true);
        row("1.2.840.10008.1.2.1.98", true, false, false, false);
        row("1.2.840.10008.1.2.1.99", false, false, true, true);
        row("1.2.840.10008.1.2.2", false, false, false, true);
        row("1.2.840.10008.1.2.4.50", true, true, false, true);
        row("1.2.840.10008.1.2.4.51", true, true, false, true);
        row("1.2.840.10008.1.2.4.57", true, false, false, true);
        row("1.2.840.10008.1.2.4.66", true, false, false, false);
        row("1.2.840.10008.1.2.4.70", true, false, false, true);
        row("1.2.840.10008.1.2.4.80", true, false, false, true);
        row("1.2.840.10008.1.2.4.81", true, true, false, true);
        row("1.2.840.10008.1.2.4.90", true, false, false, false);
        row("1.2.840.10008.1.2.4.91", true, true, false, false);
        row("1.2.840.10008.1.2.4.95", false, false, true, false);
        row("1.2.840.10008.1.2.4.102", true, true, false, false);
        row("1.2.840.10008.1.2.4.201", true, false, false, false);
        row("1.2.840.10008.1.2.5", true, false, false, true);
        row("1.2.840.10008.1.2.8.1", true, false, false, false);
    }

    void properties_areThoseOfTheStandard()
    {
        QFETCH(QByteArray, uid);
        const TransferSyntax* syntax = TransferSyntax::find(uid);
        QVERIFY(syntax);
        QTEST(syntax->isEncapsulated(), "encapsulated");
        QTEST(syntax->isLossy(), "lossy");
        QTEST(syntax->isDeflated, "deflated");
        QTEST(syntax->canDecompress(), "decodable");
    }

    void encodings_areThoseOfTheStandard()
    {
        QCOMPARE(TransferSyntax::find("1.2.840.10008.1.2")->encoding, kImplicitLittleEndian);
        QCOMPARE(TransferSyntax::find("1.2.840.10008.1.2.2")->encoding, kExplicitBigEndian);
        QCOMPARE(TransferSyntax::find("1.2.840.10008.1.2.4.50")->encoding, kExplicitLittleEndian);
        QCOMPARE(TransferSyntax::find("1.2.840.10008.1.2.4.50")->family, SyntaxFamily::Jpeg);
        QCOMPARE(TransferSyntax::find("1.2.840.10008.1.2.4.81")->family, SyntaxFamily::JpegLs);
        QCOMPARE(TransferSyntax::find("1.2.840.10008.1.2.4.90")->family, SyntaxFamily::Jpeg2000);
        QCOMPARE(TransferSyntax::find("1.2.840.10008.1.2.4.203")->family, SyntaxFamily::HtJ2k);
    }
};

QTEST_GUILESS_MAIN(TestTransferSyntax)
#include "TestTransferSyntax.moc"
