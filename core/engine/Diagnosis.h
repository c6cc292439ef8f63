#pragma once

#include "core/config/Destination.h"
#include "core/engine/StudyTree.h"
#include "core/engine/Traces.h"
#include "core/net/Doctor.h"

#include <vector>

namespace radpost::engine {

/// What a PACS is asked about when nobody says what will be sent: the commonest images and reports, uncompressed.
[[nodiscard]] std::vector<SeriesContext> usualContexts();

/// Examines @p destination step by step as a send would reach it: name, TCP, TLS, association, @p contexts, C-ECHO.
/// @p listener hears each step as it ends, on this thread. Blocks; each step has its own deadline; sends no instance.
/// Errors: ConfigValue when a secret cannot be had. What is wrong at the peer is in the report.
[[nodiscard]] Result<net::DoctorReport> diagnose(const config::Destination& destination, const AeTitle& callingAeTitle,
    const std::vector<SeriesContext>& contexts, net::Doctor::Listener listener, const CancelToken& cancel);

/// The same, recorded in the log that @p traces has of the destination while that is on.
[[nodiscard]] Result<net::DoctorReport> diagnose(const config::Destination& destination, const AeTitle& callingAeTitle,
    const std::vector<SeriesContext>& contexts, net::Doctor::Listener listener, Traces& traces,
    const CancelToken& cancel);

} // namespace radpost::engine
