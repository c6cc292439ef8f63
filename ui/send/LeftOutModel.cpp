#include "ui/send/LeftOutModel.h"

#include "app/common/ErrorText.h"
#include "app/common/Format.h"
#include "ui/common/StatusDot.h"

#include <QGuiApplication>

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

constexpr int kMarkSize = 14;

} // namespace

LeftOutModel::LeftOutModel(QObject* parent)
    : QAbstractItemModel(parent)
{
}

void LeftOutModel::add(const std::vector<engine::LeftOutFile>& files)
{
    std::map<int, std::vector<engine::LeftOutFile>> fresh;
    for (const auto& file : files) {
        fresh[groupOf(file)].push_back(file);
    }
    for (auto& [row, added] : fresh) {
        auto& group = m_groups[static_cast<size_t>(row)];
        const int first = static_cast<int>(group.files.size());
        beginInsertRows(index(row, 0), first, first + static_cast<int>(added.size()) - 1);
        group.files.insert(group.files.end(), added.begin(), added.end());
        endInsertRows();
        Q_EMIT dataChanged(index(row, 0), index(row, 0));
    }
}

int LeftOutModel::groupOf(const engine::LeftOutFile& file)
{
    const auto known = std::find_if(m_groups.begin(), m_groups.end(), [&file](const auto& group) {
        return group.reason == file.reason && group.isIdenticalCopy == file.isIdenticalCopy;
    });
    if (known != m_groups.end()) {
        return static_cast<int>(known - m_groups.begin());
    }
    const int row = static_cast<int>(m_groups.size());
    beginInsertRows({}, row, row);
    m_groups.push_back({file.reason, file.isIdenticalCopy, {}});
    endInsertRows();
    return row;
}

void LeftOutModel::clear()
{
    beginResetModel();
    m_groups.clear();
    endResetModel();
}

void LeftOutModel::retranslate()
{
    if (!m_groups.empty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, 0));
    }
}

bool LeftOutModel::Group::isDamaged() const
{
    return !isIdenticalCopy && reason != ErrorCode::DuplicateDiffers && store::mayHideInstances(reason);
}

qint64 LeftOutModel::damaged() const
{
    qint64 count = 0;
    for (const auto& group : m_groups) {
        count += group.isDamaged() ? static_cast<qint64>(group.files.size()) : 0;
    }
    return count;
}

QString LeftOutModel::summary() const
{
    qint64 all = 0;
    for (const auto& group : m_groups) {
        all += static_cast<qint64>(group.files.size());
    }
    const auto bad = damaged();
    if (bad == 0) {
        return tr("%Ln file(s) left out", nullptr, static_cast<int>(all));
    }
    const auto damagedText = tr("%Ln file(s) could not be read", nullptr, static_cast<int>(bad));
    return all == bad ? damagedText
                      : QString(damagedText + u" · "_s + tr("%Ln left out", nullptr, static_cast<int>(all - bad)));
}

// The internal id is 0 for a group, else the group's row + 1.
QModelIndex LeftOutModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent)) {
        return {};
    }
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : quintptr(0));
}

QModelIndex LeftOutModel::parent(const QModelIndex& index) const
{
    return index.isValid() && index.internalId() > 0
        ? createIndex(static_cast<int>(index.internalId()) - 1, 0, quintptr(0))
        : QModelIndex();
}

int LeftOutModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid()) {
        return static_cast<int>(m_groups.size());
    }
    return parent.internalId() == 0 ? static_cast<int>(m_groups[static_cast<size_t>(parent.row())].files.size()) : 0;
}

int LeftOutModel::columnCount(const QModelIndex&) const
{
    return 1;
}

QVariant LeftOutModel::data(const QModelIndex& index, int role) const
{
    if (index.isValid() && role == Qt::DecorationRole && index.internalId() == 0) {
        const bool isDamaged = m_groups[static_cast<size_t>(index.row())].isDamaged();
        return isDamaged ? statusPixmap(Status::Warning, kMarkSize, qGuiApp->devicePixelRatio()) : QVariant();
    }
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || (role != Qt::DisplayRole && role != Qt::ToolTipRole)) {
        return {};
    }
    if (index.internalId() == 0) {
        return heading(m_groups[static_cast<size_t>(index.row())]);
    }
    const auto& file = m_groups[index.internalId() - 1].files[static_cast<size_t>(index.row())];
    return file.sameAs.isEmpty()
        ? app::printable(file.path)
        : tr("%1 – same instance as %2").arg(app::printable(file.path), app::printable(file.sameAs));
}

QString LeftOutModel::heading(const Group& group)
{
    const auto what =
        group.isIdenticalCopy ? tr("Identical copies: sent once.") : app::errorText(group.reason).happened;
    return u"%1 (%2)"_s.arg(what, app::countText(static_cast<qint64>(group.files.size())));
}

} // namespace radpost::ui
