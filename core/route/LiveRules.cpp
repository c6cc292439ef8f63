#include "core/route/LiveRules.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::route {

namespace {

QStringList changedKeys(const config::Rule& a, const config::Rule& b)
{
    QStringList keys;
    const auto check = [&keys](bool isSame, const QString& key) {
        if (!isSame) {
            keys.append(key);
        }
    };
    check(a.note == b.note, u"note"_s);
    check(a.enabled == b.enabled, u"enabled"_s);
    check(a.when == b.when, u"when"_s);
    check(a.action == b.action, u"action"_s);
    check(a.sends == b.sends, u"send"_s);
    check(a.reason == b.reason, u"reason"_s);
    check(a.trigger == b.trigger, u"trigger"_s);
    check(a.completion.quiet == b.completion.quiet, u"quiet"_s);
    check(a.completion.maxWait == b.completion.maxWait, u"max_wait"_s);
    check(a.completion.expected == b.completion.expected, u"expected"_s);
    check(a.stop == b.stop, u"stop"_s);
    return keys;
}

QStringList changedKeys(const config::DestinationGroup& a, const config::DestinationGroup& b)
{
    QStringList keys;
    if (a.kind != b.kind) {
        keys.append(u"kind"_s);
    }
    if (a.members != b.members) {
        keys.append(u"members"_s);
    }
    return keys;
}

template <typename T>
const T* find(const std::vector<T>& list, const QString& name)
{
    const auto found = std::find_if(list.begin(), list.end(),
        [&name](const T& candidate) { return candidate.name.compare(name, Qt::CaseInsensitive) == 0; });
    return found == list.end() ? nullptr : &*found;
}

template <typename T>
void diff(const std::vector<T>& before, const std::vector<T>& after, bool isGroup, std::vector<RuleChange>& changes)
{
    for (const auto& item : after) {
        const auto* old = find(before, item.name);
        if (old == nullptr) {
            changes.push_back({RuleChangeKind::Added, isGroup, item.name, {}});
        } else if (auto keys = changedKeys(*old, item); !keys.isEmpty()) {
            changes.push_back({RuleChangeKind::Changed, isGroup, item.name, std::move(keys)});
        }
    }
    for (const auto& item : before) {
        if (find(after, item.name) == nullptr) {
            changes.push_back({RuleChangeKind::Removed, isGroup, item.name, {}});
        }
    }
}

// The longest run of rules that kept their order did not move; the others did.
void addMoves(const config::RuleSet& before, const config::RuleSet& after, std::vector<RuleChange>& changes)
{
    std::vector<const config::Rule*> stayed;
    std::vector<std::ptrdiff_t> places;
    for (const auto& rule : after.rules) {
        if (const auto* old = find(before.rules, rule.name)) {
            stayed.push_back(&rule);
            places.push_back(old - before.rules.data());
        }
    }
    std::vector<size_t> length(places.size(), 1);
    std::vector<size_t> previous(places.size(), SIZE_MAX);
    size_t best = 0;
    for (size_t i = 0; i < places.size(); ++i) {
        for (size_t j = 0; j < i; ++j) {
            if (places[j] < places[i] && length[j] + 1 > length[i]) {
                length[i] = length[j] + 1;
                previous[i] = j;
            }
        }
        best = length[i] > length[best] ? i : best;
    }
    std::vector<bool> kept(places.size(), false);
    for (size_t at = best; at < places.size(); at = previous[at]) {
        kept[at] = true;
    }
    for (size_t i = 0; i < stayed.size(); ++i) {
        if (!kept[i]) {
            changes.push_back({RuleChangeKind::Moved, false, stayed[i]->name, {}});
        }
    }
}

} // namespace

LiveRules::LiveRules()
    : m_current(*RuleBook::compile({}))
{
}

std::shared_ptr<const RuleBook> LiveRules::current() const
{
    const std::lock_guard lock(m_mutex);
    return m_current;
}

std::vector<config::ConfigProblem> LiveRules::load(
    const QByteArray& toml, const QString& file, const QStringList& destinations)
{
    auto loaded = loadRules(toml, file, destinations);
    if (loaded.book) {
        use(std::move(loaded.book));
    }
    return std::move(loaded.problems);
}

void LiveRules::use(std::shared_ptr<const RuleBook> book)
{
    const std::lock_guard lock(m_mutex);
    m_current.swap(book); // the old book ends outside of the lock
}

std::vector<RuleChange> diffRules(const config::RuleSet& before, const config::RuleSet& after)
{
    std::vector<RuleChange> changes;
    diff(before.groups, after.groups, true, changes);
    diff(before.rules, after.rules, false, changes);
    addMoves(before, after, changes);
    return changes;
}

} // namespace radpost::route
