#pragma once

#include "app/cli/Arguments.h"
#include "app/cli/ExitCode.h"
#include "core/engine/Engine.h"

#include <QList>
#include <QString>

#include <functional>
#include <optional>

namespace radpost::cli {

class Session;

/// What pause, resume, retry and cancel are for: one job, or a destination with all its jobs.
struct JobChoice
{
    std::optional<JobId> job;
    QString destination; ///< empty: the job
};

/// --to NAME.
[[nodiscard]] OptionSpec choiceOption();

/// Nothing, after saying why, when neither or both of JOB and --to are given.
[[nodiscard]] std::optional<JobChoice> jobChoice(Session& session, const Arguments& arguments, const QString& command);

/// Oldest first; for a destination there may be none. Errors: JobNotFound; DestinationNotFound when neither the
/// configuration nor any job knows it.
[[nodiscard]] Result<QList<engine::JobSummary>> chosenJobs(
    const Session& session, const engine::Engine& engine, const JobChoice& choice);

/// Opens the engine and runs @p then with what JOB or --to NAME stands for; says what goes wrong.
ExitCode withChosenJobs(Session& session, const Arguments& arguments, const QString& command,
    const std::function<Result<>(engine::Engine&, const JobChoice&, const QList<engine::JobSummary>&)>& then);

} // namespace radpost::cli
