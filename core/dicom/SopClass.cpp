#include "core/dicom/SopClass.h"

#include "core/dicom/std/SopClassTable2026b.h"

#include <algorithm>

namespace radpost::dicom {

const SopClass* SopClass::find(QByteArrayView uid)
{
    const std::string_view wanted(uid.data(), static_cast<size_t>(uid.size()));
    const auto& table = std2026b::kSopClassTable;
    const auto found = std::lower_bound(table.begin(), table.end(), wanted,
        [](const SopClass& sopClass, std::string_view other) { return sopClass.uid < other; });
    return found != table.end() && found->uid == wanted ? &*found : nullptr;
}

std::span<const SopClass> SopClass::all()
{
    return std2026b::kSopClassTable;
}

} // namespace radpost::dicom
