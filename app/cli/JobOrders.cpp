#include "app/cli/JobOrders.h"

#include "app/cli/Cli.h"
#include "app/cli/Interrupt.h"
#include "app/cli/Session.h"
#include "app/cli/TextWidth.h"
#include "app/common/Format.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::cli {

namespace {

using engine::JobAct;
using engine::JobOrder;
using engine::OrderedJob;
using engine::OrderOutcome;

constexpr auto kPatience = 15s;

void tellPaused(Console& console, const OrderedJob& job)
{
    if (!job.isDone) {
        console.line(Cli::tr("Job %1 is not being sent.").arg(job.job.value));
        return;
    }
    console.event(u"paused"_s, {{u"job"_s, job.job.value}});
    console.line(Cli::tr("Job %1 is paused. Go on with: radpost resume %1").arg(job.job.value));
}

void tellCancelled(Console& console, const OrderedJob& job)
{
    console.event(u"cancelled"_s, {{u"job"_s, job.job.value}, {u"instances"_s, job.instances}});
    console.line(Cli::tr("Job %1 is cancelled; %2 of %3 instances will not be sent.")
                     .arg(QString::number(job.job.value), app::countText(job.instances), app::countText(job.total)));
}

void tellRetried(Console& console, const OrderedJob& job)
{
    if (!job.isDone) {
        console.note(Cli::tr("Nothing failed in job %1.").arg(job.job.value));
        return;
    }
    console.event(u"retry"_s, {{u"job"_s, job.job.value}, {u"instances"_s, job.instances}});
    console.note(Cli::tr("Sending %n instance(s) again", nullptr, static_cast<int>(job.instances)));
}

void tellResumed(Console& console, const OrderedJob& job)
{
    if (!job.isDone) {
        console.note(Cli::tr("Nothing is left to send in job %1.").arg(job.job.value));
        return;
    }
    console.event(u"resumed"_s, {{u"job"_s, job.job.value}, {u"destination"_s, job.destination}});
}

void tellJob(Console& console, JobAct act, const OrderedJob& job)
{
    switch (act) {
    case JobAct::Pause:
        return tellPaused(console, job);
    case JobAct::Cancel:
        return tellCancelled(console, job);
    case JobAct::Retry:
        return tellRetried(console, job);
    case JobAct::Resume:
        return tellResumed(console, job);
    }
}

void tellDestination(Console& console, const JobOrder& order)
{
    const auto name = printableArgument(order.destination);
    if (order.act == JobAct::Pause) {
        console.event(u"paused"_s, {{u"destination"_s, order.destination}});
        console.line(Cli::tr("Nothing is sent to %1 any more. Go on with: radpost resume --to %1").arg(name));
        return;
    }
    console.event(u"resumed"_s, {{u"destination"_s, order.destination}});
    console.note(Cli::tr("%1 is not paused.").arg(printable(order.destination)));
}

void tellNothing(Console& console, const JobOrder& order)
{
    const auto name = printable(order.destination);
    if (order.act == JobAct::Cancel) {
        console.line(Cli::tr("There is nothing to cancel on the way to %1.").arg(name));
        return;
    }
    console.event(u"nothing-to-do"_s, {{u"command"_s, order.act == JobAct::Retry ? u"retry"_s : u"resume"_s}});
    console.line(order.act == JobAct::Retry ? Cli::tr("Nothing failed on the way to %1.").arg(name)
                                            : Cli::tr("There is nothing to resume."));
}

enum class By { Us, TheOwner };

void tell(Console& console, const JobOrder& order, const OrderOutcome& outcome, By by)
{
    if (outcome.isDestination) {
        tellDestination(console, order);
    }
    for (const auto& job : outcome.jobs) {
        tellJob(console, order.act, job);
    }
    if (outcome.more > 0) {
        console.note(Cli::tr("And %n more job(s).", nullptr, static_cast<int>(outcome.more)));
    }
    // The owner of the ledger leaves out what it is sending; we send nothing yet.
    const bool isComplete = by == By::Us || !outcome.isDestination;
    if (outcome.jobs.isEmpty() && isComplete && order.act != JobAct::Pause) {
        tellNothing(console, order);
    }
}

Result<OrderOutcome> ask(const Session& session, const JobOrder& order)
{
    const Interrupt interrupt;
    return engine::askOwner(session.dataFolder(), order, kPatience, interrupt.token());
}

Result<OrderOutcome> carryOutHere(const Session& session, const JobOrder& order)
{
    auto params = session.engineParams(engine::LedgerAccess::ReadWrite);
    params.takesOrders = false;
    const auto engine = engine::Engine::open(params);
    return engine ? engine::carryOut(**engine, order) : fail(engine.error());
}

Result<OrderOutcome> carryOutOrAsk(const Session& session, const JobOrder& order)
{
    const auto isLocked = [](const auto& outcome) {
        return !outcome && outcome.error().code == ErrorCode::LedgerLocked;
    };
    auto here = carryOutHere(session, order);
    if (!isLocked(here)) {
        return here;
    }
    auto asked = ask(session, order);
    if (asked || asked.error().code != ErrorCode::LedgerOwnerSilent) {
        return asked;
    }
    here = carryOutHere(session, order); // the owner may have come to its end before it took the request
    return isLocked(here) ? asked : here;
}

void sayWithoutEffect(Console& console, const Arguments& arguments, const QStringList& options)
{
    for (const auto& option : options) {
        if (arguments.has(option)) {
            console.note(Cli::tr("--%1 has no effect: another Radpost sends.").arg(option));
        }
    }
}

} // namespace

