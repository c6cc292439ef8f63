#include "ui/rules/TrialModel.h"

#include "app/common/Format.h"
#include "app/common/RouteText.h"

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

// The id of an index is 0 for a rule, and for one of its lines the row of the rule, from 1.
constexpr quintptr kRule = 0;

} // namespace

void TrialModel::setRouting(std::optional<route::Routing> routing)
{
    beginResetModel();
    m_routing = std::move(routing);
    makeRows();
    endResetModel();
}

void TrialModel::retranslate()
{
    beginResetModel();
    makeRows();
    endResetModel();
}

void TrialModel::makeRows()
{
    m_rows.clear();
    for (const auto& report : m_routing ? m_routing->rules : std::vector<route::RuleReport>()) {
        Row row{app::printable(report.rule), app::ruleStateText(report.state), {}};
        for (const auto& line : app::ruleReportLines(report)) {
            row.lines.append(app::printable(line));
        }
        m_rows.push_back(std::move(row));
    }
}

QModelIndex TrialModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent)) {
        return {};
    }
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : kRule);
}

QModelIndex TrialModel::parent(const QModelIndex& child) const
{
    const bool isRule = !child.isValid() || child.internalId() == kRule;
    return isRule ? QModelIndex() : createIndex(static_cast<int>(child.internalId()) - 1, 0, kRule);
}

int TrialModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid()) {
        return static_cast<int>(m_rows.size());
    }
    const bool isRule = parent.internalId() == kRule && parent.column() == 0;
    return isRule ? static_cast<int>(m_rows[static_cast<size_t>(parent.row())].lines.size()) : 0;
}

int TrialModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

QVariant TrialModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::ToolTipRole)) {
        return {};
    }
    if (index.internalId() != kRule) {
        const auto& lines = m_rows[static_cast<size_t>(index.internalId()) - 1].lines;
        return index.column() == Rule ? QVariant(lines.value(index.row())) : QVariant();
    }
    const auto& row = m_rows[static_cast<size_t>(index.row())];
    return index.column() == Rule ? u"%1  %2"_s.arg(index.row() + 1).arg(row.rule) : row.state;
}

QVariant TrialModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal) {
        return {};
    }
    return section == Rule ? tr("Rule and what it looks at") : tr("Verdict");
}

} // namespace radpost::ui
