#pragma once

#include "app/cli/Arguments.h"
#include "app/cli/ExitCode.h"
#include "core/engine/Engine.h"
#include "core/engine/JobOrders.h"

#include <optional>

namespace radpost::cli {

class Session;

/// --to NAME.
[[nodiscard]] OptionSpec choiceOption();

/// Nothing, after saying why, when neither or both of JOB and --to are given. @p command: the name of @p act.
[[nodiscard]] std::optional<engine::JobOrder> jobOrder(
    Session& session, const Arguments& arguments, engine::JobAct act, const QString& command);

/// Carries out pause or cancel by this process, or by the one that has the ledger open; says what was done.
ExitCode runOrder(Session& session, const engine::JobOrder& order);

/// Carries out retry or resume here, so that the jobs can be followed; says what there was to do. @return the jobs.
[[nodiscard]] Result<QList<JobId>> beginHere(Session& session, engine::Engine& engine, const engine::JobOrder& order);

/// Has the process that has the ledger open carry out retry or resume; says what it did. That one sends, with what it
/// is set to. @p options: of this command that only matter when it sends itself.
ExitCode runElsewhere(
    Session& session, const engine::JobOrder& order, const Arguments& arguments, const QStringList& options);

} // namespace radpost::cli
