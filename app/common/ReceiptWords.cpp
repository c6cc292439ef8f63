#include "app/common/ReceiptWords.h"

#include "app/common/ErrorText.h"
#include "app/common/Format.h"
#include "app/common/Language.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace radpost::app {

namespace {

using queue::ReceiptText;

struct Word
{
    ReceiptText what;
    const char* text;
};

constexpr std::array kWords{
    Word{ReceiptText::Title, QT_TRANSLATE_NOOP("ReceiptWords", "Receipt")},
    Word{ReceiptText::Job, QT_TRANSLATE_NOOP("ReceiptWords", "Job")},
    Word{ReceiptText::Destination, QT_TRANSLATE_NOOP("ReceiptWords", "Destination")},
    Word{ReceiptText::Created, QT_TRANSLATE_NOOP("ReceiptWords", "Created")},
    Word{ReceiptText::Finished, QT_TRANSLATE_NOOP("ReceiptWords", "Finished")},
    Word{ReceiptText::State, QT_TRANSLATE_NOOP("ReceiptWords", "State")},
    Word{ReceiptText::Instances, QT_TRANSLATE_NOOP("ReceiptWords", "Instances")},
    Word{ReceiptText::Bytes, QT_TRANSLATE_NOOP("ReceiptWords", "Bytes")},
    Word{ReceiptText::Stored, QT_TRANSLATE_NOOP("ReceiptWords", "Stored")},
    Word{ReceiptText::StoredWithWarning, QT_TRANSLATE_NOOP("ReceiptWords", "Stored, with a warning")},
    Word{ReceiptText::Rejected, QT_TRANSLATE_NOOP("ReceiptWords", "Failed")},
    Word{ReceiptText::Pending, QT_TRANSLATE_NOOP("ReceiptWords", "Not sent yet")},
    Word{ReceiptText::Waiting, QT_TRANSLATE_NOOP("ReceiptWords", "Waiting to try again")},
    Word{ReceiptText::Cancelled, QT_TRANSLATE_NOOP("ReceiptWords", "Cancelled")},
    Word{ReceiptText::Skipped, QT_TRANSLATE_NOOP("ReceiptWords", "Skipped files")},
    Word{ReceiptText::Duplicates, QT_TRANSLATE_NOOP("ReceiptWords", "Duplicates")},
    Word{ReceiptText::DuplicateIdentical, QT_TRANSLATE_NOOP("ReceiptWords", "The same content, sent once")},
    Word{ReceiptText::DuplicateDiffers,
        QT_TRANSLATE_NOOP("ReceiptWords", "Same UID, other content; only the first was sent")},
    Word{ReceiptText::Patient, QT_TRANSLATE_NOOP("ReceiptWords", "Patient")},
    Word{ReceiptText::PatientId, QT_TRANSLATE_NOOP("ReceiptWords", "Patient ID")},
    Word{ReceiptText::Study, QT_TRANSLATE_NOOP("ReceiptWords", "Study")},
    Word{ReceiptText::Series, QT_TRANSLATE_NOOP("ReceiptWords", "Series")},
    Word{ReceiptText::Modality, QT_TRANSLATE_NOOP("ReceiptWords", "Modality")},
    Word{ReceiptText::Date, QT_TRANSLATE_NOOP("ReceiptWords", "Date")},
    Word{ReceiptText::Failures, QT_TRANSLATE_NOOP("ReceiptWords", "Failures")},
    Word{ReceiptText::Warnings, QT_TRANSLATE_NOOP("ReceiptWords", "Warnings")},
    Word{ReceiptText::NotSent, QT_TRANSLATE_NOOP("ReceiptWords", "Not sent")},
    Word{ReceiptText::File, QT_TRANSLATE_NOOP("ReceiptWords", "File")},
    Word{ReceiptText::Reason, QT_TRANSLATE_NOOP("ReceiptWords", "Reason")},
    Word{ReceiptText::Status, QT_TRANSLATE_NOOP("ReceiptWords", "Status")},
    Word{ReceiptText::Comment, QT_TRANSLATE_NOOP("ReceiptWords", "Comment of the destination")},
    Word{ReceiptText::OffendingElement, QT_TRANSLATE_NOOP("ReceiptWords", "Element at fault")},
    Word{ReceiptText::Attempts, QT_TRANSLATE_NOOP("ReceiptWords", "Tries")},
    Word{ReceiptText::Associations, QT_TRANSLATE_NOOP("ReceiptWords", "Associations")},
    Word{ReceiptText::ScanInterrupted,
        QT_TRANSLATE_NOOP("ReceiptWords", "The scan was cut short: the source may hold more than this job.")},
    Word{ReceiptText::Complete, QT_TRANSLATE_NOOP("ReceiptWords", "Everything is stored at the destination.")},
    Word{ReceiptText::CompleteButUnread,
        QT_TRANSLATE_NOOP(
            "ReceiptWords", "Everything that could be read is stored. Files that could not be read: %1.")},
    Word{ReceiptText::Incomplete, QT_TRANSLATE_NOOP("ReceiptWords", "Not everything is stored.")},
    Word{ReceiptText::JobActive, QT_TRANSLATE_NOOP("ReceiptWords", "unfinished")},
    Word{ReceiptText::JobPaused, QT_TRANSLATE_NOOP("ReceiptWords", "paused")},
    Word{ReceiptText::JobStopped, QT_TRANSLATE_NOOP("ReceiptWords", "stopped")},
    Word{ReceiptText::JobFinished, QT_TRANSLATE_NOOP("ReceiptWords", "finished")},
    Word{ReceiptText::JobCancelled, QT_TRANSLATE_NOOP("ReceiptWords", "cancelled")},
    Word{ReceiptText::Proof, QT_TRANSLATE_NOOP("ReceiptWords", "Proof of delivery")},
    Word{ReceiptText::ProofWanted, QT_TRANSLATE_NOOP("ReceiptWords", "Proof asked for")},
    Word{ReceiptText::ProofResponse,
        QT_TRANSLATE_NOOP("ReceiptWords", "The destination's answer to each instance (C-STORE response)")},
    Word{ReceiptText::Proved, QT_TRANSLATE_NOOP("ReceiptWords", "Instances with this proof")},
    Word{ReceiptText::NotProved, QT_TRANSLATE_NOOP("ReceiptWords", "Instances without it")},
    Word{ReceiptText::ProofCommitment,
        QT_TRANSLATE_NOOP("ReceiptWords", "The destination's report that it keeps the instance (storage commitment)")},
    Word{ReceiptText::ProofQuery,
        QT_TRANSLATE_NOOP("ReceiptWords", "The instance is found at the destination (C-FIND at IMAGE level)")},
    Word{ReceiptText::ProofAsked, QT_TRANSLATE_NOOP("ReceiptWords", "Asked for, no answer yet")},
    Word{ReceiptText::ProofMissing, QT_TRANSLATE_NOOP("ReceiptWords", "Not proved by the destination")},
    Word{ReceiptText::ProofNotAsked, QT_TRANSLATE_NOOP("ReceiptWords", "Not asked for yet")},
    Word{ReceiptText::ThereButNotCommitted,
        QT_TRANSLATE_NOOP("ReceiptWords", "At the destination before, found by a query; not asked for commitment")},
    Word{ReceiptText::StoredNotProved,
        QT_TRANSLATE_NOOP("ReceiptWords", "Everything is sent; the proof of delivery is not complete.")},
    Word{ReceiptText::Address, QT_TRANSLATE_NOOP("ReceiptWords", "Address")},
    Word{ReceiptText::CalledAeTitle, QT_TRANSLATE_NOOP("ReceiptWords", "AE title of the destination")},
    Word{ReceiptText::CallingAeTitle, QT_TRANSLATE_NOOP("ReceiptWords", "Our AE title")},
    Word{ReceiptText::LeftOutFile, QT_TRANSLATE_NOOP("ReceiptWords", "File that was left out")},
    Word{ReceiptText::FileInItsPlace, QT_TRANSLATE_NOOP("ReceiptWords", "File with the same UID")},
    Word{ReceiptText::Opened, QT_TRANSLATE_NOOP("ReceiptWords", "Opened")},
    Word{ReceiptText::Closed, QT_TRANSLATE_NOOP("ReceiptWords", "Closed")},
};

} // namespace

QString ReceiptWords::text(ReceiptText what) const
{
    const auto word = std::find_if(kWords.begin(), kWords.end(), [what](const Word& w) { return w.what == what; });
    return word == kWords.end() ? QString() : tr(word->text);
}

QString ReceiptWords::errorText(ErrorCode code) const
{
    return app::errorText(code).happened;
}

QString ReceiptWords::proofErrorText(ErrorCode code, const std::optional<quint16>& reason) const
{
    return app::proofErrorText(code, reason).happened;
}

QString ReceiptWords::dateTime(store::WallTime time) const
{
    return dateTimeText(time);
}

QString ReceiptWords::personName(const QString& name) const
{
    return personNameText(name);
}

QString ReceiptWords::date(const QString& date) const
{
    return dicomDateText(date);
}

QString ReceiptWords::bytes(qint64 count) const
{
    return bytesText(count);
}

QString ReceiptWords::languageTag() const
{
    return spokenLanguage() == Language::Chinese ? u"zh-CN"_s : u"en"_s;
}

} // namespace radpost::app
