#include "core/config/AddressRange.h"
#include "core/config/Codecs_p.h"
#include "core/config/RuleReader_p.h"
#include "core/config/RuleWords_p.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::config {

namespace {

// What an operator table may hold beside the operator itself.
const QStringList kOperatorKeys{u"equals"_s, u"in"_s, u"contains"_s, u"regex"_s, u"from"_s, u"until"_s, u"exists"_s,
    u"ignore_case"_s, u"values"_s, u"name_part"_s};

bool isText(Fact fact)
{
    return fact == Fact::CallingAe || fact == Fact::CalledAe || fact == Fact::Source || fact == Fact::Modality ||
        fact == Fact::StudyDescription;
}

bool fits(Fact fact, Operator op)
{
    if (fact == Fact::Attribute || op == Operator::In) {
        return true;
    }
    return isText(fact) && op != Operator::Range;
}

bool isWeekday(const QString& value)
{
    const auto isDay = [](QStringView day) {
        return std::find(words::kWeekdays.begin(), words::kWeekdays.end(), day) != words::kWeekdays.end();
    };
    const auto parts = QStringView(value).split(u'-');
    return parts.size() <= 2 && std::all_of(parts.begin(), parts.end(), isDay);
}

std::optional<TestFault> faultOfValue(const Test& test, const QString& value)
{
    if (test.fact == Fact::Address && !parseAddressRange(value)) {
        return TestFault{RuleFault::BadAddress, value, u"is not an address or a network such as 10.0.0.0/8"_s};
    }
    if (test.fact == Fact::Hours && !codecs::parseHours(value).value_or(std::nullopt)) {
        return TestFault{RuleFault::BadHours, value, u"are not hours such as \"22:00-06:00\""_s};
    }
    if (test.fact == Fact::Weekday && !isWeekday(value)) {
        return TestFault{RuleFault::BadWeekday, value, u"is not a day such as \"mon\" or \"mon-fri\""_s};
    }
    if (test.op == Operator::Regex) {
        const QRegularExpression regex(value);
        if (!regex.isValid()) {
            return TestFault{RuleFault::BadRegex, value,
                u"is not a regular expression (%1 at %2)"_s.arg(regex.errorString()).arg(regex.patternErrorOffset())};
        }
    }
    return std::nullopt;
}

std::optional<TestFault> faultOf(const Test& test)
{
    if (test.fact == Fact::Attribute && test.attribute.isEmpty()) {
        return TestFault{RuleFault::BadAttribute, {}, u"must be a keyword or a tag"_s};
    }
    if (!fits(test.fact, test.op)) {
        return TestFault{RuleFault::OperatorDoesNotFit, {}, u"cannot be tested in this way"_s};
    }
    for (const auto& value : test.values) {
        if (auto fault = faultOfValue(test, value)) {
            return fault;
        }
    }
    return std::nullopt;
}

} // namespace

Condition RuleReader::readCondition(const toml::table& table, int depth)
{
    const QString prefix = u"rule.when."_s;
    Condition all;
    if (depth > kDeepestCondition) {
        fault(RuleFault::TooDeep, {table, u"rule.when"_s}, QString::number(kDeepestCondition),
            u"conditions are nested deeper than allowed"_s);
        return all;
    }
    if (depth > 1 && table.empty()) {
        // Always true: nobody writes that into an any or a not on purpose.
        fault(RuleFault::NothingToTest, {table, u"rule.when"_s}, {}, u"is a table without a test"_s);
    }
    QStringList known = {u"all"_s, u"any"_s, u"not"_s};
    for (const auto& [fact, key] : words::kFacts) {
        known.append(key.toString());
        readFact(table, fact, key, all);
    }
    if (table.contains("attribute")) {
        known += kOperatorKeys;
        known.append(u"creator"_s);
    }
    readParts(table, u"all", Condition::Kind::All, depth, all);
    readParts(table, u"any", Condition::Kind::Any, depth, all);
    readNot(table, depth, all);
    checkUnknown(table, prefix, known);
    // A table of one test is that test: no level of its own in explanations and in what is written.
    return all.parts.size() == 1 ? Condition(std::move(all.parts.front())) : all;
}

void RuleReader::readParts(const toml::table& table, QStringView key, Condition::Kind kind, int depth, Condition& into)
{
    const auto* node = table.get(key.toUtf8().toStdString());
    if (node == nullptr) {
        return;
    }
    const QString path = u"rule.when."_s + key;
    const auto* array = node->as_array();
    if (array == nullptr || array->empty()) {
        fault(RuleFault::NotACondition, {*node, path}, {}, u"must be a list of tables, with one at least"_s);
        return;
    }
    Condition group;
    group.kind = kind;
    for (const auto& element : *array) {
        if (const auto* part = element.as_table()) {
            group.parts.push_back(readCondition(*part, depth + 1));
        } else {
            fault(RuleFault::NotACondition, {element, path}, {}, u"must be a table of tests"_s);
        }
    }
    into.parts.push_back(std::move(group));
}

