#pragma once

#include "core/config/Destination.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <vector>

namespace radpost::config {

/// What a test looks at. In the file the key of the same name: calling_ae, called_ae, address, source, modality,
/// sop_class, transfer_syntax, study_description, hours, weekday, attribute.
enum class Fact {
    CallingAe,
    CalledAe,
    Address, ///< of the peer; networks in CIDR notation
    Source,  ///< by what it came: the name of a listener or of a watch folder
    Modality,
    SopClass,       ///< UID, keyword or name
    TransferSyntax, ///< likewise
    StudyDescription,
    Hours,   ///< local time of day at which it was received
    Weekday, ///< local day at which it was received
    Attribute,
};

enum class Operator {
    In,       ///< equals one of the values
    Contains, ///< one of the values is part of it
    Regex,    ///< one of the values, Perl-compatible, is found in it
    Range,    ///< from <= it <= until; numbers, dates, times, ages, by the attribute's VR
    Exists,   ///< there is a value
};

/// Which values of an attribute with several decide. In the file: values = "any", "all".
enum class Quantity { Any, All };

/// Component group of a person name (PS3.5 6.2). In the file: "any", "alphabetic", "ideographic", "phonetic".
enum class NameGroup { Any, Alphabetic, Ideographic, Phonetic };

struct Test
{
    Fact fact = Fact::Attribute;
    QString attribute; ///< of Fact::Attribute: a path as dicom::parseAttributePath() takes it
    QString creator;   ///< private creator of the path's last tag
    Operator op = Operator::In;
    QStringList values; ///< In, Contains, Regex: at least one
    QString from;       ///< Range; empty: open, not both
    QString until;
    bool exists = true; ///< Exists: what is wanted
    bool ignoreCase = false;
    Quantity quantity = Quantity::Any;
    NameGroup nameGroup = NameGroup::Any;
    friend bool operator==(const Test&, const Test&) = default;
};

/// A tree of tests. All without parts is true.
struct Condition
{
    enum class Kind { All, Any, Not, Test };
    Kind kind = Kind::All;
    std::vector<Condition> parts; ///< Not: one
    Test test;                    ///< Kind::Test
    friend bool operator==(const Condition&, const Condition&) = default;
};

/// In the file: "low", "normal", "high", "urgent".
enum class Priority { Low, Normal, High, Urgent };

/// One destination, or group, that a rule sends to.
struct SendAction
{
    QString to;
    QString profile; ///< of transforms; empty: none
    std::chrono::milliseconds delay{0};
    std::optional<HoursWindow> hours; ///< beside those of the destination; none: always
    Priority priority = Priority::Normal;
    bool onlyMissing = false; ///< what the destination has already (C-FIND at IMAGE level) is left out
    friend bool operator==(const SendAction&, const SendAction&) = default;
};

/// In the file: action = "send", "drop", "hold".
enum class RuleAction {
    Send,
    Drop, ///< no later rule sends it
    Hold, ///< no later rule sees it until a person let it go on
};

/// When what a rule sends starts on its way. In the file: trigger = "instance", "series", "study".
enum class Trigger { Instance, Series, Study };

/// When a series or study counts as complete. Ends of associations mean nothing (PS3.4 B.4).
struct Completion
{
    std::optional<std::chrono::milliseconds> quiet{std::chrono::minutes(1)}; ///< nothing more came; none: by hand only
    std::optional<std::chrono::milliseconds> maxWait;                        ///< since the first instance
    int expected = 0; ///< instances; 0: what the instances say themselves, (0020,1209), (0020,1208)
    friend bool operator==(const Completion&, const Completion&) = default;
};

struct Rule
{
    QString name; ///< unique without regard to case
    QString note; ///< for people
    bool enabled = true;
    Condition when;
    RuleAction action = RuleAction::Send;
    std::vector<SendAction> sends; ///< RuleAction::Send: at least one
    QString reason;                ///< of Drop and Hold, for people
    Trigger trigger = Trigger::Instance;
    Completion completion; ///< unless Trigger::Instance
    bool stop = false;     ///< no later rule is looked at when this one matched
    friend bool operator==(const Rule&, const Rule&) = default;
};

/// In the file: "failover", "balance".
enum class GroupKind {
    Failover, ///< the first member that is healthy
    Balance,  ///< members share studies; a study stays together
};

struct DestinationGroup
{
    QString name; ///< unlike every destination's and other group's
    GroupKind kind = GroupKind::Failover;
    QStringList members; ///< names of destinations
    friend bool operator==(const DestinationGroup&, const DestinationGroup&) = default;
};

/// All rules, in their order, and the groups that they send to. A plain value; any thread.
struct RuleSet
{
    std::vector<DestinationGroup> groups;
    std::vector<Rule> rules;
    friend bool operator==(const RuleSet&, const RuleSet&) = default;

    /// By name, without regard to case; nullptr when there is none.
    [[nodiscard]] const DestinationGroup* findGroup(QStringView name) const;
    [[nodiscard]] const Rule* findRule(QStringView name) const;
};

} // namespace radpost::config
