#pragma once

#include "core/route/RuleBook.h"

#include <map>
#include <vector>

namespace radpost::route {

enum class ChangeKind {
    Same,
    Added,   ///< a destination gets it that did not
    Removed, ///< a destination does not get it that did
    Altered, ///< profile, priority, hours, delay, trigger of a delivery, or whether it asks first
    NowHeld,
    NoLongerHeld,
    NowDropped,
    NoLongerDropped,
    NowUnmatched, ///< no rule has anything to say any more
    NoLongerUnmatched,
};

/// One thing that would be otherwise for one instance.
struct RoutingChange
{
    ChangeKind kind = ChangeKind::Same;
    QString destination; ///< of Added, Removed, Altered
    QStringList rules;   ///< that ask for what is: the new ones, of Removed the old ones
    friend bool operator==(const RoutingChange&, const RoutingChange&) = default;
};

/// What differs between two routings, in the order of the enumeration; nothing when they do the same.
[[nodiscard]] std::vector<RoutingChange> differences(const Routing& before, const Routing& after);

struct ChangedInstance
{
    SopInstanceUid sopInstanceUid;
    StudyInstanceUid studyInstanceUid;
    std::vector<RoutingChange> changes;
};

/// What a draft of rules would have done otherwise.
struct ReplaySummary
{
    qint64 instances = 0;
    qint64 unchanged = 0;
    std::map<ChangeKind, qint64> counts; ///< changes by kind
    struct Destination
    {
        qint64 before = 0;
        qint64 after = 0;
        qint64 altered = 0;
    };
    std::map<QString, Destination> destinations; ///< deliveries
    std::map<QString, qint64> matches;           ///< of every rule of the draft, also those without any
    std::vector<ChangedInstance> samples;        ///< the first kMostSamples that change
    static constexpr size_t kMostSamples = 100;
};

/// Runs a stream of past instances through the rules that are and a draft: "radpost route replay". Groups are judged as
/// if all members were healthy. Holds no more than the summary. One thread at a time; does not block.
class RoutingComparison final
{
public:
    RoutingComparison(std::shared_ptr<const RuleBook> before, std::shared_ptr<const RuleBook> after);

    /// @p facts without attributes: those that each book wants are given beside them, nothing when the file is gone.
    void add(InstanceFacts facts, const std::optional<dicom::AttributeSet>& forBefore,
        const std::optional<dicom::AttributeSet>& forAfter);

    [[nodiscard]] const ReplaySummary& summary() const { return m_summary; }

private:
    std::shared_ptr<const RuleBook> m_before;
    std::shared_ptr<const RuleBook> m_after;
    ReplaySummary m_summary;
};

} // namespace radpost::route
