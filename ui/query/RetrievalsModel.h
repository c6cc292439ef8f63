#pragma once

#include "ui/query/Retrievals.h"

#include <QAbstractTableModel>

namespace radpost::ui {

/// How it stands with @p retrieval, for people.
[[nodiscard]] QString stateText(const Retrieval& retrieval);

/// What is fetched or moved, one row each, the newest first.
class RetrievalsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Patient, Way, State, Instances, ColumnCount };

    explicit RetrievalsModel(Retrievals& retrievals, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Makes every text anew, after a change of the language.
    void retranslate();

private:
    [[nodiscard]] QString textOf(const Retrieval& retrieval, int column) const;

    Retrievals& m_retrievals;
};

} // namespace radpost::ui
