#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QString>

#include <atomic>

namespace radpost::net {

/// The directory a receiver writes to, and the names of what is not whole yet. Any thread once it is open.
///
/// Every receiver holds a shared lock on its directory while it lives; the system drops it with the process. Who can
/// have the directory alone knows that no other receiver runs on it, and that the unfinished files there were left by
/// killed ones: they never came whole, so their senders were told nothing and send again. These files are removed.
class ReceiveFolder final
{
public:
    explicit ReceiveFolder(QString path);
    ~ReceiveFolder();
    Q_DISABLE_COPY_MOVE(ReceiveFolder)

    /// Makes the directory where it is missing, locks it and removes what killed receivers left. Blocks for
    /// some seconds when another program has the directory locked. Errors: FileWriteFailed.
    [[nodiscard]] Result<> open();

    /// For the calls of the system that end in "at"; -1 before open().
    [[nodiscard]] int descriptor() const { return m_descriptor; }

    /// A name for a file that is not whole yet; each call gives another.
    [[nodiscard]] QByteArray unfinishedName();

private:
    void removeLeftOvers() const;
    [[nodiscard]] Result<> share();

    const QString m_path;
    int m_descriptor = -1;
    std::atomic<quint64> m_next{0};
};

} // namespace radpost::net
