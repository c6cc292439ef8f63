#pragma once

#include "core/config/ConfigParser.h"
#include "core/route/Routing.h"
#include "core/route/RoutingComparison.h"

#include <QJsonObject>

/// Routing as the --json events show it. Keys and words are stable English; docs/user/rules.md lists them.
namespace radpost::cli {

[[nodiscard]] QJsonObject toJson(const route::Routing& routing);
[[nodiscard]] QJsonObject toJson(const config::ConfigProblem& problem);
[[nodiscard]] QJsonObject toJson(const route::ReplaySummary& summary);

} // namespace radpost::cli
