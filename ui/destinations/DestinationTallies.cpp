#include "ui/destinations/DestinationTallies.h"

using namespace std::chrono_literals;

namespace radpost::ui {

namespace {

constexpr auto kPeriod = 24h;
constexpr auto kRegularly = 60s;
constexpr auto kRegularlyBeside = 10s; // another process sends, and tells nothing

} // namespace

DestinationTallies::DestinationTallies(Backend& backend, std::chrono::milliseconds pause, QObject* parent)
    : QObject(parent)
    , m_backend(backend)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    const auto lookIfWanted = [this] {
        if (m_isWanted) {
            lookSoon();
        }
    };
    connect(&m_pause, &QTimer::timeout, this, lookIfWanted);
    connect(&m_regular, &QTimer::timeout, this, &DestinationTallies::lookSoon);
    connect(&backend, &Backend::stateChanged, this, &DestinationTallies::followState);
    connect(&backend.events(), &EngineEvents::delivered, this, &DestinationTallies::lookSoon);
    connect(&backend.events(), &EngineEvents::jobAtRest, this, &DestinationTallies::lookSoon);
    followState();
}

std::optional<store::DestinationTally> DestinationTallies::of(const QString& name) const
{
    return m_tallies ? std::optional(m_tallies->value(name.toLower(), {name})) : std::nullopt;
}

void DestinationTallies::followState()
{
    const bool isReady = m_backend.state() == Backend::State::Ready;
    if (isReady || m_backend.state() == Backend::State::ReadOnly) {
        m_regular.start(isReady ? kRegularly : kRegularlyBeside);
        lookSoon();
    } else {
        m_regular.stop();
    }
}

void DestinationTallies::lookSoon()
{
    m_isWanted = true;
    if (!m_isLooking && !m_pause.isActive()) {
        look();
    }
}

void DestinationTallies::look()
{
    m_isWanted = false;
    m_isLooking = m_backend.run(
        this,
        [](engine::Engine& engine) {
            const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
            return engine.tallies(now - kPeriod);
        },
        [this](const Result<QList<store::DestinationTally>>& tallies) { take(tallies); });
    m_pause.start();
}

// A ledger that cannot be read is told by others; what stood here stays.
void DestinationTallies::take(const Result<QList<store::DestinationTally>>& tallies)
{
    m_isLooking = false;
    if (tallies) {
        QHash<QString, store::DestinationTally> now;
        for (const auto& tally : *tallies) {
            now.insert(tally.destinationName.toLower(), tally);
        }
        if (m_tallies != now) {
            m_tallies = now;
            Q_EMIT changed();
        }
    }
    if (m_isWanted && !m_pause.isActive()) {
        look();
    }
}

} // namespace radpost::ui
