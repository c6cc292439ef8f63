#pragma once

#include "core/base/StrongId.h"

#include <vector>

namespace radpost::net {

/// A presentation context as it is offered (PS3.8 9.3.2.2).
struct ProposedContext
{
    quint8 id = 0; ///< odd, 1 to 255
    SopClassUid sopClassUid;
    std::vector<TransferSyntaxUid> transferSyntaxes;
    friend bool operator==(const ProposedContext&, const ProposedContext&) = default;
};

/// Values of AnsweredContext::result (PS3.8 Table 9-18).
inline constexpr quint8 kContextAccepted = 0;
inline constexpr quint8 kContextUserRejection = 1;
inline constexpr quint8 kContextNoReason = 2;
inline constexpr quint8 kContextAbstractSyntaxNotSupported = 3;
inline constexpr quint8 kContextTransferSyntaxesNotSupported = 4;

/// A presentation context as it was answered (PS3.8 9.3.3.2).
struct AnsweredContext
{
    quint8 id = 0;
    quint8 result = kContextAccepted;
    TransferSyntaxUid transferSyntaxUid; ///< meaningful only when accepted
    friend bool operator==(const AnsweredContext&, const AnsweredContext&) = default;
};

/// A presentation context that both sides agreed on.
struct AcceptedContext
{
    quint8 id = 0;
    SopClassUid sopClassUid;
    TransferSyntaxUid transferSyntaxUid;
    friend bool operator==(const AcceptedContext&, const AcceptedContext&) = default;
};

} // namespace radpost::net
