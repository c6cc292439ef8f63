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
    m_particulars.clear();
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
    if (!m_records.empty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        renewParticulars();
    }
}

// In other words there may be as many lines or not.
void TraceModel::renewParticulars()
{
    for (auto& [row, lines] : m_particulars) {
        const auto record = index(static_cast<int>(row), 0);
        auto fresh = app::traceWords(m_records[row], m_masking).lines;
        const int before = static_cast<int>(lines.size());
        const int now = static_cast<int>(fresh.size());
        if (now < before) {
            beginRemoveRows(record, now, before - 1);
            lines = std::move(fresh);
            endRemoveRows();
        } else if (now > before) {
            beginInsertRows(record, before, now - 1);
            lines = std::move(fresh);
            endInsertRows();
        } else {
            lines = std::move(fresh);
        }
        if (now > 0) {
            Q_EMIT dataChanged(index(0, 0, record), index(now - 1, ColumnCount - 1, record));
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
    const auto found = m_particulars.find(recordOf(parent));
    return found == m_particulars.end() ? 0 : static_cast<int>(found->second.size());
}

bool TraceModel::isFolded(const QModelIndex& record) const
{
    return record.isValid() && record.internalId() == kRecord && record.column() == 0 &&
        !m_particulars.contains(recordOf(record));
}

bool TraceModel::hasChildren(const QModelIndex& parent) const
{
    if (!parent.isValid()) {
        return !m_records.empty();
    }
    return isFolded(parent) ? app::hasTraceLines(m_records[recordOf(parent)]) : rowCount(parent) > 0;
}

bool TraceModel::canFetchMore(const QModelIndex& parent) const
{
    return isFolded(parent) && hasChildren(parent);
}

void TraceModel::fetchMore(const QModelIndex& parent)
{
    if (!canFetchMore(parent)) {
        return;
    }
    auto lines = app::traceWords(m_records[recordOf(parent)], m_masking).lines;
    if (!lines.isEmpty()) {
        beginInsertRows(parent, 0, static_cast<int>(lines.size()) - 1);
        m_particulars[recordOf(parent)] = std::move(lines);
        endInsertRows();
    }
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
        return index.column() == Text ? m_particulars.at(recordOf(index)).value(index.row()) : QString();
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
