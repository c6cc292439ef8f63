#pragma once

#include "core/base/Result.h"
#include "core/config/Expectation.h"
#include "core/config/Settings.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace radpost::config {

enum class ProblemKind {
    Syntax,        ///< not TOML
    UnknownKey,    ///< no key has this name here
    BadValue,      ///< not what expectation says
    Missing,       ///< a key that must be there is not
    Contradiction, ///< good alone, not together with another key
    DuplicateName, ///< two destinations with one name, without regard to case
    NewerVersion,  ///< written by a newer Radpost
    Rule,          ///< what RuleFault says
};

/// What is wrong with a rule or a group of destinations; typed, so that app/ and ui/ can say it in the user's language.
enum class RuleFault {
    None,
    NotTables,          ///< rules are written as [[rule]], groups as [[group]]
    UnknownDestination, ///< neither a destination nor a group
    UnknownMember,      ///< of a group: not a destination
    MemberTwice,
    EmptyGroup,
    NameTaken,       ///< two rules, two groups, or a group and a destination
    NoAction,        ///< a rule that neither sends, drops nor holds
    SendTwice,       ///< to the same one
    UnknownProfile,  ///< of transforms: there is none but "none" yet
    ActionAndSend,   ///< drop and hold send nothing
    DropContinues,   ///< drop and hold always stop
    WaitsForNothing, ///< quiet, max_wait, expected without a trigger that waits
    NeverComplete,   ///< max_wait below quiet
    NotACondition,   ///< not a table of tests
    NothingToTest,   ///< an attribute without operator, an operator without attribute
    TwoOperators,
    OperatorDoesNotFit, ///< regex of an address, say
    NoValues,
    BadText, ///< not text, too long, or with control characters
    BadRegex,
    BadAddress, ///< not an address or network
    BadHours,
    BadWeekday,
    BadAttribute, ///< neither a keyword nor a tag, or no path to one
    NoCreator,    ///< a private attribute without its creator
    UnknownSopClass,
    UnknownTransferSyntax,
    BadBound,        ///< of a range: not a number, date, time or age as the attribute has them
    ImpossibleRange, ///< from above until
    TooDeep,
    TooMany,
};

/// One thing that is wrong with a configuration, and where.
struct ConfigProblem
{
    ProblemKind kind = ProblemKind::Syntax;
    QString file;                           ///< empty when the text came from elsewhere
    int line = 0;                           ///< from 1; 0: unknown
    int column = 0;                         ///< from 1, in characters; 0: unknown
    QString key;                            ///< as in the file: "destination.tls.mode"
    QString detail;                         ///< English, one sentence without the position
    std::optional<Expectation> expectation; ///< for BadValue
    RuleFault fault = RuleFault::None;      ///< for Rule
    QString value = {};                     ///< for Rule: what is at fault, as in the file; may be empty
    friend bool operator==(const ConfigProblem&, const ConfigProblem&) = default;

    /// ConfigSyntax or ConfigValue with "file:line:column: key: detail".
    [[nodiscard]] Error toError() const;
};

/// The outcome of reading: problems empty, or a config that must not be used.
struct ParsedConfig
{
    Config config;
    std::vector<ConfigProblem> problems; ///< in the order of the file, all of them
};

/// The version of the file's layout that this program writes and reads.
inline constexpr int kConfigVersion = 1;

/// Reads the text of a configuration file. @p file is for messages only. Any thread; does not touch the disk.
[[nodiscard]] ParsedConfig parseConfig(const QByteArray& toml, const QString& file = {});

/// Where the text of one [[destination]] or [[peer]] lies, for edits that leave the rest alone.
struct DestinationBlock
{
    QString name;
    int firstLine = 0; ///< of the header, from 1
    int endLine = 0;   ///< of what follows it: the line after the block
};

/// Blocks in the order of the file; empty when a destination is not written as a [[destination]] table.
[[nodiscard]] std::vector<DestinationBlock> destinationBlocks(const QByteArray& toml);
/// Likewise; a peer may have no name.
[[nodiscard]] std::vector<DestinationBlock> peerBlocks(const QByteArray& toml);

/// Where the value of one setting stands: from the character at line and column up to, without, endLine and endColumn.
struct ValuePlace
{
    QString key; ///< dotted
    int line = 0;
    int column = 0;
    int endLine = 0;
    int endColumn = 0;
};

/// Of the keys outside the destinations; empty when @p toml cannot be read.
[[nodiscard]] std::vector<ValuePlace> settingPlaces(const QByteArray& toml);

} // namespace radpost::config
