#pragma once

#include "core/base/Clock.h"
#include "core/base/StrongId.h"
#include "core/dicom/AttributeReader.h"

#include <QString>

#include <optional>

namespace radpost::route {

/// What is known of one instance when it is routed. A plain value; any thread.
struct InstanceFacts
{
    AeTitle callingAeTitle;
    AeTitle calledAeTitle;
    QString peerAddress; ///< "10.1.2.3", "fe80::1"; empty: it did not come from a peer
    QString source;      ///< name of the listener or watch folder; may be empty
    Clock::WallTime receivedAt{};
    SopClassUid sopClassUid;
    SopInstanceUid sopInstanceUid;
    TransferSyntaxUid transferSyntaxUid;
    StudyInstanceUid studyInstanceUid;
    SeriesInstanceUid seriesInstanceUid;
    QString modality;
    QString studyDescription;
    /// What AttributeReader found for RuleBook::attributes(), in their order; nothing when the data set could not be
    /// read: what looks at attributes is undecided then.
    std::optional<dicom::AttributeSet> attributes;
};

/// What the header knows; how and when it came is the caller's to add, and the attributes.
[[nodiscard]] InstanceFacts factsOf(const dicom::InstanceHeader& header);

} // namespace radpost::route
