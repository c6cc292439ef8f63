#pragma once

#include "core/base/Result.h"
#include "core/config/Settings.h"

namespace radpost::cli {

/// The peer of the configuration that has @p word as its name or, when none has, as its AE title; without regard to
/// case in the name. Nothing: none, or more than one.
[[nodiscard]] const config::ServePeer* findPeer(const config::Config& config, const QString& word);

/// How people call it: its name, else its AE title, else where it is.
[[nodiscard]] QString peerName(const config::ServePeer& peer);

} // namespace radpost::cli
