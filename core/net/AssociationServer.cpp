#include "core/net/AssociationServer.h"

#include "core/net/QueryOperation.h"
#include "core/net/implementation.h"

#include <QScopeGuard>

#include <algorithm>
#include <atomic>

namespace radpost::net {

namespace {

// Responses to pipelined requests leave together, but not so late that the peer has nothing to do meanwhile.
constexpr std::size_t kFlushBytes = 2048;

constexpr qsizetype kMaxErrorComment = 64; ///< LO

AssociateRj rejection(RejectResult result, RejectSource source, quint8 reason)
{
    return {static_cast<quint8>(result), static_cast<quint8>(source), reason};
}

qint64 nextNumber()
{
    static std::atomic<qint64> last{0};
    return ++last;
}

} // namespace

AssociationServer::AssociationServer(
    const AcceptorSettings& settings, StoreHandler* store, EchoHandler* echo, Caller caller)
    : m_settings(settings)
    , m_store(store)
    , m_echo(echo)
    , m_caller(std::move(caller))
{
}

Result<> AssociationServer::serve(std::unique_ptr<Transport> transport, Admission admission,
    const std::function<bool()>& asked, const CancelToken& cancel)
{
    m_association = std::make_unique<Association>(
        std::move(transport), Role::Acceptor, m_settings.timeouts, m_settings.receiveBufferBytes);
    if (auto came = m_association->awaitRequest(cancel); !came) {
        return came;
    }
    if (!asked()) {
        return fail(ErrorCode::Cancelled); // another one has its place
    }
    const auto& request = m_association->requested();
    if (const auto refused = refusal(request, admission)) {
        return refuse(*refused, cancel);
    }
    m_peer = {request.callingAeTitle, request.calledAeTitle, m_association->peerAddress(), nextNumber(), m_caller};
    if (m_settings.opened) {
        m_settings.opened(m_peer);
    }
    const auto ended = qScopeGuard([this] {
        if (m_settings.closed) {
            m_settings.closed(m_peer);
        }
    });
    auto answer = answerTo(request);
    if (m_settings.refine) {
        m_settings.refine(request, m_caller, answer);
    }
    if (auto accepted = m_association->accept(answer, cancel); !accepted) {
        return accepted;
    }
    if (m_settings.commitment != nullptr) {
        m_commitment.emplace(*m_settings.commitment, *m_association, m_peer);
    }
    auto end = converse(cancel);
    m_commitment.reset(); // before closed() is told: what was not answered is told otherwise
    return end;
}

Result<> AssociationServer::refuse(const AcceptorSettings::Refusal& refusal, const CancelToken& cancel)
{
    if (refusal.manner == AcceptorSettings::Manner::Answer) {
        return m_association->reject(refusal.rejection, cancel);
    }
    m_association.reset();
    return {};
}

std::optional<AcceptorSettings::Refusal> AssociationServer::refusal(
    const AssociateRq& request, Admission admission) const
{
    if ((request.protocolVersion & 1) == 0) {
        return {{rejection(RejectResult::Permanent, RejectSource::ServiceProviderAcse, kRejectProtocolVersion)}};
    }
    if (request.applicationContext != kDicomApplicationContext) {
        return {{rejection(RejectResult::Permanent, RejectSource::ServiceUser, kRejectApplicationContext)}};
    }
    if (admission == Admission::OverLimit) {
        return {
            {rejection(RejectResult::Transient, RejectSource::ServiceProviderPresentation, kRejectLocalLimitExceeded)}};
    }
    if (const auto refused = m_settings.policy ? m_settings.policy(request) : std::nullopt) {
        return {{*refused}};
    }
    return m_settings.admission ? m_settings.admission(request, m_caller) : std::nullopt;
}

// decodeCommitmentRequest() and its like read nothing else.
ProposedContext AssociationServer::withPlainSyntaxes(ProposedContext context)
{
    const auto plain = commitmentContext(context.id).transferSyntaxes;
    std::erase_if(context.transferSyntaxes, [&plain](const TransferSyntaxUid& syntax) {
        return std::find(plain.begin(), plain.end(), syntax) == plain.end();
    });
    return context;
}

AssociateAc AssociationServer::answerTo(const AssociateRq& request) const
{
    AssociateAc answer;
    answer.calledAeTitle = request.calledAeTitle; // sent back as received (PS3.8 Table 9-17)
    answer.callingAeTitle = request.callingAeTitle;
    answer.applicationContext = request.applicationContext;
    for (const auto& context : request.contexts) {
        const bool isCommitment = context.sopClassUid.value == kStorageCommitmentClass;
        answer.contexts.push_back(answerTo(isCommitment ? withPlainSyntaxes(context) : context));
    }
    answer.user.maxLength = m_settings.maxPduBytes;
    answer.user.implementationClassUid = kImplementationClassUid.toByteArray();
    answer.user.implementationVersionName = kImplementationVersionName.toByteArray();
    if (const auto& asked = request.user.asyncWindow) {
        const auto limit = m_settings.window;
        const bool isWider = limit != 0 && (asked->invoked == 0 || asked->invoked > limit);
        answer.user.asyncWindow = AsyncWindow{isWider ? limit : asked->invoked, 1};
    }
    for (const auto& role : request.user.roles) {
        if (m_settings.commitment != nullptr && role.sopClassUid == kStorageCommitmentClass) {
            answer.user.roles.push_back(role); // who asks and who reports are both welcome (PS3.4 J.2.1)
        }
    }
    return answer;
}

AnsweredContext AssociationServer::answerTo(const ProposedContext& context) const
{
    if (context.transferSyntaxes.empty()) {
        return {context.id, kContextTransferSyntaxesNotSupported, {}};
    }
    if (m_settings.chooseContext) {
        return m_settings.chooseContext(context);
    }
    return {context.id, kContextAccepted, context.transferSyntaxes.front()};
}

Result<> AssociationServer::converse(const CancelToken& cancel)
{
    for (;;) {
        if (auto told = reportIfQuiet(cancel); !told) {
            return told;
        }
        auto incoming = hear(cancel);
        if (!incoming) {
            return fail(std::move(incoming.error()));
        }
        if (!*incoming) {
            return m_association->confirmRelease(cancel);
        }
        const bool isCommand = (*incoming)->kind == Incoming::Kind::Command;
        if (auto taken = isCommand ? onCommand(**incoming) : onData(**incoming, cancel); !taken) {
            return taken;
        }
        if (m_association->queuedBytes() >= kFlushBytes) {
            if (auto flushed = m_association->flush(cancel); !flushed) {
                return flushed;
            }
        }
    }
}

/// A peer that asked for commitment and neither goes on nor goes away is told on this association (PS3.4 J.3.3).
Result<> AssociationServer::reportIfQuiet(const CancelToken& cancel)
{
    if (m_request || !m_commitment || !m_commitment->owes()) {
        return {};
    }
    if (auto flushed = m_association->flush(cancel); !flushed) {
        return flushed;
    }
    const auto isThere = m_association->awaitInput(Deadline(CommitmentExchange::kGrace), cancel);
    if (!isThere) {
        return fail(isThere.error());
    }
    return *isThere || cancel.isCancelled() ? Result<>() : m_commitment->tell(cancel);
}

/// While a data set is under way a peer must send at some pace, or it could hold the association for ever by a byte now
/// and then; between two messages it may pause for longer.
Result<std::optional<Incoming>> AssociationServer::hear(const CancelToken& cancel)
{
    if (!m_request) {
        return m_association->next(Deadline(m_settings.timeouts.response), cancel);
    }
    auto incoming = m_association->next(m_paceDeadline, cancel);
    const bool isData = incoming && *incoming && (*incoming)->kind == Incoming::Kind::Data;
    if (!isData) {
        return incoming;
    }
    for (const auto part : (*incoming)->parts) {
        m_paceBytes -= static_cast<qint64>(part.size());
    }
    if (m_paceBytes <= 0) {
        m_paceBytes = m_settings.leastBytes;
        m_paceDeadline = Deadline(m_settings.timeouts.stall);
    }
    return incoming;
}

Result<> AssociationServer::onCommand(const Incoming& incoming)
{
    if (m_request) {
        return protocolError(QStringLiteral("a command set where a data set is due"));
    }
    auto command = decodeCommand(incoming.bytes);
    if (!command) {
        return protocolError(command.error().detail);
    }
    if (command->is(DimseCommand::CCancelRq)) {
        return {}; // of an operation that has ended; while one goes on, QueryOperation listens
    }
    if (m_commitment && m_commitment->takeAnswer(*command)) {
        return {};
    }
    m_request = std::move(*command);
    m_requestContext = incoming.contextId;
    m_paceBytes = m_settings.leastBytes;
    m_paceDeadline = Deadline(m_settings.timeouts.stall);
    beginRequest();
    return {};
}

void AssociationServer::beginRequest()
{
    if (!m_request->hasDataSet()) {
        reply({statusWithoutData(), {}});
        return;
    }
    m_identifier.clear();
    m_isIdentifierTooLong = false;
    m_isCommitment = m_commitment && CommitmentExchange::isRequest(*m_request);
    if (m_isCommitment) {
        m_commitment->begin();
        return;
    }
    const bool isStore = m_request->is(DimseCommand::CStoreRq) && m_store != nullptr;
    m_sink = isStore ? m_store->begin(*m_request, *m_association->context(m_requestContext), m_peer) : nullptr;
}

quint16 AssociationServer::statusWithoutData()
{
    if (m_request->is(DimseCommand::CEchoRq)) {
        return m_echo != nullptr ? m_echo->echo(m_peer) : kStatusSuccess;
    }
    if (isQuery()) {
        return kStatusIdentifierMismatch;
    }
    return m_request->is(DimseCommand::CStoreRq) ? kStatusProcessingFailure : kStatusUnrecognizedOperation;
}

Result<> AssociationServer::onData(const Incoming& incoming, const CancelToken& cancel)
{
    if (!m_request || m_requestContext != incoming.contextId) {
        return protocolError(QStringLiteral("a data set that no command announced"));
    }
    if (isQuery()) {
        collectIdentifier(incoming);
        return incoming.isLast ? answerQuery(cancel) : Result<>();
    }
    if (m_sink) {
        m_sink->write(incoming.parts);
    }
    if (m_isCommitment) {
        m_commitment->write(incoming.parts);
    }
    if (incoming.isLast && m_isCommitment) {
        m_isCommitment = false;
        reply({m_commitment->finish(*m_request, *m_association->context(m_requestContext))});
    } else if (incoming.isLast) {
        const bool isStore = m_request->is(DimseCommand::CStoreRq);
        const auto otherwise = isStore ? kStatusSopClassNotSupported : kStatusUnrecognizedOperation;
        reply(m_sink ? m_sink->finish() : StoreReply{otherwise});
        m_sink.reset();
    }
    return {};
}

bool AssociationServer::isQuery() const
{
    return (m_request->is(DimseCommand::CFindRq) && m_settings.find != nullptr) ||
        (m_request->is(DimseCommand::CMoveRq) && m_settings.move != nullptr) ||
        (m_request->is(DimseCommand::CGetRq) && m_settings.get != nullptr);
}

void AssociationServer::collectIdentifier(const Incoming& incoming)
{
    for (const auto part : incoming.parts) {
        const auto size = static_cast<qsizetype>(part.size());
        m_isIdentifierTooLong |= m_identifier.size() + size > QueryOperation::kMaxIdentifierBytes;
        if (m_isIdentifierTooLong) {
            m_identifier = {};
            return;
        }
        m_identifier.append(reinterpret_cast<const char*>(part.data()), size);
    }
}

Result<> AssociationServer::answerQuery(const CancelToken& cancel)
{
    QueryOperation operation(*m_association, *m_request, m_requestContext, cancel);
    auto answered = handleQuery(operation).and_then([&](const QueryReply& last) { return operation.respond(last); });
    m_request.reset();
    m_identifier = {};
    return answered;
}

Result<QueryReply> AssociationServer::handleQuery(QueryOperation& operation)
{
    const bool isFind = m_request->is(DimseCommand::CFindRq);
    if (m_isIdentifierTooLong) {
        const auto status = isFind ? kStatusOutOfResources : kStatusNoMatchesCalculated;
        return QueryReply{status, "the identifier is too long"};
    }
    const QueryCall call{*m_request, *m_association->context(m_requestContext), m_peer, std::move(m_identifier)};
    if (isFind) {
        return m_settings.find->find(call, operation);
    }
    return m_request->is(DimseCommand::CMoveRq) ? m_settings.move->move(call, operation)
                                                : m_settings.get->get(call, operation);
}

void AssociationServer::reply(const StoreReply& reply)
{
    auto response = responseTo(*m_request, reply.status);
    response.errorComment = reply.errorComment.left(kMaxErrorComment);
    m_encoded.clear();
    encodeCommand(response, m_encoded);
    m_association->queueCommand(m_requestContext, m_encoded);
    m_request.reset();
}

tl::unexpected<Error> AssociationServer::protocolError(const QString& detail)
{
    m_association->abort();
    return fail(ErrorCode::ProtocolError, detail);
}

} // namespace radpost::net
