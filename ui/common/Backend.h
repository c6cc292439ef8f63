#pragma once

#include "core/engine/Engine.h"

#include "ui/common/Background.h"
#include "ui/common/EngineEvents.h"

#include <QObject>

#include <memory>
#include <optional>

namespace radpost::ui {

/// The engine as the GUI thread sees it: opened, asked and closed on worker threads, so that no file, socket or ledger
/// is ever touched here. When another process has the ledger, it is opened for reading only. GUI thread.
class Backend final : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Closed,
        Opening,
        Ready,    ///< jobs can be sent
        ReadOnly, ///< another process sends: jobs and receipts can be looked at
        Failed,   ///< see error()
    };
    Q_ENUM(State)

    explicit Backend(QObject* parent = nullptr);

    /// Gives what is on the wire a moment for its response; what is not sent yet stays in the ledger.
    ~Backend() override;
    Q_DISABLE_COPY_MOVE(Backend)

    /// Ends in Ready, ReadOnly or Failed. Again when the state is Failed or ReadOnly: tries anew.
    void open(const engine::EngineParams& params);

    [[nodiscard]] State state() const { return m_state; }
    /// Of Failed, and of ReadOnly why.
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }
    [[nodiscard]] const engine::EngineParams& params() const { return m_params; }
    [[nodiscard]] EngineEvents& events() { return m_events; }

    /// Runs @p work(engine::Engine&) on a worker thread and hands its outcome to @p done on the GUI thread, unless
    /// @p receiver is gone. Only in Ready and ReadOnly; else nothing happens and the answer is false.
    template <typename Work, typename Done>
    bool run(QObject* receiver, Work work, Done done)
    {
        if (!m_engine) {
            return false;
        }
        m_workers.run(
            receiver, [engine = m_engine, work = std::move(work)]() mutable { return work(*engine); }, std::move(done));
        return true;
    }

    /// For a part that runs beside: engine::GatewayParams. None unless Ready or ReadOnly. What holds it ends before
    /// this.
    [[nodiscard]] std::shared_ptr<engine::Engine> share() const { return m_engine; }

    /// For work that needs no engine: examinations of destinations.
    [[nodiscard]] Background& network() { return m_network; }

    /// What is recorded of associations with destinations, by jobs and by examinations.
    [[nodiscard]] const std::shared_ptr<engine::Traces>& traces() const { return m_traces; }

Q_SIGNALS:
    void stateChanged();

private:
    struct Opened
    {
        std::shared_ptr<engine::Engine> engine;
        State state = State::Failed;
        std::optional<Error> error;
    };
    static Opened openNow(const engine::EngineParams& params, EngineEvents& events);
    void take(Opened opened);
    void setState(State state);

    State m_state = State::Closed;
    std::optional<Error> m_error;
    engine::EngineParams m_params;
    EngineEvents m_events; // outlives the engine, which calls it
    std::shared_ptr<engine::Traces> m_traces = std::make_shared<engine::Traces>();
    std::shared_ptr<engine::Engine> m_engine;
    Background m_workers;
    Background m_network;
};

} // namespace radpost::ui
