#include "core/net/StoreScu.h"

#include "core/net/StoreStage.h"

#include <algorithm>
#include <array>
#include <limits>

namespace radpost::net {

namespace {

std::chrono::microseconds since(std::chrono::steady_clock::time_point begun)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun);
}

} // namespace

StoreScu::StoreScu(std::unique_ptr<Association> association)
    : m_own(std::move(association))
    , m_association(m_own.get())
    , m_current(std::make_unique<StoreStage>(m_association->takesMappedFiles()))
    , m_ahead(std::make_unique<StoreStage>(m_association->takesMappedFiles()))
{
    const int granted = m_association->window();
    m_window = granted == 0 ? kMaxOutstanding : std::min(granted, kMaxOutstanding);
}

StoreScu::StoreScu(Association& association, std::function<bool(const CommandSet&)> aside)
    : m_association(&association)
    , m_aside(std::move(aside))
    , m_current(std::make_unique<StoreStage>(association.takesMappedFiles()))
    , m_ahead(std::make_unique<StoreStage>(association.takesMappedFiles()))
{
}

StoreScu::~StoreScu() = default;

void StoreScu::load(StoreStage& stage, const StoreRequest& request)
{
    m_lastMessageId = m_lastMessageId == std::numeric_limits<quint16>::max() ? 1 : m_lastMessageId + 1;
    stage.load(request, m_lastMessageId, m_association->maxFragment());
}

void StoreScu::prepare(const StoreRequest& request)
{
    if (request.dataSet.empty() && !m_ahead->holds(request) && m_association->isOpen()) {
        load(*m_ahead, request);
    }
}

Result<> StoreScu::submit(const StoreRequest& request, const CancelToken& cancel)
{
    if (outstanding() >= m_window) {
        return fail(ErrorCode::InvalidArgument, QStringLiteral("the window is full"));
    }
    if (m_ahead->holds(request)) {
        std::swap(m_ahead, m_current);
    } else {
        load(*m_current, request);
    }
    auto sent = m_current->error() ? failAlone(*m_current) : send(*m_current, cancel);
    m_current->clear();
    return sent;
}

Result<> StoreScu::failAlone(const StoreStage& stage)
{
    StoreResponse response;
    response.tag = stage.request().tag;
    response.error = stage.error();
    m_failed.push_back(std::move(response));
    return {};
}

Result<> StoreScu::send(StoreStage& stage, const CancelToken& cancel)
{
    const auto& request = stage.request();
    const auto length = request.dataSet.empty() ? request.dataSetLength : qint64(request.dataSet.size());
    m_outstanding.push_back(
        {stage.messageId(), request.tag, request.sopInstanceUid, length, std::chrono::steady_clock::now(), {}});
    if (!request.dataSet.empty()) {
        return m_association->sendMessage(request.contextId, stage.command(), request.dataSet, cancel);
    }
    const bool isReadLater = !stage.isDone(); // some of it only while the rest is on the wire
    while (!stage.isDone() || !stage.ready().empty()) {
        if (auto sent = sendPart(stage, cancel); !sent) {
            return sent;
        }
    }
    if (isReadLater) {
        m_outstanding.back().change = stage.changeSinceOpened();
    }
    return {};
}

Result<> StoreScu::sendPart(StoreStage& stage, const CancelToken& cancel)
{
    if (stage.goesMapped()) {
        return sendMapped(stage, cancel);
    }
    return stage.goesFromFile() ? sendFragment(stage, cancel) : sendReady(stage, cancel);
}

Result<> StoreScu::sendMapped(StoreStage& stage, const CancelToken& cancel)
{
    const auto parts = stage.takeMapped();
    if (parts.empty()) {
        return {};
    }
    auto sent = m_association->writeData(parts, cancel);
    stage.dropReady();
    if (!sent && sent.error().code == ErrorCode::FileChanged && !stage.changeSinceOpened()) {
        return fail(ErrorCode::FileUnreadable, sent.error().detail); // what is mapped and not there was not read
    }
    return sent;
}

Result<> StoreScu::sendFragment(StoreStage& stage, const CancelToken& cancel)
{
    const auto fragment = stage.takeFileFragment();
    auto sent = m_association->writeDataFile(
        fragment.header, fragment.fileDescriptor, fragment.offset, fragment.count, fragment.moreFollows, cancel);
    stage.dropReady();
    return sent;
}

