#pragma once

#include <QString>

#include <array>
#include <optional>

namespace radpost::config {

/// Addresses that share their first bits: "10.1.0.0/16", "fe80::/10", or one alone, "10.1.2.3". A plain value; any
/// thread; nothing is looked up.
class AddressRange final
{
public:
    /// Nothing when @p text is no address, with or without the number of its bits (RFC 4632, RFC 4291 2.3). Bits beyond
    /// that number do not count.
    [[nodiscard]] static std::optional<AddressRange> parse(const QString& text);

    /// False as well when @p address is none. IPv4 within IPv6 (::ffff:10.1.2.3) is IPv4.
    [[nodiscard]] bool contains(const QString& address) const;

    friend bool operator==(const AddressRange&, const AddressRange&) = default;

private:
    std::array<quint8, 16> m_bytes{}; ///< an IPv4 address as ::ffff:a.b.c.d
    int m_bits = 0;                   ///< of the 128
};

} // namespace radpost::config
