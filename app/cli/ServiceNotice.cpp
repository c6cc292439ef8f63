#include "app/cli/ServiceNotice.h"

#include <QtGlobal>

#ifndef Q_OS_WIN
#include <cstddef>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#endif

namespace radpost::cli {

#ifdef Q_OS_WIN

bool tellServiceManager(const QByteArray& /*state*/)
{
    return false;
}

#else

bool tellServiceManager(const QByteArray& state)
{
    const QByteArray path = qgetenv("NOTIFY_SOCKET");
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    const bool isName = path.startsWith('/') || path.startsWith('@'); // '@': in the abstract namespace
    if (!isName || static_cast<std::size_t>(path.size()) >= sizeof address.sun_path) {
        return false;
    }
    std::memcpy(address.sun_path, path.constData(), static_cast<std::size_t>(path.size()));
    if (path.startsWith('@')) {
        address.sun_path[0] = '\0';
    }
    const int descriptor = ::socket(AF_UNIX, SOCK_DGRAM, 0);
    if (descriptor < 0) {
        return false;
    }
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + static_cast<std::size_t>(path.size()));
    const auto sent = ::sendto(descriptor, state.constData(), static_cast<std::size_t>(state.size()), MSG_DONTWAIT,
        reinterpret_cast<const sockaddr*>(&address), length);
    ::close(descriptor);
    return sent == state.size();
}

#endif

} // namespace radpost::cli
