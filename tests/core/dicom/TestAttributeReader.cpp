#include "core/dicom/AttributeReader.h"
#include "core/dicom/HeaderReader.h"
#include "tests/support/Corpus.h"
#include "tests/support/DataSetBuilder.h"

#include <QDir>
#include <QTest>

using namespace radpost;
using namespace radpost::dicom;
using namespace radpost::test;
using namespace Qt::StringLiterals;

namespace {

AttributePath pathOf(const QString& text, const QString& creator = {})
{
    return parseAttributePath(text, creator).value();
}

Result<AttributeSet> read(const QByteArray& file, std::vector<AttributePath> paths)
{
    const auto header = HeaderReader().readBytes(asBytes(file));
    if (!header) {
        return fail(header.error());
    }
    return AttributeReader(std::move(paths)).readBytes(asBytes(file), *header);
}

FoundAttribute readOne(const QByteArray& file, const QString& path, const QString& creator = {})
{
    const auto found = read(file, {pathOf(path, creator)});
    return found ? found->front() : FoundAttribute();
}

QByteArray explicitFile(const DataSetBuilder& set)
{
    return part10("1.2.840.10008.1.2.1", set);
}

// Elements of all kinds, behind those that every instance has.
DataSetBuilder rich(Encoding encoding)
{
    DataSetBuilder set(encoding);
    set.add(0x00080008U, "CS", "ORIGINAL\\PRIMARY\\AXIAL").add(0x00080016U, "UI", "1.2.840.10008.5.1.4.1.1.2");
    set.add(0x00080018U, "UI", "1.2.3.4").add(0x00080060U, "CS", "CT").add(0x00100010U, "PN", "DOE^JANE");
    set.add(0x00101010U, "AS", "044Y").add(0x00180050U, "DS", " 1.25").add(0x00180081U, "DS", "");
    DataSetBuilder item(encoding);
    item.add(0x00400009U, "SH", "STEP 1");
    DataSetBuilder second(encoding);
    second.add(0x00400009U, "SH", "STEP 2\\B").openSequence(0x00400008U).openItem();
    DataSetBuilder code(encoding);
    code.add(0x00080100U, "SH", "CODE");
    second.addRaw(code.bytes()).closeItem().closeSequence();
    set.add(0x0020000DU, "UI", "1.2.3").add(0x0020000EU, "UI", "1.2.3.1");
    set.addShort(0x00280010U, 512).addShort(0x00280100U, 16);
    set.openSequence(0x00400275U).addItemHead(static_cast<quint32>(item.bytes().size())).addRaw(item.bytes());
    set.openItem().addRaw(second.bytes()).closeItem().closeSequence();
    return set;
}

} // namespace

class TestAttributeReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pathsAreRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("creator");
        QTest::addColumn<QString>("again");
        const auto row = [](const QString& text, const QString& again, const QString& creator = {}) {
            QTest::newRow(qPrintable(text)) << text << creator << again;
        };
        row(u"StudyDescription"_s, u"StudyDescription"_s);
        row(u"(0008,1030)"_s, u"StudyDescription"_s);
        row(u"00081030"_s, u"StudyDescription"_s);
        row(u"ImageType[3]"_s, u"ImageType[3]"_s);
        row(u"RequestAttributesSequence[2].(0040,0009)"_s, u"RequestAttributesSequence[2].ScheduledProcedureStepID"_s);
        row(u"(0019,100C)"_s, u"(0019,\"SIEMENS MR HEADER\",0c)"_s, u"SIEMENS MR HEADER"_s);
        row(u"(0019,\"A.B\",0C).PatientID"_s, u"(0019,\"A.B\",0c).PatientID"_s);
        row(u"(0008,9999)"_s, u"(0008,9999)"_s);
    }

    void pathsAreRead()
    {
        QFETCH(QString, text);
        QFETCH(QString, creator);
        const auto path = parseAttributePath(text, creator);
        QVERIFY(path);
        QTEST(toText(*path), "again");
        QVERIFY(*parseAttributePath(toText(*path)) == *path);
    }

    void wrongPathsAreRefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("creator");
        QTest::addColumn<int>("fault");
        const auto row = [](const QString& text, PathFault fault, const QString& creator = {}) {
            QTest::newRow(qPrintable(QString(u"<"_s + text + u">"_s))) << text << creator << int(fault);
        };
        row(u"StudyDescripton"_s, PathFault::Unknown);
        row(QString(), PathFault::Shape);
        row(u"(0008,10)"_s, PathFault::Shape);
        row(u"0008103"_s, PathFault::Shape);
        row(u"ImageType[0]"_s, PathFault::Shape);
        row(u"ImageType[-1]"_s, PathFault::Shape);
        row(u"ImageType[1000000]"_s, PathFault::Shape);
        row(u"A..B"_s, PathFault::Unknown);
        row(u"(0002,0010)"_s, PathFault::Group);
        row(u"(0000,0002)"_s, PathFault::Group);
        row(u"(FFFE,E000)"_s, PathFault::Group);
        row(u"(0019,100C)"_s, PathFault::NoCreator);
        row(u"PatientID"_s, PathFault::Shape, u"ACME"_s);
        row(u"PatientID.PatientID"_s, PathFault::NotASequence);
        row(u"(0008,9999).a.a.a.a.a.a.a.a"_s, PathFault::TooDeep);
    }

    void wrongPathsAreRefused()
    {
        QFETCH(QString, text);
        QFETCH(QString, creator);
        const auto path = parseAttributePath(text, creator);
        QVERIFY(!path);
        QTEST(int(path.error()), "fault");
    }

    void personalPathsAreKnown()
    {
        for (const auto& text : {u"PatientID"_s, u"PatientAge"_s, u"ReferringPhysicianName"_s, u"AccessionNumber"_s,
                 u"StudyInstanceUID"_s, u"ImageComments"_s, u"(0008,9999)"_s}) {
            QVERIFY2(pathOf(text).isPersonal(), qPrintable(text));
        }
        QVERIFY(pathOf(u"(0019,100C)"_s, u"ACME"_s).isPersonal());
        for (const auto& text : {u"ImageType"_s, u"SliceThickness"_s, u"BodyPartExamined"_s}) {
            QVERIFY2(!pathOf(text).isPersonal(), qPrintable(text));
        }
    }

    void everyEncodingReadsTheSame_data()
    {
        QTest::addColumn<QByteArray>("syntax");
        QTest::addColumn<QByteArray>("dataSet");
        const auto explicitSet = rich(kExplicitLittleEndian).bytes();
        QTest::newRow("explicit") << "1.2.840.10008.1.2.1"_ba << explicitSet;
        QTest::newRow("implicit") << "1.2.840.10008.1.2"_ba << rich(kImplicitLittleEndian).bytes();
        QTest::newRow("big endian") << "1.2.840.10008.1.2.2"_ba << rich(kExplicitBigEndian).bytes();
        QTest::newRow("deflated") << "1.2.840.10008.1.2.1.99"_ba << deflated(explicitSet);
        QTest::newRow("declared explicit, written implicit")
            << "1.2.840.10008.1.2.1"_ba << rich(kImplicitLittleEndian).bytes();
    }

    void everyEncodingReadsTheSame()
    {
        QFETCH(QByteArray, syntax);
        QFETCH(QByteArray, dataSet);
        const auto found = read(fileMeta(syntax) + dataSet,
            {pathOf(u"ImageType"_s), pathOf(u"ImageType[3]"_s), pathOf(u"ImageType[4]"_s), pathOf(u"SliceThickness"_s),
                pathOf(u"EchoTime"_s), pathOf(u"Rows"_s), pathOf(u"PatientAge"_s),
                pathOf(u"RequestAttributesSequence.ScheduledProcedureStepID"_s),
                pathOf(u"RequestAttributesSequence[2].ScheduledProcedureStepID"_s),
                pathOf(u"RequestAttributesSequence.ScheduledProtocolCodeSequence.CodeValue"_s),
                pathOf(u"RequestAttributesSequence"_s), pathOf(u"RequestAttributesSequence[3]"_s),
                pathOf(u"StationName"_s)});
        QVERIFY2(found, found ? "" : qPrintable(found.error().detail));
        const auto values = [&found](size_t at) { return (*found)[at].values; };
        QCOMPARE(values(0), QStringList({u"ORIGINAL"_s, u"PRIMARY"_s, u"AXIAL"_s}));
        QCOMPARE(values(1), QStringList(u"AXIAL"_s));
        QVERIFY(values(2).isEmpty() && (*found)[2].isPresent && !(*found)[2].hasContent);
        QCOMPARE(values(3), QStringList(u"1.25"_s));
        QVERIFY((*found)[4].isPresent && !(*found)[4].hasContent);
        QCOMPARE(values(5), QStringList(u"512"_s));
        QCOMPARE(values(6), QStringList(u"044Y"_s));
        QCOMPARE(values(7), QStringList({u"STEP 1"_s, u"STEP 2"_s, u"B"_s}));
        QCOMPARE(values(8), QStringList({u"STEP 2"_s, u"B"_s}));
        QCOMPARE(values(9), QStringList(u"CODE"_s));
        QVERIFY((*found)[10].hasContent && values(10).isEmpty());
        QCOMPARE((*found)[10].vr, "SQ"_ba);
        QVERIFY(!(*found)[11].hasContent);
        QVERIFY(!(*found)[12].isPresent);
    }

    void privateBlocksAreFoundByTheirCreator()
    {
        auto set = DataSetBuilder::instance();
        set.add(0x00290010U, "LO", "OTHER").add(0x00290011U, "LO", "ACME 1.0");
        set.add(0x00291008U, "CS", "NO").add(0x00291108U, "LO", "YES");
        const auto file = explicitFile(set);
        QCOMPARE(readOne(file, u"(0029,1008)"_s, u"ACME 1.0"_s).values, QStringList(u"YES"_s));
        QCOMPARE(readOne(file, u"(0029,\"OTHER\",08)"_s).values, QStringList(u"NO"_s));
        QVERIFY(!readOne(file, u"(0029,\"ACME\",08)"_s).isPresent);
    }

    void aPrivateBlockBelongsToWhoReservedItLast()
    {
        auto set = DataSetBuilder::instance();
        set.add(0x00290010U, "LO", "ACME").add(0x00291001U, "LO", "ONE").add(0x00290010U, "LO", "OTHER");
        set.add(0x00291001U, "LO", "TWO").add(0x00290010U, "LO", "ACME").add(0x00291001U, "LO", "THREE");
        set.add(0x002B0010U, "LO", "ACME").add(0x002B1001U, "LO", "FOUR");
        const auto file = explicitFile(set);
        QCOMPARE(readOne(file, u"(0029,\"ACME\",01)"_s).values, QStringList({u"ONE"_s, u"THREE"_s}));
        QCOMPARE(readOne(file, u"(002B,\"ACME\",01)"_s).values, QStringList(u"FOUR"_s));
    }

    void privateTextWithoutVrIsText()
    {
        DataSetBuilder set(kImplicitLittleEndian);
        set.addRaw(DataSetBuilder::instance(kImplicitLittleEndian).bytes()).add(0x00290010U, "LO", "ACME 1.0");
        set.add(0x00291001U, "LO", "HEAD").add(0x00291002U, "OB", QByteArray("\1\0\2\3", 4));
        const auto file = part10("1.2.840.10008.1.2", set);
        QCOMPARE(readOne(file, u"(0029,\"ACME 1.0\",01)"_s).values, QStringList(u"HEAD"_s));
        const auto binary = readOne(file, u"(0029,\"ACME 1.0\",02)"_s);
        QVERIFY(binary.isPresent && binary.values.isEmpty());
    }

    void textIsDecoded_data()
    {
        QTest::addColumn<QByteArray>("declared");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("comment");
        QTest::addColumn<QString>("decodedName");
        QTest::addColumn<QString>("decodedComment");
        QTest::newRow("GB18030") << "GB18030"_ba
                                 << "Wang^XiaoDong=\xCD\xF5^\xD0\xA1\xB6\xAB"_ba
                                 << "\xCD\xB7\xB2\xBF"_ba << u"Wang^XiaoDong=王^小东"_s << u"头部"_s;
        QTest::newRow("GB18030, trail byte of a backslash")
            << "GB18030"_ba
            << "\x90\x5C"_ba
            << "\x90\x5C"_ba << QString(QChar(0x603D)) << QString(QChar(0x603D));
        QTest::newRow("GBK that says Latin-1") << "ISO_IR 100"_ba
                                               << "\xCD\xF5^\xD0\xA1\xB6\xAB"_ba
                                               << "\xCD\xB7\xB2\xBF"_ba << u"王^小东"_s << u"头部"_s;
        QTest::newRow("UTF-8") << "ISO_IR 192"_ba
                               << "王^小东"_ba
                               << "头部"_ba << u"王^小东"_s << u"头部"_s;
        QTest::newRow("ISO 2022 IR 58") << "\\ISO 2022 IR 58"_ba
                                        << "Wang=\x1B$)A\xCD\xF5"_ba
                                        << "\x1B$)A\xCD\xB7\xB2\xBF"_ba << u"Wang=王"_s << u"头部"_s;
        QTest::newRow("ISO 2022 IR 87") << "\\ISO 2022 IR 87"_ba
                                        << "Yamada=\x1B$B;3ED\x1B(B"_ba
                                        << "\x1B$BF,It\x1B(B"_ba << u"Yamada=山田"_s << u"頭部"_s;
        QTest::newRow("Latin-1") << "ISO_IR 100"_ba
                                 << "M\xFCller^J\xF6rg"_ba
                                 << "Sch\xE4"
                                    "del"_ba
                                 << u"Müller^Jörg"_s << u"Schädel"_s;
    }

    void textIsDecoded()
    {
        QFETCH(QByteArray, declared);
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, comment);
        DataSetBuilder own;
        own.add(0x00080005U, "CS", declared).add(0x00080016U, "UI", "1.2.840.10008.5.1.4.1.1.7");
        own.add(0x00080018U, "UI", "1.2.3").add(0x00100010U, "PN", name).add(0x0020000DU, "UI", "1.2");
        own.add(0x0020000EU, "UI", "1.3").add(0x00324000U, "LT", comment);
        const auto found = read(explicitFile(own), {pathOf(u"PatientName"_s), pathOf(u"StudyComments"_s)});
        QVERIFY(found);
        QTEST((*found)[0].values.value(0), "decodedName");
        QTEST((*found)[1].values.value(0), "decodedComment");
    }

    void anItemHasItsOwnCharacterSet()
    {
        auto set = DataSetBuilder::instance();
        DataSetBuilder item;
        item.add(0x00080005U, "CS", "ISO_IR 192").add(0x00400007U, "LO", "头部");
        set.addSequence(0x00400275U, item);
        QCOMPARE(readOne(explicitFile(set), u"RequestAttributesSequence.ScheduledProcedureStepDescription"_s).values,
            QStringList(u"头部"_s));
    }

    void whatIsTooLongIsNotGiven()
    {
        auto set = DataSetBuilder::instance();
        set.add(0x00324000U, "LT", QByteArray(20'000, 'x'));
        const auto found = readOne(explicitFile(set), u"StudyComments"_s);
        QVERIFY(found.hasContent && !found.isComplete && found.values.isEmpty());
    }

    void manyValuesAreCut()
    {
        auto set = DataSetBuilder::instance();
        set.openSequence(0x00400275U);
        for (int i = 0; i < 1500; ++i) {
            DataSetBuilder item;
            item.add(0x00400009U, "SH", QByteArray::number(i));
            set.addItemHead(static_cast<quint32>(item.bytes().size())).addRaw(item.bytes());
        }
        set.closeSequence();
        const auto found = readOne(explicitFile(set), u"RequestAttributesSequence.ScheduledProcedureStepID"_s);
        QCOMPARE(found.values.size(), AttributeReader::kMostAttributeValues);
        QVERIFY(!found.isComplete);
    }

    void brokenSequencesAreErrors_data()
    {
        QTest::addColumn<QByteArray>("tail");
        QTest::addColumn<int>("code");
        DataSetBuilder open;
        open.openSequence(0x00400275U).openItem();
        QTest::newRow("no end") << open.bytes() << int(ErrorCode::DicomTruncated);
        DataSetBuilder longItem;
        longItem.openSequence(0x00400275U).addItemHead(100'000);
        QTest::newRow("item beyond the end") << longItem.bytes() << int(ErrorCode::DicomTruncated);
        DataSetBuilder longInside;
        longInside.addHead(0x00400275U, "SQ", 20).addItemHead(100).addRaw(QByteArray(200, 'x'));
        QTest::newRow("item beyond its sequence") << longInside.bytes() << int(ErrorCode::DicomMalformed);
        DataSetBuilder longElement;
        longElement.openSequence(0x00400275U)
            .addItemHead(12)
            .addHead(0x00400009U, "SH", 100)
            .addRaw(QByteArray(200, 'x'));
        QTest::newRow("element beyond its item") << longElement.bytes() << int(ErrorCode::DicomMalformed);
        DataSetBuilder noItem;
        noItem.openSequence(0x00400275U).add(0x00400009U, "SH", "ABCD");
        QTest::newRow("no item") << noItem.bytes() << int(ErrorCode::DicomMalformed);
    }

    void brokenSequencesAreErrors()
    {
        QFETCH(QByteArray, tail);
        auto set = DataSetBuilder::instance();
        set.addRaw(tail);
        const auto file = explicitFile(set);
        dicom::InstanceHeader header;
        header.transferSyntaxUid = {"1.2.840.10008.1.2.1"};
        header.dataSetOffset = fileMeta("1.2.840.10008.1.2.1").size();
        AttributeReader reader({pathOf(u"RequestAttributesSequence.ScheduledProcedureStepID"_s)});
        const auto found = reader.readBytes(asBytes(file), header);
        QVERIFY(!found);
        QTEST(int(found.error().code), "code");
    }

    void everyCorpusFileIsRead()
    {
        const QDir corpus(corpusFolder());
        if (corpusFolder().isEmpty()) {
            QSKIP("no corpus here");
        }
        AttributeReader reader({pathOf(u"PatientName"_s), pathOf(u"StudyDescription"_s), pathOf(u"Modality"_s),
            pathOf(u"ReferencedStudySequence.ReferencedSOPInstanceUID"_s), pathOf(u"SpecificCharacterSet"_s)});
        HeaderReader headers;
        int files = 0;
        for (const auto& name : corpusFiles()) {
            const auto path = corpus.filePath(name);
            const auto header = headers.readFile(path);
            if (!header || header->sopInstanceUid.isEmpty()) {
                continue;
            }
            const auto found = reader.readFile(path, *header);
            if (!found) {
                continue;
            }
            ++files;
            QVERIFY2((*found)[0].values.value(0) == header->patientName.split(u'\\')[0].trimmed() ||
                    header->charsetVerdict == CharsetVerdict::Undecodable || header->patientName.isEmpty(),
                qPrintable(name));
            QVERIFY2((*found)[2].values.join(u'\\') == header->modality, qPrintable(name));
        }
        QVERIFY(files > 100);
    }
};

QTEST_GUILESS_MAIN(TestAttributeReader)
#include "TestAttributeReader.moc"
