#pragma once

#include "core/observe/Metrics.h"

namespace radpost::observe {

/// What HTTP says of prometheusText().
inline constexpr auto kPrometheusContentType = "text/plain; version=0.0.4; charset=utf-8";

/// @p families in Prometheus' text exposition format 0.0.4: HELP and TYPE, then the series; histograms with cumulative
/// buckets. What a label holds cannot break out of its line.
[[nodiscard]] QByteArray prometheusText(const std::vector<FamilySnapshot>& families);

} // namespace radpost::observe
