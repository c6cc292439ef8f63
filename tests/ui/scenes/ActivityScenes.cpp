#include "tests/ui/scenes/Studio.h"
#include "tests/ui/scenes/scenes.h"

#include "app/desktop/DesktopProgram.h"
#include "core/dicom/SyntheticStudy.h"
#include "ui/activity/ActivityFilter.h"
#include "ui/activity/ActivityPage.h"
#include "ui/activity/FailureList.h"
#include "ui/activity/JobCard.h"
#include "ui/activity/JobDetails.h"
#include "ui/activity/JobListModel.h"
#include "ui/activity/JobTreeModel.h"
#include "ui/activity/ReceiptView.h"
#include "ui/activity/StopPanel.h"

#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace radpost::test {

using namespace ui;
using Stage = Studio::Stage;

namespace {

/// Refuses some, and takes its time for the rest where @p pause says so.
FakeScp::Script fickle(int pauseMs)
{
    return [pauseMs](FakePeer& peer, int) {
        if (!peer.accept()) {
            return;
        }
        for (int n = 0; const auto message = peer.readMessage(); ++n) {
            FakePeer::Reply reply;
            reply.status = pauseMs > 0 ? 0 : n % 10 == 1 ? 0xA900 : n % 15 == 2 ? 0xC123 : 0;
            (void)peer.hears(std::chrono::milliseconds(pauseMs));
            peer.respond(*message, reply);
        }
    };
}

/// Takes secondary captures and nothing else.
void narrowMinded(FakePeer& peer, int)
{
    FakePeer::Answer answer;
    answer.choose = [](const FakePeer::Context& context) {
        const bool isTaken = context.abstractSyntax == "1.2.840.10008.5.1.4.1.1.7";
        return std::pair<quint8, QByteArray>(isTaken ? 0 : 3, context.transferSyntaxes.front()); // PS3.8 9.3.3.2
    };
    if (peer.accept(answer)) {
        peer.serve();
    }
}

config::Destination target(const QString& name, quint16 port)
{
    config::Destination made;
    made.name = name;
    made.host = u"127.0.0.1"_s;
    made.port = port;
    made.calledAeTitle = {"PACS1"};
    made.associations = 1;
    return made;
}

JobId send(Stage& stage, const config::Destination& to, const QList<dicom::SyntheticSeries>& series)
{
    dicom::SyntheticParams made;
    made.folder = stage.home + u"/in-"_s + QString::number(series.front().instances);
    made.series = series;
    (void)dicom::makeSyntheticStudies(made, {});
    engine::SendRequest request;
    request.paths = {made.folder};
    request.destinations = {to};
    JobId job;
    stage.program.backend().run(
        &stage.window, [request](engine::Engine& engine) { return engine.send(request); },
        [&job](const Result<QList<JobId>>& jobs) { job = jobs.value().first(); });
    (void)QTest::qWaitFor([&job] { return job.isValid(); }, kPatienceMs);
    return job;
}

JobId send(Stage& stage, const config::Destination& to, int instances)
{
    return send(stage, to, {{dicom::SyntheticKind::Tiny, instances}});
}

void waitFor(const std::function<bool()>& condition)
{
    (void)QTest::qWaitFor(condition, kPatienceMs);
}

bool isEnded(const ActivityPage& page, JobId job)
{
    return page.card(job) != nullptr && page.card(job)->facts().isEnded();
}

} // namespace

