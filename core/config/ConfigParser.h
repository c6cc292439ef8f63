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

/// Where the text of one [[destination]] lies, for edits that leave the rest alone.
struct DestinationBlock
{
    QString name;
    int firstLine = 0; ///< of the header, from 1
    int endLine = 0;   ///< of what follows it: the line after the block
};

/// Blocks in the order of the file; empty when a destination is not written as a [[destination]] table.
[[nodiscard]] std::vector<DestinationBlock> destinationBlocks(const QByteArray& toml);

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
