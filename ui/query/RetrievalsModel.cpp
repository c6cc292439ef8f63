#include "ui/query/RetrievalsModel.h"

#include "app/common/ErrorText.h"
#include "app/common/Format.h"

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

QString partlyText(const Retrieval& retrieval)
{
    if (retrieval.failed() > 0) {
        return RetrievalsModel::tr("%n failed", nullptr, static_cast<int>(retrieval.failed()));
    }
    return RetrievalsModel::tr("incomplete: %1 of %2")
        .arg(app::countText(retrieval.done()), app::countText(retrieval.total()));
}

/// "12 of 120"; what the PACS counts, or what is here where it does not.
QString instancesText(const Retrieval& retrieval)
{
    const auto done = retrieval.done();
    const auto all = retrieval.total();
    return all == done ? app::countText(done)
                       : RetrievalsModel::tr("%1 of %2").arg(app::countText(done), app::countText(all));
}

} // namespace

QString stateText(const Retrieval& retrieval)
{
    switch (retrieval.state) {
    case Retrieval::State::Waiting:
        return RetrievalsModel::tr("waiting");
    case Retrieval::State::Running:
        return RetrievalsModel::tr("on its way");
    case Retrieval::State::Done:
        return RetrievalsModel::tr("complete");
    case Retrieval::State::Partly:
        return retrieval.done() == 0 && retrieval.total() == 0 ? RetrievalsModel::tr("nothing came")
                                                               : partlyText(retrieval);
    case Retrieval::State::Stopped:
        return RetrievalsModel::tr("stopped");
    case Retrieval::State::Failed:
        break;
    }
    return app::errorText(*retrieval.error).happened;
}

RetrievalsModel::RetrievalsModel(Retrievals& retrievals, QObject* parent)
    : QAbstractTableModel(parent)
    , m_retrievals(retrievals)
{
    connect(&retrievals, &Retrievals::aboutToInsert, this, [this] { beginInsertRows({}, 0, 0); });
    connect(&retrievals, &Retrievals::inserted, this, &RetrievalsModel::endInsertRows);
    connect(&retrievals, &Retrievals::aboutToRemove, this, [this](int row) { beginRemoveRows({}, row, row); });
    connect(&retrievals, &Retrievals::removed, this, &RetrievalsModel::endRemoveRows);
    connect(&retrievals, &Retrievals::changed, this,
        [this](int row) { Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1)); });
}

int RetrievalsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_retrievals.all().size());
}

int RetrievalsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RetrievalsModel::data(const QModelIndex& index, int role) const
{
    const auto& retrieval = m_retrievals.all().at(static_cast<size_t>(index.row()));
    if (role == Qt::TextAlignmentRole && index.column() == Instances) {
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    }
    return role == Qt::DisplayRole || role == Qt::ToolTipRole ? QVariant(textOf(retrieval, index.column()))
                                                              : QVariant();
}

QString RetrievalsModel::textOf(const Retrieval& retrieval, int column) const
{
    switch (column) {
    case Patient:
        return retrieval.patient;
    case Way:
        return retrieval.comesHere() ? tr("%1 → this computer").arg(retrieval.source)
                                     : tr("%1 → %2").arg(retrieval.source, retrieval.target);
    case State:
        return stateText(retrieval);
    default:
        return instancesText(retrieval);
    }
}

QVariant RetrievalsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role == Qt::TextAlignmentRole && section == Instances) {
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    const QStringList names{tr("Patient"), tr("From and to"), tr("State"), tr("Instances")};
    return names.value(section);
}

void RetrievalsModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (rowCount() > 0) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

} // namespace radpost::ui
