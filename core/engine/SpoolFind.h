#pragma once

#include "core/base/Deadline.h"
#include "core/engine/AnsweredQuery.h"
#include "core/engine/QueryKeys.h"
#include "core/net/QueryOperation.h"

namespace radpost::store {
class LedgerReader;
}

namespace radpost::engine {

/// What is said of a search of the index that took longer than it may; at most 64 characters.
[[nodiscard]] QByteArray timeoutComment(std::chrono::milliseconds timeout);

/// One C-FIND over the index of the spool. One thread.
class SpoolFind final
{
public:
    /// @p limit of matches, 0 for none; @p timeout for all of it.
    SpoolFind(store::LedgerReader& reader, const QueryKeys& keys, int limit, std::chrono::milliseconds timeout);

    /// Sends each match as it is found. Blocks. @return the final response: success, FE00 when the peer cancelled, A700
    /// when the limit or the time cut the matches, C000 when the index cannot be read. Errors: the association is over.
    /// A cancel ends also a search that has found nothing yet.
    [[nodiscard]] Result<net::QueryReply> run(const net::QueryCall& call, net::QueryOperation& operation);

    [[nodiscard]] qint64 matches() const { return m_matches; }

private:
    using End = std::optional<net::QueryReply>; ///< the final response when it is time for it

    [[nodiscard]] Result<End> step(
        store::SpoolSearch& search, const net::QueryCall& call, net::QueryOperation& operation);
    [[nodiscard]] Result<End> offer(
        const store::SpoolMatch& match, const net::QueryCall& call, net::QueryOperation& operation);
    [[nodiscard]] Result<End> endNow(net::QueryOperation& operation) const;
    [[nodiscard]] Result<End> endBy(const Error& error, net::QueryOperation& operation) const;
    [[nodiscard]] Result<QByteArray> encoded(const store::SpoolMatch& match, const net::QueryCall& call);

    store::LedgerReader& m_reader;
    const QueryKeys& m_keys;
    const int m_limit;
    const std::chrono::milliseconds m_timeout;
    const Deadline m_deadline;
    qint64 m_matches = 0;
};

} // namespace radpost::engine
