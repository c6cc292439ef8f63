#include "core/engine/SpoolFind.h"

#include "core/observe/Log.h"
#include "core/store/LedgerReader.h"

namespace radpost::engine {

namespace {

net::QueryReply unable(const Error& error)
{
    qCWarning(observe::lcEngine) << "a query cannot be answered:" << errorName(error.code) << error.detail;
    return {net::kStatusUnableToProcess, "the index cannot be read"};
}

} // namespace

SpoolFind::SpoolFind(store::LedgerReader& reader, const QueryKeys& keys, int limit)
    : m_reader(reader)
    , m_keys(keys)
    , m_limit(limit)
{
}

Result<net::QueryReply> SpoolFind::run(const net::QueryCall& call, net::QueryOperation& operation)
{
    const auto search = m_reader.searchSpool(m_keys.level(), m_keys.terms());
    for (;;) {
        const auto page = search->next();
        if (!page) {
            return unable(page.error());
        }
        if (page->isEmpty()) {
            return net::QueryReply{};
        }
        for (const auto& match : *page) {
            auto end = offer(match, call, operation);
            if (!end) {
                return fail(std::move(end.error()));
            }
            if (*end) {
                return std::move(**end);
            }
        }
    }
}

/// @return the final response when it is time for it.
Result<std::optional<net::QueryReply>> SpoolFind::offer(
    const store::SpoolMatch& match, const net::QueryCall& call, net::QueryOperation& operation)
{
    const auto wasCancelled = operation.wasCancelled();
    if (!wasCancelled || *wasCancelled) {
        return wasCancelled ? std::optional(net::QueryReply{net::kStatusCancel})
                            : Result<std::optional<net::QueryReply>>(fail(wasCancelled.error()));
    }
    const auto isMeant = m_keys.matches(match, m_reader.spoolLookup());
    if (!isMeant || !*isMeant) {
        return isMeant ? std::nullopt : std::optional(unable(isMeant.error()));
    }
    if (m_limit > 0 && m_matches >= m_limit) {
        return std::optional(net::QueryReply{
            net::kStatusSomeFailed, "more than " + QByteArray::number(m_limit) + " matches: narrow the query"});
    }
    const auto identifier = encoded(match, call);
    if (!identifier) {
        return std::optional(unable(identifier.error()));
    }
    ++m_matches;
    const auto status = m_keys.hasUnsupported() ? net::kStatusPendingWithUnsupportedKeys : net::kStatusPending;
    auto sent = operation.respond({status, {}, {}, {}, *identifier});
    return sent ? Result<std::optional<net::QueryReply>>(std::nullopt) : fail(std::move(sent.error()));
}

Result<QByteArray> SpoolFind::encoded(const store::SpoolMatch& match, const net::QueryCall& call)
{
    return m_keys.answer(match, m_reader.spoolLookup(), QString::fromLatin1(call.peer.calledAeTitle))
        .and_then([&call](const dicom::Identifier& answer) {
            return dicom::encodeIdentifier(answer, call.context.transferSyntaxUid);
        });
}

} // namespace radpost::engine
