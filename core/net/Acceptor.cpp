#include "core/net/Acceptor.h"

#include "core/base/thread.h"
#include "core/net/AssociationServer.h"
#include "core/net/SocketAddress.h"
#include "core/net/TlsSocket.h"
#include "core/observe/Log.h"

#include <QScopeGuard>

#include <atomic>
#include <condition_variable>
#include <exception>
#include <list>
#include <mutex>
#include <new>
#include <thread>

namespace radpost::net {

namespace {

using namespace std::chrono_literals;

// When the process has no descriptor or memory left the port stays readable: do not spin.
constexpr auto kAfterFailedAccept = 100ms;

Caller callerOf(const Transport& transport)
{
    Caller caller;
    caller.address = withoutPort(transport.peerAddress());
    const auto* secured = dynamic_cast<const TlsSocket*>(&transport);
    caller.isSecured = secured != nullptr;
    if (secured != nullptr && !secured->facts().chain.empty()) {
        const auto& own = secured->facts().chain.front();
        caller.certificateSubject = own.subject;
        caller.certificateSha256 = own.sha256;
    }
    return caller;
}

} // namespace

struct Acceptor::Private
{
    /// One association and its thread.
    struct Worker
    {
        std::thread thread;
        std::atomic<bool> isDone{false};
    };

    AcceptorSettings settings;
    StoreHandler* store = nullptr;
    EchoHandler* echo = nullptr;
    std::unique_ptr<Listener> listener;
    quint16 port = 0;
    CancelSource stopping; ///< for associations
    CancelSource draining; ///< for the listener
    std::thread thread;
    std::list<Worker> workers; ///< only the listening thread touches the list
    std::atomic<int> open{0};

    void listen();
    [[nodiscard]] bool acceptNext(const CancelToken& cancel);
    void begin(std::unique_ptr<Socket> socket);
    void serveSafely(std::unique_ptr<Socket> socket, ConnectionGate::Pass pass, const CancelSource& ending);
    void serve(std::unique_ptr<Socket> socket, ConnectionGate::Pass pass, const CancelToken& cancel);
    void reapDone();
};

Acceptor::Acceptor(AcceptorSettings settings, StoreHandler* store, EchoHandler* echo)
    : d(std::make_unique<Private>())
{
    d->settings = std::move(settings);
    if (!d->settings.gate) {
        d->settings.gate = std::make_shared<ConnectionGate>(ConnectionLimits{d->settings.maxAssociations, 0});
    }
    d->store = store;
    d->echo = echo;
}

Acceptor::~Acceptor()
{
    stop();
}

Result<> Acceptor::start()
{
    auto listener = Listener::open(d->settings.address, d->settings.port);
    if (!listener) {
        return fail(std::move(listener.error()));
    }
    d->listener = std::move(*listener);
    d->port = d->listener->port();
    d->stopping = {};
    d->draining = {};
    auto thread = startThread([this] { d->listen(); });
    if (!thread) {
        d->listener.reset();
        return fail(std::move(thread.error()));
    }
    d->thread = *std::move(thread);
    return {};
}

void Acceptor::drain()
{
    d->draining.cancel();
}

void Acceptor::stop()
{
    d->stopping.cancel();
    d->draining.cancel();
    if (d->thread.joinable()) {
        d->thread.join();
    }
}

quint16 Acceptor::port() const
{
    return d->port;
}

int Acceptor::openAssociations() const
{
    return d->open;
}

void Acceptor::Private::listen()
{
    const auto cancel = draining.token();
    std::mutex mutex;
    std::condition_variable_any never;
    while (!cancel.isCancelled()) {
        if (!acceptNext(cancel)) {
            std::unique_lock lock(mutex);
            never.wait_for(lock, cancel.stopToken(), kAfterFailedAccept, [] { return false; });
        }
    }
    listener.reset();
    for (auto& worker : workers) {
        worker.thread.join();
    }
    workers.clear();
}

/// False: there is nothing left to take a peer with, for now.
bool Acceptor::Private::acceptNext(const CancelToken& cancel)
{
    try {
        auto socket = listener->accept(Deadline(1h), cancel);
        reapDone();
        if (socket) {
            begin(std::move(*socket));
        }
        return socket || socket.error().code != ErrorCode::ConnectionLost;
    } catch (const std::bad_alloc&) {
        return false;
    }
}

void Acceptor::Private::reapDone()
{
    workers.remove_if([](Worker& worker) {
        const bool isDone = worker.isDone; // looked at once: it may become so meanwhile, and would not have been joined
        if (isDone) {
            worker.thread.join();
        }
        return isDone;
    });
}

void Acceptor::Private::begin(std::unique_ptr<Socket> socket)
{
    const auto address = withoutPort(socket->peerAddress());
    CancelSource ending; // of this one alone
    const auto pass = settings.gate->enter(address, [end = ending]() mutable { end.cancel(); });
    if (pass.admission == ConnectionGate::Admission::Closed) {
        return;
    }
    auto leave = qScopeGuard([this, &pass] { settings.gate->leave(pass.number); });
    auto& worker = workers.emplace_back();
    auto begun = startThread([this, &worker, pass, ending, socket = std::move(socket)]() mutable {
        serveSafely(std::move(socket), pass, ending);
        settings.gate->leave(pass.number);
        worker.isDone = true;
    });
    if (!begun) {
        workers.pop_back(); // this peer is turned away, the others go on
        return;
    }
    worker.thread = *std::move(begun);
    leave.dismiss();
}

/// A peer that drives the process out of memory, or meets a fault of ours, loses its association, nobody else's.
void Acceptor::Private::serveSafely(
    std::unique_ptr<Socket> socket, ConnectionGate::Pass pass, const CancelSource& ending)
{
    const auto all = stopping.token();
    const std::stop_callback withAll(all.stopToken(), [end = ending]() mutable { end.cancel(); });
    try {
        serve(std::move(socket), pass, ending.token());
    } catch (const std::exception& error) {
        qCWarning(observe::lcNet) << "an association was broken off:" << error.what();
    }
}

void Acceptor::Private::serve(std::unique_ptr<Socket> socket, ConnectionGate::Pass pass, const CancelToken& cancel)
{
    auto transport = settings.wrap ? settings.wrap(std::move(socket), cancel)
                                   : Result<std::unique_ptr<Transport>>(std::move(socket));
    if (!transport) {
        return;
    }
    ++open;
    const auto closed = qScopeGuard([this] { --open; });
    AssociationServer server(settings, store, echo, callerOf(**transport));
    // How a peer ends its association is no concern of the others; what was not finished was not acknowledged.
    const auto asked = [this, pass] { return settings.gate->asked(pass.number); };
    [[maybe_unused]] const auto ended = server.serve(std::move(*transport), pass.admission, asked, cancel);
}

} // namespace radpost::net
