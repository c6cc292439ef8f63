#include "core/engine/Traces.h"

namespace radpost::engine {

std::shared_ptr<net::TraceLog> Traces::log(const QString& destination)
{
    const std::scoped_lock lock(m_mutex);
    auto& log = m_logs[destination.toCaseFolded()];
    if (!log) {
        log = std::make_shared<net::TraceLog>();
    }
    return log;
}

} // namespace radpost::engine
