#pragma once

#include <QObject>
#include <QStringList>

class QMimeData;
class QWidget;

namespace radpost::ui {

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
    void hovered(bool isOver); ///< something that could be dropped is over the target
};

/// The local files and folders in what is dragged.
[[nodiscard]] QStringList localPaths(const QMimeData& data);

} // namespace radpost::ui
