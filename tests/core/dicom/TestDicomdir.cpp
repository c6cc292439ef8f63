#include "core/dicom/Dicomdir.h"

#include "tests/support/DataSetBuilder.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace radpost;
using namespace radpost::dicom;
using namespace radpost::test;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kEvle = "1.2.840.10008.1.2.1";

struct Record
{
    QByteArray fileId;
    bool isActive = true;
};

DataSetBuilder recordOf(const Record& record, Encoding encoding)
{
    DataSetBuilder builder(encoding);
    builder.addLong(0x00041400U, 0xDEADBEEFU).addShort(0x00041410U, record.isActive ? 0xFFFF : 0);
    builder.addLong(0x00041420U, 0x12345678U).add(0x00041430U, "CS", "IMAGE");
    if (!record.fileId.isEmpty()) {
        builder.add(0x00041500U, "CS", record.fileId);
    }
    // An icon: a sequence inside the record, to be stepped over.
    builder.addSequence(0x00880200U, DataSetBuilder(encoding).add(0x00041500U, "CS", "WRONG"));
    return builder;
}

QByteArray dicomdir(const QList<Record>& records, bool openLengths = false, Encoding encoding = kExplicitLittleEndian)
{
    DataSetBuilder items(encoding);
    for (const Record& record : records) {
        const QByteArray body = recordOf(record, encoding).bytes();
        if (openLengths) {
            items.openItem().addRaw(body).closeItem();
            continue;
        }
        items.addItemHead(quint32(body.size())).addRaw(body);
    }
    DataSetBuilder dataSet(encoding);
    dataSet.add(0x00041130U, "CS", "SET").addLong(0x00041200U, 400).addShort(0x00041212U, 0);
    if (openLengths) {
        dataSet.openSequence(0x00041220U).addRaw(items.bytes()).closeSequence();
    } else {
        dataSet.addHead(0x00041220U, "SQ", quint32(items.bytes().size())).addRaw(items.bytes());
    }
    const char* syntax = encoding.bigEndian ? "1.2.840.10008.1.2.2" : encoding.explicitVr ? kEvle : "1.2.840.10008.1.2";
    return fileMeta(syntax, "1.2.840.10008.1.3.10", "1.2.3") + dataSet.bytes();
}

} // namespace

