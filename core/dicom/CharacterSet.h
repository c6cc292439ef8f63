#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>
#include <string_view>

namespace radpost::dicom {

struct GraphicSet;
enum class TextCodec : quint8;

/// Where ISO 2022 shifts end besides control characters (PS3.5 6.1.2.5.3).
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

/// The character sets of one data set: PS3.3 C.12.1.1.2 with code extension by ISO 2022. Misspelled terms ("ISO-IR
/// 100", "iso_ir_192", "ISO 2022 58") are understood. A value type; decoding is safe from any thread.
class CharacterSet final
{
public:
    /// The default repertoire, ASCII.
    CharacterSet()
        : CharacterSet(fromDeclared({}))
    {
    }

    /// @p declared is the value of Specific Character Set (0008,0005), values separated by backslash. A term that
    /// nobody defined leaves ASCII in its place.
    [[nodiscard]] static CharacterSet fromDeclared(std::string_view declared);

    /// The defined terms, rightly spelled, with backslashes between; "ISO_IR 6" for the default.
    [[nodiscard]] const QByteArray& name() const { return m_name; }

    /// Decodes one value or a whole multi-valued element.
    [[nodiscard]] DecodedText decode(std::string_view bytes, TextKind kind) const;

    /// True for UTF-8, GB18030 and GBK: no code extension, one codec for everything.
    [[nodiscard]] bool isStandAlone() const { return m_standAlone.has_value(); }

    /// True when the term of this IR number is among the declared ones.
    [[nodiscard]] bool declares(int term) const { return m_terms.contains(term); }

    /// True when upper-half bytes are one-byte characters of the first term, or have no meaning: no code extension.
    [[nodiscard]] bool isSingleByte() const { return !m_standAlone && m_terms.size() <= 1 && !m_laterG1; }

private:
    struct Uninitialised
    {
    };
    explicit CharacterSet(Uninitialised) {}

    void addTerm(std::string_view term, bool isFirst);
    void addRegistered(int term, bool isFirst);

    QByteArray m_name;
    QList<int> m_terms;
    std::optional<TextCodec> m_standAlone;
    const GraphicSet* m_g0 = nullptr;
    const GraphicSet* m_g1 = nullptr;
    const GraphicSet* m_laterG1 = nullptr; ///< for upper-half bytes whose escape sequence was forgotten
};

} // namespace radpost::dicom
