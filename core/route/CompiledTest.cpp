#include "core/route/CompiledTest_p.h"

#include "core/dicom/SopClass.h"
#include "core/dicom/TransferSyntax.h"
#include "core/dicom/uid.h"
#include "core/route/RuleBook.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::route {

namespace {

using config::Fact;
using config::Operator;
using config::RuleFault;
using config::Test;
using config::TestFault;

QString latin(std::string_view text)
{
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

// Trailing component delimiters mean nothing (PS3.5 6.2, PN).
QString withoutTrailingCarets(QString name)
{
    while (name.endsWith(u'^')) {
        name.chop(1);
    }
    return name;
}

// UIDs that @p text stands for in a table of the Standard: it is one, a keyword, or a name.
template <typename Row>
QStringList uidsOf(const QString& text)
{
    if (dicom::isValidUid(text.toLatin1()) && text.contains(u'.')) {
        return {text};
    }
    QStringList uids;
    for (const auto& row : Row::all()) {
        const bool isIt = text.compare(latin(row.keyword), Qt::CaseInsensitive) == 0 ||
            text.compare(latin(row.name), Qt::CaseInsensitive) == 0;
        if (isIt) {
            uids.append(latin(row.uid));
        }
    }
    return uids;
}

config::RuleFault faultOf(dicom::PathFault fault)
{
    return fault == dicom::PathFault::NoCreator ? RuleFault::NoCreator : RuleFault::BadAttribute;
}

QString describe(dicom::PathFault fault)
{
    switch (fault) {
    case dicom::PathFault::Unknown:
        return u"is not a keyword of the Standard"_s;
    case dicom::PathFault::Shape:
        return u"is neither a keyword nor a tag, nor a path of them"_s;
    case dicom::PathFault::Group:
        return u"is not an attribute of a data set"_s;
    case dicom::PathFault::NoCreator:
        return u"is private and needs its creator"_s;
    case dicom::PathFault::NotASequence:
        return u"leads through an attribute that is no sequence"_s;
    case dicom::PathFault::TooDeep:
        return u"leads deeper than allowed"_s;
    }
    return {};
}

int dayOf(QStringView word)
{
    constexpr std::array<QStringView, 7> kDays{u"mon", u"tue", u"wed", u"thu", u"fri", u"sat", u"sun"};
    return static_cast<int>(std::find(kDays.begin(), kDays.end(), word) - kDays.begin());
}

quint8 weekdayBits(const QString& text)
{
    const auto dash = text.indexOf(u'-');
    const int first = dayOf(QStringView(text).first(dash < 0 ? text.size() : dash));
    const int last = dash < 0 ? first : dayOf(QStringView(text).sliced(dash + 1));
    quint8 bits = 0;
    for (int day = first;; day = (day + 1) % 7) {
        bits = static_cast<quint8>(bits | 1 << day);
        if (day == last % 7) {
            return bits;
        }
    }
}

QRegularExpression expressionOf(const Test& test, const QString& pattern)
{
    const auto options = test.ignoreCase
        ? QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption
        : QRegularExpression::PatternOptions(QRegularExpression::UseUnicodePropertiesOption);
    QRegularExpression expression(
        u"(*LIMIT_MATCH=%1)(*LIMIT_DEPTH=%1)"_s.arg(RuleBook::kMostRegexSteps) + pattern, options);
    expression.optimize();
    return expression;
}

} // namespace

tl::expected<CompiledTest, TestFault> CompiledTest::compile(
    const Test& test, std::vector<dicom::AttributePath>& attributes)
{
    CompiledTest compiled;
    compiled.m_test = test;
    if (auto fault = compiled.prepare(attributes)) {
        return tl::unexpected(*std::move(fault));
    }
    return compiled;
}

std::optional<TestFault> CompiledTest::prepare(std::vector<dicom::AttributePath>& attributes)
{
    if (m_test.fact == Fact::Attribute) {
        if (auto fault = prepareAttribute(attributes)) {
            return fault;
        }
    }
    if (m_test.fact == Fact::SopClass || m_test.fact == Fact::TransferSyntax) {
        return prepareUids();
    }
    for (const auto& value : std::as_const(m_test.values)) {
        if (m_test.fact == Fact::Address) {
            const auto network = config::parseAddressRange(value);
            if (!network) {
                return TestFault{RuleFault::BadAddress, value, u"is not an address or a network"_s};
            }
            m_networks.append(*network);
        } else if (m_test.fact == Fact::Hours) {
            const auto window = config::hoursFromText(value);
            if (!window) {
                return TestFault{RuleFault::BadHours, value, u"are not hours such as \"22:00-06:00\""_s};
            }
            m_hours.append(*window);
        } else if (m_test.fact == Fact::Weekday) {
            m_weekdays = static_cast<quint8>(m_weekdays | weekdayBits(value));
        } else if (m_test.op == Operator::Regex) {
            m_expressions.append(expressionOf(m_test, value));
            if (!m_expressions.last().isValid()) {
                return TestFault{RuleFault::BadRegex, value, m_expressions.last().errorString()};
            }
        }
    }
    if (m_test.op == Operator::Range) {
        return prepareRange();
    }
    prepareTexts();
    return std::nullopt;
}

std::optional<TestFault> CompiledTest::prepareAttribute(std::vector<dicom::AttributePath>& attributes)
{
    const auto path = dicom::parseAttributePath(m_test.attribute, m_test.creator);
    if (!path) {
        return TestFault{faultOf(path.error()), m_test.attribute, describe(path.error())};
    }
    m_isName = path->vr == "PN";
    m_isPersonal = path->isPersonal();
    m_scale = scaleOf(path->vr);
    const auto known = std::find(attributes.begin(), attributes.end(), *path);
    m_attribute = static_cast<size_t>(known - attributes.begin());
    if (known == attributes.end()) {
        attributes.push_back(*path);
    }
    return std::nullopt;
}

std::optional<TestFault> CompiledTest::prepareRange()
{
    for (const auto* bound : {&m_test.from, &m_test.until}) {
        if (!bound->isEmpty() && !onScale(*bound, m_scale)) {
            return TestFault{
                RuleFault::BadBound, *bound, u"is not a number, date, time or age as the attribute has it"_s};
        }
    }
    m_from = m_test.from.isEmpty() ? std::nullopt : onScale(m_test.from, m_scale);
    m_until = m_test.until.isEmpty() ? std::nullopt : onScale(m_test.until, m_scale);
    const QString& until = m_test.until;
    const bool isWholeDay = m_scale == Scale::DateTime && m_until && until.trimmed().size() <= 10;
    if (isWholeDay) {
        *m_until += 86'399.999'999; // until a day means its end
    }
    if (m_from && m_until && *m_from > *m_until) {
        return TestFault{RuleFault::ImpossibleRange, m_test.from + u".."_s + until, u"from is above until"_s};
    }
    return std::nullopt;
}

std::optional<TestFault> CompiledTest::prepareUids()
{
    const bool isSopClass = m_test.fact == Fact::SopClass;
    for (const auto& value : std::as_const(m_test.values)) {
        const auto uids = isSopClass ? uidsOf<dicom::SopClass>(value) : uidsOf<dicom::TransferSyntax>(value);
        if (uids.isEmpty()) {
            return TestFault{isSopClass ? RuleFault::UnknownSopClass : RuleFault::UnknownTransferSyntax, value,
                u"is neither a UID nor a name or keyword of the Standard"_s};
        }
        m_texts.unite(QSet<QString>(uids.begin(), uids.end()));
    }
    return std::nullopt;
}

void CompiledTest::prepareTexts()
{
    for (const auto& value : std::as_const(m_test.values)) {
        const QString text = folded(m_isName ? withoutTrailingCarets(value) : value.trimmed());
        m_texts.insert(text);
        m_parts.append(folded(value));
        if (const auto number = onScale(value, m_scale); m_scale != Scale::None && number) {
            m_numbers.append(*number);
        }
    }
}

QString CompiledTest::folded(const QString& text) const
{
    return m_test.ignoreCase ? text.toCaseFolded() : text;
}

} // namespace radpost::route
