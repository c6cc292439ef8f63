#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/JsonValues.h"
#include "app/cli/Session.h"
#include "app/common/DestinationFile.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

CommandSpec destExportSpec()
{
    return {u"dest export"_s, u"[FILE]"_s, Cli::tr("Write the destinations as TOML or CSV"),
        Cli::tr("To standard output without FILE. References to secrets are written, secrets never are."), 0, 1,
        {{u"format"_s, u"toml|csv"_s, Cli::tr("The default follows the name of FILE, else TOML."), {}}},
        {u"radpost dest export hospital.csv"_s, u"radpost dest export --format csv"_s}};
}

ExitCode runDestExport(Session& session, const Arguments& arguments)
{
    const auto file = arguments.positional().value(0);
    const auto guessed = app::isCsvName(file) ? u"csv"_s : u"toml"_s;
    const auto word = arguments.has(u"format"_s) ? arguments.value(u"format"_s) : guessed;
    if (word != u"csv" && word != u"toml") {
        return session.misused(Cli::tr("There is no format %1.").arg(word), u"dest export"_s);
    }
    const bool isEvents = session.console().options().json && file.isEmpty();
    if (isEvents && arguments.has(u"format"_s)) {
        return session.misused(Cli::tr("With --json, --format needs FILE."), u"dest export"_s);
    }
    const auto format = word == u"csv" ? app::DestinationFormat::Csv : app::DestinationFormat::Toml;
    return withConfig(session, [&](const config::Config& config) {
        if (isEvents) {
            for (const auto& destination : config.destinations) {
                session.console().event(u"destination"_s, toJson(destination));
            }
            return ExitCode::Ok;
        }
        if (file.isEmpty()) {
            session.console().raw(app::destinationFileBytes(config.destinations, format));
            return ExitCode::Ok;
        }
        if (const auto written = app::writeDestinationFile(file, config.destinations, format); !written) {
            return session.failed(written.error());
        }
        session.console().event(u"destinations-exported"_s,
            {{u"path"_s, file}, {u"count"_s, static_cast<qint64>(config.destinations.size())}});
        session.console().note(Cli::tr("Written: %1").arg(file));
        return ExitCode::Ok;
    });
}

} // namespace radpost::cli
