#include "core/config/Codecs_p.h"

#include "core/config/AddressRange.h"
#include "core/config/Fields.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace radpost::config::codecs {

namespace {

constexpr qsizetype kMaxHostLength = 253; // RFC 1035 2.3.4

struct Unit
{
    QStringView word;
    double factor;
};

const QString* textOf(const Scalar& value)
{
    return std::get_if<QString>(&value);
}

bool hasControlCharacter(QStringView text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.category() == QChar::Other_Control; });
}

// "1.5 MiB" with the units given; nothing when it is not a number and a unit, or not a whole count of the base unit.
std::optional<qint64> parseQuantity(QStringView text, std::span<const Unit> units)
{
    text = text.trimmed();
    qsizetype split = 0;
    while (split < text.size() && (text[split].isDigit() || text[split] == u'.')) {
        ++split;
    }
    bool isNumber = false;
    const double number = text.first(split).toDouble(&isNumber);
    const auto word = text.sliced(split).trimmed();
    const auto unit = std::find_if(
        units.begin(), units.end(), [word](const Unit& u) { return word.compare(u.word, Qt::CaseInsensitive) == 0; });
    if (!isNumber || unit == units.end()) {
        return std::nullopt;
    }
    constexpr double kExactlyCounted = 9e15; // below 2^53
    const double quantity = std::round(number * unit->factor);
    return quantity <= kExactlyCounted ? std::optional(static_cast<qint64>(quantity)) : std::nullopt;
}

constexpr double kKi = 1024;
constexpr std::array<Unit, 10> kSizeUnits{{{u"B", 1}, {u"KB", 1e3}, {u"MB", 1e6}, {u"GB", 1e9}, {u"KiB", kKi},
    {u"MiB", kKi* kKi}, {u"GiB", kKi* kKi* kKi}, {u"K", kKi}, {u"M", kKi* kKi}, {u"G", kKi* kKi* kKi}}};
constexpr std::array<Unit, 11> kRateUnits{{{u"B/s", 1}, {u"KB/s", 1e3}, {u"MB/s", 1e6}, {u"GB/s", 1e9}, {u"KiB/s", kKi},
    {u"MiB/s", kKi* kKi}, {u"GiB/s", kKi* kKi* kKi}, {u"bit/s", 1.0 / 8}, {u"kbit/s", 1e3 / 8}, {u"Mbit/s", 1e6 / 8},
    {u"Gbit/s", 1e9 / 8}}};
