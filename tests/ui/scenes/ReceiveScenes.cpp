#include "tests/ui/scenes/Studio.h"
#include "tests/ui/scenes/scenes.h"

#include "app/desktop/DesktopProgram.h"
#include "core/dicom/SyntheticStudy.h"
#include "core/engine/Engine.h"
#include "core/net/Association.h"
#include "core/net/Socket.h"
#include "core/net/implementation.h"
#include "ui/common/ProblemList.h"
#include "ui/receive/ReceivePage.h"

#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace radpost::test {

using namespace ui;
using Stage = Studio::Stage;

namespace {

constexpr quint16 kPort = 31112;

QByteArray table(const QByteArray& folder, quint16 port)
{
    return "[receive]\nfolder = \"" + folder + "\"\nport = " + QByteArray::number(port) + '\n';
}

void switchOn(ReceivePage& page)
{
    page.startOrStop();
    (void)QTest::qWaitFor([&page] { return page.receiver().state() != Receiver::State::Starting; }, kPatienceMs);
}

void send(const QString& home, quint16 port)
{
    dicom::SyntheticParams params;
    params.folder = home + u"/scanner"_s;
    params.patients = 4;
    params.series = {{dicom::SyntheticKind::Ct, 12, 64, 64}, {dicom::SyntheticKind::Sr, 1, 0, 0}};
    params.texts = {dicom::SyntheticText::Utf8, dicom::SyntheticText::Utf8, dicom::SyntheticText::Ascii};
    (void)dicom::makeSyntheticStudies(params, {});
    engine::EngineParams own;
    own.dataFolder = home + u"/scanner-ledger"_s;
    own.callingAeTitle = {"CT-ROOM2"};
    auto sender = engine::Engine::open(own);
    config::Destination here;
    here.name = u"here"_s;
    here.host = u"127.0.0.1"_s;
    here.port = port;
    here.calledAeTitle = {"CT01"};
    engine::SendRequest request;
    request.paths = {params.folder};
    request.destinations = {here};
    (void)(*sender)->send(request);
    (void)(*sender)->waitUntilAtRest({});
}

void showStudies(ReceivePage& page, const Stage& stage)
{
    send(stage.home, page.receiver().running().receivePort);
    (void)QTest::qWaitFor([&page] { return page.studies()->model()->rowCount() == 4; }, kPatienceMs);
    (void)QTest::qWaitFor([&page] { return page.receiver().counts().stored == 52; }, kPatienceMs);
}

std::unique_ptr<net::Association> connectTo(quint16 port, const QByteArray& caller)
{
    auto socket = net::Socket::connect(u"127.0.0.1"_s, port, Deadline(std::chrono::seconds(10)), {});
    net::AssociateRq request;
    request.calledAeTitle = "CT01";
    request.callingAeTitle = caller;
    request.applicationContext = net::kDicomApplicationContext.toByteArray();
    request.contexts = {{1, {"1.2.840.10008.5.1.4.1.1.2"}, {{"1.2.840.10008.1.2"}}}};
    request.user.maxLength = 16384;
    request.user.implementationClassUid = "1.2.3";
    auto association = std::make_unique<net::Association>(*std::move(socket), net::Role::Requestor);
    (void)association->request(request, {});
    return association;
}

} // namespace

void shootReceive(Studio& studio)
{
    const QTemporaryDir inbox;
    const auto folder = inbox.path().toUtf8();
    const QByteArray toml = studio.settings() + table(folder + "/in", kPort) + studio.destinations();
    studio.play(u"receive-off"_s, toml, [](Stage& stage) { showPage<ReceivePage>(stage.window); });
    studio.play(u"receive-idle"_s, toml, [](Stage& stage) {
        auto& page = showPage<ReceivePage>(stage.window);
        switchOn(page);
        page.testItself();
        (void)QTest::qWaitFor([&page] { return page.problems().banner(u"test"_s) != nullptr; }, kPatienceMs);
    });
    std::vector<std::unique_ptr<net::Association>> open; // until the picture is taken
    studio.play(u"receive-studies"_s, toml, [&open](Stage& stage) {
        auto& page = showPage<ReceivePage>(stage.window);
        switchOn(page);
        showStudies(page, stage);
        page.studies()->setCurrentIndex(page.studies()->model()->index(0, 0));
        open.push_back(connectTo(kPort, "CT-ROOM2"));
        open.push_back(connectTo(kPort, "MR1"));
        (void)QTest::qWaitFor([&page] { return page.receiver().associations().size() == 2; }, kPatienceMs);
    });
    open.clear();
    studio.play(u"receive-restarted"_s, toml, [](Stage& stage) {
        auto& page = showPage<ReceivePage>(stage.window);
        (void)QTest::qWaitFor([&page] { return page.studies()->model()->rowCount() == 4; }, kPatienceMs);
    });
    std::unique_ptr<engine::ReceiveServer> other;
    studio.play(u"receive-port-in-use"_s, toml, [&folder, &other](Stage& stage) {
        engine::ReceiveParams params;
        params.port = kPort;
        params.folder = QString::fromUtf8(folder) + u"/other"_s;
        other = std::make_unique<engine::ReceiveServer>(params);
        (void)other->start();
        switchOn(showPage<ReceivePage>(stage.window));
    });
}

} // namespace radpost::test
