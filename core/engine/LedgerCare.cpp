#include "core/engine/LedgerCare.h"

#include "core/store/LedgerCare.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace radpost::engine {

namespace {

QString ledgerOf(const QString& dataFolder)
{
    return QFileInfo(dataFolder).absoluteFilePath() + u"/ledger.sqlite"_s;
}

} // namespace

Result<QStringList> checkLedgerFile(const QString& dataFolder)
{
    return store::findFaults(ledgerOf(dataFolder));
}

Result<qint64> backUpLedger(const QString& dataFolder, const QString& target)
{
    return store::copyLedger(ledgerOf(dataFolder), target).map([&target] { return QFileInfo(target).size(); });
}

} // namespace radpost::engine
