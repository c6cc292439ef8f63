#pragma once

#include "core/queue/Batch.h"
#include "core/store/DeliveryRepository.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerWriter.h"

#include <QByteArray>
#include <QHash>
#include <QSet>

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

namespace radpost::queue {

/// Set by JobQueue::cancel, read by the batch that still grows the job.
using CancelFlag = std::shared_ptr<std::atomic<bool>>;

struct Batch::Private
{
    explicit Private(store::Ledger& l)
        : ledger(l)
    {
    }

    store::Ledger& ledger;
    QList<JobId> jobs;
    std::vector<CancelFlag> cancelFlags;
    std::shared_ptr<const QList<DeliveryId>> firstDeliveries;
    std::function<void()> onSealed; ///< tells the queue's listener
    qint64 count = 0;               ///< appended by this batch: the next ordinal
    bool sealed = false;

    QString lastFolder;
    qint64 lastFolderId = 0;
    QHash<QString, qint64> folders;
    QHash<QByteArray, qint64> series;
    QByteArray lastSeriesKey;
    qint64 lastSeriesId = 0;
    store::Context lastContext;
    qint64 lastContextId = 0;
    QSet<qint64> contexts; ///< that the jobs are known to need

    /// Of a reopened batch: the source path of each instance that is in the jobs already.
    QHash<QByteArray, QString> known;

    store::InstanceRecord recordOf(store::NewInstance&& instance);
    qint64 folderId(const QString& folder);
    qint64 seriesId(const store::SeriesText& text);
    qint64 contextId(const store::NewInstance& instance);
    bool allCancelled() const;
    Result<> passOver(const store::NewInstance& instance, const QString& knownPath, const CancelToken& cancel);
    Result<> insertDuplicate(store::DuplicateFile&& file, const CancelToken& cancel);
};

} // namespace radpost::queue
