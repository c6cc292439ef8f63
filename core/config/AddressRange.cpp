#include "core/config/AddressRange.h"

#include <algorithm>
#include <cstring>

#include <arpa/inet.h>

namespace radpost::config {

namespace {

constexpr int kAllBits = 128;
constexpr int kMappedBits = 96; ///< before an IPv4 address

struct Address
{
    std::array<quint8, 16> bytes{};
    bool isV4 = false;
};

std::optional<Address> parseAddress(const QString& text)
{
    Address address;
    const auto ascii = text.toLatin1();
    if (::inet_pton(AF_INET, ascii.constData(), address.bytes.data() + kMappedBits / 8) == 1) {
        address.bytes[10] = address.bytes[11] = 0xFF;
        address.isV4 = true;
        return address;
    }
    if (::inet_pton(AF_INET6, ascii.constData(), address.bytes.data()) == 1) {
        return address;
    }
    return std::nullopt;
}

} // namespace

std::optional<AddressRange> AddressRange::parse(const QString& text)
{
    const auto slash = text.indexOf(QLatin1Char('/'));
    const auto address = parseAddress(text.left(slash));
    if (!address) {
        return std::nullopt;
    }
    const int offset = address->isV4 ? kMappedBits : 0;
    bool isNumber = true;
    const int bits = slash < 0 ? kAllBits - offset : text.mid(slash + 1).toInt(&isNumber);
    if (!isNumber || bits < 0 || bits > kAllBits - offset || text.endsWith(QLatin1Char('/'))) {
        return std::nullopt;
    }
    AddressRange range;
    range.m_bytes = address->bytes;
    range.m_bits = bits + offset;
    for (int bit = range.m_bits; bit < kAllBits; ++bit) {
        auto& byte = range.m_bytes[static_cast<size_t>(bit / 8)];
        byte = static_cast<quint8>(byte & ~(0x80 >> bit % 8));
    }
    return range;
}

bool AddressRange::contains(const QString& address) const
{
    const auto other = parseAddress(address);
    if (!other) {
        return false;
    }
    const auto whole = static_cast<size_t>(m_bits / 8);
    const int rest = m_bits % 8;
    const bool isSame = std::equal(m_bytes.begin(), m_bytes.begin() + std::ptrdiff_t(whole), other->bytes.begin());
    const int mask = 0xFF00 >> rest & 0xFF;
    return isSame && (rest == 0 || (other->bytes[whole] & mask) == m_bytes[whole]);
}

} // namespace radpost::config
