#include "core/engine/NetValues.h"

#include "core/config/Secret.h"
#include "core/dicom/TransferSyntax.h"

#include <algorithm>

namespace radpost::engine {

namespace {

net::UserIdentityType identityType(config::UserIdentityKind kind)
{
    switch (kind) {
    case config::UserIdentityKind::UsernamePasscode:
        return net::UserIdentityType::UsernamePasscode;
    case config::UserIdentityKind::Kerberos:
        return net::UserIdentityType::Kerberos;
    case config::UserIdentityKind::Saml:
        return net::UserIdentityType::Saml;
    case config::UserIdentityKind::Jwt:
        return net::UserIdentityType::Jwt;
    case config::UserIdentityKind::None:
    case config::UserIdentityKind::Username:
        break;
    }
    return net::UserIdentityType::Username;
}

} // namespace

net::AssociationTimeouts associationTimeouts(const config::Timeouts& timeouts)
{
    net::AssociationTimeouts made;
    made.connect = timeouts.connect;
    made.tlsHandshake = timeouts.tlsHandshake;
    made.association = timeouts.association;
    made.stall = timeouts.stall;
    made.response = timeouts.response;
    made.release = timeouts.release;
    return made;
}

net::AsyncWindow asyncWindow(const config::Destination& destination)
{
    // We perform nothing for the peer, and 1 is what a requestor that does not say means (PS3.7 D.3.3.3).
    return {static_cast<quint16>(std::clamp(destination.window, 0, 0xFFFF)), 1};
}

net::Conversion conversion(config::SyntaxPolicy policy)
{
    return policy == config::SyntaxPolicy::AsIsOnly ? net::Conversion::Forbidden : net::Conversion::Allowed;
}

ErrorCode refusalCode(const net::ContextChoice& choice, const net::ContextNeed& need, net::Conversion conversion,
    std::span<const net::AnsweredContext> answer)
{
    const bool anyAccepted = std::any_of(
        answer.begin(), answer.end(), [](const auto& context) { return context.result == net::kContextAccepted; });
    if (!anyAccepted) {
        return ErrorCode::NoAcceptedContext;
    }
    const auto* syntax = dicom::TransferSyntax::find(need.transferSyntaxUid.value);
    const bool lacksDecoder = choice.refusal == ErrorCode::TransferSyntaxRefused &&
        conversion == net::Conversion::Allowed && !(syntax && syntax->canDecompress());
    return lacksDecoder ? ErrorCode::DicomUnsupportedSyntax : choice.refusal;
}

std::optional<net::TlsSettings> tlsSettings(const config::TlsSettings& tls)
{
    if (tls.mode == config::TlsMode::Off) {
        return std::nullopt;
    }
    net::TlsSettings settings;
    settings.profile =
        tls.mode == config::TlsMode::Bcp195Modified ? net::TlsProfile::Bcp195Modified : net::TlsProfile::Bcp195;
    settings.caFile = tls.caFile;
    settings.certificateFile = tls.certificateFile;
    settings.keyFile = tls.keyFile;
    settings.verifyHost = tls.verifyHost;
    return settings;
}

// A name goes into the primary field, with the passcode in the secondary; a ticket, assertion or token is the primary
// field itself (PS3.7 Table D.3-14).
Result<std::optional<net::UserIdentityRq>> userIdentity(const config::UserIdentity& identity)
{
    using Kind = config::UserIdentityKind;
    if (identity.kind == Kind::None) {
        return std::nullopt;
    }
    net::UserIdentityRq asked;
    asked.type = identityType(identity.kind);
    asked.primary = identity.primary.toUtf8();
    if (identity.kind == Kind::Username) {
        return asked;
    }
    auto secret = config::resolveSecret(identity.secretReference);
    if (!secret) {
        return fail(std::move(secret.error()));
    }
    (identity.kind == Kind::UsernamePasscode ? asked.secondary : asked.primary) = *std::move(secret);
    return asked;
}

} // namespace radpost::engine
