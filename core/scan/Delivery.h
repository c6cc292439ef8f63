#pragma once

#include "core/scan/ScanGate.h"

namespace radpost::scan {

/// Carries what one thread finds to the gate: at once when the way is free, in batches when another thread is on it.
/// One thread.
class Delivery final
{
public:
    explicit Delivery(ScanGate& gate)
        : m_gate(gate)
    {
    }

    void add(Finding&& finding)
    {
        m_pending.push_back(std::move(finding));
        if (!m_gate.tryDeliver(m_pending) && m_pending.size() >= kMost) {
            flush();
        }
    }

    void skip(const QString& sourcePath, Error reason) { add(SkippedFile{sourcePath, std::move(reason)}); }

    void flush()
    {
        if (!m_pending.empty()) {
            m_gate.deliver(m_pending);
        }
    }

private:
    static constexpr size_t kMost = 64;

    ScanGate& m_gate;
    std::vector<Finding> m_pending;
};

} // namespace radpost::scan
