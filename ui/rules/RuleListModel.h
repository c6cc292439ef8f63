#pragma once

#include "core/config/Rule.h"

#include <QAbstractTableModel>

namespace radpost::ui {

/// The rules in their order, one row each; the check box says whether a rule is in use. Changes nothing itself: what
/// somebody wants is said by signals.
class RuleListModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Number, Name, When, Then, Stop, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setRules(const std::vector<config::Rule>& rules);
    [[nodiscard]] const std::vector<config::Rule>& rules() const { return m_rules; }
    /// -1 when there is none of that name.
    [[nodiscard]] int rowOf(const QString& name) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData* mimeData(const QModelIndexList& indexes) const override;
    bool dropMimeData(
        const QMimeData* data, Qt::DropAction action, int row, int column, const QModelIndex& parent) override;

    /// Makes every text anew, after a change of the language.
    void retranslate();

Q_SIGNALS:
    void enabledWanted(int row, bool isEnabled);
    void moveWanted(int from, int to);

private:
    [[nodiscard]] QString textOf(const config::Rule& rule, int row, int column) const;

    std::vector<config::Rule> m_rules;
};

/// The groups, one row each.
class GroupListModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Kind, Members, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setGroups(const std::vector<config::DestinationGroup>& groups);
    [[nodiscard]] const std::vector<config::DestinationGroup>& groups() const { return m_groups; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void retranslate();

private:
    std::vector<config::DestinationGroup> m_groups;
};

} // namespace radpost::ui
