#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QString>

namespace radpost::config {

/// Fetches what "env:NAME" or "file:PATH" refers to, at the moment it is used; one line end at the end of a file is not
/// part of the secret. The caller neither logs nor stores the result. Blocks on the disk; any thread.
/// Errors: ConfigValue with the reference (never the secret) when it is malformed, unset, empty or unreadable.
[[nodiscard]] Result<QByteArray> resolveSecret(const QString& reference);

} // namespace radpost::config
