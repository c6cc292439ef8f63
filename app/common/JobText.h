#pragma once

#include "core/store/LedgerTypes.h"

#include <QCoreApplication>
#include <QString>

namespace radpost::app {

struct JobText
{
    Q_DECLARE_TR_FUNCTIONS(JobText)
};

/// One word for how a job stands: "unfinished", "paused", "stopped", "finished", "cancelled".
[[nodiscard]] QString jobStateText(const store::JobRow& job);

} // namespace radpost::app
