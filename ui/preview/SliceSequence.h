#pragma once

#include "ui/preview/PreviewSeries.h"

namespace radpost::ui {

/// The frames of all instances of a series as one sequence: by Instance Number, then by frame. Values only.
class SliceSequence final
{
public:
    SliceSequence() = default;
    explicit SliceSequence(std::vector<PreviewInstance> instances);

    struct Slice
    {
        const PreviewInstance* instance = nullptr; ///< never null; as long as the sequence lives
        int frame = 0;
    };

    [[nodiscard]] int count() const { return m_count; }
    [[nodiscard]] int middle() const { return m_count > 0 ? (m_count - 1) / 2 : -1; }
    /// @p index from 0 to count() - 1.
    [[nodiscard]] Slice at(int index) const;
    /// -1: there is none.
    [[nodiscard]] int indexOf(const QString& path, int frame) const;

private:
    std::vector<PreviewInstance> m_instances;
    std::vector<int> m_starts; ///< index of the first slice of each instance
    int m_count = 0;
};

} // namespace radpost::ui
