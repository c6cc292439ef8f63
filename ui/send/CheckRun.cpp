#include "ui/send/CheckRun.h"

#include <algorithm>
#include <utility>

namespace radpost::ui {

namespace {

// Contexts, not series, are what is negotiated: thousands of series ask the same few questions.
engine::PatientNode questions(const std::vector<engine::PatientNode>& patients)
{
    engine::SeriesNode all;
    for (const auto& patient : patients) {
        for (const auto& study : patient.studies) {
            for (const auto& series : study.series) {
                for (const auto& context : series.contexts) {
                    const bool isKnown = std::any_of(all.contexts.begin(), all.contexts.end(), [&](const auto& one) {
                        return one.sopClassUid == context.sopClassUid &&
                            one.transferSyntaxUid == context.transferSyntaxUid;
                    });
                    if (!isKnown) {
                        all.contexts.push_back(context);
                    }
                }
            }
        }
    }
    engine::StudyNode study;
    study.series.push_back(std::move(all));
    engine::PatientNode patient;
    patient.studies.push_back(std::move(study));
    return patient;
}

void addTo(std::vector<SeriesVerdict>& verdicts, const SeriesVerdict& verdict)
{
    const auto same = std::find_if(verdicts.begin(), verdicts.end(), [&verdict](const auto& other) {
        return other.destination == verdict.destination && other.verdict == verdict.verdict &&
            other.reason == verdict.reason && other.sentAs == verdict.sentAs;
    });
    if (same == verdicts.end()) {
        verdicts.push_back(verdict);
    } else {
        same->instances += verdict.instances;
    }
}

} // namespace

CheckRun::CheckRun(Background& network, std::shared_ptr<engine::Traces> traces, QObject* parent)
    : QObject(parent)
    , m_network(network)
    , m_traces(traces ? std::move(traces) : std::make_shared<engine::Traces>())
{
}

CheckRun::~CheckRun()
{
    m_cancel.cancel();
}

void CheckRun::start(const std::vector<engine::PatientNode>& patients,
    const std::vector<config::Destination>& destinations, const AeTitle& callingAeTitle)
{
    m_cancel.cancel();
    m_cancel = {};
    m_asked.clear();
    ++m_round;
    const auto asked = questions(patients);
    for (const auto& destination : destinations) {
        m_asked.insert_or_assign(destination.name, Asked{destination, State::Running, {}, {}, m_round});
        m_network.run(
            this,
            [asked, destination, callingAeTitle, traces = m_traces, cancel = m_cancel.token()] {
                return engine::preflight({asked}, destination, callingAeTitle, *traces, cancel);
            },
            [this, name = destination.name, round = m_round](
                const Result<engine::PreflightReport>& report) { take(name, round, report); });
    }
    Q_EMIT changed();
}

void CheckRun::take(const QString& name, quint64 round, const Result<engine::PreflightReport>& report)
{
    const auto found = m_asked.find(name);
    if (found == m_asked.end() || found->second.round != round) {
        return; // forgotten meanwhile
    }
    auto& asked = found->second;
    if (report) {
        asked.state = State::Answered;
        for (const auto& item : report->items) {
            asked.answers.push_back({item.context.sopClassUid, item.context.transferSyntaxUid, item});
        }
    } else if (report.error().code == ErrorCode::Cancelled) {
        m_asked.erase(found);
    } else {
        asked.state = State::Failed;
        asked.error = report.error();
    }
    Q_EMIT changed();
    if (!isRunning()) {
        Q_EMIT finished();
    }
}

void CheckRun::cancel()
{
    m_cancel.cancel();
}

void CheckRun::clear()
{
    m_cancel.cancel();
    m_asked.clear();
    Q_EMIT changed();
}

void CheckRun::keepOnly(const std::vector<config::Destination>& destinations)
{
    const auto dropped = std::erase_if(m_asked, [&destinations](const auto& entry) {
        return std::none_of(destinations.begin(), destinations.end(),
            [&entry](const auto& now) { return now == entry.second.destination; });
    });
    if (dropped > 0) {
        Q_EMIT changed();
    }
    if (dropped > 0 && !isRunning()) {
        Q_EMIT finished(); // what it says of the others is another now
    }
}

bool CheckRun::isRunning() const
{
    return std::any_of(
        m_asked.begin(), m_asked.end(), [](const auto& entry) { return entry.second.state == State::Running; });
}

CheckRun::State CheckRun::stateOf(const QString& destination) const
{
    const auto found = m_asked.find(destination);
    return found == m_asked.end() ? State::Unknown : found->second.state;
}

std::optional<Error> CheckRun::errorOf(const QString& destination) const
{
    const auto found = m_asked.find(destination);
    return found == m_asked.end() ? std::nullopt : found->second.error;
}

const CheckRun::Answer* CheckRun::find(const Asked& asked, const engine::SeriesContext& context)
{
    const auto found = std::find_if(asked.answers.begin(), asked.answers.end(), [&context](const auto& answer) {
        return answer.sopClassUid == context.sopClassUid && answer.transferSyntaxUid == context.transferSyntaxUid;
    });
    return found == asked.answers.end() ? nullptr : &*found;
}

std::vector<SeriesVerdict> CheckRun::verdicts(const engine::SeriesNode& series, const QStringList& destinations) const
{
    std::vector<SeriesVerdict> made;
    for (const auto& name : destinations) {
        const auto asked = m_asked.find(name);
        if (asked == m_asked.end()) {
            continue;
        }
        for (const auto& context : series.contexts) {
            if (const auto* answer = find(asked->second, context)) {
                addTo(made, {name, answer->item.verdict, context.instances, answer->item.sentAs, answer->item.reason});
            }
        }
    }
    return made;
}

std::optional<SeriesVerdict> worst(const std::vector<SeriesVerdict>& verdicts)
{
    const auto found = std::max_element(verdicts.begin(), verdicts.end(),
        [](const auto& a, const auto& b) { return static_cast<int>(a.verdict) < static_cast<int>(b.verdict); });
    return found == verdicts.end() ? std::nullopt : std::optional(*found);
}

} // namespace radpost::ui
