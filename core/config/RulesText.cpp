#include "core/config/RulesText.h"

#include "core/config/RuleReader_p.h"
#include "core/config/TomlText_p.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace radpost::config {

namespace {

using text::offsetOfLine;

QByteArray lineAt(const QByteArray& toml, int line)
{
    const auto begin = offsetOfLine(toml, line);
    return toml.mid(begin, offsetOfLine(toml, line + 1) - begin).trimmed();
}

// Of the comments directly above a header; they speak about it.
int firstCommentLine(const QByteArray& toml, int header)
{
    while (header > 1 && lineAt(toml, header - 1).startsWith('#')) {
        --header;
    }
    return header;
}

// A table below another one may have its header far from it: [[listener]], [[rule]], [listener.tls].
void collectHeadersBelow(const toml::node& node, std::vector<int>& lines)
{
    const auto below = [&lines](const toml::node& child) { collectHeadersBelow(child, lines); };
    if (const auto* table = node.as_table(); table != nullptr && !table->is_inline()) {
        lines.push_back(static_cast<int>(table->source().begin.line));
        for (const auto& [key, child] : *table) {
            below(child);
        }
    } else if (const auto* array = node.as_array(); array != nullptr) {
        std::for_each(array->begin(), array->end(), below);
    }
}

// Lines of the headers of everything but the tables below rules and groups.
bool collectTopHeaders(const toml::table& root, std::vector<int>& lines)
{
    for (const auto& [key, node] : root) {
        if (key.str() != "rule" && key.str() != "group") {
            collectHeadersBelow(node, lines);
            continue;
        }
        const auto* array = node.as_array();
        for (size_t i = 0; array != nullptr && i < array->size(); ++i) {
            const auto* element = array->get(i)->as_table();
            if (element != nullptr && !element->is_inline()) {
                lines.push_back(static_cast<int>(element->source().begin.line));
            } else {
                return false;
            }
        }
    }
    return true;
}

void appendBlocks(const QByteArray& toml, const toml::table& root, bool isGroup, std::vector<RuleBlock>& blocks)
{
    const auto* array = root.get_as<toml::array>(isGroup ? "group" : "rule");
    for (size_t i = 0; array != nullptr && i < array->size(); ++i) {
        const int header = static_cast<int>(array->get(i)->source().begin.line);
        blocks.push_back({isGroup, static_cast<int>(i), firstCommentLine(toml, header), header});
    }
}

Result<RuleSet> readUnchecked(const QByteArray& toml)
{
    std::vector<ConfigProblem> problems;
    const RuleContext context;
    const auto parsed = toml::parse(viewOf(toml));
    if (!parsed) {
        return fail(ErrorCode::ConfigSyntax, toText(parsed.error().description()));
    }
    auto rules = RuleReader({}, problems, context).read(parsed.table());
    if (!problems.empty()) {
        return fail(problems.front().toError());
    }
    return rules;
}

QByteArray ruleText(const QByteArray& toml, const RuleBlock& block)
{
    const auto begin = offsetOfLine(toml, block.firstLine);
    return toml.mid(begin, offsetOfLine(toml, block.endLine) - begin).trimmed() + '\n';
}

/// The text of old rules and groups by their value, for what did not change.
class OldTexts final
{
public:
    OldTexts(const QByteArray& toml, const std::vector<RuleBlock>& blocks, const RuleSet& rules)
    {
        for (const auto& block : blocks) {
            const auto at = static_cast<size_t>(block.index);
            if (block.isGroup) {
                m_groups.emplace_back(&rules.groups[at], ruleText(toml, block));
            } else {
                m_rules.emplace_back(&rules.rules[at], ruleText(toml, block));
            }
        }
    }

    [[nodiscard]] QByteArray of(const Rule& rule) const { return find(m_rules, rule, ruleToToml); }
    [[nodiscard]] QByteArray of(const DestinationGroup& group) const { return find(m_groups, group, groupToToml); }

private:
    template <typename T>
    using Texts = std::vector<std::pair<const T*, QByteArray>>;

    template <typename T>
    static QByteArray find(const Texts<T>& texts, const T& wanted, QByteArray (*write)(const T&))
    {
        const auto found =
            std::find_if(texts.begin(), texts.end(), [&wanted](const auto& old) { return *old.first == wanted; });
        return found == texts.end() ? commentsAbove(texts, wanted.name) + write(wanted) : found->second;
    }

