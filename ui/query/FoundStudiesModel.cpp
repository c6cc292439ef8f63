#include "ui/query/FoundStudiesModel.h"

#include "app/common/Format.h"
#include "app/common/Sentences.h"

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

namespace tag = dicom::tag;

QString textOf(const dicom::Identifier& study, int column)
{
    using Column = FoundStudiesModel::Column;
    switch (column) {
    case Column::Patient:
        return app::personNameText(study.value(tag::kPatientName));
    case Column::PatientId:
        return app::printable(study.value(tag::kPatientId));
    case Column::Born:
        return app::dicomDateText(study.value(tag::kPatientBirthDate));
    case Column::Date:
        return app::dicomDateText(study.value(tag::kStudyDate));
    case Column::Modality:
        return app::printable(app::enumerated(study.value(tag::kModalitiesInStudy).split(u'\\')));
    case Column::Description:
        return app::printable(study.value(tag::kStudyDescription));
    case Column::Accession:
        return app::printable(study.value(tag::kAccessionNumber));
    default:
        break;
    }
    bool isNumber = false;
    const auto images = study.value(tag::kNumberOfStudyInstances).toLongLong(&isNumber);
    return isNumber ? app::countText(images) : QString();
}

QVariant sortKey(const dicom::Identifier& study, int column)
{
    if (column == FoundStudiesModel::Date) {
        return QString(study.value(tag::kStudyDate) + study.value(tag::kStudyTime));
    }
    return column == FoundStudiesModel::Images ? QVariant(study.value(tag::kNumberOfStudyInstances).toLongLong())
                                               : QVariant(textOf(study, column));
}

} // namespace

int FoundStudiesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_studies.size());
}

int FoundStudiesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FoundStudiesModel::data(const QModelIndex& index, int role) const
{
    const auto& study = m_studies.at(static_cast<size_t>(index.row()));
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return textOf(study, index.column());
    case kSortRole:
        return sortKey(study, index.column());
    case Qt::TextAlignmentRole:
        return index.column() == Images ? QVariant(static_cast<int>(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    default:
        return {};
    }
}

QVariant FoundStudiesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role == Qt::TextAlignmentRole && section == Images) {
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    const QStringList names{tr("Patient"), tr("Patient ID"), tr("Born"), tr("Study date"), tr("Modality"),
        tr("Description"), tr("Accession number"), tr("Instances")};
    return names.value(section);
}

void FoundStudiesModel::clear()
{
    beginResetModel();
    m_studies.clear();
    endResetModel();
}

void FoundStudiesModel::add(const dicom::Identifier& study)
{
    const int row = rowCount();
    beginInsertRows({}, row, row);
    m_studies.push_back(study);
    endInsertRows();
}

void FoundStudiesModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

} // namespace radpost::ui
