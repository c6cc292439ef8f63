#include "core/engine/SpoolFind.h"

#include "core/observe/Log.h"
#include "core/store/LedgerReader.h"

namespace radpost::engine {

namespace {

using End = std::optional<net::QueryReply>;

Result<End> endOf(const Result<bool>& wasCancelled)
{
    if (!wasCancelled) {
        return fail(wasCancelled.error());
    }
    return *wasCancelled ? End(net::QueryReply{net::kStatusCancel}) : End();
}

} // namespace

QByteArray timeoutComment(std::chrono::milliseconds timeout)
{
    return "not found in " + QByteArray::number(qint64(timeout.count() / 1000)) + " s: narrow the query";
}

SpoolFind::SpoolFind(store::LedgerReader& reader, const QueryKeys& keys, int limit, std::chrono::milliseconds timeout)
    : m_reader(reader)
    , m_keys(keys)
    , m_limit(limit)
    , m_timeout(timeout)
    , m_deadline(timeout)
{
}

/// Cancelled, or out of time.
Result<End> SpoolFind::endNow(net::QueryOperation& operation) const
{
    auto end = endOf(operation.wasCancelled());
    if (!end || *end || !m_deadline.isOver()) {
        return end;
    }
    return End(net::QueryReply{net::kStatusOutOfResources, timeoutComment(m_timeout)});
}

/// The index cannot be read, or the watch has ended the reading.
Result<End> SpoolFind::endBy(const Error& error, net::QueryOperation& operation) const
{
    if (error.code == ErrorCode::Cancelled) {
        if (auto end = endNow(operation); !end || *end) {
            return end;
        }
    }
    qCWarning(observe::lcEngine) << "a query cannot be answered:" << errorName(error.code) << error.detail;
    return End(net::QueryReply{net::kStatusUnableToProcess, "the index cannot be read"});
}

Result<net::QueryReply> SpoolFind::run(const net::QueryCall& call, net::QueryOperation& operation)
{
    const store::LedgerWatch watch(
        m_reader, [&] { return m_deadline.isOver() || operation.wasCancelled().value_or(true); });
    const auto search = m_reader.searchSpool(m_keys.level(), m_keys.terms());
    for (;;) {
        auto end = step(*search, call, operation);
        if (!end) {
            return fail(std::move(end.error()));
        }
        if (*end) {
            return std::move(**end);
        }
    }
}

/// One page.
Result<End> SpoolFind::step(store::SpoolSearch& search, const net::QueryCall& call, net::QueryOperation& operation)
{
    if (auto end = endNow(operation); !end || *end) {
        return end;
    }
    const auto page = search.next();
    if (!page) {
        return endBy(page.error(), operation);
    }
    for (const auto& match : *page) {
        if (auto end = offer(match, call, operation); !end || *end) {
            return end;
        }
    }
    return page->isEmpty() ? End(net::QueryReply{}) : End();
}

Result<End> SpoolFind::offer(const store::SpoolMatch& match, const net::QueryCall& call, net::QueryOperation& operation)
{
    if (auto end = endNow(operation); !end || *end) {
        return end;
    }
    const auto isMeant = m_keys.matches(match, m_reader.spoolLookup());
    if (!isMeant || !*isMeant) {
        return isMeant ? Result<End>(End()) : endBy(isMeant.error(), operation);
    }
    if (m_limit > 0 && m_matches >= m_limit) {
        return End(net::QueryReply{
            net::kStatusOutOfResources, "more than " + QByteArray::number(m_limit) + " matches: narrow the query"});
    }
    const auto identifier = encoded(match, call);
    if (!identifier) {
        return endBy(identifier.error(), operation);
    }
    ++m_matches;
    const auto status = m_keys.hasUnsupported() ? net::kStatusPendingWithUnsupportedKeys : net::kStatusPending;
    auto sent = operation.respond({status, {}, {}, {}, *identifier});
    return sent ? Result<End>(End()) : fail(std::move(sent.error()));
}

Result<QByteArray> SpoolFind::encoded(const store::SpoolMatch& match, const net::QueryCall& call)
{
    return m_keys.answer(match, m_reader.spoolLookup(), QString::fromLatin1(call.peer.calledAeTitle))
        .and_then([&call](const dicom::Identifier& answer) {
            return dicom::encodeIdentifier(answer, call.context.transferSyntaxUid);
        });
}

} // namespace radpost::engine