constexpr std::array<Unit, 6> kDurationUnits{
    {{u"ms", 1}, {u"s", 1e3}, {u"min", 60e3}, {u"m", 60e3}, {u"h", 3600e3}, {u"d", 86'400e3}}};

} // namespace

namespace {

// A list in a configuration is written by people.
constexpr qsizetype kMostItems = 4096;

std::optional<QStringList> parseList(const Scalar& value, bool (*isRight)(const QString&))
{
    QStringList items;
    if (const auto* list = std::get_if<QStringList>(&value)) {
        items = *list;
    } else if (const auto* text = textOf(value)) {
        items = text->isEmpty() ? QStringList() : QStringList{*text};
    } else {
        return std::nullopt;
    }
    const bool areRight = std::all_of(items.begin(), items.end(), isRight);
    return areRight && items.size() <= kMostItems ? std::optional(items) : std::nullopt;
}

} // namespace

std::optional<QStringList> parseAddresses(const Scalar& value)
{
    return parseList(value, [](const QString& text) { return parseAddressRange(text).has_value(); });
}

std::optional<QStringList> parseUids(const Scalar& value)
{
    constexpr qsizetype kMaxUid = 64; // PS3.5 9.1
    return parseList(value, [](const QString& text) {
        const auto isRight = [](QChar c) { return (c >= u'0' && c <= u'9') || c == u'.'; };
        return !text.isEmpty() && text.size() <= kMaxUid && std::all_of(text.begin(), text.end(), isRight);
    });
}

bool isWord(const Scalar& value, QStringView word)
{
    const auto* text = textOf(value);
    return text != nullptr && *text == word;
}

std::optional<QString> parseLine(const Scalar& value, qsizetype maxLength)
{
    const auto* text = textOf(value);
    if (text == nullptr || text->size() > maxLength || hasControlCharacter(*text)) {
        return std::nullopt;
    }
    return *text;
}

std::optional<QString> parseName(const Scalar& value)
{
    auto name = parseLine(value, kMaxNameLength);
    if (!name || name->isEmpty() || name->trimmed() != *name || name->startsWith(u'-')) {
        return std::nullopt;
    }
    return name;
}

std::optional<QString> parseHost(const Scalar& value)
{
    const auto* text = textOf(value);
    return text != nullptr && isValidHost(*text) ? std::optional(*text) : std::nullopt;
}

std::optional<QString> parseLanguage(const Scalar& value)
{
    if (isWord(value, u"auto")) {
        return QString();
    }
    if (isWord(value, u"en") || isWord(value, u"zh_CN")) {
        return *textOf(value);
    }
    return std::nullopt;
}

std::optional<QString> parseSecretReference(const Scalar& value)
{
    constexpr qsizetype kMaxLength = 4096;
    const auto reference = parseLine(value, kMaxLength);
    if (!reference || reference->isEmpty()) {
        return reference;
    }
    const bool isEnv = reference->startsWith(u"env:") && reference->size() > 4;
    const bool isFile = reference->startsWith(u"file:") && reference->size() > 5;
    return isEnv || isFile ? reference : std::nullopt;
}

std::optional<AeTitle> parseAeTitle(const Scalar& value)
{
    const auto* text = textOf(value);
    if (text == nullptr || !isValidAeTitle(*text)) {
        return std::nullopt;
    }
    return AeTitle{text->trimmed().toLatin1()};
}

std::optional<qint64> parseInteger(const Scalar& value, qint64 minimum, qint64 maximum)
{
    const auto* number = std::get_if<qint64>(&value);
    return number != nullptr && *number >= minimum && *number <= maximum ? std::optional(*number) : std::nullopt;
}

std::optional<qint64> parseDuration(const Scalar& value)
{
    const auto* text = textOf(value);
    return text ? parseQuantity(*text, kDurationUnits) : std::nullopt;
}

std::optional<qint64> parseSize(const Scalar& value)
{
    if (const auto* bytes = std::get_if<qint64>(&value)) {
        return *bytes;
    }
    const auto* text = textOf(value);
    return text ? parseQuantity(*text, kSizeUnits) : std::nullopt;
}

std::optional<qint64> parseRate(const Scalar& value)
{
    if (isWord(value, u"unlimited")) {
        return 0;
    }
    const auto* text = textOf(value);
    const auto rate = text ? parseQuantity(*text, kRateUnits) : std::nullopt;
    return rate && *rate > 0 ? rate : std::nullopt;
}

std::optional<std::optional<HoursWindow>> parseHours(const Scalar& value)
{
    const auto* text = textOf(value);
    if (text == nullptr) {
        return std::nullopt;
    }
    if (text->isEmpty()) {
        return std::optional<HoursWindow>();
    }
    if (const auto window = hoursFromText(*text)) {
        return std::make_optional(window); // an empty one inside would be "always"
    }
    return std::nullopt;
}

} // namespace radpost::config::codecs

namespace radpost::config {

std::optional<qint64> durationFromText(const QString& text)
{
    return codecs::parseDuration(text);
}

std::optional<qint64> sizeFromText(const QString& text)
{
    bool isNumber = false;
    const qint64 bytes = text.toLongLong(&isNumber);
    return isNumber ? std::optional(bytes) : codecs::parseSize(text);
}

bool isValidAeTitle(QStringView text)
{
    constexpr qsizetype kMaxLength = 16; // leading and trailing spaces are not significant, PS3.5 6.2
    const auto isAllowed = [](QChar c) { return c >= u' ' && c <= u'~' && c != u'\\'; };
    const auto trimmed = text.trimmed();
    return !trimmed.isEmpty() && trimmed.size() <= kMaxLength && std::all_of(text.begin(), text.end(), isAllowed);
}

namespace {

/// A resolver takes such a name for an address that nobody meant: "12345" and "0x3039" for 0.0.48.57.
bool endsInNumber(QStringView host)
{
    const auto name = host.endsWith(u'.') ? host.chopped(1) : host;
    const auto last = name.mid(name.lastIndexOf(u'.') + 1);
    const bool isHex = last.startsWith(u"0x", Qt::CaseInsensitive);
    const auto digits = isHex ? last.mid(2) : last;
    return std::all_of(digits.begin(), digits.end(),
        [isHex](QChar c) { return c.isDigit() || (isHex && ((c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F'))); });
}

} // namespace

bool isValidHost(QStringView text)
{
    // Letters beyond ASCII are for the resolver to judge; what would break an address or a log line is refused.
    const auto isAllowed = [](QChar c) {
        return c.isLetterOrNumber() || c == u'.' || c == u'-' || c == u'_' || c == u':' || c == u'%';
    };
    if (text.size() > codecs::kMaxHostLength || !std::all_of(text.begin(), text.end(), isAllowed)) {
        return false;
    }
    if (text.contains(u':') || endsInNumber(text)) {
        return parseIpAddress(text).has_value();
    }
    return !text.startsWith(u'-');
}

} // namespace radpost::config
