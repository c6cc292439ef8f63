#include "tests/ui/scenes/finishtests.h"
#include "tests/ui/scenes/Studio.h"
#include "tests/ui/scenes/scenes.h"

#include "app/desktop/DesktopProgram.h"
#include "core/dicom/SyntheticStudy.h"
#include "ui/common/ProblemList.h"
#include "ui/destinations/DestinationCard.h"
#include "ui/destinations/DestinationEditor.h"
#include "ui/destinations/DestinationForm.h"
#include "ui/destinations/DestinationsPage.h"
#include "ui/doctor/DoctorView.h"
#include "ui/forms/FoldSection.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace radpost::test {

using namespace ui;
using Stage = Studio::Stage;

namespace {

void refusingEveryThird(FakePeer& peer, int)
{
    if (!peer.accept()) {
        return;
    }
    for (int n = 1; const auto message = peer.readMessage(); ++n) {
        FakePeer::Reply reply;
        reply.status = n % 3 == 0 ? 0xC123 : 0;
        peer.respond(*message, reply);
    }
}

void sendTo(Stage& stage, const QString& name, quint16 port, int instances)
{
    dicom::SyntheticParams made;
    made.folder = stage.home + u'/' + name;
    made.series = {{dicom::SyntheticKind::Tiny, instances}};
    (void)dicom::makeSyntheticStudies(made, {});
    engine::SendRequest request;
    request.paths = {made.folder};
    request.destinations = {*stage.program.config().config().find(name)};
    request.destinations[0].port = port;
    request.destinations[0].associations = 1;
    QSignalSpy atRest(&stage.program.backend().events(), &EngineEvents::jobAtRest);
    stage.program.backend().run(
        &stage.window, [request](engine::Engine& engine) { return engine.send(request).has_value(); }, [](bool) {});
    (void)QTest::qWaitFor([&atRest] { return !atRest.isEmpty(); }, kPatienceMs);
}

void shootCards(Studio& studio)
{
    studio.play(
        u"destinations-empty"_s, studio.settings(), [](Stage& stage) { showPage<DestinationsPage>(stage.window); });
    studio.play(u"destinations-list"_s, studio.settings() + studio.destinations(),
        [](Stage& stage) { showPage<DestinationsPage>(stage.window); });
    studio.play(u"destinations-passed"_s, studio.settings() + studio.destinations(), [](Stage& stage) {
        auto& page = showPage<DestinationsPage>(stage.window);
        finishTests(page, {u"MAIN-PACS"_s});
    });
    studio.play(u"destinations-failed"_s, studio.settings() + studio.destinations(), [](Stage& stage) {
        auto& page = showPage<DestinationsPage>(stage.window);
        finishTests(page, {u"MAIN-PACS"_s, u"AI-NODE"_s});
        page.card(u"MAIN-PACS"_s)->setUnfolded(false);
        QTest::mouseClick(page.card(u"AI-NODE"_s)->doctor()->copyButton(), Qt::LeftButton);
    });
    studio.play(u"destinations-running"_s, studio.settings() + studio.destinations(), [](Stage& stage) {
        auto& page = showPage<DestinationsPage>(stage.window);
        auto* card = page.card(u"放射科工作站"_s);
        QTest::mouseClick(card->testButton(), Qt::LeftButton);
        (void)QTest::qWaitFor([card] { return card->doctor()->lines()[1].contains(u"127.0.0.1"); }, kPatienceMs);
        page.card(u"MAIN-PACS"_s)->testButton()->setFocus();
    });
    studio.play(u"destinations-tallies"_s, studio.settings() + studio.destinations(), [&](Stage& stage) {
        sendTo(stage, u"MAIN-PACS"_s, studio.goodPort(), 12);
        FakeScp refusing(refusingEveryThird);
        sendTo(stage, u"AI-NODE"_s, refusing.port(), 9);
        auto& page = showPage<DestinationsPage>(stage.window);
        (void)QTest::qWaitFor(
            [&page] { return page.card(u"AI-NODE"_s)->accessibleDescription().contains(u'3'); }, kPatienceMs);
    });
    studio.play(u"destinations-no-match"_s, studio.settings() + studio.destinations(), [](Stage& stage) {
        auto& page = showPage<DestinationsPage>(stage.window);
        page.filter()->setText(u"xyz"_s);
    });
    studio.play(u"destinations-removed"_s, studio.settings() + studio.destinations(), [](Stage& stage) {
        auto& page = showPage<DestinationsPage>(stage.window);
        page.remove(u"AI-NODE"_s);
        (void)QTest::qWaitFor([&page] { return page.problems().banner(u"change"_s) != nullptr; }, kPatienceMs);
    });
}

void shootEditor(Studio& studio)
{
    studio.play(u"editor-new"_s, studio.settings() + studio.destinations(), [](Stage& stage) {
        auto& page = showPage<DestinationsPage>(stage.window);
        page.addDestination();
    });
    studio.play(u"editor-problems"_s, studio.settings() + studio.destinations(), [](Stage& stage) {
        auto& page = showPage<DestinationsPage>(stage.window);
        page.addDestination();
        auto& form = page.editor()->form();
        form.setText(u"name"_s, u"main-pacs"_s);
        form.setText(u"host"_s, u"127.0.0.1"_s);
        form.setText(u"port"_s, u"99999"_s);
        page.editor()->saveButton()->click();
    });
    studio.play(u"editor-tested"_s, studio.settings() + studio.destinations(), [](Stage& stage) {
        auto& page = showPage<DestinationsPage>(stage.window);
        page.edit(u"AI-NODE"_s);
        page.editor()->testButton()->click();
        (void)QTest::qWaitFor([&page] { return page.editor()->doctor()->copyButton()->isVisible(); }, kPatienceMs);
    });
    studio.play(u"editor-unfolded"_s, studio.settings() + studio.destinations(), [](Stage& stage) {
        auto& page = showPage<DestinationsPage>(stage.window);
        page.edit(u"云归档"_s);
        for (int i = 0; i < 4; ++i) {
            page.editor()->section(i)->setUnfolded(true);
        }
        page.editor()->form().setText(u"user_identity.kind"_s, u"username-passcode"_s);
        stage.window.resize(1120, 2160);
    });
}

} // namespace

void shootDestinations(Studio& studio)
{
    shootCards(studio);
    shootEditor(studio);
}

} // namespace radpost::test
