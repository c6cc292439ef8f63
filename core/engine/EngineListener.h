#pragma once

#include "core/queue/DispatchEvents.h"
#include "core/scan/ScanSink.h"
#include "core/scan/Scanner.h"

#include <QList>

#include <optional>

namespace radpost::engine {

/// Hears what the engine does: scans here, jobs and deliveries in the base. Called from the engine's threads, several
/// at once; return soon, and never call anything of the engine that blocks.
class EngineListener : public queue::DispatchEvents
{
public:
    /// One instance entered @p jobs.
    virtual void onInstance(const QList<JobId>& jobs, const scan::ScannedInstance& instance)
    {
        Q_UNUSED(jobs)
        Q_UNUSED(instance)
    }
    virtual void onSkipped(const QList<JobId>& jobs, const scan::SkippedFile& file)
    {
        Q_UNUSED(jobs)
        Q_UNUSED(file)
    }
    virtual void onDuplicate(const QList<JobId>& jobs, const scan::DuplicateFile& file)
    {
        Q_UNUSED(jobs)
        Q_UNUSED(file)
    }
    /// Old jobs have left the ledger; see EngineParams::keepJobs.
    virtual void onJobsRemoved() {}
    /// At most ten a second while the source of @p jobs is scanned.
    virtual void onScanProgress(const QList<JobId>& jobs, const scan::ScanSummary& soFar)
    {
        Q_UNUSED(jobs)
        Q_UNUSED(soFar)
    }
    /// The evidence of @p job moved, or nothing more of it will by itself for now; see Engine::receipt().
    virtual void onProof(JobId job) { Q_UNUSED(job) }
    /// The scan ended; @p error when it ended early.
    virtual void onScanFinished(
        const QList<JobId>& jobs, const scan::ScanSummary& summary, const std::optional<Error>& error)
    {
        Q_UNUSED(jobs)
        Q_UNUSED(summary)
        Q_UNUSED(error)
    }
};

} // namespace radpost::engine