void shootActivity(Studio& studio)
{
    const QByteArray look = studio.settings() + studio.destinations();
    studio.play(u"activity-empty"_s, look, [](Stage& stage) { showPage<ActivityPage>(stage.window); });
    studio.play(u"activity-running"_s, look, [](Stage& stage) {
        auto& page = showPage<ActivityPage>(stage.window);
        const FakeScp slow(fickle(40));
        const FakeScp other(fickle(25));
        const auto first = send(stage, target(u"MAIN-PACS"_s, slow.port()), 400);
        send(stage, target(u"云归档"_s, other.port()), 500);
        waitFor([&] { return page.model()->rates(first).samples().size() > 3; });
    });
    studio.play(u"activity-down"_s, look, [](Stage& stage) {
        auto& page = showPage<ActivityPage>(stage.window);
        const auto job = send(stage, target(u"AI-NODE"_s, FakeScp([](FakePeer&, int) {}).port()), 20);
        waitFor([&] {
            return page.card(job) != nullptr &&
                page.card(job)->facts().activity() == queue::JobActivity::DestinationDown;
        });
    });
    studio.play(u"activity-failures"_s, look, [](Stage& stage) {
        auto& page = showPage<ActivityPage>(stage.window);
        const FakeScp peer(fickle(0));
        const auto job = send(stage, target(u"MAIN-PACS"_s, peer.port()), 60);
        waitFor([&] { return isEnded(page, job); });
        page.card(job)->setUnfolded(true);
        auto* details = page.card(job)->details();
        waitFor([details] { return details->model()->rowCount() > 0 && !details->failures()->groups().isEmpty(); });
        const auto series = details->model()->index(0, 0, details->model()->index(0, 0));
        details->tree()->expand(series);
        waitFor([&] { return details->model()->rowCount(series) > 0; });
    });
    studio.play(u"activity-refused"_s, look, [](Stage& stage) {
        using dicom::SyntheticKind;
        auto& page = showPage<ActivityPage>(stage.window);
        const FakeScp peer(narrowMinded);
        const auto job = send(stage, target(u"MAIN-PACS"_s, peer.port()),
            {{SyntheticKind::Tiny, 8}, {SyntheticKind::Ct, 2}, {SyntheticKind::Mr, 3}, {SyntheticKind::Sr, 5}});
        waitFor([&] { return isEnded(page, job); });
        page.card(job)->setUnfolded(true);
        auto* details = page.card(job)->details();
        waitFor([details] { return details->model()->rowCount() > 0 && !details->failures()->groups().isEmpty(); });
    });
    studio.play(u"activity-done"_s, look, [](Stage& stage) {
        auto& page = showPage<ActivityPage>(stage.window);
        const FakeScp peer(fickle(0));
        for (int instances = 1; instances < 2; ++instances) {
            const auto job = send(stage, target(u"MAIN-PACS"_s, peer.port()), instances);
            waitFor([&] { return isEnded(page, job); });
        }
    });
    studio.play(u"activity-attention"_s, look, [](Stage& stage) {
        auto& page = showPage<ActivityPage>(stage.window);
        const FakeScp rejecting([](FakePeer& peer, int) {
            if (peer.readRequest()) {
                peer.reject(1, 1, 7); // PS3.8 9.3.4: called AE title not recognized
            }
            peer.drain();
        });
        const FakeScp peer(fickle(1)); // takes everything
        const auto stopped = send(stage, target(u"MAIN-PACS"_s, rejecting.port()), 12);
        QDir().mkpath(stage.home + u"/in-9"_s);
        QFile cut(stage.home + u"/in-9/cut.dcm"_s);
        (void)(cut.open(QIODevice::WriteOnly) && cut.write(QByteArray(128, '\0') + "DICM\x02"));
        cut.close();
        const auto partly = send(stage, target(u"云归档"_s, peer.port()), 9);
        waitFor([&] {
            return isEnded(page, partly) && page.card(stopped) != nullptr && page.card(stopped)->stopPanel() != nullptr;
        });
    });
    studio.play(u"activity-no-match"_s, look, [](Stage& stage) {
        auto& page = showPage<ActivityPage>(stage.window);
        page.filter()->text()->setText(u"xyz"_s);
        waitFor([&page] { return page.shownState() == u"no-match"; });
    });
    studio.play(u"activity-receipt"_s, look, [](Stage& stage) {
        auto& page = showPage<ActivityPage>(stage.window);
        const FakeScp peer(fickle(0));
        const auto job = send(stage, target(u"MAIN-PACS"_s, peer.port()), 30);
        waitFor([&] { return isEnded(page, job); });
        page.openReceipt(job);
        waitFor([&page] { return !page.receipt()->text().isEmpty(); });
    });
}

} // namespace radpost::test
