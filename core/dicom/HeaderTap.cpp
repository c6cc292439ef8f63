#include "core/dicom/HeaderTap.h"

#include "core/dicom/ElementWalker_p.h"
#include "core/dicom/TapFields_p.h"
#include "core/dicom/TransferSyntax.h"

#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <vector>

namespace radpost::dicom {

namespace {

constexpr std::size_t kShortHead = 8;
constexpr std::size_t kLongHead = 12;
constexpr quint16 kPixelDataGroup = 0x7FE0;
constexpr quint32 kUndefined = 0xFFFFFFFFU;
constexpr qint64 kMostInflated = qint64(64) << 20; ///< no header needs more; the rest is made to hurt
constexpr std::size_t kInflateChunk = 16 * 1024;

/// VRs whose length has 32 bits behind two reserved bytes (PS3.5 7.1.2); one of a later edition has it, too.
bool hasLongHead(VrCode vr)
{
    constexpr std::string_view shorts = "AEASATCSDADSDTFLFDISLOLTPNSHSLSSSTTMUIULUS";
    const char letters[2] = {static_cast<char>(vr >> 8), static_cast<char>(vr & 0xFF)};
    for (std::size_t i = 0; i < shorts.size(); i += 2) {
        if (shorts.compare(i, 2, letters, 2) == 0) {
            return false;
        }
    }
    return true;
}

bool isLetterPair(VrCode vr)
{
    const int first = vr >> 8;
    const int second = vr & 0xFF;
    return first >= 'A' && first <= 'Z' && second >= 'A' && second <= 'Z';
}

/// A sequence or an item of undefined length that is open.
struct OpenLevel
{
    Encoding encoding;
    bool isSequence = false;
    bool isUnknown = false; ///< of a UN: its first element tells the encoding
};

/// A deflated data set is inflated on the way.
struct Inflater
{
    z_stream z = {};
    bool isReady = inflateInit2(&z, -MAX_WBITS) == Z_OK;
    qint64 made = 0;

    Inflater() = default;
    ~Inflater() { inflateEnd(&z); }
    Q_DISABLE_COPY_MOVE(Inflater)
};

} // namespace

struct HeaderTap::Private
{
    enum class Stage { Head, Value, Skip, Done, Broken };

    void start(const TransferSyntaxUid& syntaxUid);
    void feed(std::span<const std::byte> bytes);
    void inflate(std::span<const std::byte> packed);
    void walk(std::span<const std::byte> bytes);
    std::size_t takeHead(std::span<const std::byte> bytes);
    std::size_t takeValue(std::span<const std::byte> bytes);
    [[nodiscard]] std::size_t headSize() const;
    [[nodiscard]] Element parseHead() const;
    [[nodiscard]] Encoding& encoding() { return levels.empty() ? outer : levels.back().encoding; }
    [[nodiscard]] const Encoding& encoding() const { return levels.empty() ? outer : levels.back().encoding; }
    void chooseByFirst();
    void onElement(const Element& element);
    void onDelimiter(const Element& element);
    void open(const Element& element, bool isSequence);
    void skip(quint32 length);
    [[nodiscard]] bool isOver() const { return stage == Stage::Done || stage == Stage::Broken; }

    TapFields fields;
    Encoding outer;
    std::unique_ptr<Inflater> inflater;
    std::vector<OpenLevel> levels;
    Stage stage = Stage::Done;
    bool isFirst = true;
    std::array<std::byte, kLongHead> head{};
    std::size_t headFilled = 0;
    std::string value;
    int field = TapFields::kNone;
    quint32 left = 0; ///< of a value that is taken or skipped
};

void HeaderTap::Private::start(const TransferSyntaxUid& syntaxUid)
{
    const auto* syntax = TransferSyntax::find(syntaxUid.value);
    fields.clear();
    outer = syntax != nullptr ? syntax->encoding : kExplicitLittleEndian;
    inflater = syntax != nullptr && syntax->isDeflated ? std::make_unique<Inflater>() : nullptr;
    levels.clear();
    stage = Stage::Head;
    isFirst = true;
    headFilled = 0;
}

void HeaderTap::Private::feed(std::span<const std::byte> bytes)
{
    if (isOver()) {
        return;
    }
    if (inflater) {
        inflate(bytes);
    } else {
        walk(bytes);
    }
}

void HeaderTap::Private::inflate(std::span<const std::byte> packed)
{
    std::array<std::byte, kInflateChunk> buffer;
    auto& z = inflater->z;
    z.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(packed.data()));
    z.avail_in = static_cast<uInt>(packed.size());
    bool isFull = true;
    while (!isOver() && (z.avail_in > 0 || isFull)) {
        z.next_out = reinterpret_cast<Bytef*>(buffer.data());
        z.avail_out = static_cast<uInt>(buffer.size());
        const int outcome = inflater->isReady ? ::inflate(&z, Z_NO_FLUSH) : Z_STREAM_ERROR;
        const std::size_t made = buffer.size() - z.avail_out;
        isFull = z.avail_out == 0;
        inflater->made += static_cast<qint64>(made);
        walk(std::span(buffer).first(made));
        if (isOver() || outcome == Z_BUF_ERROR) {
            return;
        }
        if (outcome != Z_OK || inflater->made > kMostInflated) {
            stage = outcome == Z_STREAM_END ? Stage::Done : Stage::Broken;
        }
    }
}

void HeaderTap::Private::walk(std::span<const std::byte> bytes)
{
    while (!bytes.empty() && !isOver()) {
        std::size_t used = 0;
        if (stage == Stage::Skip) {
            used = std::min<std::size_t>(left, bytes.size());
            left -= static_cast<quint32>(used);
            stage = left == 0 ? Stage::Head : Stage::Skip;
        } else {
            used = stage == Stage::Head ? takeHead(bytes) : takeValue(bytes);
        }
        bytes = bytes.subspan(used);
    }
}

