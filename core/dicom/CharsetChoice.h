#pragma once

#include "core/dicom/CharacterSet.h"
#include "core/dicom/InstanceHeader.h"

#include <span>
#include <string_view>

namespace radpost::dicom {

struct CharsetChoice
{
    CharacterSet set;
    CharsetVerdict verdict = CharsetVerdict::Defaulted;
};

/// Decides how the texts of one data set are to be read. What is declared is trusted unless the bytes speak against it:
/// escape sequences or bytes the set does not have, or a declared Latin-1 (or nothing) over text that is UTF-8 or
/// plausible Chinese. Any thread. The texts are raw values: person names, descriptions, IDs.
[[nodiscard]] CharsetChoice chooseCharacterSet(std::string_view declared, std::span<const std::string_view> texts);

} // namespace radpost::dicom
