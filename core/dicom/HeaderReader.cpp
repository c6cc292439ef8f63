#include "core/dicom/HeaderReader.h"

#include "core/dicom/FileSource_p.h"
#include "core/dicom/HeaderFields_p.h"
#include "core/dicom/InflateSource_p.h"
#include "core/dicom/SyntaxGuess_p.h"
#include "core/dicom/SopClass.h"
#include "core/dicom/TransferSyntax.h"

#include <cstring>
#include <string_view>

using namespace Qt::StringLiterals;

namespace radpost::dicom {

namespace {

constexpr qint64 kPreambleLength = 128;
constexpr qint64 kPrefixLength = 4;

// An instance has some hundred elements before its pixels, a command set a dozen; more are met in crafted files only.
constexpr int kMostElements = 4'000'000;
constexpr int kMostElementsBehind = 256;
constexpr int kMostCommandElements = 64;

// From the content of structured reports on, sequences can be megabytes: contours, functional groups of frames.
constexpr quint32 kFirstLongSequence = 0x0040A000U;
constexpr quint16 kPixelDataGroup = 0x7FE0;

std::string_view uidOf(Encoding encoding)
{
    if (!encoding.explicitVr) {
        return kImplicitVrLittleEndianUid;
    }
    return encoding.bigEndian ? kExplicitVrBigEndianUid : kExplicitVrLittleEndianUid;
}

/// What a UID must be made of to be offered to a peer; one bad byte can cost the whole association.
bool isDigitsAndDots(std::string_view uid)
{
    return uid.find_first_not_of("0123456789.") == std::string_view::npos;
}

QString inWords(WalkStatus status, qint64 offset)
{
    const auto what = status == WalkStatus::Truncated ? "the bytes end inside an element, after offset %1"_L1
                                                      : "elements are not nested properly, after offset %1"_L1;
    return QString(what).arg(offset);
}

/// One file on its way through the reader.
class HeaderParse final
{
public:
    HeaderParse(ByteSource& source, HeaderFields& fields)
        : m_source(source)
        , m_fields(fields)
    {
        m_fields.clear();
    }

    [[nodiscard]] Result<InstanceHeader> run();

private:
    [[nodiscard]] Result<> findStart();
    [[nodiscard]] Result<> readFileMeta();
    void skipCommandGroup();
    [[nodiscard]] Result<> chooseEncoding();
    [[nodiscard]] Result<> guessSyntax();
    [[nodiscard]] Result<> readDataSet();
    [[nodiscard]] Result<> readElements(ByteSource& source, qint64 offset);
    [[nodiscard]] Result<> checkNotCutOff(const ByteSource& source, ElementWalker& walker, Element element) const;
    void take(ByteSource& source, const Element& element, Encoding encoding);
    [[nodiscard]] bool isBehindAllWanted(const Element& element) const;
    [[nodiscard]] Result<InstanceHeader> finish();
    [[nodiscard]] Result<> broken(const ByteSource& source, WalkStatus status, qint64 offset) const;
    [[nodiscard]] bool isSurelyDicom() const;
    [[nodiscard]] bool isDicomdir() const;

