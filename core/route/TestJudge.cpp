#include "core/route/CompiledTest_p.h"
#include "core/route/RuleBook.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::route {

using config::Fact;
using config::NameGroup;
using config::Operator;

namespace {

QDateTime localTime(Clock::WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count());
}

bool contains(const config::HoursWindow& window, QTime time)
{
    if (window.from < window.until) {
        return time >= window.from && time < window.until;
    }
    return time >= window.from || time < window.until;
}

// The component groups of a person name that count (PS3.5 6.2): alphabetic=ideographic=phonetic.
QStringList nameTexts(const QString& name, NameGroup group)
{
    QStringList texts = name.split(u'=');
    for (auto& text : texts) {
        while (text.endsWith(u'^')) {
            text.chop(1);
        }
    }
    if (group == NameGroup::Any) {
        if (texts.size() > 1) {
            texts.prepend(name);
        }
        texts.removeAll(QString());
        return texts;
    }
    const QString text = texts.value(static_cast<int>(group) - static_cast<int>(NameGroup::Alphabetic));
    return text.isEmpty() ? QStringList() : QStringList(text);
}

QString factText(const Look& look, Fact fact)
{
    const auto& facts = look.facts;
    switch (fact) {
    case Fact::CallingAe:
        return facts.callingAeTitle.toString();
    case Fact::CalledAe:
        return facts.calledAeTitle.toString();
    case Fact::Address:
        return facts.peerAddress;
    case Fact::Source:
        return facts.source;
    case Fact::Modality:
        return facts.modality;
    case Fact::SopClass:
        return facts.sopClassUid.toString();
    case Fact::TransferSyntax:
        return facts.transferSyntaxUid.toString();
    case Fact::StudyDescription:
        return facts.studyDescription;
    case Fact::Hours:
        return look.received.toString(u"HH:mm"_s);
    case Fact::Weekday: {
        constexpr std::array<QStringView, 7> kDays{u"mon", u"tue", u"wed", u"thu", u"fri", u"sat", u"sun"};
        return kDays[static_cast<size_t>(look.received.date().dayOfWeek() - 1)].toString();
    }
    case Fact::Attribute:
        break;
    }
    return {};
}

} // namespace

Look::Look(const InstanceFacts& instance)
    : facts(instance)
    , received(localTime(instance.receivedAt))
    , address(config::parseIpAddress(instance.peerAddress))
{
}

Verdict CompiledTest::judge(const Look& look, TestReport* report) const
{
    const auto judgement = m_test.fact == Fact::Attribute ? judgeAttribute(look, report) : judgeFact(look, report);
    if (report != nullptr) {
        report->test = m_test;
        report->why = judgement.why;
        report->isPersonal = m_isPersonal;
    }
    return judgement.verdict;
}

CompiledTest::Judgement CompiledTest::judgeAttribute(const Look& look, TestReport* report) const
{
    if (!look.facts.attributes || m_attribute >= look.facts.attributes->size()) {
        return {Verdict::Undecided, Why::Unreadable};
    }
    const auto& found = (*look.facts.attributes)[m_attribute];
    if (report != nullptr) {
        report->seen = found.values.first(std::min(kMostSeen, found.values.size()));
    }
    const Why missing = found.isPresent ? Why::Empty : Why::Absent;
    if (m_test.op == Operator::Exists) {
        const bool isAsWanted = found.hasContent == m_test.exists;
        const Why why = found.hasContent ? Why::Differs : missing;
        return {isAsWanted ? Verdict::Yes : Verdict::No, isAsWanted ? Why::Fits : why};
    }
    if (!found.hasContent) {
        return {Verdict::No, missing};
    }
    if (found.values.isEmpty() && found.isComplete) {
        return {Verdict::Undecided, Why::NotComparable}; // a sequence, bulk data
    }
    return judgeValues(found.values, found.isComplete);
}

CompiledTest::Judgement CompiledTest::judgeFact(const Look& look, TestReport* report) const
{
    const QString text = factText(look, m_test.fact);
    if (report != nullptr && !text.isEmpty()) {
        report->seen = {text};
    }
    if (m_test.op == Operator::Exists) {
        const bool isAsWanted = text.isEmpty() != m_test.exists;
        return {isAsWanted ? Verdict::Yes : Verdict::No, isAsWanted ? Why::Fits : Why::Differs};
    }
    if (m_test.fact == Fact::Hours) {
        return judgeHours(look);
    }
    if (m_test.fact == Fact::Weekday) {
        const bool isDay = m_weekdays & 1 << (look.received.date().dayOfWeek() - 1);
        return {isDay ? Verdict::Yes : Verdict::No, isDay ? Why::Fits : Why::Differs};
    }
    if (m_test.fact == Fact::Address) {
        return judgeAddress(look);
    }
    if (text.isEmpty()) {
        return {Verdict::No, Why::Absent};
    }
    // A modality or a description may have several values in a data set that is wrong; the header has the text whole.
    return judgeValues(m_test.fact == Fact::Modality ? text.split(u'\\') : QStringList(text), true);
}

