#pragma once

#include <QByteArray>
#include <QtEndian>

#include <cstddef>
#include <span>
#include <vector>

namespace radpost::net {

using Bytes = std::vector<std::byte>;
using ConstBytes = std::span<const std::byte>;

/// The caller has checked that the bytes are there.
template <typename T>
T loadBig(const std::byte* from)
{
    return qFromBigEndian<T>(from);
}

template <typename T>
T loadLittle(const std::byte* from)
{
    return qFromLittleEndian<T>(from);
}

template <typename T>
void storeBig(T value, std::byte* to)
{
    qToBigEndian(value, to);
}

template <typename T>
void storeLittle(T value, std::byte* to)
{
    qToLittleEndian(value, to);
}

inline ConstBytes asBytes(const QByteArray& text)
{
    return std::as_bytes(std::span(text.constData(), static_cast<std::size_t>(text.size())));
}

inline QByteArray toByteArray(ConstBytes bytes)
{
    return QByteArray(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()));
}

} // namespace radpost::net
