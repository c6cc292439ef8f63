#pragma once

#include "core/base/Clock.h"

#include <QByteArray>
#include <QString>

#include <functional>

namespace radpost::observe {

enum class LogFormat {
    Text,      ///< "2025-01-02T03:04:05.678Z info net: ..." for people
    JsonLines, ///< one object a line: time, level, module, message
};

/// What the handler needs of one message.
struct LogRecord;

/// In order: a threshold keeps itself and everything after it.
enum class LogLevel { Debug, Info, Warning, Error };

struct LogOptions
{
    LogFormat format = LogFormat::Text;
    LogLevel threshold = LogLevel::Info;
    /// Takes whole lines, newline included, one at a time; empty: standard error.
    std::function<void(const QByteArray& line)> sink;
    /// Takes messages before they are lines; then neither sink nor standard error hears of them.
    std::function<void(const LogRecord& record)> recordSink{};
};

struct LogRecord
{
    LogLevel level = LogLevel::Info;
    QByteArray category;
    QString message;
    Clock::WallTime time;
};

/// Sends all Qt log messages of the process through @p options until called again. Any thread; the sinks are called
/// with a lock held, so they must not log.
void installLogHandler(LogOptions options);

/// One line, newline included. A message cannot break out of its line: control characters are escaped.
[[nodiscard]] QByteArray formatLogLine(LogFormat format, const LogRecord& record);

} // namespace radpost::observe
