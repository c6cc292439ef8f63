#pragma once

#include "ui/common/ProblemList.h"

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
    [[nodiscard]] static Notice onTheirWay(qint64 instances, const QStringList& destinations);
    /// The job looked through the folder later than the eyes did.
    [[nodiscard]] static Notice folderChanged(qint64 found, qint64 shown);
    /// Every one of @p failures, of which there is at least one.
    [[nodiscard]] static Notice notAsked(const std::vector<FailedCheck>& failures);
    [[nodiscard]] static Notice notOnThisComputer(const QStringList& links);
};

} // namespace radpost::ui
