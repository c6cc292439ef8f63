#pragma once

#include "core/config/Rule.h"

#include <QStringView>

#include <array>
#include <utility>

// The words of rules in the file, for reading and for writing.
namespace radpost::config::words {

template <typename T>
using Word = std::pair<T, QStringView>;

inline constexpr std::array<Word<Fact>, 11> kFacts{
    {{Fact::CallingAe, u"calling_ae"}, {Fact::CalledAe, u"called_ae"}, {Fact::Address, u"address"},
        {Fact::Source, u"source"}, {Fact::Modality, u"modality"}, {Fact::SopClass, u"sop_class"},
        {Fact::TransferSyntax, u"transfer_syntax"}, {Fact::StudyDescription, u"study_description"},
        {Fact::Hours, u"hours"}, {Fact::Weekday, u"weekday"}, {Fact::Attribute, u"attribute"}}};
inline constexpr std::array<Word<Quantity>, 2> kQuantities{{{Quantity::Any, u"any"}, {Quantity::All, u"all"}}};
inline constexpr std::array<Word<NameGroup>, 4> kNameGroups{
    {{NameGroup::Any, u"any"}, {NameGroup::Alphabetic, u"alphabetic"}, {NameGroup::Ideographic, u"ideographic"},
        {NameGroup::Phonetic, u"phonetic"}}};
inline constexpr std::array<Word<Priority>, 4> kPriorities{
    {{Priority::Low, u"low"}, {Priority::Normal, u"normal"}, {Priority::High, u"high"}, {Priority::Urgent, u"urgent"}}};
inline constexpr std::array<Word<RuleAction>, 3> kActions{
    {{RuleAction::Send, u"send"}, {RuleAction::Drop, u"drop"}, {RuleAction::Hold, u"hold"}}};
inline constexpr std::array<Word<Trigger>, 3> kTriggers{
    {{Trigger::Instance, u"instance"}, {Trigger::Series, u"series"}, {Trigger::Study, u"study"}}};
inline constexpr std::array<Word<GroupKind>, 2> kGroupKinds{
    {{GroupKind::Failover, u"failover"}, {GroupKind::Balance, u"balance"}}};
inline constexpr std::array<QStringView, 7> kWeekdays{u"mon", u"tue", u"wed", u"thu", u"fri", u"sat", u"sun"};

template <typename T, size_t Count>
QString wordOf(const std::array<Word<T>, Count>& words, T value)
{
    for (const auto& [candidate, word] : words) {
        if (candidate == value) {
            return word.toString();
        }
    }
    return {};
}

} // namespace radpost::config::words
