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

ExitCode runDestAdd(Session& session, const Arguments& arguments)
{
    auto destination = config::parseAddress(arguments.positional()[1]);
    if (!destination) {
        return session.failed(destination.error());
    }
    destination->name = arguments.positional()[0];
    if (const auto applied = applyDestinationOptions(arguments, *destination); !applied) {
        return session.failed(applied.error());
    }
    auto& file = session.configFile();
    const bool exists = session.config() && session.config()->find(destination->name) != nullptr;
    const auto written =
        exists && arguments.has(u"replace"_s) ? file.replace(destination->name, *destination) : file.add(*destination);
    if (!written) {
        return session.failed(written.error());
    }
    session.console().event(u"destination-added"_s, toJson(*destination));
    session.console().line(
        Cli::tr("%1 is now %2. Try it: radpost echo %1").arg(destination->name, config::addressText(*destination)));
    return ExitCode::Ok;
}

} // namespace radpost::cli
