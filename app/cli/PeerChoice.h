#pragma once

#include "core/base/Result.h"
#include "core/config/Settings.h"

#include <vector>

namespace radpost::cli {

/// The peer of the configuration that has @p word as its name or, when none has, as its AE title; without regard to
/// case in the name. Nothing: none, or more than one.
[[nodiscard]] const config::ServePeer* findPeer(const config::Config& config, const QString& word);

/// Entries that let the same caller in as @p peer, or some of the callers that it lets in: the same AE title or any, at
/// the same addresses or any. The certificate is not compared, for nobody knows which one is shown.
[[nodiscard]] std::vector<config::ServePeer> alsoAdmitting(
    const std::vector<config::ServePeer>& others, const config::ServePeer& peer);

/// How people call it: its name, else its AE title, else where it is.
[[nodiscard]] QString peerName(const config::ServePeer& peer);

} // namespace radpost::cli