Result<> StoreScu::sendReady(StoreStage& stage, const CancelToken& cancel)
{
    if (auto filled = stage.refill(); !filled) {
        m_association->abort();
        return filled;
    }
    const std::array<ConstBytes, 1> parts{stage.ready()};
    auto sent = m_association->writeData(parts, cancel);
    stage.dropReady();
    return sent;
}

Result<StoreResponse> StoreScu::awaitResponse(const CancelToken& cancel)
{
    if (!m_failed.empty()) {
        Result<StoreResponse> response(std::move(m_failed.front()));
        m_failed.pop_front();
        return response;
    }
    if (m_outstanding.empty()) {
        return fail(ErrorCode::InvalidArgument, QStringLiteral("nothing is outstanding"));
    }
    for (;;) {
        auto response = hearOne(cancel);
        if (!response) {
            return fail(std::move(response.error()));
        }
        if (*response) {
            return std::move(**response);
        }
    }
}

Result<bool> StoreScu::awaitSign(std::chrono::milliseconds limit, const CancelToken& cancel)
{
    if (!m_failed.empty()) {
        return true;
    }
    if (!m_silence) {
        m_silence.emplace(m_association->timeouts().response);
    }
    auto isThere = m_association->awaitInput(Deadline(std::min(limit, m_silence->left())), cancel);
    if (isThere && !*isThere && m_silence->isOver() && !cancel.isCancelled()) {
        m_association->abort();
        return fail(ErrorCode::ResponseTimeout);
    }
    if (isThere && *isThere) {
        m_silence.reset();
    }
    return isThere;
}

/// Nothing: what came was no response, and was told aside.
Result<std::optional<StoreResponse>> StoreScu::hearOne(const CancelToken& cancel)
{
    auto incoming = m_association->next(Deadline(m_association->timeouts().response), cancel);
    if (!incoming) {
        return fail(std::move(incoming.error()));
    }
    if (!*incoming || (*incoming)->kind != Incoming::Kind::Command) {
        return protocolError(*incoming ? QStringLiteral("a data set nobody asked for")
                                       : QStringLiteral("release asked for while responses are due"));
    }
    auto response = decodeCommand((*incoming)->bytes);
    if (!response) {
        return protocolError(response.error().detail);
    }
    if (m_aside && m_aside(*response)) {
        return std::nullopt;
    }
    return match(*response).map([](StoreResponse&& matched) { return std::optional(std::move(matched)); });
}

Result<StoreResponse> StoreScu::match(const CommandSet& response)
{
    if (!response.is(DimseCommand::CStoreRsp) || !response.status || response.hasDataSet()) {
        return protocolError(QStringLiteral("command 0x%1 instead of a C-STORE-RSP").arg(response.commandField, 0, 16));
    }
    const auto found = std::find_if(m_outstanding.begin(), m_outstanding.end(),
        [&](const Outstanding& entry) { return entry.messageId == response.messageIdBeingRespondedTo; });
    if (found == m_outstanding.end()) {
        return protocolError(QStringLiteral("response to message %1, which is not outstanding")
                                 .arg(response.messageIdBeingRespondedTo.value_or(0)));
    }
    StoreResponse result;
    result.tag = found->tag;
    result.status = response.status;
    result.errorComment = QString::fromUtf8(response.errorComment);
    result.offendingElement = tagsToText(response.offendingElements);
    // Peers that leave the UID out (PS3.7 9.3.1.2 makes it optional) say nothing wrong.
    const auto& named = response.affectedSopInstanceUid;
    result.otherInstanceNamed = !named.isEmpty() && named != found->sopInstanceUid.value;
    result.bytesSent = found->bytesSent;
    result.isPadded = found->bytesSent % 2 != 0;
    result.duration = since(found->begun);
    if (found->change) { // whatever the peer says of it
        result.status.reset();
        result.error = std::move(found->change);
    }
    m_outstanding.erase(found);
    return result;
}

void StoreScu::close(const CancelToken& cancel)
{
    if (!m_own || !m_association->isOpen()) {
        return;
    }
    if (!m_outstanding.empty()) {
        m_association->abort();
        return;
    }
    // What a release that failed says is of no use to anybody: every response is in.
    [[maybe_unused]] const auto released = m_association->release(cancel);
}

tl::unexpected<Error> StoreScu::protocolError(const QString& detail)
{
    m_association->abort();
    return fail(ErrorCode::ProtocolError, detail);
}

} // namespace radpost::net
