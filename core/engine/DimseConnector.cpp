#include "core/engine/DimseConnector.h"

#include "core/engine/NetValues.h"
#include "core/engine/Traces.h"
#include "core/net/Socket.h"
#include "core/net/TlsContext.h"
#include "core/net/TlsSocket.h"
#include "core/net/implementation.h"

namespace radpost::engine {

using SteadyClock = std::chrono::steady_clock;

DimseConnector::DimseConnector(config::Destination destination, const AeTitle& callingAeTitle, Traces* traces,
    std::shared_ptr<ConnectionMeter> meter)
    : m_destination(std::move(destination))
    , m_callingAeTitle(m_destination.callingAeTitle.isEmpty() ? callingAeTitle : m_destination.callingAeTitle)
    , m_trace(traces != nullptr ? traces->log(m_destination.name) : nullptr)
    , m_meter(std::move(meter))
{
}

DimseConnector::~DimseConnector() = default;

Result<std::unique_ptr<net::Association>> DimseConnector::connect(
    const std::vector<net::ProposedContext>& contexts, const CancelToken& cancel, std::vector<net::RoleSelection> roles)
{
    auto request = makeRequest();
    if (!request) {
        return fail(std::move(request.error()));
    }
    request->contexts = contexts;
    request->user.roles = std::move(roles);
    const auto begun = SteadyClock::now();
    auto transport = openTransport(cancel);
    if (!transport) {
        return fail(std::move(transport.error()));
    }
    const auto connected = SteadyClock::now();
    if (m_meter) {
        m_meter->onConnected(connected - begun);
    }
    auto association = std::make_unique<net::Association>(
        *std::move(transport), net::Role::Requestor, associationTimeouts(m_destination.timeouts));
    association->setTrace(m_trace);
    if (auto accepted = association->request(*request, cancel); !accepted) {
        return fail(std::move(accepted.error()));
    }
    if (m_meter) {
        m_meter->onNegotiated(SteadyClock::now() - connected);
    }
    return association;
}

Result<net::AssociateRq> DimseConnector::makeRequest() const
{
    net::AssociateRq request;
    request.calledAeTitle = m_destination.calledAeTitle.value;
    request.callingAeTitle = m_callingAeTitle.value;
    request.applicationContext = net::kDicomApplicationContext.toByteArray();
    request.user.maxLength = m_destination.maxPduBytes;
    request.user.implementationClassUid = net::kImplementationClassUid.toByteArray();
    request.user.implementationVersionName = net::kImplementationVersionName.toByteArray();
    request.user.asyncWindow = asyncWindow(m_destination);
    auto identity = userIdentity(m_destination.userIdentity);
    if (!identity) {
        return fail(std::move(identity.error()));
    }
    request.user.identity = *std::move(identity);
    return request;
}

Result<std::unique_ptr<net::Transport>> DimseConnector::openTransport(const CancelToken& cancel)
{
    const Deadline connectBy(m_destination.timeouts.connect);
    auto socket = net::Socket::connect(m_destination.host, m_destination.port, connectBy, cancel);
    if (!socket) {
        return fail(std::move(socket.error()));
    }
    const auto settings = tlsSettings(m_destination.tls);
    if (!settings) {
        return std::unique_ptr<net::Transport>(*std::move(socket));
    }
    auto context = tlsContext(*settings);
    if (!context) {
        return fail(std::move(context.error()));
    }
    const Deadline handshakeBy(m_destination.timeouts.tlsHandshake);
    auto secured = net::TlsSocket::connect(*std::move(socket), **context, m_destination.host, handshakeBy, cancel);
    if (!secured) {
        return fail(std::move(secured.error()));
    }
    const auto& chain = (*secured)->facts().chain;
    if (m_meter && !chain.empty()) {
        m_meter->onCertificate(Clock::WallTime(std::chrono::milliseconds(chain.front().notAfter.toMSecsSinceEpoch())));
    }
    return std::unique_ptr<net::Transport>(*std::move(secured));
}

Result<std::shared_ptr<const net::TlsContext>> DimseConnector::tlsContext(const net::TlsSettings& settings)
{
    const std::scoped_lock lock(m_mutex);
    if (!m_tlsContext) {
        auto made = net::TlsContext::forClient(settings);
        if (!made) {
            return fail(std::move(made.error()));
        }
        m_tlsContext = *std::move(made);
    }
    return m_tlsContext;
}

} // namespace radpost::engine
