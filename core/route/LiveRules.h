#pragma once

#include "core/route/RuleBook.h"

#include <memory>
#include <mutex>

namespace radpost::route {

/// The rules in force, exchanged without a restart. Any thread: who evaluates takes current() and keeps it for the
/// instance at hand; a reload meanwhile touches nothing that is under way.
class LiveRules final
{
public:
    LiveRules();

    /// Never nullptr; before the first good load a book without rules.
    [[nodiscard]] std::shared_ptr<const RuleBook> current() const;

    /// Reads @p toml as loadRules() does. When anything is wrong with it, the rules in force stay, and what is wrong is
    /// given with its place; empty: the new ones are in force.
    [[nodiscard]] std::vector<config::ConfigProblem> load(
        const QByteArray& toml, const QString& file, const QStringList& destinations);

    /// Rules that were compiled already.
    void use(std::shared_ptr<const RuleBook> book);

private:
    mutable std::mutex m_mutex; // guards m_current
    std::shared_ptr<const RuleBook> m_current;
};

enum class RuleChangeKind { Added, Removed, Changed, Moved };

/// One line of what differs between two sets of rules.
struct RuleChange
{
    RuleChangeKind kind = RuleChangeKind::Changed;
    bool isGroup = false;
    QString name;
    QStringList keys; ///< of Changed: the keys of the file that differ, "when", "send"
    friend bool operator==(const RuleChange&, const RuleChange&) = default;
};

/// By name, in the order of @p after, then what is gone. Moved: its order among the rules that stayed is another.
[[nodiscard]] std::vector<RuleChange> diffRules(const config::RuleSet& before, const config::RuleSet& after);

} // namespace radpost::route
