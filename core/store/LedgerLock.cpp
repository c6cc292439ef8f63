#include "core/store/LedgerLock.h"

#include "core/base/FileLock.h"

using namespace Qt::StringLiterals;

namespace radpost::store {

Result<std::unique_ptr<LedgerLock>> LedgerLock::acquire(const QString& ledgerPath)
{
    auto lock = FileLock::acquire(ledgerPath + u".lock"_s);
    if (!lock) {
        const auto& refusal = lock.error();
        return refusal.isHeld ? fail(ErrorCode::LedgerLocked, u"the ledger is in use by "_s + refusal.detail)
                              : fail(ErrorCode::LedgerUnreadable, refusal.detail);
    }
    return std::unique_ptr<LedgerLock>(new LedgerLock(*std::move(lock)));
}

LedgerLock::LedgerLock(std::unique_ptr<FileLock> lock)
    : m_lock(std::move(lock))
{
}

LedgerLock::~LedgerLock() = default;

} // namespace radpost::store
