#pragma once

#include <QByteArrayView>

#include <span>
#include <string_view>

namespace radpost::dicom {

enum class SopClassKind {
    Image,
    Video,
    Derived, ///< segmentations, parametric maps
    PresentationState,
    Waveform,
    StructuredReport,
    Document,
    Radiotherapy,
    Other,
};

enum class SopClassStatus {
    Current,
    Retired,
    Dicos,   ///< security screening (NEMA IIC 1)
    Diconde, ///< non-destructive testing (ASTM E2339)
};

/// One storage SOP class (PS3.4 Table B.5-1, retired ones and DICOS/DICONDE as well). Private and later ones are
/// unknown here and are sent all the same.
struct SopClass
{
    std::string_view uid;
    std::string_view name;
    std::string_view keyword;
    SopClassKind kind;
    SopClassStatus status;

    /// The class with this UID, nullptr when the table has none. Any thread.
    [[nodiscard]] static const SopClass* find(QByteArrayView uid);

    /// All of them, by UID.
    [[nodiscard]] static std::span<const SopClass> all();
};

inline constexpr std::string_view kDicomdirSopClassUid = "1.2.840.10008.1.3.10";

} // namespace radpost::dicom
