#pragma once

#include "core/base/CancelToken.h"
#include "core/base/Result.h"

#include <QString>

namespace radpost::cli {

/// How what was received compares with what was sent. identical + different + missing = sent.
struct ReceivedComparison
{
    qint64 sent = 0;
    qint64 identical = 0; ///< same transfer syntax, same data set byte for byte
    qint64 different = 0;
    qint64 missing = 0;
    qint64 unexpected = 0; ///< received and never sent
    [[nodiscard]] bool isPerfect() const { return identical == sent && unexpected == 0; }
};

/// Compares two folders of DICOM files by SOP Instance UID. The file meta information is not compared: every receiver
/// writes its own. Blocks. Errors: those of a scan, FileUnreadable.
[[nodiscard]] Result<ReceivedComparison> compareReceived(
    const QString& sentFolder, const QString& receivedFolder, const CancelToken& cancel);

} // namespace radpost::cli
