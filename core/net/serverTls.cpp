#include "core/net/serverTls.h"

#include "core/net/TlsSocket.h"

#include <sys/socket.h>

namespace radpost::net {

namespace {

constexpr unsigned char kTlsHandshakeRecord = 22;

/// The byte stays where it is.
Result<bool> beginsTls(Socket& socket, const Deadline& deadline, const CancelToken& cancel)
{
    if (auto ready = socket.waitReadable(deadline, cancel); !ready) {
        return fail(std::move(ready.error()));
    }
    unsigned char first = 0;
    return ::recv(socket.descriptor(), &first, 1, MSG_PEEK) == 1 && first == kTlsHandshakeRecord;
}

} // namespace

Result<std::unique_ptr<Transport>> secure(std::unique_ptr<Socket> socket, const TlsContext& context, TlsDemand demand,
    std::chrono::milliseconds patience, const CancelToken& cancel)
{
    const Deadline deadline(patience);
    if (demand == TlsDemand::Optional) {
        const auto isTls = beginsTls(*socket, deadline, cancel);
        if (!isTls) {
            return fail(isTls.error());
        }
        if (!*isTls) {
            return std::unique_ptr<Transport>(std::move(socket));
        }
    }
    return TlsSocket::accept(std::move(socket), context, deadline, cancel).map([](std::unique_ptr<TlsSocket> secured) {
        return std::unique_ptr<Transport>(std::move(secured));
    });
}

} // namespace radpost::net
