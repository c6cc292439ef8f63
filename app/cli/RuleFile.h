#pragma once

#include "app/cli/ExitCode.h"

#include <QString>

#include <memory>

namespace radpost::route {
class RuleBook;
}

namespace radpost::cli {

class Session;

/// Rules for a command: those of @p path, or of the configuration when it is empty. What is wrong with them is said on
/// the console, each with its place; then there is none, and @p exit says how the command ends.
[[nodiscard]] std::shared_ptr<const route::RuleBook> loadRulesFor(
    Session& session, const QString& path, ExitCode& exit);

} // namespace radpost::cli
