#pragma once

#include "core/base/Result.h"
#include "core/store/SpoolTypes.h"

namespace radpost::store {

class Database;

/// Who was not let in: a bounded list for the administrator to admit from. One thread: the one of its connection.
class RefusedPeerRepository final
{
public:
    static constexpr int kMost = 256;
    static constexpr int kMostOfAddress = 16; ///< so that one stranger who tries many names hides no others

    explicit RefusedPeerRepository(Database& database);

    /// For the writer thread: enters @p peer, or counts it when it is known; of more than kMost, or
    /// kMostOfAddress of its address, the longest silent goes.
    [[nodiscard]] Result<> note(const RefusedPeer& peer);
    /// For the writer thread.
    [[nodiscard]] Result<> remove(qint64 id);

    /// The last one first.
    [[nodiscard]] Result<QList<RefusedPeer>> list();

private:
    Database& m_database;
};

} // namespace radpost::store
