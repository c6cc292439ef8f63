#include "core/config/Fields.h"

#include "core/config/AddressRange.h"
#include "core/config/Codecs_p.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace radpost::config {

namespace {

using codecs::Presence;

template <auto First, auto... Rest, typename T>
decltype(auto) member(T& owner)
{
    if constexpr (sizeof...(Rest) == 0) {
        return (owner.*First);
    } else {
        return member<Rest...>(owner.*First);
    }
}

template <typename Owner, typename Codec, auto... Path>
constexpr Field<Owner> field(QStringView key)
{
    const auto set = [](Owner& owner, const Scalar& value) {
        auto parsed = Codec::parse(value);
        if (!parsed) {
            return false;
        }
        member<Path...>(owner) = *std::move(parsed);
        return true;
    };
    const auto get = [](const Owner& owner) { return Scalar(Codec::format(member<Path...>(owner))); };
    return {key, &Codec::expects, set, get};
}

template <typename Codec, auto... Path>
constexpr DestinationField to(QStringView key)
{
    return field<Destination, Codec, Path...>(key);
}

template <typename Codec, auto... Path>
constexpr SettingsField own(QStringView key)
{
    return field<Settings, Codec, Path...>(key);
}

template <typename Codec, auto... Path>
constexpr ListenerField at(QStringView key)
{
    return field<ServeListener, Codec, Path...>(key);
}

template <typename Codec, auto... Path>
constexpr PeerField of(QStringView key)
{
    return field<ServePeer, Codec, Path...>(key);
}

template <typename Codec, auto... Path>
constexpr WatchField in(QStringView key)
{
    return field<WatchSettings, Codec, Path...>(key);
}

template <typename T>
using Word = std::pair<T, QStringView>;

constexpr std::array<Word<TlsMode>, 3> kTlsModes{
    {{TlsMode::Off, u"off"}, {TlsMode::Bcp195, u"bcp195"}, {TlsMode::Bcp195Modified, u"bcp195-modified"}}};
constexpr std::array<Word<SyntaxPolicy>, 2> kSyntaxPolicies{
    {{SyntaxPolicy::Decompress, u"decompress"}, {SyntaxPolicy::AsIsOnly, u"as-is"}}};
constexpr std::array<Word<ReceiveDurability>, 2> kDurabilities{
    {{ReceiveDurability::Process, u"process"}, {ReceiveDurability::PowerLoss, u"power-loss"}}};
constexpr std::array<Word<UserIdentityKind>, 6> kIdentityKinds{{{UserIdentityKind::None, u"none"},
    {UserIdentityKind::Username, u"username"}, {UserIdentityKind::UsernamePasscode, u"username-passcode"},
    {UserIdentityKind::Kerberos, u"kerberos"}, {UserIdentityKind::Saml, u"saml"}, {UserIdentityKind::Jwt, u"jwt"}}};
constexpr std::array<Word<ProofOfDelivery>, 3> kProofs{{{ProofOfDelivery::Response, u"response"},
    {ProofOfDelivery::Commitment, u"commitment"}, {ProofOfDelivery::Query, u"query"}}};
constexpr std::array<Word<DuplicateRule>, 3> kDuplicateRules{{{DuplicateRule::KeepBoth, u"keep-both"},
    {DuplicateRule::KeepFirst, u"keep-first"}, {DuplicateRule::KeepLast, u"keep-last"}}};
constexpr std::array<Word<ServeAccess>, 2> kAccess{
    {{ServeAccess::Listed, u"listed"}, {ServeAccess::Anyone, u"anyone"}}};
constexpr std::array<Word<ClientCertificate>, 3> kClientCertificates{{{ClientCertificate::None, u"none"},
    {ClientCertificate::Optional, u"optional"}, {ClientCertificate::Required, u"required"}}};
constexpr std::array<Word<AfterWatching>, 3> kAfterWatching{
    {{AfterWatching::Keep, u"keep"}, {AfterWatching::Move, u"move"}, {AfterWatching::Remove, u"remove"}}};
constexpr std::array<Word<Theme>, 3> kThemes{
    {{Theme::System, u"system"}, {Theme::Light, u"light"}, {Theme::Dark, u"dark"}}};
constexpr std::array<Word<WhenClosed>, 3> kWhenClosed{
    {{WhenClosed::Ask, u"ask"}, {WhenClosed::KeepSending, u"keep-sending"}, {WhenClosed::Quit, u"quit"}}};

using codecs::Path;
using Port = codecs::Integer<quint16, 1, 65535>;
using RequiredAe = codecs::AeTitleText<Presence::Required>;
using OptionalAe = codecs::AeTitleText<Presence::MayBeEmpty>;
// Below 4 KiB the headers outweigh the data; above 128 MiB nothing is gained and a peer could claim our memory.
using PduSize = codecs::Size<4 << 10, 128 << 20>;
using Timeout = codecs::Duration<100, 3'600'000>;
using RateLimit = codecs::Rate<1 << 10, qint64(1) << 40>;
using D = Destination;
using T = TlsSettings;
using U = UserIdentity;
using W = Timeouts;
using R = RetrySettings;

constexpr std::array kDestinationFields{
    to<codecs::Name, &D::name>(u"name"),
    to<codecs::Host, &D::host>(u"host"),
    to<Port, &D::port>(u"port"),
    to<RequiredAe, &D::calledAeTitle>(u"ae_title"),
    to<OptionalAe, &D::callingAeTitle>(u"calling_ae_title"),
    to<codecs::IntegerOrWord<ExpectedKind::IntegerOrAuto, 64>, &D::associations>(u"associations"),
    to<codecs::Integer<int, 1, 64>, &D::maxAssociations>(u"max_associations"),
    to<codecs::IntegerOrWord<ExpectedKind::IntegerOrUnlimited, 65535>, &D::window>(u"window"),
    to<PduSize, &D::maxPduBytes>(u"max_pdu"),
    to<codecs::Choice<kSyntaxPolicies>, &D::syntaxPolicy>(u"syntax_policy"),
    to<RateLimit, &D::bytesPerSecond>(u"rate_limit"),
    to<codecs::Hours, &D::hours>(u"hours"),
    to<codecs::Choice<kProofs>, &D::proof>(u"proof"),
    to<codecs::Duration<1'000, 7 * 86'400'000>, &D::commitmentTimeout>(u"commitment_timeout"),
    to<codecs::Choice<kTlsModes>, &D::tls, &T::mode>(u"tls.mode"),
    to<Path, &D::tls, &T::caFile>(u"tls.ca_file"),
    to<Path, &D::tls, &T::certificateFile>(u"tls.certificate_file"),
    to<Path, &D::tls, &T::keyFile>(u"tls.key_file"),
    to<codecs::Boolean, &D::tls, &T::verifyHost>(u"tls.verify_host"),
    to<codecs::Choice<kIdentityKinds>, &D::userIdentity, &U::kind>(u"user_identity.kind"),
    to<codecs::Text, &D::userIdentity, &U::primary>(u"user_identity.user"),
    to<codecs::SecretReference, &D::userIdentity, &U::secretReference>(u"user_identity.secret"),
    to<Timeout, &D::timeouts, &W::connect>(u"timeouts.connect"),
    to<Timeout, &D::timeouts, &W::tlsHandshake>(u"timeouts.tls_handshake"),
    to<Timeout, &D::timeouts, &W::association>(u"timeouts.association"),
    to<Timeout, &D::timeouts, &W::stall>(u"timeouts.stall"),
    to<Timeout, &D::timeouts, &W::response>(u"timeouts.response"),
    to<Timeout, &D::timeouts, &W::release>(u"timeouts.release"),
    to<codecs::Integer<int, 1, 1000>, &D::retry, &R::maxAttempts>(u"retry.max_attempts"),
    to<codecs::Duration<0, 86'400'000>, &D::retry, &R::firstDelay>(u"retry.first_delay"),
    to<codecs::Duration<0, 86'400'000>, &D::retry, &R::maxDelay>(u"retry.max_delay"),
    to<codecs::Duration<0, qint64(366) * 86'400'000>, &D::retry, &R::patience>(u"retry.patience"),
};

using S = Settings;
using V = ServeSettings;
using Limit = codecs::IntegerOrWord<ExpectedKind::IntegerOrUnlimited, 1024>;
constexpr qint64 kMostVolume = qint64(1) << 50;
constexpr qint64 kMostKeep = qint64(87'600) * 3'600'000; // ten years
using A = AuditSettings;

constexpr std::array kSettingsFields{
    own<RequiredAe, &S::aeTitle>(u"ae_title"),
    own<codecs::Language, &S::language>(u"language"),
    own<codecs::Choice<kThemes>, &S::theme>(u"theme"),
    own<codecs::Choice<kWhenClosed>, &S::whenClosed>(u"when_closed"),
    own<Path, &S::dataFolder>(u"data_folder"),
    own<codecs::Integer<quint16, 0, 65535>, &S::commitmentPort>(u"commitment_port"),
    own<codecs::IntegerOrWord<ExpectedKind::IntegerOrAuto, 64>, &S::scanThreads>(u"scan.threads"),
    own<Path, &S::temporaryFolder>(u"scan.temporary_folder"),
    own<codecs::IntegerOrWord<ExpectedKind::IntegerOrUnlimited, 64>, &S::sendMaxAssociations>(u"send.max_associations"),
    own<codecs::Integer<int, 0, 36'500>, &S::ledgerKeepDays>(u"ledger.keep_days"),
    own<codecs::Boolean, &S::lockMasking>(u"privacy.lock_masking"),
    own<codecs::Boolean, &S::maskReceipts>(u"privacy.mask_receipts"),
    own<Port, &S::receivePort>(u"receive.port"),
    own<OptionalAe, &S::receiveAeTitle>(u"receive.ae_title"),
    own<Path, &S::receiveFolder>(u"receive.folder"),
    own<PduSize, &S::receiveMaxPduBytes>(u"receive.max_pdu"),
    own<codecs::Integer<int, 1, 1024>, &S::receiveMaxAssociations>(u"receive.max_associations"),
    own<codecs::Choice<kDurabilities>, &S::receiveDurability>(u"receive.durability"),
    own<codecs::Boolean, &S::receiveAutostart>(u"receive.autostart"),
    own<codecs::Text, &S::serve, &V::address>(u"serve.address"),
    own<Port, &S::serve, &V::port>(u"serve.port"),
    own<OptionalAe, &S::serve, &V::aeTitle>(u"serve.ae_title"),
    own<Path, &S::serve, &V::spoolFolder>(u"serve.spool_folder"),
    own<codecs::Choice<kDurabilities>, &S::serve, &V::durability>(u"serve.durability"),
    own<codecs::Choice<kDuplicateRules>, &S::serve, &V::duplicates>(u"serve.duplicates"),
    own<codecs::Choice<kAccess>, &S::serve, &V::access>(u"serve.access"),
    own<codecs::Boolean, &S::serve, &V::learn>(u"serve.learn"),
    own<PduSize, &S::serve, &V::maxPduBytes>(u"serve.max_pdu"),
    own<codecs::Integer<int, 1, 1024>, &S::serve, &V::maxAssociations>(u"serve.max_associations"),
    own<Limit, &S::serve, &V::maxAssociationsPerAddress>(u"serve.max_associations_per_address"),
    own<Limit, &S::serve, &V::maxAssociationsPerAeTitle>(u"serve.max_associations_per_ae_title"),
    own<codecs::IntegerOrWord<ExpectedKind::IntegerOrUnlimited, 1'000'000>, &S::serve, &V::queryLimit>(
        u"serve.query_limit"),
    own<codecs::Duration<1'000, 3'600'000>, &S::serve, &V::queryTimeout>(u"serve.query_timeout"),
    own<codecs::Volume<0, kMostVolume>, &S::serve, &V::diskReserveBytes>(u"serve.disk_reserve"),
    own<codecs::VolumeOrUnlimited<1, kMostVolume>, &S::serve, &V::quotaBytes>(u"serve.quota"),
    own<codecs::TextList<ExpectedKind::UidList>, &S::serve, &V::sopClassUids>(u"serve.sop_classes"),
    own<codecs::TextList<ExpectedKind::UidList>, &S::serve, &V::transferSyntaxUids>(u"serve.transfer_syntaxes"),
    own<codecs::Duration<1'000, 86'400'000>, &S::serve, &V::pause>(u"serve.pause"),
    own<codecs::Duration<0, 3'600'000>, &S::serve, &V::drain>(u"serve.drain"),
    own<codecs::Duration<0, kMostKeep>, &S::serve, &V::keep>(u"serve.keep"),
    own<codecs::LoopbackEndpoint, &S::httpListen>(u"http.listen"),
    own<codecs::Boolean, &S::audit, &A::isEnabled>(u"audit.enabled"),
    own<Path, &S::audit, &A::folder>(u"audit.folder"),
    own<codecs::Volume<16 << 20, qint64(1) << 50>, &S::audit, &A::maxBytes>(u"audit.max_size"),
    own<codecs::AuditReceiverText, &S::audit, &A::receiver>(u"audit.receiver"),
    own<Path, &S::audit, &A::caFile>(u"audit.ca_file"),
    own<Path, &S::audit, &A::certificateFile>(u"audit.certificate_file"),
    own<Path, &S::audit, &A::keyFile>(u"audit.key_file"),
    own<codecs::Boolean, &S::audit, &A::verifyHost>(u"audit.verify_host"),
    own<codecs::Text, &S::audit, &A::sourceId>(u"audit.source_id"),
    own<codecs::Text, &S::audit, &A::enterpriseSiteId>(u"audit.enterprise_site_id"),
};

using L = ServeListener;

constexpr std::array kListenerFields{
    at<codecs::Text, &L::address>(u"address"),
    at<Port, &L::port>(u"port"),
    at<OptionalAe, &L::aeTitle>(u"ae_title"),
    at<codecs::Choice<kTlsModes>, &L::tlsMode>(u"tls.mode"),
    at<codecs::Boolean, &L::tlsRequired>(u"tls.required"),
    at<Path, &L::certificateFile>(u"tls.certificate_file"),
    at<Path, &L::keyFile>(u"tls.key_file"),
    at<Path, &L::caFile>(u"tls.ca_file"),
    at<codecs::Choice<kClientCertificates>, &L::clientCertificate>(u"tls.client_certificate"),
};

using P = ServePeer;

constexpr std::array kPeerFields{
    of<codecs::Text, &P::name>(u"name"),
    of<OptionalAe, &P::aeTitle>(u"ae_title"),
    of<codecs::TextList<ExpectedKind::AddressList>, &P::addresses>(u"address"),
    of<codecs::Line<ExpectedKind::Text, 1024>, &P::certificate>(u"certificate"),
    of<codecs::Boolean, &P::mayQuery>(u"query"),
    of<codecs::Boolean, &P::mayRetrieve>(u"retrieve"),
    of<codecs::Text, &P::host>(u"host"),
    of<codecs::Integer<quint16, 0, 65535>, &P::port>(u"port"),
};

using F = WatchSettings;

constexpr std::array kWatchFields{
    in<codecs::Name, &F::name>(u"name"),
    in<Path, &F::folder>(u"folder"),
    in<codecs::Choice<kAfterWatching>, &F::after>(u"after"),
    in<Path, &F::movedFolder>(u"moved_folder"),
    in<Path, &F::junkFolder>(u"junk_folder"),
    in<OptionalAe, &F::callingAeTitle>(u"calling_ae_title"),
    in<codecs::Duration<0, 86'400'000>, &F::settle>(u"settle"),
    in<codecs::Duration<1'000, 86'400'000>, &F::interval>(u"interval"),
};

bool needsSecret(UserIdentityKind kind)
{
    return kind != UserIdentityKind::None && kind != UserIdentityKind::Username;
}

bool needsUser(UserIdentityKind kind)
{
    return kind == UserIdentityKind::Username || kind == UserIdentityKind::UsernamePasscode;
}

bool takesNumber(ExpectedKind kind)
{
    return kind == ExpectedKind::Integer || kind == ExpectedKind::IntegerOrAuto ||
        kind == ExpectedKind::IntegerOrUnlimited || kind == ExpectedKind::Size || kind == ExpectedKind::SizeOrUnlimited;
}

} // namespace

std::span<const SettingsField> settingsFields()
{
    return kSettingsFields;
}

std::span<const DestinationField> destinationFields()
{
    return kDestinationFields;
}

std::span<const ListenerField> listenerFields()
{
    return kListenerFields;
}

std::span<const WatchField> watchFields()
{
    return kWatchFields;
}

std::span<const PeerField> peerFields()
{
    return kPeerFields;
}

const DestinationField* findDestinationField(QStringView key)
{
    const auto row = std::find_if(kDestinationFields.begin(), kDestinationFields.end(),
        [key](const DestinationField& candidate) { return candidate.key == key; });
    return row == kDestinationFields.end() ? nullptr : &*row;
}

Scalar scalarFromText(const QString& text, const Expectation& expectation)
{
    if (expectation.kind == ExpectedKind::Boolean) {
        const auto word = text.trimmed().toLower();
        if (word == u"true" || word == u"yes" || word == u"1") {
            return true;
        }
        return word == u"false" || word == u"no" || word == u"0" ? Scalar(false) : Scalar();
    }
    if (expectation.kind == ExpectedKind::AddressList || expectation.kind == ExpectedKind::UidList) {
        QStringList items = text.split(u',', Qt::SkipEmptyParts);
        std::for_each(items.begin(), items.end(), [](QString& item) { item = item.trimmed(); });
        return items;
    }
    if (takesNumber(expectation.kind)) {
        bool isNumber = false;
        const qint64 number = text.trimmed().toLongLong(&isNumber);
        return isNumber ? Scalar(number) : Scalar(text);
    }
    return text;
}

QString scalarToText(const Scalar& value)
{
    if (const auto* truth = std::get_if<bool>(&value)) {
        return *truth ? u"true"_s : u"false"_s;
    }
    if (const auto* number = std::get_if<qint64>(&value)) {
        return QString::number(*number);
    }
    if (const auto* list = std::get_if<QStringList>(&value)) {
        return list->join(u", "_s);
    }
    const auto* text = std::get_if<QString>(&value);
    return text ? *text : QString();
}

std::optional<Contradiction> findContradiction(const Destination& destination)
{
    if (destination.name.isEmpty()) {
        return Contradiction{u"name", u"is missing"_s};
    }
    if (destination.host.isEmpty()) {
        return Contradiction{u"host", u"is missing"_s};
    }
    if (destination.calledAeTitle.isEmpty()) {
        return Contradiction{u"ae_title", u"is missing"_s};
    }
    if (destination.tls.certificateFile.isEmpty() != destination.tls.keyFile.isEmpty()) {
        return Contradiction{u"tls.key_file", u"goes together with tls.certificate_file"_s};
    }
    const auto& identity = destination.userIdentity;
    if (needsUser(identity.kind) && identity.primary.isEmpty()) {
        return Contradiction{u"user_identity.user", u"is missing for this user_identity.kind"_s};
    }
    if (needsSecret(identity.kind) && identity.secretReference.isEmpty()) {
        return Contradiction{u"user_identity.secret", u"is missing for this user_identity.kind"_s};
    }
    if (destination.retry.firstDelay > destination.retry.maxDelay) {
        return Contradiction{u"retry.first_delay", u"is longer than retry.max_delay"_s};
    }
    return std::nullopt;
}

std::optional<Contradiction> findContradiction(const ServeListener& listener)
{
    if (listener.tlsMode == TlsMode::Off) {
        return std::nullopt;
    }
    if (listener.certificateFile.isEmpty()) {
        return Contradiction{u"tls.certificate_file", u"is missing for this tls.mode"_s};
    }
    if (listener.clientCertificate != ClientCertificate::None && listener.caFile.isEmpty()) {
        return Contradiction{u"tls.ca_file", u"is missing for this tls.client_certificate"_s};
    }
    return std::nullopt;
}

std::optional<Contradiction> findContradiction(const WatchSettings& watch)
{
    if (watch.name.isEmpty()) {
        return Contradiction{u"name", u"is missing"_s};
    }
    if (watch.folder.isEmpty()) {
        return Contradiction{u"folder", u"is missing"_s};
    }
    if (watch.after == AfterWatching::Move && watch.movedFolder.isEmpty()) {
        return Contradiction{u"moved_folder", u"is missing for this after"_s};
    }
    return std::nullopt;
}

std::optional<Contradiction> findContradiction(const ServePeer& peer)
{
    if (peer.aeTitle.isEmpty() && peer.addresses.isEmpty() && peer.certificate.isEmpty()) {
        return Contradiction{u"ae_title", u"is missing, and address and certificate as well: it would be anybody"_s};
    }
    if (peer.port != 0 && peer.aeTitle.isEmpty()) {
        return Contradiction{u"ae_title", u"is missing: with a port it is a destination of C-MOVE"_s};
    }
    const bool isOneHost = peer.addresses.size() == 1 && parseIpAddress(peer.addresses.first()).has_value();
    if (peer.port != 0 && !isOneHost) {
        return Contradiction{u"address", u"must be one address and no range where there is a port"_s};
    }
    return std::nullopt;
}

} // namespace radpost::config
