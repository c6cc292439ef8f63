#pragma once

#include "core/base/StrongId.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

class QString;

namespace radpost::dicom {

/// PS3.5 9.1: 1 to 64 characters, components of digits with dots between, no leading zero in a component but "0"
/// itself. Any thread, like everything here.
[[nodiscard]] bool isValidUid(QByteArrayView uid);

/// A new UID of the form 2.25.<UUID as a decimal number> (PS3.5 B.2), from a random UUID.
[[nodiscard]] QByteArray generateUid();

/// Leading and trailing blanks removed, then 1 to 16 printable ASCII characters without backslash (PS3.5 6.2, AE);
/// nothing when @p text is not that.
[[nodiscard]] std::optional<AeTitle> toAeTitle(const QString& text);

} // namespace radpost::dicom
