#include "core/net/QueryScu.h"

#include <stop_token>

namespace radpost::net {

/// The wait for one response after the other: which token ends it, and by when the next has to be here.
class QueryScu::Waiting final
{
public:
    Waiting(const CancelToken& stop, const CancelToken& cancel, std::chrono::milliseconds response)
        : m_stop(stop)
        , m_cancel(cancel)
        , m_response(response)
        , m_deadline(response)
        , m_onStop(stop.stopToken(), [this] { m_wake.cancel(); })
        , m_onCancel(cancel.stopToken(), [this] { m_wake.cancel(); })
    {
    }

    /// The cancel token alone once the peer was told to stop.
    [[nodiscard]] CancelToken wake() const { return m_wasStopped ? m_cancel : m_wake.token(); }
    [[nodiscard]] const CancelToken& cancel() const { return m_cancel; }
    [[nodiscard]] const Deadline& deadline() const { return m_deadline; }
    [[nodiscard]] bool mustStop() const { return !m_wasStopped && m_stop.isCancelled(); }
    [[nodiscard]] bool wasStopped() const { return m_wasStopped; }

    void stopped(std::chrono::milliseconds patience)
    {
        m_wasStopped = true;
        m_deadline = Deadline(patience);
    }

    void heard()
    {
        if (!m_wasStopped) { // a peer that goes on for ever after C-CANCEL does not get more time by it
            m_deadline = Deadline(m_response);
        }
    }

private:
    const CancelToken m_stop;
    const CancelToken m_cancel;
    const std::chrono::milliseconds m_response;
    Deadline m_deadline;
    bool m_wasStopped = false;
    CancelSource m_wake;
    const std::stop_callback<std::function<void()>> m_onStop;
    const std::stop_callback<std::function<void()>> m_onCancel;
};

namespace {

SubOperations countsOf(const CommandSet& response)
{
    return {response.remainingSuboperations, response.completedSuboperations, response.failedSuboperations,
        response.warningSuboperations};
}

QByteArrayView sopClassOf(const Association& association, quint8 contextId)
{
    const auto* context = association.context(contextId);
    return context == nullptr ? QByteArrayView() : QByteArrayView(context->sopClassUid.value);
}

quint16 responseCommand(DimseCommand command)
{
    return static_cast<quint16>(command) | 0x8000U;
}

} // namespace

Result<QueryEnd> QueryScu::run(
    const QueryRequest& request, QueryListener& listener, const CancelToken& stop, const CancelToken& cancel)
{
    m_listener = &listener;
    m_dataIsDue = false;
    Waiting waiting(stop, cancel, m_association.timeouts().response);
    if (auto sent = send(request, cancel); !sent) {
        return fail(std::move(sent.error()));
    }
    for (;;) {
        auto said = await(waiting, request.contextId);
        if (!said) {
            return fail(std::move(said.error()));
        }
        auto end = take(*said, request);
        if (!end) {
            return fail(std::move(end.error()));
        }
        if (*end) {
            (*end)->wasStopped = waiting.wasStopped();
            return std::move(**end);
        }
        waiting.heard();
    }
}

Result<> QueryScu::send(const QueryRequest& request, const CancelToken& cancel)
{
    CommandSet command;
    command.commandField = static_cast<quint16>(request.command);
    command.commandDataSetType = kHasDataSet;
    command.messageId = ++m_messageId;
    command.priority = static_cast<quint16>(request.priority);
    command.affectedSopClassUid = sopClassOf(m_association, request.contextId).toByteArray();
    command.moveDestination = request.moveDestination.value;
    Bytes encoded;
    encodeCommand(command, encoded);
    return m_association.sendMessage(request.contextId, encoded, request.identifier, cancel);
}

// PS3.7 9.3.2.3: answered by the final response of the operation itself.
Result<> QueryScu::sendStop(quint8 contextId, const CancelToken& cancel)
{
    CommandSet command;
    command.commandField = static_cast<quint16>(DimseCommand::CCancelRq);
    command.messageIdBeingRespondedTo = m_messageId;
    Bytes encoded;
    encodeCommand(command, encoded);
    return m_association.sendMessage(contextId, encoded, {}, cancel);
}

Result<Incoming> QueryScu::await(Waiting& waiting, quint8 contextId)
{
    for (;;) {
        auto isThere = m_association.awaitInput(waiting.deadline(), waiting.wake());
        if (!isThere) {
            return fail(std::move(isThere.error()));
        }
        if (waiting.mustStop() && !waiting.cancel().isCancelled()) {
            if (auto told = sendStop(contextId, waiting.cancel()); !told) {
                return fail(std::move(told.error()));
            }
            waiting.stopped(m_stopPatience);
        } else if (*isThere || waiting.cancel().isCancelled() || waiting.deadline().isOver()) {
            auto said = m_association.next(waiting.deadline(), waiting.cancel());
            if (said && *said) {
                return **said;
            }
            return said ? protocolError(QStringLiteral("asks for release before the last response"))
                        : fail(std::move(said.error()));
        }
    }
}

Result<std::optional<QueryEnd>> QueryScu::take(const Incoming& said, const QueryRequest& request)
{
    const bool isCommand = said.kind == Incoming::Kind::Command;
    if (auto taken = isCommand ? onCommand(said, request) : onData(said); !taken) {
        return fail(std::move(taken.error()));
    }
    if (m_dataIsDue || m_isStore) {
        return std::nullopt;
    }
    if (isPending(*m_command.status) && request.command == DimseCommand::CFindRq) {
        m_listener->match(asBytes(m_identifier));
    } else {
        m_listener->progress(countsOf(m_command));
    }
    if (isPending(*m_command.status)) {
        return std::nullopt;
    }
    return QueryEnd{*m_command.status, countsOf(m_command), QString::fromLatin1(m_command.errorComment),
        tagsToText(m_command.offendingElements), m_identifier, false};
}

Result<> QueryScu::onCommand(const Incoming& said, const QueryRequest& request)
{
    auto command = decodeCommand(said.bytes);
    if (m_dataIsDue || !command) {
        return protocolError(
            m_dataIsDue ? QStringLiteral("a command set where a data set is due") : command.error().detail);
    }
    m_command = *std::move(command);
    m_dataIsDue = m_command.hasDataSet();
    m_dataContext = said.contextId;
    m_identifier.clear();
    m_isStore = m_command.is(DimseCommand::CStoreRq) && request.command == DimseCommand::CGetRq;
    if (m_isStore) {
        beginStore(said);
        return {};
    }
    const bool isOurs = m_command.commandField == responseCommand(request.command) && m_command.status &&
        m_command.messageIdBeingRespondedTo == m_messageId && said.contextId == request.contextId;
    const bool isMatchOfNothing = isOurs && request.command == DimseCommand::CFindRq && isPending(*m_command.status) &&
        !m_dataIsDue; // PS3.4 C.4.1.1.3
    return isOurs && !isMatchOfNothing ? Result<>() : protocolError(QStringLiteral("not a response to what was asked"));
}

void QueryScu::beginStore(const Incoming& said)
{
    const auto* context = m_association.context(said.contextId);
    const auto& peer = m_association.requested();
    m_sink = m_dataIsDue && m_store != nullptr
        ? m_store->begin(m_command, *context, {peer.calledAeTitle, peer.callingAeTitle, m_association.peerAddress(), 0})
        : nullptr;
    if (!m_dataIsDue) {
        endStore();
    }
}

Result<> QueryScu::onData(const Incoming& said)
{
    if (!m_dataIsDue || said.contextId != m_dataContext) {
        return protocolError(QStringLiteral("a data set that no command announced"));
    }
    if (m_isStore && m_sink) {
        m_sink->write(said.parts);
    }
    for (const auto part : m_isStore ? std::span<const ConstBytes>() : said.parts) {
        if (m_identifier.size() + static_cast<qsizetype>(part.size()) > kMaxIdentifierBytes) {
            return protocolError(QStringLiteral("an identifier without end"));
        }
        m_identifier.append(reinterpret_cast<const char*>(part.data()), static_cast<qsizetype>(part.size()));
    }
    m_dataIsDue = !said.isLast;
    if (said.isLast && m_isStore) {
        endStore();
    }
    return {};
}

void QueryScu::endStore()
{
    const auto reply = m_sink ? m_sink->finish() : StoreReply{kStatusProcessingFailure};
    m_sink.reset();
    auto response = responseTo(m_command, reply.status);
    response.errorComment = reply.errorComment;
    Bytes encoded;
    encodeCommand(response, encoded);
    m_association.queueCommand(m_dataContext, encoded);
}

tl::unexpected<Error> QueryScu::protocolError(const QString& detail)
{
    m_association.abort();
    return fail(ErrorCode::ProtocolError, detail);
}

} // namespace radpost::net
