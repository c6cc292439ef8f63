#pragma once

namespace radpost::dicom {

/// How data elements are laid out as bytes (PS3.5 7.1). Implicit VR is little endian always.
struct Encoding
{
    bool explicitVr = true;
    bool bigEndian = false;

    friend bool operator==(const Encoding&, const Encoding&) = default;
};

inline constexpr Encoding kImplicitLittleEndian{false, false};
inline constexpr Encoding kExplicitLittleEndian{true, false};
inline constexpr Encoding kExplicitBigEndian{true, true};

} // namespace radpost::dicom
