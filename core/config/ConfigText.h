#pragma once

#include "core/base/Result.h"
#include "core/config/Settings.h"

#include <QByteArray>

namespace radpost::config {

/// One [[destination]] as TOML. Keys that have their default are left out. Ends with a newline.
[[nodiscard]] QByteArray destinationToToml(const Destination& destination);

/// A whole file that holds only destinations, for export.
[[nodiscard]] QByteArray destinationsToToml(const std::vector<Destination>& destinations);

// Edits of a file's text that leave every other byte alone, comments included. The result is read back before it is
// given: what could not be edited safely (destinations written inline, say) is an error and never a damaged file.
// Errors: ConfigSyntax, ConfigValue as parseConfig() found them; DestinationDuplicate, DestinationNotFound;
// DestinationInUse with the name of the rule or group that needs it; Unsupported when the text must be edited by hand.

[[nodiscard]] Result<QByteArray> addDestination(const QByteArray& toml, const Destination& destination);
/// Rules and groups follow a new name.
[[nodiscard]] Result<QByteArray> replaceDestination(
    const QByteArray& toml, const QString& name, const Destination& destination);
[[nodiscard]] Result<QByteArray> removeDestination(const QByteArray& toml, const QString& name);

/// Only values that differ from what the file says are written: in place where the key is there, comments and order
/// untouched; else under its table, or above the first table.
[[nodiscard]] Result<QByteArray> changeSettings(const QByteArray& toml, const Settings& settings);

/// One [[peer]] as text.
[[nodiscard]] QByteArray peerToToml(const ServePeer& peer);

/// @p toml without the peer of that number, counted from 0 as Config::peers, or with @p peer in its place; of the text
/// only what has to change. Errors: those of parsing; Unsupported.
[[nodiscard]] Result<QByteArray> removePeer(const QByteArray& toml, std::size_t number);
[[nodiscard]] Result<QByteArray> replacePeer(const QByteArray& toml, std::size_t number, const ServePeer& peer);

/// @p toml with @p peer at its end. Errors: those of parsing; Unsupported.
[[nodiscard]] Result<QByteArray> addPeer(const QByteArray& toml, const ServePeer& peer);

} // namespace radpost::config
