#include "tests/ui/scenes/Studio.h"
#include "tests/ui/scenes/scenes.h"
#include "tests/support/FakeScp.h"

#include "core/dicom/SyntheticStudy.h"
#include "ui/common/ProblemList.h"
#include "ui/preview/SeriesPreview.h"
#include "ui/send/DestinationPicker.h"
#include "ui/send/DropZone.h"
#include "ui/send/SendPage.h"
#include "ui/send/SendTreeModel.h"
#include "ui/send/SeriesPane.h"

#include <QDir>
#include <QFile>
#include <QMenu>
#include <QPushButton>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace radpost::test {

using namespace ui;
using Stage = Studio::Stage;

namespace {

SendPage& filled(Stage& stage)
{
    const QString folder = stage.home + u"/cd"_s;
    dicom::SyntheticParams params;
    params.folder = folder;
    params.patients = 3;
    params.texts = {dicom::SyntheticText::Utf8, dicom::SyntheticText::MislabelledGbk};
    params.series = {{dicom::SyntheticKind::Mr, 4}, {dicom::SyntheticKind::Sr, 1}, {dicom::SyntheticKind::Tiny, 3}};
    (void)dicom::makeSyntheticStudies(params, {});
    QFile readme(folder + u"/AUTORUN.INF"_s);
    (void)(readme.open(QIODevice::WriteOnly) && readme.write("[autorun]") > 0);
    readme.close();
    auto& page = showPage<SendPage>(stage.window);
    page.addPaths({folder});
    page.picker()->setChosen({u"MAIN-PACS"_s});
    (void)QTest::qWaitFor([&page] { return page.sendButton()->isEnabled(); }, kPatienceMs);
    auto* shown = page.tree()->model();
    page.tree()->setCurrentIndex(shown->index(0, 0, shown->index(0, 0, shown->index(0, 0))));
    (void)QTest::qWaitFor(
        [&page] { return page.pane().preview()->state() == SeriesPreview::State::Picture; }, kPatienceMs);
    return page;
}

} // namespace

void shootSend(Studio& studio)
{
    const QByteArray toml = studio.settings() + studio.destinations();
    studio.play(u"send-empty"_s, toml, [](Stage& stage) { showPage<SendPage>(stage.window); });
    studio.play(u"send-disc"_s, toml, [](Stage& stage) {
        auto& page = showPage<SendPage>(stage.window);
        page.refuse({u"https://cloud.example.org/share/study.zip"_s});
        page.dropZone()->setDiscs({{u"/media/cdrom"_s, u"PATIENT_CD"_s}});
    });
    studio.play(u"send-filled"_s, toml, [](Stage& stage) { filled(stage); });
    studio.play(u"send-checked"_s, toml, [](Stage& stage) {
        auto& page = filled(stage);
        page.checkButton()->click();
        const auto& model = page.model();
        const auto series = model.index(0, SendTreeModel::CheckColumn, model.index(0, 0, model.index(0, 0)));
        (void)QTest::qWaitFor([series] { return !series.data().toString().isEmpty(); }, kPatienceMs);
        page.leftOutButton()->click();
    });
    studio.play(u"send-refused"_s, toml, [](Stage& stage) {
        auto& page = filled(stage);
        page.picker()->setChosen({u"MAIN-PACS"_s, u"AI-NODE"_s, u"云归档"_s});
        page.checkButton()->click();
        (void)QTest::qWaitFor([&page] { return page.problems().banner(u"check"_s) != nullptr; }, kPatienceMs);
    });
    const FakeScp images(&serveImages);
    const QByteArray taker =
        "[[destination]]\nname = \"IMAGES\"\nhost = \"127.0.0.1\"\nport = " + QByteArray::number(images.port()) +
        "\nae_title = \"IMAGES\"\n";
    studio.play(u"send-unwanted"_s, toml + taker, [](Stage& stage) {
        auto& page = filled(stage);
        page.picker()->setChosen({u"IMAGES"_s});
        page.checkButton()->click();
        (void)QTest::qWaitFor([&page] { return page.problems().banner(u"refused"_s) != nullptr; }, kPatienceMs);
    });
    studio.play(u"send-damaged"_s, toml, [](Stage& stage) {
        QDir().mkpath(stage.home + u"/cut"_s);
        QFile cut(stage.home + u"/cut/IM0001.dcm"_s);
        (void)(cut.open(QIODevice::WriteOnly) && cut.write(QByteArray(128, '\0') + "DICM\x02"));
        cut.close();
        auto& page = filled(stage);
        page.addPaths({stage.home + u"/cut"_s});
        (void)QTest::qWaitFor(
            [&page] { return page.leftOutButton()->property("role") == u"plain-warning"_s; }, kPatienceMs);
        page.leftOutButton()->click();
        page.picker()->menu()->popup(page.picker()->mapToGlobal(QPoint(0, -160)));
    });
    studio.play(u"send-started"_s, toml, [](Stage& stage) {
        auto& page = filled(stage);
        page.sendButton()->click();
        (void)QTest::qWaitFor([&page] { return page.problems().banner(u"send"_s) != nullptr; }, kPatienceMs);
    });
}

} // namespace radpost::test
