#pragma once

#include "core/dicom/InstanceHeader.h"

#include <QByteArray>
#include <QString>

#include <span>
#include <string_view>

namespace radpost::dicom {

/// Where ISO 2022 shifts end besides line ends (PS3.5 6.1.2.5.3).
enum class TextKind {
    Text,       ///< SH, LO, UC: at the backslash
    LongText,   ///< ST, LT, UT: nowhere else, a backslash is a character
    PersonName, ///< PN: at the backslash, '^' and '='
};

struct DecodedText
{
    QString text;
    bool isFaultless = true; ///< false: bytes that the set does not have became U+FFFD
};

/// The character sets of one data set: PS3.3 C.12.1.1.2, code extension by ISO 2022 included, misspelled terms
/// tolerated. A value type; decoding is safe from any thread.
class CharacterSet final
{
public:
    /// The default repertoire, ASCII.
    CharacterSet();

    /// @p declared is the value of Specific Character Set (0008,0005), values separated by backslash. Unknown terms
    /// make the set unknown: only ASCII decodes without a fault.
    [[nodiscard]] static CharacterSet fromDeclared(std::string_view declared);

    /// The defined term, or terms with a backslash between; "ISO_IR 6" for the default.
    [[nodiscard]] const QByteArray& name() const { return m_name; }

    [[nodiscard]] DecodedText decode(std::string_view bytes, TextKind kind) const;

private:
    QByteArray m_name;
};

struct CharsetChoice
{
    CharacterSet set;
    CharsetVerdict verdict = CharsetVerdict::Defaulted;
};

/// Decides how the texts of one data set are to be read. Trusts what is declared unless the bytes speak against it: not
/// decodable, or declared as (or defaulted to) a single-byte set while all of it is UTF-8 or plausible Chinese.
[[nodiscard]] CharsetChoice chooseCharacterSet(std::string_view declared, std::span<const std::string_view> texts);

} // namespace radpost::dicom
