#pragma once

#include "core/base/Result.h"
#include "core/config/Destination.h"
#include "core/net/Association.h"
#include "core/net/ContextPlan.h"
#include "core/net/TlsSettings.h"

#include <optional>
#include <span>

namespace radpost::engine {

/// A destination's settings in the terms of core/net.
[[nodiscard]] net::AssociationTimeouts associationTimeouts(const config::Timeouts& timeouts);
[[nodiscard]] net::AsyncWindow asyncWindow(const config::Destination& destination);
[[nodiscard]] net::Conversion conversion(config::SyntaxPolicy policy);

/// Why @p need cannot go over an association whose @p answer made @p choice of it: NoAcceptedContext when the peer took
/// nothing at all, DicomUnsupportedSyntax when it takes the class uncompressed and Radpost lacks the decoder, else what
/// the choice says.
[[nodiscard]] ErrorCode refusalCode(const net::ContextChoice& choice, const net::ContextNeed& need,
    net::Conversion conversion, std::span<const net::AnsweredContext> answer);

/// Nothing when TLS is off.
[[nodiscard]] std::optional<net::TlsSettings> tlsSettings(const config::TlsSettings& tls);

/// With the secret in it; nothing when none is wanted. Blocks on files. Errors: ConfigValue.
[[nodiscard]] Result<std::optional<net::UserIdentityRq>> userIdentity(const config::UserIdentity& identity);

} // namespace radpost::engine
