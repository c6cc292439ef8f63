#pragma once

#include <QtGlobal>

#include <cstddef>
#include <span>
#include <vector>

namespace radpost::dicom {

/// Makes frames that look like a body in a scanner: a gradient, three ellipses, noise. Deterministic by seed.
class PhantomPixels final
{
public:
    /// @p bitsAllocated is 8 or 16, @p bitsStored at most that and at least 6.
    PhantomPixels(int rows, int columns, int bitsAllocated, int bitsStored);

    [[nodiscard]] std::size_t frameBytes() const { return m_phantom.size() * (m_wide ? 2U : 1U); }

    /// rows x columns, rows not padded; 16-bit samples in little endian, or big endian when asked.
    void fill(std::span<std::byte> frame, quint64 seed, bool bigEndian) const;

private:
    void fillNarrow(std::span<std::byte> frame, quint64 seed) const;
    void fillWide(std::span<std::byte> frame, quint64 seed, bool bigEndian) const;

    bool m_wide;
    quint16 m_noiseMask;
    std::vector<quint16> m_phantom; // rows x columns, without noise
};

/// A well-mixed function of @p value (splitmix64), for seeds that must not be alike.
[[nodiscard]] quint64 mixed(quint64 value);

} // namespace radpost::dicom
