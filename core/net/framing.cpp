#include "core/net/framing.h"

#include "core/net/pdu.h"

#include <algorithm>

namespace radpost::net {

namespace {

// What we make for a peer without a limit. Longer PDUs bring nothing, and there are peers that hold a whole one.
constexpr quint32 kOwnMaxLength = 1 << 20;

} // namespace

quint32 maxFragmentFor(quint32 maxLength)
{
    const auto bound = maxLength == 0 ? kOwnMaxLength : std::min(maxLength, kOwnMaxLength);
    const auto overhead = static_cast<quint32>(kPdvHeaderSize);
    return bound < overhead ? 0 : (bound - overhead) & ~1U;
}

void appendFramed(Bytes& to, quint8 contextId, bool isCommand, ConstBytes message, quint32 maxFragment)
{
    do {
        const auto count = std::min<std::size_t>(message.size(), maxFragment);
        const auto at = to.size();
        to.resize(at + kDataHeaderSize);
        writeDataHeader(to.data() + at, contextId, isCommand, count == message.size(), static_cast<quint32>(count));
        to.insert(to.end(), message.begin(), message.begin() + static_cast<std::ptrdiff_t>(count));
        message = message.subspan(count);
    } while (!message.empty());
}

} // namespace radpost::net
