#pragma once

#include "core/config/Rule.h"

#include <QAbstractTableModel>

#include <vector>

namespace radpost::ui {

/// The rules in their order, in words; the check box of a row says whether its rule is in force. Knows no widget.
class RuleListModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, When, Then, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// What is the same as before keeps its row; the rest is made anew.
    void setRules(const std::vector<config::Rule>& rules);
    [[nodiscard]] const config::Rule* rule(int row) const;
    /// -1 when there is none.
    [[nodiscard]] int rowOf(const QString& name) const;
    /// Whether @p words stand in the row.
    [[nodiscard]] bool matches(int row, const QString& words) const;
    void retranslate();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    /// Tells enableAsked(); the row follows when the file has it.
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    void enableAsked(const QString& name, bool isEnabled);

private:
    [[nodiscard]] QString text(const config::Rule& rule, int row, int column) const;

    std::vector<config::Rule> m_rules;
};

} // namespace radpost::ui
