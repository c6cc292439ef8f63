#pragma once

#include "core/config/Expectation.h"
#include "core/config/Settings.h"

#include <array>
#include <chrono>
#include <limits>
#include <optional>
#include <utility>

// How single values of the configuration file are read and written. Each codec has Value, expects(), parse() and
// format(); parse() gives nothing when the value is not what it takes.
namespace radpost::config::codecs {

// Room for an address that stands for a name: "tls://", an AE title, a host of 253 characters and a port.
inline constexpr int kMaxNameLength = 320;

std::optional<QString> parseName(const Scalar& value);
std::optional<QString> parseHost(const Scalar& value);
std::optional<QString> parseLine(const Scalar& value, qsizetype maxLength);
std::optional<QString> parseLanguage(const Scalar& value);
std::optional<QString> parseSecretReference(const Scalar& value);
std::optional<AeTitle> parseAeTitle(const Scalar& value);
std::optional<qint64> parseInteger(const Scalar& value, qint64 minimum, qint64 maximum);
std::optional<qint64> parseDuration(const Scalar& value);
std::optional<qint64> parseSize(const Scalar& value);
std::optional<QStringList> parseAddresses(const Scalar& value);
std::optional<QStringList> parseUids(const Scalar& value);
std::optional<qint64> parseRate(const Scalar& value);
std::optional<std::optional<HoursWindow>> parseHours(const Scalar& value);
bool isWord(const Scalar& value, QStringView word);

struct Name
{
    using Value = QString;
    static Expectation expects() { return {ExpectedKind::Name, 1, kMaxNameLength, {}}; }
    static std::optional<Value> parse(const Scalar& value) { return parseName(value); }
    static Scalar format(const Value& value) { return value; }
};

struct Host
{
    using Value = QString;
    static Expectation expects() { return {ExpectedKind::Host, 0, 0, {}}; }
    static std::optional<Value> parse(const Scalar& value) { return parseHost(value); }
    static Scalar format(const Value& value) { return value; }
};

template <ExpectedKind Kind, qint64 MaxLength>
struct Line
{
    using Value = QString;
    static Expectation expects() { return {Kind, 0, MaxLength, {}}; }
    static std::optional<Value> parse(const Scalar& value) { return parseLine(value, MaxLength); }
    static Scalar format(const Value& value) { return value; }
};
using Text = Line<ExpectedKind::Text, 256>;
using Path = Line<ExpectedKind::Path, 4096>;

struct Language
{
    using Value = QString;
    static Expectation expects() { return {ExpectedKind::Language, 0, 0, {}}; }
    static std::optional<Value> parse(const Scalar& value) { return parseLanguage(value); }
    static Scalar format(const Value& value) { return value.isEmpty() ? QStringLiteral("auto") : value; }
};

struct SecretReference
{
    using Value = QString;
    static Expectation expects() { return {ExpectedKind::SecretReference, 0, 0, {}}; }
    static std::optional<Value> parse(const Scalar& value) { return parseSecretReference(value); }
    static Scalar format(const Value& value) { return value; }
};

enum class Presence { Required, MayBeEmpty };

template <Presence P>
struct AeTitleText
{
    using Value = AeTitle;
    static Expectation expects() { return {ExpectedKind::AeTitle, 1, 16, {}}; }
    static std::optional<Value> parse(const Scalar& value)
    {
        if (P == Presence::MayBeEmpty && isWord(value, u"")) {
            return AeTitle{};
        }
        return parseAeTitle(value);
    }
    static Scalar format(const Value& value) { return value.toString(); }
};

struct Boolean
{
    using Value = bool;
    static Expectation expects() { return {ExpectedKind::Boolean, 0, 0, {}}; }
    static std::optional<Value> parse(const Scalar& value)
    {
        const auto* truth = std::get_if<bool>(&value);
        return truth ? std::optional(*truth) : std::nullopt;
    }
    static Scalar format(Value value) { return value; }
};

template <typename T, qint64 Min, qint64 Max>
struct Integer
{
    static_assert(Min >= std::numeric_limits<T>::min() && Max <= qint64{std::numeric_limits<T>::max()});
    using Value = T;
    static Expectation expects() { return {ExpectedKind::Integer, Min, Max, {}}; }
    static std::optional<Value> parse(const Scalar& value)
    {
        const auto number = parseInteger(value, Min, Max);
        return number ? std::optional(static_cast<T>(*number)) : std::nullopt;
    }
    static Scalar format(Value value) { return qint64{value}; }
};

/// 0 in memory is a word in the file.
template <ExpectedKind Kind, int Max>
struct IntegerOrWord
{
    using Value = int;
    static constexpr QStringView kWord = Kind == ExpectedKind::IntegerOrAuto ? u"auto" : u"unlimited";
    static Expectation expects() { return {Kind, 1, Max, {}}; }
    static std::optional<Value> parse(const Scalar& value)
    {
        if (isWord(value, kWord)) {
            return 0;
        }
        const auto number = parseInteger(value, 1, Max);
        return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
    }
    static Scalar format(Value value) { return value == 0 ? Scalar(kWord.toString()) : Scalar(qint64{value}); }
};

template <qint64 MinMs, qint64 MaxMs>
struct Duration
{
    using Value = std::chrono::milliseconds;
    static Expectation expects() { return {ExpectedKind::Duration, MinMs, MaxMs, {}}; }
    static std::optional<Value> parse(const Scalar& value)
    {
        const auto ms = parseDuration(value);
        return ms && *ms >= MinMs && *ms <= MaxMs ? std::optional(Value(*ms)) : std::nullopt;
    }
    static Scalar format(Value value) { return durationText(value.count()); }
};

template <qint64 Min, qint64 Max>
struct Size
{
    using Value = quint32;
    static_assert(Max <= std::numeric_limits<Value>::max());
    static Expectation expects() { return {ExpectedKind::Size, Min, Max, {}}; }
    static std::optional<Value> parse(const Scalar& value)
    {
        const auto bytes = parseSize(value);
        return bytes && *bytes >= Min && *bytes <= Max ? std::optional(static_cast<Value>(*bytes)) : std::nullopt;
    }
    static Scalar format(Value value) { return sizeText(value); }
};

template <qint64 Min, qint64 Max>
struct Rate
{
    using Value = qint64;
    static Expectation expects() { return {ExpectedKind::Rate, Min, Max, {}}; }
    static std::optional<Value> parse(const Scalar& value)
    {
        const auto rate = parseRate(value);
        return rate && (*rate == 0 || (*rate >= Min && *rate <= Max)) ? rate : std::nullopt;
    }
    static Scalar format(Value value)
    {
        return value == 0 ? QStringLiteral("unlimited") : QString(sizeText(value) + QStringLiteral("/s"));
    }
};

/// A size that may be larger than memory.
template <qint64 Min, qint64 Max>
struct Volume
{
    using Value = qint64;
    static Expectation expects() { return {ExpectedKind::Size, Min, Max, {}}; }
    static std::optional<Value> parse(const Scalar& value)
    {
        const auto bytes = parseSize(value);
        return bytes && *bytes >= Min && *bytes <= Max ? bytes : std::nullopt;
    }
    static Scalar format(Value value) { return sizeText(value); }
};

/// Likewise; 0 in memory is "unlimited" in the file.
template <qint64 Min, qint64 Max>
struct VolumeOrUnlimited
{
    using Value = qint64;
    static Expectation expects() { return {ExpectedKind::SizeOrUnlimited, Min, Max, {}}; }
    static std::optional<Value> parse(const Scalar& value)
    {
        return isWord(value, u"unlimited") ? std::optional<Value>(0) : Volume<Min, Max>::parse(value);
    }
    static Scalar format(Value value) { return value == 0 ? QStringLiteral("unlimited") : sizeText(value); }
};

/// One text stands for a list of one.
template <ExpectedKind Kind>
struct TextList
{
    using Value = QStringList;
    static Expectation expects() { return {Kind, 0, 0, {}}; }
    static std::optional<Value> parse(const Scalar& value)
    {
        return Kind == ExpectedKind::UidList ? parseUids(value) : parseAddresses(value);
    }
    static Scalar format(const Value& value) { return value; }
};

/// A text that @p IsRight accepts, or an empty one.
template <ExpectedKind Kind, auto IsRight>
struct CheckedText
{
    using Value = QString;
    static Expectation expects() { return {Kind, 0, 0, {}}; }
    static std::optional<Value> parse(const Scalar& value)
    {
        auto text = parseLine(value, kMaxNameLength);
        return text && (text->isEmpty() || IsRight(*text)) ? text : std::nullopt;
    }
    static Scalar format(const Value& value) { return value; }
};
using LoopbackEndpoint = CheckedText<ExpectedKind::LoopbackEndpoint, &loopbackEndpoint>;
using AuditReceiverText = CheckedText<ExpectedKind::AuditReceiver, &auditReceiver>;

struct Hours
{
    using Value = std::optional<HoursWindow>;
    static Expectation expects() { return {ExpectedKind::Hours, 0, 0, {}}; }
    static std::optional<Value> parse(const Scalar& value) { return parseHours(value); }
    static Scalar format(const Value& value) { return value ? hoursToText(*value) : QString(); }
};

/// @p Words is an array of (enumerator, word); the first word of a value is what is written.
template <const auto& Words>
struct Choice
{
    using Value = std::remove_cvref_t<decltype(Words[0].first)>;
    static Expectation expects()
    {
        Expectation expectation{ExpectedKind::Choice, 0, 0, {}};
        for (const auto& [value, word] : Words) {
            expectation.choices.append(word.toString());
        }
        return expectation;
    }
    static std::optional<Value> parse(const Scalar& scalar)
    {
        for (const auto& [value, word] : Words) {
            if (isWord(scalar, word)) {
                return value;
            }
        }
        return std::nullopt;
    }
    static Scalar format(Value wanted)
    {
        for (const auto& [value, word] : Words) {
            if (value == wanted) {
                return word.toString();
            }
        }
        return {};
    }
};

} // namespace radpost::config::codecs