OptionSpec choiceOption()
{
    return {u"to"_s, u"NAME"_s, Cli::tr("The destination, with all its jobs, instead of one JOB."), {}};
}

std::optional<JobOrder> jobOrder(Session& session, const Arguments& arguments, JobAct act, const QString& command)
{
    const auto destination = arguments.value(u"to"_s);
    const auto text = arguments.positional().value(0);
    if (text.isEmpty() == destination.isEmpty()) {
        session.misused(Cli::tr("Give either the number of a job or --to NAME."), command);
        return std::nullopt;
    }
    if (!destination.isEmpty()) {
        return JobOrder{act, std::nullopt, destination};
    }
    const auto job = parseJobId(text);
    if (!job) {
        session.misused(Cli::tr("%1 is not the number of a job.").arg(text), command);
        return std::nullopt;
    }
    return JobOrder{act, *job, {}};
}

ExitCode runOrder(Session& session, const JobOrder& order)
{
    const auto outcome = carryOutOrAsk(session, order);
    if (!outcome) {
        return session.failed(outcome.error());
    }
    tell(session.console(), order, *outcome, By::TheOwner);
    return ExitCode::Ok;
}

Result<QList<JobId>> beginHere(Session& session, engine::Engine& engine, const JobOrder& order)
{
    return engine::carryOut(engine, order).map([&](const OrderOutcome& outcome) {
        tell(session.console(), order, outcome, By::Us);
        QList<JobId> jobs;
        for (const auto& job : outcome.jobs) {
            jobs.append(job.job);
        }
        return jobs;
    });
}

ExitCode runElsewhere(Session& session, const JobOrder& order, const Arguments& arguments, const QStringList& options)
{
    auto& console = session.console();
    sayWithoutEffect(console, arguments, options);
    const auto outcome = ask(session, order);
    if (!outcome) {
        return session.failed(outcome.error());
    }
    tell(console, order, *outcome, By::TheOwner);
    for (const auto& job : outcome->jobs) {
        if (job.isDone) {
            console.line(Cli::tr("Job %1 to %2 goes on in the Radpost that runs. See: radpost show %1")
                             .arg(QString::number(job.job.value), printable(job.destination)));
        }
    }
    return ExitCode::Ok;
}

} // namespace radpost::cli
