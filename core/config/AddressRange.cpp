#include "core/config/AddressRange.h"

#include <QList>

#include <algorithm>

namespace radpost::config {

namespace {

constexpr int kMappedBits = 96;
constexpr qsizetype kGroups = 8;

bool isDigits(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

// Without leading zeros: some read "010" as eight.
std::optional<std::array<quint8, 4>> parseIpv4(QStringView text)
{
    const auto parts = text.split(u'.');
    std::array<quint8, 4> bytes{};
    if (parts.size() != 4) {
        return std::nullopt;
    }
    for (qsizetype i = 0; i < 4; ++i) {
        const auto part = parts[i];
        const bool isShaped =
            !part.isEmpty() && part.size() <= 3 && isDigits(part) && (part.size() == 1 || part[0] != u'0');
        const int number = isShaped ? part.toInt() : 256;
        if (number > 255) {
            return std::nullopt;
        }
        bytes[static_cast<size_t>(i)] = static_cast<quint8>(number);
    }
    return bytes;
}

// "1:2:3", at the end of an address also with an IPv4 one in the place of the last two groups; nothing for a part that
// is no group.
std::optional<QList<quint16>> parseGroups(QStringView text, bool isEnd)
{
    QList<quint16> groups;
    if (text.isEmpty()) {
        return groups;
    }
    const auto parts = text.split(u':');
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (parts[i].contains(u'.')) {
            const auto ipv4 = isEnd && i == parts.size() - 1 ? parseIpv4(parts[i]) : std::nullopt;
            if (!ipv4) {
                return std::nullopt;
            }
            groups.append(static_cast<quint16>((*ipv4)[0] << 8 | (*ipv4)[1]));
            groups.append(static_cast<quint16>((*ipv4)[2] << 8 | (*ipv4)[3]));
            continue;
        }
        bool isNumber = false;
        const uint group = parts[i].toUInt(&isNumber, 16);
        if (!isNumber || parts[i].size() > 4 || parts[i].startsWith(u'+') || parts[i].startsWith(u'-')) {
            return std::nullopt;
        }
        groups.append(static_cast<quint16>(group));
    }
    return groups;
}

std::optional<IpAddress> parseIpv6(QStringView text)
{
    const auto gap = text.indexOf(u"::");
    const bool hasGap = gap >= 0;
    const auto head = parseGroups(hasGap ? text.first(gap) : text, !hasGap);
    const auto tail = hasGap ? parseGroups(text.sliced(gap + 2), true) : QList<quint16>();
    if (!head || !tail) {
        return std::nullopt;
    }
    const qsizetype count = head->size() + tail->size();
    if (hasGap ? count >= kGroups : count != kGroups) {
        return std::nullopt;
    }
    IpAddress address;
    const auto put = [&address](qsizetype at, quint16 group) {
        address.bytes[static_cast<size_t>(2 * at)] = static_cast<quint8>(group >> 8);
        address.bytes[static_cast<size_t>(2 * at + 1)] = static_cast<quint8>(group);
    };
    for (qsizetype i = 0; i < head->size(); ++i) {
        put(i, head->at(i));
    }
    for (qsizetype i = 0; i < tail->size(); ++i) {
        put(kGroups - tail->size() + i, tail->at(i));
    }
    return address;
}

} // namespace

std::optional<IpAddress> parseIpAddress(QStringView text)
{
    text = text.trimmed();
    if (text.contains(u':')) {
        const auto zone = text.indexOf(u'%');
        return parseIpv6(zone < 0 ? text : text.first(zone));
    }
    const auto ipv4 = parseIpv4(text);
    if (!ipv4) {
        return std::nullopt;
    }
    IpAddress address;
    address.bytes[10] = address.bytes[11] = 0xFF;
    std::copy(ipv4->begin(), ipv4->end(), address.bytes.begin() + 12);
    return address;
}

bool AddressRange::contains(const IpAddress& address) const
{
    for (int bit = 0; bit < prefixBits; bit += 8) {
        const auto at = static_cast<size_t>(bit / 8);
        const int left = std::min(8, prefixBits - bit);
        const auto mask = static_cast<quint8>(0xFF << (8 - left));
        if ((network.bytes[at] & mask) != (address.bytes[at] & mask)) {
            return false;
        }
    }
    return true;
}

std::optional<AddressRange> parseAddressRange(QStringView text)
{
    const auto slash = text.indexOf(u'/');
    const auto network = parseIpAddress(slash < 0 ? text : text.first(slash));
    if (!network || (slash >= 0 && text.contains(u'%'))) {
        return std::nullopt;
    }
    AddressRange range{*network, 128};
    if (slash < 0) {
        return range;
    }
    const int mapped = text.contains(u':') ? 0 : kMappedBits;
    const auto bits = text.sliced(slash + 1);
    if (bits.isEmpty() || bits.size() > 3 || !isDigits(bits) || bits.toInt() + mapped > 128) {
        return std::nullopt;
    }
    range.prefixBits = bits.toInt() + mapped;
    IpAddress cut;
    for (int bit = 0; bit < range.prefixBits; ++bit) {
        const auto at = static_cast<size_t>(bit / 8);
        cut.bytes[at] = static_cast<quint8>(cut.bytes[at] | (network->bytes[at] & (0x80 >> (bit % 8))));
    }
    return cut == *network ? std::optional(range) : std::nullopt;
}

} // namespace radpost::config
