#include "core/dicom/TapFields_p.h"

#include "core/dicom/CharsetChoice.h"

#include <QtEndian>

#include <algorithm>
#include <charconv>

namespace radpost::dicom {

namespace {

enum class Level { CharacterSet, Series, Instance, Binary };

struct Wanted
{
    quint32 tag;
    Level level;
    QString IndexedSeries::*member = nullptr;
    bool isText = false; ///< in the declared character set
};

using S = IndexedSeries;

// By tag, for the search.
constexpr std::array<Wanted, 32> kWanted{{
    {0x00080005U, Level::CharacterSet},
    {0x00080016U, Level::Instance},
    {0x00080018U, Level::Instance},
    {0x00080020U, Level::Series, &S::studyDate},
    {0x00080021U, Level::Series, &S::seriesDate},
    {0x00080023U, Level::Instance},
    {0x00080030U, Level::Series, &S::studyTime},
    {0x00080031U, Level::Series, &S::seriesTime},
    {0x00080033U, Level::Instance},
    {0x00080050U, Level::Series, &S::accessionNumber, true},
    {0x00080060U, Level::Series, &S::modality},
    {0x00080070U, Level::Series, &S::manufacturer, true},
    {0x00080080U, Level::Series, &S::institutionName, true},
    {0x00080090U, Level::Series, &S::referringPhysicianName, true},
    {0x00081010U, Level::Series, &S::stationName, true},
    {0x00081030U, Level::Series, &S::studyDescription, true},
    {0x0008103EU, Level::Series, &S::seriesDescription, true},
    {0x00100010U, Level::Series, &S::patientName, true},
    {0x00100020U, Level::Series, &S::patientId, true},
    {0x00100021U, Level::Series, &S::issuerOfPatientId, true},
    {0x00100030U, Level::Series, &S::patientBirthDate},
    {0x00100040U, Level::Series, &S::patientSex},
    {0x00180015U, Level::Series, &S::bodyPartExamined},
    {0x00181030U, Level::Series, &S::protocolName, true},
    {0x0020000DU, Level::Series, &S::studyInstanceUid},
    {0x0020000EU, Level::Series, &S::seriesInstanceUid},
    {0x00200010U, Level::Series, &S::studyId, true},
    {0x00200011U, Level::Series, &S::seriesNumber},
    {0x00200013U, Level::Instance},
    {0x00280008U, Level::Instance},
    {0x00280010U, Level::Binary},
    {0x00280011U, Level::Binary},
}};

constexpr int kBitsAllocated = int(kWanted.size()); ///< the last tag of all has the last place

constexpr int place(quint32 tag)
{
    for (int i = 0; i < int(kWanted.size()); ++i) {
        if (kWanted[static_cast<size_t>(i)].tag == tag) {
            return i;
        }
    }
    return TapFields::kNone;
}

constexpr int kSopClass = place(0x00080016U);
constexpr int kSopInstance = place(0x00080018U);
constexpr int kContentDate = place(0x00080023U);
constexpr int kContentTime = place(0x00080033U);
constexpr int kPatientName = place(0x00100010U);
constexpr int kReferringPhysician = place(0x00080090U);
constexpr int kInstanceNumber = place(0x00200013U);
constexpr int kNumberOfFrames = place(0x00280008U);
constexpr int kRows = place(0x00280010U);
constexpr int kColumns = place(0x00280011U);

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view padding{" \0\r\n\t", 5}; // as HeaderFields does
    const auto first = text.find_first_not_of(padding);
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(padding) - first + 1);
}

const Wanted& wanted(int index)
{
    return kWanted[static_cast<size_t>(index)];
}

TextKind kindOf(int index)
{
    return index == kPatientName || index == kReferringPhysician ? TextKind::PersonName : TextKind::Text;
}

qint32 parsedNumber(std::string_view text)
{
    qint32 number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return std::max(number, 0);
}

} // namespace

int TapFields::indexOf(quint32 tag)
{
    if (tag == kLastTag) {
        return kBitsAllocated;
    }
    const auto found = std::lower_bound(
        kWanted.begin(), kWanted.end(), tag, [](const Wanted& entry, quint32 other) { return entry.tag < other; });
    return found != kWanted.end() && found->tag == tag ? int(found - kWanted.begin()) : kNone;
}

void TapFields::clear()
{
    for (auto& raw : m_raw) {
        raw.clear();
    }
}

void TapFields::set(int index, std::string_view value, bool bigEndian)
{
    auto& raw = m_raw[static_cast<size_t>(index)];
    const bool isBinary = index == kBitsAllocated || wanted(index).level == Level::Binary;
    m_bigEndian = bigEndian;
    if (raw.empty()) {
        raw = isBinary ? value : trimmed(value);
    }
}

std::string_view TapFields::value(int index) const
{
    return m_raw[static_cast<size_t>(index)];
}

QString TapFields::latin(int index) const
{
    const auto text = value(index);
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

quint16 TapFields::number(int index) const
{
    const auto raw = value(index);
    if (raw.size() < 2) {
        return 0;
    }
    return m_bigEndian ? qFromBigEndian<quint16>(raw.data()) : qFromLittleEndian<quint16>(raw.data());
}

bool TapFields::isSameSeries() const
{
    for (int i = 0; i < int(kWanted.size()); ++i) {
        const bool counts = wanted(i).level == Level::CharacterSet || wanted(i).level == Level::Series;
        if (counts && m_raw[static_cast<size_t>(i)] != m_last[static_cast<size_t>(i)]) {
            return false;
        }
    }
    return m_series != nullptr;
}

std::shared_ptr<const IndexedSeries> TapFields::decodeSeries() const
{
    std::array<std::string_view, kWanted.size()> texts{};
    for (int i = 0; i < int(kWanted.size()); ++i) {
        texts[static_cast<size_t>(i)] = wanted(i).isText ? value(i) : std::string_view();
    }
    const auto choice = chooseCharacterSet(value(0), texts);
    auto series = std::make_shared<IndexedSeries>();
    for (int i = 0; i < int(kWanted.size()); ++i) {
        if (const auto member = wanted(i).member; member != nullptr && !value(i).empty()) {
            (*series).*member = wanted(i).isText ? choice.set.decode(value(i), kindOf(i)).text : latin(i);
        }
    }
    return series;
}

IndexedHeader TapFields::take(bool isWhole)
{
    if (!isSameSeries()) {
        m_series = decodeSeries();
        m_last = m_raw;
    }
    IndexedHeader header;
    header.series = m_series;
    header.sopClassUid.value = latin(kSopClass).toLatin1();
    header.sopInstanceUid.value = latin(kSopInstance).toLatin1();
    header.instanceNumber = latin(kInstanceNumber);
    header.contentDate = latin(kContentDate);
    header.contentTime = latin(kContentTime);
    header.numberOfFrames = parsedNumber(value(kNumberOfFrames));
    header.rows = number(kRows);
    header.columns = number(kColumns);
    header.bitsAllocated = number(kBitsAllocated);
    header.isWhole = isWhole && !header.sopInstanceUid.isEmpty();
    return header;
}

} // namespace radpost::dicom
