#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/Session.h"
#include "app/common/Format.h"
#include "app/common/SupportFile.h"
#include "core/config/Paths.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace radpost::cli {

CommandSpec supportBundleSpec()
{
    return {u"support-bundle"_s, u"FILE"_s, Cli::tr("Write a ZIP file for support"),
        Cli::tr(
            "Versions, system, settings, destinations, what the ledger comes to, and the masked log of the desktop "
            "program. No image, no secret, and no patient that the ledger knows. Works also while another Radpost is "
            "sending."),
        1, 1, {}, {u"radpost support-bundle radpost-support.zip"_s}};
}

ExitCode runSupportBundle(Session& session, const Arguments& arguments)
{
    return withConfig(session, [&](const config::Config& config) {
        app::SupportRequest request;
        request.file = arguments.positional().front();
        request.program = u"radpost"_s;
        request.config = config;
        request.logFolder = config::logFolder(session.dataFolder());
        const auto engine = engine::Engine::open(session.engineParams(engine::LedgerAccess::ReadOnly));
        const auto facts = app::saveSupportBundle(request, engine ? engine->get() : nullptr, {});
        if (!facts) {
            return session.failed(facts.error());
        }
        session.console().event(u"support-bundle-written"_s,
            {{u"path"_s, request.file}, {u"entries"_s, facts->entries.size()}, {u"bytes"_s, facts->bytes}});
        session.console().note(Cli::tr("Written: %1").arg(request.file));
        if (facts->ledgerError && ledgerExists(session)) {
            session.console().note(Cli::tr("The ledger could not be read; names of its patients were not looked for."));
        }
        return ExitCode::Ok;
    });
}

} // namespace radpost::cli
