#include "core/dicom/AttributeReader.h"

#include "core/dicom/AttributeValues_p.h"
#include "core/dicom/ElementWalker_p.h"
#include "core/dicom/FileSource_p.h"
#include "core/dicom/InflateSource_p.h"
#include "core/dicom/SyntaxGuess_p.h"
#include "core/dicom/TransferSyntax.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <string>

using namespace Qt::StringLiterals;

namespace radpost::dicom {

namespace {

constexpr qint64 kOpenEnd = std::numeric_limits<qint64>::max();
constexpr quint32 kSpecificCharacterSet = 0x00080005U;

/// A path on its way down: the step that is looked for at this level.
struct Want
{
    size_t path = 0;
    size_t step = 0;
};

/// The data set or item that is walked.
struct Level
{
    qint64 end = kOpenEnd; ///< kOpenEnd: a delimiter ends it, or the source
    Encoding encoding;
    std::vector<Want> wants;
    size_t charset = 0; ///< index into the character sets met
    bool isItem = false;
    std::map<quint32, std::string> creators; ///< by group << 16 | block, as they stand here; only those that are wanted
};

/// One data set on its way through the reader.
class Reading final
{
public:
    Reading(ByteSource& source, const std::vector<AttributePath>& paths)
        : m_source(source)
        , m_paths(paths)
        , m_values(paths)
    {
    }

    [[nodiscard]] Result<AttributeSet> run(qint64 offset, Encoding encoding, const InstanceHeader& header);

private:
    [[nodiscard]] WalkStatus walk(qint64* offset, Level level);
    [[nodiscard]] WalkStatus walkItems(qint64* offset, const Level& parent, const Element& sequence, Encoding encoding,
        const std::vector<Want>& matched);
    [[nodiscard]] WalkStatus walkItem(
        qint64* offset, const Level& parent, quint32 length, Encoding encoding, std::vector<Want> wants);
    void note(const Element& element, Level& level);
    [[nodiscard]] bool isWantedCreator(std::string_view creator, quint16 group, const Level& level) const;
    [[nodiscard]] std::vector<Want> matching(const Element& element, const Level& level) const;
    [[nodiscard]] bool isWanted(const AttributeStep& step, quint32 tag, const Level& level) const;
    [[nodiscard]] bool holdsItems(const Element& element, Encoding encoding);
    void take(const Element& element, const Level& level, const std::vector<Want>& matched);
    [[nodiscard]] Error fault(WalkStatus status) const;

