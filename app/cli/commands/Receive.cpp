#include "app/cli/commands/commands.h"

#include "app/cli/Cli.h"
#include "app/cli/Interrupt.h"
#include "app/cli/Session.h"
#include "app/cli/TextWidth.h"
#include "app/common/Format.h"
#include "core/config/Fields.h"
#include "core/engine/ReceiveServer.h"

#include <QFileInfo>

#include <condition_variable>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::cli {

namespace {

using engine::ReceiveCounts;
using engine::ReceiveServer;

QString countsText(const ReceiveCounts& counts)
{
    QString text = Cli::tr("%n instance(s) stored", nullptr, static_cast<int>(counts.stored)) + u", "_s +
        app::bytesText(counts.bytes);
    if (counts.failed > 0) {
        text += u", "_s + Cli::tr("%n failed", nullptr, static_cast<int>(counts.failed));
    }
    if (counts.associations > 0) {
        text += u", "_s + Cli::tr("%n association(s)", nullptr, counts.associations);
    }
    return text;
}

QJsonObject countsFields(const ReceiveCounts& counts)
{
    return {{u"stored"_s, counts.stored}, {u"failed"_s, counts.failed}, {u"bytes"_s, counts.bytes},
        {u"associations"_s, counts.associations}};
}

void tellInstance(Console& console, const engine::ReceivedInstance& instance)
{
    console.event(u"received"_s,
        {{u"sopInstanceUid"_s, instance.sopInstanceUid.toString()}, {u"sopClassUid"_s, instance.sopClassUid.toString()},
            {u"transferSyntaxUid"_s, instance.transferSyntaxUid.toString()}, {u"bytes"_s, instance.bytes},
            {u"callingAeTitle"_s, instance.callingAeTitle}, {u"peer"_s, instance.peerAddress},
            {u"status"_s, static_cast<int>(instance.status)}});
}

// Shows the counts as they grow until Ctrl-C.
void watch(Console& console, const ReceiveServer& server, const CancelToken& cancel)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    qint64 told = 0;
    const auto interval = console.options().errorIsTerminal ? 250ms : 1000ms;
    while (!cancel.isCancelled()) {
        never.wait_for(lock, cancel.stopToken(), interval, [] { return false; });
        const auto counts = server.counts();
        console.setProgress({countsText(counts)});
        if (!console.options().errorIsTerminal && counts.stored + counts.failed != told) {
            told = counts.stored + counts.failed;
            console.note(countsText(counts));
        }
    }
}

template <typename T>
bool readNumber(const Arguments& arguments, const QString& option, qint64 low, qint64 high, T& into)
{
    if (!arguments.has(option)) {
        return true;
    }
    bool isNumber = false;
    const qint64 number = arguments.value(option).toLongLong(&isNumber);
    into = static_cast<T>(number);
    return isNumber && number >= low && number <= high;
}

bool readDurability(const Arguments& arguments, config::ReceiveDurability& into)
{
    const auto word = arguments.value(u"durability"_s);
    if (word == u"process") {
        into = config::ReceiveDurability::Process;
    } else if (word == u"power-loss") {
        into = config::ReceiveDurability::PowerLoss;
    }
    return !arguments.has(u"durability"_s) || word == u"process" || word == u"power-loss";
}

// The sentence that says what is wrong, if anything.
QString applyOptions(const Arguments& arguments, engine::ReceiveParams& params)
{
    const auto title = arguments.value(u"aet"_s);
    if (arguments.has(u"aet"_s) && !config::isValidAeTitle(title)) {
        return Cli::tr("--aet needs an AE title of 1 to 16 ASCII characters.");
    }
    if (arguments.has(u"aet"_s)) {
        params.aeTitle = AeTitle{title.trimmed().toLatin1()};
    }
    if (!readNumber(arguments, u"port"_s, 0, 65535, params.port)) {
        return Cli::tr("--port needs a number from 0 to 65535; 0 takes a free one.");
    }
    if (!readNumber(arguments, u"max-associations"_s, 1, 1024, params.maxAssociations)) {
        return Cli::tr("--max-associations needs a number from 1 to 1024.");
    }
    if (!readDurability(arguments, params.durability)) {
        return Cli::tr("--durability needs process or power-loss.");
    }
    if (arguments.has(u"dir"_s)) {
        params.folder = arguments.value(u"dir"_s);
    }
    params.address = arguments.value(u"address"_s);
    return params.folder.isEmpty() ? Cli::tr("Say where to store: --dir FOLDER.") : QString();
}

} // namespace

CommandSpec receiveSpec()
{
    return {u"receive"_s, {}, Cli::tr("Receive images and store them as files"),
        Cli::tr("A plain receiver: answers C-ECHO and C-STORE, takes every kind of object and transfer syntax, and "
                "writes what comes bit for bit as FOLDER/SOPInstanceUID.dcm. Ends with Ctrl-C."),
        0, 0,
        {{u"port"_s, u"N"_s, Cli::tr("Port to listen on; 0 takes a free one. The default is 11112."), {}},
            {u"aet"_s, u"AET"_s, Cli::tr("Answer only to this AE title; without it, to any."), {}},
            {u"dir"_s, u"FOLDER"_s, Cli::tr("Where the files go."), {}},
            {u"address"_s, u"IP"_s, Cli::tr("Address to listen on; without it, on all."), {}},
            {u"max-associations"_s, u"N"_s, Cli::tr("Associations at once; more are refused."), {}},
            {u"durability"_s, u"WORD"_s,
                Cli::tr("What an image survives once it is acknowledged: power-loss (the default; each file is "
                        "synced to the disk) or process (faster)."),
                {}}},
        {u"radpost receive --port 11112 --aet ARCHIVE --dir /data/in"_s}};
}

ExitCode runReceive(Session& session, const Arguments& arguments)
{
    return withConfig(session, [&](const config::Config& config) {
        auto& console = session.console();
        auto params = engine::receiveParams(config.settings);
        if (const auto wrong = applyOptions(arguments, params); !wrong.isEmpty()) {
            return session.misused(wrong, u"receive"_s);
        }
        const Interrupt interrupt;
        std::function<void(const engine::ReceivedInstance&)> tell;
        if (console.options().json) {
            tell = [&console](const engine::ReceivedInstance& instance) { tellInstance(console, instance); };
        }
        ReceiveServer server(params, std::move(tell));
        if (const auto started = server.start(); !started) {
            return session.failed(started.error());
        }
        console.event(u"listening"_s,
            {{u"port"_s, static_cast<int>(server.port())}, {u"folder"_s, QFileInfo(params.folder).absoluteFilePath()}});
        console.line(Cli::tr("Listening on port %1, storing to %2. Ctrl-C ends it.")
                         .arg(QString::number(server.port()), params.folder));
        watch(console, server, interrupt.token());
        server.stop();
        console.clearProgress();
        const auto counts = server.counts();
        console.event(u"received-in-all"_s, countsFields(counts));
        console.line(countsText(counts));
        return counts.failed > 0 ? ExitCode::SomeFailed : ExitCode::Ok;
    });
}

} // namespace radpost::cli
