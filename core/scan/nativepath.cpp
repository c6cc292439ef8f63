#include "core/scan/nativepath.h"

#include <QFile>

#include <algorithm>

namespace radpost::scan {

namespace {

bool isAscii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
}

} // namespace

std::optional<QString> exactText(std::string_view native)
{
    const auto size = static_cast<qsizetype>(native.size());
    if (isAscii(native)) {
        return QString::fromLatin1(native.data(), size);
    }
#ifdef Q_OS_WIN
    return QString::fromUtf8(native.data(), size);
#else
    const QByteArray bytes = QByteArray::fromRawData(native.data(), size);
    QString text = QFile::decodeName(bytes);
    if (QFile::encodeName(text) != bytes) {
        return std::nullopt;
    }
    return text;
#endif
}

QString displayText(std::string_view native)
{
    return QString::fromUtf8(native.data(), static_cast<qsizetype>(native.size()));
}

QByteArray nativeBytes(const QString& path)
{
#ifdef Q_OS_UNIX
    return QFile::encodeName(path);
#else
    return path.toUtf8();
#endif
}

std::filesystem::path filesystemPath(const QByteArray& native)
{
#ifdef Q_OS_WIN
    return QString::fromUtf8(native).toStdWString();
#else
    return native.toStdString();
#endif
}

} // namespace radpost::scan
