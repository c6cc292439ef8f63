#pragma once

#include "core/net/bytes.h"

namespace radpost::net {

/// How messages are cut into P-DATA PDUs, one fragment each (PS3.8 9.3.5, Annex E). Pure functions.

/// Bytes of a message that fit a P-DATA PDU of a peer that takes @p maxLength (PS3.8 D.1; 0 = no limit): even, and not
/// above our own bound. 0: the peer left no room for any.
[[nodiscard]] quint32 maxFragmentFor(quint32 maxLength);

/// Appends @p message, cut and framed, to @p to.
void appendFramed(Bytes& to, quint8 contextId, bool isCommand, ConstBytes message, quint32 maxFragment);

} // namespace radpost::net
