#include "ui/query/Retrievals.h"

#include "app/common/Format.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

namespace tag = dicom::tag;

constexpr int kAtOnce = 2;

engine::RetrieveParams wholeStudy(const dicom::Identifier& study)
{
    engine::RetrieveParams params;
    params.keys.set(tag::kStudyInstanceUid, study.value(tag::kStudyInstanceUid));
    return params;
}

} // namespace

// A peer may say "success" without an instance sent, or fewer than it found.
Retrieval::State stateAfter(const Retrieval& retrieval, const engine::RetrieveSummary& summary)
{
    if (summary.wasStopped) {
        return Retrieval::State::Stopped;
    }
    const bool hasAll = retrieval.done() > 0 && retrieval.done() >= retrieval.expected && retrieval.failed() == 0;
    return summary.isComplete() && hasAll ? Retrieval::State::Done : Retrieval::State::Partly;
}

Retrievals::Retrievals(std::shared_ptr<engine::Traces> traces, QObject* parent)
    : QObject(parent)
    , m_traces(std::move(traces))
    , m_network(u"retrieve"_s, kAtOnce)
{
}

Retrievals::~Retrievals()
{
    for (auto& [id, stop] : m_stops) {
        stop.cancel();
    }
}

void Retrievals::fetch(const Origin& origin, const QString& folder, const std::optional<AeTitle>& ownReceiver)
{
    Retrieval retrieval;
    // A UID is digits and dots, or else no name for a folder: what a PACS says is not to be trusted with one.
    const auto uid = origin.study.value(tag::kStudyInstanceUid);
    const bool isUid =
        std::all_of(uid.begin(), uid.end(), [](QChar c) { return c == u'.' || (c >= u'0' && c <= u'9'); });
    retrieval.folder = folder + u'/' + (isUid && !uid.startsWith(u'.') && !uid.isEmpty() ? uid : u"study"_s);
    const auto params = wholeStudy(origin.study);
    start(origin, retrieval,
        [params, ownReceiver, into = retrieval.folder](
            engine::QueryClient& client, const engine::QueryClient::Progress& progress, const CancelToken& stop) {
            Outcome outcome{client.get(params, into, progress, stop)};
            const bool isOffered = outcome.summary || outcome.summary.error().code != ErrorCode::ServiceNotOffered;
            return isOffered || !ownReceiver ? outcome
                                             : Outcome{client.move(params, *ownReceiver, progress, stop), false};
        });
}

void Retrievals::move(const Origin& origin, const AeTitle& to, const QString& name)
{
    Retrieval retrieval;
    retrieval.target = name;
    start(origin, std::move(retrieval),
        [params = wholeStudy(origin.study), to](
            engine::QueryClient& client, const engine::QueryClient::Progress& progress, const CancelToken& stop) {
            return Outcome{client.move(params, to, progress, stop), false};
        });
}

void Retrievals::start(const Origin& origin, Retrieval retrieval, Work work)
{
    retrieval.studyUid = origin.study.value(tag::kStudyInstanceUid);
    retrieval.patient = app::personNameText(origin.study.value(tag::kPatientName));
    retrieval.source = origin.source.name;
    retrieval.expected = origin.study.value(tag::kNumberOfStudyInstances).toLongLong();
    if (isOnItsWay(retrieval)) {
        return;
    }
    const int id = ++m_lastId;
    retrieval.id = id;
    const auto token = m_stops[id].token();
    Q_EMIT aboutToInsert();
    m_all.insert(m_all.begin(), std::move(retrieval));
    Q_EMIT inserted();
    Q_EMIT listChanged();
    const QPointer<QObject> self(this);
    const auto carryOut = [this, self, id, source = origin.source, calling = origin.callingAeTitle, traces = m_traces,
                              work = std::move(work), stop = token] {
        if (auto early = stop.check(); !early) {
            return Outcome{fail(std::move(early.error()))};
        }
        m_network.tell(self, [this, id] { begin(id); });
        engine::QueryClient client(source, calling, traces.get());
        const auto progress = [this, &self, id](const engine::RetrieveCounts& counts) {
            m_network.tell(self, [this, id, counts] { show(id, counts); });
        };
        return work(client, progress, stop);
    };
    m_network.run(this, carryOut, [this, id](const Outcome& outcome) { end(id, outcome); });
}

void Retrievals::begin(int id)
{
    const int row = rowOf(id);
    m_all.at(static_cast<size_t>(row)).state = Retrieval::State::Running;
    Q_EMIT changed(row);
}

void Retrievals::show(int id, const engine::RetrieveCounts& counts)
{
    const int row = rowOf(id);
    m_all.at(static_cast<size_t>(row)).counts = counts;
    Q_EMIT changed(row);
}

void Retrievals::end(int id, const Outcome& outcome)
{
    const int row = rowOf(id);
    auto& retrieval = m_all.at(static_cast<size_t>(row));
    const bool wasStopped = m_stops[id].isCancelled();
    m_stops.erase(id);
    if (outcome.summary) {
        retrieval.counts = outcome.summary->counts;
        retrieval.received = outcome.summary->received;
        retrieval.refused = outcome.summary->refused;
        retrieval.isCounted = outcome.cameHere;
        retrieval.mayLackKinds = outcome.summary->mayLackKinds();
        retrieval.state = stateAfter(retrieval, *outcome.summary);
    } else {
        retrieval.state = wasStopped ? Retrieval::State::Stopped : Retrieval::State::Failed;
        retrieval.error = outcome.summary.error();
    }
    if (!outcome.cameHere || !outcome.summary) {
        retrieval.folder.clear();
    }
    Q_EMIT changed(row);
    Q_EMIT ended(Retrieval(retrieval));
}

void Retrievals::stop(int id)
{
    if (const auto found = m_stops.find(id); found != m_stops.end()) {
        found->second.cancel();
    }
}

void Retrievals::clear()
{
    for (int row = static_cast<int>(m_all.size()) - 1; row >= 0; --row) {
        if (m_all.at(static_cast<size_t>(row)).isOver()) {
            Q_EMIT aboutToRemove(row);
            m_all.erase(m_all.begin() + row);
            Q_EMIT removed();
        }
    }
    Q_EMIT listChanged();
}

bool Retrievals::isBusy() const
{
    return !m_stops.empty();
}

bool Retrievals::isOnItsWay(const Retrieval& retrieval) const
{
    return std::any_of(m_all.begin(), m_all.end(), [&retrieval](const Retrieval& other) {
        return !other.isOver() && other.studyUid == retrieval.studyUid && other.source == retrieval.source &&
            other.target == retrieval.target;
    });
}

int Retrievals::rowOf(int id) const
{
    const auto found = std::find_if(m_all.begin(), m_all.end(), [id](const Retrieval& r) { return r.id == id; });
    return static_cast<int>(found - m_all.begin());
}

} // namespace radpost::ui
