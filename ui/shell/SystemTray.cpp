#include "ui/shell/SystemTray.h"

#include "ui/common/Icons.h"

#ifdef RADPOST_DBUS
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QVariantMap>
#endif

using namespace Qt::StringLiterals;

namespace radpost::ui {

namespace {

// For desktops without a notification area, GNOME first among them: they have notifications all the same.
void tellDesktop(const QString& title, const QString& text)
{
#ifdef RADPOST_DBUS
    auto call = QDBusMessage::createMethodCall(u"org.freedesktop.Notifications"_s, u"/org/freedesktop/Notifications"_s,
        u"org.freedesktop.Notifications"_s, u"Notify"_s);
    // Some servers read the body as markup.
    call.setArguments({u"Radpost"_s, 0U, u"radpost"_s, title, text.toHtmlEscaped(), QStringList(), QVariantMap(), -1});
    QDBusConnection::sessionBus().asyncCall(call);
#else
    Q_UNUSED(title)
    Q_UNUSED(text)
#endif
}

} // namespace

SystemTray::SystemTray(QObject* parent)
    : TrayIcon(parent)
    , m_icon(logo())
{
    connect(&m_icon, &QSystemTrayIcon::messageClicked, this, &TrayIcon::activated);
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger) {
            Q_EMIT activated();
        }
    });
}

bool SystemTray::isAvailable() const
{
    return QSystemTrayIcon::isSystemTrayAvailable();
}

void SystemTray::show(QMenu& menu)
{
    m_icon.setContextMenu(&menu);
    m_icon.show(); // where there is no area yet, it appears there later
}

void SystemTray::setToolTip(const QString& text)
{
    m_icon.setToolTip(text);
}

void SystemTray::tell(const QString& title, const QString& text)
{
    if (isAvailable()) {
        m_icon.showMessage(title, text);
    } else {
        tellDesktop(title, text);
    }
}

} // namespace radpost::ui