std::size_t HeaderTap::Private::takeHead(std::span<const std::byte> bytes)
{
    std::size_t used = 0;
    const auto fillUpTo = [&](std::size_t wanted) {
        const auto count = std::min(wanted - std::min(wanted, headFilled), bytes.size() - used);
        std::memcpy(head.data() + headFilled, bytes.data() + used, count);
        headFilled += count;
        used += count;
        return headFilled >= wanted;
    };
    if (!fillUpTo(kShortHead)) {
        return used;
    }
    if (headFilled == kShortHead) {
        chooseByFirst();
    }
    if (fillUpTo(headSize())) {
        headFilled = 0;
        onElement(parseHead());
    }
    return used;
}

/// Declared one way and written another, or not known: the first element shows whether there are VRs.
void HeaderTap::Private::chooseByFirst()
{
    const bool isNew = levels.empty() ? isFirst : levels.back().isUnknown && !levels.back().isSequence;
    const auto tag = loadTag(head.data(), encoding().bigEndian);
    if (!isNew || (tag >> 16) == 0xFFFE) {
        return;
    }
    const bool hasVr = isKnownVr(loadVr(head.data() + 4));
    if (levels.empty()) {
        outer.explicitVr = hasVr;
        outer.bigEndian = hasVr && outer.bigEndian;
        isFirst = false;
    } else {
        levels.back().encoding = hasVr ? kExplicitLittleEndian : kImplicitLittleEndian;
        levels.back().isUnknown = false;
    }
}

std::size_t HeaderTap::Private::headSize() const
{
    const auto tag = loadTag(head.data(), encoding().bigEndian);
    const VrCode vr = loadVr(head.data() + 4);
    const bool isLong = encoding().explicitVr && (tag >> 16) != 0xFFFE && isLetterPair(vr) && hasLongHead(vr);
    return isLong ? kLongHead : kShortHead;
}

Element HeaderTap::Private::parseHead() const
{
    const bool big = encoding().bigEndian;
    Element element;
    element.tag = loadTag(head.data(), big);
    const VrCode vr = loadVr(head.data() + 4);
    if (!encoding().explicitVr || element.group() == 0xFFFE || !isLetterPair(vr)) {
        element.length = load32(head.data() + 4, big);
        return element;
    }
    element.vr = vr;
    element.length = hasLongHead(vr) ? load32(head.data() + 8, big) : load16(head.data() + 6, big);
    return element;
}

void HeaderTap::Private::onElement(const Element& element)
{
    if (element.group() == 0xFFFE) {
        onDelimiter(element);
        return;
    }
    if (levels.empty() && (element.tag > TapFields::kLastTag || element.group() >= kPixelDataGroup)) {
        stage = Stage::Done;
    } else if (element.isUndefinedLength()) {
        open(element, true);
    } else {
        field = levels.empty() ? TapFields::indexOf(element.tag) : TapFields::kNone;
        const bool isWanted = field != TapFields::kNone && element.length <= TapFields::kLongestValue;
        skip(element.length);
        if (isWanted && element.length > 0) {
            value.clear();
            stage = Stage::Value;
        }
    }
}

void HeaderTap::Private::onDelimiter(const Element& element)
{
    if (element.tag == kItemTag && element.length == kUndefined) {
        open(element, false);
        return;
    }
    if (element.tag == kItemTag) {
        skip(element.length);
        return;
    }
    // The end of a sequence ends an item whose own delimiter was forgotten.
    if (element.tag == kSequenceDelimiterTag && !levels.empty() && !levels.back().isSequence) {
        levels.pop_back();
    }
    const bool fits = !levels.empty() && levels.back().isSequence == (element.tag == kSequenceDelimiterTag);
    if (fits) {
        levels.pop_back();
    }
}

void HeaderTap::Private::open(const Element& element, bool isSequence)
{
    if (levels.size() >= std::size_t(ElementWalker::kMaxDepth)) {
        stage = Stage::Broken;
        return;
    }
    const bool isUnknown = isSequence ? element.vr == vrCode('U', 'N') : !levels.empty() && levels.back().isUnknown;
    auto inner = encoding();
    if (isSequence && isUnknown && !inner.bigEndian) {
        inner = kImplicitLittleEndian; // PS3.5 6.2.2, note 2
    }
    levels.push_back({inner, isSequence, isUnknown});
}

void HeaderTap::Private::skip(quint32 length)
{
    left = length;
    stage = length == 0 ? Stage::Head : Stage::Skip;
}

std::size_t HeaderTap::Private::takeValue(std::span<const std::byte> bytes)
{
    const auto used = std::min<std::size_t>(left, bytes.size());
    value.append(reinterpret_cast<const char*>(bytes.data()), used);
    left -= static_cast<quint32>(used);
    if (left == 0) {
        fields.set(field, value, outer.bigEndian);
        stage = Stage::Head;
    }
    return used;
}

HeaderTap::HeaderTap()
    : d(std::make_unique<Private>())
{
}

HeaderTap::~HeaderTap() = default;

void HeaderTap::start(const TransferSyntaxUid& transferSyntaxUid)
{
    d->start(transferSyntaxUid);
}

void HeaderTap::feed(std::span<const std::byte> bytes)
{
    d->feed(bytes);
}

bool HeaderTap::isDone() const
{
    return d->isOver();
}

IndexedHeader HeaderTap::take()
{
    const bool isAtElement = d->stage == Private::Stage::Head && d->headFilled == 0 && d->levels.empty();
    return d->fields.take(d->stage == Private::Stage::Done || isAtElement);
}

} // namespace radpost::dicom
