#pragma once

#include <QString>
#include <QStringView>

#include <array>
#include <optional>

namespace radpost::config {

/// An IPv4 or IPv6 address as 16 bytes, IPv4 mapped into ::ffff:0:0/96 (RFC 4291 2.5.5.2), so that a peer of a socket
/// for both is the same peer.
struct IpAddress
{
    std::array<quint8, 16> bytes{};
    friend bool operator==(const IpAddress&, const IpAddress&) = default;
};

/// "10.1.2.3", "fe80::1", "::ffff:10.1.2.3", with or without a zone ("%eth0", not looked at). Nothing for anything
/// else; names are not looked up. Any thread.
[[nodiscard]] std::optional<IpAddress> parseIpAddress(QStringView text);

/// A network in CIDR notation (RFC 4632): all addresses that share its first bits.
struct AddressRange
{
    IpAddress network;
    int prefixBits = 128; ///< 0..128, counted in the mapped form
    friend bool operator==(const AddressRange&, const AddressRange&) = default;

    [[nodiscard]] bool contains(const IpAddress& address) const;
};

/// "10.0.0.0/8", "2001:db8::/32", a single address. Nothing when bits behind the prefix are set: "10.1.2.3/8" says two
/// things.
[[nodiscard]] std::optional<AddressRange> parseAddressRange(QStringView text);

} // namespace radpost::config
