#include "core/net/CommitmentScu.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace radpost::net {

namespace {

constexpr quint16 kStatusInvalidArgument = 0x0115; // PS3.7 Annex C

/// What another try does not change (PS3.7 Annex C): no such instance, class or action, not authorised, unrecognised
/// operation.
bool isFinal(quint16 status)
{
    static constexpr std::array<quint16, 6> kFinal{0x0112, 0x0118, 0x0122, 0x0123, 0x0124, 0x0211};
    return std::find(kFinal.begin(), kFinal.end(), status) != kFinal.end();
}

Error refused(const CommandSet& response)
{
    auto error = makeError(ErrorCode::CommitmentRefused, QString::fromLatin1(response.errorComment));
    error.dimseStatus = response.status;
    error.retry = isFinal(*response.status) ? Retry::AfterOperator : error.retry;
    return error;
}

} // namespace

const AcceptedContext* CommitmentScu::context() const
{
    const auto& contexts = m_association.contexts();
    const auto found = std::find_if(contexts.begin(), contexts.end(),
        [](const AcceptedContext& c) { return c.sopClassUid.value == kStorageCommitmentClass; });
    return found == contexts.end() ? nullptr : &*found;
}

Result<> CommitmentScu::request(const CommitmentRequest& request, const Take& take, const CancelToken& cancel)
{
    const auto* on = context();
    if (on == nullptr) {
        return fail(ErrorCode::ServiceNotOffered, u"no presentation context for storage commitment"_s);
    }
    const auto dataSet = encodeCommitment(request, on->transferSyntaxUid);
    if (!dataSet) {
        return fail(dataSet.error());
    }
    CommandSet command;
    command.commandField = static_cast<quint16>(DimseCommand::NActionRq);
    command.commandDataSetType = kHasDataSet;
    command.messageId = ++m_messageId;
    command.requestedSopClassUid = kStorageCommitmentClass.toByteArray();
    command.requestedSopInstanceUid = kStorageCommitmentInstance.toByteArray();
    command.actionTypeId = kRequestStorageCommitment;
    Bytes encoded;
    encodeCommand(command, encoded);
    auto answer = m_association.sendMessage(on->id, encoded, asBytes(*dataSet), cancel).and_then([&] {
        return awaitResponse(DimseCommand::NActionRsp, take, cancel);
    });
    if (!answer) {
        return fail(std::move(answer.error()));
    }
    return *answer->status == kStatusSuccess ? Result<>() : fail(refused(*answer));
}

Result<bool> CommitmentScu::awaitReport(
    const QByteArray& transactionUid, std::chrono::milliseconds limit, const Take& take, const CancelToken& cancel)
{
    const Deadline deadline(limit);
    while (m_lastReport != transactionUid) {
        auto isThere = m_association.awaitInput(deadline, cancel);
        if (!isThere) {
            return fail(std::move(isThere.error()));
        }
        if (cancel.isCancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        if (!*isThere) {
            return false;
        }
        auto message = next(Deadline(m_association.timeouts().response), cancel);
        if (!message) {
            return fail(std::move(message.error()));
        }
        if (!*message) {
            (void)m_association.confirmRelease(cancel);
            return false;
        }
        if (auto taken = onEvent(**message, take, cancel); !taken) {
            return fail(std::move(taken.error()));
        }
    }
    return true;
}

Result<quint16> CommitmentScu::report(const CommitmentReport& report, const CancelToken& cancel)
{
    const auto* on = context();
    if (on == nullptr) {
        return fail(ErrorCode::ServiceNotOffered, u"no presentation context for storage commitment"_s);
    }
    const auto dataSet = encodeCommitment(report, on->transferSyntaxUid);
    if (!dataSet) {
        return fail(dataSet.error());
    }
    CommandSet command;
    command.commandField = static_cast<quint16>(DimseCommand::NEventReportRq);
    command.commandDataSetType = kHasDataSet;
    command.messageId = ++m_messageId;
    command.affectedSopClassUid = kStorageCommitmentClass.toByteArray();
    command.affectedSopInstanceUid = kStorageCommitmentInstance.toByteArray();
    command.eventTypeId = report.eventTypeId();
    Bytes encoded;
    encodeCommand(command, encoded);
    return m_association.sendMessage(on->id, encoded, asBytes(*dataSet), cancel)
        .and_then([&] { return awaitResponse(DimseCommand::NEventReportRsp, {}, cancel); })
        .map([](const CommandSet& answer) { return *answer.status; });
}

Result<CommandSet> CommitmentScu::awaitResponse(DimseCommand expected, const Take& take, const CancelToken& cancel)
{
    const Deadline deadline(m_association.timeouts().response);
    for (;;) {
        auto message = next(deadline, cancel);
        if (!message) {
            return fail(std::move(message.error()));
        }
        if (!*message) {
            return protocolError(u"asks for release before its response"_s);
        }
        const auto& command = (*message)->command;
        if (command.is(expected)) {
            const bool isOurs = command.status && command.messageIdBeingRespondedTo == m_messageId;
            return isOurs ? Result<CommandSet>(command) : protocolError(u"not the response that was due"_s);
        }
        if (auto taken = onEvent(**message, take, cancel); !taken) {
            return fail(std::move(taken.error()));
        }
    }
}

Result<std::optional<CommitmentScu::Message>> CommitmentScu::next(const Deadline& deadline, const CancelToken& cancel)
{
    Message message;
    for (bool isWhole = false; !isWhole;) {
        auto said = m_association.next(deadline, cancel);
        if (!said) {
            return fail(std::move(said.error()));
        }
        if (!*said) {
            return std::nullopt;
        }
        const bool isCommand = (*said)->kind == Incoming::Kind::Command;
        const bool isFirst = message.contextId == 0;
        if (isCommand != isFirst || (!isFirst && (*said)->contextId != message.contextId)) {
            return protocolError(u"a command set or a data set out of turn"_s);
        }
        if (isCommand) {
            auto command = decodeCommand((*said)->bytes);
            if (!command) {
                return protocolError(command.error().detail);
            }
            message.command = *std::move(command);
            message.contextId = (*said)->contextId;
            isWhole = !message.command.hasDataSet();
            continue;
        }
        for (const auto part : (*said)->parts) {
            if (message.dataSet.size() + static_cast<qsizetype>(part.size()) > kMaxCommitmentBytes) {
                return protocolError(u"a data set without end"_s);
            }
            message.dataSet.append(reinterpret_cast<const char*>(part.data()), static_cast<qsizetype>(part.size()));
        }
        isWhole = (*said)->isLast;
    }
    return message;
}

/// PS3.7 10.1.1: each report is answered, also one that nobody here can use.
Result<> CommitmentScu::onEvent(const Message& message, const Take& take, const CancelToken& cancel)
{
    if (!message.command.is(DimseCommand::NEventReportRq) || !take) {
        return protocolError(u"neither a response nor a report"_s);
    }
    const auto* on = m_association.context(message.contextId);
    const auto report = decodeCommitmentReport(asBytes(message.dataSet), on->transferSyntaxUid);
    const auto status = report ? take(*report) : kStatusInvalidArgument;
    if (report) {
        m_lastReport = report->transactionUid;
    }
    Bytes encoded;
    encodeCommand(responseTo(message.command, status), encoded);
    return m_association.sendMessage(message.contextId, encoded, {}, cancel);
}

tl::unexpected<Error> CommitmentScu::protocolError(const QString& detail)
{
    m_association.abort();
    return fail(ErrorCode::ProtocolError, detail);
}

} // namespace radpost::net
