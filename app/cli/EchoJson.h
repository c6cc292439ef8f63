#pragma once

#include "core/engine/Diagnosis.h"

#include <QJsonObject>

namespace radpost::cli {

/// One step of an examination as a "step" event; docs/user/cli.md lists the keys.
[[nodiscard]] QJsonObject toJson(const net::DoctorFinding& finding, const net::DoctorReport& report);

} // namespace radpost::cli
