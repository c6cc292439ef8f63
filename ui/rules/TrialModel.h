#pragma once

#include "core/engine/RouteTrial.h"

#include <QAbstractItemModel>

#include <optional>
#include <vector>

namespace radpost::ui {

/// What every rule made of one file: a row for each rule, its tests below it. Knows no widget.
class TrialModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { Rule, State, ColumnCount };

    using QAbstractItemModel::QAbstractItemModel;

    /// As it is to be shown: masked, where it is to be.
    void setRouting(std::optional<route::Routing> routing);
    [[nodiscard]] const std::optional<route::Routing>& routing() const { return m_routing; }
    void retranslate();

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        QString rule;
        QString state;
        QStringList lines;
    };
    void makeRows();

    std::optional<route::Routing> m_routing;
    std::vector<Row> m_rows;
};

} // namespace radpost::ui
