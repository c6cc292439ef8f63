#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QString>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace radpost::scan {

enum class EntryKind : quint8 { File, Folder, Link, Special };

/// Names what is in one folder, with the bytes the file system uses. Names lie side by side in one buffer, because a
/// folder may hold a hundred thousand of them.
class FolderListing final
{
public:
    struct Entry
    {
        quint32 offset = 0;
        quint16 length = 0;
        EntryKind kind = EntryKind::File;
    };

    /// Device and inode; {0, 0} where the platform has none.
    using Identity = std::pair<quint64, quint64>;

    void add(std::string_view name, EntryKind kind);

    /// By the bytes of the names, so that two scans of one folder see the same order.
    void sort();

    [[nodiscard]] std::string_view name(const Entry& entry) const;
    [[nodiscard]] const std::vector<Entry>& entries() const { return m_entries; }

    /// Leaves only what is @p wanted; the listing's order is kept.
    template <typename Predicate>
    void keepIf(Predicate wanted)
    {
        std::erase_if(m_entries, [&](const Entry& entry) { return !wanted(entry); });
    }

    QByteArray nativePath; ///< of the folder, absolute, without a slash at the end unless it is the root
    QString openPath;      ///< names the same folder to QFile; an alias when nativePath is not text
    QString sourcePath;    ///< what a person calls it
    Identity identity;

private:
    std::string m_names;
    std::vector<Entry> m_entries;
};

/// Reads a folder once, without following links and without opening anything in it; fills names, kinds and identity,
/// sorted. Blocks on the file system; any thread. Errors: FileNotFound, FileUnreadable.
[[nodiscard]] Result<FolderListing> listFolder(const QByteArray& nativePath);

/// nativePath + "/" + name.
[[nodiscard]] QByteArray joinNative(const QByteArray& folder, std::string_view name);

} // namespace radpost::scan
