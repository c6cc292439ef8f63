#include "ui/send/SendFilter.h"

#include "ui/send/SendTreeModel.h"

#include <algorithm>

namespace radpost::ui {

SendFilter::SendFilter(QObject* parent)
    : QSortFilterProxyModel(parent)
{
    setSortRole(SendTreeModel::SortRole);
    setSortLocaleAware(true);
}

void SendFilter::setWords(const QString& text)
{
    m_words = folded(text).simplified().split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

bool SendFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    return m_words.isEmpty() || matches(sourceModel()->index(row, 0, parent));
}

// A row above is shown for what is below it; a word in it is found by all of those.
bool SendFilter::matches(const QModelIndex& source) const
{
    const auto& model = *sourceModel();
    const int below = model.rowCount(source);
    if (below == 0) {
        const auto text = source.data(SendTreeModel::SearchRole).toString();
        return std::all_of(m_words.begin(), m_words.end(), [&text](const auto& word) { return text.contains(word); });
    }
    for (int row = 0; row < below; ++row) {
        if (matches(model.index(row, 0, source))) {
            return true;
        }
    }
    return false;
}

bool SendFilter::setData(const QModelIndex& index, const QVariant& value, int role)
{
    auto* model = qobject_cast<SendTreeModel*>(sourceModel());
    if (!isNarrowed() || role != Qt::CheckStateRole || model == nullptr) {
        return QSortFilterProxyModel::setData(index, value, role);
    }
    QModelIndexList series;
    collectSeries(index, series);
    model->setTicked(series, value.toInt() == Qt::Checked);
    return true;
}

void SendFilter::collectSeries(const QModelIndex& index, QModelIndexList& found) const
{
    const int below = rowCount(index);
    if (below == 0) {
        found.append(mapToSource(index));
    }
    for (int row = 0; row < below; ++row) {
        collectSeries(this->index(row, 0, index), found);
    }
}

} // namespace radpost::ui
