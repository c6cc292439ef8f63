#include "core/scan/ScanGate.h"

#include "core/scan/comparefiles.h"

#include <QFile>

#include <utility>

namespace radpost::scan {

ScanGate::ScanGate(ScanSink& sink, CancelToken cancel)
    : m_cancel(std::move(cancel))
    , m_sink(sink)
{
}

void ScanGate::deliver(std::vector<Finding>& findings)
{
    std::vector<Hit> hits;
    {
        const std::scoped_lock lock(m_mutex);
        deliverLocked(findings, hits);
    }
    deliverHits(hits);
}

bool ScanGate::tryDeliver(std::vector<Finding>& findings)
{
    std::vector<Hit> hits;
    {
        const std::unique_lock lock(m_mutex, std::try_to_lock);
        if (!lock) {
            return false;
        }
        deliverLocked(findings, hits);
    }
    deliverHits(hits);
    return true;
}

void ScanGate::deliver(Finding finding)
{
    std::vector<Finding> one;
    one.push_back(std::move(finding));
    deliver(one);
}

ScanSummary ScanGate::summary() const
{
    const std::scoped_lock lock(m_mutex);
    return m_summary;
}

void ScanGate::deliverLocked(std::vector<Finding>& findings, std::vector<Hit>& hits)
{
    for (Finding& finding : findings) {
        if (m_cancel.isCancelled()) {
            break;
        }
        if (auto* skipped = std::get_if<SkippedFile>(&finding)) {
            ++m_summary.files;
            ++m_summary.skipped;
            m_sink.onSkipped(std::move(*skipped));
            continue;
        }
        auto& found = std::get<FoundInstance>(finding);
        ScannedInstance& instance = found.instance;
        if (auto first = m_index.insert(instance.header.sopInstanceUid, instance.path, instance.sourcePath)) {
            hits.push_back({std::move(found), std::move(*first)});
            continue;
        }
        ++m_summary.files;
        ++m_summary.instances;
        m_summary.instanceBytes += instance.sizeBytes;
        m_sink.onInstance(std::move(instance));
    }
    findings.clear();
}

// Comparing reads both files, so it is done outside the lock.
void ScanGate::deliverHits(std::vector<Hit>& hits)
{
    for (Hit& hit : hits) {
        // A file that can no longer be read cannot be shown to be the same: flagged rather than dropped.
        const auto same = haveSameBytes(hit.first.path, hit.found.instance.path, m_cancel);
        deliverHit(hit, same.value_or(false) ? DuplicateKind::Identical : DuplicateKind::Differs);
    }
}

void ScanGate::deliverHit(Hit& hit, DuplicateKind kind)
{
    ScannedInstance& instance = hit.found.instance;
    if (kind == DuplicateKind::Identical && hit.found.isOurCopy) {
        QFile::remove(instance.path);
        instance.path = hit.first.path;
    }
    const std::scoped_lock lock(m_mutex);
    if (m_cancel.isCancelled()) {
        return;
    }
    ++m_summary.files;
    ++(kind == DuplicateKind::Identical ? m_summary.duplicatesIdentical : m_summary.duplicatesDiffering);
    m_sink.onDuplicate({std::move(instance), std::move(hit.first.sourcePath), kind});
}

} // namespace radpost::scan