void RuleReader::readNot(const toml::table& table, int depth, Condition& into)
{
    const auto* node = table.get("not");
    if (node == nullptr) {
        return;
    }
    const auto* part = node->as_table();
    if (part == nullptr) {
        fault(RuleFault::NotACondition, {*node, u"rule.when.not"_s}, {}, u"must be a table of tests"_s);
        return;
    }
    Condition inverse;
    inverse.kind = Condition::Kind::Not;
    inverse.parts.push_back(readCondition(*part, depth + 1));
    into.parts.push_back(std::move(inverse));
}

void RuleReader::readFact(const toml::table& table, Fact fact, QStringView key, Condition& into)
{
    const auto* node = table.get(key.toUtf8().toStdString());
    if (node == nullptr) {
        return;
    }
    const Place place{*node, u"rule.when."_s + key};
    Test test;
    test.fact = fact;
    if (fact == Fact::Attribute) {
        const auto problems = m_problems.size();
        test.attribute = readValue(*node, place.key).value_or(QString());
        if (const auto* creator = table.get("creator")) {
            test.creator = readValue(*creator, u"rule.when.creator"_s).value_or(QString());
        }
        readOperators(table, place, test);
        if (m_problems.size() == problems) {
            addTest(place, std::move(test), into);
        }
        return;
    }
    const auto problems = m_problems.size();
    if (const auto* operators = node->as_table()) {
        checkUnknown(*operators, place.key + u'.', kOperatorKeys);
        readOperators(*operators, place, test);
    } else {
        test.values = readValues(*node, place.key);
    }
    if (m_problems.size() == problems) {
        addTest(place, std::move(test), into);
    }
}

void RuleReader::readOperators(const toml::table& table, const Place& place, Test& test)
{
    const QString prefix = u"rule.when."_s;
    int count = 0;
    const auto takeValues = [&](const char* key, Operator op) {
        if (const auto* node = table.get(key)) {
            test.op = op;
            test.values = readValues(*node, prefix + QLatin1StringView(key));
            ++count;
        }
    };
    takeValues("equals", Operator::In);
    takeValues("in", Operator::In);
    takeValues("contains", Operator::Contains);
    takeValues("regex", Operator::Regex);
    const auto* from = table.get("from");
    const auto* until = table.get("until");
    if (from != nullptr || until != nullptr) {
        test.op = Operator::Range;
        test.from = from != nullptr ? readValue(*from, u"rule.when.from"_s).value_or(QString()) : QString();
        test.until = until != nullptr ? readValue(*until, u"rule.when.until"_s).value_or(QString()) : QString();
        ++count;
    }
    if (take<codecs::Boolean>(table, u"exists", prefix, test.exists)) {
        test.op = Operator::Exists;
        ++count;
    }
    take<codecs::Boolean>(table, u"ignore_case", prefix, test.ignoreCase);
    take<codecs::Choice<words::kQuantities>>(table, u"values", prefix, test.quantity);
    take<codecs::Choice<words::kNameGroups>>(table, u"name_part", prefix, test.nameGroup);
    if (count != 1) {
        fault(count == 0 ? RuleFault::NothingToTest : RuleFault::TwoOperators, place, test.attribute,
            u"needs one of equals, in, contains, regex, from and until, exists"_s);
    }
}

QStringList RuleReader::readValues(const toml::node& node, const QString& key)
{
    QStringList values;
    const auto* array = node.as_array();
    if (array == nullptr) {
        if (auto value = readValue(node, key)) {
            values.append(*std::move(value));
        }
        return values;
    }
    if (array->empty() || array->size() > kMostValuesOfTest) {
        fault(array->empty() ? RuleFault::NoValues : RuleFault::TooMany, {node, key},
            array->empty() ? QString() : QString::number(kMostValuesOfTest),
            array->empty() ? u"is an empty list"_s : u"more values than allowed"_s);
        return values;
    }
    for (const auto& element : *array) {
        if (auto value = readValue(element, key)) {
            values.append(*std::move(value));
        }
    }
    return values;
}

std::optional<QString> RuleReader::readValue(const toml::node& node, const QString& key)
{
    std::optional<QString> text;
    if (const auto* number = node.as_integer()) {
        text = QString::number(qint64{number->get()});
    } else if (const auto* real = node.as_floating_point()) {
        text = QString::number(real->get(), 'g', QLocale::FloatingPointShortest);
    } else {
        text = codecs::parseLine(scalarOf(node), kLongestValue);
    }
    if (!text || text->isEmpty()) {
        fault(RuleFault::BadText, {node, key}, {},
            u"must be a text of 1 to %1 characters, or a number"_s.arg(kLongestValue));
        return std::nullopt;
    }
    return text;
}

void RuleReader::addTest(const Place& place, Test test, Condition& into)
{
    if (++m_tests == kMostTestsOfRule + 1) {
        fault(RuleFault::TooMany, place, QString::number(kMostTestsOfRule), u"more tests in a rule than allowed"_s);
    }
    auto wrong = faultOf(test);
    if (!wrong && m_context.checkTest) {
        wrong = m_context.checkTest(test);
    }
    if (wrong) {
        fault(wrong->fault, place, wrong->value, wrong->detail);
    }
    Condition leaf;
    leaf.kind = Condition::Kind::Test;
    leaf.test = std::move(test);
    into.parts.push_back(std::move(leaf));
}

} // namespace radpost::config
