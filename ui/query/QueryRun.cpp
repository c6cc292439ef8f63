#include "ui/query/QueryRun.h"

namespace radpost::ui {

QueryRun::QueryRun(Background& network, const config::Destination& source, const AeTitle& callingAeTitle,
    const engine::FindParams& params, const std::shared_ptr<engine::Traces>& traces, QObject* parent)
    : QObject(parent)
    , m_source(source)
{
    begin(network, callingAeTitle, params, traces);
}

QueryRun::~QueryRun()
{
    m_stop.cancel();
}

void QueryRun::begin(Background& network, const AeTitle& callingAeTitle, const engine::FindParams& params,
    const std::shared_ptr<engine::Traces>& traces)
{
    // Made here: asking whether this still lives is for the GUI thread alone.
    const QPointer<QObject> self(this);
    const auto ask = [&network, self, this, source = m_source, callingAeTitle, params, traces, stop = m_stop.token()] {
        engine::QueryClient client(source, callingAeTitle, traces.get());
        const auto tell = [&network, &self, this](
                              const dicom::Identifier& match) { network.tell(self, [this, match] { take(match); }); };
        return client.find(params, tell, stop);
    };
    network.run(this, ask, [this](const Result<engine::FindSummary>& summary) { end(summary); });
}

void QueryRun::stop()
{
    m_stop.cancel();
}

void QueryRun::take(const dicom::Identifier& match)
{
    m_matches.push_back(match);
    Q_EMIT matched();
}

void QueryRun::end(const Result<engine::FindSummary>& summary)
{
    const bool wasStopped = m_stop.isCancelled();
    if (summary) {
        m_isComplete = summary->isComplete;
        m_state = wasStopped ? State::Stopped : State::Done;
    } else {
        m_error = summary.error();
        m_state = wasStopped ? State::Stopped : State::Failed;
    }
    Q_EMIT finished();
}

} // namespace radpost::ui
