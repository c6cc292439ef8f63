#pragma once

#include "core/base/CancelToken.h"
#include "core/config/Monitoring.h"
#include "core/observe/syslog.h"

#include <chrono>
#include <memory>
#include <vector>

namespace radpost::engine {

/// A way to a syslog receiver. One thread at a time; after an error only close() and open().
class SyslogSender
{
public:
    virtual ~SyslogSender() = default;

    /// Does nothing when it is open. Errors: those of the connection; TlsConfiguration.
    [[nodiscard]] virtual Result<> open(const CancelToken& cancel) = 0;

    /// Sends whole syslog messages. A message that the protocol cannot carry is passed over and counted in @p tooLong.
    [[nodiscard]] virtual Result<> send(
        const std::vector<QByteArray>& messages, int& tooLong, const CancelToken& cancel) = 0;

    /// Waits @p patience for a sign that what was sent did not arrive: syslog has no acknowledgement, and a connection
    /// that broke takes what was written to it last with it. Over TLS it goes on for up to 40 times as long, until the
    /// receiver's system acknowledged every byte. Errors: SendStalled when it does not; those of the connection.
    [[nodiscard]] virtual Result<> confirm(std::chrono::milliseconds patience, const CancelToken& cancel) = 0;

    virtual void close() = 0;
};

/// UDP (RFC 5426) or TLS (RFC 5425), as @p settings name a receiver. Null when they name none.
[[nodiscard]] std::unique_ptr<SyslogSender> makeSyslogSender(const config::AuditSettings& settings);

} // namespace radpost::engine
