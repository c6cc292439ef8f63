#pragma once

#include "core/base/Clock.h"
#include "core/base/Result.h"
#include "core/store/LedgerTypes.h"
#include "core/store/LedgerWriter.h"

#include <QString>

#include <memory>

namespace radpost::store {

class LedgerReader;

enum class LedgerMode {
    ReadWrite, ///< one process at a time
    ReadOnly,  ///< any number, also beside a process that sends
};

struct LedgerParams
{
    QString path; ///< of the SQLite file; its folder is made (0700) when it is missing
    LedgerMode mode = LedgerMode::ReadWrite;
    const Clock* clock = nullptr; ///< not owned; null: the machine's
    LedgerDurability durability = LedgerDurability::PowerLoss;
};

/// The file that remembers every job, delivery and attempt. Any thread.
///
/// ReadWrite takes the ledger's lock, migrates an older file after making a backup copy beside it, and starts the
/// writer thread. Jobs whose scan a dead process left behind become Interrupted.
class Ledger final
{
public:
    /// Blocks on files. Errors: LedgerLocked (another process writes; ReadOnly works), LedgerNewer, LedgerCorrupt,
    /// LedgerUnreadable (ReadOnly and there is no ledger yet, permissions), DiskFull, LedgerFailed.
    [[nodiscard]] static Result<std::unique_ptr<Ledger>> open(const LedgerParams& params);

    /// Makes all that was posted durable where the disk allows, then lets go of the lock. Readers must be gone.
    ~Ledger();
    Ledger(const Ledger&) = delete;
    Ledger& operator=(const Ledger&) = delete;

    [[nodiscard]] bool isReadOnly() const;
    [[nodiscard]] QString path() const;
    [[nodiscard]] const Clock& clock() const;

    /// Only of a ReadWrite ledger.
    [[nodiscard]] LedgerWriter& writer();

    /// That the file is still the one that was opened: what is written into one that was removed is gone. Two system
    /// calls at most. Errors: LedgerFailed, to be tried later, as the file may be put back.
    [[nodiscard]] Result<> checkFile() const;

    /// A connection of its own for the calling thread, which alone may use and destroy it. Sees what is committed.
    /// Blocks on files. Errors: LedgerUnreadable, LedgerFailed.
    [[nodiscard]] Result<std::unique_ptr<LedgerReader>> openReader() const;

private:
    struct Private;
    explicit Ledger(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

} // namespace radpost::store
