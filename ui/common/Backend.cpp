#include "ui/common/Backend.h"

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::ui {

namespace {

constexpr int kWorkers = 2;        // a long receipt must not hold up a pause
constexpr int kExaminations = 4;   // at once, by "Test all"
constexpr auto kPatience = 2000ms; // at the end, for what is on the wire

} // namespace

Backend::Backend(QObject* parent)
    : QObject(parent)
    , m_workers(u"engine"_s, kWorkers)
    , m_network(u"doctor"_s, kExaminations)
{
}

Backend::~Backend()
{
    if (m_engine && m_state == State::Ready) {
        m_engine->stop(kPatience);
    }
}

Backend::Opened Backend::openNow(const engine::EngineParams& params, EngineEvents& events)
{
    auto engine = engine::Engine::open(params, &events);
    if (engine) {
        return {std::move(*engine), State::Ready, std::nullopt};
    }
    const auto error = engine.error();
    if (error.code != ErrorCode::LedgerLocked) {
        return {nullptr, State::Failed, error};
    }
    auto reading = params;
    reading.access = engine::LedgerAccess::ReadOnly;
    engine = engine::Engine::open(reading, &events);
    return engine ? Opened{std::move(*engine), State::ReadOnly, error} : Opened{nullptr, State::Failed, engine.error()};
}

void Backend::open(const engine::EngineParams& params)
{
    if (m_state == State::Opening || m_state == State::Ready) {
        return;
    }
    m_params = params;
    m_params.traces = m_traces;
    m_engine.reset();
    setState(State::Opening);
    m_workers.run(
        this, [opened = m_params, this] { return openNow(opened, m_events); },
        [this](Opened opened) { take(std::move(opened)); });
}

void Backend::take(Opened opened)
{
    m_engine = std::move(opened.engine);
    m_error = std::move(opened.error);
    setState(opened.state);
}

void Backend::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged();
}

} // namespace radpost::ui