class TestDicomdir : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;

    void put(const QString& name, const QByteArray& bytes = "x")
    {
        const QString path = m_folder->filePath(u"set/"_s + name);
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    QString path(const QString& name) const { return m_folder->filePath(u"set/"_s + name); }

    Result<DicomdirContents> read(const QByteArray& bytes)
    {
        put(u"DICOMDIR"_s, bytes);
        return readDicomdir(path(u"DICOMDIR"_s));
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void records_areReadInEveryEncoding_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QList<Record> records{{"IMAGES\\A"}, {""}, {"IMAGES\\B"}, {"IMAGES\\A"}, {"GONE", false}};
        QTest::newRow("explicit, defined lengths") << dicomdir(records);
        QTest::newRow("explicit, open lengths") << dicomdir(records, true);
        QTest::newRow("implicit") << dicomdir(records, false, kImplicitLittleEndian);
        QTest::newRow("implicit, open lengths") << dicomdir(records, true, kImplicitLittleEndian);
        QTest::newRow("big endian") << dicomdir(records, false, kExplicitBigEndian);
        QTest::newRow("big endian, open lengths") << dicomdir(records, true, kExplicitBigEndian);
    }

    void records_areReadInEveryEncoding()
    {
        QFETCH(QByteArray, bytes);
        put(u"IMAGES/A"_s);
        put(u"IMAGES/B"_s);
        const auto contents = read(bytes);
        QVERIFY2(contents.has_value(), qPrintable(contents ? QString() : contents.error().detail));
        QCOMPARE(contents->files, (QStringList{path(u"IMAGES/A"_s), path(u"IMAGES/B"_s)}));
        QVERIFY(contents->missing.isEmpty() && contents->refused.isEmpty());
    }

    void names_areFoundWhateverTheCase()
    {
        put(u"images/im000001"_s);
        put(u"Images2/IM1.;1"_s);
        put(u"a.dcm"_s);
        const auto contents = read(dicomdir({{"IMAGES\\IM000001"}, {"IMAGES2\\IM1"}, {"A.DCM"}, {"images/im000001"}}));
        QVERIFY(contents.has_value());
        QCOMPARE(
            contents->files, (QStringList{path(u"images/im000001"_s), path(u"Images2/IM1.;1"_s), path(u"a.dcm"_s)}));
    }

    void missingFiles_areReported()
    {
        put(u"IMAGES/A"_s);
        const auto contents = read(dicomdir({{"IMAGES\\A"}, {"IMAGES\\B"}, {"NONE\\C"}, {"IMAGES"}}));
        QVERIFY(contents.has_value());
        QCOMPARE(contents->files, QStringList{path(u"IMAGES/A"_s)});
        QCOMPARE(contents->missing, (QStringList{u"IMAGES/B"_s, u"NONE/C"_s, u"IMAGES"_s}));
    }

    void pathsThatLeadOut_areRefused_data()
    {
        QTest::addColumn<QByteArray>("fileId");
        QTest::newRow("parent") << "..\\secret"_ba;
        QTest::newRow("parent in the middle") << "A\\..\\..\\secret"_ba;
        QTest::newRow("parent with slashes") << "../secret"_ba;
        QTest::newRow("absolute") << "/etc/passwd"_ba;
        QTest::newRow("absolute, backslash") << "\\etc\\passwd"_ba;
        QTest::newRow("drive") << "C:\\secret"_ba;
        QTest::newRow("dot") << ".\\A"_ba;
        QTest::newRow("empty component") << "A\\\\B"_ba;
        QTest::newRow("padded parent") << ".. \\secret"_ba;
        QTest::newRow("control character") << "A\x01"_ba;
        QTest::newRow("NUL") << QByteArray("A\0B", 3);
        QTest::newRow("link") << "LINK"_ba;
        QTest::newRow("linked folder") << "LINKDIR\\secret"_ba;
    }

    void pathsThatLeadOut_areRefused()
    {
        QFETCH(QByteArray, fileId);
        QFile secret(m_folder->filePath(u"secret"_s));
        QVERIFY(secret.open(QIODevice::WriteOnly));
        put(u"A"_s);
        QVERIFY(QFile::link(secret.fileName(), path(u"LINK"_s)));
        QVERIFY(QFile::link(m_folder->path(), path(u"LINKDIR"_s)));
        const auto contents = read(dicomdir({{fileId}, {"A"}}));
        QVERIFY(contents.has_value());
        QCOMPARE(contents->files, QStringList{path(u"A"_s)});
        QCOMPARE(contents->refused.size(), 1);
        QVERIFY(contents->missing.isEmpty());
    }

    void brokenDirectories_areErrors_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<ErrorCode>("code");
        const QByteArray good = dicomdir({{"A"}, {"B"}});
        QTest::newRow("an image") << part10(kEvle, DataSetBuilder::instance()) << ErrorCode::DicomdirBroken;
        QTest::newRow("no records") << fileMeta(kEvle, "1.2.840.10008.1.3.10", "1.2.3") << ErrorCode::DicomdirBroken;
        QTest::newRow("cut off") << good.chopped(20) << ErrorCode::DicomdirBroken;
        QTest::newRow("open, cut off") << dicomdir({{"A"}, {"B"}}, true).chopped(8) << ErrorCode::DicomdirBroken;
        QTest::newRow("no item") << fileMeta(kEvle, "1.2.840.10008.1.3.10", "1.2.3") +
                DataSetBuilder().openSequence(0x00041220U).addShort(0x00041410U, 1).bytes()
                                 << ErrorCode::DicomdirBroken;
        QTest::newRow("not DICOM") << QByteArray(500, 'x') << ErrorCode::NotDicom;
    }

    void brokenDirectories_areErrors()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(ErrorCode, code);
        const auto contents = read(bytes);
        QVERIFY(!contents.has_value());
        QVERIFY2(contents.error().code == code, qPrintable(errorName(contents.error().code).toString()));
    }

    void lastRecordLongerThanTheSequence_isCutThere()
    {
        DataSetBuilder items;
        const QByteArray body = recordOf({"A"}, kExplicitLittleEndian).bytes();
        items.addItemHead(quint32(body.size() + 24)).addRaw(body);
        DataSetBuilder dataSet;
        dataSet.addHead(0x00041220U, "SQ", quint32(items.bytes().size())).addRaw(items.bytes());
        const auto ids =
            readDicomdirFileIds(asBytes(fileMeta(kEvle, "1.2.840.10008.1.3.10", "1.2.3") + dataSet.bytes()));
        QVERIFY(ids.has_value());
        QCOMPARE(*ids, QList<QByteArray>{"A"_ba});
    }

    void everyTruncation_isAnErrorOrLessRecords()
    {
        const QByteArray good = dicomdir({{"A"}, {"B"}, {"C"}}, true);
        const auto all = readDicomdirFileIds(asBytes(good));
        QVERIFY(all.has_value());
        QCOMPARE(all->size(), 3);
        for (qsizetype size = 0; size < good.size(); ++size) {
            QVERIFY(!readDicomdirFileIds(asBytes(good.first(size))).has_value());
        }
    }
};

QTEST_GUILESS_MAIN(TestDicomdir)
#include "TestDicomdir.moc"
