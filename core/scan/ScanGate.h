#pragma once

#include "core/base/CancelToken.h"
#include "core/scan/DuplicateIndex.h"
#include "core/scan/ScanSink.h"
#include "core/scan/Scanner.h"

#include <mutex>
#include <variant>
#include <vector>

namespace radpost::scan {

struct FoundInstance
{
    ScannedInstance instance;
    bool isOurCopy = false; ///< unpacked by this scan, so it may be removed when nobody needs it
};

/// What became of one file.
using Finding = std::variant<FoundInstance, SkippedFile>;

/// The one way to the sink: finds duplicates, counts, and lets one thread through at a time. Any thread.
class ScanGate final
{
public:
    ScanGate(ScanSink& sink, CancelToken cancel);

    /// Hands over and empties @p findings, in order. Waits while another thread is in the sink. A duplicate is
    /// delivered after its first file was; our own copy of an identical one is removed. Nothing is delivered once
    /// cancelled.
    void deliver(std::vector<Finding>& findings);

    /// The same, when that needs no waiting; otherwise false, and nothing happened.
    [[nodiscard]] bool tryDeliver(std::vector<Finding>& findings);

    void deliver(Finding finding);

    [[nodiscard]] ScanSummary summary() const;

private:
    struct Hit
    {
        FoundInstance found;
        FirstSeen first;
    };

    void deliverLocked(std::vector<Finding>& findings, std::vector<Hit>& hits);
    void deliverHits(std::vector<Hit>& hits);
    void deliverHit(Hit& hit, DuplicateKind kind);

    const CancelToken m_cancel;
    mutable std::mutex m_mutex; // guards what follows, and the calls of the sink
    ScanSink& m_sink;
    DuplicateIndex m_index;
    ScanSummary m_summary;
};

} // namespace radpost::scan
