#pragma once

#include <QByteArrayView>

namespace radpost::net {

/// What Radpost calls itself on the wire and in file meta information (PS3.7 D.3.3.2, PS3.10 7.1). The UID is of the
/// UUID-derived kind (PS3.5 B.2), made once; the name has at most 16 characters.
inline constexpr QByteArrayView kImplementationClassUid = "2.25.82012773885965993292738058456421273102";
inline constexpr QByteArrayView kImplementationVersionName = "RADPOST_" RADPOST_VERSION;

inline constexpr QByteArrayView kDicomApplicationContext = "1.2.840.10008.3.1.1.1";
inline constexpr QByteArrayView kVerificationSopClass = "1.2.840.10008.1.1";
inline constexpr QByteArrayView kImplicitLittleEndian = "1.2.840.10008.1.2";
inline constexpr QByteArrayView kExplicitLittleEndian = "1.2.840.10008.1.2.1";

static_assert(kImplementationVersionName.size() <= 16);

} // namespace radpost::net
