#include "ui/doctor/DoctorRun.h"

#include <algorithm>

namespace radpost::ui {

DoctorRun::DoctorRun(Background& network, config::Destination destination, AeTitle callingAeTitle,
    std::shared_ptr<engine::Traces> traces, QObject* parent)
    : QObject(parent)
    , m_destination(std::move(destination))
    , m_callingAeTitle(std::move(callingAeTitle))
{
    begin(network, traces ? std::move(traces) : std::make_shared<engine::Traces>());
}

DoctorRun::~DoctorRun()
{
    m_cancel.cancel();
}

void DoctorRun::begin(Background& network, std::shared_ptr<engine::Traces> traces)
{
    // Made here: asking whether this still lives is for the GUI thread alone.
    const QPointer<QObject> self(this);
    const auto examine = [&network, self, this, destination = m_destination, calling = m_callingAeTitle,
                             traces = std::move(traces), token = m_cancel.token()]() -> Result<net::DoctorReport> {
        if (auto cancelled = token.check(); !cancelled) {
            return fail(cancelled.error());
        }
        network.tell(self, [this] { takeBeginning(); });
        const auto listener = [&network, self, this](
                                  const net::DoctorFinding& finding, const net::DoctorReport& report) {
            network.tell(self, [this, finding, report] { takeFinding(finding, report); });
        };
        return engine::diagnose(destination, calling, engine::usualContexts(), listener, *traces, token);
    };
    network.run(this, examine, [this](const Result<net::DoctorReport>& report) { takeReport(report); });
}

void DoctorRun::cancel()
{
    m_cancel.cancel();
}

void DoctorRun::takeBeginning()
{
    m_state = State::Running;
    Q_EMIT changed();
}

void DoctorRun::takeFinding(const net::DoctorFinding& finding, const net::DoctorReport& report)
{
    m_findings.push_back(finding);
    m_report = report;
    Q_EMIT changed();
}

void DoctorRun::takeReport(const Result<net::DoctorReport>& report)
{
    if (!report) {
        m_error = report.error();
        end(m_error->code == ErrorCode::Cancelled ? State::Cancelled : State::Failed);
        return;
    }
    m_report = *report;
    m_findings = m_report.findings;
    const auto* failure = m_report.firstFailure();
    if (failure != nullptr) {
        m_error = failure->error.value_or(makeError(ErrorCode::Internal));
        end(m_error->code == ErrorCode::Cancelled ? State::Cancelled : State::Failed);
        return;
    }
    const bool isWarned = std::any_of(m_findings.begin(), m_findings.end(),
        [](const net::DoctorFinding& finding) { return finding.state == net::StepState::Warning; });
    end(isWarned ? State::Warned : State::Passed);
}

void DoctorRun::end(State state)
{
    m_state = state;
    m_endedAt = QDateTime::currentDateTime();
    Q_EMIT changed();
    Q_EMIT finished();
}

} // namespace radpost::ui
