#include "ui/rules/RuleListModel.h"

#include "ui/rules/RuleWords.h"

#include "app/common/Format.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::ui {

void RuleListModel::setRules(const std::vector<config::Rule>& rules)
{
    if (rules == m_rules) {
        return;
    }
    const bool isSameOrder = std::equal(rules.begin(), rules.end(), m_rules.begin(), m_rules.end(),
        [](const config::Rule& one, const config::Rule& other) { return one.name == other.name; });
    if (!isSameOrder) {
        beginResetModel();
        m_rules = rules;
        endResetModel();
        return;
    }
    m_rules = rules;
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

const config::Rule* RuleListModel::rule(int row) const
{
    return row >= 0 && row < rowCount() ? &m_rules[static_cast<size_t>(row)] : nullptr;
}

int RuleListModel::rowOf(const QString& name) const
{
    const auto found =
        std::find_if(m_rules.begin(), m_rules.end(), [&name](const config::Rule& rule) { return rule.name == name; });
    return found == m_rules.end() ? -1 : static_cast<int>(found - m_rules.begin());
}

bool RuleListModel::matches(int row, const QString& words) const
{
    const auto* found = rule(row);
    for (int column = 0; found != nullptr && column < ColumnCount; ++column) {
        if (text(*found, row, column).contains(words, Qt::CaseInsensitive)) {
            return true;
        }
    }
    return false;
}

void RuleListModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rules.empty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

int RuleListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rules.size());
}

int RuleListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString RuleListModel::text(const config::Rule& rule, int row, int column) const
{
    switch (column) {
    case Name:
        return u"%1  %2"_s.arg(row + 1).arg(app::printable(rule.name));
    case When:
        return ruleWhenText(rule);
    default:
        return ruleThenText(rule);
    }
}

QVariant RuleListModel::data(const QModelIndex& index, int role) const
{
    const auto* found = rule(index.row());
    if (found == nullptr) {
        return {};
    }
    if (role == Qt::CheckStateRole && index.column() == Name) {
        return found->enabled ? Qt::Checked : Qt::Unchecked;
    }
    if (role == Qt::ToolTipRole && index.column() == Name && !found->note.isEmpty()) {
        return app::printable(found->note);
    }
    return role == Qt::DisplayRole || role == Qt::ToolTipRole ? text(*found, index.row(), index.column()) : QVariant();
}

bool RuleListModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const auto* found = rule(index.row());
    if (found == nullptr || role != Qt::CheckStateRole || index.column() != Name) {
        return false;
    }
    Q_EMIT enableAsked(found->name, value.toInt() == Qt::Checked);
    return true;
}

QVariant RuleListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal) {
        return {};
    }
    const QStringList names{tr("Rule"), tr("When"), tr("Then")};
    return names.value(section);
}

Qt::ItemFlags RuleListModel::flags(const QModelIndex& index) const
{
    const auto flags = QAbstractTableModel::flags(index);
    return index.isValid() && index.column() == Name ? flags | Qt::ItemIsUserCheckable : flags;
}

} // namespace radpost::ui
