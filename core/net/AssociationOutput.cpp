#include "core/net/Association.h"
#include "core/net/PduTrace.h"
#include "core/net/framing.h"

#include <algorithm>
#include <array>

namespace radpost::net {

namespace {

constexpr std::size_t kFragmentsPerWrite = 32;

// A data set of odd length, deflated or damaged, gets one byte more: PS3.8 wants even fragments.
constexpr std::array kPadding{std::byte{0}};

} // namespace

Result<> Association::sendPdu(const Bytes& pdu, const CancelToken& cancel)
{
    const std::array<ConstBytes, 1> parts{pdu};
    if (m_trace) {
        m_trace->sent(parts);
    }
    return wrote(m_transport->write(parts, m_timeouts.stall, cancel));
}

Result<> Association::mayWriteData(const CancelToken& cancel)
{
    const auto action = transition(m_state, Event::DataRequest, m_role).action;
    if (action != Action::DT1 && action != Action::AR7) {
        return fail(ErrorCode::ConnectionLost, QStringLiteral("the association is not open"));
    }
    if (cancel.isCancelled()) {
        return over(makeError(ErrorCode::Cancelled));
    }
    m_insidePdu = true;
    return {};
}

Result<> Association::wrote(Result<> outcome)
{
    if (!outcome) {
        if (outcome.error().code == ErrorCode::ConnectionLost) {
            if (auto abort = abortThatArrived()) {
                return over(std::move(*abort));
            }
        }
        return over(std::move(outcome.error()));
    }
    m_insidePdu = false;
    return outcome;
}

Result<> Association::writeData(std::span<const ConstBytes> parts, const CancelToken& cancel)
{
    if (auto mayGoOn = flush(cancel).and_then([&] { return mayWriteData(cancel); }); !mayGoOn) {
        return mayGoOn;
    }
    if (m_trace) {
        m_trace->sent(parts);
    }
    return wrote(m_transport->write(parts, m_timeouts.stall, cancel));
}

Result<> Association::writeDataFile(
    ConstBytes header, int fileDescriptor, qint64 offset, qint64 count, bool moreFollows, const CancelToken& cancel)
{
    if (auto mayGoOn = flush(cancel).and_then([&] { return mayWriteData(cancel); }); !mayGoOn) {
        return mayGoOn;
    }
    if (m_trace) {
        const std::array<ConstBytes, 1> parts{header};
        m_trace->sent(parts, count);
    }
    return wrote(m_transport->writeFile(header, fileDescriptor, offset, count, moreFollows, m_timeouts.stall, cancel));
}

void Association::queueCommand(quint8 contextId, ConstBytes command)
{
    appendFramed(m_output, contextId, true, command, m_maxFragment);
}

Result<> Association::flush(const CancelToken& cancel)
{
    if (m_output.empty()) {
        return {};
    }
    if (auto mayGoOn = mayWriteData(cancel); !mayGoOn) {
        return mayGoOn;
    }
    const std::array<ConstBytes, 1> parts{m_output};
    if (m_trace) {
        m_trace->sent(parts);
    }
    auto sent = wrote(m_transport->write(parts, m_timeouts.stall, cancel));
    m_output.clear();
    return sent;
}

Result<> Association::sendMessage(quint8 contextId, ConstBytes command, ConstBytes dataSet, const CancelToken& cancel)
{
    Bytes head;
    appendFramed(head, contextId, true, command, m_maxFragment);
    std::vector<ConstBytes> parts{head};
    std::array<std::array<std::byte, kDataHeaderSize>, kFragmentsPerWrite> headers{};
    std::size_t used = 0;
    while (!dataSet.empty()) {
        const auto count = std::min<std::size_t>(dataSet.size(), m_maxFragment);
        auto& header = headers[used++];
        const auto padding = ConstBytes(kPadding).first(count % 2);
        writeDataHeader(
            header.data(), contextId, false, count == dataSet.size(), static_cast<quint32>(count + padding.size()));
        parts.insert(parts.end(), {header, dataSet.first(count), padding});
        dataSet = dataSet.subspan(count);
        if (used == headers.size()) {
            if (auto sent = writeData(parts, cancel); !sent) {
                return sent;
            }
            parts.clear();
            used = 0;
        }
    }
    return parts.empty() ? Result<>() : writeData(parts, cancel);
}

} // namespace radpost::net
