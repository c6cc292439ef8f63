#include "core/scan/DuplicateIndex.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace radpost;
using namespace radpost::scan;

class TestDuplicateIndex : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstFileIsRemembered()
    {
        DuplicateIndex index;
        QVERIFY(!index.insert({"1.2.3"}, u"/a/b/1.dcm"_s, u"/a/b/1.dcm"_s));
        QVERIFY(!index.insert({"1.2.4"}, u"/tmp/7"_s, u"/a/c.zip/影像"_s));
        const auto plain = index.insert({"1.2.3"}, u"/other"_s, u"/other"_s);
        QVERIFY(plain);
        QCOMPARE(plain->path, u"/a/b/1.dcm"_s);
        QCOMPARE(plain->sourcePath, u"/a/b/1.dcm"_s);
        const auto unpacked = index.insert({"1.2.4"}, u"/other"_s, u"/other"_s);
        QVERIFY(unpacked);
        QCOMPARE(unpacked->path, u"/tmp/7"_s);
        QCOMPARE(unpacked->sourcePath, u"/a/c.zip/影像"_s);
        QCOMPARE(index.size(), 2);
    }

    void everyUidOfManyIsFoundAgain_andNoOther()
    {
        DuplicateIndex index;
        const auto uid = [](int i) { return SopInstanceUid{QByteArray("1.2.840." + QByteArray::number(i))}; };
        for (int i = 0; i < 30'000; ++i) {
            const QString path = u"/d%1/f%2"_s.arg(i % 17).arg(i);
            QVERIFY(!index.insert(uid(i), path, path));
        }
        for (int i = 0; i < 30'000; ++i) {
            const auto first = index.insert(uid(i), {}, {});
            QVERIFY(first);
            QCOMPARE(first->path, u"/d%1/f%2"_s.arg(i % 17).arg(i));
        }
    }

    void halfAMillionInstancesFitInAHundredMegabytes()
    {
        // Of the 400 MB that a scan of so many may take. UIDs and paths as long as scanners and disks make them.
        constexpr int count = 500'000;
        DuplicateIndex index;
        const QByteArray root = "1.3.12.2.1107.5.2.19.45152.2013030808061520200285";
        for (int i = 0; i < count; ++i) {
            const QString path =
                u"/mnt/archive/2024/PATIENT%1/STUDY00001/SERIES%2/IM-0001-%3-0001.dcm"_s.arg(i / 1000).arg(i / 200).arg(
                    i);
            QVERIFY(!index.insert({QByteArray(root + QByteArray::number(i))}, path, path));
        }
        QCOMPARE(index.size(), count);
        QVERIFY2(index.bytesUsed() < qsizetype(100) << 20, qPrintable(QString::number(index.bytesUsed())));
    }

    void aFolderForEachFileFitsAsWell()
    {
        constexpr int count = 30'000;
        DuplicateIndex index;
        for (int i = 0; i < count; ++i) {
            const QString path = u"/mnt/archive/2024/PATIENT%1/STUDY00001/SERIES00001/1.dcm"_s.arg(i);
            QVERIFY(!index.insert({QByteArray::number(i)}, path, path));
        }
        QVERIFY2(index.bytesUsed() < count * 300, qPrintable(QString::number(index.bytesUsed())));
    }

    void textBeyondAllMeasureIsCutNotFatal()
    {
        DuplicateIndex index;
        const QString huge(3'000'000, u'x');
        const SopInstanceUid uid{QByteArray(200'000, '1')};
        QVERIFY(!index.insert(uid, huge, huge + u'y'));
        QVERIFY(!index.insert({"1.2"}, u"/a"_s, u"/a"_s));
        QVERIFY(index.insert(uid, {}, {}));
        QCOMPARE(index.insert({"1.2"}, {}, {})->path, u"/a"_s);
    }
};

QTEST_GUILESS_MAIN(TestDuplicateIndex)
#include "TestDuplicateIndex.moc"
