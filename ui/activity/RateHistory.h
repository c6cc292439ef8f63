#pragma once

#include <QList>

namespace radpost::ui {

/// The last minute of a job's pace, one sample a second.
class RateHistory final
{
public:
    static constexpr int kSeconds = 60;

    struct Sample
    {
        double bytesPerSecond = 0;
        double instancesPerSecond = 0;
    };

    void add(const Sample& sample);
    /// Oldest first, at most kSeconds.
    [[nodiscard]] const QList<Sample>& samples() const { return m_samples; }
    /// The highest of each, so that both fill the height.
    [[nodiscard]] Sample peak() const;

private:
    QList<Sample> m_samples;
};

} // namespace radpost::ui
