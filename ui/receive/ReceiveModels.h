#pragma once

#include "core/engine/ReceivedStudies.h"

#include <QAbstractTableModel>

namespace radpost::ui {

class Receiver;

/// Who is connected now, one row for each association.
class AssociationsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Caller, Address, Since, Now, Instances, Bytes, ColumnCount };

    explicit AssociationsModel(Receiver& receiver, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Makes every text anew, after a change of the language.
    void retranslate();

private:
    void reload();

    Receiver& m_receiver;
    std::vector<engine::ReceiveAssociation> m_rows;
};

/// What arrived, one row for each study, the newest first. A study keeps its row's identity while its numbers grow.
class ReceivedStudiesModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Patient, Study, Modality, LastArrival, From, Instances, Bytes, ColumnCount };

    explicit ReceivedStudiesModel(Receiver& receiver, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    [[nodiscard]] const engine::ReceivedStudy& study(const QModelIndex& index) const;
    void retranslate();

private:
    void reload();
    void dropOthers(const std::vector<engine::ReceivedStudy>& now);
    void sortAs(const std::vector<engine::ReceivedStudy>& now);
    void insertNew(const std::vector<engine::ReceivedStudy>& now);
    [[nodiscard]] QVariant textOf(const engine::ReceivedStudy& study, int column) const;

    Receiver& m_receiver;
    std::vector<engine::ReceivedStudy> m_rows;
};

} // namespace radpost::ui
