#include "core/dicom/SopClass.h"

#include <QTest>

#include <algorithm>

using namespace radpost::dicom;

class TestSopClass : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void table_isSortedAndUnique()
    {
        const auto all = SopClass::all();
        QVERIFY(all.size() > 200);
        const auto before = [](const SopClass& a, const SopClass& b) { return a.uid < b.uid; };
        QVERIFY(std::is_sorted(all.begin(), all.end(), before));
        for (const SopClass& sopClass : all) {
            QCOMPARE(SopClass::find({sopClass.uid.data(), qsizetype(sopClass.uid.size())}), &sopClass);
        }
    }

    void classes_haveNameKindAndStatus()
    {
        const SopClass* ct = SopClass::find("1.2.840.10008.5.1.4.1.1.2");
        QVERIFY(ct);
        QCOMPARE(ct->name, std::string_view("CT Image Storage"));
        QCOMPARE(ct->kind, SopClassKind::Image);
        QCOMPARE(ct->status, SopClassStatus::Current);
        QCOMPARE(SopClass::find("1.2.840.10008.5.1.4.1.1.6")->status, SopClassStatus::Retired);
        QCOMPARE(SopClass::find("1.2.840.10008.5.1.4.1.1.501.1")->status, SopClassStatus::Dicos);
        QCOMPARE(SopClass::find("1.2.840.10008.5.1.4.1.1.88.67")->kind, SopClassKind::StructuredReport);
        QCOMPARE(SopClass::find("1.2.840.10008.5.1.4.1.1.104.1")->kind, SopClassKind::Document);
        QCOMPARE(SopClass::find("1.2.840.10008.5.1.4.1.1.481.5")->kind, SopClassKind::Radiotherapy);
        QCOMPARE(SopClass::find("1.2.840.10008.5.1.4.1.1.77.1.1.1")->kind, SopClassKind::Video);
        QCOMPARE(SopClass::find("1.2.3"), nullptr);
    }
};

QTEST_GUILESS_MAIN(TestSopClass)
#include "TestSopClass.moc"
