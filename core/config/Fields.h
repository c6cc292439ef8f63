#pragma once

#include "core/config/Expectation.h"
#include "core/config/Settings.h"

#include <QStringView>

#include <optional>
#include <span>

namespace radpost::config {

/// One row of the table of keys: how a member is named in the file, what it takes, and how it is read and written.
/// The default of a key is the value in a default-constructed owner.
template <typename Owner>
struct Field
{
    QStringView key; ///< dotted: "tls.ca_file" is ca_file in the table [destination.tls]
    Expectation (*expects)() = nullptr;
    /// False, and @p owner untouched, when the value is not what is expected.
    bool (*set)(Owner& owner, const Scalar& value) = nullptr;
    Scalar (*get)(const Owner& owner) = nullptr;
};

using SettingsField = Field<Settings>;
using DestinationField = Field<Destination>;
using ListenerField = Field<ServeListener>;
using PeerField = Field<ServePeer>;
using WatchField = Field<WatchSettings>;

/// Keys at the top level and in the tables [scan], [send], [ledger], [privacy], [receive] and [serve].
[[nodiscard]] std::span<const SettingsField> settingsFields();

/// Keys of one [[destination]].
[[nodiscard]] std::span<const DestinationField> destinationFields();

/// Keys of one [[listener]], of one [[peer]] and of one [[watch]].
[[nodiscard]] std::span<const ListenerField> listenerFields();
[[nodiscard]] std::span<const PeerField> peerFields();
[[nodiscard]] std::span<const WatchField> watchFields();

/// nullptr when no key has this name.
[[nodiscard]] const DestinationField* findDestinationField(QStringView key);

/// Text from a command line or a CSV cell as the kind of value @p expectation takes: "8" becomes a number where a
/// number is expected, "yes" a truth value.
[[nodiscard]] Scalar scalarFromText(const QString& text, const Expectation& expectation);

/// The reverse, for CSV cells and listings.
[[nodiscard]] QString scalarToText(const Scalar& value);

/// True for what PS3.5 6.2 allows as AE: 1 to 16 characters of printable ASCII without backslash, not only spaces.
[[nodiscard]] bool isValidAeTitle(QStringView text);

/// True for a host name, an IPv4 or an IPv6 address (without brackets) by its characters; nothing is looked up.
/// Numbers and dots alone are an IPv4 address of four numbers, what has a colon is an IPv6 address, or they are
/// refused.
[[nodiscard]] bool isValidHost(QStringView text);

/// What single keys cannot say: the key that is missing or contradicts another one, nothing when all is well.
struct Contradiction
{
    QStringView key;
    QString detail; ///< English
};
[[nodiscard]] std::optional<Contradiction> findContradiction(const Destination& destination);
[[nodiscard]] std::optional<Contradiction> findContradiction(const ServeListener& listener);
[[nodiscard]] std::optional<Contradiction> findContradiction(const ServePeer& peer);
[[nodiscard]] std::optional<Contradiction> findContradiction(const WatchSettings& watch);

} // namespace radpost::config
