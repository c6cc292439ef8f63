#pragma once

#include "core/base/Result.h"
#include "core/store/BacklogRepository.h"
#include "core/store/DeliveryRepository.h"
#include "core/store/HistoryRepository.h"
#include "core/store/JobRepository.h"
#include "core/store/CommitmentRequestRepository.h"
#include "core/store/ProofRepository.h"
#include "core/store/RefusedPeerRepository.h"
#include "core/store/ReportRepository.h"
#include "core/store/RoutingRepository.h"
#include "core/store/SpoolLookup.h"
#include "core/store/SpoolOverview.h"
#include "core/store/SpoolRepository.h"
#include "core/store/SpoolSearch.h"
#include "core/store/StatisticsRepository.h"

#include <QString>

#include <functional>
#include <memory>

namespace radpost::store {

class Database;

/// One thread's view of the committed ledger; see Ledger::openReader. Every call blocks on the file and may fail with
/// LedgerFailed or LedgerCorrupt.
class LedgerReader final
{
public:
    explicit LedgerReader(std::unique_ptr<Database> database);
    ~LedgerReader();
    LedgerReader(const LedgerReader&) = delete;
    LedgerReader& operator=(const LedgerReader&) = delete;

    [[nodiscard]] JobRepository& jobs() { return m_jobs; }
    [[nodiscard]] DeliveryRepository& deliveries() { return m_deliveries; }
    [[nodiscard]] ReportRepository& report() { return m_report; }
    [[nodiscard]] HistoryRepository& history() { return m_history; }
    [[nodiscard]] SpoolRepository& spool() { return m_spool; }
    /// Not beyond the life of the reader.
    [[nodiscard]] std::unique_ptr<SpoolSearch> searchSpool(SpoolLevel level, const QList<SpoolTerm>& terms);
    [[nodiscard]] SpoolLookup& spoolLookup() { return m_spoolLookup; }
    [[nodiscard]] SpoolOverview& spoolOverview() { return m_spoolOverview; }
    [[nodiscard]] RoutingRepository& routing() { return m_routing; }
    [[nodiscard]] RefusedPeerRepository& refusedPeers() { return m_refusedPeers; }
    [[nodiscard]] StatisticsRepository& statistics() { return m_statistics; }
    [[nodiscard]] BacklogRepository& backlog() { return m_backlog; }
    [[nodiscard]] ProofRepository& proofs() { return m_proofs; }
    [[nodiscard]] CommitmentRequestRepository& commitmentRequests() { return m_commitmentRequests; }

private:
    friend class LedgerWatch;
    std::unique_ptr<Database> m_database;
    JobRepository m_jobs;
    DeliveryRepository m_deliveries;
    ReportRepository m_report;
    HistoryRepository m_history;
    SpoolRepository m_spool;
    SpoolLookup m_spoolLookup;
    SpoolOverview m_spoolOverview;
    RoutingRepository m_routing;
    RefusedPeerRepository m_refusedPeers;
    StatisticsRepository m_statistics;
    BacklogRepository m_backlog;
    ProofRepository m_proofs;
    CommitmentRequestRepository m_commitmentRequests;
};

/// While it lives, what @p reader does ends with Cancelled once @p isOver says so; see Database::watch. One at a time.
class LedgerWatch final
{
public:
    LedgerWatch(LedgerReader& reader, std::function<bool()> isOver);
    ~LedgerWatch();
    LedgerWatch(const LedgerWatch&) = delete;
    LedgerWatch& operator=(const LedgerWatch&) = delete;

private:
    LedgerReader& m_reader;
};

} // namespace radpost::store
