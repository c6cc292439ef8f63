#pragma once

#include "core/base/Result.h"
#include "core/dicom/InstanceHeader.h"

class DcmDataset;

namespace radpost::dicom {

struct TransferSyntax;

/// What a deflated data set may inflate to, unless said otherwise; DCMTK holds all of it in memory.
inline constexpr qint64 kMostInflated = qint64(1) << 30;

/// Gives a data set to DCMTK, which recurses into sequences without bound and believes lengths: only after
/// checkStructure() found nothing wrong with it. Long values stay in the file until asked for.
/// Errors: those of FileSource::open; DicomTruncated, DicomMalformed.
[[nodiscard]] Result<> loadDataSet(const QString& path, const InstanceHeader& header, const TransferSyntax& syntax,
    DcmDataset& dataSet, qint64 mostInflated = kMostInflated);

} // namespace radpost::dicom
