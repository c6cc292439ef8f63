#include "ui/send/FileDrop.h"

#include <QDropEvent>
#include <QMimeData>
#include <QUrl>
#include <QWidget>

namespace radpost::ui {

DroppedItems droppedItems(const QMimeData& data)
{
    DroppedItems items;
    for (const auto& url : data.urls()) {
        if (url.isLocalFile()) {
            items.paths.append(url.toLocalFile());
        } else {
            items.links.append(url.toDisplayString());
        }
    }
    return items;
}

FileDrop::FileDrop(QWidget& target)
    : QObject(&target)
{
    target.setAcceptDrops(true);
    target.installEventFilter(this);
}

bool FileDrop::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != parent()) {
        return false;
    }
    if (event->type() == QEvent::DragLeave) {
        Q_EMIT hovered(false);
        return true;
    }
    if (event->type() != QEvent::DragEnter && event->type() != QEvent::DragMove && event->type() != QEvent::Drop) {
        return false;
    }
    auto* drop = static_cast<QDropEvent*>(event);
    const auto items = droppedItems(*drop->mimeData());
    if (items.paths.isEmpty() && items.links.isEmpty()) {
        event->ignore();
        return true;
    }
    drop->setDropAction(Qt::CopyAction); // the originals stay where they are, whatever the file manager offers
    drop->accept();
    Q_EMIT hovered(event->type() != QEvent::Drop);
    if (event->type() == QEvent::Drop) {
        tell(items);
    }
    return true;
}

// Links are taken too, so that it can be said why they are of no use.
void FileDrop::tell(const DroppedItems& items)
{
    if (!items.paths.isEmpty()) {
        Q_EMIT dropped(items.paths);
    }
    if (!items.links.isEmpty()) {
        Q_EMIT refused(items.links);
    }
}

} // namespace radpost::ui
