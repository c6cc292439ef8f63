#pragma once

#include "core/base/Result.h"
#include "core/net/bytes.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace radpost::net {

/// DIMSE command sets (PS3.7 6.3, 9, 10, Annex E): always Implicit VR Little Endian, group 0000 only, a codec of their
/// own. Pure functions; any thread.

/// PS3.7 E.1, (0000,0100).
enum class DimseCommand : quint16 {
    CStoreRq = 0x0001,
    CStoreRsp = 0x8001,
    CGetRq = 0x0010,
    CGetRsp = 0x8010,
    CFindRq = 0x0020,
    CFindRsp = 0x8020,
    CMoveRq = 0x0021,
    CMoveRsp = 0x8021,
    CEchoRq = 0x0030,
    CEchoRsp = 0x8030,
    NEventReportRq = 0x0100,
    NEventReportRsp = 0x8100,
    NGetRq = 0x0110,
    NGetRsp = 0x8110,
    NSetRq = 0x0120,
    NSetRsp = 0x8120,
    NActionRq = 0x0130,
    NActionRsp = 0x8130,
    NCreateRq = 0x0140,
    NCreateRsp = 0x8140,
    NDeleteRq = 0x0150,
    NDeleteRsp = 0x8150,
    CCancelRq = 0x0FFF,
};

inline constexpr quint16 kNoDataSet = 0x0101;  ///< (0000,0800): no data set follows
inline constexpr quint16 kHasDataSet = 0x0001; ///< any other value: one follows

enum class Priority : quint16 { Medium = 0, High = 1, Low = 2 };

/// Every element of group 0000 that is not retired. Absent: nullopt, or empty text (an empty UID is never sent).
struct CommandSet
{
    quint16 commandField = 0;
    quint16 commandDataSetType = kNoDataSet;
    std::optional<quint16> messageId;
    std::optional<quint16> messageIdBeingRespondedTo;
    std::optional<quint16> priority;
    std::optional<quint16> status;
    std::optional<quint16> errorId;
    std::optional<quint16> eventTypeId;
    std::optional<quint16> actionTypeId;
    std::optional<quint16> remainingSuboperations;
    std::optional<quint16> completedSuboperations;
    std::optional<quint16> failedSuboperations;
    std::optional<quint16> warningSuboperations;
    std::optional<quint16> moveOriginatorMessageId;
    QByteArray affectedSopClassUid;
    QByteArray requestedSopClassUid;
    QByteArray affectedSopInstanceUid;
    QByteArray requestedSopInstanceUid;
    QByteArray moveDestination;
    QByteArray moveOriginatorAeTitle;
    QByteArray errorComment;
    std::vector<quint32> offendingElements; ///< tags, group << 16 | element
    std::vector<quint32> attributeIdentifiers;

    [[nodiscard]] bool hasDataSet() const { return commandDataSetType != kNoDataSet; }
    [[nodiscard]] bool is(DimseCommand command) const { return commandField == static_cast<quint16>(command); }
    friend bool operator==(const CommandSet&, const CommandSet&) = default;
};

/// Appends the encoded set, group length first, elements in order of their tags.
void encodeCommand(const CommandSet& command, Bytes& to);

/// Errors: ProtocolError (a length beyond the end, a wrong group, no Command Field, a US that has not two bytes).
/// Elements of group 0000 that are not in CommandSet are skipped; text loses its padding.
[[nodiscard]] Result<CommandSet> decodeCommand(ConstBytes bytes);

/// The response to @p request with ids and SOP UIDs filled in as PS3.7 asks, without data set.
[[nodiscard]] CommandSet responseTo(const CommandSet& request, quint16 status);

/// "(0008,0018)", joined by comma; what receipts show.
[[nodiscard]] QString tagsToText(const std::vector<quint32>& tags);

} // namespace radpost::net
