#pragma once

#include <QHash>
#include <QString>

#include <mutex>

namespace radpost::net {

struct ConnectionLimits
{
    int total = 64;     ///< at least 1
    int perAddress = 0; ///< of one address without its port; 0: no limit
    friend bool operator==(const ConnectionLimits&, const ConnectionLimits&) = default;
};

/// Counts the connections of one or several acceptors, and says which of them may stay. Any thread.
class ConnectionGate final
{
public:
    enum class Admission {
        Welcome,
        OverLimit, ///< to be told so: local-limit-exceeded
        Closed,    ///< too many to be told
    };

    explicit ConnectionGate(ConnectionLimits limits);

    /// For connections that come from now on.
    void setLimits(ConnectionLimits limits);

    /// One leave() for each that is not Closed.
    [[nodiscard]] Admission enter(const QString& address);
    void leave(const QString& address);

private:
    mutable std::mutex m_mutex; // guards what follows
    ConnectionLimits m_limits;
    int m_total = 0;
    QHash<QString, int> m_byAddress;
};

} // namespace radpost::net
