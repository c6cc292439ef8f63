#include "core/dicom/KeyMatch.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::dicom {

namespace {

constexpr qsizetype kDateDigits = 8;
constexpr qsizetype kTimeDigits = 12; ///< HHMMSS and microseconds

std::u32string wide(QStringView text)
{
    const auto points = text.toUcs4();
    return {points.begin(), points.end()};
}

/// Without padding; a delimiter alone has none, which is an empty key.
QStringList valuesIn(const QString& text)
{
    QStringList values;
    for (const auto& one : text.split(u'\\')) {
        if (const auto value = one.trimmed(); !value.isEmpty()) {
            values.append(value);
        }
    }
    return values;
}

bool isForAll(const QString& value)
{
    return std::all_of(value.begin(), value.end(), [](QChar c) { return c == u'*'; });
}

bool hasWildcard(QStringView text)
{
    return text.contains(u'*') || text.contains(u'?');
}

/// Greedy with one point to go back to: at worst the product of both lengths.
bool matchesGlob(const std::u32string& pattern, const std::u32string& text)
{
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = std::u32string::npos;
    std::size_t resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == U'*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size() && (pattern[p] == U'?' || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (star != std::u32string::npos) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    return std::all_of(
        pattern.begin() + static_cast<std::ptrdiff_t>(p), pattern.end(), [](char32_t c) { return c == U'*'; });
}

/// A component group as it is compared: without case, and without the delimiters that only end it.
QString folded(const QString& group)
{
    auto text = group.trimmed().toCaseFolded();
    while (text.endsWith(u'^') || text.endsWith(u' ')) {
        text.chop(1);
    }
    return text;
}

/// Dates and times of before DICOM 3.0 have points and colons (PS3.5 6.2); a fraction has a point.
QString digitsOf(const QString& value)
{
    QString digits;
    for (const QChar c : value) {
        if (c != u'.' && c != u':' && c != u' ') {
            digits += c;
        }
    }
    return digits;
}

bool isDigits(const QString& text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

QString earliest(const QString& time)
{
    return time.leftJustified(kTimeDigits, u'0', true);
}

QString latest(const QString& time)
{
    return time.leftJustified(kTimeDigits, u'9', true);
}

bool isTimeShape(const QString& digits)
{
    return isDigits(digits) && digits.size() <= kTimeDigits && digits.size() >= 2 &&
        (digits.size() >= 6 || digits.size() % 2 == 0);
}

} // namespace

KeyMatch::Family KeyMatch::familyOf(const QByteArray& vr)
{
    if (vr == "PN") {
        return Family::Name;
    }
    if (vr == "UI") {
        return Family::Uid;
    }
    if (vr == "DA") {
        return Family::Date;
    }
    if (vr == "TM") {
        return Family::Time;
    }
    static const QSet<QByteArray> kNumbers{"IS", "DS", "US", "SS", "UL", "SL", "FL", "FD", "UV", "SV"};
    return kNumbers.contains(vr) ? Family::Number : Family::Text;
}

Result<KeyMatch> KeyMatch::parse(const QByteArray& vr, const QString& value)
{
    KeyMatch key;
    key.m_family = familyOf(vr);
    const auto values = valuesIn(value);
    if (std::all_of(values.begin(), values.end(), isForAll)) {
        return key;
    }
    const bool isMoment = key.m_family == Family::Date || key.m_family == Family::Time;
    auto parsed = isMoment ? parseMoments(key, values) : parseValues(key, values);
    return parsed ? Result<KeyMatch>(std::move(key)) : fail(std::move(parsed.error()));
}

Result<> KeyMatch::parseValues(KeyMatch& key, const QStringList& values)
{
    key.m_kind = Kind::Values;
    key.m_values = values;
    const bool isUid = key.m_family == Family::Uid;
    if (key.m_values.size() > (isUid ? kMostUids : kMostTexts)) {
        return fail(ErrorCode::InvalidArgument, u"%1 values"_s.arg(key.m_values.size()));
    }
    if (isUid) {
        key.m_uids = {key.m_values.begin(), key.m_values.end()};
        return {};
    }
    for (const auto& one : std::as_const(key.m_values)) {
        if (one.size() > kMostTextLength) {
            return fail(ErrorCode::InvalidArgument, u"a value of %1 characters"_s.arg(one.size()));
        }
        Pattern pattern;
        const bool isName = key.m_family == Family::Name;
        pattern.hasWildcards = hasWildcard(one);
        pattern.text = wide(isName ? folded(one) : one);
        if (isName && one.contains(u'=')) {
            for (const auto& group : one.split(u'=')) {
                pattern.groups.push_back(wide(folded(group)));
            }
        }
        key.m_patterns.push_back(std::move(pattern));
    }
    return {};
}

