#include "ui/receive/ReceiveModels.h"

#include "ui/receive/Receiver.h"

#include "app/common/Format.h"
#include "app/common/Sentences.h"

#include <algorithm>
#include <iterator>
#include <utility>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

const QVariant kRight(static_cast<int>(Qt::AlignRight | Qt::AlignVCenter));

bool isSameStudy(const engine::ReceivedStudy& one, const engine::ReceivedStudy& other)
{
    return one.uid == other.uid && one.patientId == other.patientId && one.patientName == other.patientName;
}

auto placeIn(const std::vector<engine::ReceivedStudy>& studies, const engine::ReceivedStudy& wanted)
{
    return std::find_if(studies.begin(), studies.end(),
        [&wanted](const engine::ReceivedStudy& study) { return isSameStudy(study, wanted); });
}

template <typename Row, typename Same>
bool haveSameOrder(const std::vector<Row>& one, const std::vector<Row>& other, Same isSame)
{
    return std::equal(one.begin(), one.end(), other.begin(), other.end(), isSame);
}

} // namespace

AssociationsModel::AssociationsModel(Receiver& receiver, QObject* parent)
    : QAbstractTableModel(parent)
    , m_receiver(receiver)
{
    connect(&receiver, &Receiver::associationsChanged, this, &AssociationsModel::reload);
    reload();
}

int AssociationsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int AssociationsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AssociationsModel::data(const QModelIndex& index, int role) const
{
    const auto& row = m_rows.at(static_cast<size_t>(index.row()));
    const bool isNumber = index.column() == Instances || index.column() == Bytes;
    if (role == Qt::TextAlignmentRole && isNumber) {
        return kRight;
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (index.column()) {
    case Caller:
        return row.callingAeTitle;
    case Address:
        return row.peerAddress;
    case Since:
        return app::momentText(row.since, app::Precision::Seconds);
    case Instances:
        return row.failed == 0
            ? app::countText(row.stored)
            : tr("%1, %n failed", nullptr, static_cast<int>(row.failed)).arg(app::countText(row.stored));
    case Bytes:
        return app::bytesText(row.bytes);
    default:
        return row.isReceiving ? tr("receiving") : tr("idle");
    }
}

QVariant AssociationsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role == Qt::TextAlignmentRole && (section == Instances || section == Bytes)) {
        return kRight;
    }
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    const QStringList names{tr("Calling AE title"), tr("Address"), tr("Since"), tr("Now"), tr("Instances"), tr("Size")};
    return names.value(section);
}

void AssociationsModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.empty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

void AssociationsModel::reload()
{
    const auto& now = m_receiver.associations();
    const bool isSame =
        haveSameOrder(m_rows, now, [](const engine::ReceiveAssociation& one, const engine::ReceiveAssociation& other) {
            return one.id == other.id;
        });
    if (!isSame) {
        beginResetModel();
        m_rows = now;
        endResetModel();
    } else if (!m_rows.empty()) {
        m_rows = now;
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

ReceivedStudiesModel::ReceivedStudiesModel(Receiver& receiver, QObject* parent)
    : QAbstractTableModel(parent)
    , m_receiver(receiver)
{
    connect(&receiver, &Receiver::studiesChanged, this, &ReceivedStudiesModel::reload);
    reload();
}

int ReceivedStudiesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ReceivedStudiesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ReceivedStudiesModel::textOf(const engine::ReceivedStudy& study, int column) const
{
    switch (column) {
    case Patient: {
        const auto name = app::personNameText(study.patientName);
        return name.isEmpty() ? study.patientId : QString(name + u"  "_s + study.patientId);
    }
    case Study:
        return QString(app::dicomDateText(study.date) + u"  "_s + study.description).trimmed();
    case Modality:
        return app::enumerated(study.modalities);
    case Instances:
        return app::countText(study.instances);
    case Bytes:
        return app::bytesText(study.bytes);
    case LastArrival:
        return app::momentText(study.lastArrival, app::Precision::Seconds);
    default:
        return study.senders.isEmpty() ? u"–"_s : app::enumerated(study.senders);
    }
}

QVariant ReceivedStudiesModel::data(const QModelIndex& index, int role) const
{
    const auto& row = study(index);
    if (role == Qt::TextAlignmentRole && (index.column() == Instances || index.column() == Bytes)) {
        return kRight;
    }
    if (role == Qt::ToolTipRole && row.differing > 0) {
        return tr("%n instance(s) came again with another content; both are kept, the first is sent on.", nullptr,
            static_cast<int>(row.differing));
    }
    if (role == Qt::ToolTipRole && index.column() == From && row.senders.isEmpty()) {
        return tr("The files do not say who sent them.");
    }
    const bool isText = role == Qt::DisplayRole || role == Qt::ToolTipRole;
    return isText ? textOf(row, index.column()) : QVariant();
}

QVariant ReceivedStudiesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role == Qt::TextAlignmentRole && (section == Instances || section == Bytes)) {
        return kRight;
    }
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    const QStringList names{
        tr("Patient"), tr("Study"), tr("Modality"), tr("Last arrival"), tr("From"), tr("Instances"), tr("Size")};
    return names.value(section);
}

const engine::ReceivedStudy& ReceivedStudiesModel::study(const QModelIndex& index) const
{
    return m_rows.at(static_cast<size_t>(index.row()));
}

void ReceivedStudiesModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.empty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

void ReceivedStudiesModel::reload()
{
    const auto& now = m_receiver.studies();
    if (!haveSameOrder(m_rows, now, isSameStudy)) {
        dropOthers(now);
        sortAs(now);
        insertNew(now);
    }
    m_rows = now;
    retranslate();
}

void ReceivedStudiesModel::dropOthers(const std::vector<engine::ReceivedStudy>& now)
{
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (placeIn(now, m_rows[static_cast<size_t>(row)]) == now.end()) {
            beginRemoveRows({}, row, row);
            m_rows.erase(m_rows.begin() + row);
            endRemoveRows();
        }
    }
}

// What is selected stays selected, wherever its row goes.
void ReceivedStudiesModel::sortAs(const std::vector<engine::ReceivedStudy>& now)
{
    std::vector<engine::ReceivedStudy> sorted;
    std::copy_if(now.begin(), now.end(), std::back_inserter(sorted),
        [this](const auto& study) { return placeIn(m_rows, study) != m_rows.end(); });
    if (haveSameOrder(m_rows, sorted, isSameStudy)) {
        return;
    }
    Q_EMIT layoutAboutToBeChanged();
    const auto before = std::exchange(m_rows, std::move(sorted));
    for (const auto& old : persistentIndexList()) {
        const auto found = placeIn(m_rows, before.at(static_cast<size_t>(old.row())));
        changePersistentIndex(old, index(static_cast<int>(found - m_rows.begin()), old.column()));
    }
    Q_EMIT layoutChanged();
}

void ReceivedStudiesModel::insertNew(const std::vector<engine::ReceivedStudy>& now)
{
    for (size_t row = 0; row < now.size(); ++row) {
        if (row >= m_rows.size() || !isSameStudy(m_rows[row], now[row])) {
            beginInsertRows({}, static_cast<int>(row), static_cast<int>(row));
            m_rows.insert(m_rows.begin() + static_cast<qsizetype>(row), now[row]);
            endInsertRows();
        }
    }
}

} // namespace radpost::ui
