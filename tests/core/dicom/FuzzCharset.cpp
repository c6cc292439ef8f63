#include "core/dicom/CharsetChoice.h"

#include <algorithm>
#include <array>

using namespace radpost::dicom;

/// The bytes up to the first line end are Specific Character Set, the rest are two texts with a line end between.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    const auto takeLine = [&rest] {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        return line;
    };
    const std::string_view declared = takeLine();
    const std::string_view first = takeLine();
    const std::array texts = {first, rest};
    const CharsetChoice choice = chooseCharacterSet(declared, texts);
    for (const auto kind : {TextKind::PersonName, TextKind::Text, TextKind::LongText}) {
        for (const std::string_view text : texts) {
            // Nothing decodes to more UTF-16 units than it has bytes, and one for a fault.
            if (std::size_t(choice.set.decode(text, kind).text.size()) > 2 * text.size()) {
                __builtin_trap();
            }
        }
    }
    return 0;
}
