#pragma once

#include "core/dicom/IndexedHeader.h"

#include <array>
#include <string>
#include <string_view>

namespace radpost::dicom {

/// The raw values that HeaderTap collects, and the texts made of them.
class TapFields final
{
public:
    static constexpr quint32 kLastTag = 0x00280100U; ///< Bits Allocated: nothing is wanted behind it
    static constexpr quint32 kLongestValue = 4096;

    static constexpr int kNone = -1;

    /// The place of the element in the table of wanted ones, or kNone.
    [[nodiscard]] static int indexOf(quint32 tag);

    void clear();

    /// The first of several wins.
    void set(int index, std::string_view value, bool bigEndian);

    [[nodiscard]] IndexedHeader take(bool isWhole);

private:
    static constexpr int kCount = 33;

    [[nodiscard]] bool isSameSeries() const;
    [[nodiscard]] std::shared_ptr<const IndexedSeries> decodeSeries() const;
    [[nodiscard]] std::string_view value(int index) const;
    [[nodiscard]] QString latin(int index) const;
    [[nodiscard]] quint16 number(int index) const;

    std::array<std::string, kCount> m_raw;
    std::array<std::string, kCount> m_last; ///< of which m_series was made
    std::shared_ptr<const IndexedSeries> m_series;
    bool m_bigEndian = false;
};

} // namespace radpost::dicom
