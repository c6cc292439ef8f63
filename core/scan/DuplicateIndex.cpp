#include "core/scan/DuplicateIndex.h"

#include <algorithm>
#include <cstring>

namespace radpost::scan {

namespace {

constexpr quint64 kChunkBytes = 1 << 20;
constexpr int kOffsetBits = 40;
constexpr quint64 kOffsetMask = (quint64(1) << kOffsetBits) - 1;
constexpr size_t kFirstSlots = 1024;

quint64 hashOf(std::string_view uid)
{
    return qHash(QByteArrayView(uid.data(), static_cast<qsizetype>(uid.size())));
}

quint64 tagOf(quint64 hash)
{
    return hash & ~kOffsetMask;
}

struct Lengths
{
    quint32 folder = 0;
    quint16 uid = 0;
    quint16 name = 0;
    quint32 source = 0;
};

// Far above what a file system or an archive member brings; keeps a record inside one chunk.
QByteArray bounded(QByteArray text, qsizetype most)
{
    text.truncate(most);
    return text;
}

} // namespace

struct DuplicateIndex::Record
{
    quint32 folder = 0;
    std::string_view uid;
    std::string_view name;
    std::string_view source;
};

DuplicateIndex::DuplicateIndex()
    : m_slots(kFirstSlots)
{
}

std::optional<FirstSeen> DuplicateIndex::insert(
    const SopInstanceUid& uid, const QString& path, const QString& sourcePath)
{
    const std::string_view key(uid.value.constData(), size_t(qMin<qsizetype>(uid.value.size(), 0xFFFF)));
    const quint64 hash = hashOf(key);
    const size_t mask = m_slots.size() - 1;
    for (size_t i = hash & mask; m_slots[i] != 0; i = (i + 1) & mask) {
        if (tagOf(m_slots[i]) != tagOf(hash)) {
            continue;
        }
        const Record known = recordAt(m_slots[i] & kOffsetMask);
        if (known.uid == key) {
            const QByteArray name(known.name.data(), static_cast<qsizetype>(known.name.size()));
            const QString first = QString::fromUtf8(m_folders[known.folder] + name);
            const auto sourceBytes = static_cast<qsizetype>(known.source.size());
            return FirstSeen{first, known.source.empty() ? first : QString::fromUtf8(known.source.data(), sourceBytes)};
        }
    }
    place(tagOf(hash) | store(key, path, sourcePath));
    ++m_size;
    if (static_cast<size_t>(m_size) * 4 > m_slots.size() * 3) {
        grow();
    }
    return std::nullopt;
}

qsizetype DuplicateIndex::bytesUsed() const
{
    constexpr qsizetype folderOverhead = 96; // QByteArray header, vector element, hash node
    const auto folders = static_cast<qsizetype>(m_folders.size());
    return static_cast<qsizetype>(m_slots.capacity() * sizeof(quint64) + m_chunks.size() * kChunkBytes) +
        m_folderBytes + folders * folderOverhead;
}

DuplicateIndex::Record DuplicateIndex::recordAt(quint64 offset) const
{
    const char* at = m_chunks[offset / kChunkBytes].get() + offset % kChunkBytes;
    Lengths lengths;
    std::memcpy(&lengths, at, sizeof lengths);
    at += sizeof lengths;
    Record record;
    record.folder = lengths.folder;
    record.uid = {at, lengths.uid};
    record.name = {at + lengths.uid, lengths.name};
    record.source = {at + lengths.uid + lengths.name, lengths.source};
    return record;
}

quint64 DuplicateIndex::store(std::string_view uid, const QString& path, const QString& sourcePath)
{
    const QByteArray bytes = path.toUtf8();
    const qsizetype nameAt = bytes.lastIndexOf('/') + 1;
    const QByteArray name = bounded(bytes.sliced(nameAt), 0xFFFF);
    const QByteArray source = sourcePath == path ? QByteArray() : bounded(sourcePath.toUtf8(), 0xFFFFF / 2);
    const Lengths lengths{folderNumber(bytes.first(nameAt)), static_cast<quint16>(uid.size()),
        static_cast<quint16>(name.size()), static_cast<quint32>(source.size())};

    const quint64 needed = sizeof lengths + lengths.uid + lengths.name + lengths.source;
    if (m_end % kChunkBytes + needed > kChunkBytes) {
        m_end = (m_end / kChunkBytes + 1) * kChunkBytes;
    }
    while (m_chunks.size() <= m_end / kChunkBytes) {
        m_chunks.push_back(std::make_unique_for_overwrite<char[]>(kChunkBytes));
    }
    char* at = m_chunks[m_end / kChunkBytes].get() + m_end % kChunkBytes;
    std::memcpy(at, &lengths, sizeof lengths);
    at += sizeof lengths;
    at = std::copy(uid.begin(), uid.end(), at);
    at = std::copy(name.begin(), name.end(), at);
    std::copy(source.begin(), source.end(), at);
    return std::exchange(m_end, m_end + needed);
}

quint32 DuplicateIndex::folderNumber(QByteArray folder)
{
    const auto known = m_folderNumbers.constFind(folder);
    if (known != m_folderNumbers.constEnd()) {
        return *known;
    }
    const auto number = static_cast<quint32>(m_folders.size());
    folder.squeeze();
    m_folderBytes += folder.size();
    m_folders.push_back(folder);
    m_folderNumbers.insert(folder, number);
    return number;
}

void DuplicateIndex::grow()
{
    std::vector<quint64> old(m_slots.size() * 2);
    old.swap(m_slots);
    for (const quint64 slot : old) {
        if (slot != 0) {
            place(slot);
        }
    }
}

void DuplicateIndex::place(quint64 slot)
{
    const quint64 hash = hashOf(recordAt(slot & kOffsetMask).uid);
    const size_t mask = m_slots.size() - 1;
    size_t i = hash & mask;
    while (m_slots[i] != 0) {
        i = (i + 1) & mask;
    }
    m_slots[i] = slot;
}

} // namespace radpost::scan
