#pragma once

#include "core/queue/Progress.h"

#include <QList>
#include <QObject>

#include <map>
#include <optional>

namespace radpost::ui {

class EngineEvents;

/// How what was sent last from the Send page stands, over all its destinations.
struct SentStanding
{
    enum class Phase {
        Nothing,   ///< nothing was sent
        Starting,  ///< the job is being written
        OnTheWay,  ///< some job goes on by itself
        Paused,    ///< nothing moves until a person resumes a job
        Cancelled, ///< over, and a person ended some of it
        Stopped,   ///< over for now: a job needs a person
        Failed,    ///< over, and not everything is stored
        Stored,    ///< over, and everything is stored
    };
    Phase phase = Phase::Nothing;
    qint64 sent = 0;
    qint64 failed = 0;
    qint64 total = 0;
    std::optional<Error> stopReason;

    /// It may be sent again: none of it is on its way any more.
    [[nodiscard]] bool isOver() const { return phase >= Phase::Cancelled; }
    friend bool operator==(const SentStanding&, const SentStanding&) = default;
};

/// Follows the jobs of one send. GUI thread.
class SentJobs final : public QObject
{
    Q_OBJECT

public:
    explicit SentJobs(EngineEvents& events, QObject* parent = nullptr);

    /// A send begins: what is told from now on may be of its jobs.
    void begin();
    void follow(const QList<JobId>& jobs);
    void forget();

    [[nodiscard]] const QList<JobId>& jobs() const { return m_jobs; }
    [[nodiscard]] const SentStanding& standing() const { return m_standing; }

Q_SIGNALS:
    void changed();

private:
    void take(const queue::JobProgress& progress);
    void sumUp();
    [[nodiscard]] SentStanding sum() const;

    bool m_isStarting = false;
    QList<JobId> m_jobs;
    std::map<JobId, queue::JobProgress> m_told; // since begin(); of other jobs, too, until it is known which are ours
    SentStanding m_standing;
};

} // namespace radpost::ui