    ByteSource& m_source;
    const std::vector<AttributePath>& m_paths;
    AttributeValues m_values;
    quint32 m_lastTag = kSpecificCharacterSet;
};

Result<AttributeSet> Reading::run(qint64 offset, Encoding encoding, const InstanceHeader& header)
{
    Level top;
    top.encoding = encoding;
    for (size_t i = 0; i < m_paths.size(); ++i) {
        top.wants.push_back({i, 0});
        // To the end of the group: within one, elements are met out of order now and then.
        m_lastTag = std::max(m_lastTag, m_paths[i].steps.front().tag | 0xFFFFU);
    }
    const WalkStatus status = walk(&offset, std::move(top));
    if (status != WalkStatus::Ok && status != WalkStatus::End) {
        return fail(fault(status));
    }
    return m_values.decoded(header);
}

Error Reading::fault(WalkStatus status) const
{
    switch (m_source.fault()) {
    case ByteSource::Fault::Unreadable:
        return makeError(ErrorCode::FileUnreadable, u"reading failed"_s);
    case ByteSource::Fault::CutShort:
        return makeError(ErrorCode::DicomTruncated, u"the deflated data set has no end"_s);
    case ByteSource::Fault::Damaged:
        return makeError(ErrorCode::DicomMalformed, u"the deflated data set is damaged"_s);
    case ByteSource::Fault::None:
        break;
    }
    return status == WalkStatus::Truncated
        ? makeError(ErrorCode::DicomTruncated, u"the bytes end inside an element"_s)
        : makeError(ErrorCode::DicomMalformed, u"elements are not nested properly"_s);
}

WalkStatus Reading::walk(qint64* offset, Level level)
{
    std::optional<ElementWalker> walker(std::in_place, m_source, level.encoding, *offset);
    while (walker->offset() < level.end) {
        Element element;
        const WalkStatus status = walker->next(element);
        if (status != WalkStatus::Ok || (!level.isItem && element.tag > m_lastTag)) {
            return status;
        }
        const bool isOpenItem = level.isItem && level.end == kOpenEnd;
        if (isOpenItem && (element.tag == kItemDelimiterTag || element.tag == kSequenceDelimiterTag)) {
            // The end of the sequence ends an item whose own delimiter was forgotten; the caller sees it again.
            *offset = walker->offset() - (element.tag == kSequenceDelimiterTag ? 8 : 0);
            return WalkStatus::Ok;
        }
        if (!element.isUndefinedLength() && element.length > level.end - walker->offset()) {
            return WalkStatus::Malformed;
        }
        note(element, level);
        const auto matched = matching(element, level);
        WalkStatus passed = WalkStatus::Ok;
        if (!matched.empty() && holdsItems(element, level.encoding)) {
            qint64 at = walker->offset();
            passed = walkItems(&at, level, element, walker->encodingOfItems(element), matched);
            walker.emplace(m_source, level.encoding, at);
        } else {
            take(element, level, matched);
            passed = walker->skipValue(element);
        }
        if (passed != WalkStatus::Ok) {
            return passed;
        }
    }
    *offset = walker->offset();
    return WalkStatus::Ok;
}

WalkStatus Reading::walkItems(
    qint64* offset, const Level& parent, const Element& sequence, Encoding encoding, const std::vector<Want>& matched)
{
    const qint64 end = sequence.isUndefinedLength() ? kOpenEnd : *offset + sequence.length;
    int number = 0;
    while (*offset < end) {
        const std::byte* at = m_source.view(*offset, 8);
        if (!at) {
            return WalkStatus::Truncated;
        }
        const quint32 tag = loadTag(at, encoding.bigEndian);
        const quint32 length = load32(at + 4, encoding.bigEndian);
        *offset += 8;
        if (tag == kSequenceDelimiterTag && end == kOpenEnd) {
            return WalkStatus::Ok;
        }
        if (tag != kItemTag) {
            if (tag != kItemDelimiterTag && tag != kSequenceDelimiterTag) {
                return WalkStatus::Malformed;
            }
            continue;
        }
        if (length != 0xFFFFFFFFU && length > end - *offset) {
            return WalkStatus::Malformed;
        }
        ++number;
        std::vector<Want> wants;
        for (const Want want : matched) {
            const auto& steps = m_paths[want.path].steps;
            const int wanted = steps[want.step].number;
            if (wanted != 0 && wanted != number) {
                continue;
            }
            if (want.step + 1 == steps.size()) {
                m_values.noteItem(want.path);
            } else {
                wants.push_back({want.path, want.step + 1});
            }
        }
        if (const WalkStatus status = walkItem(offset, parent, length, encoding, std::move(wants));
            status != WalkStatus::Ok) {
            return status;
        }
    }
    return WalkStatus::Ok;
}

WalkStatus Reading::walkItem(
    qint64* offset, const Level& parent, quint32 length, Encoding encoding, std::vector<Want> wants)
{
    const bool isOpen = length == 0xFFFFFFFFU;
    if (!isOpen && length > m_source.end() - *offset) {
        return WalkStatus::Truncated;
    }
    if (!isOpen && (wants.empty() || length == 0)) {
        *offset += length;
        return WalkStatus::Ok;
    }
    Level item;
    item.end = isOpen ? kOpenEnd : *offset + length;
    item.encoding = encoding;
    item.wants = std::move(wants);
    item.charset = parent.charset;
    item.isItem = true;
    const WalkStatus status = walk(offset, std::move(item));
    return status == WalkStatus::End ? WalkStatus::Truncated : status;
}

void Reading::note(const Element& element, Level& level)
{
    const quint32 number = element.tag & 0xFFFFU;
    const bool isCreator = element.group() % 2 != 0 && number >= 0x10 && number <= 0xFF;
    const bool isCharset = element.tag == kSpecificCharacterSet;
    if ((!isCreator && !isCharset) || element.length == 0 || element.length > 1024) {
        return;
    }
    const std::byte* value = m_source.view(element.valueOffset, element.length);
    if (value == nullptr) {
        return;
    }
    const auto text = withoutPadding({reinterpret_cast<const char*>(value), element.length});
    if (isCharset) {
        level.charset = m_values.addCharacterSet(text, level.isItem);
    } else if (isWantedCreator(text, element.group(), level)) {
        level.creators[element.tag] = std::string(text);
    } else {
        level.creators.erase(element.tag); // the block is another's from here on
    }
}

/// A data set may have any number of others.
bool Reading::isWantedCreator(std::string_view creator, quint16 group, const Level& level) const
{
    return std::any_of(level.wants.begin(), level.wants.end(), [&](const Want& want) {
        const auto& step = m_paths[want.path].steps[want.step];
        return step.tag >> 16 == group &&
            creator == std::string_view(step.creator.constData(), static_cast<size_t>(step.creator.size()));
    });
}

std::vector<Want> Reading::matching(const Element& element, const Level& level) const
{
    std::vector<Want> matched;
    for (const Want want : level.wants) {
        if (isWanted(m_paths[want.path].steps[want.step], element.tag, level)) {
            matched.push_back(want);
        }
    }
    return matched;
}

bool Reading::isWanted(const AttributeStep& step, quint32 tag, const Level& level) const
{
    if (step.creator.isEmpty()) {
        return step.tag == tag;
    }
    if ((tag & 0xFFFF00FFU) != step.tag || (tag & 0xFFFFU) < 0x1000) {
        return false;
    }
    const auto creator = level.creators.find((tag & 0xFFFF0000U) | (tag >> 8 & 0xFFU));
    return creator != level.creators.end() &&
        creator->second == std::string_view(step.creator.constData(), static_cast<size_t>(step.creator.size()));
}

bool Reading::holdsItems(const Element& element, Encoding encoding)
{
    const bool isBulk = element.vr == vrCode('O', 'B') || element.vr == vrCode('O', 'W');
    if (element.isUndefinedLength()) {
        return !isBulk && element.group() < 0x7FE0;
    }
    const bool canBeSequence = element.vr == vrCode('S', 'Q') || element.vr == 0;
    const std::byte* at = canBeSequence && element.length >= 8 ? m_source.view(element.valueOffset, 4) : nullptr;
    return at && loadTag(at, encoding.bigEndian) == kItemTag;
}

void Reading::take(const Element& element, const Level& level, const std::vector<Want>& matched)
{
    for (const Want want : matched) {
        if (want.step + 1 != m_paths[want.path].steps.size()) {
            continue;
        }
        const bool isShort = element.length <= AttributeReader::kLongestAttribute;
        const std::byte* value =
            isShort && element.length > 0 ? m_source.view(element.valueOffset, element.length) : nullptr;
        m_values.add(want.path, element, value, {level.charset, level.encoding.bigEndian});
    }
}

Encoding encodingOf(ByteSource& source, const InstanceHeader& header, const TransferSyntax* syntax)
{
    const Encoding declared = syntax ? syntax->encoding : kExplicitLittleEndian;
    if ((syntax && syntax->isDeflated) || startsLike(source, header.dataSetOffset, declared)) {
        return declared;
    }
    return guessEncoding(source, header.dataSetOffset).value_or(declared); // as HeaderReader judged it
}

Result<AttributeSet> readFrom(ByteSource& source, const std::vector<AttributePath>& paths, const InstanceHeader& header)
{
    const auto* syntax = TransferSyntax::find(header.transferSyntaxUid.value);
    const Encoding encoding = encodingOf(source, header, syntax);
    if (syntax && syntax->isDeflated) {
        InflateSource inflated(source, header.dataSetOffset);
        return Reading(inflated, paths).run(0, encoding, header);
    }
    return Reading(source, paths).run(header.dataSetOffset, encoding, header);
}

} // namespace

struct AttributeReader::Private
{
    std::vector<AttributePath> paths;
    FileSource file;
};

AttributeReader::AttributeReader(std::vector<AttributePath> paths)
    : d(std::make_unique<Private>())
{
    std::erase_if(paths, [](const AttributePath& path) { return path.steps.empty(); });
    d->paths = std::move(paths);
}

AttributeReader::~AttributeReader() = default;

const std::vector<AttributePath>& AttributeReader::paths() const
{
    return d->paths;
}

Result<AttributeSet> AttributeReader::readFile(const QString& path, const InstanceHeader& header)
{
    if (d->paths.empty()) {
        return AttributeSet();
    }
    if (const auto opened = d->file.open(path); !opened) {
        return fail(opened.error());
    }
    auto found = readFrom(d->file, d->paths, header);
    d->file.close();
    return found;
}

Result<AttributeSet> AttributeReader::readBytes(std::span<const std::byte> file, const InstanceHeader& header)
{
    MemorySource source(file);
    return readFrom(source, d->paths, header);
}

} // namespace radpost::dicom
