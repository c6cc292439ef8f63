#pragma once

#include "core/base/Result.h"

#include <QString>

#include <memory>

namespace radpost::store {

/// The right to write a ledger: one process at a time. The operating system takes it back when the process ends,
/// however it ends. Any thread.
class LedgerLock final
{
public:
    /// Does not wait. Errors: LedgerLocked with who holds it, LedgerUnreadable when the lock file cannot be made.
    [[nodiscard]] static Result<std::unique_ptr<LedgerLock>> acquire(const QString& ledgerPath);
    ~LedgerLock();
    LedgerLock(const LedgerLock&) = delete;
    LedgerLock& operator=(const LedgerLock&) = delete;

private:
    struct Private;
    explicit LedgerLock(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

} // namespace radpost::store
