#include "app/cli/ServeFollower.h"

#include "app/cli/Cli.h"
#include "app/cli/HoldText.h"
#include "app/cli/JsonValues.h"
#include "app/cli/TextWidth.h"
#include "app/common/ErrorText.h"
#include "app/common/Format.h"
#include "app/common/Sentences.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

QString stateWord(store::RoutingState state)
{
    switch (state) {
    case store::RoutingState::Unmatched:
        return u"unmatched"_s;
    case store::RoutingState::Dropped:
        return u"dropped"_s;
    case store::RoutingState::Pending:
    case store::RoutingState::Routed:
    case store::RoutingState::LeftOut:
        break;
    }
    return u"routed"_s;
}

QString levelWord(int level)
{
    return static_cast<config::Trigger>(level) == config::Trigger::Series ? u"series"_s : u"study"_s;
}

} // namespace

void ServeFollower::onReceived(const engine::SpooledInstance& instance)
{
    m_console.event(u"received"_s,
        {{u"id"_s, instance.id}, {u"sopInstanceUid"_s, instance.sopInstanceUid.toString()},
            {u"sopClassUid"_s, instance.sopClassUid.toString()},
            {u"transferSyntaxUid"_s, instance.transferSyntaxUid.toString()}, {u"bytes"_s, instance.bytes},
            {u"callingAeTitle"_s, instance.callingAeTitle}, {u"calledAeTitle"_s, instance.calledAeTitle},
            {u"peer"_s, instance.peerAddress}, {u"source"_s, instance.source},
            {u"status"_s, static_cast<int>(instance.status)}, {u"version"_s, instance.version},
            {u"identical"_s, instance.isIdentical}});
}

void ServeFollower::onQuery(const engine::AnsweredQuery& query)
{
    m_console.event(u"queried"_s,
        {{u"service"_s, query.word().toString()}, {u"callingAeTitle"_s, query.callingAeTitle},
            {u"calledAeTitle"_s, query.calledAeTitle}, {u"peer"_s, query.peerAddress}, {u"level"_s, query.level},
            {u"destination"_s, query.destination}, {u"status"_s, static_cast<int>(query.status)},
            {u"broken"_s, query.isBroken}, {u"matches"_s, query.matches}, {u"completed"_s, query.completed},
            {u"failed"_s, query.failed}, {u"warning"_s, query.warning}});
}

void ServeFollower::onJunk(const QString& path, const Error& reason)
{
    m_console.event(u"not-taken"_s, {{u"path"_s, path}, {u"error"_s, toJson(reason)}});
    m_console.note(app::labelled(printable(path), app::errorText(reason).happened));
}

void ServeFollower::onRemoved(qint64 instances)
{
    m_console.event(u"removed"_s, {{u"instances"_s, instances}});
}

void ServeFollower::tellHeld(const engine::RoutedInstance& instance, const store::SpoolHold& hold)
{
    m_console.event(u"held"_s,
        {{u"id"_s, instance.id}, {u"sopInstanceUid"_s, instance.sopInstanceUid.toString()},
            {u"reason"_s, holdWord(hold.reason)}, {u"rule"_s, hold.rule}, {u"text"_s, hold.text},
            {u"destination"_s, hold.destination}});
    const std::lock_guard lock(m_mutex);
    ++m_held[holdText(hold)];
}

void ServeFollower::onRouted(const engine::RoutedInstance& instance)
{
    m_console.event(u"routed"_s,
        {{u"id"_s, instance.id}, {u"sopInstanceUid"_s, instance.sopInstanceUid.toString()},
            {u"callingAeTitle"_s, instance.callingAeTitle}, {u"state"_s, stateWord(instance.state)},
            {u"rules"_s, QJsonArray::fromStringList(instance.rules)},
            {u"destinations"_s, QJsonArray::fromStringList(instance.destinations)},
            {u"waiting"_s, QJsonArray::fromStringList(instance.waiting)},
            {u"alreadyThere"_s, QJsonArray::fromStringList(instance.alreadyThere)}, {u"reason"_s, instance.reason}});
    for (const auto& hold : instance.holds) {
        tellHeld(instance, hold);
    }
}

void ServeFollower::onComplete(const store::WaitGroup& group, int instances)
{
    m_console.event(u"complete"_s,
        {{u"rule"_s, group.rule}, {u"level"_s, levelWord(group.level)}, {u"uid"_s, group.uid},
            {u"instances"_s, instances}});
}

void ServeFollower::onDelivery(const queue::DeliveryEvent& delivery)
{
    const bool isFailure = delivery.state == store::DeliveryState::Rejected;
    m_console.event(isFailure ? u"failed"_s : u"delivery"_s, toJson(delivery));
}

void ServeFollower::onOutcomesCommitted(const QString& destination, const store::StateCounts& outcomes)
{
    using store::DeliveryState;
    const qint64 stored = outcomes.of(DeliveryState::Stored) + outcomes.of(DeliveryState::StoredWithWarning);
    if (stored > 0) {
        m_console.event(u"delivered"_s, {{u"destination"_s, destination}, {u"instances"_s, stored}});
    }
    const auto rejected = static_cast<int>(outcomes.of(DeliveryState::Rejected));
    if (rejected > 0) {
        const std::lock_guard lock(m_mutex);
        m_failed[destination] += rejected;
    }
}

void ServeFollower::onJobAtRest(const queue::JobProgress& progress)
{
    using store::DeliveryState;
    m_console.event(u"job-at-rest"_s, toJson(progress));
    const qint64 stored =
        progress.counts.of(DeliveryState::Stored) + progress.counts.of(DeliveryState::StoredWithWarning);
    m_console.note(
        Cli::tr("%1: %2 of %3 instances delivered (job %4, %5).")
            .arg(printable(progress.destinationName), app::countText(stored), app::countText(progress.counts.total()),
                QString::number(progress.job.value), printable(progress.title)));
}

void ServeFollower::onDestinationDown(const QString& destination, const Error& error, Clock::WallTime nextTryAt)
{
    m_console.event(u"destination-down"_s,
        {{u"destination"_s, destination}, {u"error"_s, toJson(error)}, {u"nextTryAt"_s, toJson(nextTryAt)}});
    m_console.note(app::labelled(printable(destination),
        app::sentences(
            {app::errorText(error).happened, Cli::tr("Next try at %1.").arg(app::dateTimeText(nextTryAt).right(8))})));
}

void ServeFollower::onDestinationUp(const QString& destination)
{
    m_console.event(u"destination-up"_s, {{u"destination"_s, destination}});
    m_console.note(Cli::tr("%1 answers again.").arg(printable(destination)));
}

void ServeFollower::onLedgerFailed(const Error& error)
{
    m_console.event(u"ledger-failed"_s, {{u"error"_s, toJson(error)}});
    m_console.complain(app::errorText(error).happened);
}

void ServeFollower::onLedgerRecovered()
{
    m_console.event(u"ledger-recovered"_s);
}

void ServeFollower::tellGathered()
{
    std::map<QString, int> held;
    std::map<QString, int> failed;
    {
        const std::lock_guard lock(m_mutex);
        held.swap(m_held);
        failed.swap(m_failed);
    }
    for (const auto& [why, count] : held) {
        m_console.note(app::sentences({Cli::tr("%n instance(s) held.", nullptr, count), why}));
    }
    for (const auto& [destination, count] : failed) {
        m_console.note(
            Cli::tr("%1 rejected %n instance(s); \"radpost jobs\" tells which job to look at.", nullptr, count)
                .arg(printable(destination)));
    }
}

} // namespace radpost::cli
