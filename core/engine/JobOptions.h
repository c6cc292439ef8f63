#pragma once

#include "core/base/Result.h"
#include "core/base/StrongId.h"
#include "core/engine/StudyTree.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace radpost::engine {

/// What the ledger keeps of a request beside its destination, so that a scan that was cut short can be done again.
struct JobOptions
{
    QStringList paths; ///< absolute
    QList<SeriesInstanceUid> onlySeries;
    QString unpackFolder; ///< where members of archives lie as long as the job may need them
    QList<SeriesKey> onlyKeys{};
    bool onlyMissing = false; ///< what the destination has already is left out
    bool isForward = false;   ///< the gateway made it: no source to scan again
    QString forwardHours{};   ///< of the rule, where the destination has none; see ruleHours.h
    friend bool operator==(const JobOptions&, const JobOptions&) = default;
};

[[nodiscard]] QString toText(const JobOptions& options);

/// Errors: LedgerCorrupt.
[[nodiscard]] Result<JobOptions> jobOptions(const QString& text);

} // namespace radpost::engine
