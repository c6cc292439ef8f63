#pragma once

#include "core/base/Result.h"

#include <QString>

#include <chrono>

namespace radpost::store {
class Ledger;
}

namespace radpost::engine {

/// The private folders under the data folder where members of archives lie until the jobs that need them are done.
/// Blocks on files; any thread.
class UnpackArea final
{
public:
    explicit UnpackArea(const QString& dataFolder);

    /// Makes a folder of its own for one source, mode 0700. Errors: FileWriteFailed.
    [[nodiscard]] Result<QString> make() const;

    /// The folder that make() gave to a source whose scan goes on, made anew when it was removed. Errors:
    /// FileWriteFailed.
    [[nodiscard]] Result<QString> reopen(const QString& folder) const;

    /// Removes every folder that no job can need again: its jobs are cancelled, finished with a whole scan and no
    /// failure, or finished longer ago than kKeepFailed. Does nothing when there are no folders.
    void sweep(const store::Ledger& ledger) const;

    static constexpr std::chrono::days kKeepFailed{30};

private:
    [[nodiscard]] Result<QString> makeFolder(const QString& folder) const;

    QString m_root;
};

} // namespace radpost::engine
