#pragma once

#include <QByteArray>
#include <QString>

namespace radpost {

/// True for 127.0.0.0/8, also mapped into IPv6, ::1 and "localhost".
[[nodiscard]] bool isLoopback(const QString& address);

/// True when a request with this Host header field (RFC 9110 7.2) was meant for a server on the loopback interface. A
/// page of another site that had its own name point here would say that name.
[[nodiscard]] bool isLoopbackHost(const QByteArray& hostField);

} // namespace radpost
