#include "core/config/Paths.h"

#include <QFileInfo>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace radpost::config {

// The "generic" places do not depend on the name an application object was given.

QString defaultConfigFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/radpost/config.toml"_s;
}

QString defaultDataFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/radpost"_s;
}

QString logFolder(const QString& dataFolder)
{
    const QString parent = dataFolder.isEmpty() ? defaultDataFolder() : QFileInfo(dataFolder).absoluteFilePath();
    return parent + u"/log"_s;
}

} // namespace radpost::config
