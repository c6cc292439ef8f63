#include "ui/rules/RuleWords.h"

#include "app/common/Format.h"
#include "app/common/RuleText.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

using Kind = config::Condition::Kind;

QString conditionText(const config::Condition& condition, bool isOuter);

QString partsText(const config::Condition& condition, bool isOuter)
{
    QStringList parts;
    for (const auto& part : condition.parts) {
        parts.append(conditionText(part, false));
    }
    const QString text = parts.join(condition.kind == Kind::Any ? RuleWords::tr(" or ") : RuleWords::tr(" and "));
    return isOuter || parts.size() == 1 ? text : RuleWords::tr("(%1)").arg(text);
}

QString conditionText(const config::Condition& condition, bool isOuter)
{
    if (condition.kind == Kind::Test) {
        return app::testText(condition.test);
    }
    if (condition.parts.empty()) {
        return RuleWords::tr("every instance");
    }
    if (condition.kind == Kind::Not) {
        return RuleWords::tr("not: %1").arg(conditionText(condition.parts.front(), false));
    }
    return partsText(condition, isOuter);
}

QString sendText(const config::Rule& rule)
{
    QStringList names;
    for (const auto& send : rule.sends) {
        names.append(app::printable(send.to));
    }
    const QString where = names.join(RuleWords::tr(", "));
    switch (rule.trigger) {
    case config::Trigger::Instance:
        return RuleWords::tr("to %1 at once").arg(where);
    case config::Trigger::Series:
        return RuleWords::tr("to %1 when the series is complete").arg(where);
    case config::Trigger::Study:
        break;
    }
    return RuleWords::tr("to %1 when the study is complete").arg(where);
}

QString withReason(const QString& what, const QString& reason)
{
    return reason.isEmpty() ? what : RuleWords::tr("%1: %2").arg(what, app::printable(reason));
}

} // namespace

QString ruleWhenText(const config::Rule& rule)
{
    return conditionText(rule.when, true);
}

QString ruleThenText(const config::Rule& rule)
{
    switch (rule.action) {
    case config::RuleAction::Drop:
        return withReason(RuleWords::tr("dropped"), rule.reason);
    case config::RuleAction::Hold:
        return withReason(RuleWords::tr("held for review"), rule.reason);
    case config::RuleAction::Send:
        break;
    }
    return rule.stop ? RuleWords::tr("%1; no later rule").arg(sendText(rule)) : sendText(rule);
}

} // namespace radpost::ui
