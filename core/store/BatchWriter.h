#pragma once

#include "core/store/Database.h"
#include "core/store/DeliveryRepository.h"
#include "core/store/JobRepository.h"
#include "core/store/SpoolRepository.h"
#include "core/store/WriteBatch.h"

#include <functional>
#include <span>
#include <vector>

namespace radpost::store {

/// Writes batches through one connection, many rows with one statement. The writer's thread only.
class BatchWriter final
{
public:
    explicit BatchWriter(Database& database);

    /// All of @p batch in one transaction, or nothing of it. Works that fail by themselves are undone alone and keep
    /// their error; records that break a constraint of the tables, which is a bug, are logged and left out, instances
    /// also of @p batch; these are entered as skipped in their jobs. The batch goes on. The attempts of @p batch are as
    /// posted until they are committed, and then as written.
    [[nodiscard]] Result<> write(WriteBatch& batch);

    /// Runs the inspections of a batch that is committed.
    void inspect(WriteBatch& batch);

private:
    [[nodiscard]] Result<> writeWork(WorkItem& item);
    [[nodiscard]] Result<> writeOnlyWork(WorkItem& item, Transaction& transaction);
    [[nodiscard]] Result<> writeInstances(std::span<const InstanceRecord> records);
    [[nodiscard]] Result<> leaveOut(const InstanceRecord& record, const Error& error);
    [[nodiscard]] Result<> writeAttempts(std::span<AttemptRecord> records);
    [[nodiscard]] Result<> writeAttemptAlone(AttemptRecord& record);
    [[nodiscard]] Result<> alone(const std::function<Result<>()>& step);
    [[nodiscard]] Result<> insertWithDeliveries(std::span<const InstanceRecord> records);
    [[nodiscard]] Result<> insertInstances(Statement& statement, std::span<const InstanceRecord> records);
    [[nodiscard]] Result<> insertDeliveries(std::span<const InstanceRecord> run);

    Database& m_database;
    JobRepository m_jobs;
    DeliveryRepository m_deliveries;
    SpoolRepository m_spool;
    std::vector<InstanceId> m_leftOut; // of the batch that is written
};

/// Writes the ends of tries and what they make of the deliveries. @p records is reordered by delivery,
/// and what would wait in a job that is Cancelled becomes Cancelled.
[[nodiscard]] Result<> writeAttempts(Database& database, std::span<AttemptRecord> records);

/// Only what it makes of the delivery.
[[nodiscard]] Result<> writeOutcome(Database& database, const AttemptRecord& record);

} // namespace radpost::store
