#include "tests/ui/scenes/Studio.h"
#include "tests/ui/scenes/scenes.h"

#include "core/dicom/SyntheticStudy.h"
#include "ui/common/Theme.h"
#include "ui/preview/PictureView.h"
#include "ui/preview/SeriesPreview.h"

#include <QDir>
#include <QFile>
#include <QTest>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace radpost::test {

using namespace ui;
using Stage = Studio::Stage;

namespace {

constexpr auto kCt = "1.2.840.10008.5.1.4.1.1.2";
constexpr auto kExplicit = "1.2.840.10008.1.2.1";

/// The pane in a window of its own, as wide as the Send page has room for.
SeriesPreview& openPreview(Stage& stage)
{
    stage.other = std::make_unique<QWidget>();
    auto* layout = new QVBoxLayout(stage.other.get());
    layout->setContentsMargins(metrics::kPageMargin, metrics::kPageMargin, metrics::kPageMargin, metrics::kPageMargin);
    auto* preview = new SeriesPreview;
    layout->addWidget(preview);
    stage.other->resize(420, 600);
    stage.other->show();
    (void)QTest::qWaitForWindowExposed(stage.other.get());
    return *preview;
}

PreviewSeries synthetic(const Stage& stage, dicom::SyntheticKind kind, int instances, int frames = 1)
{
    dicom::SyntheticParams params;
    params.folder = stage.home + u"/studies"_s;
    params.series = {{kind, instances, 0, 0, frames, 0}};
    (void)dicom::makeSyntheticStudies(params, {});
    PreviewSeries series{u"CT 2 · 肺窗 1.0mm"_s, {}, {}};
    QDir folder(params.folder + u"/P0001/ST01"_s);
    folder.cd(folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot).value(0));
    for (const auto& name : folder.entryList(QDir::Files)) {
        series.instances.push_back({folder.filePath(name), QString::fromLatin1(kCt), QString::fromLatin1(kExplicit),
            int(series.instances.size()) + 1, frames});
    }
    return series;
}

void settle(const SeriesPreview& preview)
{
    (void)QTest::qWaitFor([&preview] { return preview.state() != SeriesPreview::State::Loading; }, kPatienceMs);
}

void playOther(Studio& studio, const QString& name, const char* sopClass, const char* syntax)
{
    studio.play(name, studio.settings(), [sopClass, syntax](Stage& stage) {
        auto& preview = openPreview(stage);
        preview.setSeries({u"SR 999 · Dose report"_s,
            {{u"/x"_s, QString::fromLatin1(sopClass), QString::fromLatin1(syntax), 1, 1}}, {}});
    });
}

void shootPictures(Studio& studio)
{
    studio.play(u"preview-ct"_s, studio.settings(), [](Stage& stage) {
        auto& preview = openPreview(stage);
        auto series = synthetic(stage, dicom::SyntheticKind::Ct, 128);
        series.note = u"MAIN-PACS ✔"_s;
        preview.setSeries(series);
        settle(preview);
    });
    studio.play(u"preview-focus"_s, studio.settings(), [](Stage& stage) {
        auto& preview = openPreview(stage);
        preview.setSeries(synthetic(stage, dicom::SyntheticKind::Ct, 5));
        settle(preview);
        preview.view()->setFocus();
        QTest::keyClick(preview.view(), Qt::Key_Right);
        settle(preview);
    });
    studio.play(u"preview-multiframe"_s, studio.settings(), [](Stage& stage) {
        auto& preview = openPreview(stage);
        preview.setSeries(synthetic(stage, dicom::SyntheticKind::UsMultiFrame, 1, 30));
        settle(preview);
    });
    studio.play(u"preview-narrow"_s, studio.settings(), [](Stage& stage) {
        auto& preview = openPreview(stage);
        stage.other->resize(280, 420);
        preview.setSeries(synthetic(stage, dicom::SyntheticKind::Cr, 1));
        settle(preview);
    });
}

void shootTruncated(Studio& studio)
{
    studio.play(u"preview-error"_s, studio.settings(), [](Stage& stage) {
        auto& preview = openPreview(stage);
        const auto series = synthetic(stage, dicom::SyntheticKind::Ct, 3);
        for (const auto& instance : series.instances) {
            QFile file(instance.path);
            (void)file.resize(file.size() / 2);
        }
        preview.setSeries(series);
        settle(preview);
    });
}

} // namespace

void shootPreview(Studio& studio)
{
    studio.play(u"preview-empty"_s, studio.settings(), [](Stage& stage) { openPreview(stage); });
    shootPictures(studio);
    shootTruncated(studio);
    playOther(studio, u"preview-sr"_s, "1.2.840.10008.5.1.4.1.1.88.67", kExplicit);
    playOther(studio, u"preview-jpeg2000"_s, kCt, "1.2.840.10008.1.2.4.90");
}

} // namespace radpost::test
