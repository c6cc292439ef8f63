#include "core/route/RuleBook.h"

#include "core/route/CompiledTest_p.h"
#include "core/route/RoutingBuilder_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::route {

namespace {

using config::Condition;
using config::RuleAction;

/// A condition made ready: the tree of config::Condition with compiled leaves.
struct Node
{
    Condition::Kind kind = Condition::Kind::All;
    std::vector<Node> parts;
    std::optional<CompiledTest> test;
};

tl::expected<Node, config::TestFault> compileNode(
    const Condition& condition, std::vector<dicom::AttributePath>& attributes)
{
    Node node;
    node.kind = condition.kind;
    if (condition.kind == Condition::Kind::Test) {
        auto test = CompiledTest::compile(condition.test, attributes);
        if (!test) {
            return tl::unexpected(test.error());
        }
        node.test = *std::move(test);
        return node;
    }
    for (const auto& part : condition.parts) {
        auto compiled = compileNode(part, attributes);
        if (!compiled) {
            return compiled;
        }
        node.parts.push_back(*std::move(compiled));
    }
    return node;
}

constexpr quint32 kStudyRelatedInstances = 0x00201208U;
constexpr quint32 kSeriesRelatedInstances = 0x00201209U;

// Of a top-level number among the attributes, to which it is added.
size_t indexOf(quint32 tag, std::vector<dicom::AttributePath>& attributes)
{
    const dicom::AttributePath path{{dicom::AttributeStep{tag, {}, 0}}, "IS"};
    const auto known = std::find(attributes.begin(), attributes.end(), path);
    const auto index = static_cast<size_t>(known - attributes.begin());
    if (known == attributes.end()) {
        attributes.push_back(path);
    }
    return index;
}

Verdict inverse(Verdict verdict)
{
    if (verdict == Verdict::Undecided) {
        return verdict;
    }
    return verdict == Verdict::Yes ? Verdict::No : Verdict::Yes;
}

// Kleene's logic: what is undecided leaves the whole open unless another part decides it.
Verdict judge(const Node& node, const Look& look, ConditionReport* report)
{
    const bool isAny = node.kind == Condition::Kind::Any;
    const Verdict decisive = isAny ? Verdict::Yes : Verdict::No;
    Verdict verdict = isAny ? Verdict::No : Verdict::Yes;
    if (report != nullptr) {
        report->kind = node.kind;
        report->parts.resize(node.parts.size());
    }
    if (node.test) {
        verdict = node.test->judge(look, report != nullptr ? &report->test : nullptr);
    }
    for (size_t i = 0; i < node.parts.size(); ++i) {
        const Verdict part = judge(node.parts[i], look, report != nullptr ? &report->parts[i] : nullptr);
        if (part == decisive || (part == Verdict::Undecided && verdict != decisive)) {
            verdict = part;
        }
        if (verdict == decisive && report == nullptr && node.kind != Condition::Kind::Not) {
            break;
        }
    }
    verdict = node.kind == Condition::Kind::Not ? inverse(verdict) : verdict;
    if (report != nullptr) {
        report->verdict = verdict;
    }
    return verdict;
}

RuleState stateOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Yes:
        return RuleState::Matched;
    case Verdict::No:
        return RuleState::NotMatched;
    case Verdict::Undecided:
        return RuleState::Undecided;
    }
    return RuleState::NotMatched;
}

} // namespace

struct RuleBook::Private
{
    config::RuleSet rules;
    std::vector<Node> conditions; ///< one for each rule
    std::vector<dicom::AttributePath> attributes;
    std::optional<size_t> seriesCount; ///< where among the attributes
    std::optional<size_t> studyCount;
};

RuleBook::RuleBook(std::unique_ptr<Private> data)
    : d(std::move(data))
{
}

RuleBook::~RuleBook() = default;

