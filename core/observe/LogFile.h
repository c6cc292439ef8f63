#pragma once

#include "core/base/Result.h"

#include <QFile>
#include <QLockFile>
#include <QString>
#include <QStringList>

#include <memory>

namespace radpost::observe {

struct LogFileParams
{
    QString folder;            ///< made with mode 0700 when it is missing
    qint64 maxBytes = 2 << 20; ///< of one file
    int maxFiles = 5;          ///< that one and its older ones
};

/// radpost.log and its older ones, radpost.1.log and on, each readable by its owner alone. A program that runs beside
/// another one with the same folder gets radpost-2.log. One thread; blocks on the disk.
class LogFile final
{
public:
    explicit LogFile(LogFileParams params);
    Q_DISABLE_COPY_MOVE(LogFile)

    /// @p lines are whole ones. What is longer than a file begins a new one all the same. Errors: FileWriteFailed,
    /// DiskFull; the next call tries anew.
    [[nodiscard]] Result<> write(const QByteArray& lines);

    /// All files of a folder that this class wrote, newest first.
    [[nodiscard]] static QStringList filesIn(const QString& folder);

private:
    [[nodiscard]] Result<> open();
    [[nodiscard]] bool takeName();
    [[nodiscard]] QString pathOf(int age) const;
    void rotate();

    const LogFileParams m_params;
    std::unique_ptr<QLockFile> m_lock;
    QString m_name;
    QFile m_file;
};

} // namespace radpost::observe
