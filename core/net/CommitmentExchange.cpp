#include "core/net/CommitmentExchange.h"

#include "core/observe/Log.h"

namespace radpost::net {

namespace {

// PS3.7 Annex C.
constexpr quint16 kStatusNoSuchSopInstance = 0x0112;
constexpr quint16 kStatusInvalidArgument = 0x0115;
constexpr quint16 kStatusNoSuchSopClass = 0x0118;
constexpr quint16 kStatusNoSuchAction = 0x0123;
constexpr quint16 kStatusResourceLimitation = 0x0213;

CommandSet eventRequest(quint16 messageId, quint16 eventTypeId)
{
    CommandSet command;
    command.commandField = static_cast<quint16>(DimseCommand::NEventReportRq);
    command.commandDataSetType = kHasDataSet;
    command.messageId = messageId;
    command.affectedSopClassUid = kStorageCommitmentClass.toByteArray();
    command.affectedSopInstanceUid = kStorageCommitmentInstance.toByteArray();
    command.eventTypeId = eventTypeId;
    return command;
}

} // namespace

CommitmentExchange::~CommitmentExchange()
{
    if (!m_waitsFor.isEmpty()) {
        m_handler.answered(m_waitsFor, m_peer, std::nullopt);
    }
    m_handler.gone(m_peer);
}

bool CommitmentExchange::isRequest(const CommandSet& command)
{
    return command.hasDataSet() && (command.is(DimseCommand::NActionRq) || command.is(DimseCommand::NEventReportRq));
}

void CommitmentExchange::begin()
{
    m_dataSet.clear();
    m_isTooLong = false;
}

void CommitmentExchange::write(std::span<const ConstBytes> parts)
{
    for (const auto part : parts) {
        m_isTooLong = m_isTooLong || m_dataSet.size() + static_cast<qsizetype>(part.size()) > kMaxCommitmentBytes;
        if (!m_isTooLong) {
            m_dataSet.append(reinterpret_cast<const char*>(part.data()), static_cast<qsizetype>(part.size()));
        }
    }
}

quint16 CommitmentExchange::finish(const CommandSet& request, const AcceptedContext& context)
{
    if (m_isTooLong) {
        return kStatusResourceLimitation;
    }
    const auto status = context.sopClassUid.value != kStorageCommitmentClass ? kStatusNoSuchSopClass
        : request.is(DimseCommand::NActionRq)                                ? action(request, context)
                                                                             : event(context);
    m_dataSet.clear();
    return status;
}

quint16 CommitmentExchange::action(const CommandSet& request, const AcceptedContext& context)
{
    if (request.requestedSopClassUid != kStorageCommitmentClass) {
        return kStatusNoSuchSopClass;
    }
    if (request.requestedSopInstanceUid != kStorageCommitmentInstance) {
        return kStatusNoSuchSopInstance;
    }
    if (request.actionTypeId != kRequestStorageCommitment) {
        return kStatusNoSuchAction;
    }
    const auto wanted = decodeCommitmentRequest(asBytes(m_dataSet), context.transferSyntaxUid);
    if (!wanted) {
        qCWarning(observe::lcNet) << "a request for commitment of" << m_peer.callingAeTitle
                                  << "is refused:" << wanted.error().detail;
        return kStatusInvalidArgument;
    }
    const auto status = m_handler.request(*wanted, m_peer);
    m_owes = m_owes || status == kStatusSuccess;
    m_context = context.id;
    return status;
}

quint16 CommitmentExchange::event(const AcceptedContext& context)
{
    const auto report = decodeCommitmentReport(asBytes(m_dataSet), context.transferSyntaxUid);
    if (!report) {
        qCWarning(observe::lcNet) << "a report of commitment of" << m_peer.callingAeTitle
                                  << "is refused:" << report.error().detail;
        return kStatusInvalidArgument;
    }
    return m_handler.report(*report, m_peer);
}

Result<> CommitmentExchange::tell(const CancelToken& cancel)
{
    const auto due = m_handler.takeDue(m_peer);
    m_owes = due.has_value();
    if (!due) {
        return {};
    }
    const auto* context = m_association.context(m_context);
    const auto dataSet = encodeCommitment(*due, context->transferSyntaxUid);
    if (!dataSet) {
        m_handler.answered(due->transactionUid, m_peer, std::nullopt);
        return {};
    }
    m_waitsFor = due->transactionUid;
    Bytes command;
    encodeCommand(eventRequest(++m_messageId, due->eventTypeId()), command);
    return m_association.sendMessage(m_context, command, asBytes(*dataSet), cancel);
}

bool CommitmentExchange::takeAnswer(const CommandSet& response)
{
    const bool isAnswer = response.is(DimseCommand::NEventReportRsp) && !response.hasDataSet() &&
        !m_waitsFor.isEmpty() && response.messageIdBeingRespondedTo == m_messageId;
    if (isAnswer) {
        const auto uid = std::exchange(m_waitsFor, {});
        m_handler.answered(uid, m_peer, response.status.value_or(kStatusProcessingFailure));
    }
    return isAnswer;
}

} // namespace radpost::net
