#include "ui/send/RefusedPart.h"

#include "ui/send/SendTreeModel.h"

#include <QHash>

namespace radpost::ui {

namespace {

QModelIndexList tickedSeries(const SendTreeModel& model, const QModelIndex& parent = {})
{
    QModelIndexList found;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const auto index = model.index(row, 0, parent);
        if (model.series(index) == nullptr) {
            found += tickedSeries(model, index);
        } else if (index.data(Qt::CheckStateRole).toInt() == Qt::Checked) {
            found.append(index);
        }
    }
    return found;
}

} // namespace

RefusedPart refusedPart(const SendTreeModel& model, const QStringList& destinations)
{
    RefusedPart part;
    QHash<QString, qint64> sums;
    for (const auto& index : tickedSeries(model)) {
        qint64 refused = 0;
        for (const auto& verdict : model.verdicts(index)) {
            if (verdict.verdict == engine::PreflightVerdict::Cannot) {
                refused += verdict.instances;
                sums[verdict.destination] += verdict.instances;
            }
        }
        if (refused > 0 && refused == destinations.size() * model.series(index)->instances) {
            part.series.append(index);
        }
    }
    for (const auto& name : destinations) {
        if (const auto count = sums.value(name); count > 0) {
            part.instances.append({name, count});
        }
    }
    return part;
}

} // namespace radpost::ui
