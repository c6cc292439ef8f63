#pragma once

#include "core/base/CancelToken.h"
#include "core/base/Result.h"
#include "core/base/StrongId.h"
#include "core/engine/RequestFolder.h"

#include <QList>
#include <QString>

#include <chrono>
#include <functional>
#include <optional>
#include <thread>

namespace radpost::engine {

class Engine;
struct JobSummary;

enum class JobAct { Pause, Resume, Retry, Cancel };

/// What a person wants done with one job, or with a destination and all its jobs. Resume with neither: with every job
/// that is unfinished.
struct JobOrder
{
    JobAct act = JobAct::Pause;
    std::optional<JobId> job{};
    QString destination{};
    friend bool operator==(const JobOrder&, const JobOrder&) = default;
};

struct OrderedJob
{
    JobId job;
    QString destination;
    bool isDone = false;  ///< false: it needs nothing of the kind; see JobAct
    qint64 instances = 0; ///< Retry: that are sent again; Cancel: that will not be sent
    qint64 total = 0;     ///< instances of the job
    friend bool operator==(const OrderedJob&, const OrderedJob&) = default;
};

/// What was really done; committed.
struct OrderOutcome
{
    static constexpr qsizetype kMostJobs = 5000;

    bool isDestination = false; ///< the destination is held, or is no longer
    QList<OrderedJob> jobs;     ///< oldest first
    qint64 more = 0;            ///< jobs beyond kMostJobs for which it was done, too
    friend bool operator==(const OrderOutcome&, const OrderOutcome&) = default;
};

/// Whether something of the job is still to be sent.
[[nodiscard]] bool hasLeft(const JobSummary& summary);

/// Carries out @p order. Blocks on the ledger. Errors: JobNotFound; DestinationNotFound when neither the configuration
/// nor any job knows it; those of Engine.
[[nodiscard]] Result<OrderOutcome> carryOut(Engine& engine, const JobOrder& order);

/// Does @p carry for each of the @p jobs of a destination. One that it no longer concerns (InvalidArgument: it came to
/// its end meanwhile) is left out, and one that fails keeps no other from it. Errors: the first, when nothing was done.
[[nodiscard]] Result<OrderOutcome> carryOutEach(
    const QList<JobSummary>& jobs, const std::function<Result<OrderedJob>(const JobSummary&)>& carry);

/// Has the process that has the ledger of @p dataFolder open do it. Blocks. Errors: those of RequestFolder::ask() and
/// of carryOut().
[[nodiscard]] Result<OrderOutcome> askOwner(
    const QString& dataFolder, const JobOrder& order, std::chrono::milliseconds patience, const CancelToken& cancel);

/// The other end: takes the orders of other processes for an engine, on a thread of its own, from making to
/// destruction.
class OrderDesk final
{
public:
    /// @p engine outlives it.
    OrderDesk(Engine& engine, const QString& dataFolder);
    ~OrderDesk();
    Q_DISABLE_COPY_MOVE(OrderDesk)

private:
    void run(const CancelToken& cancel);

    Engine& m_engine;
    const RequestFolder m_folder;
    CancelSource m_ending;
    std::thread m_thread;
};

// What goes through the folder: one line of JSON with its version. Outside bytes, so a fuzz target reads them.
[[nodiscard]] QByteArray toText(const JobOrder& order);
[[nodiscard]] std::optional<JobOrder> parseJobOrder(const QByteArray& text);
[[nodiscard]] QByteArray toText(const Result<OrderOutcome>& outcome);
/// Errors: what the owner said; Internal for what is no answer.
[[nodiscard]] Result<OrderOutcome> parseOrderOutcome(const QByteArray& text);

} // namespace radpost::engine
