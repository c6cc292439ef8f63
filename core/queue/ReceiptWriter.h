#pragma once

#include "core/queue/Receipt.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace radpost::queue {

/// The words of a printed receipt.
enum class ReceiptText {
    Title,
    Job,
    Destination,
    Created,
    Finished,
    State,
    Instances,
    Bytes,
    Stored,
    StoredWithWarning,
    Rejected,
    Pending,
    Waiting,
    Cancelled,
    Skipped,
    Duplicates,
    DuplicateIdentical,
    DuplicateDiffers,
    Patient,
    PatientId,
    Study,
    Series,
    Modality,
    Date,
    Failures,
    Warnings,
    NotSent,
    File,
    Reason,
    Status,
    Comment,
    OffendingElement,
    Attempts,
    Associations,
    ScanInterrupted,
    Complete,
    CompleteButUnread, ///< with %1, the number of files that could not be read
    Incomplete,
    JobActive,
    JobPaused,
    JobStopped,
    JobFinished,
    JobCancelled,
    Proof,
    ProofWanted,
    ProofResponse,
    Proved,
    NotProved,
    ProofCommitment,
    ProofQuery,
    ProofAsked,
    ProofMissing,
    ProofNotAsked,
    ThereButNotCommitted,
    StoredNotProved, ///< the verdict when all is stored and its proof is not there
    Address,
    CalledAeTitle,
    CallingAeTitle,
    LeftOutFile,
    FileInItsPlace,
    Opened,
    Closed,
};

/// Where the words come from: app/ and ui/ supply the user's language.
class ReceiptTexts
{
public:
    virtual ~ReceiptTexts() = default;
    [[nodiscard]] virtual QString text(ReceiptText what) const = 0;
    /// What happened, for people.
    [[nodiscard]] virtual QString errorText(ErrorCode code) const = 0;
    /// Why a destination did not prove that it holds an instance. @p reason: Failure Reason (0008,1197), or a status.
    [[nodiscard]] virtual QString proofErrorText(ErrorCode code, const std::optional<quint16>& /*reason*/) const
    {
        return errorText(code);
    }
    [[nodiscard]] virtual QString dateTime(store::WallTime time) const = 0;
    /// @p name: a PN value.
    [[nodiscard]] virtual QString personName(const QString& name) const = 0;
    /// @p date: a DA value.
    [[nodiscard]] virtual QString date(const QString& date) const = 0;
    [[nodiscard]] virtual QString bytes(qint64 count) const = 0;
    /// "en", "zh": the lang attribute of the page.
    [[nodiscard]] virtual QString languageTag() const = 0;
};

/// One row for each state, study, series, problem, skipped file and duplicate; docs/user/cli.md lists the columns.
/// UTF-8 with BOM, CRLF, RFC 4180 quoting; a cell that a spreadsheet would take for a formula is preceded by an
/// apostrophe. English machine keys.
[[nodiscard]] QByteArray receiptCsv(const Receipt& receipt);

/// The whole receipt with stable English keys.
[[nodiscard]] QByteArray receiptJson(const Receipt& receipt);

/// A self-contained page for paper: no script, no outside reference, everything escaped.
[[nodiscard]] QByteArray receiptHtml(const Receipt& receipt, const ReceiptTexts& texts);

/// Machine names of states: "stored", "stored-with-warning", …
[[nodiscard]] QString stateKey(store::DeliveryState state);
[[nodiscard]] QString stateKey(store::JobState state);

/// "response", "commitment", "query".
[[nodiscard]] QString proofKey(store::ProofWanted proof);
/// "not-asked", "asked", "proved", "missing".
[[nodiscard]] QString proofKey(store::Proof proof);

/// "0xA700"; empty when there is none.
[[nodiscard]] QString statusText(const std::optional<quint16>& status);

} // namespace radpost::queue
