#pragma once

#include "ui/common/Backend.h"

#include <QObject>
#include <QTimer>

#include <map>

namespace radpost::ui {

/// What moves, in sum.
struct ActivitySummary
{
    int runningJobs = 0;
    int heldUpJobs = 0;            ///< of the running ones, those that wait for their destination
    double instancesPerSecond = 0; ///< of what is being sent
    double bytesPerSecond = 0;
    std::optional<std::chrono::seconds> eta; ///< of the job that ends last, when all know theirs
    qint64 left = 0;                         ///< instances of running jobs that are not final
    int unfinishedJobs = 0;                  ///< that do not run
    qint64 waiting = 0;                      ///< their instances that are not final
    qint64 needingPerson = 0;                ///< jobs that are stopped or have failures nobody has seen to
    std::optional<Error> ledgerError;        ///< nothing is sent that could not be recorded
    friend bool operator==(const ActivitySummary&, const ActivitySummary&) = default;
};

/// Keeps the sum of what the engine does. Beside a process that sends, it looks into the ledger every two seconds.
/// GUI thread.
class ActivityMonitor final : public QObject
{
    Q_OBJECT

public:
    explicit ActivityMonitor(Backend& backend, QObject* parent = nullptr);

    [[nodiscard]] const ActivitySummary& summary() const { return m_summary; }

    /// Goes on with every job that a stop, a crash or a fault left unfinished.
    void resumeUnfinished();

    /// Looks into the ledger again.
    void refresh() { readLedger(); }
    /// Pauses every job that runs; resumePaused() goes on with those, and with no other.
    void pauseAll();
    void resumePaused();
    [[nodiscard]] bool hasPausedHere() const { return !m_pausedHere.isEmpty(); }

Q_SIGNALS:
    void changed();
    /// What resumeUnfinished() went on with.
    void resumed(const QList<radpost::JobId>& jobs);
    void failed(const radpost::Error& error);

private:
    void followState();
    void readLedger();
    void takeLedger(const engine::JobStandings& standings);
    void takeProgress(const queue::JobProgress& progress);
    void takeRest(const queue::JobProgress& progress);
    void sumUp();

    Backend& m_backend;
    QTimer m_poll;
    std::map<JobId, queue::JobProgress> m_running;
    std::map<JobId, qint64> m_unfinished; // of the ledger: instances that are not final
    qint64 m_needingPerson = 0;
    QList<JobId> m_pausedHere;
    std::optional<Error> m_ledgerError;
    ActivitySummary m_summary;
};

} // namespace radpost::ui
