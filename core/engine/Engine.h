#pragma once

#include "core/base/CancelToken.h"
#include "core/config/Destination.h"
#include "core/config/Serve.h"
#include "core/engine/EngineListener.h"
#include "core/engine/History.h"
#include "core/engine/ProofPolicy.h"
#include "core/engine/ReceivedIndex.h"
#include "core/engine/StudyTree.h"
#include "core/engine/Traces.h"
#include "core/queue/Progress.h"
#include "core/queue/Receipt.h"
#include "core/store/StatisticsRepository.h"
#include "core/store/BacklogRepository.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace radpost::observe {
struct TransferMetrics;
}

namespace radpost::store {
class Ledger;
}

namespace radpost::queue {
class Dispatcher;
class JobQueue;
class WaitClock;
} // namespace radpost::queue

namespace radpost::engine {

class CommitmentBook;

enum class LedgerAccess {
    ReadWrite, ///< one process at a time; needed for everything but looking
    ReadOnly,  ///< beside a process that sends: jobs and receipts
};

struct EngineParams
{
    QString dataFolder; ///< holds the ledger and unpacked archives; made with mode 0700
    LedgerAccess access = LedgerAccess::ReadWrite;
    AeTitle callingAeTitle{"RADPOST"}; ///< for destinations that name none
    int scanThreads = 2;
    int maxAssociations = 0; ///< at once with one destination, whatever it allows; 0: as it allows
    /// After its end a job that needs nobody stays in the ledger for so long; 0: for ever. See LedgerKeeper.
    std::chrono::days keepJobs{0};
    /// The destination of that name as it is set now, none when there is none: what jobs go on with that were made for
    /// an older one. Any thread. None: they go on with that of the newest job to it.
    std::function<std::optional<config::Destination>(const QString& name)> currentDestination;
    /// A destination that cannot be reached for this long stops its jobs with the reason; 0: never give up.
    std::chrono::milliseconds giveUpAfter{0};
    /// Where associations with destinations are recorded on demand, shared with whoever asks for it. None: nothing is.
    std::shared_ptr<Traces> traces{};
    observe::TransferMetrics* metrics = nullptr; ///< outlives the engine; null: nothing is counted
    config::ReceiveDurability durability = config::ReceiveDurability::PowerLoss; ///< of what the ledger commits
    /// Where reports of storage commitment come to, open from the first job that wants them on; 0: a free one. None:
    /// only those on the association of the request are heard.
    std::optional<quint16> commitmentPort{};
    QString commitmentAddress{}; ///< to listen on; empty: all
    ProofPolicy proof{};
    /// Outlives the engine; null: the machine's. That of jobs, deliveries and the ledger; time limits of the network
    /// are always the machine's.
    const queue::WaitClock* clock = nullptr;
    /// Takes the orders of other processes (OrderDesk) while it has the ledger open. Not for who ends as soon as its
    /// own order is carried out: what it took would end with it.
    bool takesOrders = true;
    bool provesFromStart = false; ///< evidence that a process before was asking for is asked for on at once
};

/// What engine/ composes further parts from.
struct EngineParts
{
    store::Ledger& ledger;
    queue::JobQueue& jobs;
    queue::Dispatcher& dispatcher;
};

/// What is asked of one send.
struct SendRequest
{
    QStringList paths;
    std::vector<config::Destination> destinations; ///< one job each, with independent fate
    QString title;                                 ///< empty: made from the paths
    int priority = 0;                              ///< higher first
    QList<SeriesInstanceUid> onlySeries;           ///< empty: everything
    QList<SeriesKey> onlyKeys{};               ///< the same, where one UID stands for several series; empty: everything
    std::optional<store::ProofWanted> proof{}; ///< none: what each destination's settings want
    /// What a destination has already (C-FIND at IMAGE level, by SOP Instance UID) is skipped with that reason. One
    /// that cannot be asked gets nothing: its job is stopped.
    bool onlyMissing = false;
};

/// One job with how it stands.
struct JobSummary
{
    store::JobRow job;
    store::StateCounts counts;
};

/// The engine as app/ and ui/ see it: jobs go in; progress, events and receipts come out. Any thread; calls that block
/// on more than a short look at the ledger say so. While it has the ledger open for writing, it does what commands of
/// other processes ask of it (OrderDesk).
class Engine final
{
public:
    /// Opens the ledger; sends nothing yet. @p listener, when given, must outlive the engine. Blocks on files.
    /// Errors: LedgerLocked (another process sends), LedgerNewer, LedgerCorrupt, LedgerUnreadable, DiskFull.
    [[nodiscard]] static Result<std::unique_ptr<Engine>> open(
        const EngineParams& params, EngineListener* listener = nullptr);

    /// stop() with no patience.
    ~Engine();
    Q_DISABLE_COPY_MOVE(Engine)

    /// Writes one job per destination, then scans and sends in the background.
    /// @return the jobs, in the order of the destinations. Errors: InvalidArgument (no path, no destination),
    /// FileNotFound when none of the paths exists, those of the ledger.
    [[nodiscard]] Result<QList<JobId>> send(const SendRequest& request);

    /// Goes on with a job that a stop or a crash left, that was paused, or that was stopped for the operator. What is
    /// stored is not sent again; a scan that was cut short is done again for the rest. The destination is the one that
    /// EngineParams::currentDestination gives, else that of the newest job of the same name. Of a job that is sent, its
    /// evidence is asked for on. Errors: JobNotFound.
    [[nodiscard]] Result<> resume(JobId job);

