#include "app/desktop/PathMessage.h"

#include <QDir>
#include <QStringDecoder>
#include <QtEndian>

namespace radpost::app {

namespace {

constexpr QByteArrayView kMark("RPP1");
constexpr qsizetype kHead = 8; // the mark and the length

std::variant<QStringList, PathMessageFault> pathsOf(QByteArrayView body)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder.decode(body);
    if (decoder.hasError() || (!text.isEmpty() && !text.endsWith(QChar::Null))) {
        return PathMessageFault::Wrong;
    }
    auto paths = text.split(QChar::Null);
    paths.removeLast(); // after the last NUL
    for (const auto& path : paths) {
        if (!QDir::isAbsolutePath(path)) {
            return PathMessageFault::Wrong;
        }
    }
    return paths;
}

} // namespace

QByteArray pathMessage(const QStringList& paths)
{
    QByteArray body;
    for (const auto& path : paths) {
        body += path.toUtf8() + '\0';
    }
    QByteArray head(4, '\0');
    qToBigEndian(static_cast<quint32>(body.size()), head.data());
    return kMark.toByteArray() + head + body;
}

std::variant<QStringList, PathMessageFault> pathsFrom(QByteArrayView bytes)
{
    const auto marked = std::min(bytes.size(), kMark.size());
    if (bytes.first(marked) != kMark.first(marked)) {
        return PathMessageFault::Wrong;
    }
    if (bytes.size() < kHead) {
        return PathMessageFault::Incomplete;
    }
    const qsizetype length = qFromBigEndian<quint32>(bytes.sliced(kMark.size()).data());
    if (length > kMaxPathMessage - kHead || bytes.size() > kHead + length) {
        return PathMessageFault::Wrong;
    }
    return bytes.size() < kHead + length ? PathMessageFault::Incomplete : pathsOf(bytes.sliced(kHead));
}

} // namespace radpost::app
