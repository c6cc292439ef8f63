#pragma once

#include "core/base/Result.h"

#include <QString>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>

namespace radpost::scan {

enum class MemberKind { File, Folder, Link, Special };

struct ArchiveMember
{
    QString name; ///< for people: decoded as well as can be, parts separated by "/", at most 4096 characters
    MemberKind kind = MemberKind::File;
    qint64 sizeBytes = -1; ///< as the archive says; -1 when it does not
    bool isEncrypted = false;
    bool leadsOutside = false; ///< the name is absolute or climbs up by ".."
};

/// Reads a ZIP, tar, gzipped tar or 7z member by member, in the order of the archive; recognised by content. Nothing
/// is ever written, and a member's name is only ever text. One thread at a time; calls block on the file.
///
/// Use: open, then next() until it has none; after a member read() as much as is wanted.
class ArchiveReader final
{
public:
    /// Errors: NotDicom (compressed, but no archive), ArchiveUnreadable.
    [[nodiscard]] static Result<ArchiveReader> openFile(const QString& path);

    /// The same over bytes, which must outlive the reader (the fuzz target's door).
    [[nodiscard]] static Result<ArchiveReader> openBytes(std::span<const std::byte> bytes);

    /// Nothing when the archive has ended in good order. After an error no more members come.
    /// Errors: ArchiveUnreadable (damaged, cut short), ArchiveEncrypted (names and all).
    [[nodiscard]] Result<std::optional<ArchiveMember>> next();

    /// Up to @p buffer bytes of the current member; 0 at its end. A short count is not the end. After an error the
    /// member is lost, but next() may still find others. Errors: ArchiveUnreadable.
    [[nodiscard]] Result<size_t> read(std::span<std::byte> buffer);

    /// True when next() passes over unread data without unpacking it.
    [[nodiscard]] bool skipsForFree() const;

    ~ArchiveReader();
    ArchiveReader(ArchiveReader&&) noexcept;
    ArchiveReader& operator=(ArchiveReader&&) noexcept;

private:
    struct Private;
    explicit ArchiveReader(std::unique_ptr<Private> data);
    std::unique_ptr<Private> d;
};

} // namespace radpost::scan
