#include "core/net/SocketAddress.h"

#include "core/base/thread.h"
#include "core/net/socketCalls.h"

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <memory>
#include <mutex>

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace radpost::net {

namespace {

static_assert(sizeof(sockaddr_storage) <= sizeof(SocketAddress::storage));

struct AddressListDeleter
{
    void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
};

/// What a lookup found; shared with its thread, which may outlive the caller.
struct Lookup
{
    std::mutex mutex; // guards what follows
    std::condition_variable_any done;
    bool isDone = false;
    Result<std::vector<SocketAddress>> result;
};

SocketAddress toAddress(const addrinfo& from)
{
    SocketAddress address;
    address.length = std::min<unsigned>(from.ai_addrlen, sizeof address.storage);
    address.family = from.ai_family;
    std::memcpy(address.storage.data(), from.ai_addr, address.length);
    return address;
}

Result<std::vector<SocketAddress>> lookUp(const QByteArray& host, quint16 port, int flags)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    const int failed = ::getaddrinfo(host.constData(), QByteArray::number(port).constData(), &hints, &found);
    const std::unique_ptr<addrinfo, AddressListDeleter> list(found);
    if (failed != 0) {
        return fail(ErrorCode::HostNotFound, QString::fromLocal8Bit(::gai_strerror(failed)));
    }
    std::vector<SocketAddress> addresses;
    for (const addrinfo* entry = found; entry != nullptr; entry = entry->ai_next) {
        addresses.push_back(toAddress(*entry));
    }
    return addresses;
}

Result<std::shared_ptr<Lookup>> startLookup(const QByteArray& host, quint16 port)
{
    auto lookup = std::make_shared<Lookup>();
    auto thread = startThread([lookup, host, port] {
        auto result = lookUp(host, port, 0);
        const std::lock_guard lock(lookup->mutex);
        lookup->result = std::move(result);
        lookup->isDone = true;
        lookup->done.notify_all();
    });
    if (!thread) {
        return fail(std::move(thread.error()));
    }
    thread->detach();
    return lookup;
}

} // namespace

QString SocketAddress::toString() const
{
    std::array<char, NI_MAXHOST> host{};
    std::array<char, NI_MAXSERV> service{};
    const int failed = ::getnameinfo(asSockaddr(*this), length, host.data(), host.size(), service.data(),
        service.size(), NI_NUMERICHOST | NI_NUMERICSERV);
    if (failed != 0) {
        return {};
    }
    auto name = QString::fromLatin1(host.data());
    const auto mapped = QStringLiteral("::ffff:"); // IPv4 on an IPv6 socket
    if (name.startsWith(mapped) && name.contains(QLatin1Char('.'))) {
        name.remove(0, mapped.size());
    }
    const auto form = name.contains(QLatin1Char(':')) ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2");
    return form.arg(name, QString::fromLatin1(service.data()));
}

quint16 SocketAddress::port() const
{
    if (family == AF_INET6) {
        return ntohs(reinterpret_cast<const sockaddr_in6*>(storage.data())->sin6_port);
    }
    return ntohs(reinterpret_cast<const sockaddr_in*>(storage.data())->sin_port);
}

QString withoutPort(const QString& address)
{
    auto host = address.left(address.lastIndexOf(QLatin1Char(':')));
    if (host.startsWith(QLatin1Char('['))) {
        host = host.mid(1, host.size() - 2);
    }
    return host.left(host.indexOf(QLatin1Char('%')));
}

Result<std::vector<SocketAddress>> resolveHost(
    const QString& host, quint16 port, const Deadline& deadline, const CancelToken& cancel)
{
    const auto name = host.toUtf8();
    if (auto literal = lookUp(name, port, AI_NUMERICHOST); literal || name.isEmpty()) {
        return literal;
    }
    const auto started = startLookup(name, port);
    if (!started) {
        return fail(started.error());
    }
    const auto& lookup = *started;
    std::unique_lock lock(lookup->mutex);
    lookup->done.wait_until(lock, cancel.stopToken(), std::chrono::steady_clock::now() + deadline.left(),
        [&lookup] { return lookup->isDone; });
    if (lookup->isDone) {
        return std::move(lookup->result);
    }
    return fail(cancel.isCancelled() ? ErrorCode::Cancelled : ErrorCode::ConnectTimeout,
        QStringLiteral("name lookup did not end"));
}

} // namespace radpost::net
