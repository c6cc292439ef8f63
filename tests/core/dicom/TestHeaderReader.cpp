#include "core/dicom/HeaderReader.h"

#include "tests/support/DataSetBuilder.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <random>
#include <thread>

using namespace radpost;
using namespace radpost::dicom;
using namespace radpost::test;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kIvle = "1.2.840.10008.1.2";
constexpr auto kEvle = "1.2.840.10008.1.2.1";
constexpr auto kEvbe = "1.2.840.10008.1.2.2";
constexpr auto kDeflated = "1.2.840.10008.1.2.1.99";

Result<InstanceHeader> read(const QByteArray& file)
{
    HeaderReader reader;
    return reader.readBytes(asBytes(file));
}

ErrorCode errorOf(const QByteArray& file)
{
    const auto header = read(file);
    return header ? ErrorCode{} : header.error().code;
}

DataSetBuilder withPixels(Encoding encoding)
{
    DataSetBuilder builder = DataSetBuilder::instance(encoding);
    builder.add(0x7FE00010U, "OW", QByteArray(512, '\x55'));
    return builder;
}

#ifdef Q_OS_LINUX
constexpr quint32 kHugePixels = 0x7FFFFFFE;

/// What all its reads gave so far, files and the rest.
qint64 bytesReadByThisProcess()
{
    QFile io(u"/proc/self/io"_s);
    const QByteArray text = io.open(QIODevice::ReadOnly | QIODevice::Unbuffered) ? io.read(64) : QByteArray();
    return text.startsWith("rchar: ") ? text.mid(7, text.indexOf('\n') - 7).toLongLong() : -1;
}
#endif

void compareWithInstance(const InstanceHeader& header)
{
    QCOMPARE(header.sopClassUid.value, "1.2.840.10008.5.1.4.1.1.7"_ba);
    QCOMPARE(header.sopInstanceUid.value, "1.2.826.0.1.3680043.2.1"_ba);
    QCOMPARE(header.studyInstanceUid.value, "1.2.826.0.1.3680043.2.2"_ba);
    QCOMPARE(header.seriesInstanceUid.value, "1.2.826.0.1.3680043.2.3"_ba);
    QCOMPARE(header.patientName, u"DOE^JANE"_s);
    QCOMPARE(header.patientId, u"ID1"_s);
    QCOMPARE(header.patientBirthDate, u"19700101"_s);
    QCOMPARE(header.patientSex, u"F"_s);
    QCOMPARE(header.accessionNumber, u"ACC1"_s);
    QCOMPARE(header.studyDate, u"20240229"_s);
    QCOMPARE(header.studyTime, u"101112"_s);
    QCOMPARE(header.studyDescription, u"STUDY"_s);
    QCOMPARE(header.modality, u"OT"_s);
    QCOMPARE(header.seriesDescription, u"SERIES"_s);
    QCOMPARE(header.seriesNumber, 4);
    QCOMPARE(header.instanceNumber, -7);
    QCOMPARE(header.numberOfFrames, 12);
    QCOMPARE(header.rows, quint16(512));
    QCOMPARE(header.columns, quint16(256));
    QCOMPARE(header.bitsAllocated, quint16(16));
    QCOMPARE(header.charsetVerdict, CharsetVerdict::Defaulted);
}

} // namespace

class TestHeaderReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
#ifdef Q_OS_LINUX
    void aHugeFile_isReadWithoutItsPixels_data()
    {
        QTest::addColumn<QByteArray>("head");
        const auto row = [](const char* name, const char* syntax, Encoding encoding, const char* vr, quint32 length) {
            DataSetBuilder builder = DataSetBuilder::instance(encoding);
            QTest::newRow(name) << part10(syntax, builder.addHead(0x7FE00010U, vr, length));
        };
        row("explicit", kEvle, kExplicitLittleEndian, "OW", kHugePixels);
        row("implicit", kIvle, kImplicitLittleEndian, "OW", kHugePixels);
        row("big endian", kEvbe, kExplicitBigEndian, "OW", kHugePixels);
        DataSetBuilder fragments = DataSetBuilder::instance();
        fragments.addHead(0x7FE00010U, "OB", 0xFFFFFFFFU).addItemHead(0).addItemHead(kHugePixels);
        QTest::newRow("fragments") << part10("1.2.840.10008.1.2.4.50", fragments);
    }

    void aHugeFile_isReadWithoutItsPixels()
    {
        QFETCH(QByteArray, head);
        QTemporaryDir folder;
        QFile file(folder.filePath(u"huge.dcm"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(head) == head.size());
        if (!file.resize(head.size() + qint64(kHugePixels))) { // sparse
            QSKIP("the file system has no files of 2 GB");
        }
        file.close();
        const qint64 before = bytesReadByThisProcess();
        HeaderReader reader;
        const auto header = reader.readFile(file.fileName());
        const qint64 taken = bytesReadByThisProcess() - before;
        QVERIFY2(header.has_value(), header ? "" : qPrintable(header.error().detail));
        compareWithInstance(*header);
        QVERIFY(taken >= head.size());
        QVERIFY2(taken < 64 * 1024, qPrintable(QString::number(taken)));
    }
#endif

    void everyEncodingGivesTheSameHeader_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("syntax");
        QTest::addColumn<bool>("preamble");
        QTest::addColumn<bool>("meta");
        const auto implicit = withPixels(kImplicitLittleEndian);
        const auto explicitLe = withPixels(kExplicitLittleEndian);
        const auto explicitBe = withPixels(kExplicitBigEndian);
        QTest::newRow("implicit") << part10(kIvle, implicit) << QByteArray(kIvle) << true << true;
        QTest::newRow("explicit") << part10(kEvle, explicitLe) << QByteArray(kEvle) << true << true;
        QTest::newRow("big endian") << part10(kEvbe, explicitBe) << QByteArray(kEvbe) << true << true;
        QTest::newRow("deflated") << fileMeta(kDeflated) + deflated(explicitLe.bytes()) << QByteArray(kDeflated) << true
                                  << true;
        QTest::newRow("no preamble") << part10(kEvle, explicitLe).mid(132) << QByteArray(kEvle) << false << true;
        QTest::newRow("implicit alone") << implicit.bytes() << QByteArray(kIvle) << false << false;
        QTest::newRow("explicit alone") << explicitLe.bytes() << QByteArray(kEvle) << false << false;
        QTest::newRow("big endian alone") << explicitBe.bytes() << QByteArray(kEvbe) << false << false;
        QTest::newRow("preamble, no meta")
            << QByteArray(128, 'x') + "DICM" + implicit.bytes() << QByteArray(kIvle) << true << false;
        QTest::newRow("no syntax in the meta") << part10("", explicitBe) << QByteArray(kEvbe) << true << true;
        QTest::newRow("private syntax") << part10("1.2.3.4", implicit) << "1.2.3.4"_ba << true << true;
        QTest::newRow("declared explicit, is implicit") << part10(kEvle, implicit) << QByteArray(kIvle) << true << true;
        QTest::newRow("declared implicit, is big endian")
            << part10(kIvle, explicitBe) << QByteArray(kEvbe) << true << true;
    }

    void everyEncodingGivesTheSameHeader()
    {
        QFETCH(QByteArray, file);
        const auto header = read(file);
        QVERIFY2(header.has_value(), qPrintable(header ? QString() : header.error().detail));
        compareWithInstance(*header);
        QTEST(header->transferSyntaxUid.value, "syntax");
        QTEST(header->hasPreamble, "preamble");
        QTEST(header->hasFileMeta, "meta");
        QCOMPARE(header->dataSetOffset + header->dataSetLength, file.size());
        const qsizetype metaEnd = file.size() - (file.contains("DICM") ? file.indexOf("DICM") : 0);
        QVERIFY(header->dataSetLength <= metaEnd);
    }

    void dataSetOffset_isTheFirstByteAfterTheMeta()
    {
        const auto dataSet = withPixels(kExplicitLittleEndian);
        const auto header = read(part10(kEvle, dataSet));
        QCOMPARE(header->dataSetOffset, fileMeta(kEvle).size());
        QCOMPARE(header->dataSetLength, dataSet.bytes().size());
    }

    void wrongMetaGroupLength_isSurvived_data()
    {
        QTest::addColumn<quint32>("length");
        QTest::newRow("zero") << 0U;
        QTest::newRow("short") << 10U;
        QTest::newRow("long") << 100000U;
        QTest::newRow("undefined") << 0xFFFFFFFFU;
    }

    void wrongMetaGroupLength_isSurvived()
    {
        QFETCH(quint32, length);
        DataSetBuilder head;
        head.addLong(0x00020000U, length);
        QByteArray file = part10(kEvbe, withPixels(kExplicitBigEndian));
        file.replace(132, head.bytes().size(), head.bytes());
        const auto header = read(file);
        QVERIFY(header.has_value());
        compareWithInstance(*header);
        QCOMPARE(header->dataSetOffset, fileMeta(kEvbe).size());

        QByteArray without = part10(kEvbe, withPixels(kExplicitBigEndian));
        without.remove(132, head.bytes().size());
        QVERIFY(read(without).has_value());
    }

    void sequencesAndOddities_areSteppedOver_data()
    {
        QTest::addColumn<QByteArray>("dataSet");
        QTest::addColumn<QByteArray>("syntax");
        const auto inner = DataSetBuilder().add(0x00080016U, "UI", "9.9").add(0x00100010U, "PN", "WRONG");
        const auto addRow = [](const char* name, const DataSetBuilder& builder, const char* syntax = kEvle) {
            QTest::newRow(name) << builder.bytes() << QByteArray(syntax);
        };
        const QByteArray rest = withPixels(kExplicitLittleEndian).bytes();
        addRow("group length", DataSetBuilder().addLong(0x00080000U, 17).addRaw(rest));
        addRow("defined sequence", DataSetBuilder().addSequence(0x00080006U, inner).addRaw(rest));
        addRow("open sequence",
            DataSetBuilder()
                .openSequence(0x00080006U)
                .openItem()
                .addRaw(inner.bytes())
                .closeItem()
                .closeSequence()
                .addRaw(rest));
        addRow("empty open sequence", DataSetBuilder().openSequence(0x00080006U).closeSequence().addRaw(rest));
        addRow("item delimiter forgotten",
            DataSetBuilder().openSequence(0x00080006U).openItem().addRaw(inner.bytes()).closeSequence().addRaw(rest));
        addRow("open UN, implicit inside",
            DataSetBuilder()
                .openSequence(0x00070010U, "UN")
                .openItem()
                .addRaw(DataSetBuilder(kImplicitLittleEndian).add(0x00100010U, "PN", "WRONG").bytes())
                .closeItem()
                .closeSequence()
                .addRaw(rest));
        addRow("open UN, explicit inside",
            DataSetBuilder()
                .openSequence(0x00070010U, "UN")
                .openItem()
                .addRaw(inner.bytes())
                .closeItem()
                .closeSequence()
                .addRaw(rest));
        addRow("icon with fragments",
            DataSetBuilder()
                .openSequence(0x00080006U)
                .openItem()
                .openSequence(0x7FE00010U, "OB")
                .addRaw(QByteArray("\xFE\xFF\x00\xE0\x04\x00\x00\x00\xFE\xFF\x00\xE0", 12))
                .closeSequence()
                .closeItem()
                .closeSequence()
                .addRaw(rest));
        addRow("odd length", DataSetBuilder().addHead(0x00080008U, "CS", 3).addRaw("ABC").addRaw(rest));
        addRow("private element",
            DataSetBuilder().add(0x00070010U, "LO", "ACME").add(0x00071001U, "OB", "x").addRaw(rest));
        addRow("VR of a later edition",
            DataSetBuilder().addRaw(QByteArray("\x07\x00\x01\x10ZZ\0\0\x02\0\0\0ab", 14)).addRaw(rest));
        addRow("no VR in one element",
            DataSetBuilder()
                .add(0x00080005U, "CS", "")
                .addRaw(QByteArray("\x08\x00\x08\x00\x02\0\0\0ab", 10))
                .addRaw(rest));
        addRow("question marks as VR",
            DataSetBuilder()
                .add(0x00080005U, "CS", "")
                .addRaw(QByteArray("\x08\x00\x08\x00??\x02\0ab", 10))
                .addRaw(rest));
        addRow("stray delimiter", DataSetBuilder().add(0x00080005U, "CS", "").closeSequence().addRaw(rest));
        addRow("large value", DataSetBuilder().add(0x00070010U, "OB", QByteArray(300'000, 'x')).addRaw(rest));
        addRow("open sequence, implicit",
            DataSetBuilder(kImplicitLittleEndian)
                .openSequence(0x00080006U)
                .openItem()
                .add(0x00100010U, "PN", "WRONG")
                .closeItem()
                .closeSequence()
                .addRaw(withPixels(kImplicitLittleEndian).bytes()),
            kIvle);
        addRow("open sequence, big endian",
            DataSetBuilder(kExplicitBigEndian)
                .openSequence(0x00080006U)
                .openItem()
                .add(0x00100010U, "PN", "WRONG")
                .closeItem()
                .closeSequence()
                .addRaw(withPixels(kExplicitBigEndian).bytes()),
            kEvbe);
    }

    void sequencesAndOddities_areSteppedOver()
    {
        QFETCH(QByteArray, dataSet);
        QFETCH(QByteArray, syntax);
        const auto header = read(fileMeta(syntax) + dataSet);
        QVERIFY2(header.has_value(), qPrintable(header ? QString() : header.error().detail));
        compareWithInstance(*header);
        QCOMPARE(header->transferSyntaxUid.value, syntax);
    }

    void commandGroupBeforeTheDataSet_isLeftOut()
    {
        DataSetBuilder command(kImplicitLittleEndian);
        command.addLong(0x00000000U, 20).addShort(0x00000100U, 1).addShort(0x00000110U, 7);
        const auto dataSet = withPixels(kExplicitLittleEndian);
        const auto header = read(fileMeta(kEvle) + command.bytes() + dataSet.bytes());
        QVERIFY(header.has_value());
        compareWithInstance(*header);
        QCOMPARE(header->dataSetLength, dataSet.bytes().size());
    }

    void paddingAtTheEnd_isNoElement()
    {
        const auto dataSet = DataSetBuilder::instance();
        QVERIFY(read(part10(kEvle, dataSet) + QByteArray(5, '\0')).has_value());
        QCOMPARE(errorOf(part10(kEvle, dataSet) + "\x28\x00\x01"), ErrorCode::DicomTruncated);
    }

    void deflatedWithZlibHeader_isReadToo()
    {
        const auto packed = qCompress(withPixels(kExplicitLittleEndian).bytes()).mid(4);
        const auto header = read(fileMeta(kDeflated) + packed);
        QVERIFY(header.has_value());
        compareWithInstance(*header);
    }

    void damagedDeflate_isAnError()
    {
        // An SR has no element behind the wanted ones that would end the reading early, so the end must be there.
        const auto packed = deflated(DataSetBuilder::instance().bytes());
        QCOMPARE(errorOf(fileMeta(kDeflated) + packed.first(packed.size() / 2)), ErrorCode::DicomTruncated);
        QCOMPARE(errorOf(fileMeta(kDeflated) + QByteArray(100, '\xFF')), ErrorCode::DicomMalformed);
        QCOMPARE(errorOf(fileMeta(kDeflated)), ErrorCode::DicomTruncated);
    }

    void uidsOfTheMeta_standInForMissingOnes()
    {
        const auto header = read(part10(kEvle, DataSetBuilder().add(0x00100010U, "PN", "A^B")));
        QVERIFY(header.has_value());
        QCOMPARE(header->sopInstanceUid.value, "1.2.826.0.1.3680043.2.1"_ba);
    }

    void uidOfTheDataSet_winsOverTheMeta()
    {
        auto dataSet = DataSetBuilder().add(0x00080016U, "UI", "1.2.3").add(0x00080018U, "UI", "1.2.4");
        const auto header = read(part10(kEvle, dataSet));
        QCOMPARE(header->sopClassUid.value, "1.2.3"_ba);
        QCOMPARE(header->sopInstanceUid.value, "1.2.4"_ba);
    }

    void dicomdir_isSeenByItsSopClass()
    {
        const auto header = read(fileMeta(kEvle, "1.2.840.10008.1.3.10", "1.2.3") + DataSetBuilder().bytes());
        QVERIFY(header.has_value());
        QCOMPARE(header->sopClassUid.value, "1.2.840.10008.1.3.10"_ba);
    }

    void wrongFiles_giveTheirReason_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<ErrorCode>("code");
        QByteArray deep;
        for (int i = 0; i < 200; ++i) {
            deep += DataSetBuilder().openSequence(0x00080006U).openItem().bytes();
        }
        QTest::newRow("empty") << QByteArray() << ErrorCode::NotDicom;
        QTest::newRow("text") << QByteArray(2000, 'a') << ErrorCode::NotDicom;
        QTest::newRow("zeros") << QByteArray(4000, '\0') << ErrorCode::NotDicom;
        QTest::newRow("looks alike") << QByteArray("\x08\x00\x05\x00\x02\0\0\0ab\x08\x00\x06\x00\x02\0\0\0ab", 20)
                                     << ErrorCode::NotDicom;
        QTest::newRow("preamble only") << QByteArray(128, '\0') + "DICM" << ErrorCode::DicomMissingUid;
        QTest::newRow("no UIDs") << fileMeta(kEvle, "", "") + DataSetBuilder().add(0x00100010U, "PN", "A").bytes()
                                 << ErrorCode::DicomMissingUid;
        QTest::newRow("no SOP class") << fileMeta(kEvle, "", "") + DataSetBuilder().add(0x00080018U, "UI", "1").bytes()
                                      << ErrorCode::DicomMissingUid;
        QTest::newRow("value cut") << part10(kEvle, DataSetBuilder::instance()).chopped(1) << ErrorCode::DicomTruncated;
        QTest::newRow("too deep") << fileMeta(kEvle) + deep << ErrorCode::DicomMalformed;
        QTest::newRow("no item in a sequence") << fileMeta(kEvle) +
                DataSetBuilder().openSequence(0x00080006U).add(0x00080016U, "UI", "1.2.3.4.5.6").bytes()
                                               << ErrorCode::DicomMalformed;
        QTest::newRow("length beyond the end")
            << fileMeta(kEvle) + DataSetBuilder().addHead(0x00080006U, "OB", 0xFFFFFFF0U).addRaw("abcd").bytes()
            << ErrorCode::DicomTruncated;
    }

    void wrongFiles_giveTheirReason()
    {
        QFETCH(QByteArray, file);
        QFETCH(ErrorCode, code);
        const auto header = read(file);
        QVERIFY(!header.has_value());
        QVERIFY2(header.error().code == code, qPrintable(errorName(header.error().code).toString()));
    }

    void pixelsThatAreCutOff_areNoticed()
    {
        for (const auto encoding : {kExplicitLittleEndian, kImplicitLittleEndian, kExplicitBigEndian}) {
            DataSetBuilder dataSet = DataSetBuilder::instance(encoding);
            dataSet.addShort(0x00280101U, 16).add(0x00290010U, "LO", "ACME");
            dataSet.add(0x00291001U, "OB", QByteArray(50'000, 'x')).add(0x7FE00010U, "OW", QByteArray(512, '\x55'));
            const char* syntax = encoding.bigEndian ? kEvbe : encoding.explicitVr ? kEvle : kIvle;
            const QByteArray file = part10(syntax, dataSet);
            QVERIFY(read(file).has_value());
            for (const qsizetype cut : {1, 100, 513, 20'000}) {
                QCOMPARE(errorOf(file.chopped(cut)), ErrorCode::DicomTruncated);
            }
        }
    }

    void truncatedFiles_giveAnErrorOrWhatIsThere_data()
    {
        everyEncodingGivesTheSameHeader_data();
    }

    void truncatedFiles_giveAnErrorOrWhatIsThere()
    {
        QFETCH(QByteArray, file);
        const auto whole = read(file);
        QVERIFY(whole.has_value());
        for (qsizetype size = 0; size < file.size(); ++size) {
            const auto part = read(file.first(size));
            if (!part) {
                continue;
            }
            QCOMPARE(part->sopInstanceUid, whole->sopInstanceUid);
            QVERIFY(part->patientName.isEmpty() || part->patientName == whole->patientName);
            QVERIFY(part->studyInstanceUid.isEmpty() || part->studyInstanceUid == whole->studyInstanceUid);
            QVERIFY(part->rows == 0 || part->rows == whole->rows);
        }
    }

    void damagedFiles_neverCrash_data()
    {
        everyEncodingGivesTheSameHeader_data();
    }

    void damagedFiles_neverCrash()
    {
        // What damage does to a value is the value's business; lengths and tags must not lead out of the bytes, which
        // the sanitizers watch.
        QFETCH(QByteArray, file);
        HeaderReader reader;
        std::minstd_rand random(5);
        int readable = 0;
        for (int round = 0; round < 3000; ++round) {
            QByteArray damaged = file;
            for (int i = 0; i <= round % 3; ++i) {
                const auto at = qsizetype(random() % unsigned(damaged.size()));
                const bool blowsUp = random() % 4 == 0;
                damaged[at] = blowsUp ? char(0xFF) : char(damaged[at] ^ char(1U << (random() % 8)));
            }
            const auto header = reader.readBytes(asBytes(damaged));
            readable += header ? 1 : 0;
            if (header) {
                QVERIFY(header->dataSetOffset >= 0 && header->dataSetOffset + header->dataSetLength == damaged.size());
            }
        }
        QVERIFY(readable > 100 && readable < 3000);
    }

    void readFile_tellsSizeAndTime()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"a.dcm"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        const QByteArray bytes = part10(kEvle, withPixels(kExplicitLittleEndian));
        file.write(bytes);
        file.close();
        HeaderReader reader;
        const auto header = reader.readFile(path);
        QVERIFY(header.has_value());
        compareWithInstance(*header);
        QCOMPARE(reader.lastStamp().sizeBytes, bytes.size());
        const qint64 now = QDateTime::currentMSecsSinceEpoch() * 1'000'000;
        QVERIFY(std::abs(now - reader.lastStamp().mtimeNs) < qint64(60) * 1'000'000'000);
    }

    void filesThatCannotBeRead_giveTheirReason()
    {
        QTemporaryDir folder;
        HeaderReader reader;
        QCOMPARE(reader.readFile(folder.filePath(u"none"_s)).error().code, ErrorCode::FileNotFound);
        QCOMPARE(reader.readFile(folder.path()).error().code, ErrorCode::NotDicom);
    }

    void readersInThreads_doNotDisturbEachOther()
    {
        // Text of every kind: converters are kept per thread, word lists are made by whoever comes first.
        const QByteArray names[] = {
            "M\xFCller", "\xCD\xF5^\xD0\xA1\xB6\xAB", "\x1B$B;3ED\x1B(B", "\xE7\x8E\x8B^\xE8\x8A\xB3"};
        const QString expected[] = {u"Müller"_s, u"王^小东"_s, u"山田"_s, u"王^芳"_s};
        std::atomic<int> wrong = 0;
        const auto work = [&] {
            HeaderReader reader;
            for (size_t i = 0; i < 200; ++i) {
                DataSetBuilder dataSet;
                dataSet.add(0x00080005U, "CS", "ISO_IR 100")
                    .add(0x00080016U, "UI", "1.2")
                    .add(0x00080018U, "UI", "1.3");
                dataSet.add(0x00100010U, "PN", names[i % 4]);
                const auto header = reader.readBytes(asBytes(part10(kEvle, dataSet)));
                wrong += !header || header->patientName != expected[i % 4] ? 1 : 0;
            }
        };
        {
            const std::jthread first(work);
            const std::jthread second(work);
        }
        QCOMPARE(wrong.load(), 0);
    }

    void oneReader_keepsNothingOfTheFileBefore()
    {
        HeaderReader reader;
        QVERIFY(reader.readBytes(asBytes(part10(kEvle, withPixels(kExplicitLittleEndian)))).has_value());
        const auto bare = part10(kEvle, DataSetBuilder().add(0x00080060U, "CS", "MR"));
        const auto header = reader.readBytes(asBytes(bare));
        QVERIFY(header.has_value());
        QCOMPARE(header->modality, u"MR"_s);
        QVERIFY(header->patientName.isEmpty() && header->patientId.isEmpty() && header->studyInstanceUid.isEmpty());
        QCOMPARE(header->rows, quint16(0));
        QCOMPARE(header->numberOfFrames, 0);
    }
};

QTEST_GUILESS_MAIN(TestHeaderReader)
#include "TestHeaderReader.moc"
