#pragma once

#include <QByteArray>
#include <QString>

#include <filesystem>
#include <optional>
#include <string_view>

namespace radpost::scan {

/// The name as text when QFile finds the same bytes again from that text; nothing otherwise (a name that is not UTF-8
/// on Unix). Any thread.
[[nodiscard]] std::optional<QString> exactText(std::string_view native);

/// The name as text for people; bytes that are no text become U+FFFD.
[[nodiscard]] QString displayText(std::string_view native);

/// The bytes that name @p path to the system.
[[nodiscard]] QByteArray nativeBytes(const QString& path);

/// For std::filesystem, which takes bytes on Unix and wide text on Windows.
[[nodiscard]] std::filesystem::path filesystemPath(const QByteArray& native);

} // namespace radpost::scan
