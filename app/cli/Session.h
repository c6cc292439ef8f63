#pragma once

#include "app/cli/Arguments.h"
#include "app/cli/Console.h"
#include "app/cli/ExitCode.h"
#include "core/base/Result.h"
#include "core/config/ConfigFile.h"
#include "core/engine/Engine.h"

#include <functional>
#include <optional>

namespace radpost::cli {

/// What every command works with: console, configuration, places on the disk. One thread.
class Session final
{
public:
    explicit Session(Console& console)
        : m_console(console)
    {
    }

    /// Takes --config, --data, … before the command runs. The configuration is read here, but its faults matter only
    /// to commands that ask for it.
    void readCommonOptions(const Arguments& arguments);

    [[nodiscard]] Console& console() const { return m_console; }
    [[nodiscard]] config::ConfigFile& configFile() { return m_configFile; }
    [[nodiscard]] const Result<config::Config>& config() const { return m_config; }
    [[nodiscard]] QString dataFolder() const { return m_dataFolder; }

    /// Says what is wrong with @p error; for faults of the configuration every one with its place.
    ExitCode failed(const Error& error);
    /// The same of what a peer was asked: nothing was to be sent.
    ExitCode questionFailed(const Error& error);

    /// The same of a file that the command line names for another purpose than to be sent. One that is not there is a
    /// mistake of the call.
    ExitCode inputFailed(const Error& error);

    /// Says what is wrong with the command line. @p command: whose help to name.
    ExitCode misused(const QString& sentence, const QString& command = {});

    [[nodiscard]] engine::EngineParams engineParams(engine::LedgerAccess access) const;

private:
    Console& m_console;
    config::ConfigFile m_configFile{QString()};
    Result<config::Config> m_config;
    QString m_dataFolder;
};

/// Runs @p then with the configuration, or says why it cannot be used.
ExitCode withConfig(Session& session, const std::function<ExitCode(const config::Config&)>& then);

/// The destination that @p text names or writes out. Errors: DestinationNotFound, InvalidArgument, those of the
/// configuration (unless it is an address).
[[nodiscard]] Result<config::Destination> findDestination(const Session& session, const QString& text);

/// The receipt of the job that @p text names, also beside a process that sends. Errors: InvalidArgument, JobNotFound,
/// those of the ledger.
[[nodiscard]] Result<queue::Receipt> readReceipt(const Session& session, const QString& text);

/// False when nothing was ever sent from this data folder.
[[nodiscard]] bool ledgerExists(const Session& session);

/// A number of a job as it is written on the command line: "7" or "#7".
[[nodiscard]] Result<JobId> parseJobId(const QString& text);

} // namespace radpost::cli
