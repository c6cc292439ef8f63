#pragma once

#include <QObject>
#include <QString>

class QMenu;

namespace radpost::ui {

/// The program's place in the notification area, and a way to tell something while no window is looked at. An
/// interface, because not every desktop has such an area, and tests have none.
class TrayIcon : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Whether the desktop has a notification area now.
    [[nodiscard]] virtual bool isAvailable() const = 0;
    virtual void show(QMenu& menu) = 0;
    virtual void setToolTip(const QString& text) = 0;
    /// Returns at once; whether and how it is shown is for the desktop to say.
    virtual void tell(const QString& title, const QString& text) = 0;

Q_SIGNALS:
    /// The icon or a message of it was clicked.
    void activated();
};

} // namespace radpost::ui
