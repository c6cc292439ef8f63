#pragma once

#include <QByteArray>

namespace radpost::cli {

/// Tells the service manager how we are, where it asked for that: one datagram to $NOTIFY_SOCKET, as sd_notify(3) sends
/// it. Several lines of @p state are separated by line feeds: "READY=1\nSTATUS=…". Any thread; never waits.
/// @return false when nobody asked or it could not be sent.
bool tellServiceManager(const QByteArray& state);

} // namespace radpost::cli
