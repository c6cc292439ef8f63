#pragma once

#include "core/config/Rule.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace radpost::ui {

/// How a row of the form compares. One value or several are two choices here, so that a value may hold any character.
enum class Comparison { Is, OneOf, Contains, ContainsOneOf, Matches, Between, HasValue, HasNone };

/// One test as it is typed.
struct DraftTest
{
    bool isNot = false;
    config::Fact fact = config::Fact::Modality;
    QString attribute; ///< of Fact::Attribute
    Comparison comparison = Comparison::Is;
    QString value; ///< several: with semicolons between them; Between: from
    QString until; ///< of Between
    bool ignoreCase = false;
    bool needsAll = false; ///< every value of the attribute must do
    friend bool operator==(const DraftTest&, const DraftTest&) = default;
};

/// One destination or group as it is typed.
struct DraftSend
{
    QString to;
    QString delay;
    QString hours;
    config::Priority priority = config::Priority::Normal;
    bool onlyMissing = false; ///< the destination is asked first
    friend bool operator==(const DraftSend&, const DraftSend&) = default;
};

/// A rule as a form holds it: texts that may still be wrong. A plain value.
struct RuleDraft
{
    QString name;
    QString note;
    bool isEnabled = true;
    bool isAny = false; ///< one test is enough
    std::vector<DraftTest> tests;
    config::RuleAction action = config::RuleAction::Send;
    std::vector<DraftSend> sends;
    QString reason;
    bool stops = false;
    config::Trigger trigger = config::Trigger::Instance;
    QString quiet;
    QString maxWait;
    QString expected;
    friend bool operator==(const RuleDraft&, const RuleDraft&) = default;
};

/// What a problem belongs to.
enum class RuleField { None, Name, Note, Action, Tests, Sends, Reason, Trigger, Quiet, MaxWait, Expected };

/// Where a line of DraftText comes from.
struct DraftPlace
{
    RuleField field = RuleField::None;
    int row = -1; ///< of Tests and Sends; -1: all of them
    friend bool operator==(const DraftPlace&, const DraftPlace&) = default;
};

/// A draft as TOML, one line for each field and row, so that the parser's lines lead back to them.
struct DraftText
{
    QByteArray toml;
    std::vector<DraftPlace> places; ///< of each line
};

/// Nothing when the form cannot show all of @p rule: conditions in conditions, private creators, parts of names,
/// several expressions, values with a semicolon in them.
[[nodiscard]] std::optional<RuleDraft> draftOf(const config::Rule& rule);

[[nodiscard]] DraftText textOf(const RuleDraft& draft);

/// What can be asked of @p fact, in the order in which it is offered.
[[nodiscard]] std::vector<Comparison> comparisonsOf(config::Fact fact);

} // namespace radpost::ui
