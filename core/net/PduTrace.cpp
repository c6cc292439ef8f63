#include "core/net/PduTrace.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <utility>

namespace radpost::net {

namespace {

qint64 nextAssociation()
{
    static std::atomic<qint64> last = 0;
    return ++last;
}

AssociateRq withoutSecrets(AssociateRq pdu)
{
    if (pdu.user.identity) {
        pdu.user.identity->primary.clear();
        pdu.user.identity->secondary.clear();
    }
    return pdu;
}

TraceAccepted withoutSecrets(AssociateAc pdu)
{
    if (pdu.user.identityAnswer) {
        pdu.user.identityAnswer->serverResponse.clear();
    }
    return {std::move(pdu), {}};
}

template <typename Pdu>
Pdu withoutSecrets(Pdu pdu)
{
    return pdu;
}

template <typename Pdu>
Result<TraceContent> contentOf(Result<Pdu> decoded)
{
    return decoded ? Result<TraceContent>(withoutSecrets(*std::move(decoded))) : fail(std::move(decoded.error()));
}

Result<TraceContent> decodeControl(quint8 type, ConstBytes body)
{
    switch (static_cast<PduType>(type)) {
    case PduType::AssociateRq:
        return contentOf(decodeAssociateRq(body));
    case PduType::AssociateAc:
        return contentOf(decodeAssociateAc(body));
    case PduType::AssociateRj:
        return contentOf(decodeAssociateRj(body));
    case PduType::ReleaseRq:
        return TraceContent(TraceRelease{false});
    case PduType::ReleaseRp:
        return TraceContent(TraceRelease{true});
    case PduType::Abort:
        return contentOf(decodeAbort(body));
    case PduType::PData:
        break;
    }
    return fail(ErrorCode::ProtocolError, QStringLiteral("not a PDU of the Standard"));
}

} // namespace

/// Reads over several pieces of memory and, after their end, over bytes that are not there.
class PduTrace::Cursor final
{
public:
    Cursor(std::span<const ConstBytes> parts, qint64 moreBytes)
        : m_parts(parts)
        , m_more(moreBytes)
    {
        settle();
    }

    [[nodiscard]] bool isAtEnd() const { return m_parts.empty() && m_more == 0; }

    [[nodiscard]] bool read(std::span<std::byte> to)
    {
        while (!to.empty()) {
            if (m_parts.empty()) {
                return false;
            }
            const auto left = m_parts.front().subspan(m_at);
            const auto count = std::min(left.size(), to.size());
            std::memcpy(to.data(), left.data(), count);
            to = to.subspan(count);
            m_at += count;
            settle();
        }
        return true;
    }

    [[nodiscard]] bool skip(qint64 count)
    {
        while (count > 0 && !m_parts.empty()) {
            const auto step = std::min(static_cast<qint64>(m_parts.front().size() - m_at), count);
            m_at += static_cast<std::size_t>(step);
            count -= step;
            settle();
        }
        const bool isThere = count <= m_more;
        m_more -= std::min(count, m_more);
        return isThere;
    }

private:
    void settle()
    {
        while (!m_parts.empty() && m_at == m_parts.front().size()) {
            m_parts = m_parts.subspan(1);
            m_at = 0;
        }
    }

