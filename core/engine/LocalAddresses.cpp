#include "core/engine/LocalAddresses.h"

#include <array>

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

namespace radpost::engine {

QStringList localAddresses()
{
    QStringList found;
    ifaddrs* first = nullptr;
    if (::getifaddrs(&first) != 0) {
        return found;
    }
    for (const auto* one = first; one != nullptr; one = one->ifa_next) {
        const bool isUsable = (one->ifa_flags & IFF_UP) != 0 && (one->ifa_flags & IFF_LOOPBACK) == 0;
        if (!isUsable || one->ifa_addr == nullptr || one->ifa_addr->sa_family != AF_INET) {
            continue;
        }
        std::array<char, INET_ADDRSTRLEN> text{};
        const auto* address = reinterpret_cast<const sockaddr_in*>(one->ifa_addr);
        if (::inet_ntop(AF_INET, &address->sin_addr, text.data(), text.size()) != nullptr) {
            found.append(QString::fromLatin1(text.data()));
        }
    }
    ::freeifaddrs(first);
    return found;
}

} // namespace radpost::engine
