#include "app/cli/Session.h"

#include "app/cli/Cli.h"
#include "app/cli/TextWidth.h"
#include "app/common/ConfigText.h"
#include "core/config/DestinationAddress.h"
#include "core/config/Paths.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace radpost::cli {

void Session::readCommonOptions(const Arguments& arguments)
{
    const auto configFile = arguments.value(u"config"_s);
    m_configFile = config::ConfigFile(configFile.isEmpty() ? config::defaultConfigFile() : configFile);
    m_config = m_configFile.load();
    m_dataFolder = arguments.value(u"data"_s);
    if (m_dataFolder.isEmpty() && m_config) {
        m_dataFolder = m_config->settings.dataFolder;
    }
    if (m_dataFolder.isEmpty()) {
        m_dataFolder = config::defaultDataFolder();
    }
}

ExitCode Session::failed(const Error& error)
{
    m_console.error(error);
    const bool isConfig = error.code == ErrorCode::ConfigSyntax || error.code == ErrorCode::ConfigValue;
    if (isConfig && !m_configFile.problems().empty()) {
        for (const auto& problem : m_configFile.problems()) {
            m_console.complain(u"  "_s + printable(app::problemText(problem)));
        }
    }
    return exitCodeOf(error.code);
}

ExitCode Session::questionFailed(const Error& error)
{
    auto text = app::errorText(error);
    text.notDone.clear();
    m_console.error(error, text);
    return exitCodeOf(error.code);
}

ExitCode Session::inputFailed(const Error& error)
{
    const auto code = questionFailed(error);
    return error.code == ErrorCode::FileNotFound ? ExitCode::Usage : code;
}

ExitCode Session::misused(const QString& sentence, const QString& command)
{
    m_console.event(u"error"_s, {{u"name"_s, u"Usage"_s}, {u"message"_s, sentence}});
    m_console.complain(u"radpost: "_s + printable(sentence));
    m_console.complain(command.isEmpty() ? Cli::tr("See: radpost help") : Cli::tr("See: radpost help %1").arg(command));
    return ExitCode::Usage;
}

engine::EngineParams Session::engineParams(engine::LedgerAccess access) const
{
    engine::EngineParams params;
    params.dataFolder = m_dataFolder;
    params.access = access;
    if (m_config) {
        params.callingAeTitle = m_config->settings.aeTitle;
        params.currentDestination = [config = *m_config](const QString& name) {
            const auto* destination = config.find(name);
            return destination != nullptr ? std::optional(*destination) : std::nullopt;
        };
        params.maxAssociations = m_config->settings.sendMaxAssociations;
        params.keepJobs = std::chrono::days(m_config->settings.ledgerKeepDays);
        if (m_config->settings.commitmentPort != 0) {
            params.commitmentPort = m_config->settings.commitmentPort;
        }
        if (m_config->settings.scanThreads > 0) {
            params.scanThreads = m_config->settings.scanThreads;
        }
    }
    return params;
}

ExitCode withConfig(Session& session, const std::function<ExitCode(const config::Config&)>& then)
{
    return session.config() ? then(*session.config()) : session.failed(session.config().error());
}

Result<config::Destination> findDestination(const Session& session, const QString& text)
{
    const auto* destination = session.config() ? session.config()->find(text) : nullptr;
    if (destination != nullptr) {
        return *destination;
    }
    if (config::looksLikeAddress(text)) {
        return config::parseAddress(text);
    }
    return session.config() ? fail(ErrorCode::DestinationNotFound, text) : fail(session.config().error());
}

Result<queue::Receipt> readReceipt(const Session& session, const QString& text)
{
    const auto job = parseJobId(text);
    if (!job) {
        return fail(job.error());
    }
    const auto engine = engine::Engine::open(session.engineParams(engine::LedgerAccess::ReadOnly));
    if (!engine) {
        const bool isNew = engine.error().code == ErrorCode::LedgerUnreadable && !ledgerExists(session);
        return isNew ? fail(ErrorCode::JobNotFound, text) : fail(engine.error());
    }
    return (*engine)->receipt(*job);
}

bool ledgerExists(const Session& session)
{
    return QFileInfo::exists(session.dataFolder() + u"/ledger.sqlite"_s); // the folder may hold a log alone
}

Result<JobId> parseJobId(const QString& text)
{
    bool isNumber = false;
    const qint64 number = (text.startsWith(u'#') ? text.mid(1) : text).toLongLong(&isNumber);
    if (!isNumber || number < 1) {
        return fail(ErrorCode::InvalidArgument, u"not the number of a job: "_s + text);
    }
    return JobId{number};
}

} // namespace radpost::cli
