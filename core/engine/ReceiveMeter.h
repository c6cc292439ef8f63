#pragma once

#include "core/base/Clock.h"
#include "core/observe/TransferMetrics.h"

#include <QString>

#include <chrono>

namespace radpost::engine {

/// What became of an instance that came.
enum class ReceivedAs { Stored, Duplicate, Refused, Failed };

/// Counts what a receiver does: one call where it happens, each cheap. Any thread. Without metrics it does nothing.
class ReceiveMeter final
{
public:
    explicit ReceiveMeter(observe::TransferMetrics* metrics)
        : m_metrics(metrics)
    {
    }

    void accepted(const QString& callingAeTitle);
    void closed();
    /// @p reason is one of few words: "called_ae_title", "not_listed", "too_many", "no_room", "tls".
    void refused(const QString& reason);
    /// @p bytes of the data set; @p took from the request until its answer was decided.
    void received(const QString& callingAeTitle, ReceivedAs as, qint64 bytes, std::chrono::nanoseconds took);

private:
    observe::TransferMetrics* const m_metrics;
};

} // namespace radpost::engine
