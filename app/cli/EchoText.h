#pragma once

#include "app/common/ErrorText.h"
#include "core/config/Destination.h"
#include "core/engine/Diagnosis.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace radpost::cli {

/// Why a step that works is still a warning.
struct StepWarning
{
    QString key;     ///< stable English, for JSON: "certificate-ends-soon"
    QString message; ///< what was seen
    QString next;    ///< what to do
};

[[nodiscard]] std::vector<StepWarning> stepWarnings(const net::DoctorFinding& finding, const net::DoctorReport& report);

/// What happened and what to do in the peer's own words (A-ASSOCIATE-RJ, A-ABORT) where @p error is one of these.
[[nodiscard]] app::ErrorText echoErrorText(const Error& error, const net::DoctorReport& report);

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
