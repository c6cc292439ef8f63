#include "core/config/ConfigParser.h"

#include "core/config/Fields.h"
#include "core/config/RuleReader_p.h"

#include <QSet>

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace radpost::config {

namespace {

// Every value of a table and of the tables in it, by dotted key.
using Leaves = std::map<QString, const toml::node*>;

void collectLeaves(const toml::table& table, const QString& prefix, int depth, Leaves& leaves)
{
    constexpr int kMaxDepth = 2; // no key has more dots; deeper tables are unknown keys as a whole
    for (const auto& [key, node] : table) {
        const QString path = prefix + toText(key.str());
        const auto* child = node.as_table();
        if (child != nullptr && depth < kMaxDepth) {
            collectLeaves(*child, path + u'.', depth + 1, leaves);
        } else {
            leaves.emplace(path, &node);
        }
    }
}

class Reader final
{
public:
    Reader(const QString& file, ParsedConfig& out)
        : m_file(file)
        , m_out(out)
    {
    }

    void read(const toml::table& root);
    void addSyntax(const toml::parse_error& error);

private:
    void checkVersion(const toml::node* node);
    void readDestinations(const toml::node& node);
    void checkWatchNames(const toml::node* node);
    void readDestination(const toml::table& table);
    void readRules(const toml::table& root);

    /// Tables [[@p name]] that have nothing between each other.
    template <typename Owner>
    void readTables(
        const toml::node* node, const QString& name, std::span<const Field<Owner>> fields, std::vector<Owner>& owners);

    template <typename Owner>
    void readFields(std::span<const Field<Owner>> fields, Leaves leaves, const QString& prefix, Owner& owner);

    ConfigProblem& add(ProblemKind kind, const toml::node& where, const QString& key, const QString& detail);

    const QString m_file;
    ParsedConfig& m_out;
    QSet<QString> m_names; // folded
};

ConfigProblem& Reader::add(ProblemKind kind, const toml::node& where, const QString& key, const QString& detail)
{
    const auto begin = where.source().begin;
    m_out.problems.push_back(
        {kind, m_file, static_cast<int>(begin.line), static_cast<int>(begin.column), key, detail, std::nullopt});
    return m_out.problems.back();
}

void Reader::addSyntax(const toml::parse_error& error)
{
    const auto begin = error.source().begin;
    m_out.problems.push_back({ProblemKind::Syntax, m_file, static_cast<int>(begin.line), static_cast<int>(begin.column),
        {}, toText(error.description()), std::nullopt});
}

void Reader::checkVersion(const toml::node* node)
{
    if (node == nullptr) {
        return; // a hand-written file may leave it out
    }
    const auto number = node->value_exact<int64_t>();
    if (number && *number > kConfigVersion) {
        add(ProblemKind::NewerVersion, *node, u"version"_s,
            u"the file has version %1, this program knows versions up to %2"_s.arg(*number).arg(kConfigVersion));
    } else if (!number || *number < 1) {
        const Expectation expects{ExpectedKind::Integer, 1, kConfigVersion, {}};
        add(ProblemKind::BadValue, *node, u"version"_s, u"must be "_s + describe(expects)).expectation = expects;
    }
}

template <typename Owner>
void Reader::readFields(std::span<const Field<Owner>> fields, Leaves leaves, const QString& prefix, Owner& owner)
{
    for (const auto& field : fields) {
        const auto leaf = leaves.find(field.key.toString());
        if (leaf == leaves.end()) {
            continue;
        }
        const auto& node = *leaf->second;
        leaves.erase(leaf);
        if (!field.set(owner, scalarOf(node))) {
            const auto expects = field.expects();
            add(ProblemKind::BadValue, node, prefix + field.key, u"must be "_s + describe(expects)).expectation =
                expects;
        }
    }
    for (const auto& [key, node] : leaves) {
        add(ProblemKind::UnknownKey, *node, prefix + key, u"is not a key that Radpost knows"_s);
    }
}

void Reader::readDestination(const toml::table& table)
{
    const QString prefix = u"destination."_s;
    const auto problemsBefore = m_out.problems.size();
    Destination destination;
    Leaves leaves;
    collectLeaves(table, {}, 1, leaves);
    readFields(destinationFields(), std::move(leaves), prefix, destination);

    const auto contradiction = findContradiction(destination);
    if (contradiction && m_out.problems.size() == problemsBefore) {
        const bool isMissing = contradiction->detail.startsWith(u"is missing");
        add(isMissing ? ProblemKind::Missing : ProblemKind::Contradiction, table, prefix + contradiction->key,
            contradiction->detail);
    }
    const auto folded = destination.name.toCaseFolded();
    if (!folded.isEmpty() && m_names.contains(folded)) {
        add(ProblemKind::DuplicateName, *table.get("name"), prefix + u"name",
            u"another destination has this name already"_s);
    }
    m_names.insert(folded);
    m_out.config.destinations.push_back(std::move(destination));
}

void Reader::readDestinations(const toml::node& node)
{
    const auto* array = node.as_array();
    if (array == nullptr || !array->is_array_of_tables()) {
        if (array == nullptr || !array->empty()) {
            add(ProblemKind::BadValue, node, u"destination"_s, u"must be written as [[destination]] tables"_s);
        }
        return;
    }
    for (const auto& element : *array) {
        readDestination(*element.as_table());
    }
}

void Reader::readRules(const toml::table& root)
{
    QStringList names;
    for (const auto& destination : m_out.config.destinations) {
        names.append(destination.name);
    }
    const RuleContext context{names, {}};
    m_out.config.rules = RuleReader(m_file, m_out.problems, context).read(root);
}

template <typename Owner>
void Reader::readTables(
    const toml::node* node, const QString& name, std::span<const Field<Owner>> fields, std::vector<Owner>& owners)
{
    const auto* array = node != nullptr ? node->as_array() : nullptr;
    if (node != nullptr && (array == nullptr || (!array->empty() && !array->is_array_of_tables()))) {
        add(ProblemKind::BadValue, *node, name, u"must be written as [[%1]] tables"_s.arg(name));
        return;
    }
    for (qsizetype i = 0; array != nullptr && i < qsizetype(array->size()); ++i) {
        const auto& table = *array->get(static_cast<size_t>(i))->as_table();
        const auto problemsBefore = m_out.problems.size();
        Owner owner;
        Leaves leaves;
        collectLeaves(table, {}, 1, leaves);
        readFields(fields, std::move(leaves), name + u'.', owner);
        const auto contradiction = findContradiction(owner);
        if (contradiction && m_out.problems.size() == problemsBefore) {
            const QString key = name + u'.' + contradiction->key;
            add(ProblemKind::Missing, table, key, contradiction->detail);
        }
        owners.push_back(std::move(owner));
    }
}

/// The journal of a watch folder and the rules know it by its name.
void Reader::checkWatchNames(const toml::node* node)
{
    QStringList names;
    for (const auto& watch : m_out.config.watches) {
        const auto folded = watch.name.toCaseFolded();
        if (!folded.isEmpty() && names.contains(folded)) {
            add(ProblemKind::DuplicateName, *node, u"watch.name"_s, u"another watch folder has this name already"_s);
        }
        names.append(folded);
    }
}

void Reader::read(const toml::table& root)
{
    checkVersion(root.get("version"));
    if (const auto* destinations = root.get("destination")) {
        readDestinations(*destinations);
    }
    readTables(root.get("listener"), u"listener"_s, listenerFields(), m_out.config.listeners);
    readTables(root.get("peer"), u"peer"_s, peerFields(), m_out.config.peers);
    readTables(root.get("watch"), u"watch"_s, watchFields(), m_out.config.watches);
    checkWatchNames(root.get("watch"));
    Leaves leaves;
    collectLeaves(root, {}, 1, leaves);
    leaves.erase(u"version"_s);
    // As a plain table [destination] its keys were collected one by one.
    for (const QString& tables : {u"destination"_s, u"listener"_s, u"peer"_s, u"watch"_s, u"rule"_s, u"group"_s}) {
        std::erase_if(leaves, [&tables](const auto& leaf) {
            return leaf.first == tables || leaf.first.startsWith(QString(tables + u'.'));
        });
    }
    readFields(settingsFields(), std::move(leaves), {}, m_out.config.settings);
    readRules(root);
    std::stable_sort(m_out.problems.begin(), m_out.problems.end(),
        [](const auto& a, const auto& b) { return std::pair(a.line, a.column) < std::pair(b.line, b.column); });
}

// Lines where a table other than a part of the destinations begins.
void collectHeaderLines(const toml::table& table, std::vector<int>& lines)
{
    for (const auto& [key, node] : table) {
        const auto* child = node.as_table();
        const auto* array = key.str() != "destination" ? node.as_array() : nullptr;
        if (child != nullptr && !child->is_inline()) {
            lines.push_back(static_cast<int>(child->source().begin.line));
            collectHeaderLines(*child, lines);
        }
        for (size_t i = 0; array != nullptr && i < array->size(); ++i) {
            if (const auto* element = array->get(i)->as_table(); element != nullptr && !element->is_inline()) {
                lines.push_back(static_cast<int>(element->source().begin.line));
            }
        }
    }
}

int lineCount(const QByteArray& text)
{
    return static_cast<int>(text.count('\n')) + (text.endsWith('\n') || text.isEmpty() ? 0 : 1);
}

} // namespace

Error ConfigProblem::toError() const
{
    QString where = file;
    if (line > 0) {
        where += u":%1:%2"_s.arg(line).arg(column);
    }
    QStringList parts{where, key, detail};
    parts.removeAll(QString());
    return makeError(
        kind == ProblemKind::Syntax ? ErrorCode::ConfigSyntax : ErrorCode::ConfigValue, parts.join(u": "_s));
}

ParsedConfig parseConfig(const QByteArray& toml, const QString& file)
{
    ParsedConfig out;
    if (toml.size() > kMaxFileBytes) {
        out.problems.push_back({ProblemKind::Syntax, file, 0, 0, {}, u"the file is larger than 4 MiB"_s, {}});
        return out;
    }
    const auto parsed = toml::parse(viewOf(toml));
    Reader reader(file, out);
    if (parsed) {
        reader.read(parsed.table());
    } else {
        reader.addSyntax(parsed.error());
    }
    return out;
}

namespace {

std::vector<DestinationBlock> blocksOf(const QByteArray& toml, std::string_view name)
{
    const auto parsed = toml::parse(viewOf(toml));
    const auto* array = parsed ? parsed.table().get_as<toml::array>(name) : nullptr;
    if (array == nullptr || !array->is_array_of_tables()) {
        return {};
    }
    std::vector<int> starts{lineCount(toml) + 1};
    collectHeaderLines(parsed.table(), starts);
    std::vector<DestinationBlock> blocks;
    for (const auto& element : *array) {
        const auto& table = *element.as_table();
        if (table.is_inline()) {
            return {};
        }
        const int line = static_cast<int>(table.source().begin.line);
        starts.push_back(line);
        blocks.push_back({toText(table["name"].value_or(std::string_view())), line, 0});
    }
    std::sort(starts.begin(), starts.end());
    for (auto& block : blocks) {
        block.endLine = *std::upper_bound(starts.begin(), starts.end(), block.firstLine);
    }
    return blocks;
}

} // namespace

std::vector<DestinationBlock> destinationBlocks(const QByteArray& toml)
{
    return blocksOf(toml, "destination");
}

std::vector<DestinationBlock> peerBlocks(const QByteArray& toml)
{
    return blocksOf(toml, "peer");
}

std::vector<ValuePlace> settingPlaces(const QByteArray& toml)
{
    const auto parsed = toml::parse(viewOf(toml));
    if (!parsed) {
        return {};
    }
    Leaves leaves;
    collectLeaves(parsed.table(), {}, 1, leaves);
    std::vector<ValuePlace> places;
    for (const auto& [key, node] : leaves) {
        const auto& source = node->source();
        places.push_back({key, static_cast<int>(source.begin.line), static_cast<int>(source.begin.column),
            static_cast<int>(source.end.line), static_cast<int>(source.end.column)});
    }
    return places;
}

} // namespace radpost::config
