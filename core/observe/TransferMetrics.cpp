#include "core/observe/TransferMetrics.h"

#include <array>

namespace radpost::observe {

namespace {

const QByteArray kDestination = "destination";
const QByteArray kCallingAeTitle = "calling_ae_title";
constexpr int kMostCallingSeries = 200;

// From a switch in the same rack to a satellite link; a series of CT slices and a single tomosynthesis object.
constexpr std::array kShortSeconds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0};
constexpr std::array kLongSeconds{
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0};

} // namespace

TransferMetrics::TransferMetrics(MetricsRegistry& registry)
    : deliveries(registry.counters({"radpost_deliveries_total",
          "Deliveries that came to their end, by destination and outcome.", {kDestination, "outcome"}}))
    , attempts(registry.counters({"radpost_delivery_attempts_total",
          "Tries of single deliveries, by destination and result.", {kDestination, "result"}}))
    , sentInstances(registry.counters(
          {"radpost_sent_instances_total", "Instances that a destination acknowledged as stored.", {kDestination}}))
    , sentBytes(registry.counters({"radpost_sent_bytes_total",
          "Bytes of data sets that were sent and answered, whatever the answer.", {kDestination}}))
    , destinationUp(registry.gauges({"radpost_destination_up",
          "1 when the destination could be reached last time, 0 when it is held as down.", {kDestination}}))
    , outboundAssociations(registry.gauges(
          {"radpost_outbound_associations_open", "Associations with a destination that are open now.", {kDestination}}))
    , associationAttempts(registry.counters({"radpost_outbound_associations_total",
          "Associations asked of a destination, by result.", {kDestination, "result"}}))
    , connectDuration(
          registry.histograms({"radpost_connect_duration_seconds",
                                  "Time from name resolution to the end of the TLS handshake.", {kDestination}},
              kShortSeconds))
    , negotiateDuration(registry.histograms(
          {"radpost_negotiate_duration_seconds", "Time from A-ASSOCIATE-RQ to its acceptance.", {kDestination}},
          kShortSeconds))
    , storeDuration(registry.histograms(
          {"radpost_store_duration_seconds", "Time from C-STORE-RQ to its response.", {kDestination}}, kLongSeconds))
    , certificateExpiry(registry.gauges({"radpost_certificate_expiry_timestamp_seconds",
          "Unix time at which a TLS certificate ends, as last seen.", {"name", "role"}}))
    , receivedInstances(registry.counters({"radpost_received_instances_total",
          "Instances that came, by calling AE title and result.", {kCallingAeTitle, "result"}, kMostCallingSeries}))
    , receivedBytes(registry.counters({"radpost_received_bytes_total",
          "Bytes of data sets that were stored, by calling AE title.", {kCallingAeTitle}, kMostCallingSeries}))
    , receiveDuration(registry.histograms(
          {"radpost_receive_duration_seconds", "Time from C-STORE-RQ until its response was decided."}, kLongSeconds))
    , lastReceived(registry
                       .gauges({"radpost_last_received_timestamp_seconds",
                           "Unix time at which the last instance was stored; 0: none since the start."})
                       .with({}))
    , inboundAssociations(
          registry.gauges({"radpost_inbound_associations_open", "Associations of peers that are open now."}).with({}))
    , acceptedAssociations(registry.counters({"radpost_inbound_associations_total",
          "Associations of peers that were accepted.", {kCallingAeTitle}, kMostCallingSeries}))
    , refusedAssociations(registry.counters(
          {"radpost_refused_associations_total", "Associations of peers that were refused, by reason.", {"reason"}}))
    , queries(registry.counters({"radpost_queries_total",
          "Queries and retrievals of peers, by calling AE title, service (find, move, get) and result.",
          {kCallingAeTitle, "service", "result"}, kMostCallingSeries}))
    , queryDuration(registry.histograms(
          {"radpost_query_duration_seconds", "Time from a query or retrieval to its last response.", {"service"}},
          kLongSeconds))
    , retrievedInstances(registry.counters({"radpost_retrieved_instances_total",
          "Instances sent by C-MOVE and C-GET, by who asked and result: stored, failed.", {kCallingAeTitle, "result"},
          kMostCallingSeries}))
    , auditMessages(registry.counters({"radpost_audit_messages_total",
          "Audit messages, by what became of them: written, failed, delivered, lost.", {"result"}}))
    , auditReceiverUp(registry
                          .gauges({"radpost_audit_receiver_up",
                              "1 when the audit receiver took the last messages, or none is set; 0 when not."})
                          .with({}))
{
    auditReceiverUp.set(1);
}

} // namespace radpost::observe
