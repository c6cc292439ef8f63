#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/Demo.h"
#include "app/cli/Session.h"

#include <QDir>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace radpost::cli {

CommandSpec demoSpec()
{
    return {u"demo"_s, {}, Cli::tr("Show the whole way: make studies, send them, compare what arrived"),
        Cli::tr("Makes synthetic studies, starts a receiver on a free port of this computer, examines it, sends over a "
                "real network connection, and compares every received file with its source. Where DCMTK's storescp is "
                "installed, it receives too. Nothing outside a temporary folder is touched."),
        0, 0,
        {{u"keep"_s, u"FOLDER"_s, Cli::tr("Work in this folder and leave everything there."), {}},
            {u"no-storescp"_s, {}, Cli::tr("Only our own receiver."), {}}},
        {u"radpost demo"_s, u"radpost demo --lang zh_CN"_s}};
}

ExitCode runDemo(Session& session, const Arguments& arguments)
{
    const auto kept = arguments.value(u"keep"_s);
    QTemporaryDir temporary(QDir::tempPath() + u"/radpost-demo-XXXXXX"_s);
    if (!temporary.isValid()) {
        return session.failed(makeError(ErrorCode::FileWriteFailed, temporary.errorString()));
    }
    Demo demo(session, kept.isEmpty() ? temporary.path() : QDir(kept).absolutePath());
    return demo.run(arguments.has(u"no-storescp"_s) ? Demo::Peers::Own : Demo::Peers::All);
}

} // namespace radpost::cli
