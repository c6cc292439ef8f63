#pragma once

#include <QtGlobal>

#include <cstddef>

namespace radpost::net {

/// Types of the items inside A-ASSOCIATE PDUs (PS3.8 9.3.2, 9.3.3, D.1; PS3.7 D.3.3).
enum class ItemType : quint8 {
    ApplicationContext = 0x10,
    PresentationContextRq = 0x20,
    PresentationContextAc = 0x21,
    AbstractSyntax = 0x30,
    TransferSyntax = 0x40,
    UserInformation = 0x50,
    MaximumLength = 0x51,
    ImplementationClassUid = 0x52,
    AsyncOperationsWindow = 0x53,
    RoleSelection = 0x54,
    ImplementationVersionName = 0x55,
    SopClassExtended = 0x56,
    SopClassCommonExtended = 0x57,
    UserIdentityRq = 0x58,
    UserIdentityAc = 0x59,
};

inline constexpr std::size_t kAeTitleSize = 16;
inline constexpr std::size_t kAssociateReservedSize = 32;

} // namespace radpost::net
