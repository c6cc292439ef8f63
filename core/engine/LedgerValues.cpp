#include "core/engine/LedgerValues.h"

namespace radpost::engine {

namespace {

store::SeriesText seriesText(const dicom::InstanceHeader& header)
{
    store::SeriesText text;
    text.patientName = header.patientName;
    text.patientId = header.patientId;
    text.patientBirthDate = header.patientBirthDate;
    text.patientSex = header.patientSex;
    text.studyInstanceUid = header.studyInstanceUid;
    text.studyDate = header.studyDate;
    text.studyTime = header.studyTime;
    text.studyDescription = header.studyDescription;
    text.accessionNumber = header.accessionNumber;
    text.seriesInstanceUid = header.seriesInstanceUid;
    text.modality = header.modality;
    text.seriesDescription = header.seriesDescription;
    text.seriesNumber = header.seriesNumber;
    return text;
}

} // namespace

store::NewInstance newInstance(const scan::ScannedInstance& scanned)
{
    const auto& header = scanned.header;
    store::NewInstance made;
    made.path = scanned.path;
    if (scanned.sourcePath != scanned.path) {
        made.sourcePath = scanned.sourcePath;
    }
    made.sizeBytes = scanned.sizeBytes;
    made.mtimeNs = scanned.mtimeNs;
    made.dataSetOffset = header.dataSetOffset;
    made.dataSetLength = header.dataSetLength;
    made.sopClassUid = header.sopClassUid;
    made.sopInstanceUid = header.sopInstanceUid;
    made.transferSyntaxUid = header.transferSyntaxUid;
    made.series = seriesText(header);
    return made;
}

store::ProofWanted wantedOf(config::ProofOfDelivery proof)
{
    switch (proof) {
    case config::ProofOfDelivery::Commitment:
        return store::ProofWanted::Commitment;
    case config::ProofOfDelivery::Query:
        return store::ProofWanted::Query;
    case config::ProofOfDelivery::Response:
        break;
    }
    return store::ProofWanted::Response;
}

store::SkippedFile skippedFile(const scan::SkippedFile& scanned)
{
    return {scanned.sourcePath, scanned.reason.code, scanned.reason.detail};
}

store::DuplicateFile duplicateFile(const scan::DuplicateFile& scanned)
{
    const auto kind = scanned.kind == scan::DuplicateKind::Identical ? store::DuplicateKind::Identical
                                                                     : store::DuplicateKind::Differs;
    return {scanned.instance.sourcePath, scanned.firstSourcePath, scanned.instance.header.sopInstanceUid, kind};
}

} // namespace radpost::engine
