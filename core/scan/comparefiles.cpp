#include "core/scan/comparefiles.h"

#include "core/scan/nativepath.h"

#include <QFile>

#include <cstring>
#include <filesystem>
#include <vector>

namespace radpost::scan {

namespace {

bool isSameFile(const QString& first, const QString& second)
{
    std::error_code ignored; // then the bytes tell
    return std::filesystem::equivalent(
        filesystemPath(nativeBytes(first)), filesystemPath(nativeBytes(second)), ignored);
}

Result<> openForReading(QFile& file)
{
    if (file.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        return {};
    }
    return fail(file.exists() ? ErrorCode::FileUnreadable : ErrorCode::FileNotFound, file.errorString());
}

// A read may bring less than asked for without being at the end.
Result<qint64> fill(QFile& file, std::vector<char>& buffer)
{
    qint64 filled = 0;
    const auto size = static_cast<qint64>(buffer.size());
    while (filled < size) {
        const qint64 got = file.read(buffer.data() + filled, size - filled);
        if (got < 0) {
            return fail(ErrorCode::FileUnreadable, file.errorString());
        }
        if (got == 0) {
            break;
        }
        filled += got;
    }
    return filled;
}

Result<bool> compareContent(QFile& first, QFile& second, const CancelToken& cancel)
{
    constexpr size_t blockBytes = size_t(256) << 10;
    const auto needed = std::min(blockBytes, static_cast<size_t>(first.size()) + 1);
    std::vector<char> one(needed);
    std::vector<char> two(needed);
    while (true) {
        if (auto check = cancel.check(); !check) {
            return fail(std::move(check.error()));
        }
        const auto gotOne = fill(first, one);
        const auto gotTwo = fill(second, two);
        if (!gotOne || !gotTwo) {
            return fail(gotOne ? gotTwo.error() : gotOne.error());
        }
        if (*gotOne != *gotTwo || std::memcmp(one.data(), two.data(), static_cast<size_t>(*gotOne)) != 0) {
            return false;
        }
        if (*gotOne < static_cast<qint64>(needed)) {
            return true;
        }
    }
}

} // namespace

Result<bool> haveSameBytes(const QString& firstPath, const QString& secondPath, const CancelToken& cancel)
{
    QFile first(firstPath);
    QFile second(secondPath);
    if (auto opened = openForReading(first); !opened) {
        return fail(std::move(opened.error()));
    }
    if (auto opened = openForReading(second); !opened) {
        return fail(std::move(opened.error()));
    }
    if (first.size() != second.size()) {
        return false;
    }
    if (isSameFile(firstPath, secondPath)) {
        return true;
    }
    return compareContent(first, second, cancel);
}

} // namespace radpost::scan
