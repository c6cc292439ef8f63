#include "app/cli/Demo.h"

#include "app/cli/Cli.h"
#include "app/cli/EchoRun.h"
#include "app/cli/JobRun.h"
#include "app/cli/JsonValues.h"
#include "app/cli/ReceivedCheck.h"
#include "app/cli/ScanRun.h"
#include "app/cli/Session.h"
#include "app/cli/StudyTreeText.h"
#include "app/cli/SyntheticOptions.h"
#include "app/common/Format.h"
#include "core/base/Deadline.h"
#include "core/config/DestinationAddress.h"
#include "core/engine/Diagnosis.h"

#include <QDir>

#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::cli {

namespace {

const QString kLoopback = u"127.0.0.1"_s;

// Nobody listens there any more, and nobody else is likely to take it within the next moment.
quint16 freePort(const QString& folder)
{
    engine::ReceiveServer probe({kLoopback, 0, {}, folder});
    const auto started = probe.start();
    const quint16 port = started ? probe.port() : 0;
    probe.stop();
    return port;
}

// A receiver that was just started takes a moment to open its port. What is wrong after that, the examination says.
void waitUntilListening(const config::Destination& destination)
{
    const Deadline deadline(5s);
    auto probe = destination;
    probe.timeouts.connect = 500ms;
    while (!deadline.isOver()) {
        const auto report = engine::diagnose(probe, probe.calledAeTitle, {}, {}, {});
        if (!report || report->firstFailure() == nullptr) {
            return;
        }
        std::this_thread::sleep_for(20ms);
    }
}

} // namespace

Demo::Demo(Session& session, QString folder)
    : m_session(session)
    , m_folder(std::move(folder))
    , m_studies(m_folder + u"/studies"_s)
{
}

Demo::~Demo() = default;

ExitCode Demo::run(Peers peers)
{
    using Step = ExitCode (Demo::*)();
    setMute(true);
    auto code = startReceivers(peers);
    for (const Step step : {&Demo::makeStudies, &Demo::scan, &Demo::examine, &Demo::send, &Demo::compare}) {
        if (code == ExitCode::Ok) {
            code = (this->*step)();
        }
    }
    setMute(false);
    if (code != ExitCode::Ok && m_session.console().options().quiet) {
        m_session.console().complain(Cli::tr("The demo failed at step %1; without --quiet it shows more.").arg(m_step));
    }
    return code;
}

void Demo::setMute(bool mute)
{
    auto options = m_session.console().options();
    options.mute = mute && options.quiet;
    m_session.console().setOptions(options);
}

void Demo::heading(const QString& text)
{
    auto& console = m_session.console();
    console.line();
    console.line(u"── %1. %2"_s.arg(++m_step).arg(text));
}

Demo::Receiver Demo::makeReceiver(const QString& name, quint16 port) const
{
    Receiver receiver;
    receiver.destination.name = name;
    receiver.destination.host = kLoopback;
    receiver.destination.port = port;
    receiver.destination.calledAeTitle = {"DEMO"};
    receiver.folder = m_folder + u'/' + name;
    return receiver;
}

ExitCode Demo::startReceivers(Peers peers)
{
    heading(Cli::tr("Start receivers on free ports of this computer"));
    const auto code = startOwnReceiver();
    if (code == ExitCode::Ok && peers == Peers::All && !StorescpPeer::find().isEmpty()) {
        startStorescp();
    }
    for (const auto& receiver : m_receivers) {
        m_session.console().line(
            u"  "_s + receiver.destination.name + u": "_s + config::addressText(receiver.destination));
    }
    return code;
}

ExitCode Demo::startOwnReceiver()
{
    const QString folder = m_folder + u"/radpost-receive"_s;
    QDir().mkpath(folder);
    engine::ReceiveParams params{kLoopback, 0, {}, folder};
    params.durability = config::ReceiveDurability::Process; // as storescp beside it, and the files are synthetic
    m_server = std::make_unique<engine::ReceiveServer>(params);
    if (const auto started = m_server->start(); !started) {
        return m_session.failed(started.error());
    }
    m_receivers.push_back(makeReceiver(u"radpost-receive"_s, m_server->port()));
    return ExitCode::Ok;
}

