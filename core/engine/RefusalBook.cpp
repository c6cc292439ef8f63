#include "core/engine/RefusalBook.h"

#include "core/store/LedgerWriter.h"
#include "core/store/RefusedPeerRepository.h"

#include <algorithm>
#include <vector>

using namespace std::chrono_literals;

namespace radpost::engine {

namespace {

constexpr int kAnswersPerMinute = 20;
constexpr auto kMinute = 60s;
constexpr qsizetype kMostAddresses = 4096; ///< that are remembered; addresses are the callers' to choose
constexpr std::size_t kMostNoted = 256;

} // namespace

RefusalBook::RefusalBook(const Clock& clock)
    : m_clock(clock)
{
}

bool RefusalBook::isAnswered(const QString& address)
{
    const std::lock_guard lock(m_mutex);
    ++m_count;
    const auto now = m_clock.steadyNow();
    if (m_answers.size() >= kMostAddresses) {
        m_answers.removeIf([now](const auto& entry) { return now - entry.value().since >= kMinute; });
    }
    if (m_answers.size() >= kMostAddresses && !m_answers.contains(address)) {
        return false;
    }
    auto& answers = m_answers[address];
    if (answers.count == 0 || now - answers.since >= kMinute) {
        answers = {now, 0};
    }
    return ++answers.count <= kAnswersPerMinute;
}

void RefusalBook::note(const store::RefusedPeer& peer)
{
    const Key key{
        peer.source.callingAeTitle, peer.source.calledAeTitle, peer.source.peerAddress, peer.certificateSha256};
    const std::lock_guard lock(m_mutex);
    const auto known = m_noted.find(key);
    const auto ofAddress = std::count_if(m_noted.begin(), m_noted.end(),
        [&peer](const auto& noted) { return noted.second.source.peerAddress == peer.source.peerAddress; });
    if (known != m_noted.end()) {
        known->second.lastAt = peer.lastAt;
        known->second.reason = peer.reason;
        ++known->second.times;
    } else if (m_noted.size() < kMostNoted && ofAddress < store::RefusedPeerRepository::kMostOfAddress) {
        m_noted.emplace(key, peer);
    }
}

void RefusalBook::flush(store::LedgerWriter& writer)
{
    std::vector<store::RefusedPeer> peers;
    {
        const std::lock_guard lock(m_mutex);
        for (auto& [key, peer] : m_noted) {
            peers.push_back(std::move(peer));
        }
        m_noted.clear();
    }
    if (peers.empty()) {
        return;
    }
    writer.post([peers = std::move(peers)](store::WriteSession& session) -> Result<> {
        store::RefusedPeerRepository repository(session.database);
        for (const auto& peer : peers) {
            if (auto noted = repository.note(peer); !noted) {
                return noted;
            }
        }
        return {};
    });
}

qint64 RefusalBook::count() const
{
    const std::lock_guard lock(m_mutex);
    return m_count;
}

} // namespace radpost::engine
