#include "core/dicom/Identifier.h"

#include <QElapsedTimer>
#include <QTest>
#include <QtEndian>

#include <algorithm>

using namespace radpost;
using namespace radpost::dicom;
using namespace Qt::StringLiterals;

namespace {

const TransferSyntaxUid kImplicit{"1.2.840.10008.1.2"};
const TransferSyntaxUid kExplicit{"1.2.840.10008.1.2.1"};

std::span<const std::byte> bytesOf(const QByteArray& bytes)
{
    return std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

QByteArray implicitElement(quint32 tag, const QByteArray& value)
{
    QByteArray bytes(8, '\0');
    qToLittleEndian(quint16(tag >> 16), bytes.data());
    qToLittleEndian(quint16(tag), bytes.data() + 2);
    qToLittleEndian(quint32(value.size()), bytes.data() + 4);
    return bytes + value;
}

/// "PatientID=A Sequence=[PatientID=B ] "
QString textOf(const Identifier& identifier)
{
    QString text;
    for (const auto& attribute : identifier.attributes()) {
        text += keywordOf(attribute.tag) + u'=' + attribute.value;
        for (const auto& item : attribute.items) {
            text += u'[' + textOf(item) + u']';
        }
        text += u' ';
    }
    return text;
}

/// Encodes, and decodes what came of it.
Identifier thereAndBack(const Identifier& identifier, const TransferSyntaxUid& syntax)
{
    const auto encoded = encodeIdentifier(identifier, syntax);
    const auto decoded = encoded ? decodeIdentifier(bytesOf(*encoded), syntax) : fail(ErrorCode::Internal);
    return decoded.value_or(Identifier());
}

} // namespace

class TestIdentifier : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tagsAreNamedInAnyForm_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<quint32>("tag");
        QTest::newRow("keyword") << u"PatientID"_s << 0x00100020U;
        QTest::newRow("comma") << u"0010,0020"_s << 0x00100020U;
        QTest::newRow("brackets") << u"(0010,0020)"_s << 0x00100020U;
        QTest::newRow("digits") << u"0040a730"_s << 0x0040A730U;
        QTest::newRow("no keyword") << u"PatientsShoeSize"_s << 0U;
        QTest::newRow("too short") << u"0010,02"_s << 0U;
        QTest::newRow("empty") << QString() << 0U;
        QTest::newRow("private") << u"0009,1001"_s << 0U;
    }

    void tagsAreNamedInAnyForm()
    {
        QFETCH(QString, text);
        QFETCH(quint32, tag);
        const auto path = tagPathOf(text);
        QCOMPARE(path && path->size() == 1 ? path->front() : 0U, tag);
    }

    void aTagWithoutKeywordIsANumber()
    {
        QCOMPARE(keywordOf(tag::kStudyInstanceUid), u"StudyInstanceUID"_s);
        QCOMPARE(keywordOf(0x00091001), u"(0009,1001)"_s);
    }

    void aPathLeadsThroughSequences()
    {
        const auto path = tagPathOf(u"ScheduledProcedureStepSequence.Modality"_s);
        QVERIFY(path);
        QCOMPARE(*path, (std::vector<quint32>{tag::kScheduledProcedureStepSequence, tag::kModality}));
        QVERIFY(!tagPathOf(u"PatientID.Modality"_s));
        QVERIFY(!tagPathOf(u"ScheduledProcedureStepSequence."_s));
    }

    void attributesStandInTheOrderOfTheirTags()
    {
        Identifier identifier;
        identifier.set(tag::kStudyInstanceUid, u"1.2"_s);
        identifier.set(tag::kPatientId);
        identifier.set(tag::kStudyInstanceUid, u"1.3"_s);
        QCOMPARE(identifier.attributes().size(), std::size_t(2));
        QCOMPARE(identifier.attributes()[0].tag, tag::kPatientId);
        QCOMPARE(identifier.value(tag::kStudyInstanceUid), u"1.3"_s);
    }

    void everyKindOfValueSurvives_data()
    {
        QTest::addColumn<TransferSyntaxUid>("syntax");
        QTest::newRow("implicit") << kImplicit;
        QTest::newRow("explicit") << kExplicit;
    }

    void everyKindOfValueSurvives()
    {
        QFETCH(TransferSyntaxUid, syntax);
        Identifier asked;
        asked.set(tag::kQueryRetrieveLevel, u"STUDY"_s);
        asked.set(tag::kStudyDate, u"20260101-20261231"_s);
        asked.set(tag::kModalitiesInStudy, u"CT\\MR"_s);
        asked.set(tag::kPatientName, u"Wang*"_s);
        asked.set(tag::kPatientId);
        asked.set(tag::kNumberOfStudyInstances, u"12"_s);
        asked.set(0x00280010, u"512"_s); // Rows: US
        setAt(asked, *tagPathOf(u"ScheduledProcedureStepSequence.Modality"_s), u"CT"_s);
        setAt(asked, *tagPathOf(u"ScheduledProcedureStepSequence.ScheduledStationAETitle"_s), QString());
        const auto back = thereAndBack(asked, syntax);
        QCOMPARE(back.attributes().size(), asked.attributes().size());
        for (const auto& attribute : asked.attributes()) {
            QCOMPARE(back.value(attribute.tag), attribute.value);
        }
        const auto* step = back.item(tag::kScheduledProcedureStepSequence);
        QVERIFY(step != nullptr);
        QCOMPARE(step->value(tag::kModality), u"CT"_s);
        QVERIFY(step->contains(tag::kScheduledStationAeTitle));
        QVERIFY(!back.contains(tag::kSpecificCharacterSet));
    }

    void chineseGoesAsUtf8UnlessAnotherSetIsNamed_data()
    {
        QTest::addColumn<QString>("declared");
        QTest::addColumn<QByteArray>("wire");
        QTest::newRow("UTF-8") << QString() << QByteArray("\xe7\x8e\x8b\xe5\xb0\x8f\xe4\xb8\x9c");
        QTest::newRow("GB18030") << u"GB18030"_s << QByteArray("\xcd\xf5\xd0\xa1\xb6\xab");
    }

    void chineseGoesAsUtf8UnlessAnotherSetIsNamed()
    {
        QFETCH(QString, declared);
        QFETCH(QByteArray, wire);
        Identifier asked;
        asked.set(tag::kPatientName, u"王小东"_s);
        if (!declared.isEmpty()) {
            asked.set(tag::kSpecificCharacterSet, declared);
        }
        const auto encoded = encodeIdentifier(asked, kExplicit);
        QVERIFY(encoded);
        QVERIFY(encoded->contains(wire));
        const auto back = decodeIdentifier(bytesOf(*encoded), kExplicit);
        QVERIFY(back);
        QCOMPARE(back->value(tag::kPatientName), u"王小东"_s);
        QCOMPARE(back->value(tag::kSpecificCharacterSet), declared.isEmpty() ? u"ISO_IR 192"_s : declared);
    }

    void aValueThatTheSetCannotHoldIsRefused()
    {
        Identifier asked;
        asked.set(tag::kSpecificCharacterSet, u"ISO_IR 100"_s);
        asked.set(tag::kPatientName, u"王"_s);
        const auto encoded = encodeIdentifier(asked, kExplicit);
        QVERIFY(!encoded);
        QCOMPARE(encoded.error().code, ErrorCode::InvalidArgument);
    }

    void aNumberThatIsNoneIsRefused()
    {
        Identifier asked;
        asked.set(0x00280010, u"many"_s);
        const auto encoded = encodeIdentifier(asked, kExplicit);
        QVERIFY(!encoded);
        QVERIFY2(encoded.error().detail.startsWith(u"Rows"), qPrintable(encoded.error().detail));
    }

    void whatIsCutShortOrCompressedIsAnError()
    {
        Identifier asked;
        asked.set(tag::kPatientName, u"Wang^Xiaodong"_s);
        const auto encoded = encodeIdentifier(asked, kExplicit);
        QVERIFY(encoded);
        const auto cut = decodeIdentifier(bytesOf(encoded->chopped(3)), kExplicit);
        QVERIFY(!cut);
        QCOMPARE(cut.error().code, ErrorCode::DicomTruncated);
        const auto deflated = decodeIdentifier(bytesOf(*encoded), TransferSyntaxUid{"1.2.840.10008.1.2.1.99"});
        QVERIFY(!deflated);
        QCOMPARE(deflated.error().code, ErrorCode::DicomUnsupportedSyntax);
    }

    void noMoreIsTakenThanAnIdentifierHas()
    {
        QByteArray many;
        for (int i = 0; i <= kMostIdentifierAttributes; ++i) {
            many += QByteArray::fromHex("1000200000000000"); // Patient ID, empty, implicit
        }
        const auto decoded = decodeIdentifier(bytesOf(many), kImplicit);
        QVERIFY(!decoded);
        QCOMPARE(decoded.error().code, ErrorCode::DicomMalformed);
    }

    void theOrderOfTheTagsDoesNotMatter()
    {
        const QByteArray patient = implicitElement(tag::kPatientId, "A ");
        const QByteArray modality = implicitElement(tag::kModality, "CT");
        const QByteArray study = implicitElement(tag::kStudyInstanceUid, "1.2 ");
        const auto up = decodeIdentifier(bytesOf(modality + patient + study), kImplicit);
        const auto down = decodeIdentifier(bytesOf(study + patient + modality), kImplicit);
        QVERIFY(up && down);
        QCOMPARE(textOf(*up), u"Modality=CT PatientID=A StudyInstanceUID=1.2 "_s);
        QCOMPARE(textOf(*down), textOf(*up));
    }

    void ofATagThatComesTwiceTheLastValueAndAllItemsAreTaken()
    {
        const auto item = [](const QByteArray& inside) { return implicitElement(0xFFFEE000, inside); };
        const QByteArray first =
            item(implicitElement(tag::kStudyInstanceUid, "1 ") + implicitElement(tag::kModality, "MR"));
        const QByteArray bytes = implicitElement(tag::kScheduledProcedureStepSequence, first) +
            implicitElement(tag::kPatientId, "A ") + implicitElement(tag::kPatientId, "B ") +
            implicitElement(tag::kScheduledProcedureStepSequence, item(implicitElement(tag::kModality, "CT"))) +
            implicitElement(tag::kModality, "US");
        const auto decoded = decodeIdentifier(bytesOf(bytes), kImplicit);
        QVERIFY(decoded);
        QCOMPARE(textOf(*decoded),
            u"Modality=US PatientID=B ScheduledProcedureStepSequence=[Modality=MR StudyInstanceUID=1 ][Modality=CT ] "_s);
    }

    // Each put before all others took minutes.
    void manyTagsInTheWrongOrderTakeNoLonger()
    {
        constexpr quint32 kMany = 200'000;
        QByteArray down;
        for (quint32 i = kMany; i > 0; --i) {
            down += implicitElement(0x00110000U + i, {});
        }
        QElapsedTimer timer;
        timer.start();
        const auto decoded = decodeIdentifier(bytesOf(down), kImplicit, kMany);
        QVERIFY(decoded);
        QCOMPARE(decoded->attributes().size(), size_t(kMany));
        QVERIFY(std::is_sorted(decoded->attributes().begin(), decoded->attributes().end(),
            [](const auto& a, const auto& b) { return a.tag < b.tag; }));
        QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
    }

    void noMoreValuesAreTakenThanAnIdentifierHas_data()
    {
        QTest::addColumn<QByteArray>("most");
        QTest::addColumn<QByteArray>("more");
        const auto modality = [](int values) { return implicitElement(tag::kModality, QByteArray(values - 1, '\\')); };
        QByteArray half = modality(kMostIdentifierValues / 2);
        QTest::newRow("code strings") << modality(kMostIdentifierValues) << modality(kMostIdentifierValues + 1);
        QTest::newRow("of several elements") << half + half << half + half + implicitElement(tag::kPatientId, "A ");
        QTest::newRow("names") << implicitElement(tag::kPatientName, QByteArray(kMostIdentifierValues - 1, '\\'))
                               << implicitElement(tag::kPatientName, QByteArray(kMostIdentifierValues, '\\'));
        QTest::newRow("tags") << implicitElement(0x00280009U, QByteArray(4 * kMostIdentifierValues, '\0'))
                              << implicitElement(0x00280009U, QByteArray(4 * kMostIdentifierValues + 4, '\0'));
        QByteArray numbers; // of one element no more than the first 1001 are read
        for (int i = 0; i < kMostIdentifierValues / 1001; ++i) {
            numbers += implicitElement(0x00280010U, QByteArray(100'000, '\1'));
        }
        QTest::newRow("numbers") << numbers << numbers + implicitElement(0x00280010U, QByteArray(100'000, '\1'));
        const QByteArray text(2 * kMostIdentifierValues, '\\');
        QTest::newRow("text is one value") << implicitElement(0x00104000U, text) << modality(kMostIdentifierValues + 1);
        QTest::newRow("bytes are none") << implicitElement(0x00111001U, text + '\1')
                                        << modality(kMostIdentifierValues + 1);
    }

    void noMoreValuesAreTakenThanAnIdentifierHas()
    {
        QFETCH(QByteArray, most);
        QFETCH(QByteArray, more);
        QVERIFY(decodeIdentifier(bytesOf(most), kImplicit));
        const auto decoded = decodeIdentifier(bytesOf(more), kImplicit);
        QVERIFY(!decoded);
        QCOMPARE(decoded.error().code, ErrorCode::DicomMalformed);
    }

    void aLongListOfUidsIsTaken()
    {
        QStringList uids;
        for (int i = 0; i < 100'000; ++i) {
            uids.append(u"1.2.826.0.1.3680043.10.1234.%1"_s.arg(i));
        }
        Identifier asked;
        asked.set(tag::kFailedSopInstanceUidList, uids.join(u'\\'));
        QCOMPARE(thereAndBack(asked, kImplicit).value(tag::kFailedSopInstanceUidList).split(u'\\'), uids);
    }

    void paddingAroundValuesIsNotTaken()
    {
        const auto decoded =
            decodeIdentifier(bytesOf(implicitElement(tag::kModality, " CT \\MR\\\\ US") +
                                 implicitElement(tag::kStudyInstanceUid, QByteArray("1.2\0\\1.3\0", 9))),
                kImplicit);
        QVERIFY(decoded);
        QCOMPARE(decoded->value(tag::kModality), u"CT\\MR\\\\US"_s);
        QCOMPARE(decoded->value(tag::kStudyInstanceUid), u"1.2\\1.3"_s);
    }

    void aLengthBeyondTheBytesIsRefusedWhateverItsVr()
    {
        for (const auto* vr : {"OB", "UN", "LO", "SQ", "XX", "??"}) {
            const QByteArray bytes =
                QByteArray::fromHex("10002000") + vr + QByteArray::fromHex("ffffffffff7f") + "abcd";
            QVERIFY2(!decodeIdentifier(bytesOf(bytes), kExplicit), vr);
        }
    }

    void nothingIsAnEmptyIdentifier()
    {
        const auto encoded = encodeIdentifier({}, kImplicit);
        QVERIFY(encoded);
        QVERIFY(encoded->isEmpty());
        QVERIFY(decodeIdentifier({}, kImplicit)->attributes().empty());
    }
};

QTEST_GUILESS_MAIN(TestIdentifier)
#include "TestIdentifier.moc"
