#pragma once

#include "core/config/ConfigParser.h"
#include "core/config/Rule.h"

#include <QByteArray>

#include <functional>
#include <optional>
#include <vector>

namespace radpost::config {

/// What a test gets wrong beyond its shape.
struct TestFault
{
    RuleFault fault = RuleFault::None;
    QString value;  ///< that is at fault, as in the file
    QString detail; ///< English
};

/// What rules are read against.
struct RuleContext
{
    std::optional<QStringList> destinations; ///< names that rules may send to; none: any
    /// Asked for every test whose shape is right; route::checkTest knows dictionary and tables of the Standard. None:
    /// attributes, SOP classes and transfer syntaxes are taken unseen.
    std::function<std::optional<TestFault>(const Test&)> checkTest;
};

struct ParsedRules
{
    RuleSet rules;
    std::vector<ConfigProblem> problems; ///< in the order of the file, all of them; if any, rules must not be used
};

// What one file may hold; more is a mistake, and would only cost time for every instance.
inline constexpr int kMostRules = 1000;
inline constexpr int kMostTestsOfRule = 500;
inline constexpr int kDeepestCondition = 16;
inline constexpr int kMostValuesOfTest = 2000;
inline constexpr int kLongestValue = 1024;

/// Reads [[rule]] and [[group]] of a file of rules: @p toml holds nothing else but a version. @p file is for messages
/// only. Any thread; does not touch the disk.
[[nodiscard]] ParsedRules parseRules(const QByteArray& toml, const QString& file, const RuleContext& context);

/// The same of a configuration file, whose other keys are not looked at and whose destinations the rules may send to.
[[nodiscard]] ParsedRules parseRulesOfConfig(
    const QByteArray& toml, const QString& file, const decltype(RuleContext::checkTest)& checkTest);

/// True when @p toml has keys that only a configuration file has: it is no file of rules alone.
[[nodiscard]] bool isWholeConfig(const QByteArray& toml);

} // namespace radpost::config
