#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/DestinationOptions.h"
#include "app/cli/JsonValues.h"
#include "app/cli/Session.h"
#include "core/config/DestinationAddress.h"

using namespace Qt::StringLiterals;

namespace radpost::cli {

CommandSpec destAddSpec()
{
    CommandSpec spec{u"dest add"_s, u"NAME AET@host[:port]"_s, Cli::tr("Remember a destination by a name"),
        Cli::tr("Writes it to the configuration file; comments and other destinations there stay as they are. With "
                "tls:// before the address the connection is encrypted. Without a port: 104, with TLS 2762."),
        2, 2, {{u"replace"_s, {}, Cli::tr("Replace a destination that has this name."), {}}},
        {u"radpost dest add MAIN-PACS PACS1@10.1.2.3:104"_s,
            u"radpost dest add CLOUD tls://CLOUD@dicom.example.com --set tls.ca_file=/etc/ssl/ca.pem"_s}};
    for (auto& option : destinationOptions()) {
        spec.options.push_back(std::move(option));
    }
    return spec;
}

namespace {

/// What the file says is checked already, so that a value that is not possible is one of the command line.
ExitCode notAdded(Session& session, Error error)
{
    if (error.code == ErrorCode::ConfigValue) {
        error.code = ErrorCode::InvalidArgument;
    }
    auto text = app::errorText(error);
    if (error.code == ErrorCode::DestinationDuplicate) {
        text.next = Cli::tr("Choose another name, or put it in the place of the old one with --replace.");
    }
    session.console().error(error, text);
    return exitCodeOf(error.code);
}

} // namespace

ExitCode runDestAdd(Session& session, const Arguments& arguments)
{
    const auto& name = arguments.positional()[0];
    if (name.trimmed().isEmpty()) {
        return session.misused(Cli::tr("The name is empty."), u"dest add"_s);
    }
    if (config::looksLikeAddress(name)) {
        return session.misused(
            Cli::tr("%1 is an address, not a name: other commands could not tell it from one.").arg(name),
            u"dest add"_s);
    }
    auto destination = config::parseAddress(arguments.positional()[1]);
    if (!destination) {
        return session.failed(destination.error());
    }
    destination->name = name;
    if (const auto applied = applyDestinationOptions(arguments, *destination); !applied) {
        return session.failed(applied.error());
    }
    auto& file = session.configFile();
    const bool exists = session.config() && session.config()->find(destination->name) != nullptr;
    const auto written =
        exists && arguments.has(u"replace"_s) ? file.replace(destination->name, *destination) : file.add(*destination);
    if (!written) {
        return notAdded(session, written.error());
    }
    session.console().event(u"destination-added"_s, toJson(*destination));
    session.console().line(
        Cli::tr("%1 is now %2. Try it: radpost echo %1").arg(destination->name, config::addressText(*destination)));
    return ExitCode::Ok;
}

} // namespace radpost::cli
