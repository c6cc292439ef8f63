#pragma once

#include "app/cli/Arguments.h"
#include "app/cli/ExitCode.h"

#include <QStringView>

#include <span>
#include <vector>

namespace radpost::cli {

class Session;

/// One row of the table of commands.
struct Command
{
    QStringView name;
    CommandSpec (*spec)() = nullptr;
    ExitCode (*run)(Session& session, const Arguments& arguments) = nullptr;
};

/// In the order of the help.
[[nodiscard]] std::span<const Command> commands();

/// Those that begin with the word @p group: of "dest", "dest add", "dest list", …
[[nodiscard]] std::vector<Command> commandsOf(QStringView group);

/// The first of @p words that is neither an option of every command nor the value of one; empty when there is none.
[[nodiscard]] QString firstWord(const QStringList& words);

/// By the words at the beginning of @p words ("dest", "add"), which are taken away; nullptr when there is none.
[[nodiscard]] const Command* takeCommand(QStringList& words);

} // namespace radpost::cli
