#pragma once

#include "core/engine/QueryClient.h"
#include "core/engine/Traces.h"

#include "ui/common/Background.h"

#include <QObject>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

namespace radpost::ui {

/// One study on its way from a PACS.
struct Retrieval
{
    enum class State { Waiting, Running, Done, Partly, Stopped, Failed };

    int id = 0;
    QString studyUid;
    QString patient; ///< as it is shown
    QString source;  ///< name of the PACS
    QString target;  ///< name of the node it goes to; empty: this computer
    State state = State::Waiting;
    qint64 expected = 0; ///< instances, as the PACS said in the search; 0: it did not
    engine::RetrieveCounts counts;
    qint64 received = 0;        ///< here, when it comes here
    qint64 refused = 0;         ///< of those that came, what could not be written
    bool mayLackKinds = false;  ///< what failed may not have been offered
    bool isCounted = false;     ///< it came here and is over, so that received is the truth
    QString folder;             ///< of what comes here
    std::optional<Error> error; ///< of Failed

    [[nodiscard]] bool isOver() const { return state != State::Waiting && state != State::Running; }
    [[nodiscard]] bool comesHere() const { return target.isEmpty(); }
    /// Instances that arrived: our own count where there is one, or else that of the PACS.
    [[nodiscard]] qint64 done() const { return isCounted ? received : counts.completed + counts.warning; }
    /// The PACS counts among its failures what we told it that we could not write.
    [[nodiscard]] qint64 failed() const { return std::max(counts.failed, refused); }
    [[nodiscard]] qint64 total() const { return std::max(expected, done() + failed() + counts.remaining); }
};

/// What @p retrieval, with its counts, has become by @p summary: Done when something came, and all that was expected.
[[nodiscard]] Retrieval::State stateAfter(const Retrieval& retrieval, const engine::RetrieveSummary& summary);

/// Studies that are fetched from a PACS or moved by it, two at a time. GUI thread.
class Retrievals final : public QObject
{
    Q_OBJECT

public:
    /// With @p traces, what is said with a destination that is traced is recorded.
    explicit Retrievals(std::shared_ptr<engine::Traces> traces = {}, QObject* parent = nullptr);
    /// Asks what runs to stop.
    ~Retrievals() override;
    Q_DISABLE_COPY_MOVE(Retrievals)

    /// Where a study comes from.
    struct Origin
    {
        config::Destination source;
        AeTitle callingAeTitle;
        dicom::Identifier study; ///< as it was found
    };

    /// Over the same association into a folder of its own below @p folder (C-GET). When the PACS does not offer that
    /// and our receiver is on, as @p ownReceiver, it is asked to send there instead (C-MOVE). What is on the same way
    /// already is not fetched or moved again.
    void fetch(const Origin& origin, const QString& folder, const std::optional<AeTitle>& ownReceiver);
    /// The PACS sends to the node it knows as @p to; @p name is that node's for people.
    void move(const Origin& origin, const AeTitle& to, const QString& name);
    void stop(int id);
    /// Forgets what is over.
    void clear();

    /// The newest first.
    [[nodiscard]] const std::vector<Retrieval>& all() const { return m_all; }
    [[nodiscard]] bool isBusy() const;
    /// Studies that wait or move.
    [[nodiscard]] int underWay() const { return static_cast<int>(m_stops.size()); }

Q_SIGNALS:
    void aboutToInsert(); ///< at the front
    void inserted();
    void aboutToRemove(int row);
    void removed();
    void listChanged(); ///< after all of them
    void changed(int row);
    void ended(const radpost::ui::Retrieval& retrieval);

private:
    struct Outcome
    {
        Result<engine::RetrieveSummary> summary;
        bool cameHere = true; ///< false: it went through our receiver
    };
    using Work = std::function<Outcome(engine::QueryClient&, const engine::QueryClient::Progress&, const CancelToken&)>;

    void start(const Origin& origin, Retrieval retrieval, Work work);
    void begin(int id);
    void show(int id, const engine::RetrieveCounts& counts);
    void end(int id, const Outcome& outcome);
    [[nodiscard]] bool isOnItsWay(const Retrieval& retrieval) const;
    [[nodiscard]] int rowOf(int id) const;

    const std::shared_ptr<engine::Traces> m_traces;
    std::vector<Retrieval> m_all;
    std::map<int, CancelSource> m_stops;
    int m_lastId = 0;
    Background m_network; // last: it waits for what runs
};

} // namespace radpost::ui
