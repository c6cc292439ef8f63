#pragma once

#include "core/observe/Metrics.h"

namespace radpost::observe {

/// Every metric that is counted where things happen, by name; docs/user/metrics.md says what each means. What is read
/// when somebody asks (queues, disks) is in engine. Any thread.
struct TransferMetrics
{
    explicit TransferMetrics(MetricsRegistry& registry);

    CounterFamily& deliveries;           ///< destination, outcome
    CounterFamily& attempts;             ///< destination, result
    CounterFamily& sentInstances;        ///< destination
    CounterFamily& sentBytes;            ///< destination
    GaugeFamily& destinationUp;          ///< destination
    GaugeFamily& outboundAssociations;   ///< destination
    CounterFamily& associationAttempts;  ///< destination, result
    HistogramFamily& connectDuration;    ///< destination
    HistogramFamily& negotiateDuration;  ///< destination
    HistogramFamily& storeDuration;      ///< destination
    GaugeFamily& certificateExpiry;      ///< name, role
    CounterFamily& receivedInstances;    ///< calling_ae_title, result
    CounterFamily& receivedBytes;        ///< calling_ae_title
    HistogramFamily& receiveDuration;    ///< none
    Gauge& lastReceived;                 ///< Unix time
    Gauge& inboundAssociations;          ///< open now
    CounterFamily& acceptedAssociations; ///< calling_ae_title
    CounterFamily& refusedAssociations;  ///< reason
    CounterFamily& queries;              ///< calling_ae_title, service, result
    HistogramFamily& queryDuration;      ///< service
    CounterFamily& retrievedInstances;   ///< calling_ae_title, result
    CounterFamily& auditMessages;        ///< result
    Gauge& auditReceiverUp;
};

} // namespace radpost::observe
