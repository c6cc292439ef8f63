#include "tests/ui/scenes/Studio.h"
#include "tests/ui/scenes/scenes.h"

#include "app/desktop/DesktopProgram.h"
#include "core/dicom/SyntheticStudy.h"
#include "core/engine/AccessPolicy.h"
#include "core/engine/Engine.h"
#include "core/net/Association.h"
#include "core/net/Socket.h"
#include "core/net/implementation.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"
#include "ui/common/ProblemList.h"
#include "ui/receive/ArrivalsModel.h"
#include "ui/receive/ReceivePage.h"
#include "ui/receive/ReceiveWords.h"
#include "ui/receive/StoreWork.h"

#include <QLabel>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace radpost::test {

using namespace ui;
using Stage = Studio::Stage;

namespace {

constexpr quint16 kPort = 31112;

QByteArray folderTable(const QByteArray& folder, quint16 port)
{
    return "[receive]\nmode = \"folder\"\nfolder = \"" + folder + "\"\nport = " + QByteArray::number(port) + '\n';
}

QByteArray gatewayTable(const QByteArray& more = {})
{
    return "[serve]\nport = " + QByteArray::number(kPort) + "\ndurability = \"process\"\ndrain = \"1s\"\n" + more;
}

/// Every way that a study may stand in, by who sent it.
QByteArray rules()
{
    const QByteArray from = "when = { calling_ae = \"";
    return "\n[[rule]]\nname = \"CT to PACS\"\nsend = \"MAIN-PACS\"\n" + from + "CT-ROOM2\" }\n" +
        "[[rule]]\nname = \"both archives\"\nsend = [\"MAIN-PACS\", \"放射科工作站\"]\n" + from + "MR1\" }\n" +
        "[[rule]]\nname = \"VIP\"\naction = \"hold\"\nreason = \"ask Dr. Li\"\n" + from + "DX3\" }\n" +
        "[[rule]]\nname = \"whole studies\"\nsend = \"MAIN-PACS\"\ntrigger = \"study\"\nquiet = \"1h\"\n" + from +
        "US2\" }\n";
}

void switchOn(ReceivePage& page)
{
    page.startOrStop();
    (void)QTest::qWaitFor([&page] { return page.receiver().state() != Receiver::State::Starting; }, kPatienceMs);
}

struct Scan
{
    QByteArray caller = "CT-ROOM2";
    int patients = 4;
    quint64 seed = 1;
};

void send(const QString& home, quint16 port, const Scan& scan)
{
    dicom::SyntheticParams params;
    params.folder = home + u"/scanner-"_s + QString::fromLatin1(scan.caller);
    params.patients = scan.patients;
    params.seed = scan.seed;
    params.series = {{dicom::SyntheticKind::Ct, 12, 64, 64}, {dicom::SyntheticKind::Sr, 1, 0, 0}};
    params.texts = {dicom::SyntheticText::Utf8, dicom::SyntheticText::Utf8, dicom::SyntheticText::Ascii};
    (void)dicom::makeSyntheticStudies(params, {});
    engine::EngineParams own;
    own.dataFolder = params.folder + u"-ledger"_s;
    own.callingAeTitle = {scan.caller};
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
    send(stage.home, kPort, {});
    (void)QTest::qWaitFor([&page] { return page.studies()->model()->rowCount() == 4; }, kPatienceMs);
    (void)QTest::qWaitFor([&page] { return page.receiver().counts().stored == 52; }, kPatienceMs);
}

/// One study in each of the ways, the CT delivered, and the tree unfolded at one that is held.
void showArrivals(ReceivePage& page, const Stage& stage)
{
    for (const auto& scan :
        {Scan{"CT-ROOM2", 2, 1}, Scan{"CR9", 1, 5}, Scan{"MR1", 1, 7}, Scan{"US2", 1, 11}, Scan{"DX3", 1, 13}}) {
        send(stage.home, kPort, scan);
    }
    auto& model = page.storeWork().model();
    (void)QTest::qWaitFor([&] { return model.rowCount() == 6; }, kPatienceMs);
    (void)QTest::qWaitFor([&page] { return page.receiver().gatewayCounts()->delivered >= 39; }, kPatienceMs);
    (void)QTest::qWaitFor([&page] { return page.actions().attention().heldStudies == 1; }, kPatienceMs);
    page.studies()->setCurrentIndex(model.index(0, 0));
    page.studies()->expand(model.index(0, 0));
    (void)QTest::qWaitFor([&] { return model.rowCount(model.index(0, 0)) == 2; }, kPatienceMs);
    (void)QTest::qWaitFor([&page] { return page.storeWork().detail()->text().contains(u"VIP"_s); }, kPatienceMs);
}

void refuse(const Stage& stage, const QString& caller, const QString& address, qint64 times)
{
    store::RefusedPeer peer;
    peer.source = {caller, u"CT01"_s, address};
    peer.reason = static_cast<int>(engine::RefusalReason::NotListed);
    peer.firstAt = peer.lastAt = SystemClock().now();
    peer.times = times;
    (void)stage.program.backend().share()->parts().ledger.writer().run(
        [&peer](store::WriteSession& session) { return store::RefusedPeerRepository(session.database).note(peer); });
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
    const QByteArray toml = studio.settings() + gatewayTable() + rules() + studio.destinations();
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
        showArrivals(page, stage);
        open.push_back(connectTo(kPort, "CT-ROOM2"));
        open.push_back(connectTo(kPort, "MR1"));
        (void)QTest::qWaitFor([&page] { return page.receiver().associations().size() == 2; }, kPatienceMs);
    });
    open.clear();
    studio.play(u"receive-refused"_s, toml, [](Stage& stage) {
        auto& page = showPage<ReceivePage>(stage.window);
        switchOn(page);
        refuse(stage, u"CT9"_s, u"10.20.3.44"_s, 12);
        refuse(stage, u"US-ECHO"_s, u"10.20.3.71"_s, 1);
        page.actions().refresh();
        (void)QTest::qWaitFor([&page] { return page.actions().refused().size() == 2; }, kPatienceMs);
    });
    studio.play(u"receive-tight"_s,
        studio.settings() + gatewayTable("quota = \"120 KB\"\n") + rules() + studio.destinations(), [](Stage& stage) {
            auto& page = showPage<ReceivePage>(stage.window);
            switchOn(page);
            send(stage.home, kPort, {"CR9", 1, 5});
            (void)QTest::qWaitFor(
                [&page] { return ReceiveWords::roomStatus(page.receiver()) == Status::Warning; }, kPatienceMs);
        });
    studio.play(
        u"receive-beside"_s, toml, [](Stage& stage) { switchOn(showPage<ReceivePage>(stage.window)); },
        Studio::Ledger::InUse);
    const QTemporaryDir inbox;
    const auto folder = inbox.path().toUtf8();
    const QByteArray plain = studio.settings() + folderTable(folder + "/in", kPort) + studio.destinations();
    studio.play(u"receive-folder"_s, plain, [](Stage& stage) {
        auto& page = showPage<ReceivePage>(stage.window);
        switchOn(page);
        showStudies(page, stage);
        page.studies()->setCurrentIndex(page.studies()->model()->index(0, 0));
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
