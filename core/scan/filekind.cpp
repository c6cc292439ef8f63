#include "core/scan/filekind.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <string_view>

namespace radpost::scan {

namespace {

std::string_view asText(std::span<const std::byte> bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

bool hasPreamble(std::string_view head)
{
    return head.size() >= 132 && head.substr(128, 4) == "DICM";
}

// Old tar files have no magic word; the header's checksum (its own field taken as blanks) tells them all.
bool isTarHeader(std::string_view head)
{
    constexpr size_t headerBytes = 512;
    constexpr size_t fieldAt = 148;
    constexpr size_t fieldBytes = 8;
    if (head.size() < headerBytes) {
        return false;
    }
    quint32 stored = 0;
    bool hasDigit = false;
    for (const char c : head.substr(fieldAt, fieldBytes)) {
        if (c >= '0' && c <= '7') {
            stored = stored * 8 + static_cast<quint32>(c - '0');
            hasDigit = true;
        } else if (hasDigit || (c != ' ' && c != '\0')) {
            break;
        }
    }
    quint32 sum = fieldBytes * ' ';
    for (size_t i = 0; i < headerBytes; ++i) {
        sum += (i >= fieldAt && i < fieldAt + fieldBytes) ? 0U : static_cast<quint8>(head[i]);
    }
    return hasDigit && stored == sum;
}

} // namespace

FileKind fileKindOf(std::span<const std::byte> bytes)
{
    const std::string_view head = asText(bytes.first(std::min<size_t>(bytes.size(), kFileKindBytes)));
    if (hasPreamble(head)) {
        return FileKind::Other;
    }
    if (head.starts_with(std::string_view("PK\x03\x04", 4)) || head.starts_with(std::string_view("PK\x05\x06", 4))) {
        return FileKind::Zip;
    }
    if (head.starts_with(std::string_view("7z\xBC\xAF\x27\x1C", 6))) {
        return FileKind::SevenZip;
    }
    if (head.starts_with(std::string_view("\x1F\x8B\x08", 3))) {
        return FileKind::Gzip;
    }
    if (head.starts_with("Rar!\x1A\x07")) {
        return FileKind::Rar;
    }
    return isTarHeader(head) ? FileKind::Tar : FileKind::Other;
}

bool isArchive(FileKind kind)
{
    return kind == FileKind::Zip || kind == FileKind::SevenZip || kind == FileKind::Tar || kind == FileKind::Gzip;
}

Result<FileGlance> glanceAt(const QString& path)
{
    // Opening a pipe would wait for its other end.
    const QFileInfo info(path);
    if (info.exists() && !info.isFile()) {
        return fail(ErrorCode::FileUnreadable, QStringLiteral("not a regular file"));
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        const ErrorCode code = file.exists() ? ErrorCode::FileUnreadable : ErrorCode::FileNotFound;
        return fail(code, file.errorString());
    }
    std::array<char, kFileKindBytes> head;
    const qint64 got = file.read(head.data(), head.size());
    if (got < 0) {
        return fail(ErrorCode::FileUnreadable, file.errorString());
    }
    const auto bytes = std::as_bytes(std::span(head.data(), static_cast<size_t>(got)));
    return FileGlance{fileKindOf(bytes), file.size()};
}

} // namespace radpost::scan