Result<> KeyMatch::parseMoments(KeyMatch& key, const QStringList& values)
{
    const bool isDate = key.m_family == Family::Date;
    const auto isRight = [isDate](const QString& digits) {
        return isDate ? isDigits(digits) && digits.size() == kDateDigits : isTimeShape(digits);
    };
    const auto& value = values.first();
    const auto dash = value.indexOf(u'-');
    if (dash < 0 || values.size() > 1) {
        key.m_kind = Kind::Values;
        for (const auto& one : values) {
            key.m_values.append(digitsOf(one));
        }
        const bool areRight =
            key.m_values.size() <= kMostTexts && std::all_of(key.m_values.begin(), key.m_values.end(), isRight);
        return areRight ? Result<>() : fail(ErrorCode::InvalidArgument, u"no date or time"_s);
    }
    key.m_from = digitsOf(value.left(dash));
    key.m_to = digitsOf(value.mid(dash + 1));
    const bool isOne = (key.m_from.isEmpty() || isRight(key.m_from)) && (key.m_to.isEmpty() || isRight(key.m_to));
    key.m_kind = key.m_from.isEmpty() && key.m_to.isEmpty() ? Kind::Universal : Kind::Range;
    return isOne ? Result<>() : fail(ErrorCode::InvalidArgument, u"no range of dates or times"_s);
}

bool KeyMatch::isSingle() const
{
    return m_kind == Kind::Values && m_values.size() == 1 && !hasWildcards();
}

bool KeyMatch::hasWildcards() const
{
    return m_family == Family::Uid
        ? std::any_of(m_values.begin(), m_values.end(), [](const QString& uid) { return hasWildcard(uid); })
        : std::any_of(m_patterns.begin(), m_patterns.end(), [](const Pattern& one) { return one.hasWildcards; });
}

bool KeyMatch::matches(const QString& value) const
{
    if (isUniversal()) {
        return true;
    }
    if (!value.contains(u'\\')) {
        return matchesOne(value);
    }
    const auto values = value.split(u'\\');
    return std::any_of(values.begin(), values.end(), [this](const QString& one) { return matchesOne(one); });
}

bool KeyMatch::matchesOne(const QString& value) const
{
    switch (m_family) {
    case Family::Uid:
        return m_uids.contains(value);
    case Family::Date:
    case Family::Time:
        return matchesMoment(value);
    case Family::Name:
        return matchesName(value);
    case Family::Number:
        return matchesNumber(value);
    case Family::Text:
        break;
    }
    return matchesText(value);
}

bool KeyMatch::matchesMoment(const QString& value) const
{
    const auto digits = digitsOf(value);
    if (digits.isEmpty() || !isDigits(digits)) {
        return false;
    }
    const bool isDate = m_family == Family::Date;
    const auto instant = isDate ? digits : earliest(digits);
    if (m_kind == Kind::Values) {
        return std::any_of(m_values.begin(), m_values.end(),
            [&](const QString& one) { return (isDate ? one : earliest(one)) == instant; });
    }
    const auto from = isDate ? m_from : earliest(m_from);
    const auto to = isDate ? m_to : latest(m_to);
    return (m_from.isEmpty() || instant >= from) && (m_to.isEmpty() || instant <= to);
}

bool KeyMatch::matchesName(const QString& value) const
{
    std::vector<std::u32string> groups;
    for (const auto& group : value.split(u'=')) {
        groups.push_back(wide(folded(group)));
    }
    const auto fits = [](const std::u32string& pattern, bool isGlob, const std::u32string& group) {
        // "WANG^*" means the family name WANG, given name or not.
        return isGlob ? matchesGlob(pattern, group) || matchesGlob(pattern, group + U"^^^^") : pattern == group;
    };
    return std::any_of(m_patterns.begin(), m_patterns.end(), [&](const Pattern& pattern) {
        if (pattern.groups.empty()) {
            return std::any_of(groups.begin(), groups.end(),
                [&](const auto& group) { return fits(pattern.text, pattern.hasWildcards, group); });
        }
        for (std::size_t i = 0; i < pattern.groups.size(); ++i) {
            const auto& wanted = pattern.groups[i];
            if (!wanted.empty() && (i >= groups.size() || !fits(wanted, pattern.hasWildcards, groups[i]))) {
                return false;
            }
        }
        return true;
    });
}

bool KeyMatch::matchesNumber(const QString& value) const
{
    bool isNumber = false;
    const double number = value.trimmed().toDouble(&isNumber);
    return std::any_of(m_values.begin(), m_values.end(), [&](const QString& one) {
        bool isWantedNumber = false;
        const double wanted = one.toDouble(&isWantedNumber);
        return isNumber && isWantedNumber ? number == wanted : value.trimmed() == one;
    });
}

bool KeyMatch::matchesText(const QString& value) const
{
    const auto text = wide(value.trimmed());
    return std::any_of(m_patterns.begin(), m_patterns.end(), [&text](const Pattern& pattern) {
        return pattern.hasWildcards ? matchesGlob(pattern.text, text) : pattern.text == text;
    });
}

bool KeyMatch::matchesTogether(
    const KeyMatch& date, const KeyMatch& time, const QString& dateValue, const QString& timeValue)
{
    const auto day = digitsOf(dateValue);
    if (day.isEmpty()) {
        return false;
    }
    const QString instant = day + earliest(digitsOf(timeValue));
    const QString from = date.m_from + earliest(time.m_from);
    const QString to = date.m_to + latest(time.m_to);
    return (date.m_from.isEmpty() || instant >= from) && (date.m_to.isEmpty() || instant <= to);
}

} // namespace radpost::dicom
