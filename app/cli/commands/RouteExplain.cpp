#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/RouteJson.h"
#include "app/cli/RuleFile.h"
#include "app/cli/Session.h"
#include "app/cli/TextWidth.h"
#include "app/common/DicomNames.h"
#include "app/common/RouteText.h"
#include "app/common/Sentences.h"
#include "core/config/AddressRange.h"
#include "core/config/Fields.h"
#include "core/engine/RouteReplay.h"

#include <QDateTime>
#include <QFileInfo>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace radpost::cli {

namespace {

Clock::WallTime wallTime(const QDateTime& time)
{
    return Clock::WallTime(std::chrono::milliseconds(time.toMSecsSinceEpoch()));
}

// The sentence that says what is wrong; empty: nothing.
QString readArrival(const Arguments& arguments, engine::TrialArrival& arrival)
{
    for (const auto& option : {u"calling"_s, u"called"_s}) {
        const QString title = arguments.value(option);
        if (arguments.has(option) && !config::isValidAeTitle(title)) {
            return Cli::tr("--%1 needs an AE title.").arg(option);
        }
    }
    arrival.callingAeTitle = {arguments.value(u"calling"_s).trimmed().toLatin1()};
    arrival.calledAeTitle = {arguments.value(u"called"_s).trimmed().toLatin1()};
    arrival.peerAddress = arguments.value(u"from"_s);
    arrival.source = arguments.value(u"source"_s);
    if (arguments.has(u"from"_s) && !config::parseIpAddress(arrival.peerAddress)) {
        return Cli::tr("--from needs an IP address.");
    }
    const QDateTime at = arguments.has(u"at"_s) ? QDateTime::fromString(arguments.value(u"at"_s), Qt::ISODate)
                                                : QDateTime::currentDateTime();
    arrival.receivedAt = at.isValid() ? wallTime(at) : Clock::WallTime();
    return at.isValid() ? QString() : Cli::tr("--at needs a date and time such as 2026-03-14T22:30.");
}

bool isUid(const QString& word)
{
    static const QRegularExpression uid(u"^[0-9.]{3,64}$"_s);
    return uid.match(word).hasMatch() && !QFileInfo::exists(word);
}

/// What @p word names: a received instance by its UID, as it came, or a file, as it would come.
Result<engine::KeptInstance> subjectOf(const Session& session, const QString& word, const engine::TrialArrival& arrival)
{
    const engine::KeptInstance file{word, arrival};
    if (!isUid(word) || !session.config() || !ledgerExists(session)) {
        return file;
    }
    const engine::SpoolPlace place{session.dataFolder(), session.config()->settings.serve.spoolFolder};
    return engine::findKept(place, {word.toLatin1()}).map([&file](const std::optional<engine::KeptInstance>& kept) {
        return kept.value_or(file);
    });
}

ExitCode tellUnexplained(Session& session, const QString& word, const Error& error)
{
    if (error.code == ErrorCode::FileNotFound && isUid(word)) {
        return session.misused(
            Cli::tr("Neither is there a file %1, nor has the spool an instance with this UID.").arg(word),
            u"route explain"_s);
    }
    session.console().complain(printable(word) + u':');
    return session.inputFailed(error);
}

void printTrial(Console& console, const QString& file, const engine::RouteTrial& trial)
{
    console.line(printable(file) + u"  "_s + app::sopClassName(trial.header.sopClassUid));
    for (const auto& line : app::routingLines(trial.routing)) {
        console.line(u"  "_s + printable(line));
    }
    int number = 0;
    for (const auto& rule : trial.routing.rules) {
        console.line(u"  %1. "_s.arg(++number) + app::labelled(printable(rule.rule), app::ruleStateText(rule.state)));
        for (const auto& line : app::ruleReportLines(rule)) {
            console.line(u"       "_s + printable(line));
        }
    }
    console.line();
}

void tell(Session& session, const QString& file, const engine::RouteTrial& trial)
{
    auto event = toJson(trial.routing);
    event.insert(u"path"_s, file);
    event.insert(u"sopClassUid"_s, trial.header.sopClassUid.toString());
    session.console().event(u"routing"_s, event);
    printTrial(session.console(), file, trial);
}

} // namespace

CommandSpec routeExplainSpec()
{
    return {u"route explain"_s, u"FILE…"_s, Cli::tr("Tell where the rules would send files, and why"),
        Cli::tr("Every rule and every test is shown with what the file has. Nothing is sent. What may tell about a "
                "person is hidden, unless --show-values is given. In the place of a file, the SOP Instance UID of a "
                "received instance may stand: it is judged as it came."),
        1, -1,
        {{u"rules"_s, u"FILE"_s, Cli::tr("Rules to try instead of those of the configuration."), {}},
            {u"calling"_s, u"AET"_s, Cli::tr("As if this AE title had sent it."), {}},
            {u"called"_s, u"AET"_s, Cli::tr("As if it had been sent to this AE title."), {}},
            {u"from"_s, u"IP"_s, Cli::tr("As if it came from this address."), {}},
            {u"source"_s, u"NAME"_s, Cli::tr("As if it came by this listener or watch folder."), {}},
            {u"at"_s, u"TIME"_s, Cli::tr("As if it came at this local time, 2026-03-14T22:30; else now."), {}},
            {u"show-values"_s, {}, Cli::tr("Show values that may tell about a person, too."), {}}},
        {u"radpost route explain ct.dcm --calling CT1 --from 10.1.2.3"_s,
            u"radpost route explain *.dcm --rules draft.toml --json"_s}};
}

ExitCode runRouteExplain(Session& session, const Arguments& arguments)
{
    engine::TrialArrival arrival;
    if (const QString wrong = readArrival(arguments, arrival); !wrong.isEmpty()) {
        return session.misused(wrong, u"route explain"_s);
    }
    for (const auto& file : arguments.positional()) {
        if (QFileInfo(file).isDir()) {
            return session.misused(
                Cli::tr("%1 is a folder; name the files in it, as %1/*.dcm.").arg(file), u"route explain"_s);
        }
    }
    ExitCode exit = ExitCode::Ok;
    const auto book = loadRulesFor(session, arguments.value(u"rules"_s), exit);
    if (!book) {
        return exit;
    }
    for (const auto& file : arguments.positional()) {
        auto trial = subjectOf(session, file, arrival).and_then([&book](const engine::KeptInstance& subject) {
            return engine::tryRoute(subject.path, book, subject.arrival);
        });
        if (!trial) {
            exit = tellUnexplained(session, file, trial.error());
            continue;
        }
        if (!arguments.has(u"show-values"_s)) {
            trial->routing = route::masked(std::move(trial->routing));
        }
        tell(session, file, *trial);
    }
    return exit;
}

} // namespace radpost::cli
