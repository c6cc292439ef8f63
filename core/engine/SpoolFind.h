#pragma once

#include "core/engine/AnsweredQuery.h"
#include "core/engine/QueryKeys.h"
#include "core/net/QueryOperation.h"

namespace radpost::store {
class LedgerReader;
}

namespace radpost::engine {

/// One C-FIND over the index of the spool. One thread.
class SpoolFind final
{
public:
    /// @p limit of matches, 0 for none.
    SpoolFind(store::LedgerReader& reader, const QueryKeys& keys, int limit);

    /// Sends each match as it is found. Blocks. @return the final response: success, FE00 when the peer cancelled, B000
    /// when the limit cut the matches, C000 when the index cannot be read. Errors: the association is over.
    [[nodiscard]] Result<net::QueryReply> run(const net::QueryCall& call, net::QueryOperation& operation);

    [[nodiscard]] qint64 matches() const { return m_matches; }

private:
    [[nodiscard]] Result<std::optional<net::QueryReply>> offer(
        const store::SpoolMatch& match, const net::QueryCall& call, net::QueryOperation& operation);
    [[nodiscard]] Result<QByteArray> encoded(const store::SpoolMatch& match, const net::QueryCall& call);

    store::LedgerReader& m_reader;
    const QueryKeys& m_keys;
    const int m_limit;
    qint64 m_matches = 0;
};

} // namespace radpost::engine
