#include "ui/log/TraceModel.h"

#include "app/common/TraceWords.h"

#include <QDateTime>

#include <algorithm>
#include <iterator>
#include <set>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

// The id of an index is 0 for a record, and for a particular the row of its record, from 1.
constexpr quintptr kRecord = 0;

} // namespace

void TraceModel::setLog(std::shared_ptr<net::TraceLog> log)
{
    m_log = std::move(log);
    clear();
}

void TraceModel::clear()
{
    beginResetModel();
    m_records.clear();
    m_next = 1;
    endResetModel();
}

void TraceModel::setMasking(observe::Masking masking)
{
    m_masking = masking;
    retranslate();
}

void TraceModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    for (int row = 0; row < rowCount(); ++row) {
        const auto record = index(row, 0);
        Q_EMIT dataChanged(record, index(row, ColumnCount - 1));
        if (const int lines = rowCount(record); lines > 0) {
            Q_EMIT dataChanged(index(0, 0, record), index(lines - 1, ColumnCount - 1, record));
        }
    }
}

bool TraceModel::fetch()
{
    if (!m_log) {
        return false;
    }
    const auto standing = m_log->standing();
    if (!m_records.empty() && standing.first > m_records.front().number) {
        clear(); // begun anew
    }
    auto records = m_log->from(m_next, kAtOnce);
    if (records.empty()) {
        return false;
    }
    m_next = records.back().number + 1;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(records.size()) - 1);
    std::move(records.begin(), records.end(), std::back_inserter(m_records));
    endInsertRows();
    return m_next < standing.next;
}

std::size_t TraceModel::recordOf(const QModelIndex& index) const
{
    return index.internalId() == kRecord ? static_cast<std::size_t>(index.row())
                                         : static_cast<std::size_t>(index.internalId()) - 1;
}

QModelIndex TraceModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent)) {
        return {};
    }
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : kRecord);
}

QModelIndex TraceModel::parent(const QModelIndex& child) const
{
    const bool isRecord = !child.isValid() || child.internalId() == kRecord;
    return isRecord ? QModelIndex() : createIndex(static_cast<int>(child.internalId()) - 1, 0, kRecord);
}

int TraceModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid()) {
        return static_cast<int>(m_records.size());
    }
    if (parent.internalId() != kRecord || parent.column() != 0) {
        return 0;
    }
    return static_cast<int>(app::traceWords(m_records[recordOf(parent)], m_masking).lines.size());
}

int TraceModel::columnCount(const QModelIndex& parent) const
{
    Q_UNUSED(parent)
    return ColumnCount;
}

QVariant TraceModel::data(const QModelIndex& index, int role) const
{
    const bool isText = role == Qt::DisplayRole || (role == Qt::ToolTipRole && index.column() == Text);
    if (!isText) {
        return {};
    }
    const auto& record = m_records[recordOf(index)];
    if (index.internalId() != kRecord) {
        return index.column() == Text ? app::traceWords(record, m_masking).lines.value(index.row()) : QString();
    }
    switch (index.column()) {
    case Time:
        return QDateTime::fromMSecsSinceEpoch(record.time.time_since_epoch().count()).toString(u"HH:mm:ss.zzz"_s);
    case Association:
        return QString::number(record.association);
    case Direction:
        return app::traceArrow(record.direction);
    default:
        return app::traceWords(record, m_masking).heading;
    }
}

QVariant TraceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal) {
        return {};
    }
    const QStringList titles{tr("Time"), tr("Association"), QString(), tr("What was said")};
    return titles.value(section);
}

QString TraceModel::textOf(const QModelIndexList& indexes) const
{
    std::set<std::size_t> rows;
    for (const auto& index : indexes) {
        rows.insert(recordOf(index));
    }
    std::vector<net::TraceRecord> chosen;
    std::transform(
        rows.begin(), rows.end(), std::back_inserter(chosen), [this](std::size_t row) { return m_records[row]; });
    return app::traceText(chosen, m_masking);
}

} // namespace radpost::ui