CompiledTest::Judgement CompiledTest::judgeHours(const Look& look) const
{
    const auto time = look.received.time();
    const bool isOpen = std::any_of(
        m_hours.begin(), m_hours.end(), [time](const config::HoursWindow& window) { return contains(window, time); });
    return {isOpen ? Verdict::Yes : Verdict::No, isOpen ? Why::Fits : Why::Differs};
}

CompiledTest::Judgement CompiledTest::judgeAddress(const Look& look) const
{
    if (!look.address) {
        return {Verdict::No, Why::Absent};
    }
    const bool isInside = std::any_of(m_networks.begin(), m_networks.end(),
        [&look](const config::AddressRange& network) { return network.contains(*look.address); });
    return {isInside ? Verdict::Yes : Verdict::No, isInside ? Why::Fits : Why::Differs};
}

// One value may decide, or all must be right; what could not be looked at leaves it open.
CompiledTest::Judgement CompiledTest::judgeValues(const QStringList& values, bool isComplete) const
{
    const bool wantsAll = m_test.quantity == config::Quantity::All;
    const Verdict decisive = wantsAll ? Verdict::No : Verdict::Yes;
    Judgement last{wantsAll ? Verdict::Yes : Verdict::No, wantsAll ? Why::Fits : Why::Differs};
    for (const auto& value : values) {
        const auto judgement = judgeValue(value);
        if (judgement.verdict == decisive) {
            return judgement;
        }
        if (last.verdict != Verdict::Undecided) {
            last = judgement;
        }
    }
    return last.verdict != Verdict::Undecided && !isComplete ? Judgement{Verdict::Undecided, Why::CutShort} : last;
}

CompiledTest::Judgement CompiledTest::judgeValue(const QString& value) const
{
    if (m_test.op == Operator::Range) {
        return judgeRange(value);
    }
    if (!m_isName) {
        return judgeText(value);
    }
    Judgement last{Verdict::No, Why::Absent};
    for (const auto& text : nameTexts(value, m_test.nameGroup)) {
        const auto judgement = judgeText(text);
        if (judgement.verdict == Verdict::Yes) {
            return judgement;
        }
        last = last.verdict == Verdict::Undecided ? last : judgement;
    }
    return last;
}

CompiledTest::Judgement CompiledTest::judgeText(const QString& text) const
{
    if (m_test.op == Operator::Regex) {
        return judgeRegex(text);
    }
    bool isIt = false;
    if (m_test.op == Operator::Contains) {
        const QString whole = folded(text);
        isIt =
            std::any_of(m_parts.begin(), m_parts.end(), [&whole](const QString& part) { return whole.contains(part); });
    } else {
        isIt = m_texts.contains(folded(text));
        // "1", "1.0" and "+1" are one number, "2024-01-31" and "20240131" one day.
        const auto number = !isIt && !m_numbers.isEmpty() ? onScale(text, m_scale) : std::nullopt;
        isIt = isIt || (number && m_numbers.contains(*number));
    }
    return {isIt ? Verdict::Yes : Verdict::No, isIt ? Why::Fits : Why::Differs};
}

CompiledTest::Judgement CompiledTest::judgeRegex(const QString& text) const
{
    const bool isCut = text.size() > RuleBook::kLongestRegexInput;
    const QString input = isCut ? text.left(RuleBook::kLongestRegexInput) : text;
    Judgement judgement{isCut ? Verdict::Undecided : Verdict::No, isCut ? Why::CutShort : Why::Differs};
    for (const auto& expression : m_expressions) {
        const auto match = expression.match(input);
        if (match.hasMatch()) {
            return {Verdict::Yes, Why::Fits};
        }
        if (!match.isValid()) {
            judgement = {Verdict::Undecided, Why::RegexLimit};
        }
    }
    return judgement;
}

CompiledTest::Judgement CompiledTest::judgeRange(const QString& value) const
{
    const auto number = onScale(value, m_scale);
    if (!number) {
        return {Verdict::Undecided, Why::NotComparable}; // "no" would make "not" of it true
    }
    const bool isInside = (!m_from || *number >= *m_from) && (!m_until || *number <= *m_until);
    return {isInside ? Verdict::Yes : Verdict::No, isInside ? Why::Fits : Why::Differs};
}

} // namespace radpost::route
