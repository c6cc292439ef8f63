#pragma once

#include <QCoreApplication>

namespace radpost::cli {

/// The context of all text of the command line: Cli::tr("…").
struct Cli
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

} // namespace radpost::cli
