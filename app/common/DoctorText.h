#pragma once

#include "app/common/ErrorText.h"
#include "core/config/Destination.h"
#include "core/engine/Diagnosis.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QString>
#include <QStringList>

#include <vector>

namespace radpost::app {

struct DoctorText
{
    Q_DECLARE_TR_FUNCTIONS(DoctorText)
};

[[nodiscard]] QString stepName(net::DoctorStep step);

/// What a step showed: "connected to 10.1.2.3:104"; for a failed one its name and what happened.
[[nodiscard]] QString findingText(const net::DoctorFinding& finding, const net::DoctorReport& report);

/// Why a step that works is still a warning.
struct StepWarning
{
    QString key;     ///< stable English, for JSON: "certificate-ends-soon"
    QString message; ///< what was seen
    QString next;    ///< what to do
};
[[nodiscard]] std::vector<StepWarning> stepWarnings(const net::DoctorFinding& finding, const net::DoctorReport& report);

/// What happened and what to do in the peer's own words (A-ASSOCIATE-RJ, A-ABORT) where @p error is one of these.
[[nodiscard]] ErrorText doctorErrorText(const Error& error, const net::DoctorReport& report);

/// What the peer said when it turned us away, with its numbers; empty when it did not.
[[nodiscard]] QStringList peerLines(const net::DoctorReport& report);

/// "0.31 ms", "4.2 ms", "120 ms".
[[nodiscard]] QString millisecondsText(std::chrono::microseconds time);

/// One kind of object that is not taken as it is.
struct ContextNote
{
    bool isRefused = false; ///< else: sent converted
    QString text;
};
[[nodiscard]] std::vector<ContextNote> contextNotes(const net::DoctorReport& report);

/// What to send to the PACS administrator about @p error of a send, at @p when.
[[nodiscard]] QStringList administratorLines(
    const config::Destination& destination, const AeTitle& callingAeTitle, const Error& error, const QDateTime& when);

/// What to send to the PACS administrator after a failure: a heading, then who calls whom, what happened, and the
/// numbers. Empty when nothing failed.
[[nodiscard]] QStringList administratorLines(
    const config::Destination& destination, const AeTitle& callingAeTitle, const net::DoctorReport& report);

} // namespace radpost::app
