#include "core/dicom/PhantomPixels_p.h"

#include <QtEndian>

#include <algorithm>
#include <cstring>

namespace radpost::dicom {

namespace {

/// xorshift64: noise needs speed, not quality.
class Noise final
{
public:
    explicit Noise(quint64 seed)
        : m_state(mixed(seed) | 1)
    {
    }

    quint64 next()
    {
        m_state ^= m_state << 13;
        m_state ^= m_state >> 7;
        m_state ^= m_state << 17;
        return m_state;
    }

private:
    quint64 m_state;
};

struct Ellipse
{
    double centreX;
    double centreY;
    double radiusX;
    double radiusY;
    double level; // of the largest value
};

double levelAt(double x, double y)
{
    static constexpr Ellipse kBody[] = {{0.5, 0.5, 0.42, 0.36, 0.45}, {0.34, 0.46, 0.13, 0.20, 0.12},
        {0.66, 0.46, 0.13, 0.20, 0.14}, {0.5, 0.74, 0.06, 0.06, 0.85}};
    double level = 0.05 * y;
    for (const Ellipse& part : kBody) {
        const double dx = (x - part.centreX) / part.radiusX;
        const double dy = (y - part.centreY) / part.radiusY;
        if (dx * dx + dy * dy < 1) {
            level = part.level + 0.05 * x;
        }
    }
    return level;
}

} // namespace

quint64 mixed(quint64 value)
{
    value += 0x9E3779B97F4A7C15ULL;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
    return value ^ (value >> 31);
}

PhantomPixels::PhantomPixels(int rows, int columns, int bitsAllocated, int bitsStored)
    : m_wide(bitsAllocated == 16)
    , m_noiseMask(static_cast<quint16>((1U << (bitsStored - 4)) - 1))
{
    m_phantom.reserve(static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns));
    const int largest = (1 << bitsStored) - 1 - m_noiseMask;
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            const double level = levelAt((column + 0.5) / columns, (row + 0.5) / rows);
            m_phantom.push_back(static_cast<quint16>(std::min(1.0, level) * largest));
        }
    }
}

void PhantomPixels::fill(std::span<std::byte> frame, quint64 seed, bool bigEndian) const
{
    if (m_wide) {
        fillWide(frame, seed, bigEndian);
    } else {
        fillNarrow(frame, seed);
    }
}

void PhantomPixels::fillNarrow(std::span<std::byte> frame, quint64 seed) const
{
    Noise noise(seed);
    quint64 bits = 0;
    for (std::size_t i = 0; i < m_phantom.size(); ++i) {
        bits = i % 8 == 0 ? noise.next() : bits >> 8;
        frame[i] = static_cast<std::byte>(m_phantom[i] + (bits & m_noiseMask));
    }
}

void PhantomPixels::fillWide(std::span<std::byte> frame, quint64 seed, bool bigEndian) const
{
    Noise noise(seed);
    quint64 bits = 0;
    for (std::size_t i = 0; i < m_phantom.size(); ++i) {
        bits = i % 4 == 0 ? noise.next() : bits >> 16;
        const auto value = static_cast<quint16>(m_phantom[i] + (bits & m_noiseMask));
        const quint16 ordered = bigEndian ? qToBigEndian(value) : qToLittleEndian(value);
        std::memcpy(&frame[i * 2], &ordered, sizeof ordered);
    }
}

} // namespace radpost::dicom
