#pragma once

#include "ui/common/ProblemList.h"
#include "ui/send/RefusedPart.h"
#include "ui/send/SentJobs.h"

#include <QCoreApplication>
#include <QStringList>

#include <vector>

namespace radpost::ui {

/// A destination that could not be asked.
struct FailedCheck
{
    QString destination;
    Error error;
};

/// What the Send page has to say.
struct SendNotices
{
    Q_DECLARE_TR_FUNCTIONS(SendNotices)

public:
    /// How @p instances that were sent to @p destinations stand now.
    [[nodiscard]] static Notice sent(const SentStanding& standing, qint64 instances, const QStringList& destinations);
    /// The job looked through the folder later than the eyes did.
    [[nodiscard]] static Notice folderChanged(qint64 found, qint64 shown);
    /// Every one of @p failures, of which there is at least one.
    [[nodiscard]] static Notice notAsked(const std::vector<FailedCheck>& failures);
    /// What the check found; @p part names one destination at least.
    [[nodiscard]] static Notice refused(const RefusedPart& part);
    [[nodiscard]] static Notice notOnThisComputer(const QStringList& links);
};

} // namespace radpost::ui
