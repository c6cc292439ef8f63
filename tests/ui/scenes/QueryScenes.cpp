#include "tests/integration/ArchivePeers.h"
#include "tests/ui/scenes/Studio.h"
#include "tests/ui/scenes/scenes.h"

#include "app/desktop/DesktopProgram.h"
#include "core/dicom/SyntheticStudy.h"
#include "ui/query/QueryPage.h"

#include <QComboBox>
#include <QDateEdit>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QTreeView>

namespace radpost::test {

using namespace ui;
using Stage = Studio::Stage;

namespace {

void fill(const Dcmqrscp& archive, const QString& folder)
{
    dicom::SyntheticParams params;
    params.folder = folder;
    params.patients = 8;
    params.series = {{dicom::SyntheticKind::Ct, 6, 64, 64}};
    params.texts = {dicom::SyntheticText::Utf8, dicom::SyntheticText::Gb18030, dicom::SyntheticText::Ascii};
    (void)dicom::makeSyntheticStudies(params, {});
    (void)deliver(archive.port(), readSamples(folder));
}

QByteArray pacs(const QByteArray& name, quint16 port)
{
    return "[[destination]]\nname = \"" + name + "\"\nhost = \"127.0.0.1\"\nport = " + QByteArray::number(port) +
        "\nae_title = \"ARCHIVE\"\n";
}

QueryPage& search(Stage& stage, int expected)
{
    auto& page = showPage<QueryPage>(stage.window);
    page.timeField()->setCurrentIndex(static_cast<int>(StudyTime::Any));
    page.searchOrStop();
    (void)QTest::qWaitFor(
        [&page, expected] {
            return page.studies()->model()->rowCount() == expected && !page.countText().contains(u'·');
        },
        kPatienceMs);
    return page;
}

} // namespace

void shootQuery(Studio& studio)
{
    const QTemporaryDir folder;
    const auto movePort = freePort();
    Dcmqrscp archive;
    if (!archive.start(QString::number(movePort))) {
        return;
    }
    fill(archive, folder.filePath(u"studies"_s));
    const QByteArray receive = "[receive]\nfolder = \"" + folder.path().toUtf8() + "/in\"\n";
    const QByteArray toml = studio.settings() + receive + pacs("MAIN-PACS", archive.port()) + pacs("READING", 104);
    studio.play(u"query-no-pacs"_s, studio.settings(), [](Stage& stage) { showPage<QueryPage>(stage.window); });
    studio.play(u"query-ready"_s, toml, [](Stage& stage) { showPage<QueryPage>(stage.window); });
    studio.play(u"query-range"_s, toml, [](Stage& stage) {
        auto& page = showPage<QueryPage>(stage.window);
        page.timeField()->setCurrentIndex(static_cast<int>(StudyTime::Range));
        page.fromField()->setDate(QDate(2026, 1, 1));
        page.toField()->setDate(QDate(2026, 1, 31));
    });
    studio.play(u"query-found"_s, toml, [](Stage& stage) {
        auto& page = search(stage, 8);
        page.studies()->setCurrentIndex(page.studies()->model()->index(1, 0));
    });
    studio.play(u"query-fetched"_s, toml, [](Stage& stage) {
        auto& page = search(stage, 8);
        page.studies()->setCurrentIndex(page.studies()->model()->index(2, 0));
        page.moveChosen(u"READING"_s);
        (void)QTest::qWaitFor([&page] { return !page.retrievals().isBusy(); }, kPatienceMs);
        page.fetchChosen();
        (void)QTest::qWaitFor([&page] { return !page.retrievals().isBusy(); }, kPatienceMs);
    });
    studio.play(u"query-nothing"_s, toml, [](Stage& stage) {
        showPage<QueryPage>(stage.window).nameField()->setText(u"Nobody"_s);
        search(stage, 0);
    });
    studio.play(u"query-dead"_s, studio.settings() + pacs("MAIN-PACS", 1), [](Stage& stage) { search(stage, 0); });
}

} // namespace radpost::test
