#include "core/store/LedgerReader.h"

#include "core/store/Database.h"

namespace radpost::store {

LedgerReader::LedgerReader(std::unique_ptr<Database> database)
    : m_database(std::move(database))
    , m_jobs(*m_database)
    , m_deliveries(*m_database)
    , m_report(*m_database)
    , m_history(*m_database)
    , m_spool(*m_database)
    , m_spoolLookup(*m_database)
    , m_spoolOverview(*m_database)
    , m_routing(*m_database)
    , m_refusedPeers(*m_database)
    , m_statistics(*m_database)
    , m_backlog(*m_database)
    , m_proofs(*m_database)
    , m_commitmentRequests(*m_database)
{
}

LedgerReader::~LedgerReader() = default;

std::unique_ptr<SpoolSearch> LedgerReader::searchSpool(SpoolLevel level, const QList<SpoolTerm>& terms)
{
    return std::make_unique<SpoolSearch>(*m_database, level, terms);
}

LedgerWatch::LedgerWatch(LedgerReader& reader, std::function<bool()> isOver)
    : m_reader(reader)
{
    m_reader.m_database->watch(std::move(isOver));
}

LedgerWatch::~LedgerWatch()
{
    m_reader.m_database->watch({});
}

} // namespace radpost::store
