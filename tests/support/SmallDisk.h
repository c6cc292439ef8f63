#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace radpost::test {

/// A file system of a few megabytes in memory. Root mounts it; others in a user namespace of their own, where the
/// programs that are to see it have to be started by launcher().
class SmallDisk final
{
public:
    explicit SmallDisk(int megabytes);
    ~SmallDisk();
    Q_DISABLE_COPY_MOVE(SmallDisk)

    /// False: neither is allowed here.
    [[nodiscard]] bool isThere() const { return m_isMounted || !m_launcher.isEmpty(); }

    /// Where the started programs have it.
    [[nodiscard]] QString path() const { return m_folder.path(); }
    /// Where this process has it.
    [[nodiscard]] QString pathFromHere() const { return m_isMounted ? path() : m_pathFromHere; }
    /// Put before a command; may be empty.
    [[nodiscard]] QStringList launcher() const { return m_launcher; }

    /// Takes up all but about @p bytes of what is free, until empty().
    [[nodiscard]] bool fillUpTo(qint64 bytes);
    [[nodiscard]] bool empty();

private:
    [[nodiscard]] bool mountInNamespace(const QString& options);

    QTemporaryDir m_folder;
    QProcess m_keeper; ///< keeps the namespace
    QString m_pathFromHere;
    QStringList m_launcher;
    bool m_isMounted = false;
};

} // namespace radpost::test
