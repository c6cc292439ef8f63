#pragma once

#include "core/base/Error.h"
#include "core/dicom/InstanceHeader.h"

#include <QString>

namespace radpost::scan {

/// One instance that a scan found.
struct ScannedInstance
{
    dicom::InstanceHeader header;
    QString path;       ///< a readable file that holds the instance; for archives a private temporary copy
    QString sourcePath; ///< what a person would call it; "a.zip/ct/1.dcm" for archives, else the same as path
    qint64 sizeBytes = 0;
    qint64 mtimeNs = 0;
};

/// A file that will not be sent, with the reason; counted, and never silent.
struct SkippedFile
{
    QString sourcePath;
    Error reason; ///< NotDicom, DicomTruncated, FileUnreadable, ArchiveUnsafe, …
};

enum class DuplicateKind {
    Identical, ///< same SOP Instance UID, same bytes: sent once
    Differs,   ///< same SOP Instance UID, other bytes: the first is sent, this one is flagged
};

struct DuplicateFile
{
    ScannedInstance instance;
    QString firstSourcePath;
    DuplicateKind kind = DuplicateKind::Identical;
};

/// Takes what a scan finds while the walk is still running. Calls come one at a time, from the scan's threads.
class ScanSink
{
public:
    virtual ~ScanSink() = default;
    virtual void onInstance(ScannedInstance&& instance) = 0;
    virtual void onSkipped(SkippedFile&& file) = 0;
    virtual void onDuplicate(DuplicateFile&& file) = 0;
};

} // namespace radpost::scan
