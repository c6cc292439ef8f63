#include "core/dicom/SyntaxGuess_p.h"

#include "core/dicom/ElementWalker_p.h"

namespace radpost::dicom {

namespace {

constexpr int kElementsToTry = 4;

// A data set of a composite instance starts with group 0008; command and file meta elements are looked at as well.
constexpr quint16 kHighestFirstGroup = 0x0010;

bool makesSense(ByteSource& source, qint64 offset, Encoding encoding)
{
    ElementWalker walker(source, encoding, offset);
    Element element;
    qint64 lastTag = -1;
    for (int i = 0; i < kElementsToTry; ++i) {
        const WalkStatus status = walker.next(element);
        if (status == WalkStatus::End) {
            return i > 0;
        }
        if (status != WalkStatus::Ok || element.tag <= lastTag || element.group() == 0xFFFE) {
            return false;
        }
        if ((encoding.explicitVr && !isKnownVr(element.vr)) || (i == 0 && element.group() > kHighestFirstGroup)) {
            return false;
        }
        if (element.isUndefinedLength()) {
            const std::byte* at = source.view(element.valueOffset, 4);
            return at && load16(at, encoding.bigEndian) == 0xFFFE;
        }
        lastTag = element.tag;
        if (walker.skipValue(element) != WalkStatus::Ok || walker.offset() - offset > ByteSource::kMaxView / 2) {
            return i > 0;
        }
    }
    return true;
}

} // namespace

bool startsLike(ByteSource& source, qint64 offset, Encoding encoding)
{
    const std::byte* at = source.view(offset, 8);
    if (!at) {
        return true; // nothing there that could speak against it
    }
    const bool hasVr = isKnownVr(loadVr(at + 4));
    return hasVr == encoding.explicitVr && load16(at, encoding.bigEndian) <= kHighestFirstGroup;
}

std::optional<Encoding> guessEncoding(ByteSource& source, qint64 offset)
{
    for (const Encoding encoding : {kExplicitLittleEndian, kImplicitLittleEndian, kExplicitBigEndian}) {
        if (makesSense(source, offset, encoding)) {
            return encoding;
        }
    }
    return std::nullopt;
}

} // namespace radpost::dicom
