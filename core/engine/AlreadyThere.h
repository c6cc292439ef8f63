#pragma once

#include "core/engine/ProofAsker.h"

#include <map>
#include <memory>

namespace radpost::dicom {
struct InstanceHeader;
}

namespace radpost::engine {

/// Whether the instance is among those that a destination says it has; by SOP class, too, where it says it.
[[nodiscard]] bool contains(
    const ProofAsker::Instances& instances, const SopInstanceUid& instance, const SopClassUid& sopClass);

/// Which instances of a source a destination has already: one C-FIND at IMAGE level for each series. One thread at a
/// time.
class AlreadyThere final
{
public:
    AlreadyThere(std::unique_ptr<ProofAsker> asker, config::Destination destination);

    /// By SOP Instance UID, and by SOP class where the destination says it; its content is not compared. Blocks when
    /// the series was not asked about yet. What has no study or series UID cannot be asked about, and is not there.
    /// Errors: ServiceNotOffered, QueryFailed, those of an association, Cancelled.
    [[nodiscard]] Result<bool> has(const dicom::InstanceHeader& header, const CancelToken& cancel);

private:
    using Key = std::pair<StudyInstanceUid, SeriesInstanceUid>;

    std::unique_ptr<ProofAsker> m_asker;
    const config::Destination m_destination;
    std::map<Key, ProofAsker::Instances> m_known;
};

} // namespace radpost::engine
