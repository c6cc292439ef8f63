#pragma once

#include "core/base/Result.h"

#include <QString>

#include <memory>

namespace radpost {
class FileLock;
}

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
    explicit LedgerLock(std::unique_ptr<FileLock> lock);
    std::unique_ptr<FileLock> m_lock;
};

} // namespace radpost::store