    template <typename T>
    static QByteArray commentsAbove(const Texts<T>& texts, const QString& name)
    {
        const auto found = std::find_if(texts.begin(), texts.end(),
            [&name](const auto& old) { return old.first->name.compare(name, Qt::CaseInsensitive) == 0; });
        QByteArray comments;
        const auto lines = found == texts.end() ? QByteArrayList() : found->second.split('\n');
        for (const auto& line : lines) {
            if (!line.trimmed().startsWith('#')) {
                break;
            }
            comments += line + '\n';
        }
        return comments;
    }

    Texts<Rule> m_rules;
    Texts<DestinationGroup> m_groups;
};

QByteArray withBlocks(const QByteArray& toml, const std::vector<RuleBlock>& blocks, const QByteArrayList& wanted)
{
    QByteArray rest;
    qsizetype from = 0;
    qsizetype at = -1;
    for (const auto& block : blocks) {
        const auto begin = offsetOfLine(toml, block.firstLine);
        rest += toml.mid(from, begin - from);
        at = at < 0 ? rest.size() : at;
        from = offsetOfLine(toml, block.endLine);
    }
    rest += toml.mid(from);
    if (wanted.isEmpty()) {
        return rest;
    }
    if (at < 0) {
        return text::begun(rest) + '\n' + wanted.join('\n');
    }
    const bool isLast = at >= rest.size();
    return rest.left(at) + wanted.join('\n') + (isLast ? "" : "\n") + rest.mid(at);
}

} // namespace

std::optional<std::vector<RuleBlock>> ruleBlocks(const QByteArray& toml)
{
    const auto parsed = toml::parse(viewOf(toml));
    std::vector<int> headers;
    if (!parsed || !collectTopHeaders(parsed.table(), headers)) {
        return std::nullopt;
    }
    std::vector<RuleBlock> blocks;
    appendBlocks(toml, parsed.table(), true, blocks);
    appendBlocks(toml, parsed.table(), false, blocks);
    std::sort(headers.begin(), headers.end());
    const int end = static_cast<int>(toml.count('\n')) + 2;
    for (auto& block : blocks) {
        const auto next = std::upper_bound(headers.begin(), headers.end(), block.endLine);
        block.endLine = next == headers.end() ? end : firstCommentLine(toml, *next);
    }
    std::sort(blocks.begin(), blocks.end(), [](const auto& a, const auto& b) { return a.firstLine < b.firstLine; });
    return blocks;
}

namespace text {

Result<QByteArray> withRules(const QByteArray& toml, RuleSet wanted)
{
    for (auto& rule : wanted.rules) {
        rule.stop = rule.stop || rule.action != RuleAction::Send;
        rule.completion = rule.trigger == Trigger::Instance ? Completion() : rule.completion;
    }
    const auto old = readUnchecked(toml);
    if (!old) {
        return fail(old.error());
    }
    if (*old == wanted) {
        return toml;
    }
    const auto blocks = ruleBlocks(toml);
    if (!blocks) {
        return fail(ErrorCode::Unsupported, u"the rules are not written as [[rule]] tables; edit the file by hand"_s);
    }
    const OldTexts texts(toml, *blocks, *old);
    QByteArrayList written;
    for (const auto& group : wanted.groups) {
        written.append(texts.of(group));
    }
    for (const auto& rule : wanted.rules) {
        written.append(texts.of(rule));
    }
    auto edited = withBlocks(toml, *blocks, written);
    const auto readBack = readUnchecked(edited);
    if (!readBack || *readBack != wanted) {
        return fail(readBack
                ? makeError(ErrorCode::Unsupported, u"the rules cannot be written; edit the file by hand"_s)
                : readBack.error());
    }
    return edited;
}

} // namespace text

Result<QByteArray> changeRules(const QByteArray& toml, const RuleSet& wanted)
{
    auto edited = text::withRules(toml, wanted);
    if (!edited || !isWholeConfig(toml)) {
        return edited;
    }
    const auto before = text::parsed(toml);
    const auto after = text::parsed(*edited);
    if (!before || !after) {
        return fail(before ? after.error() : before.error());
    }
    Config kept = *before;
    kept.rules = after->rules;
    return kept == *after ? edited
                          : fail(ErrorCode::Unsupported, u"the rules cannot be edited safely; edit them by hand"_s);
}

} // namespace radpost::config
