#pragma once

#include "core/base/Clock.h"
#include "core/store/SpoolTypes.h"

#include <QHash>

#include <map>
#include <mutex>
#include <tuple>

namespace radpost::store {
class LedgerWriter;
}

namespace radpost::engine {

/// Who was refused: decides whether a refusal is still answered, and hands what is to be remembered to the ledger now
/// and then, so that a peer that knocks a thousand times a second costs one row. Any thread.
class RefusalBook final
{
public:
    explicit RefusalBook(const Clock& clock);

    /// False: this address was answered often enough in the last minute, its connections are just closed.
    [[nodiscard]] bool isAnswered(const QString& address);

    /// To be remembered; of more than the list takes between two flushes the rest is forgotten.
    void note(const store::RefusedPeer& peer);

    /// Posts what was noted.
    void flush(store::LedgerWriter& writer);

    /// Since the start.
    [[nodiscard]] qint64 count() const;

private:
    struct Answers
    {
        Clock::SteadyTime since;
        int count = 0;
    };
    using Key = std::tuple<QString, QString, QString, QString>;

    const Clock& m_clock;
    mutable std::mutex m_mutex; // guards what follows
    QHash<QString, Answers> m_answers;
    std::map<Key, store::RefusedPeer> m_noted;
    qint64 m_count = 0;
};

} // namespace radpost::engine