void Demo::startStorescp()
{
    const QString folder = m_folder + u"/storescp"_s;
    QDir().mkpath(folder);
    const auto port = freePort(folder);
    if (port != 0 && m_storescp.start(port, folder)) {
        m_receivers.push_back(makeReceiver(u"storescp"_s, port));
    }
}

ExitCode Demo::makeStudies()
{
    using dicom::SyntheticText;
    heading(Cli::tr("Make synthetic studies"));
    dicom::SyntheticParams params;
    params.folder = m_studies;
    params.patients = 4;
    params.series = mixedSeries();
    params.texts = {
        SyntheticText::Utf8, SyntheticText::Gb18030, SyntheticText::Iso2022Ir58, SyntheticText::MislabelledGbk};
    const Interrupt interrupt;
    const auto made = dicom::makeSyntheticStudies(params, interrupt.token());
    if (!made) {
        return m_session.failed(made.error());
    }
    m_session.console().event(u"made"_s, toJson(*made, params.folder));
    m_session.console().line(u"  "_s +
        Cli::tr("%1 instances (%2) of %3 patients who do not exist")
            .arg(app::countText(made->instances), app::bytesText(made->bytes), app::countText(made->patients)));
    return ExitCode::Ok;
}

ExitCode Demo::scan()
{
    heading(Cli::tr("Look at what is there"));
    const auto findings = ScanRun(m_session).scan({m_studies});
    if (!findings) {
        return m_session.failed(findings.error());
    }
    printStudyTree(m_session.console(), findings->tree.patients());
    return ExitCode::Ok;
}

ExitCode Demo::examine()
{
    heading(Cli::tr("Examine the receivers"));
    for (const auto& receiver : m_receivers) {
        waitUntilListening(receiver.destination);
        const auto code = EchoRun(m_session).run(receiver.destination, engine::usualContexts());
        if (code != ExitCode::Ok) {
            return code;
        }
    }
    return ExitCode::Ok;
}

ExitCode Demo::send()
{
    heading(Cli::tr("Send, and print the receipt"));
    auto params = m_session.engineParams(engine::LedgerAccess::ReadWrite);
    params.dataFolder = m_folder + u"/data"_s;
    params.giveUpAfter = 30s;
    return JobRun(m_session, params).run([this](engine::Engine& engine) {
        engine::SendRequest request;
        request.paths = {m_studies};
        for (const auto& receiver : m_receivers) {
            request.destinations.push_back(receiver.destination);
        }
        return engine.send(request);
    });
}

ExitCode Demo::compare()
{
    heading(Cli::tr("Compare what arrived with what was sent, byte for byte"));
    setMute(false);
    const Interrupt interrupt;
    bool isPerfect = true;
    for (const auto& receiver : m_receivers) {
        const auto result = compareReceived(m_studies, receiver.folder, interrupt.token());
        if (!result) {
            return m_session.failed(result.error());
        }
        isPerfect = isPerfect && result->isPerfect();
        m_session.console().event(u"compared"_s,
            {{u"receiver"_s, receiver.destination.name}, {u"sent"_s, result->sent}, {u"identical"_s, result->identical},
                {u"different"_s, result->different}, {u"missing"_s, result->missing},
                {u"unexpected"_s, result->unexpected}});
        m_session.console().line(u"  %1 %2: "_s.arg(result->isPerfect() ? u"✔"_s : u"✖"_s, receiver.destination.name) +
            Cli::tr("%1 sent, %2 arrived identical, %3 different, %4 missing, %5 unexpected")
                .arg(app::countText(result->sent), app::countText(result->identical), app::countText(result->different),
                    app::countText(result->missing), app::countText(result->unexpected)));
    }
    return isPerfect ? ExitCode::Ok : ExitCode::SomeFailed;
}

} // namespace radpost::cli
