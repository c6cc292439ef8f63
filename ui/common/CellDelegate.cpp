#include "ui/common/CellDelegate.h"

namespace radpost::ui {

namespace {

constexpr QChar kEnSpace(0x2002);

} // namespace

void CellDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    if (option->displayAlignment.testFlag(Qt::AlignRight) && !option->text.isEmpty()) {
        option->text += kEnSpace;
    }
}

} // namespace radpost::ui
