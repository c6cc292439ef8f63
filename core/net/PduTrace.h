#pragma once

#include "core/net/PduReader.h"
#include "core/net/TraceLog.h"

#include <memory>
#include <optional>
#include <span>

namespace radpost::net {

/// Tells a TraceLog what one association says and hears, decoded (PS3.8 9.3, PS3.7 6.3). What comes is not believed: it
/// was perhaps made by a hostile peer. Nothing of a secret (PS3.7 D.3.3.7) or of a data set is kept. One thread: that
/// of the association.
class PduTrace final
{
public:
    PduTrace(std::shared_ptr<TraceLog> log, QString peerAddress);
    ~PduTrace();
    Q_DISABLE_COPY_MOVE(PduTrace)

    /// @p parts, one after the other, are whole PDUs, but that @p moreBytes of the last fragment follow elsewhere.
    void sent(std::span<const ConstBytes> parts, qint64 moreBytes = 0);
    void heard(const Incoming& said);
    /// What was heard cannot be, and ends the association.
    void broken(const Error& error);
    /// Only the first call counts.
    void closed(const std::optional<Error>& error = {});

private:
    class Cursor;

    [[nodiscard]] bool begins();
    void add(TraceDirection direction, TraceContent content, qint64 bytes = 0);
    void addFault(TraceDirection direction, std::optional<quint8> type, qint64 bytes, const QString& detail);
    [[nodiscard]] bool sentPdu(Cursor& from);
    [[nodiscard]] bool sentData(Cursor& from, qint64 length);
    [[nodiscard]] bool sentCommandFragment(Cursor& from, const Pdv& pdv, qint64 length);
    void sentDataFragment(const Pdv& pdv, qint64 length);
    void tellSentData();
    void control(TraceDirection direction, quint8 type, ConstBytes body);
    void command(TraceDirection direction, quint8 contextId, ConstBytes bytes);

    std::shared_ptr<TraceLog> m_log;
    QString m_peerAddress;
    qint64 m_association;
    bool m_hasBegun = false; ///< the log was told of the connection
    bool m_isClosed = false;
    std::vector<ProposedContext> m_proposed; ///< of this association
    qint64 m_proposedBytes = 0;
    Bytes m_command;                 ///< of a command set that is sent in pieces
    std::optional<TraceData> m_data; ///< sent in this call, not told yet
};

} // namespace radpost::net
