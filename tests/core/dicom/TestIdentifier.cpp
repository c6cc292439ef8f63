#include "core/dicom/Identifier.h"

#include <QTest>

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
