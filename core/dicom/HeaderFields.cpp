#include "core/dicom/HeaderFields_p.h"

#include "core/dicom/CharsetChoice.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace radpost::dicom {

namespace {

constexpr std::array kTextFields = {HeaderFields::PatientName, HeaderFields::PatientId, HeaderFields::Accession,
    HeaderFields::StudyDescription, HeaderFields::SeriesDescription};

std::string_view trimmed(std::string_view text)
{
    // Blanks around the value are padding (PS3.5 6.2), NUL ends a UID; line ends are seen from hand-made files.
    constexpr std::string_view padding{" \0\r\n\t", 5};
    const auto first = text.find_first_not_of(padding);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(padding) - first + 1);
}

qint32 parseInteger(std::string_view text)
{
    text = trimmed(text.substr(0, text.find('\\')));
    if (text.starts_with('+')) {
        text.remove_prefix(1);
    }
    qint32 number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

} // namespace

void HeaderFields::clear()
{
    for (Slot& slot : m_slots) {
        slot.raw.clear();
        slot.number = 0;
    }
}

HeaderFields::Field HeaderFields::fieldOf(quint32 tag)
{
    switch (tag) {
    case 0x00020002U:
        return MediaStorageSopClassUid;
    case 0x00020003U:
        return MediaStorageSopInstanceUid;
    case 0x00020010U:
        return TransferSyntax;
    case 0x00020016U:
        return SourceAeTitle;
    case 0x00080005U:
        return SpecificCharacterSet;
    case 0x00080016U:
        return SopClass;
    case 0x00080018U:
        return SopInstance;
    case 0x00080020U:
        return StudyDate;
    case 0x00080030U:
        return StudyTime;
    case 0x00080050U:
        return Accession;
    case 0x00080060U:
        return Modality;
    case 0x00081030U:
        return StudyDescription;
    case 0x0008103EU:
        return SeriesDescription;
    case 0x00100010U:
        return PatientName;
    case 0x00100020U:
        return PatientId;
    case 0x00100030U:
        return PatientBirthDate;
    case 0x00100040U:
        return PatientSex;
    case 0x0020000DU:
        return StudyUid;
    case 0x0020000EU:
        return SeriesUid;
    case 0x00200011U:
        return SeriesNumber;
    case 0x00200013U:
        return InstanceNumber;
    case 0x00280008U:
        return NumberOfFrames;
    case 0x00280010U:
        return Rows;
    case 0x00280011U:
        return Columns;
    case 0x00280100U:
        return BitsAllocated;
    default:
        return FieldCount;
    }
}

void HeaderFields::set(Field field, const std::byte* value, const Element& element, bool bigEndian)
{
    Slot& slot = m_slots[field];
    if (field >= Rows) {
        if (slot.number == 0 && element.length >= 2) {
            const bool isLong = element.vr == vrCode('U', 'L') && element.length >= 4;
            slot.number = isLong ? load32(value, bigEndian) : load16(value, bigEndian);
        }
    } else if (slot.raw.empty()) {
        slot.raw = trimmed({reinterpret_cast<const char*>(value), element.length});
    }
}

const QByteArray& HeaderFields::bytes(Field field)
{
    Slot& slot = m_slots[field];
    if (slot.lastRaw != slot.raw) {
        slot.lastRaw = slot.raw;
        slot.lastBytes = QByteArray(slot.raw.data(), static_cast<qsizetype>(slot.raw.size()));
    }
    return slot.lastBytes;
}

const QString& HeaderFields::latin(Field field)
{
    Slot& slot = m_slots[field];
    if (slot.lastRaw != slot.raw) {
        slot.lastRaw = slot.raw;
        slot.lastText = QString::fromLatin1(slot.raw.data(), static_cast<qsizetype>(slot.raw.size()));
    }
    return slot.lastText;
}

quint16 HeaderFields::shortNumber(Field field) const
{
    return static_cast<quint16>(std::min<quint32>(m_slots[field].number, std::numeric_limits<quint16>::max()));
}

void HeaderFields::fill(InstanceHeader& header)
{
    header.sopClassUid.value = bytes(has(SopClass) ? SopClass : MediaStorageSopClassUid);
    header.sopInstanceUid.value = bytes(has(SopInstance) ? SopInstance : MediaStorageSopInstanceUid);
    header.transferSyntaxUid.value = bytes(TransferSyntax);
    header.studyInstanceUid.value = bytes(StudyUid);
    header.seriesInstanceUid.value = bytes(SeriesUid);
    header.sourceAeTitle = latin(SourceAeTitle);
    header.patientBirthDate = latin(PatientBirthDate);
    header.patientSex = latin(PatientSex);
    header.studyDate = latin(StudyDate);
    header.studyTime = latin(StudyTime);
    header.modality = latin(Modality);
    header.seriesNumber = parseInteger(value(SeriesNumber));
    header.instanceNumber = parseInteger(value(InstanceNumber));
    header.numberOfFrames = parseInteger(value(NumberOfFrames));
    header.rows = shortNumber(Rows);
    header.columns = shortNumber(Columns);
    header.bitsAllocated = shortNumber(BitsAllocated);
    fillText(header);
}

void HeaderFields::fillText(InstanceHeader& header)
{
    const auto sameAsLast = [this](Field field) { return m_slots[field].raw == m_slots[field].lastRaw; };
    if (!m_textsKnown || !sameAsLast(SpecificCharacterSet) ||
        !std::all_of(kTextFields.begin(), kTextFields.end(), sameAsLast)) {
        decodeTexts();
    }
    header.patientName = m_slots[PatientName].lastText;
    header.patientId = m_slots[PatientId].lastText;
    header.accessionNumber = m_slots[Accession].lastText;
    header.studyDescription = m_slots[StudyDescription].lastText;
    header.seriesDescription = m_slots[SeriesDescription].lastText;
    header.specificCharacterSet = m_slots[SpecificCharacterSet].lastBytes;
    header.charsetVerdict = m_verdict;
    header.usedCharacterSet = m_usedCharacterSet;
}

void HeaderFields::decodeTexts()
{
    std::array<std::string_view, kTextFields.size()> texts;
    std::transform(kTextFields.begin(), kTextFields.end(), texts.begin(), [this](Field field) { return value(field); });
    const CharsetChoice choice = chooseCharacterSet(value(SpecificCharacterSet), texts);
    m_verdict = choice.verdict;
    m_usedCharacterSet = choice.set.name();
    bytes(SpecificCharacterSet);
    for (const Field field : kTextFields) {
        Slot& slot = m_slots[field];
        slot.lastRaw = slot.raw;
        slot.lastText = choice.set.decode(slot.raw, field == PatientName ? TextKind::PersonName : TextKind::Text).text;
    }
    m_textsKnown = true;
}

} // namespace radpost::dicom
