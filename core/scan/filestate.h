#pragma once

#include "core/scan/TakenFiles.h"

#include <QString>

#include <optional>

namespace radpost::scan {

/// Of a regular file, without following a link; nothing when it is gone or something else. Blocks; any thread.
[[nodiscard]] std::optional<FileStamp> stampOf(const QString& path);

enum class Writer { None, Open, Unknown };

/// Whether a process has the file open for writing, where the system tells: Linux for files of our own user (by a
/// lease, fcntl(2)), Windows by its sharing rules. Blocks; any thread.
[[nodiscard]] Writer writerOf(const QString& path);

} // namespace radpost::scan
