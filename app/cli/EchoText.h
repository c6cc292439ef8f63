#pragma once

#include "core/config/Destination.h"
#include "core/engine/Diagnosis.h"

#include <QString>
#include <QStringList>

namespace radpost::cli {

/// One step of an examination as a line: "✔ connected to 10.1.2.3:104 · 1 ms".
[[nodiscard]] QString stepLine(const net::DoctorFinding& finding, const net::DoctorReport& report);

/// What else there is to say of the step, indented: certificates, what a rejection says, reasons of a warning, kinds of
/// objects that are not taken as they are.
[[nodiscard]] QStringList detailLines(const net::DoctorFinding& finding, const net::DoctorReport& report);

/// Under a failed examination: what it means and what to do.
[[nodiscard]] QStringList adviceLines(const net::DoctorReport& report, int width);

/// What to send to the PACS administrator: who calls whom, what happened, and the numbers.
[[nodiscard]] QStringList administratorLines(
    const config::Destination& destination, const AeTitle& callingAeTitle, const net::DoctorReport& report);

} // namespace radpost::cli
