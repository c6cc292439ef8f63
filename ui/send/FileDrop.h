#pragma once

#include <QObject>
#include <QStringList>

class QMimeData;
class QWidget;

namespace radpost::ui {

/// What is dragged: files and folders of this computer, and links to elsewhere.
struct DroppedItems
{
    QStringList paths;
    QStringList links;
};

[[nodiscard]] DroppedItems droppedItems(const QMimeData& data);

/// Makes a widget, with all that lies in it, take files and folders that are dropped on it. GUI thread.
class FileDrop final : public QObject
{
    Q_OBJECT

public:
    /// Lives as long as @p target.
    explicit FileDrop(QWidget& target);

    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void dropped(const QStringList& paths);
    void refused(const QStringList& links); ///< not on this computer
    void hovered(bool isOver);              ///< something that could be dropped is over the target

private:
    void tell(const DroppedItems& items);
};

} // namespace radpost::ui
