#pragma once

#include "core/base/Result.h"
#include "core/config/RuleParser.h"
#include "core/route/GroupSelector.h"
#include "core/route/InstanceFacts.h"
#include "core/route/Routing.h"

#include <memory>
#include <vector>

namespace radpost::route {

/// What to evaluate, and how much to tell.
struct EvaluateOptions
{
    bool explains = false; ///< report every rule and every test; costs more
    QString afterRule;     ///< only rules behind this one: what a person let go on; empty: all
};

/// Rules made ready: expressions compiled, names of the Standard resolved, each attribute wanted once. Immutable;
/// any thread. The cost of an instance is bounded by the rules, whatever the instance holds: values are cut at
/// kLongestRegexInput characters, expressions give up after kMostRegexSteps.
///
/// Rules are looked at in order. One that matches adds its deliveries, and ends it if it says so. One that cannot be
/// judged holds the instance and ends it. Deliveries to one destination become one: highest priority, soonest trigger,
/// hours of any.
class RuleBook final
{
public:
    static constexpr qsizetype kLongestRegexInput = 4096;
    static constexpr int kMostRegexSteps = 50'000;

    /// @p rules as parsed. Blocks on the first use of the dictionary. Errors: ConfigValue with rule and fault, for
    /// rules that did not come from loadRules().
    [[nodiscard]] static Result<std::shared_ptr<const RuleBook>> compile(config::RuleSet rules);

    ~RuleBook();
    Q_DISABLE_COPY_MOVE(RuleBook)

    [[nodiscard]] const config::RuleSet& rules() const;

    /// What AttributeReader must read for the facts.
    [[nodiscard]] const std::vector<dicom::AttributePath>& attributes() const;

    /// How many instances the series or study has, as an instance of it says: Number of Series Related Instances
    /// (0020,1209), Number of Study Related Instances (0020,1208). 0: it does not say. For CompletionTracker.
    [[nodiscard]] int announcedCount(const InstanceFacts& facts, config::Trigger level) const;

    /// A pure function of its arguments; does not block.
    [[nodiscard]] Routing evaluate(
        const InstanceFacts& facts, const Surroundings& surroundings = {}, const EvaluateOptions& options = {}) const;

private:
    struct Private;
    explicit RuleBook(std::unique_ptr<Private> data);
    std::unique_ptr<Private> d;
};

/// What config::RuleContext asks: whether dictionary and tables of the Standard know what @p test names, and whether
/// its range can hold anything. Blocks on the first use of the dictionary; any thread.
[[nodiscard]] std::optional<config::TestFault> checkTest(const config::Test& test);

struct LoadedRules
{
    std::shared_ptr<const RuleBook> book; ///< nullptr when there are problems
    std::vector<config::ConfigProblem> problems;
};

/// Reads rules of a file of rules, whose destinations are @p destinations, or of a configuration file, which holds its
/// destinations itself; what it is shows in @p toml. @p file is for messages only.
[[nodiscard]] LoadedRules loadRules(const QByteArray& toml, const QString& file, const QStringList& destinations);

} // namespace radpost::route
