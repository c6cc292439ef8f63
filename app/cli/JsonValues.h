#pragma once

#include "core/base/Clock.h"
#include "core/config/Destination.h"
#include "core/dicom/SyntheticStudy.h"
#include "core/queue/DispatchEvents.h"
#include "core/queue/Progress.h"
#include "core/scan/Scanner.h"
#include "core/store/LedgerTypes.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QList>

/// Values as the --json events show them. Keys and words are stable English; docs/user/cli.md lists them.
namespace radpost::cli {

[[nodiscard]] QJsonObject toJson(const Error& error);
[[nodiscard]] QString toJson(Clock::WallTime time); ///< ISO 8601, UTC
[[nodiscard]] QJsonArray toJson(const QList<JobId>& jobs);
[[nodiscard]] QJsonObject toJson(const store::StateCounts& counts);
[[nodiscard]] QJsonObject toJson(const queue::JobProgress& progress);
[[nodiscard]] QJsonObject toJson(const queue::DeliveryEvent& delivery);
[[nodiscard]] QJsonObject toJson(const scan::ScanSummary& summary);
[[nodiscard]] QJsonObject toJson(const dicom::SyntheticSummary& made, const QString& folder);
[[nodiscard]] QJsonObject toJson(const config::Destination& destination); ///< by the keys of the configuration file

} // namespace radpost::cli
