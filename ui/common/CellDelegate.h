#pragma once

#include <QStyledItemDelegate>

namespace radpost::ui {

/// Paints the cells of a table; numbers at the right keep their distance from the text of the next column. A style
/// sheet cannot do it: padding of items moves their check boxes.
class CellDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;
};

} // namespace radpost::ui
