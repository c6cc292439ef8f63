#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/Session.h"
#include "app/cli/TextWidth.h"
#include "app/common/ConfigText.h"
#include "app/common/DestinationFile.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

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
    const auto content = app::readDestinationFile(arguments.positional().first());
    for (const auto& problem : content.problems) {
        session.console().complain(u"  "_s + printable(app::problemText(problem)));
    }
    if (content.error) {
        const bool isFile =
            content.error->code == ErrorCode::FileNotFound || content.error->code == ErrorCode::FileUnreadable;
        return isFile ? session.inputFailed(*content.error) : session.failed(*content.error);
    }
    if (const auto added = session.configFile().add(content.destinations); !added) {
        return session.failed(added.error());
    }
    const auto count = static_cast<int>(content.destinations.size());
    session.console().event(u"destinations-imported"_s, {{u"count"_s, count}});
    session.console().line(Cli::tr("%n destination(s) added", nullptr, count));
    return ExitCode::Ok;
}

} // namespace radpost::cli
