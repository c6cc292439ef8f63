#pragma once

#include "core/base/Result.h"
#include "core/config/Destination.h"

#include <QStringView>

namespace radpost::config {

inline constexpr quint16 kDicomPort = 104;
inline constexpr quint16 kDicomTlsPort = 2762; ///< PS3.15 B.1, and registered as dicom-tls

/// A destination written out in one word: "AET@host", "AET@host:port", "AET@[fe80::1]:11112", with "tls://" before it
/// for TLS (BCP 195). Without a port: 104, with TLS 2762. Its name is the text itself.
/// Errors: InvalidArgument.
[[nodiscard]] Result<Destination> parseAddress(QStringView text);

/// True when @p text can only be meant as an address, not as a destination's name.
[[nodiscard]] inline bool looksLikeAddress(QStringView text)
{
    return text.contains(u'@');
}

/// The reverse: "AET@host:port", IPv6 in brackets, "tls://" before it with TLS.
[[nodiscard]] QString addressText(const Destination& destination);

} // namespace radpost::config
