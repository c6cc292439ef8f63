#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QSet>
#include <QString>
#include <QStringList>

#include <vector>

namespace radpost::dicom {

/// One key of a query: which values match it (PS3.4 C.2.2.2). A value; pure, any thread.
///
/// Text matches exactly, capital letters included; person names without regard to case, to trailing component
/// delimiters, and, where the key has one component group only, in any group of the value. Several values in a key, and
/// wildcards in each of them, match when one does: more than the Standard has for text, and what users mean. Times
/// match by their instant, an end of a range as far as it is precise. "*" alone asks for everything, whatever the VR,
/// and so do delimiters without a value between.
class KeyMatch final
{
public:
    enum class Kind { Universal, Values, Range };

    /// Longer texts, and more texts with wildcards, are nobody's query and could keep a processor busy.
    static constexpr qsizetype kMostTextLength = 256;
    static constexpr qsizetype kMostTexts = 100;
    static constexpr qsizetype kMostUids = 10'000;

    /// @p vr as the dictionary has it, "PN". Errors: InvalidArgument (no date or time, too long, too many values).
    [[nodiscard]] static Result<KeyMatch> parse(const QByteArray& vr, const QString& value);

    /// Universal.
    KeyMatch() = default;

    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] bool isUniversal() const { return m_kind == Kind::Universal; }
    /// Exactly one value, no wildcard.
    [[nodiscard]] bool isSingle() const;
    [[nodiscard]] bool hasWildcards() const;
    /// Of Values, as they came, without padding.
    [[nodiscard]] const QStringList& values() const { return m_values; }
    /// Of Range, in digits only, empty when that end is open.
    [[nodiscard]] const QString& from() const { return m_from; }
    [[nodiscard]] const QString& to() const { return m_to; }

    /// @p value as a data set has it; of several values separated by backslash one is enough.
    [[nodiscard]] bool matches(const QString& value) const;

    /// Date and time as one instant (PS3.4 C.2.2.2.5.4); both are ranges.
    [[nodiscard]] static bool matchesTogether(
        const KeyMatch& date, const KeyMatch& time, const QString& dateValue, const QString& timeValue);

private:
    enum class Family { Text, Name, Uid, Date, Time, Number };

    struct Pattern
    {
        std::u32string text;
        bool hasWildcards = false;
        std::vector<std::u32string> groups{}; ///< of a name, when the key has more than one component group
    };

    [[nodiscard]] static Family familyOf(const QByteArray& vr);
    [[nodiscard]] static Result<> parseValues(KeyMatch& key, const QStringList& values);
    [[nodiscard]] static Result<> parseMoments(KeyMatch& key, const QStringList& values);
    [[nodiscard]] bool matchesOne(const QString& value) const;
    [[nodiscard]] bool matchesMoment(const QString& value) const;
    [[nodiscard]] bool matchesName(const QString& value) const;
    [[nodiscard]] bool matchesNumber(const QString& value) const;
    [[nodiscard]] bool matchesText(const QString& value) const;

    Kind m_kind = Kind::Universal;
    Family m_family = Family::Text;
    QStringList m_values;
    QSet<QString> m_uids;
    std::vector<Pattern> m_patterns;
    QString m_from;
    QString m_to;
};

} // namespace radpost::dicom