    ByteSource& m_source;
    HeaderFields& m_fields;
    InstanceHeader m_header;
    Encoding m_encoding;
    bool m_deflated = false;
};

Result<InstanceHeader> HeaderParse::run()
{
    return findStart()
        .and_then([this] { return readFileMeta(); })
        .and_then([this] { return chooseEncoding(); })
        .and_then([this] { return readDataSet(); })
        .and_then([this] { return finish(); });
}

Result<> HeaderParse::findStart()
{
    const std::byte* prefix = m_source.view(kPreambleLength, kPrefixLength);
    if (prefix && std::memcmp(prefix, "DICM", kPrefixLength) == 0) {
        m_header.hasPreamble = true;
        m_header.dataSetOffset = kPreambleLength + kPrefixLength;
        return {};
    }
    if (m_source.fault() == ByteSource::Fault::Unreadable) {
        return fail(ErrorCode::FileUnreadable, u"reading failed"_s);
    }
    if (!guessEncoding(m_source, 0)) {
        return fail(ErrorCode::NotDicom, u"neither a DICM prefix nor data elements at the start"_s);
    }
    return {};
}

Result<> HeaderParse::readFileMeta()
{
    // The length in (0002,0000) is not asked: it is missing or wrong too often, and the group number tells the end.
    qint64& offset = m_header.dataSetOffset;
    Encoding encoding = kExplicitLittleEndian;
    if (!startsLike(m_source, offset, encoding)) {
        encoding = guessEncoding(m_source, offset).value_or(encoding);
    }
    ElementWalker walker(m_source, encoding, offset);
    Element element;
    for (;;) {
        const std::byte* at = m_source.view(offset, 8);
        if (!at || load16(at, encoding.bigEndian) != 0x0002) {
            return {};
        }
        WalkStatus status = walker.next(element);
        if (status == WalkStatus::Ok) {
            take(m_source, element, encoding);
            status = walker.skipValue(element);
        }
        if (status != WalkStatus::Ok) {
            return broken(m_source, status, offset);
        }
        m_header.hasFileMeta = true;
        offset = walker.offset();
    }
}

void HeaderParse::skipCommandGroup()
{
    // Some programs saved a C-STORE message as it came: the command set, implicit little endian (PS3.7 6.3.1), then the
    // data set.
    ElementWalker walker(m_source, kImplicitLittleEndian, m_header.dataSetOffset);
    Element element;
    const std::byte* at = m_source.view(m_header.dataSetOffset, 8);
    if (!at || load32(at, false) != 0 || load32(at + 4, false) != 4) {
        return;
    }
    for (int count = 0; at && load16(at, false) == 0; ++count) {
        const bool isElement = walker.next(element) == WalkStatus::Ok && walker.skipValue(element) == WalkStatus::Ok;
        if (!isElement || count >= kMostCommandElements) {
            return;
        }
        at = m_source.view(walker.offset(), 8);
    }
    m_header.dataSetOffset = walker.offset();
}

Result<> HeaderParse::chooseEncoding()
{
    skipCommandGroup();
    const std::string_view uid = m_fields.value(HeaderFields::TransferSyntax);
    const TransferSyntax* syntax = TransferSyntax::find({uid.data(), static_cast<qsizetype>(uid.size())});
    if (!syntax) {
        return isDigitsAndDots(uid) ? guessSyntax()
                                    : fail(ErrorCode::DicomMalformed, u"the transfer syntax is not a UID"_s);
    }
    m_encoding = syntax->encoding;
    m_deflated = syntax->isDeflated;
    if (m_deflated || startsLike(m_source, m_header.dataSetOffset, m_encoding)) {
        return {};
    }
    // Declared one way, written another: believe the bytes, and say so where the other way has a name of its own.
    const auto guessed = guessEncoding(m_source, m_header.dataSetOffset);
    if (guessed && *guessed != m_encoding) {
        m_encoding = *guessed;
        if (syntax->isUncompressed()) {
            m_fields.replaceTransferSyntax(uidOf(*guessed));
        }
    }
    return {};
}

Result<> HeaderParse::guessSyntax()
{
    const auto guessed = guessEncoding(m_source, m_header.dataSetOffset);
    if (!guessed && !isSurelyDicom()) {
        return fail(ErrorCode::NotDicom, u"no data set"_s);
    }
    // An unknown, private syntax keeps its name; what it does beyond the encoding does not concern a header.
    m_encoding = guessed.value_or(kExplicitLittleEndian);
    if (!m_fields.has(HeaderFields::TransferSyntax)) {
        m_fields.replaceTransferSyntax(uidOf(m_encoding));
    }
    return {};
}

Result<> HeaderParse::readDataSet()
{
    if (isDicomdir()) {
        return {}; // its records are Dicomdir's to read
    }
    if (!m_deflated) {
        return readElements(m_source, m_header.dataSetOffset);
    }
    InflateSource inflated(m_source, m_header.dataSetOffset);
    return readElements(inflated, 0);
}

Result<> HeaderParse::readElements(ByteSource& source, qint64 offset)
{
    ElementWalker walker(source, m_encoding, offset);
    Element element;
    for (int count = 0; count < kMostElements; ++count) {
        offset = walker.offset();
        WalkStatus status = walker.next(element);
        if (status == WalkStatus::End) {
            return {};
        }
        if (status == WalkStatus::Ok && isBehindAllWanted(element)) {
            return checkNotCutOff(source, walker, element);
        }
        if (status == WalkStatus::Ok) {
            take(source, element, m_encoding);
            status = walker.skipValue(element);
        }
        if (status != WalkStatus::Ok) {
            return broken(source, status, offset);
        }
    }
    return fail(ErrorCode::DicomMalformed, u"more than %1 data elements"_s.arg(kMostElements));
}

Result<> HeaderParse::checkNotCutOff(const ByteSource& source, ElementWalker& walker, Element element) const
{
    // A copy that broke off ends inside its pixels. The lengths of the few elements up to there tell at no cost; of
    // compressed pixels they do not.
    for (int count = 0; count < kMostElementsBehind && !m_deflated; ++count) {
        const bool isLong = element.isUndefinedLength() && element.tag >= kFirstLongSequence;
        if (isLong || element.group() >= kPixelDataGroup) {
            return {};
        }
        const qint64 offset = walker.offset();
        WalkStatus status = walker.skipValue(element);
        if (status == WalkStatus::Ok) {
            status = walker.next(element);
        }
        if (status == WalkStatus::End) {
            return {};
        }
        if (status != WalkStatus::Ok) {
            return broken(source, status, offset);
        }
    }
    return {};
}

void HeaderParse::take(ByteSource& source, const Element& element, Encoding encoding)
{
    const HeaderFields::Field field = HeaderFields::fieldOf(element.tag);
    if (field == HeaderFields::FieldCount || element.length == 0 || element.length > HeaderFields::kLongestValue) {
        return;
    }
    if (const std::byte* value = source.view(element.valueOffset, element.length)) {
        m_fields.set(field, value, element, encoding.bigEndian);
    }
}

bool HeaderParse::isBehindAllWanted(const Element& element) const
{
    // Elements out of order are rare; a file whose UIDs did not come yet is worth the rest of the way to the pixels.
    const bool hasUids = m_fields.has(HeaderFields::SopInstance) && m_fields.has(HeaderFields::StudyUid) &&
        m_fields.has(HeaderFields::SeriesUid);
    return (element.tag > HeaderFields::kLastTag && hasUids) || element.group() == kPixelDataGroup;
}

Result<InstanceHeader> HeaderParse::finish()
{
    m_header.dataSetLength = m_source.end() - m_header.dataSetOffset;
    m_fields.fill(m_header);
    if (!isDicomdir() && m_header.hasFileMeta && m_header.dataSetLength == 0) {
        return fail(ErrorCode::DicomTruncated, u"no data set behind the file meta information"_s);
    }
    if (!isDigitsAndDots({m_header.sopClassUid.value.data(), static_cast<size_t>(m_header.sopClassUid.value.size())})) {
        return fail(ErrorCode::DicomMalformed, u"the SOP class is not a UID"_s);
    }
    if (isDicomdir() || (!m_header.sopInstanceUid.isEmpty() && !m_header.sopClassUid.isEmpty())) {
        return std::move(m_header);
    }
    if (!isSurelyDicom()) {
        return fail(ErrorCode::NotDicom, u"looks like data elements, but has none of the UIDs of an instance"_s);
    }
    return fail(ErrorCode::DicomMissingUid,
        m_header.sopInstanceUid.isEmpty() ? u"no SOP Instance UID (0008,0018)"_s : u"no SOP Class UID (0008,0016)"_s);
}

Result<> HeaderParse::broken(const ByteSource& source, WalkStatus status, qint64 offset) const
{
    switch (source.fault()) {
    case ByteSource::Fault::Unreadable:
        return fail(ErrorCode::FileUnreadable, u"reading failed"_s);
    case ByteSource::Fault::CutShort:
        return fail(ErrorCode::DicomTruncated, u"the deflated data set has no end"_s);
    case ByteSource::Fault::Damaged:
        return fail(ErrorCode::DicomMalformed, u"the deflated data set is damaged"_s);
    case ByteSource::Fault::None:
        break;
    }
    if (!isSurelyDicom()) {
        return fail(ErrorCode::NotDicom, u"only the first bytes look like data elements"_s);
    }
    return fail(status == WalkStatus::Truncated ? ErrorCode::DicomTruncated : ErrorCode::DicomMalformed,
        inWords(status, offset));
}

bool HeaderParse::isSurelyDicom() const
{
    return m_header.hasPreamble || m_header.hasFileMeta || m_fields.has(HeaderFields::SopClass) ||
        m_fields.has(HeaderFields::StudyUid);
}

bool HeaderParse::isDicomdir() const
{
    return m_fields.value(HeaderFields::MediaStorageSopClassUid) == kDicomdirSopClassUid;
}

} // namespace

struct HeaderReader::Private
{
    FileSource file;
    HeaderFields fields;
    FileStamp stamp;
};

HeaderReader::HeaderReader()
    : d(std::make_unique<Private>())
{
}

HeaderReader::~HeaderReader() = default;

Result<InstanceHeader> HeaderReader::readFile(const QString& path)
{
    const auto opened = d->file.open(path);
    d->stamp = {d->file.end(), d->file.mtimeNs()};
    if (!opened) {
        return fail(opened.error());
    }
    auto header = HeaderParse(d->file, d->fields).run();
    d->file.close();
    return header;
}

HeaderReader::FileStamp HeaderReader::lastStamp() const
{
    return d->stamp;
}

Result<InstanceHeader> HeaderReader::readBytes(std::span<const std::byte> file)
{
    MemorySource source(file);
    return HeaderParse(source, d->fields).run();
}

} // namespace radpost::dicom
