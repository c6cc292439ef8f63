#pragma once

#include "core/scan/ScanGate.h"

#include <chrono>

namespace radpost::scan {

/// Carries what one thread finds to the gate: @p enough findings together, fewer when the first of them has waited
/// kPatience. While another thread is in the sink it keeps on to what it has, up to kMost. One thread.
class Delivery final
{
public:
    /// For threads that share a gate: so many that going through it costs little beside reading.
    static constexpr size_t kTogether = 32;
    static constexpr size_t kMost = 128;
    static constexpr std::chrono::milliseconds kPatience{10};

    explicit Delivery(ScanGate& gate, size_t enough = 1)
        : m_gate(gate)
        , m_enough(enough)
    {
    }

    void add(Finding&& finding)
    {
        if (m_pending.empty()) {
            m_firstAdded = Clock::now();
        }
        m_pending.push_back(std::move(finding));
        if (m_pending.size() >= kMost) {
            flush();
        } else if (m_pending.size() >= m_enough || Clock::now() - m_firstAdded >= kPatience) {
            (void)m_gate.tryDeliver(m_pending); // when it is not free, the next one tries again
        }
    }

    void skip(const QString& sourcePath, Error reason) { add(SkippedFile{sourcePath, std::move(reason)}); }

    /// Delivers the rest; waits for the gate.
    void flush()
    {
        if (!m_pending.empty()) {
            m_gate.deliver(m_pending);
        }
    }

private:
    using Clock = std::chrono::steady_clock;

    ScanGate& m_gate;
    const size_t m_enough;
    std::vector<Finding> m_pending;
    Clock::time_point m_firstAdded;
};

} // namespace radpost::scan