Result<std::shared_ptr<const RuleBook>> RuleBook::compile(config::RuleSet rules)
{
    auto data = std::make_unique<Private>();
    data->rules = std::move(rules);
    for (const auto& rule : data->rules.rules) {
        auto condition = compileNode(rule.when, data->attributes);
        if (!condition) {
            const auto& fault = condition.error();
            return fail(ErrorCode::ConfigValue, rule.name + u": "_s + fault.detail + u": "_s + fault.value);
        }
        data->conditions.push_back(*std::move(condition));
    }
    const auto waitsFor = [&data](config::Trigger level) {
        return std::any_of(data->rules.rules.begin(), data->rules.rules.end(), [level](const config::Rule& rule) {
            return rule.enabled && rule.trigger == level && rule.completion.expected == 0;
        });
    };
    if (waitsFor(config::Trigger::Series)) {
        data->seriesCount = indexOf(kSeriesRelatedInstances, data->attributes);
    }
    if (waitsFor(config::Trigger::Study)) {
        data->studyCount = indexOf(kStudyRelatedInstances, data->attributes);
    }
    return std::shared_ptr<const RuleBook>(new RuleBook(std::move(data)));
}

const config::RuleSet& RuleBook::rules() const
{
    return d->rules;
}

const std::vector<dicom::AttributePath>& RuleBook::attributes() const
{
    return d->attributes;
}

int RuleBook::announcedCount(const InstanceFacts& facts, config::Trigger level) const
{
    constexpr int kMost = 10'000'000; // what is above is no count
    const auto index = level == config::Trigger::Series ? d->seriesCount : d->studyCount;
    if (!index || !facts.attributes || *index >= facts.attributes->size()) {
        return 0;
    }
    bool isNumber = false;
    const int count = (*facts.attributes)[*index].values.value(0).toInt(&isNumber);
    return isNumber && count > 0 && count <= kMost ? count : 0;
}

Routing RuleBook::evaluate(
    const InstanceFacts& facts, const Surroundings& surroundings, const EvaluateOptions& options) const
{
    const Look look(facts);
    RoutingBuilder builder(d->rules, facts.studyInstanceUid, surroundings);
    bool isSkipping = !options.afterRule.isEmpty() && d->rules.findRule(options.afterRule) != nullptr;
    bool isStopped = false;
    for (size_t i = 0; i < d->rules.rules.size() && (!isStopped || options.explains); ++i) {
        const auto& rule = d->rules.rules[i];
        RuleReport report{rule.name, RuleState::NotReached, {}};
        if (!rule.enabled) {
            report.state = RuleState::Disabled;
        } else if (!isStopped && !isSkipping) {
            report.state = stateOf(judge(d->conditions[i], look, options.explains ? &report.condition : nullptr));
            isStopped = builder.add(rule, report.state);
        }
        isSkipping = isSkipping && rule.name.compare(options.afterRule, Qt::CaseInsensitive) != 0;
        if (options.explains) {
            builder.addReport(std::move(report));
        }
    }
    return builder.finish();
}

std::optional<config::TestFault> checkTest(const config::Test& test)
{
    std::vector<dicom::AttributePath> attributes;
    auto compiled = CompiledTest::compile(test, attributes);
    return compiled ? std::nullopt : std::optional(std::move(compiled.error()));
}

LoadedRules loadRules(const QByteArray& toml, const QString& file, const QStringList& destinations)
{
    auto parsed = config::isWholeConfig(toml) ? config::parseRulesOfConfig(toml, file, checkTest)
                                              : config::parseRules(toml, file, {destinations, checkTest});
    LoadedRules loaded{nullptr, std::move(parsed.problems)};
    if (!loaded.problems.empty()) {
        return loaded;
    }
    if (auto book = RuleBook::compile(std::move(parsed.rules))) {
        loaded.book = *std::move(book);
    } else {
        config::ConfigProblem problem;
        problem.kind = config::ProblemKind::Rule;
        problem.file = file;
        problem.detail = book.error().detail;
        loaded.problems.push_back(std::move(problem));
    }
    return loaded;
}

} // namespace radpost::route
