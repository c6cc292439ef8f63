#include "app/cli/RuleFile.h"

#include "app/cli/Cli.h"
#include "app/cli/RouteJson.h"
#include "app/cli/Session.h"
#include "app/cli/TextWidth.h"
#include "app/common/ConfigText.h"
#include "core/engine/RouteTrial.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

QStringList destinationNames(const Session& session)
{
    QStringList names;
    if (session.config()) {
        for (const auto& destination : session.config()->destinations) {
            names.append(destination.name);
        }
    }
    return names;
}

} // namespace

std::shared_ptr<const route::RuleBook> loadRulesFor(Session& session, const QString& path, ExitCode& exit)
{
    auto& console = session.console();
    if (!path.isEmpty() && !session.config()) {
        exit = session.failed(session.config().error()); // whose destinations the rules need
        return nullptr;
    }
    const QString file = path.isEmpty() ? session.configFile().path() : path;
    // A configuration that is not there is an empty one.
    auto loaded = path.isEmpty() && !QFileInfo::exists(file)
        ? Result<route::LoadedRules>(route::loadRules({}, file, {}))
        : engine::readRules(file, destinationNames(session));
    if (!loaded) {
        exit = path.isEmpty() ? session.failed(loaded.error()) : session.inputFailed(loaded.error());
        return nullptr;
    }
    for (const auto& problem : loaded->problems) {
        console.event(u"rule-problem"_s, toJson(problem));
        console.complain(printable(app::problemText(problem)));
    }
    if (!loaded->book) {
        exit = ExitCode::LocalProblem;
    } else if (!session.config()) {
        exit = session.failed(session.config().error()); // the rules are right, something else is not
        return nullptr;
    }
    return loaded->book;
}

} // namespace radpost::cli
