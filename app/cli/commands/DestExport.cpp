#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/JsonValues.h"
#include "app/cli/Session.h"
#include "core/config/ConfigText.h"
#include "core/config/DestinationCsv.h"

#include <QSaveFile>

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
    const auto guessed = file.endsWith(u".csv", Qt::CaseInsensitive) ? u"csv"_s : u"toml"_s;
    const auto format = arguments.has(u"format"_s) ? arguments.value(u"format"_s) : guessed;
    if (format != u"csv" && format != u"toml") {
        return session.misused(Cli::tr("There is no format %1.").arg(format), u"dest export"_s);
    }
    const bool isEvents = session.console().options().json && file.isEmpty();
    if (isEvents && arguments.has(u"format"_s)) {
        return session.misused(Cli::tr("With --json, --format needs FILE."), u"dest export"_s);
    }
    return withConfig(session, [&](const config::Config& config) {
        if (isEvents) {
            for (const auto& destination : config.destinations) {
                session.console().event(u"destination"_s, toJson(destination));
            }
            return ExitCode::Ok;
        }
        const auto bytes = format == u"csv" ? config::destinationsToCsv(config.destinations)
                                            : config::destinationsToToml(config.destinations);
        if (file.isEmpty()) {
            session.console().raw(bytes);
            return ExitCode::Ok;
        }
        QSaveFile out(file);
        if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size() || !out.commit()) {
            return session.failed(makeError(ErrorCode::FileWriteFailed, file + u": "_s + out.errorString()));
        }
        session.console().event(u"destinations-exported"_s,
            {{u"path"_s, file}, {u"count"_s, static_cast<qint64>(config.destinations.size())}});
        session.console().note(Cli::tr("Written: %1").arg(file));
        return ExitCode::Ok;
    });
}

} // namespace radpost::cli
