#pragma once

#include "core/engine/Diagnosis.h"

#include <QJsonObject>
#include <QStringList>

namespace radpost::cli {

/// The facts of a handshake below its step: certificate, issuer, names, fingerprint, chain, problems, and whether ours
/// was asked for. Empty when there was no handshake.
[[nodiscard]] QStringList tlsLines(const net::DoctorReport& report);

/// The same as fields of the step's event.
[[nodiscard]] QJsonObject tlsFields(const net::DoctorReport& report);

} // namespace radpost::cli
