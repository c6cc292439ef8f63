#include "core/net/EchoScu.h"

#include "core/net/dimse.h"
#include "core/net/implementation.h"

#include <algorithm>

namespace radpost::net {

Result<std::chrono::microseconds> EchoScu::echo(const CancelToken& cancel)
{
    const auto& contexts = m_association.contexts();
    const auto context = std::find_if(contexts.begin(), contexts.end(),
        [](const AcceptedContext& c) { return c.sopClassUid.value == kVerificationSopClass; });
    if (context == contexts.end()) {
        return fail(ErrorCode::SopClassRefused, QStringLiteral("no presentation context for Verification"));
    }
    CommandSet request;
    request.commandField = static_cast<quint16>(DimseCommand::CEchoRq);
    request.messageId = ++m_lastMessageId;
    request.affectedSopClassUid = kVerificationSopClass.toByteArray();
    Bytes command;
    encodeCommand(request, command);
    const auto begun = std::chrono::steady_clock::now();
    auto answered = m_association.sendMessage(context->id, command, {}, cancel).and_then([&] {
        return awaitResponse(m_lastMessageId, cancel);
    });
    if (!answered) {
        return fail(std::move(answered.error()));
    }
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun);
}

Result<> EchoScu::awaitResponse(quint16 messageId, const CancelToken& cancel)
{
    auto incoming = m_association.next(Deadline(m_association.timeouts().response), cancel);
    if (!incoming) {
        return fail(std::move(incoming.error()));
    }
    const bool isCommand = *incoming && (*incoming)->kind == Incoming::Kind::Command;
    auto response = isCommand ? decodeCommand((*incoming)->bytes) : fail(ErrorCode::ProtocolError);
    const bool isAnswer = response && response->is(DimseCommand::CEchoRsp) && response->status &&
        response->messageIdBeingRespondedTo == messageId && !response->hasDataSet();
    if (!isAnswer) {
        m_association.abort();
        return fail(ErrorCode::ProtocolError, QStringLiteral("not the C-ECHO-RSP that was due"));
    }
    if (*response->status != 0) {
        auto error = makeError(ErrorCode::StatusFailed, QStringLiteral("C-ECHO-RSP"));
        error.dimseStatus = response->status;
        return fail(std::move(error));
    }
    return {};
}

} // namespace radpost::net
