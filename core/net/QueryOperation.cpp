#include "core/net/QueryOperation.h"

namespace radpost::net {

namespace {

constexpr qsizetype kMaxErrorComment = 64; ///< LO

} // namespace

QueryOperation::QueryOperation(
    Association& association, const CommandSet& request, quint8 contextId, CancelToken cancel)
    : m_association(association)
    , m_request(request)
    , m_contextId(contextId)
    , m_cancel(std::move(cancel))
{
}

Result<> QueryOperation::respond(const QueryReply& reply)
{
    auto response = responseTo(m_request, reply.status);
    response.commandDataSetType = reply.identifier.isEmpty() ? kNoDataSet : kHasDataSet;
    response.errorComment = reply.errorComment.left(kMaxErrorComment);
    response.offendingElements = reply.offendingElements;
    response.remainingSuboperations = reply.counts.remaining;
    response.completedSuboperations = reply.counts.completed;
    response.failedSuboperations = reply.counts.failed;
    response.warningSuboperations = reply.counts.warning;
    m_encoded.clear();
    encodeCommand(response, m_encoded);
    return m_association.sendMessage(m_contextId, m_encoded, asBytes(reply.identifier), m_cancel);
}

Result<bool> QueryOperation::wasCancelled()
{
    while (!m_wasCancelled) {
        if (m_cancel.isCancelled()) {
            m_association.abort();
            return fail(ErrorCode::Cancelled);
        }
        const auto isThere = m_association.awaitInput(Deadline(std::chrono::milliseconds(0)), m_cancel);
        if (!isThere || !*isThere) {
            return isThere ? Result<bool>(false) : fail(isThere.error());
        }
        if (auto heard = hearNext(); !heard) {
            return fail(std::move(heard.error()));
        }
    }
    return true;
}

Result<> QueryOperation::hearNext()
{
    const auto said = m_association.next(Deadline(m_association.timeouts().stall), m_cancel);
    if (!said) {
        return fail(said.error());
    }
    if (!*said) {
        std::ignore = m_association.confirmRelease(m_cancel);
        return fail(ErrorCode::ConnectionLost, QStringLiteral("released before the last response"));
    }
    const auto command =
        (*said)->kind == Incoming::Kind::Command ? decodeCommand((*said)->bytes) : fail(ErrorCode::ProtocolError);
    if (!command || !command->is(DimseCommand::CCancelRq)) {
        m_association.abort();
        return fail(ErrorCode::ProtocolError, QStringLiteral("something else than C-CANCEL during an operation"));
    }
    hear(*command);
    return {};
}

bool QueryOperation::hear(const CommandSet& command)
{
    const bool isOurs = command.is(DimseCommand::CCancelRq) && command.messageIdBeingRespondedTo == m_request.messageId;
    m_wasCancelled |= isOurs;
    return isOurs;
}

} // namespace radpost::net
