#pragma once

#include "core/base/StrongId.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace radpost::scan {

/// Where a SOP Instance UID was seen first.
struct FirstSeen
{
    QString path;
    QString sourcePath;
};

/// Remembers the SOP Instance UIDs of one scan and the files that had them first, in about 130 bytes an instance:
/// half a million of them have to fit beside everything else. UIDs are compared as a whole, so a hit is certain. One
/// thread at a time.
class DuplicateIndex final
{
public:
    DuplicateIndex();

    /// Remembers the UID with its file. When it is known already, nothing changes and the first file is returned.
    [[nodiscard]] std::optional<FirstSeen> insert(
        const SopInstanceUid& uid, const QString& path, const QString& sourcePath);

    [[nodiscard]] qsizetype size() const { return m_size; }

    /// Memory held by the index itself.
    [[nodiscard]] qsizetype bytesUsed() const;

private:
    struct Record;
    [[nodiscard]] Record recordAt(quint64 offset) const;
    [[nodiscard]] quint64 store(std::string_view uid, const QString& path, const QString& sourcePath);
    [[nodiscard]] quint32 folderNumber(QByteArray folder);
    void grow();
    void place(quint64 slot);

    // Open addressing. A slot is the record's offset (40 bits) and above it 24 bits of the UID's hash; 0 is free.
    std::vector<quint64> m_slots;
    std::vector<std::unique_ptr<char[]>> m_chunks; // records one after the other, none across two chunks
    quint64 m_end = 1;                             // offset where the next record goes; never 0
    std::vector<QByteArray> m_folders;             // as UTF-8
    QHash<QByteArray, quint32> m_folderNumbers;
    qsizetype m_folderBytes = 0;
    qsizetype m_size = 0;
};

} // namespace radpost::scan
