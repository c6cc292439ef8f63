#include "ui/send/SendTree.h"

#include "ui/common/CellDelegate.h"
#include "ui/send/SendTreeModel.h"

#include <QHeaderView>
#include <QMenu>

#include <algorithm>
#include <array>

namespace radpost::ui {

namespace {

constexpr int kLeastName = 190;
// In the order of SendTreeModel::Column; the first one is fitted.
constexpr std::array kWidths{kLeastName, 92, 108, 76, 76, 150, 132, 112};

} // namespace

SendTree::SendTree(QWidget* parent)
    : QTreeView(parent)
{
    setItemDelegate(new CellDelegate(this));
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setSortingEnabled(true);
    setProperty("memory", QStringLiteral("send"));
    header()->setStretchLastSection(false);
    header()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header(), &QWidget::customContextMenuRequested, this, &SendTree::showMenu);
}

void SendTree::prepareColumns()
{
    sortByColumn(SendTreeModel::NameColumn, Qt::AscendingOrder);
    for (size_t column = 0; column < kWidths.size(); ++column) {
        header()->resizeSection(static_cast<int>(column), kWidths[column]);
    }
    hideColumn(SendTreeModel::SyntaxColumn);
    hideColumn(SendTreeModel::CheckColumn);
    hideColumn(SendTreeModel::NotesColumn);
}

void SendTree::setColumnShown(int column, bool isShown)
{
    if (isColumnHidden(column) == isShown) {
        setColumnHidden(column, !isShown);
        fitName();
    }
}

void SendTree::listColumns(QMenu& menu)
{
    for (int column = 1; column < SendTreeModel::ColumnCount; ++column) {
        auto* action = menu.addAction(model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        connect(action, &QAction::toggled, this, [this, column](bool isShown) { setColumnShown(column, isShown); });
    }
}

void SendTree::showMenu(const QPoint& at)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    listColumns(*menu);
    menu->popup(header()->mapToGlobal(at));
}

void SendTree::resizeEvent(QResizeEvent* event)
{
    QTreeView::resizeEvent(event);
    fitName();
}

void SendTree::fitName()
{
    int others = 0;
    for (int column = 1; column < header()->count(); ++column) {
        others += header()->sectionSize(column); // 0 when hidden
    }
    if (header()->count() > 0) {
        header()->resizeSection(SendTreeModel::NameColumn, std::max(kLeastName, viewport()->width() - others));
    }
}

} // namespace radpost::ui
