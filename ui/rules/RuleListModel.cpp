#include "ui/rules/RuleListModel.h"

#include "ui/common/Theme.h"
#include "ui/rules/RuleWords.h"

#include "app/common/Format.h"
#include "app/common/RuleText.h"

#include <QMimeData>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

const QString kRowType = u"application/x-radpost-rule-row"_s;

} // namespace

void RuleListModel::setRules(const std::vector<config::Rule>& rules)
{
    if (rules == m_rules) {
        return;
    }
    if (rules.size() == m_rules.size()) {
        m_rules = rules;
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_rules = rules;
    endResetModel();
}

int RuleListModel::rowOf(const QString& name) const
{
    for (size_t row = 0; row < m_rules.size(); ++row) {
        if (m_rules[row].name.compare(name, Qt::CaseInsensitive) == 0) {
            return static_cast<int>(row);
        }
    }
    return -1;
}

int RuleListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rules.size());
}

int RuleListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString RuleListModel::textOf(const config::Rule& rule, int row, int column) const
{
    switch (column) {
    case Number:
        return QString::number(row + 1);
    case Name:
        return app::printable(rule.name);
    case When:
        return app::conditionSentence(rule.when);
    case Then:
        return app::actionSentence(rule);
    case Stop:
        return rule.stop ? tr("stops") : QString();
    default:
        return {};
    }
}

QVariant RuleListModel::data(const QModelIndex& index, int role) const
{
    const auto& rule = m_rules.at(static_cast<size_t>(index.row()));
    switch (role) {
    case Qt::DisplayRole:
        return textOf(rule, index.row(), index.column());
    case Qt::ToolTipRole:
        return index.column() == Name && !rule.note.isEmpty() ? app::printable(rule.note)
                                                              : textOf(rule, index.row(), index.column());
    case Qt::CheckStateRole:
        return index.column() == Number ? QVariant(rule.enabled ? Qt::Checked : Qt::Unchecked) : QVariant();
    case Qt::ForegroundRole:
        return rule.enabled ? QVariant() : QVariant(currentColors().mutedText);
    case Qt::AccessibleTextRole:
        return index.column() == Number ? rule.enabled ? tr("Rule %1, in use").arg(index.row() + 1)
                                                       : tr("Rule %1, switched off").arg(index.row() + 1)
                                        : textOf(rule, index.row(), index.column());
    default:
        return {};
    }
}

QVariant RuleListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    return QStringList{tr("In use"), tr("Rule"), tr("When"), tr("Then"), tr("Stop")}.value(section);
}

Qt::ItemFlags RuleListModel::flags(const QModelIndex& index) const
{
    if (!index.isValid()) {
        return Qt::ItemIsDropEnabled; // between rows
    }
    const auto flags = QAbstractTableModel::flags(index) | Qt::ItemIsDragEnabled;
    return index.column() == Number ? flags | Qt::ItemIsUserCheckable : flags;
}

bool RuleListModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!index.isValid() || index.column() != Number || role != Qt::CheckStateRole) {
        return false;
    }
    Q_EMIT enabledWanted(index.row(), value.toInt() == Qt::Checked);
    return true;
}

QStringList RuleListModel::mimeTypes() const
{
    return {kRowType};
}

QMimeData* RuleListModel::mimeData(const QModelIndexList& indexes) const
{
    if (indexes.isEmpty()) {
        return nullptr;
    }
    auto* data = new QMimeData;
    data->setData(kRowType, QByteArray::number(indexes.first().row()));
    return data;
}

// False, so that the view removes no row: the list changes when the file has.
bool RuleListModel::dropMimeData(
    const QMimeData* data, Qt::DropAction /*action*/, int row, int /*column*/, const QModelIndex& parent)
{
    bool isRow = false;
    const int from = data->data(kRowType).toInt(&isRow);
    const int before = parent.isValid() ? parent.row() : row < 0 ? rowCount() : row;
    const int to = before > from ? before - 1 : before;
    if (isRow && from >= 0 && from < rowCount() && to != from) {
        Q_EMIT moveWanted(from, to);
    }
    return false;
}

void RuleListModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (rowCount() > 0) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

void GroupListModel::setGroups(const std::vector<config::DestinationGroup>& groups)
{
    if (groups == m_groups) {
        return;
    }
    beginResetModel();
    m_groups = groups;
    endResetModel();
}

int GroupListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_groups.size());
}

int GroupListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant GroupListModel::data(const QModelIndex& index, int role) const
{
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) {
        return {};
    }
    const auto& group = m_groups.at(static_cast<size_t>(index.row()));
    const QStringList texts{app::printable(group.name), groupKindWord(group.kind), groupSentence(group)};
    return texts.value(index.column());
}

QVariant GroupListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    return QStringList{tr("Group"), tr("How"), tr("Members")}.value(section);
}

void GroupListModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (rowCount() > 0) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

} // namespace radpost::ui
