#pragma once

#include <QByteArray>

namespace radpost::spool {

enum class Comparison { Equal, Different, FirstIsGone, Unreadable };

/// Compares two files of the spool from their data sets on. @p syncFirst: an equal first is put on the disk, since it
/// may be of a receiver that did not care. Blocks.
[[nodiscard]] Comparison compareContents(
    const QByteArray& first, qint64 firstAt, const QByteArray& second, qint64 secondAt, bool syncFirst);

} // namespace radpost::spool
