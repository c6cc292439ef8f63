#pragma once

#include "core/config/RuleParser.h"
#include "core/config/TomlNodes_p.h"

#include <QSet>

namespace radpost::config {

/// Reads the nodes "group" and "rule" of a file. What is wrong goes to @c problems, with its place.
class RuleReader final
{
public:
    RuleReader(const QString& file, std::vector<ConfigProblem>& problems, const RuleContext& context)
        : m_file(file)
        , m_problems(problems)
        , m_context(context)
    {
    }

    [[nodiscard]] RuleSet read(const toml::table& root);

private:
    struct Place
    {
        const toml::node& node;
        QString key;
    };

    void readGroups(const toml::node& node);
    void readGroup(const toml::table& table);
    void readMembers(const toml::table& table, DestinationGroup& group);
    void checkName(const toml::table& table, const QString& name, const QString& kind, QSet<QString>& taken);
    void readRules(const toml::node& node);
    void readRule(const toml::table& table);
    void readCompletion(const toml::table& table, Rule& rule);
    void readSends(const toml::table& table, Rule& rule);
    void readSend(const toml::node& node, Rule& rule);
    void checkAction(const toml::table& table, const Rule& rule);

    [[nodiscard]] Condition readCondition(const toml::table& table, int depth);
    void readParts(const toml::table& table, QStringView key, Condition::Kind kind, int depth, Condition& into);
    void readNot(const toml::table& table, int depth, Condition& into);
    void readFact(const toml::table& table, Fact fact, QStringView key, Condition& into);
    void readOperators(const toml::table& table, const Place& place, Test& test);
    [[nodiscard]] QStringList readValues(const toml::node& node, const QString& key);
    [[nodiscard]] std::optional<QString> readValue(const toml::node& node, const QString& key);
    void addTest(const Place& place, Test test, Condition& into);
    void checkUnknown(const toml::table& table, const QString& prefix, const QStringList& known);

    /// False when the key is not there; a value that @c Codec does not take is a problem.
    template <typename Codec>
    bool take(const toml::table& table, QStringView key, const QString& prefix, typename Codec::Value& into);

    ConfigProblem& add(ProblemKind kind, const Place& place, const QString& detail);
    void fault(RuleFault fault, const Place& place, const QString& value, const QString& detail);
    [[nodiscard]] QString destinationNamed(const QString& name) const;
    [[nodiscard]] QString targetNamed(const QString& name) const;

    const QString m_file;
    std::vector<ConfigProblem>& m_problems;
    const RuleContext& m_context;
    RuleSet m_rules;
    QSet<QString> m_ruleNames;  // folded
    QSet<QString> m_groupNames; // likewise
    int m_tests = 0;            // of the rule that is read
};

template <typename Codec>
bool RuleReader::take(const toml::table& table, QStringView key, const QString& prefix, typename Codec::Value& into)
{
    const auto* node = table.get(key.toUtf8().toStdString());
    if (node == nullptr) {
        return false;
    }
    auto parsed = Codec::parse(scalarOf(*node));
    if (!parsed) {
        const auto expects = Codec::expects();
        add(ProblemKind::BadValue, {*node, prefix + key}, QStringLiteral("must be ") + describe(expects)).expectation =
            expects;
        return true;
    }
    into = *std::move(parsed);
    return true;
}

} // namespace radpost::config
