#include "core/config/RuleParser.h"

#include "core/config/RuleReader_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::config {

namespace {

template <typename List>
auto findByName(const List& list, QStringView name) -> decltype(list.data())
{
    const auto found = std::find_if(list.begin(), list.end(),
        [name](const auto& candidate) { return name.compare(candidate.name, Qt::CaseInsensitive) == 0; });
    return found == list.end() ? nullptr : &*found;
}

bool isOfRules(std::string_view key)
{
    return key == "version" || key == "rule" || key == "group";
}

ConfigProblem problem(
    ProblemKind kind, const QString& file, const toml::source_position& at, QString key, QString detail)
{
    ConfigProblem made;
    made.kind = kind;
    made.file = file;
    made.line = static_cast<int>(at.line);
    made.column = static_cast<int>(at.column);
    made.key = std::move(key);
    made.detail = std::move(detail);
    return made;
}

void checkRoot(const toml::table& root, const QString& file, std::vector<ConfigProblem>& problems)
{
    for (const auto& [key, node] : root) {
        const QString name = toText(key.str());
        if (!isOfRules(key.str())) {
            problems.push_back(problem(
                ProblemKind::UnknownKey, file, node.source().begin, name, u"is not a key that a file of rules has"_s));
        } else if (name == u"version" && node.value_exact<int64_t>().value_or(0) != kConfigVersion) {
            const bool isNewer = node.value_exact<int64_t>().value_or(0) > kConfigVersion;
            problems.push_back(problem(isNewer ? ProblemKind::NewerVersion : ProblemKind::BadValue, file,
                node.source().begin, name, u"must be %1"_s.arg(kConfigVersion)));
            problems.back().expectation = Expectation{ExpectedKind::Integer, 1, kConfigVersion, {}};
        }
    }
}

QStringList namesOfDestinations(const toml::table& root)
{
    QStringList names;
    const auto* array = root.get_as<toml::array>("destination");
    for (size_t i = 0; array != nullptr && i < array->size(); ++i) {
        const auto* table = array->get(i)->as_table();
        const auto name = table != nullptr ? (*table)["name"].value<std::string_view>() : std::nullopt;
        if (name) {
            names.append(toText(*name));
        }
    }
    return names;
}

template <typename Read>
ParsedRules parse(const QByteArray& toml, const QString& file, const Read& read)
{
    ParsedRules out;
    if (toml.size() > kMaxFileBytes) {
        out.problems.push_back(problem(ProblemKind::Syntax, file, {}, {}, u"the file is larger than 4 MiB"_s));
        return out;
    }
    const auto parsed = toml::parse(viewOf(toml));
    if (parsed) {
        read(parsed.table(), out);
    } else {
        const auto& error = parsed.error();
        out.problems.push_back(
            problem(ProblemKind::Syntax, file, error.source().begin, {}, toText(error.description())));
    }
    return out;
}

} // namespace

const DestinationGroup* RuleSet::findGroup(QStringView name) const
{
    return findByName(groups, name);
}

const Rule* RuleSet::findRule(QStringView name) const
{
    return findByName(rules, name);
}

ParsedRules parseRules(const QByteArray& toml, const QString& file, const RuleContext& context)
{
    return parse(toml, file, [&](const toml::table& root, ParsedRules& out) {
        checkRoot(root, file, out.problems);
        out.rules = RuleReader(file, out.problems, context).read(root);
    });
}

ParsedRules parseRulesOfConfig(
    const QByteArray& toml, const QString& file, const decltype(RuleContext::checkTest)& checkTest)
{
    return parse(toml, file, [&](const toml::table& root, ParsedRules& out) {
        const RuleContext context{namesOfDestinations(root), checkTest};
        out.rules = RuleReader(file, out.problems, context).read(root);
    });
}

bool isWholeConfig(const QByteArray& toml)
{
    const auto parsed = toml::parse(viewOf(toml));
    return parsed && std::any_of(parsed.table().begin(), parsed.table().end(), [](const auto& entry) {
        return !isOfRules(entry.first.str());
    });
}

} // namespace radpost::config
