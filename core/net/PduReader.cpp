#include "core/net/PduReader.h"

#include <algorithm>
#include <cstring>

namespace radpost::net {

namespace {

constexpr std::size_t kMinBufferSize = 4096;

// A command set has a few hundred bytes; one of this size is an attack or an error.
constexpr std::size_t kMaxCommandSize = 64 * 1024;

bool isKnownType(quint8 type)
{
    return type >= static_cast<quint8>(PduType::AssociateRq) && type <= static_cast<quint8>(PduType::Abort);
}

bool isAssociateType(quint8 type)
{
    return type == static_cast<quint8>(PduType::AssociateRq) || type == static_cast<quint8>(PduType::AssociateAc);
}

} // namespace

PduReader::PduReader(std::size_t bufferSize)
    : m_buffer(std::max(bufferSize, kMinBufferSize))
{
}

std::span<std::byte> PduReader::space()
{
    if (m_begin == m_end) {
        m_begin = 0;
        m_end = 0;
    } else if (m_begin > 0 && m_buffer.size() - m_end < m_buffer.size() / 2) {
        std::memmove(m_buffer.data(), at(), buffered()); // seldom more than the start of a PDU
        m_end -= m_begin;
        m_begin = 0;
    }
    return std::span(m_buffer).subspan(m_end);
}

void PduReader::filled(std::size_t count)
{
    const auto taken = std::min(count, m_buffer.size() - m_end);
    m_isOverfilled |= taken < count;
    m_end += taken;
}

Result<std::optional<Incoming>> PduReader::next()
{
    if (m_isOverfilled) {
        return broken(AbortReason::NotSpecified, QStringLiteral("more bytes than there was room for"));
    }
    Incoming out;
    m_parts.clear();
    if (m_commandWasGiven) {
        m_command.clear();
        m_commandWasGiven = false;
    }
    for (;;) {
        auto progress = advance(out);
        if (!progress) {
            return fail(std::move(progress.error()));
        }
        if (*progress == Progress::Said || (*progress == Progress::NeedsMore && !m_parts.empty())) {
            out.parts = m_parts;
            return out;
        }
        if (*progress == Progress::NeedsMore) {
            return std::optional<Incoming>();
        }
    }
}

Result<PduReader::Progress> PduReader::advance(Incoming& out)
{
    switch (m_stage) {
    case Stage::PduHeader:
        return startPdu();
    case Stage::Control:
        return takeControl(out);
    case Stage::PdvHeader:
        return startPdv();
    case Stage::Fragment:
        return m_pdv.isCommand ? takeCommand(out) : takeData(out);
    }
    return broken(AbortReason::NotSpecified, QStringLiteral("reader in no stage"));
}

Result<PduReader::Progress> PduReader::startPdu()
{
    if (buffered() < kPduHeaderSize) {
        return Progress::NeedsMore;
    }
    m_pdu = decodePduHeader(at());
    if (!isKnownType(m_pdu.type)) {
        return broken(AbortReason::UnrecognizedPdu, QStringLiteral("PDU of unknown type %1").arg(m_pdu.type));
    }
    const bool isData = m_pdu.type == static_cast<quint8>(PduType::PData);
    if (!isData && !m_parts.empty()) {
        return Progress::Said; // the data before it: they are gone when the buffer grows
    }
    m_begin += kPduHeaderSize;
    m_left = m_pdu.length;
    if (isData) {
        return startDataPdu();
    }
    const bool isSane = isAssociateType(m_pdu.type) ? m_left <= kMaxControlPduSize : m_left == 4;
    if (!isSane) {
        return broken(AbortReason::InvalidParameterValue,
            QStringLiteral("PDU of type %1 with length %2").arg(m_pdu.type).arg(m_left));
    }
    if (m_left > m_buffer.size()) {
        m_buffer.resize(m_left);
    }
    m_stage = Stage::Control;
    return Progress::Goes;
}

Result<PduReader::Progress> PduReader::startDataPdu()
{
    if (m_maxPduLength != 0 && m_left > m_maxPduLength) {
        return broken(AbortReason::InvalidParameterValue,
            QStringLiteral("P-DATA of %1 bytes, at most %2 were agreed").arg(m_left).arg(m_maxPduLength));
    }
    m_stage = Stage::PdvHeader;
    return Progress::Goes;
}

Result<PduReader::Progress> PduReader::takeControl(Incoming& out)
{
    if (buffered() < m_left) {
        return Progress::NeedsMore;
    }
    out.kind = Incoming::Kind::Control;
    out.pduType = m_pdu.type;
    out.bytes = ConstBytes(at(), m_left);
    m_begin += m_left;
    m_left = 0;
    m_stage = Stage::PduHeader;
    return Progress::Said;
}

Result<PduReader::Progress> PduReader::startPdv()
{
    if (m_left == 0) {
        m_stage = Stage::PduHeader;
        return Progress::Goes;
    }
    if (m_left < kPdvHeaderSize) {
        return broken(AbortReason::InvalidParameterValue, QStringLiteral("P-DATA ends inside a PDV header"));
    }
    if (buffered() < kPdvHeaderSize) {
        return Progress::NeedsMore;
    }
    const auto length = loadBig<quint32>(at());
    if (length < 2 || length > m_left - 4) {
        return broken(AbortReason::InvalidParameterValue, QStringLiteral("PDV of length %1").arg(length));
    }
    const auto control = std::to_integer<quint8>(*at(5));
    m_pdv = {std::to_integer<quint8>(*at(4)), (control & 1) != 0, (control & 2) != 0, {}};
    m_pdvLeft = length - 2;
    m_begin += kPdvHeaderSize;
    m_left -= quint32(kPdvHeaderSize);
    m_stage = Stage::Fragment;
    return checkOrder();
}

// The fragments of a message are not mixed with those of another (PS3.8 Annex E.1).
Result<PduReader::Progress> PduReader::checkOrder()
{
    const bool goesOn = m_dataIsOpen ? !m_pdv.isCommand : (m_pdv.isCommand || !m_commandIsOpen);
    const bool startsAnew = !m_dataIsOpen && !m_commandIsOpen;
    if (!goesOn || (!startsAnew && m_pdv.contextId != m_messageContext)) {
        return broken(AbortReason::UnexpectedParameter, QStringLiteral("fragments of two messages are mixed"));
    }
    m_messageContext = m_pdv.contextId;
    (m_pdv.isCommand ? m_commandIsOpen : m_dataIsOpen) = !m_pdv.isLast;
    return Progress::Goes;
}

ConstBytes PduReader::takeFragment()
{
    const auto count = std::min<std::size_t>(m_pdvLeft, buffered());
    const ConstBytes taken(at(), count);
    m_begin += count;
    m_left -= static_cast<quint32>(count);
    m_pdvLeft -= static_cast<quint32>(count);
    if (m_pdvLeft == 0) {
        m_stage = Stage::PdvHeader;
    }
    return taken;
}

Result<PduReader::Progress> PduReader::takeCommand(Incoming& out)
{
    const auto taken = takeFragment();
    const bool isWhole = m_pdvLeft == 0 && m_pdv.isLast;
    out.kind = Incoming::Kind::Command;
    out.contextId = m_pdv.contextId;
    if (m_command.size() + taken.size() > kMaxCommandSize) {
        return broken(AbortReason::InvalidParameterValue, QStringLiteral("endless command set"));
    }
    if (isWhole && m_command.empty()) {
        out.bytes = taken;
        return Progress::Said;
    }
    m_command.insert(m_command.end(), taken.begin(), taken.end());
    if (isWhole) {
        out.bytes = m_command;
        m_commandWasGiven = true;
        return Progress::Said;
    }
    return m_pdvLeft == 0 ? Progress::Goes : Progress::NeedsMore;
}

Result<PduReader::Progress> PduReader::takeData(Incoming& out)
{
    out.kind = Incoming::Kind::Data;
    out.contextId = m_pdv.contextId;
    const auto taken = takeFragment();
    if (!taken.empty()) {
        m_parts.push_back(taken);
    }
    if (m_pdvLeft > 0) {
        return Progress::NeedsMore;
    }
    out.isLast = m_pdv.isLast;
    return out.isLast ? Progress::Said : Progress::Goes;
}

tl::unexpected<Error> PduReader::broken(AbortReason reason, const QString& detail)
{
    m_abortReason = reason;
    return fail(ErrorCode::ProtocolError, detail);
}

} // namespace radpost::net
