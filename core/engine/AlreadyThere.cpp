#include "core/engine/AlreadyThere.h"

#include "core/dicom/InstanceHeader.h"

namespace radpost::engine {

AlreadyThere::AlreadyThere(std::unique_ptr<ProofAsker> asker, config::Destination destination)
    : m_asker(std::move(asker))
    , m_destination(std::move(destination))
{
}

Result<bool> AlreadyThere::has(const dicom::InstanceHeader& header, const CancelToken& cancel)
{
    if (header.studyInstanceUid.isEmpty() || header.seriesInstanceUid.isEmpty()) {
        return false; // asked with an empty key, a destination answers with everything
    }
    const Key key{header.studyInstanceUid, header.seriesInstanceUid};
    auto series = m_known.find(key);
    if (series == m_known.end()) {
        auto known = m_asker->instances(m_destination, key.first, key.second, cancel);
        if (!known) {
            return fail(std::move(known.error()));
        }
        series = m_known.emplace(key, *std::move(known)).first;
    }
    return contains(series->second, header.sopInstanceUid, header.sopClassUid);
}

bool contains(const ProofAsker::Instances& instances, const SopInstanceUid& instance, const SopClassUid& sopClass)
{
    const auto found = instances.constFind(instance);
    return found != instances.constEnd() && (found->isEmpty() || *found == sopClass);
}

} // namespace radpost::engine
