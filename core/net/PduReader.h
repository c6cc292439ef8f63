#pragma once

#include "core/net/pdu.h"

#include <memory>

namespace radpost::net {

/// One thing a peer said.
struct Incoming
{
    enum class Kind {
        Command, ///< a whole command set, in @c bytes
        Data,    ///< a piece of a data set, in @c parts, in order
        Control, ///< any other PDU: its type in @c pduType, its body in @c bytes
    };
    Kind kind = Kind::Control;
    quint8 contextId = 0;
    bool isLast = false; ///< of a data set: nothing more follows
    quint8 pduType = 0;
    ConstBytes bytes;
    std::span<const ConstBytes> parts;
};

/// Cuts the byte stream of a peer into PDUs and PDVs (PS3.8 9.3.5, Annex E). Pure: bytes go in by space() and filled(),
/// things said come out of next(). Data set fragments are handed on as they are in the buffer, never collected; many
/// fragments that are there come out as one piece. One thread.
class PduReader final
{
public:
    /// @p bufferSize at least 4 KiB; it grows up to kMaxControlPduSize only for a control PDU of that length.
    explicit PduReader(std::size_t bufferSize);

    /// P-DATA PDUs longer than this are an error; 0 = no limit.
    void setMaxPduLength(quint32 maxPduLength) { m_maxPduLength = maxPduLength; }

    /// Where the next bytes go; never empty after next() said that more is needed.
    [[nodiscard]] std::span<std::byte> space();
    void filled(std::size_t count);

    /// The next thing said, or nothing when more bytes are needed. What it refers to is valid until the next call of
    /// next() or space(). Errors: ProtocolError; the stream is lost then, lastAbortReason() says what to tell the peer.
    [[nodiscard]] Result<std::optional<Incoming>> next();

    /// True at the start, and after a whole PDU.
    [[nodiscard]] bool isBetweenPdus() const { return m_pduLeft == 0 && m_begin == m_end; }
    [[nodiscard]] std::size_t buffered() const { return m_end - m_begin; }
    [[nodiscard]] AbortReason lastAbortReason() const { return m_abortReason; }

private:
    using Step = Result<std::optional<Incoming>>;

    [[nodiscard]] Result<bool> startPdu();
    [[nodiscard]] std::optional<Incoming> takeControl();
    [[nodiscard]] Result<bool> startPdv();
    [[nodiscard]] Result<bool> takeFragment(Incoming& out);
    [[nodiscard]] Result<bool> takeCommand(std::size_t count, Incoming& out);
    [[nodiscard]] bool takeData(std::size_t count, Incoming& out);
    [[nodiscard]] tl::unexpected<Error> broken(AbortReason reason, const QString& detail);
    [[nodiscard]] const std::byte* at(std::size_t offset = 0) const { return m_buffer.data() + m_begin + offset; }

    Bytes m_buffer;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
    quint32 m_maxPduLength = 0;

    PduHeader m_pdu;
    bool m_inPdu = false;
    quint32 m_pduLeft = 0; ///< bytes of the current P-DATA PDU not yet consumed
    bool m_inPdv = false;
    quint32 m_pdvLeft = 0;
    Pdv m_pdv;

    Bytes m_command; ///< fragments of a command set that came in several PDVs
    bool m_commandWasGiven = false;
    std::vector<ConstBytes> m_parts;
    AbortReason m_abortReason = AbortReason::NotSpecified;
};

} // namespace radpost::net
