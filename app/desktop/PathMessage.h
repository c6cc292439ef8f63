#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QStringList>

#include <variant>

namespace radpost::app {

/// What a second start tells the first: "RPP1", the number of bytes that follow (32 bits, big endian), then absolute
/// paths in UTF-8, each ended by NUL.
[[nodiscard]] QByteArray pathMessage(const QStringList& paths);

enum class PathMessageFault {
    Incomplete, ///< more bytes are to come
    Wrong,      ///< this is no such message, or it is too long
};

/// Of bytes from outside: nothing in them is believed. Paths that are not absolute make the message wrong.
[[nodiscard]] std::variant<QStringList, PathMessageFault> pathsFrom(QByteArrayView bytes);

/// The longest message that is taken.
inline constexpr qsizetype kMaxPathMessage = qsizetype(4) << 20;

} // namespace radpost::app
