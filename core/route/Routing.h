#pragma once

#include "core/config/Rule.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <vector>

namespace radpost::route {

enum class Verdict {
    Yes,
    No,
    Undecided, ///< cannot be judged: nothing may rest on it, nor on its opposite
};

/// Why a test is as it is.
enum class Why {
    Fits,
    Differs,
    Absent,        ///< the attribute, or the fact, is not there
    Empty,         ///< the attribute is there without a value
    NotComparable, ///< no value is a number, date, time or age, as the range needs it; or it has no values to compare
    CutShort,      ///< too long or too many values to look at all of them
    RegexLimit,    ///< the expression went through too many ways to match
    Unreadable,    ///< the data set could not be read
};

struct TestReport
{
    config::Test test;
    Why why = Why::Differs;
    QStringList seen;        ///< what the instance has, at most kMostSeen values
    bool isPersonal = false; ///< seen may tell about a person
};

struct ConditionReport
{
    config::Condition::Kind kind = config::Condition::Kind::All;
    Verdict verdict = Verdict::Yes;
    std::vector<ConditionReport> parts;
    TestReport test; ///< of Kind::Test
};

enum class RuleState {
    Matched,
    NotMatched,
    Undecided, ///< holds the instance
    Disabled,
    NotReached, ///< a rule before it stopped
};

struct RuleReport
{
    QString rule;
    RuleState state = RuleState::NotMatched;
    ConditionReport condition; ///< empty for Disabled and NotReached
};

/// How the member of a group was found.
enum class ChoiceReason {
    Primary,     ///< the first of a failover group
    Backup,      ///< the first that is healthy
    Balanced,    ///< by the study's place among the healthy ones
    Earlier,     ///< where earlier instances of the study went
    NoneHealthy, ///< none is: as if all were
};

struct GroupChoice
{
    QString group;
    QString member;
    ChoiceReason reason = ChoiceReason::Primary;
    friend bool operator==(const GroupChoice&, const GroupChoice&) = default;
};

/// One instance to one destination, whatever number of rules asked for it.
struct RoutedDelivery
{
    QString destination;
    QString profile;
    std::chrono::milliseconds delay{0};                   ///< after the trigger
    QList<config::HoursWindow> hours;                     ///< in one of these; none: always
    config::Priority priority = config::Priority::Normal; ///< the highest asked for
    config::Trigger trigger = config::Trigger::Instance;
    config::Completion completion; ///< unless Trigger::Instance
    bool onlyMissing = false;      ///< every rule that asked for it wants no more than what is not there yet
    QString waitsBy;               ///< the rule that trigger, completion and delay are of: the soonest
    QStringList rules;             ///< that asked for it, in order
    std::vector<GroupChoice> choices;
    friend bool operator==(const RoutedDelivery&, const RoutedDelivery&) = default;
};

enum class HoldReason {
    Rule,           ///< a rule says so
    Undecided,      ///< a rule could not be judged; those behind it were not looked at
    ProfilesDiffer, ///< two rules send it to one destination with different transform profiles: to that one it is not
                    ///< sent
};

struct Held
{
    HoldReason reason = HoldReason::Rule;
    QString rule;        ///< after which evaluation goes on when a person lets it
    QString text;        ///< of the rule
    QString destination; ///< of ProfilesDiffer
    friend bool operator==(const Held&, const Held&) = default;
};

struct Dropped
{
    QString rule;
    QString text;
    friend bool operator==(const Dropped&, const Dropped&) = default;
};

/// What is to be done with one instance.
struct Routing
{
    std::vector<RoutedDelivery> deliveries;
    std::vector<Held> held;
    std::optional<Dropped> dropped; ///< rules behind did not apply; deliveries of rules before stand
    QStringList matched;            ///< rules, in order
    std::vector<RuleReport> rules;  ///< every rule, in order, when asked for

    /// No rule had anything to say.
    [[nodiscard]] bool isUnmatched() const { return matched.isEmpty() && held.empty(); }
};

inline constexpr qsizetype kMostSeen = 8;

/// The same with "***" in the place of everything that may tell about a person.
[[nodiscard]] Routing masked(Routing routing);

} // namespace radpost::route
