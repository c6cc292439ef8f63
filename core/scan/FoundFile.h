#pragma once

#include "core/base/Result.h"
#include "core/dicom/InstanceHeader.h"

#include <QString>

namespace radpost::scan {

/// A file on its way to be looked at; the two names are those of ScannedInstance.
struct FoundFile
{
    QString path;
    QString sourcePath;
};

/// An index of other files (PS3.10 8.6) reads like an instance, but is none.
[[nodiscard]] bool isDicomdir(const dicom::InstanceHeader& header);

// Reasons that files on disk and members of archives share.
[[nodiscard]] tl::unexpected<Error> dicomdirFailure();
[[nodiscard]] tl::unexpected<Error> emptyFailure();
[[nodiscard]] tl::unexpected<Error> rarFailure();

} // namespace radpost::scan
