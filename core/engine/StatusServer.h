#pragma once

#include "core/base/Result.h"

#include <QString>

#include <memory>

namespace radpost::observe {
class MetricsRegistry;
}

namespace radpost::engine {

class Health;

/// Answers /healthz, /readyz and /metrics on the loopback interface. Any thread.
class StatusServer final
{
public:
    /// @p listen as in the configuration, "127.0.0.1:9104"; port 0 takes a free one. What it shows must outlive it.
    StatusServer(QString listen, const Health& health, const observe::MetricsRegistry& metrics);
    /// stop().
    ~StatusServer();
    Q_DISABLE_COPY_MOVE(StatusServer)

    /// Returns at once. Errors: InvalidArgument (no loopback address with a port), AddressInUse, ListenNotPermitted.
    [[nodiscard]] Result<> start();

    /// Ends every connection; bounded by what the checks and collectors take. Idempotent.
    void stop();

    [[nodiscard]] quint16 port() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace radpost::engine
