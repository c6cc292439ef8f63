#pragma once

#include "app/common/Language.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include <optional>
#include <variant>

namespace radpost::app {

/// What the command line of the desktop program says.
struct DesktopOptions
{
    Q_DECLARE_TR_FUNCTIONS(DesktopOptions)

public:
    QString configFile;               ///< empty: the usual one
    QString dataFolder;               ///< empty: as the settings say
    std::optional<Language> language; ///< over the settings'
    QStringList paths;                ///< absolute; what the Send page opens with
    bool isMinimized = false;         ///< begins in the notification area
};

/// Something to print instead of starting: help, the version, or what was wrong.
struct DesktopNotice
{
    QString text;
    int exitCode = 0;
};

/// @p arguments with the program's name first.
[[nodiscard]] std::variant<DesktopOptions, DesktopNotice> parseDesktopOptions(const QStringList& arguments);

} // namespace radpost::app
