#pragma once

#include <QTreeView>

class QMenu;

namespace radpost::ui {

/// The tree of the Send page. A person shows, hides, moves and sizes its columns; the first one takes what is left
/// over.
class SendTree final : public QTreeView
{
    Q_OBJECT

public:
    explicit SendTree(QWidget* parent = nullptr);

    /// Columns at their first width, those that have nothing to say yet hidden. Call once, with the model set.
    void prepareColumns();
    void setColumnShown(int column, bool isShown);
    /// Fills @p menu with the columns to tick.
    void listColumns(QMenu& menu);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showMenu(const QPoint& at);
    void fitName();
};

} // namespace radpost::ui
