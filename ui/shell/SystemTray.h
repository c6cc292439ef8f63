#pragma once

#include "ui/shell/TrayIcon.h"

#include <QSystemTrayIcon>

namespace radpost::ui {

/// The desktop's notification area.
class SystemTray final : public TrayIcon
{
    Q_OBJECT

public:
    explicit SystemTray(QObject* parent = nullptr);

    [[nodiscard]] bool isAvailable() const override;
    void show(QMenu& menu) override;
    void setToolTip(const QString& text) override;
    void tell(const QString& title, const QString& text) override;

private:
    QSystemTrayIcon m_icon;
};

} // namespace radpost::ui
