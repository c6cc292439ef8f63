#include "core/dicom/SyntheticInstance_p.h"

#include "core/dicom/ElementEncoder_p.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <array>

namespace radpost::dicom {

namespace {

using namespace Qt::StringLiterals;

constexpr const char* kImplementationClassUid = "2.25.135067483271830486172519402914839274610";

QByteArray number(int value)
{
    return QByteArray::number(value);
}

QByteArray transferSyntaxOf(SyntheticSyntax syntax)
{
    switch (syntax) {
    case SyntheticSyntax::ImplicitLittle:
        return "1.2.840.10008.1.2"_ba;
    case SyntheticSyntax::ExplicitBig:
        return "1.2.840.10008.1.2.2"_ba;
    case SyntheticSyntax::Deflated:
        return "1.2.840.10008.1.2.1.99"_ba;
    case SyntheticSyntax::ExplicitLittle:
        break;
    }
    return "1.2.840.10008.1.2.1"_ba;
}

QByteArray imageTypeOf(SyntheticKind kind)
{
    switch (kind) {
    case SyntheticKind::Ct:
        return "ORIGINAL\\PRIMARY\\AXIAL"_ba;
    case SyntheticKind::Mr:
        return "ORIGINAL\\PRIMARY\\OTHER"_ba;
    case SyntheticKind::Tiny:
        return "DERIVED\\SECONDARY"_ba;
    default:
        return "ORIGINAL\\PRIMARY"_ba;
    }
}

void identification(ElementEncoder& out, const SyntheticInstance& instance, const SyntheticTraits& traits)
{
    const SyntheticPatient& patient = *instance.patient;
    if (!patient.specificCharacterSet.isEmpty()) {
        out.text(0x00080005, "CS", patient.specificCharacterSet);
    }
    if (traits.rows > 0) {
        out.text(0x00080008, "CS", imageTypeOf(instance.kind));
    }
    out.text(0x00080016, "UI", traits.sopClassUid);
    out.text(0x00080018, "UI", instance.sopInstanceUid);
    out.text(0x00080020, "DA", instance.studyDate);
    out.text(0x00080023, "DA", instance.studyDate);
    out.text(0x00080030, "TM", "093000");
    out.text(0x00080033, "TM", "093215.250");
    out.text(0x00080050, "SH", instance.accessionNumber);
    out.text(0x00080060, "CS", traits.modality);
    if (instance.kind == SyntheticKind::Tiny) {
        out.text(0x00080064, "CS", "WSD");
    }
    out.text(0x00080070, "LO", "Radpost");
    out.text(0x00080080, "LO", patient.institutionName);
    out.text(0x00080090, "PN", "");
    out.text(0x00081030, "LO", QByteArray(QByteArray(traits.modality) + " synthetic study"));
    out.text(0x0008103E, "LO", traits.seriesDescription);
}

/// A private block, so that what passes through has some.
void privateBlock(ElementEncoder& out, const SyntheticInstance& instance)
{
    out.text(0x00090010, "LO", "RADPOST SYNTHETIC");
    out.text(0x00091001, "IS", number(instance.instanceNumber));
}

void patientModule(ElementEncoder& out, const SyntheticPatient& patient)
{
    out.text(0x00100010, "PN", patient.patientName);
    out.text(0x00100020, "LO", patient.patientId);
    out.text(0x00100030, "DA", patient.patientBirthDate);
    out.text(0x00100040, "CS", patient.patientSex);
}

void acquisition(ElementEncoder& out, const SyntheticInstance& instance, const SyntheticTraits& traits)
{
    if (traits.rows > 0) {
        out.text(0x00180015, "CS", traits.bodyPart);
    }
    switch (instance.kind) {
    case SyntheticKind::Ct:
        out.text(0x00180050, "DS", "1.25");
        out.text(0x00180060, "DS", "120");
        break;
    case SyntheticKind::Mr:
        out.text(0x00180020, "CS", "SE");
        out.text(0x00180021, "CS", "NONE");
        out.text(0x00180022, "CS", "");
        out.text(0x00180023, "CS", "2D");
        out.text(0x00180050, "DS", "4");
        out.text(0x00180080, "DS", "520.0");
        out.text(0x00180081, "DS", "12.0");
        out.text(0x00180091, "IS", "1");
        break;
    case SyntheticKind::UsMultiFrame:
        out.text(0x00181063, "DS", "33.3");
        break;
    case SyntheticKind::Cr:
        out.text(0x00185101, "CS", "PA");
        break;
    default:
        break;
    }
}

bool isSlice(SyntheticKind kind)
{
    return kind == SyntheticKind::Ct || kind == SyntheticKind::Mr;
}

void relationship(ElementEncoder& out, const SyntheticInstance& instance)
{
    out.text(0x0020000D, "UI", instance.studyInstanceUid);
    out.text(0x0020000E, "UI", instance.seriesInstanceUid);
    out.text(0x00200010, "SH", "1");
    out.text(0x00200011, "IS", number(instance.seriesNumber));
    out.text(0x00200013, "IS", number(instance.instanceNumber));
    if (!isSlice(instance.kind)) {
        return;
    }
    const QByteArray z = QByteArray::number(1.25 * instance.instanceNumber, 'f', 2);
    out.text(0x00200032, "DS", QByteArray("-180\\-180\\" + z));
    out.text(0x00200037, "DS", "1\\0\\0\\0\\1\\0");
    out.text(0x00200052, "UI", instance.frameOfReferenceUid);
    out.text(0x00201040, "LO", "");
    out.text(0x00201041, "DS", z);
}

void imagePixel(ElementEncoder& out, const SyntheticInstance& instance, const SyntheticTraits& traits)
{
    out.us(0x00280002, 1);
    out.text(0x00280004, "CS", "MONOCHROME2");
    if (instance.kind == SyntheticKind::UsMultiFrame) {
        out.text(0x00280008, "IS", number(instance.frames));
        out.at(0x00280009, 0x00181063);
    }
    out.us(0x00280010, static_cast<quint16>(instance.rows));
    out.us(0x00280011, static_cast<quint16>(instance.columns));
    if (isSlice(instance.kind)) {
        out.text(0x00280030, "DS", "0.703125\\0.703125");
    }
    out.us(0x00280100, static_cast<quint16>(traits.bitsAllocated));
    out.us(0x00280101, static_cast<quint16>(traits.bitsStored));
    out.us(0x00280102, static_cast<quint16>(traits.bitsStored - 1));
    out.us(0x00280103, 0);
    if (traits.bitsAllocated == 16) {
        out.text(0x00281050, "DS", "1800");
        out.text(0x00281051, "DS", "2400");
    }
    if (instance.kind == SyntheticKind::Ct) {
        out.text(0x00281052, "DS", "-1024");
        out.text(0x00281053, "DS", "1");
    }
}

void codedConcept(ElementEncoder& out, quint32 sequence, const char* code, const char* scheme, const char* meaning)
{
    out.beginSequence(sequence);
    out.beginItem();
    out.text(0x00080100, "SH", code);
    out.text(0x00080102, "SH", scheme);
    out.text(0x00080104, "LO", meaning);
    out.endItem();
    out.endSequence();
}

void reportContent(ElementEncoder& out, const SyntheticPatient& patient)
{
    out.text(0x0040A040, "CS", "CONTAINER");
    codedConcept(out, 0x0040A043, "18748-4", "LN", "Diagnostic imaging study");
    out.text(0x0040A050, "CS", "SEPARATE");
    out.beginSequence(0x0040A372);
    out.endSequence();
    out.text(0x0040A491, "CS", "COMPLETE");
    out.text(0x0040A493, "CS", "UNVERIFIED");
    out.beginSequence(0x0040A730);
    out.beginItem();
    out.text(0x0040A010, "CS", "CONTAINS");
    out.text(0x0040A040, "CS", "TEXT");
    codedConcept(out, 0x0040A043, "121071", "DCM", "Finding");
    out.text(0x0040A160, "UT", patient.finding);
    out.endItem();
    out.endSequence();
}

} // namespace

const SyntheticTraits& syntheticTraits(SyntheticKind kind)
{
    static constexpr std::array<SyntheticTraits, 6> kTraits{{
        {"1.2.840.10008.5.1.4.1.1.2", "CT", "Thorax 1.25 mm", "CHEST", 512, 512, 1, 16, 12},
        {"1.2.840.10008.5.1.4.1.1.4", "MR", "T1 SE axial", "BRAIN", 256, 256, 1, 16, 12},
        {"1.2.840.10008.5.1.4.1.1.3.1", "US", "Cine loop", "ABDOMEN", 480, 640, 30, 8, 8},
        {"1.2.840.10008.5.1.4.1.1.1", "CR", "Chest PA", "CHEST", 2048, 2048, 1, 16, 12},
        {"1.2.840.10008.5.1.4.1.1.88.11", "SR", "Report", "", 0, 0, 0, 0, 0},
        {"1.2.840.10008.5.1.4.1.1.7", "OT", "Secondary capture", "CHEST", 64, 64, 1, 8, 8},
    }};
    return kTraits[static_cast<std::size_t>(kind)];
}

QByteArray syntheticUid(const QByteArray& name)
{
    QByteArray hash = QCryptographicHash::hash(name, QCryptographicHash::Sha1).first(16);
    hash[6] = static_cast<char>((hash[6] & 0x0F) | 0x50); // a name-based UUID: version 5,
    hash[8] = static_cast<char>((hash[8] & 0x3F) | 0x80); // variant 1 (RFC 4122 4.3)
    std::array<quint32, 4> words{};
    for (std::size_t i = 0; i < words.size(); ++i) {
        words[i] = qFromBigEndian<quint32>(hash.constData() + 4 * i);
    }
    QByteArray digits;
    while (words != std::array<quint32, 4>{}) {
        quint64 rest = 0;
        for (quint32& word : words) {
            const quint64 value = (rest << 32) | word;
            word = static_cast<quint32>(value / 10);
            rest = value % 10;
        }
        digits.prepend(static_cast<char>('0' + rest));
    }
    return "2.25." + digits;
}

QByteArray syntheticFileMeta(const SyntheticInstance& instance)
{
    QByteArray body;
    ElementEncoder out(body, ElementEncoder::Vr::Explicit, ElementEncoder::Order::Little);
    out.bytes(0x00020001, "OB", QByteArrayView("\x00\x01", 2));
    out.text(0x00020002, "UI", syntheticTraits(instance.kind).sopClassUid);
    out.text(0x00020003, "UI", instance.sopInstanceUid);
    out.text(0x00020010, "UI", transferSyntaxOf(instance.syntax));
    out.text(0x00020012, "UI", kImplementationClassUid);
    out.text(0x00020013, "SH", "RADPOST_SYNTH");

    QByteArray file(128, '\0');
    file.append("DICM");
    ElementEncoder(file, ElementEncoder::Vr::Explicit, ElementEncoder::Order::Little)
        .ul(0x00020000, static_cast<quint32>(body.size()));
    return file + body;
}

QByteArray syntheticDataSet(const SyntheticInstance& instance, quint32 pixelBytes)
{
    const SyntheticTraits& traits = syntheticTraits(instance.kind);
    const bool implicit = instance.syntax == SyntheticSyntax::ImplicitLittle;
    const bool big = instance.syntax == SyntheticSyntax::ExplicitBig;
    QByteArray bytes;
    bytes.reserve(2048);
    ElementEncoder out(bytes, implicit ? ElementEncoder::Vr::Implicit : ElementEncoder::Vr::Explicit,
        big ? ElementEncoder::Order::Big : ElementEncoder::Order::Little);
    identification(out, instance, traits);
    privateBlock(out, instance);
    patientModule(out, *instance.patient);
    acquisition(out, instance, traits);
    relationship(out, instance);
    if (traits.rows == 0) {
        reportContent(out, *instance.patient);
        return bytes;
    }
    imagePixel(out, instance, traits);
    if (traits.bitsAllocated == 16 || implicit) {
        out.header(0x7FE00010, "OW", pixelBytes);
    } else {
        out.header(0x7FE00010, "OB", pixelBytes);
    }
    return bytes;
}

} // namespace radpost::dicom
