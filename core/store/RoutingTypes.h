#pragma once

#include "core/store/LedgerTypes.h"
#include "core/store/SpoolTypes.h"

#include <QList>
#include <QString>

#include <chrono>
#include <optional>

/// What the rules made of received instances, as the index keeps it. The numbers of the enumerations are stored: never
/// reuse one.
namespace radpost::store {

enum class RoutingState {
    Pending = 0,   ///< not routed yet
    Routed = 1,    ///< it has deliveries, waits or holds, or had some
    Unmatched = 2, ///< no rule wanted it: it stays
    Dropped = 3,   ///< a rule or a person said that it goes nowhere
    LeftOut = 4,   ///< every destination that it was meant for has it
};

/// Why a person is needed. The first three are route::HoldReason.
enum class HoldReason {
    Rule = 0,
    Undecided = 1,
    ProfilesDiffer = 2,
    TransformMissing = 3,   ///< the rule wants a transform profile, which cannot be carried out: nothing is sent
    DestinationMissing = 4, ///< the configuration has no such destination any more
    FileMissing = 5,        ///< the file of the spool is gone
};

/// An instance of the spool with all that routing and forwarding want to know of it.
struct RoutableInstance
{
    qint64 id = 0;
    SopClassUid sopClassUid;
    SopInstanceUid sopInstanceUid;
    TransferSyntaxUid transferSyntaxUid;
    SpoolSource source;
    QString sourceName; ///< of a watch folder
    int version = 1;    ///< above 1: another content of its UID came before
    SpoolSeries series;
    qint64 fileBytes = 0;
    qint64 dataSetOffset = 0;
    WallTime receivedAt;
    QString afterRule; ///< only rules behind it are looked at; empty: all
};

/// What waits: instances that one rule wants of one series or study.
struct WaitGroup
{
    QString rule;
    int level = 0; ///< config::Trigger
    QString uid;
    friend bool operator==(const WaitGroup&, const WaitGroup&) = default;
};

/// When a group is complete; config::Completion with what the instances say themselves.
struct WaitTerms
{
    std::optional<std::chrono::milliseconds> quiet;
    std::optional<std::chrono::milliseconds> maxWait;
    int expected = 0;
    int announced = 0;
    friend bool operator==(const WaitTerms&, const WaitTerms&) = default;
};

/// A delivery that is to come.
struct SpoolWait
{
    qint64 spoolId = 0;
    QString destination;
    WaitGroup group; ///< its uid is empty: only for the time
    WaitTerms terms;
    std::chrono::milliseconds delay{0}; ///< after the group is complete
    QString hours;                      ///< "22:00-06:00", joined by comma; empty: always
    int priority = 0;                   ///< config::Priority
    WallTime arrivedAt;
    std::optional<WallTime> dueAt; ///< none: it waits for its group
    bool onlyMissing = false;      ///< the destination is asked first; what it has is left out
    friend bool operator==(const SpoolWait&, const SpoolWait&) = default;
};

/// A group as the index knows it, enough to go on after a restart.
struct WaitingGroup
{
    WaitGroup group;
    WaitTerms terms; ///< of the instance that came last
    int waiting = 0;
    WallTime first;
    WallTime last;
};

struct SpoolHold
{
    qint64 id = 0; ///< given by add()
    qint64 spoolId = 0;
    HoldReason reason = HoldReason::Rule;
    QString rule;
    QString text;
    QString destination;
    QString afterRule; ///< that the instance was judged behind
    WallTime heldAt;
    friend bool operator==(const SpoolHold&, const SpoolHold&) = default;
};

/// A hold with what a person wants to see of its instance.
struct HeldInstance
{
    SpoolHold hold;
    SopInstanceUid sopInstanceUid;
    QString studyInstanceUid;
    QString modality;
    QString studyDescription;
    SpoolSource source;
    qint64 fileBytes = 0;
};

/// An instance that may leave the spool.
struct RemovableInstance
{
    qint64 id = 0;
    WallTime since; ///< when it came, or when it was last tried to be delivered
};

struct SpoolShare
{
    qint64 instances = 0;
    qint64 bytes = 0;
    friend bool operator==(const SpoolShare&, const SpoolShare&) = default;
};

struct DestinationShare
{
    QString destination;
    SpoolShare share;
    friend bool operator==(const DestinationShare&, const DestinationShare&) = default;
};

/// Why instances are in the spool. One that is there for several causes is counted with each.
struct SpoolReport
{
    SpoolShare all;
    SpoolShare unrouted;
    QList<DestinationShare> undelivered; ///< pending or to be tried again
    QList<DestinationShare> rejected;    ///< for good, and nobody has settled it
    SpoolShare waiting;                  ///< for completeness of a series or study, or for a time
    SpoolShare held;
    SpoolShare unmatched;
    SpoolShare kept; ///< nothing is left to be done: the retention time runs
    std::optional<WallTime> oldestUndelivered;
};

} // namespace radpost::store
