#pragma once

#include "core/queue/Progress.h"

#include <QCoreApplication>
#include <QString>

namespace radpost::ui {

struct JobEndText
{
    Q_DECLARE_TR_FUNCTIONS(JobEndText)
};

/// What is told of a job that came to its end by itself: how much arrived, and where. No patient and no title is in
/// it: it is shown over other programs and locked screens. Empty for a job that a person paused or cancelled.
[[nodiscard]] QString jobEndText(const queue::JobProgress& progress);

} // namespace radpost::ui
