#pragma once

#include "core/engine/Diagnosis.h"

#include "ui/common/Background.h"

#include <QDateTime>
#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace radpost::ui {

/// One examination of one destination: runs on a worker thread, tells each step as it ends. GUI thread.
class DoctorRun final : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Waiting, ///< for a free thread
        Running,
        Passed,
        Warned, ///< works, but a step has a note
        Failed,
        Cancelled,
    };
    Q_ENUM(State)

    /// Begins at once. With @p traces it is recorded while the destination is traced.
    DoctorRun(Background& network, config::Destination destination, AeTitle callingAeTitle,
        std::shared_ptr<engine::Traces> traces = {}, QObject* parent = nullptr);

    /// Cancels.
    ~DoctorRun() override;
    Q_DISABLE_COPY_MOVE(DoctorRun)

    void cancel();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isOver() const { return m_state != State::Waiting && m_state != State::Running; }
    [[nodiscard]] const config::Destination& destination() const { return m_destination; }
    [[nodiscard]] const AeTitle& callingAeTitle() const { return m_callingAeTitle; }

    /// In the order they ended.
    [[nodiscard]] const std::vector<net::DoctorFinding>& findings() const { return m_findings; }
    [[nodiscard]] const net::DoctorReport& report() const { return m_report; }
    /// Why there is no good outcome: of the first step that failed, or why the examination could not begin.
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }
    [[nodiscard]] const QDateTime& endedAt() const { return m_endedAt; }

Q_SIGNALS:
    void changed();
    void finished();

private:
    void begin(Background& network, std::shared_ptr<engine::Traces> traces);
    void takeBeginning();
    void takeFinding(const net::DoctorFinding& finding, const net::DoctorReport& report);
    void takeReport(const Result<net::DoctorReport>& report);
    void end(State state);

    config::Destination m_destination;
    AeTitle m_callingAeTitle;
    CancelSource m_cancel;
    State m_state = State::Waiting;
    std::vector<net::DoctorFinding> m_findings;
    net::DoctorReport m_report;
    std::optional<Error> m_error;
    QDateTime m_endedAt;
};

} // namespace radpost::ui
