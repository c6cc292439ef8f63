#pragma once

#include "core/engine/Traces.h"
#include "core/observe/LogEntry.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include <vector>

namespace radpost::app {

/// What one record of a trace says, in the user's language. Names of PDUs and services are the Standard's.
struct TraceWords
{
    Q_DECLARE_TR_FUNCTIONS(TraceWords)

public:
    QString heading;
    QStringList lines;
};

/// @p masking is for UIDs of instances and for what the peer wrote. Any thread once the language is set.
[[nodiscard]] TraceWords traceWords(const net::TraceRecord& record, observe::Masking masking);

/// Whether there are lines below the heading, without making them. Any thread.
[[nodiscard]] bool hasTraceLines(const net::TraceRecord& record);

/// "→", "←" or "·".
[[nodiscard]] QString traceArrow(net::TraceDirection direction);

/// Records as lines of text, one block for each.
[[nodiscard]] QString traceText(const std::vector<net::TraceRecord>& records, observe::Masking masking);

} // namespace radpost::app
