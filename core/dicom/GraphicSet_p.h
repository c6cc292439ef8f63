#pragma once

#include "core/dicom/TextCodec_p.h"

#include <QByteArray>

#include <span>
#include <string_view>

namespace radpost::dicom {

/// A set of graphic characters that an escape sequence of ISO 2022 designates (PS3.3 tables C.12-3 and C.12-4).
struct GraphicSet
{
    int registration;        ///< number in the ISO register of coded character sets
    int term;                ///< the IR number of the defined term that allows it
    std::string_view escape; ///< behind ESC
    bool isG1;               ///< designates G1, the upper half; otherwise G0
    bool isWide;             ///< two bytes a character
    TextCodec codec;
};

inline constexpr GraphicSet kGraphicSets[] = {
    {6, 6, "(B", false, false, TextCodec::Latin1},
    {14, 13, "(J", false, false, TextCodec::JisX0201},
    {13, 13, ")I", true, false, TextCodec::JisX0201},
    {100, 100, "-A", true, false, TextCodec::Latin1},
    {101, 101, "-B", true, false, TextCodec::Latin2},
    {109, 109, "-C", true, false, TextCodec::Latin3},
    {110, 110, "-D", true, false, TextCodec::Latin4},
    {144, 144, "-L", true, false, TextCodec::Cyrillic},
    {127, 127, "-G", true, false, TextCodec::Arabic},
    {126, 126, "-F", true, false, TextCodec::Greek},
    {138, 138, "-H", true, false, TextCodec::Hebrew},
    {148, 148, "-M", true, false, TextCodec::Latin5},
    {203, 203, "-b", true, false, TextCodec::Latin9},
    {166, 166, "-T", true, false, TextCodec::Thai},
    {87, 87, "$B", false, true, TextCodec::EucJp},
    {159, 159, "$(D", false, true, TextCodec::EucJp},
    {149, 149, "$)C", true, true, TextCodec::EucKr},
    {58, 58, "$)A", true, true, TextCodec::Gb18030},
};

/// The set that the bytes behind an ESC designate, nullptr when none.
[[nodiscard]] inline const GraphicSet* graphicSetOfEscape(std::string_view behindEscape)
{
    for (const GraphicSet& set : kGraphicSets) {
        if (behindEscape.starts_with(set.escape)) {
            return &set;
        }
    }
    return nullptr;
}

} // namespace radpost::dicom