    std::span<const ConstBytes> m_parts;
    std::size_t m_at = 0;
    qint64 m_more;
};

PduTrace::PduTrace(std::shared_ptr<TraceLog> log, QString peerAddress)
    : m_log(std::move(log))
    , m_peerAddress(std::move(peerAddress))
    , m_association(nextAssociation())
{
    static_cast<void>(begins());
}

PduTrace::~PduTrace() = default;

// False while nothing is traced. An association that is open already is introduced when the trace begins.
bool PduTrace::begins()
{
    if (!m_log->isOn()) {
        return false;
    }
    if (!std::exchange(m_hasBegun, true)) {
        m_log->add({0, {}, m_association, TraceDirection::Neither, TraceOpened{m_peerAddress}}, m_peerAddress.size());
    }
    return true;
}

void PduTrace::add(TraceDirection direction, TraceContent content, qint64 bytes)
{
    m_log->add({0, {}, m_association, direction, std::move(content)}, bytes);
}

void PduTrace::addFault(TraceDirection direction, std::optional<quint8> type, qint64 bytes, const QString& detail)
{
    add(direction, TraceFault{type, bytes, detail}, detail.size());
}

void PduTrace::control(TraceDirection direction, quint8 type, ConstBytes body)
{
    const auto size = static_cast<qint64>(body.size());
    auto content = decodeControl(type, body);
    if (!content) {
        addFault(direction, type, size, content.error().detail);
        return;
    }
    if (const auto* request = std::get_if<AssociateRq>(&*content)) {
        m_proposed = request->contexts;
        m_proposedBytes = size;
    }
    auto* accepted = std::get_if<TraceAccepted>(&*content);
    const bool isAccepted = accepted != nullptr;
    if (isAccepted) {
        accepted->proposed = m_proposed;
    }
    add(direction, *std::move(content), isAccepted ? size + m_proposedBytes : size);
}

void PduTrace::command(TraceDirection direction, quint8 contextId, ConstBytes bytes)
{
    const auto size = static_cast<qint64>(bytes.size());
    if (auto set = decodeCommand(bytes)) {
        add(direction, TraceCommand{contextId, size, *std::move(set)}, size);
    } else {
        addFault(direction, static_cast<quint8>(PduType::PData), size, set.error().detail);
    }
}

void PduTrace::heard(const Incoming& said)
{
    if (!begins()) {
        return;
    }
    switch (said.kind) {
    case Incoming::Kind::Control:
        control(TraceDirection::Heard, said.pduType, said.bytes);
        break;
    case Incoming::Kind::Command:
        command(TraceDirection::Heard, said.contextId, said.bytes);
        break;
    case Incoming::Kind::Data: {
        TraceData data{said.contextId, static_cast<qint64>(said.parts.size()), 0, said.isLast};
        for (const auto& part : said.parts) {
            data.bytes += static_cast<qint64>(part.size());
        }
        add(TraceDirection::Heard, data);
        break;
    }
    }
}

void PduTrace::broken(const Error& error)
{
    if (begins()) {
        addFault(TraceDirection::Heard, std::nullopt, 0, error.detail);
    }
}

void PduTrace::closed(const std::optional<Error>& error)
{
    if (!std::exchange(m_isClosed, true) && m_hasBegun && m_log->isOn()) {
        add(TraceDirection::Neither, TraceClosed{error}, error ? error->detail.size() : 0);
    }
}

void PduTrace::sent(std::span<const ConstBytes> parts, qint64 moreBytes)
{
    if (!begins()) {
        m_command.clear(); // its beginning will be missed
        return;
    }
    Cursor from(parts, moreBytes);
    bool isGood = true;
    while (isGood && !from.isAtEnd()) {
        isGood = sentPdu(from);
    }
    tellSentData();
    if (!isGood) {
        addFault(TraceDirection::Sent, std::nullopt, 0, QStringLiteral("what was sent cannot be followed"));
    }
}

bool PduTrace::sentPdu(Cursor& from)
{
    std::array<std::byte, kPduHeaderSize> bytes{};
    if (!from.read(bytes)) {
        return false;
    }
    const auto header = decodePduHeader(bytes.data());
    if (header.type == static_cast<quint8>(PduType::PData)) {
        return sentData(from, header.length);
    }
    if (header.length > kMaxControlPduSize) {
        return false;
    }
    tellSentData();
    Bytes body(header.length);
    if (!from.read(body)) {
        return false;
    }
    control(TraceDirection::Sent, header.type, body);
    return true;
}

// PS3.8 9.3.5.1, E.2: length, context, message control header.
bool PduTrace::sentData(Cursor& from, qint64 length)
{
    while (length > 0) {
        std::array<std::byte, kPdvHeaderSize> bytes{};
        if (length < qint64(kPdvHeaderSize) || !from.read(bytes)) {
            return false;
        }
        const qint64 itemLength = loadBig<quint32>(bytes.data());
        const auto control = std::to_integer<quint8>(bytes[5]);
        const Pdv pdv{std::to_integer<quint8>(bytes[4]), (control & 1) != 0, (control & 2) != 0, {}};
        const qint64 fragment = itemLength - 2;
        length -= qint64(kPdvHeaderSize) + fragment;
        if (fragment < 0 || length < 0) {
            return false;
        }
        if (pdv.isCommand) {
            tellSentData();
        } else {
            sentDataFragment(pdv, fragment);
        }
        if (pdv.isCommand ? !sentCommandFragment(from, pdv, fragment) : !from.skip(fragment)) {
            return false;
        }
    }
    return true;
}

bool PduTrace::sentCommandFragment(Cursor& from, const Pdv& pdv, qint64 length)
{
    const auto before = m_command.size();
    if (static_cast<qint64>(before) + length > kMaxControlPduSize) {
        return false;
    }
    m_command.resize(before + static_cast<std::size_t>(length));
    if (!from.read(std::span(m_command).subspan(before))) {
        m_command.clear();
        return false;
    }
    if (pdv.isLast) {
        command(TraceDirection::Sent, pdv.contextId, m_command);
        m_command.clear();
    }
    return true;
}

void PduTrace::sentDataFragment(const Pdv& pdv, qint64 length)
{
    if (m_data && m_data->contextId != pdv.contextId) {
        tellSentData();
    }
    if (!m_data) {
        m_data = TraceData{pdv.contextId, 0, 0, false};
    }
    ++m_data->fragments;
    m_data->bytes += length;
    m_data->isLast = pdv.isLast;
    if (pdv.isLast) {
        tellSentData();
    }
}

void PduTrace::tellSentData()
{
    if (m_data) {
        add(TraceDirection::Sent, *std::exchange(m_data, std::nullopt));
    }
}

} // namespace radpost::net
