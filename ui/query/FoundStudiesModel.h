#pragma once

#include "core/dicom/Identifier.h"

#include <QAbstractTableModel>

#include <vector>

namespace radpost::ui {

/// The studies that a PACS named, one row each; grows while the search runs.
class FoundStudiesModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Patient, PatientId, Born, Date, Modality, Description, Accession, Images, ColumnCount };

    /// What sorting compares: dates and numbers by value, texts by the locale.
    static constexpr int kSortRole = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void clear();
    void add(const dicom::Identifier& study);
    [[nodiscard]] const dicom::Identifier& study(int row) const { return m_studies.at(static_cast<size_t>(row)); }
    /// Makes every text anew, after a change of the language.
    void retranslate();

private:
    std::vector<dicom::Identifier> m_studies;
};

} // namespace radpost::ui
