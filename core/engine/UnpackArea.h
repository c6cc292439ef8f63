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

    /// Removes every folder that no job can need again: its jobs are cancelled, finished without a failure, or finished
    /// longer ago than kKeepFailed. Does nothing when there are no folders.
    void sweep(const store::Ledger& ledger) const;

    static constexpr std::chrono::days kKeepFailed{30};

private:
    QString m_root;
};

} // namespace radpost::engine
