#pragma once

#include "core/base/CancelToken.h"
#include "core/config/Destination.h"
#include "core/engine/StudyTree.h"
#include "core/engine/Traces.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace radpost::engine {

enum class PreflightVerdict {
    AsIs,            ///< the peer takes the file's own transfer syntax
    LosslessConvert, ///< an uncompressed copy goes out; nothing is lost
    Cannot,          ///< see reason
};

/// One SOP class and transfer syntax within one series.
struct PreflightItem
{
    StudyInstanceUid studyInstanceUid;
    SeriesInstanceUid seriesInstanceUid;
    SeriesContext context;
    PreflightVerdict verdict = PreflightVerdict::Cannot;
    TransferSyntaxUid sentAs;                        ///< empty when it cannot be sent
    ErrorCode reason = ErrorCode::NoAcceptedContext; ///< of Cannot
};

struct PreflightReport
{
    QString peerAddress;
    QString peerImplementation;
    int window = 1;
    int associations = 0; ///< how many it took to ask for every context
    std::vector<PreflightItem> items;

    [[nodiscard]] qint64 count(PreflightVerdict verdict) const;
};

/// Asks @p destination, by real associations that carry nothing, what it would take of @p patients. Blocks.
/// Errors: those of an association that cannot be opened.
[[nodiscard]] Result<PreflightReport> preflight(const std::vector<PatientNode>& patients,
    const config::Destination& destination, const AeTitle& callingAeTitle, const CancelToken& cancel);

/// The same, recorded in the log that @p traces has of the destination while that is on.
[[nodiscard]] Result<PreflightReport> preflight(const std::vector<PatientNode>& patients,
    const config::Destination& destination, const AeTitle& callingAeTitle, Traces& traces, const CancelToken& cancel);

} // namespace radpost::engine
