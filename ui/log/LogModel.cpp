#include "ui/log/LogModel.h"

#include "ui/common/StatusDot.h"
#include "ui/log/LogWords.h"

#include "app/common/Format.h"

#include <QDateTime>
#include <QGuiApplication>
#include <QPixmap>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr int kMark = 14;

QString timeText(Clock::WallTime time)
{
    const auto when = QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count());
    return when.toString(when.date() == QDate::currentDate() ? u"HH:mm:ss"_s : u"MM-dd HH:mm:ss"_s);
}

} // namespace

LogModel::LogModel(const observe::LogRing& ring, QObject* parent)
    : QAbstractTableModel(parent)
    , m_ring(ring)
{
}

int LogModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int LogModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

const observe::LogEntry& LogModel::entry(const QModelIndex& index) const
{
    return m_rows.at(static_cast<std::size_t>(index.row()));
}

QVariant LogModel::data(const QModelIndex& index, int role) const
{
    const auto& row = entry(index);
    if (role == LevelRole) {
        return static_cast<int>(row.level);
    }
    if (role == Qt::DecorationRole && index.column() == Level && row.level >= observe::LogLevel::Warning) {
        return statusPixmap(
            row.level == observe::LogLevel::Error ? Status::Bad : Status::Warning, kMark, qApp->devicePixelRatio());
    }
    if (role == Qt::ToolTipRole && index.column() == Time) {
        return app::dateTimeText(row.time);
    }
    if (role == Qt::ToolTipRole && index.column() == Text) {
        return LogWords::text(row, m_masking);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (index.column()) {
    case Time:
        return timeText(row.time);
    case Level:
        return LogWords::level(row.level);
    case Job:
        return row.job ? QString::number(*row.job) : QString();
    case Destination:
        return app::printable(row.destination);
    default:
        return LogWords::text(row, m_masking);
    }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal) {
        return {};
    }
    const QStringList titles{tr("Time"), tr("Level"), tr("Job"), tr("Destination"), tr("What happened")};
    return titles.value(section);
}

void LogModel::setFilter(const LogFilter& filter)
{
    beginResetModel();
    m_filter = filter;
    m_words = filter.text.split(u' ', Qt::SkipEmptyParts);
    m_rows.clear();
    m_next = m_ring.range().first;
    endResetModel();
}

void LogModel::setMasking(observe::Masking masking)
{
    m_masking = masking;
    if (m_words.isEmpty()) {
        retranslate();
    } else {
        setFilter(m_filter); // words may be in the one text and not in the other
    }
}

void LogModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.empty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

bool LogModel::passes(const observe::LogEntry& entry) const
{
    const bool isMeant = entry.level >= m_filter.level && (!m_filter.job || entry.job == m_filter.job) &&
        (m_filter.destination.isEmpty() || entry.destination.compare(m_filter.destination, Qt::CaseInsensitive) == 0);
    if (!isMeant || m_words.isEmpty()) {
        return isMeant;
    }
    const QString shown = LogWords::line(entry, m_masking) + u' ' + QString::fromLatin1(entry.module);
    return std::all_of(m_words.begin(), m_words.end(),
        [&shown](const QString& word) { return shown.contains(word, Qt::CaseInsensitive); });
}

bool LogModel::fetch()
{
    const auto range = m_ring.range();
    dropGone(range.first);
    if (m_next >= range.next) {
        return false;
    }
    auto entries = m_ring.from(m_next, kAtOnce);
    m_next = entries.empty() ? range.next : entries.back().number + 1;
    std::erase_if(entries, [this](const auto& entry) { return !passes(entry); });
    append(std::move(entries));
    return m_next < m_ring.range().next;
}

void LogModel::dropGone(qint64 first)
{
    const auto kept =
        std::find_if(m_rows.begin(), m_rows.end(), [first](const auto& entry) { return entry.number >= first; });
    const auto gone = static_cast<int>(std::distance(m_rows.begin(), kept));
    if (gone > 0) {
        beginRemoveRows({}, 0, gone - 1);
        m_rows.erase(m_rows.begin(), kept);
        endRemoveRows();
    }
}

void LogModel::append(std::vector<observe::LogEntry> entries)
{
    if (entries.empty()) {
        return;
    }
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(entries.size()) - 1);
    std::move(entries.begin(), entries.end(), std::back_inserter(m_rows));
    endInsertRows();
}

} // namespace radpost::ui
