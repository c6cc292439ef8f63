#pragma once

#include "core/base/Result.h"

#include <cstddef>
#include <span>

namespace radpost::net {

/// Reads up to the size of @p into at @p offset, without moving the descriptor's own position. 0: the end of the file.
/// Errors: FileUnreadable.
[[nodiscard]] Result<std::size_t> readAt(int fileDescriptor, qint64 offset, std::span<std::byte> into);

} // namespace radpost::net
