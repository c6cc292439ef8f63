#pragma once

#include "core/base/Result.h"

namespace radpost::scan {

/// What one outermost archive, with all that is nested in it, may unpack to. Counts bytes as they come out, because
/// declared sizes can lie. One thread.
class ArchiveBudget final
{
public:
    ArchiveBudget(qint64 packedBytes, qint64 maxBytes, qint64 maxRatio);

    /// Takes @p bytes off the budget. Errors: ArchiveTooLarge.
    [[nodiscard]] Result<> spend(qint64 bytes);

    /// ArchiveTooLarge when @p bytes more could never fit; nothing is taken.
    [[nodiscard]] Result<> check(qint64 bytes) const;

private:
    const qint64 m_packedBytes;
    const qint64 m_maxBytes;
    const qint64 m_maxRatio;
    qint64 m_spentBytes = 0;
};

} // namespace radpost::scan
