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

    /// More than space() had room for is an error of next().
    void filled(std::size_t count);

    /// The next thing said, or nothing when more bytes are needed. What it refers to is valid until the next call of
    /// next() or space(). Errors: ProtocolError; the stream is lost then, lastAbortReason() says what to tell the peer.
    [[nodiscard]] Result<std::optional<Incoming>> next();

    /// True when part of a PDU is here and the rest is not.
    [[nodiscard]] bool isInsidePdu() const { return m_stage != Stage::PduHeader || buffered() > 0; }
    [[nodiscard]] std::size_t buffered() const { return m_end - m_begin; }
    [[nodiscard]] AbortReason lastAbortReason() const { return m_abortReason; }

private:
    enum class Stage { PduHeader, Control, PdvHeader, Fragment };
    enum class Progress { Goes, NeedsMore, Said };

    [[nodiscard]] Result<Progress> advance(Incoming& out);
    [[nodiscard]] Result<Progress> startPdu();
    [[nodiscard]] Result<Progress> startDataPdu();
    [[nodiscard]] Result<Progress> takeControl(Incoming& out);
    [[nodiscard]] Result<Progress> startPdv();
    [[nodiscard]] Result<Progress> checkOrder();
    [[nodiscard]] Result<Progress> takeCommand(Incoming& out);
    [[nodiscard]] Result<Progress> takeData(Incoming& out);
    [[nodiscard]] ConstBytes takeFragment();
    [[nodiscard]] tl::unexpected<Error> broken(AbortReason reason, const QString& detail);
    [[nodiscard]] const std::byte* at(std::size_t offset = 0) const { return m_buffer.data() + m_begin + offset; }

    Bytes m_buffer;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
    bool m_isOverfilled = false;
    quint32 m_maxPduLength = 0;

    Stage m_stage = Stage::PduHeader;
    PduHeader m_pdu;
    quint32 m_left = 0;    ///< of the current PDU, not yet consumed
    quint32 m_pdvLeft = 0; ///< of the current fragment, likewise
    Pdv m_pdv;

    bool m_commandIsOpen = false; ///< fragments of a command set came, not yet the last
    bool m_dataIsOpen = false;
    quint8 m_messageContext = 0;
    Bytes m_command; ///< of a command set that came in pieces
    bool m_commandWasGiven = false;
    std::vector<ConstBytes> m_parts;
    AbortReason m_abortReason = AbortReason::NotSpecified;
};

} // namespace radpost::net
