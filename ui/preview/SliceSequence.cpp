#include "ui/preview/SliceSequence.h"

#include <algorithm>
#include <tuple>

namespace radpost::ui {

namespace {

// Headers may claim anything, and a slider counts in int.
constexpr int kMostSlices = 1'000'000'000;

} // namespace

SliceSequence::SliceSequence(std::vector<PreviewInstance> instances)
    : m_instances(std::move(instances))
{
    std::stable_sort(
        m_instances.begin(), m_instances.end(), [](const PreviewInstance& one, const PreviewInstance& other) {
            return std::tie(one.number, one.path) < std::tie(other.number, other.path);
        });
    m_starts.reserve(m_instances.size());
    for (auto& instance : m_instances) {
        instance.frames = std::clamp(instance.frames, 1, std::max(kMostSlices - m_count, 1));
        m_starts.push_back(m_count);
        m_count += instance.frames;
    }
}

SliceSequence::Slice SliceSequence::at(int index) const
{
    const auto behind = std::upper_bound(m_starts.begin(), m_starts.end(), index);
    const auto place = static_cast<size_t>(std::distance(m_starts.begin(), behind)) - 1;
    return {&m_instances[place], index - m_starts[place]};
}

int SliceSequence::indexOf(const QString& path, int frame) const
{
    const auto found = std::find_if(m_instances.begin(), m_instances.end(),
        [&path](const PreviewInstance& instance) { return instance.path == path; });
    if (found == m_instances.end() || frame < 0 || frame >= found->frames) {
        return -1;
    }
    return m_starts[static_cast<size_t>(std::distance(m_instances.begin(), found))] + frame;
}

} // namespace radpost::ui
