#pragma once

#include "core/base/Result.h"
#include "core/config/Rule.h"

#include <QByteArray>

namespace radpost::config {

/// One [[rule]] or [[group]] as TOML. Keys that have their default are left out. Ends with a newline.
[[nodiscard]] QByteArray ruleToToml(const Rule& rule);
[[nodiscard]] QByteArray groupToToml(const DestinationGroup& group);

/// A text as TOML has it, in quotes.
[[nodiscard]] QByteArray textToToml(const QString& text);

/// A whole file of rules.
[[nodiscard]] QByteArray rulesToToml(const RuleSet& rules);

/// Puts @p wanted in the place of the rules and groups of @p toml, a configuration or a file of rules. What else
/// the file holds stays, byte for byte; so does the text, comments included, of rules and groups that did not change,
/// also when they moved. Of those that changed and kept their name, the comments above them stay. The result is read
/// back before it is given.
/// Errors: ConfigSyntax, ConfigValue as they stand in @p toml; Unsupported when rules are written inline.
[[nodiscard]] Result<QByteArray> changeRules(const QByteArray& toml, const RuleSet& wanted);

/// Where the text of one [[rule]] or [[group]] lies, for edits that leave the rest alone.
struct RuleBlock
{
    bool isGroup = false;
    int index = 0;     ///< among the rules, or among the groups
    int firstLine = 0; ///< of comments directly above the header, else of the header; from 1
    int endLine = 0;   ///< the line after the block
};

/// In the order of the file; nothing when a rule or group is not written as a table of its own.
[[nodiscard]] std::optional<std::vector<RuleBlock>> ruleBlocks(const QByteArray& toml);

} // namespace radpost::config
