#pragma once

#include "core/dicom/CharacterSet.h"
#include "core/dicom/GraphicSet_p.h"

#include <string>

namespace radpost::dicom {

inline constexpr char kEscape = '\x1B';

/// Decodes text in which escape sequences designate G0 and G1 (PS3.5 6.1.2.5); of one value, then it is done with.
class Iso2022Decoder final
{
public:
    struct Sets
    {
        const GraphicSet* g0;     ///< never null
        const GraphicSet* g1;     ///< null: none designated
        const GraphicSet* spare1; ///< stands in where none is designated; null: none
    };

    Iso2022Decoder(Sets initial, TextKind kind)
        : m_initial(initial)
        , m_sets(initial)
        , m_kind(kind)
    {
    }

    /// False when bytes had no meaning; they became U+FFFD.
    bool decode(std::string_view bytes, QString& text);

private:
    size_t takeEscape(std::string_view behindEscape);
    size_t takeLower(std::string_view rest);
    size_t takeUpper(std::string_view rest);
    void takeAscii(char c);
    void push(const GraphicSet& set, std::string_view upperHalf);
    void flush();
    void put(QChar c);
    void putFault();
    [[nodiscard]] bool isDelimiter(char c) const;

    const Sets m_initial;
    Sets m_sets;
    const TextKind m_kind;
    QString* m_text = nullptr;
    std::string m_run; ///< bytes of one codec that wait for conversion
    TextCodec m_runCodec = TextCodec::Latin1;
    bool m_faultless = true;
};

} // namespace radpost::dicom
