#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/Session.h"
#include "app/cli/TextWidth.h"
#include "app/common/ConfigText.h"
#include "core/config/DestinationCsv.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

constexpr qint64 kMaxImportBytes = qint64(4) << 20;

Result<QByteArray> readFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ErrorCode::FileUnreadable, path + u": "_s + file.errorString());
    }
    if (file.size() > kMaxImportBytes) {
        return fail(ErrorCode::ConfigSyntax, path + u": larger than 4 MiB"_s);
    }
    return file.readAll();
}

Result<std::vector<config::Destination>> destinationsFrom(Session& session, const QString& path)
{
    const auto bytes = readFile(path);
    if (!bytes) {
        return fail(bytes.error());
    }
    if (path.endsWith(u".csv", Qt::CaseInsensitive)) {
        return config::destinationsFromCsv(*bytes);
    }
    auto parsed = config::parseConfig(*bytes, path);
    for (const auto& problem : parsed.problems) {
        session.console().complain(u"  "_s + printable(app::problemText(problem)));
    }
    if (!parsed.problems.empty()) {
        return fail(parsed.problems.front().toError());
    }
    return std::move(parsed.config.destinations);
}

} // namespace

CommandSpec destImportSpec()
{
    return {u"dest import"_s, u"FILE"_s, Cli::tr("Add the destinations of a TOML or CSV file"),
        Cli::tr(
            "A file that ends in .csv needs the columns name, aet and host; port and every key of a destination may "
            "follow. Any other file is read as TOML. All destinations are added, or none."),
        1, 1, {}, {u"radpost dest import hospital.csv"_s}};
}

ExitCode runDestImport(Session& session, const Arguments& arguments)
{
    const auto destinations = destinationsFrom(session, arguments.positional().first());
    if (!destinations) {
        return session.failed(destinations.error());
    }
    if (const auto added = session.configFile().add(*destinations); !added) {
        return session.failed(added.error());
    }
    const auto count = static_cast<int>(destinations->size());
    session.console().event(u"destinations-imported"_s, {{u"count"_s, count}});
    session.console().line(Cli::tr("%n destination(s) added", nullptr, count));
    return ExitCode::Ok;
}

} // namespace radpost::cli