    /// resume() for every job that a stop or a crash left, that was stopped for the operator, or whose evidence is
    /// still to be had; with a name, only those to that destination. @return them, oldest first.
    [[nodiscard]] Result<QList<JobId>> resumeUnfinished(const QString& destinationName = {});

    [[nodiscard]] Result<> pause(JobId job);
    [[nodiscard]] Result<> cancel(JobId job);

    /// Every failed delivery of @p job, and each one that the destination did not prove, is sent again, to the
    /// destination as with resume(). @return how many; when there is none, a finished job stays as it is.
    [[nodiscard]] Result<qint64> retryFailed(JobId job);
    /// Only those that failed by @p cause.
    [[nodiscard]] Result<qint64> retryFailed(JobId job, const store::FailureCause& cause);

    /// The failures of a job that is at rest need nobody any more; until it goes on. Errors: JobNotFound,
    /// InvalidArgument.
    [[nodiscard]] Result<> settle(JobId job);

    /// send() with the title, sources and series of @p job. Errors: as send(), JobNotFound.
    [[nodiscard]] Result<QList<JobId>> sendAgain(JobId job, const std::vector<config::Destination>& destinations);

    /// Higher goes first among the jobs of a destination.
    [[nodiscard]] Result<> setPriority(JobId job, int priority);

    /// Holds or releases every job of a destination; survives a restart.
    [[nodiscard]] Result<> pauseDestination(const QString& name);
    [[nodiscard]] Result<> resumeDestination(const QString& name);

    /// The destination as EngineParams::currentDestination has it.
    [[nodiscard]] std::optional<config::Destination> destinationNow(const QString& name) const;
    /// Names of the destinations that a person holds, as the ledger spells them.
    [[nodiscard]] Result<QStringList> pausedDestinations() const;

    /// Tries the destination of a job that is being sent at once, when it was out of reach or refused, instead of at
    /// JobProgress::nextTryAt. Does not block. Errors: JobNotFound (nobody sends it), those of checkWritable().
    [[nodiscard]] Result<> tryNow(JobId job);

    /// Blocks until no scan runs and every job taken up is at rest or held by its paused destination, or @p cancel is
    /// pulled.
    [[nodiscard]] Result<> waitUntilAtRest(const CancelToken& cancel);

    /// Blocks until no evidence of @p jobs is on its way any more: all is there, or known to be missing, or nobody is
    /// asked again. Errors: Cancelled, those of the ledger.
    [[nodiscard]] Result<> waitUntilProved(const QList<JobId>& jobs, const CancelToken& cancel);
    /// Opens the port for reports of storage commitment now, for a caller that does not want to send without it.
    /// Nothing is opened where EngineParams name none. Errors: AddressInUse, ListenNotPermitted, LedgerLocked
    /// (read-only).
    [[nodiscard]] Result<> listenForReports();
    /// The port that reports of storage commitment come to; 0: none is open.
    [[nodiscard]] quint16 commitmentPort() const;
    /// For a receiver that reports come to, too; null when the ledger is read only. Lives as long as the engine.
    [[nodiscard]] CommitmentBook* commitmentBook();

    /// Newest first.
    [[nodiscard]] Result<QList<JobSummary>> jobs() const;
    [[nodiscard]] Result<JobSummary> job(JobId job) const;
    /// The same in pages, with filters, and down to instances.
    [[nodiscard]] const History& history() const;
    /// What a gateway in this data folder has received.
    [[nodiscard]] const ReceivedIndex& received() const;

    /// Of a job that is taken up: how it stands now.
    [[nodiscard]] std::optional<queue::JobProgress> progress(JobId job) const;
    [[nodiscard]] Result<queue::Receipt> receipt(JobId job) const;

    /// By destination, what was delivered and what failed for good at or after @p since.
    [[nodiscard]] Result<QList<store::DestinationTally>> tallies(Clock::WallTime since) const;

    /// What the ledger comes to, for support: no name, no ID, no path. Blocks on the ledger.
    [[nodiscard]] Result<store::LedgerStatistics> statistics() const;
    /// Calls @p visit for each patient that the ledger knows: what must not leave the computer. Blocks on the ledger.
    [[nodiscard]] Result<> forEachPatient(
        const std::function<void(const QString& name, const QString& id)>& visit) const;
    /// By destination, what waits to be delivered. Blocks on the ledger; looks at so many rows at most.
    [[nodiscard]] Result<QList<store::DestinationBacklog>> backlog() const;

    /// Nothing when outcomes can be recorded; else why not. Blocks until the ledger's writer has answered, @p limit at
    /// most.
    [[nodiscard]] Result<> checkLedger(std::chrono::milliseconds limit) const;

    /// For a part that comes and goes while the engine lives, a Gateway: it hears what the listener of open() hears.
    /// One at a time.
    void attach(EngineListener& listener);
    /// No call to it is under way once this returns. Not from such a call.
    void detach();

    [[nodiscard]] bool isReadOnly() const;

    /// Only of a ReadWrite engine; not beyond its life.
    [[nodiscard]] EngineParts parts();

    /// Ends scans at once and gives what is on the wire @p patience for its response; the rest stays pending. Blocks.
    void stop(std::chrono::milliseconds patience);

private:
    using RetryCall = std::function<Result<qint64>()>;
    [[nodiscard]] Result<qint64> retry(JobId job, const RetryCall& call);

    struct Private;
    explicit Engine(std::unique_ptr<Private> state);
    std::unique_ptr<Private> d;
};

} // namespace radpost::engine
