#pragma once

#include "core/store/LedgerTypes.h"

#include <chrono>

namespace radpost::store {

/// Times in the ledger are milliseconds since 1970 UTC.
inline qint64 toMilliseconds(WallTime time)
{
    return time.time_since_epoch().count();
}

inline WallTime fromMilliseconds(qint64 milliseconds)
{
    return WallTime(std::chrono::milliseconds(milliseconds));
}

} // namespace radpost::store
