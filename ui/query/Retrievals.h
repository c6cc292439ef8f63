#pragma once

#include "core/engine/QueryClient.h"

#include "ui/common/Background.h"

#include <QObject>

#include <map>
#include <optional>
#include <vector>

namespace radpost::ui {

/// One study on its way from a PACS.
struct Retrieval
{
    enum class State { Waiting, Running, Done, Partly, Stopped, Failed };

    int id = 0;
    QString patient; ///< as it is shown
    QString source;  ///< name of the PACS
    QString target;  ///< name of the node it goes to; empty: this computer
    State state = State::Waiting;
    qint64 expected = 0; ///< instances, as the PACS said in the search; 0: it did not
    engine::RetrieveCounts counts;
    qint64 received = 0;        ///< here, when it comes here
    QString folder;             ///< likewise
    std::optional<Error> error; ///< of Failed

    [[nodiscard]] bool isOver() const { return state != State::Waiting && state != State::Running; }
    [[nodiscard]] bool comesHere() const { return target.isEmpty(); }
};

/// Studies that are fetched from a PACS or moved by it, two at a time. GUI thread.
class Retrievals final : public QObject
{
    Q_OBJECT

public:
    explicit Retrievals(QObject* parent = nullptr);
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
    /// and our receiver is on, as @p ownReceiver, it is asked to send there instead (C-MOVE).
    void fetch(const Origin& origin, const QString& folder, const std::optional<AeTitle>& ownReceiver);
    /// The PACS sends to the node it knows as @p to; @p name is that node's for people.
    void move(const Origin& origin, const AeTitle& to, const QString& name);
    void stop(int id);
    /// Forgets what is over.
    void clear();

    /// The newest first.
    [[nodiscard]] const std::vector<Retrieval>& all() const { return m_all; }
    [[nodiscard]] bool isBusy() const;

Q_SIGNALS:
    void listChanged();
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
    [[nodiscard]] int rowOf(int id) const;

    std::vector<Retrieval> m_all;
    std::map<int, CancelSource> m_stops;
    int m_lastId = 0;
    Background m_network; // last: it waits for what runs
};

} // namespace radpost::ui
