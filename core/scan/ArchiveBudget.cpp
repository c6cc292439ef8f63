#include "core/scan/ArchiveBudget.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::scan {

namespace {

// Below this the ratio says nothing: a few black images pack a thousandfold.
constexpr qint64 kRatioFromBytes = qint64(64) << 20;

} // namespace

ArchiveBudget::ArchiveBudget(qint64 packedBytes, qint64 maxBytes, qint64 maxRatio)
    : m_packedBytes(std::max<qint64>(packedBytes, 1))
    , m_maxBytes(maxBytes)
    , m_maxRatio(maxRatio)
{
}

Result<> ArchiveBudget::check(qint64 bytes) const
{
    if (bytes > m_maxBytes - m_spentBytes) {
        return fail(ErrorCode::ArchiveTooLarge, u"unpacks to more than %1 bytes"_s.arg(m_maxBytes));
    }
    const qint64 total = m_spentBytes + bytes;
    if (total > kRatioFromBytes && total / m_packedBytes >= m_maxRatio) {
        return fail(ErrorCode::ArchiveTooLarge, u"unpacks to more than %1 times its size"_s.arg(m_maxRatio));
    }
    return {};
}

Result<> ArchiveBudget::spend(qint64 bytes)
{
    auto fits = check(bytes);
    if (fits) {
        m_spentBytes += bytes;
    }
    return fits;
}

} // namespace radpost::scan
