#pragma once

#include "core/net/TraceLog.h"

#include <QString>

#include <map>
#include <memory>
#include <mutex>

namespace radpost::engine {

/// The traces of a process, one for each destination, by name without regard to case. Every association that is opened
/// to a destination, by jobs, checks and examinations, records there while the trace is on. Any thread; nothing blocks.
class Traces final
{
public:
    /// Made when it is asked for, and off then.
    [[nodiscard]] std::shared_ptr<net::TraceLog> log(const QString& destination);

private:
    std::mutex m_mutex; // guards what follows
    std::map<QString, std::shared_ptr<net::TraceLog>> m_logs;
};

} // namespace radpost::engine
