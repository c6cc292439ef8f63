#include "core/dicom/CharsetChoice.h"

#include "core/dicom/ChineseText_p.h"
#include "core/dicom/GraphicSet_p.h"
#include "core/dicom/Iso2022Decoder_p.h"

#include <algorithm>
#include <string>

namespace radpost::dicom {

namespace {

using Texts = std::span<const std::string_view>;

constexpr std::string_view kUtf8 = "ISO_IR 192";
constexpr std::string_view kGb18030 = "GB18030";
constexpr std::string_view kLatin1 = "ISO_IR 100";

/// What the bytes are, whatever was declared.
struct Survey
{
    bool hasUpper = false;
    bool hasEscape = false;

    explicit Survey(Texts texts)
    {
        for (const std::string_view text : texts) {
            for (const char c : text) {
                hasUpper = hasUpper || static_cast<signed char>(c) < 0;
                hasEscape = hasEscape || c == kEscape;
            }
        }
    }
};

/// The texts decoded as UTF-8, blanks between; nothing when one of them is not UTF-8.
std::optional<QString> asUtf8(Texts texts)
{
    QString all;
    for (const std::string_view text : texts) {
        if (!convertText(TextCodec::Utf8, text, all)) {
            return std::nullopt;
        }
        all += u' ';
    }
    return all;
}

QString asGb18030(Texts texts)
{
    QString all;
    for (const std::string_view text : texts) {
        convertText(TextCodec::Gb18030, text, all);
    }
    return all;
}

bool isEastAsian(QChar c)
{
    const char16_t code = c.unicode();
    return (code >= 0x3040 && code <= 0x9FFF) || (code >= 0xAC00 && code <= 0xD7A3);
}

bool isExtendedLatin(QChar c)
{
    return c.unicode() >= 0xA0 && c.unicode() <= 0x24F;
}

/// UTF-8 that Latin-1, or GBK where @p gbPossible, cannot be by chance.
bool isSurelyUtf8(const QString& text, bool gbPossible)
{
    const auto isUsual = [](QChar c) { return c.unicode() < 0x80 || isEastAsian(c) || isExtendedLatin(c); };
    return !gbPossible || std::all_of(text.begin(), text.end(), isUsual);
}

/// All upper-half bytes are letters of Latin-1.
bool looksLikeLatin1(Texts texts)
{
    const auto isLatin1 = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x80 || (byte >= 0xC0 && byte != 0xD7 && byte != 0xF7);
    };
    return std::all_of(texts.begin(), texts.end(),
        [isLatin1](std::string_view text) { return std::all_of(text.begin(), text.end(), isLatin1); });
}

bool decodesWithoutFault(const CharacterSet& set, Texts texts)
{
    return std::all_of(texts.begin(), texts.end(),
        [&set](std::string_view text) { return set.decode(text, TextKind::PersonName).isFaultless; });
}

/// The terms that the escape sequences of the texts need and @p set does not declare, e.g. "\ISO 2022 IR 87".
std::string undeclaredTerms(const CharacterSet& set, Texts texts)
{
    std::string terms;
    for (const std::string_view text : texts) {
        for (size_t at = text.find(kEscape); at != std::string_view::npos; at = text.find(kEscape, at + 1)) {
            const GraphicSet* graphic = graphicSetOfEscape(text.substr(at + 1));
            if (!graphic || graphic->term == 6 || set.declares(graphic->term)) {
                continue;
            }
            // JIS X 0201 Roman is what Japanese programs return to instead of ASCII, declared or not.
            const std::string term = "\\ISO 2022 IR " + std::to_string(graphic->term);
            if (graphic->registration != 14 && terms.find(term) == std::string::npos) {
                terms += term;
            }
        }
    }
    return terms;
}

CharsetChoice mislabelled(std::string_view as)
{
    return {CharacterSet::fromDeclared(as), CharsetVerdict::Mislabelled};
}

/// Sets that may stand in for one that does not fit.
std::optional<CharsetChoice> detect(Texts texts, bool latinPossible)
{
    const auto utf8 = asUtf8(texts);
    const bool gbPossible = looksLikeGb18030(texts);
    if (utf8 && isSurelyUtf8(*utf8, gbPossible)) {
        return mislabelled(kUtf8);
    }
    if (gbPossible) {
        return mislabelled(kGb18030);
    }
    if (latinPossible && looksLikeLatin1(texts)) {
        return mislabelled(kLatin1);
    }
    return std::nullopt;
}

/// A declared single-byte set other than Latin-1 has letters everywhere in the upper half, so that its text is often
/// valid UTF-8 by chance; only East Asian text is no chance.
bool isUtf8InsteadOf(const CharacterSet& set, Texts texts)
{
    if (!set.isSingleByte()) {
        return false;
    }
    const auto utf8 = asUtf8(texts);
    return utf8 && std::count_if(utf8->begin(), utf8->end(), isEastAsian) >= 2;
}

/// UTF-8 declared as GB18030 or GBK: most UTF-8 is valid there, but of hanzi that nobody uses.
bool isUtf8InsteadOfGb(const CharacterSet& set, Texts texts)
{
    const auto utf8 = set.isStandAlone() && set.name() != kUtf8.data() ? asUtf8(texts) : std::nullopt;
    return utf8 && commonHanziCount(*utf8) > commonHanziCount(asGb18030(texts));
}

CharsetChoice chooseForUpperHalf(const CharacterSet& set, Texts texts)
{
    const bool isLatinOrNothing = set.isSingleByte() && (set.declares(6) || set.declares(100));
    if (isLatinOrNothing) {
        if (const auto detected = detect(texts, set.declares(6))) {
            return *detected;
        }
    } else if (isUtf8InsteadOf(set, texts) || isUtf8InsteadOfGb(set, texts)) {
        return mislabelled(kUtf8);
    }
    if (decodesWithoutFault(set, texts)) {
        return {set, CharsetVerdict::Declared};
    }
    const auto detected = isLatinOrNothing ? std::nullopt : detect(texts, true);
    return detected.value_or(CharsetChoice{set, CharsetVerdict::Undecodable});
}

} // namespace

CharsetChoice chooseCharacterSet(std::string_view declared, Texts texts)
{
    const CharacterSet set = CharacterSet::fromDeclared(declared);
    const Survey survey(texts);
    if (!survey.hasUpper && !survey.hasEscape) {
        return {set, declared.empty() ? CharsetVerdict::Defaulted : CharsetVerdict::Declared};
    }
    if (survey.hasEscape) {
        if (const std::string missing = undeclaredTerms(set, texts); !missing.empty()) {
            const auto extended =
                CharacterSet::fromDeclared((set.isStandAlone() ? "" : set.name().toStdString()) + missing);
            return {extended,
                decodesWithoutFault(extended, texts) ? CharsetVerdict::Mislabelled : CharsetVerdict::Undecodable};
        }
    }
    if (survey.hasUpper) {
        return chooseForUpperHalf(set, texts);
    }
    return {set, decodesWithoutFault(set, texts) ? CharsetVerdict::Declared : CharsetVerdict::Undecodable};
}

} // namespace radpost::dicom
