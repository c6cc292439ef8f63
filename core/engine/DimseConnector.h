#pragma once

#include "core/base/CancelToken.h"
#include "core/base/Clock.h"
#include "core/config/Destination.h"
#include "core/net/Association.h"
#include "core/net/ContextPlan.h"

#include <memory>
#include <mutex>

namespace radpost::net {
class TlsContext;
class TraceLog;
struct TlsSettings;
} // namespace radpost::net

namespace radpost::engine {

class Traces;

/// Learns how long the steps of an association took. Any thread.
class ConnectionMeter
{
public:
    virtual ~ConnectionMeter() = default;
    /// Name resolution, TCP and TLS.
    virtual void onConnected(std::chrono::nanoseconds took) = 0;
    virtual void onNegotiated(std::chrono::nanoseconds took) = 0;
    /// That of the destination, as a handshake showed it.
    virtual void onCertificate(Clock::WallTime notAfter) = 0;
};

/// Opens associations with one destination as its contract says: connection, TLS, user identity, negotiation.
/// Any thread; one object serves all workers of the destination.
class DimseConnector final
{
public:
    /// @p callingAeTitle is used where the destination names none; @p traces, when given, has the log that its
    /// associations record in while it is on.
    DimseConnector(config::Destination destination, const AeTitle& callingAeTitle, Traces* traces = nullptr,
        std::shared_ptr<ConnectionMeter> meter = nullptr);
    ~DimseConnector();
    Q_DISABLE_COPY_MOVE(DimseConnector)

    [[nodiscard]] const config::Destination& destination() const { return m_destination; }

    /// Blocks. Success means accepted, though perhaps with no context. @p roles: of classes in which we are no plain
    /// SCU. Errors: all of 2xx and 3xx but those of single instances; ConfigValue for a secret that cannot be had.
    [[nodiscard]] Result<std::unique_ptr<net::Association>> connect(const std::vector<net::ProposedContext>& contexts,
        const CancelToken& cancel, std::vector<net::RoleSelection> roles = {});

private:
    [[nodiscard]] Result<net::AssociateRq> makeRequest() const;
    [[nodiscard]] Result<std::unique_ptr<net::Transport>> openTransport(const CancelToken& cancel);
    [[nodiscard]] Result<std::shared_ptr<const net::TlsContext>> tlsContext(const net::TlsSettings& settings);

    const config::Destination m_destination;
    const AeTitle m_callingAeTitle;
    const std::shared_ptr<net::TraceLog> m_trace;
    const std::shared_ptr<ConnectionMeter> m_meter; ///< may be null
    std::mutex m_mutex;                             ///< of m_tlsContext
    std::shared_ptr<const net::TlsContext> m_tlsContext;
};

} // namespace radpost::engine
