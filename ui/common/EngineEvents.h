#pragma once

#include "core/engine/EngineListener.h"

#include <QObject>

#include <map>
#include <set>
#include <mutex>
#include <vector>

namespace radpost::ui {

/// What scans left out since the last scanned() signal.
struct ScanBatch
{
    struct Skipped
    {
        QList<JobId> jobs;
        scan::SkippedFile file;
    };
    struct Duplicate
    {
        QList<JobId> jobs;
        scan::DuplicateFile file;
    };
    std::vector<Skipped> skipped;
    std::vector<Duplicate> duplicates;
};

/// The engine's callbacks, from whatever thread, as signals on the GUI thread. What comes by the thousand is gathered:
/// one queued event is under way at a time, however fast the engine works. Single instances are not told: to copy and
/// drop them by the ten thousand would hold up the GUI thread, and counts come with the progress. Lives on the GUI
/// thread.
class EngineEvents final : public QObject, public engine::EngineListener
{
    Q_OBJECT

public:
    using QObject::QObject;

    // EngineListener; any thread.
    void onJobStarted(JobId job) override;
    void onProgress(const queue::JobProgress& progress) override;
    void onDelivery(const queue::DeliveryEvent& event) override;
    void onJobAtRest(const queue::JobProgress& progress) override;
    void onAssociationOpened(const QString& destination, AssociationId id, const queue::SessionInfo& info) override;
    void onDestinationDown(const QString& destination, const Error& error, Clock::WallTime nextTryAt) override;
    void onDestinationUp(const QString& destination) override;
    void onLedgerFailed(const Error& error) override;
    void onLedgerRecovered() override;
    void onJobsRemoved() override;
    void onProof(JobId job) override;
    void onSkipped(const QList<JobId>& jobs, const scan::SkippedFile& file) override;
    void onDuplicate(const QList<JobId>& jobs, const scan::DuplicateFile& file) override;
    void onScanProgress(const QList<JobId>& jobs, const scan::ScanSummary& soFar) override;
    void onScanFinished(
        const QList<JobId>& jobs, const scan::ScanSummary& summary, const std::optional<Error>& error) override;

Q_SIGNALS:
    void jobStarted(radpost::JobId job);
    void progressed(const radpost::queue::JobProgress& progress); ///< the newest of each job
    void delivered(const std::vector<radpost::queue::DeliveryEvent>& deliveries);
    void jobAtRest(const radpost::queue::JobProgress& progress);
    void associationOpened(const QString& destination, const radpost::queue::SessionInfo& info);
    void destinationDown(const QString& destination, const radpost::Error& error, radpost::Clock::WallTime nextTryAt);
    void destinationUp(const QString& destination);
    void ledgerFailed(const radpost::Error& error);
    void ledgerRecovered();
    void jobsRemoved();
    void proofMoved(radpost::JobId job); ///< evidence came, or is known to be missing
    void scanned(const radpost::ui::ScanBatch& batch);
    void scanProgressed(const QList<radpost::JobId>& jobs, const radpost::scan::ScanSummary& soFar);
    void scanFinished(const QList<radpost::JobId>& jobs, const radpost::scan::ScanSummary& summary,
        const std::optional<radpost::Error>& error);

private:
    struct Gathered
    {
        std::map<JobId, queue::JobProgress> progress;
        std::vector<queue::DeliveryEvent> deliveries;
        ScanBatch batch;
        std::set<JobId> proofs;
    };

    template <typename Change>
    void gather(Change change);
    template <typename Tell>
    void tell(Tell signal);
    void flush();

    std::mutex m_mutex; // guards what follows
    Gathered m_gathered;
    bool m_isFlushComing = false;
};

} // namespace radpost::ui
