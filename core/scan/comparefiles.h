#pragma once

#include "core/base/CancelToken.h"
#include "core/base/Result.h"

#include <QString>

namespace radpost::scan {

/// True when both files hold the same bytes. Sizes first, then content in blocks; the same file under two names is
/// not read. Blocks; any thread. Errors: FileNotFound, FileUnreadable, Cancelled.
[[nodiscard]] Result<bool> haveSameBytes(const QString& first, const QString& second, const CancelToken& cancel);

} // namespace radpost::scan
