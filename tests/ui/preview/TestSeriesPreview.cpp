#include "tests/ui/support/UiFixture.h"

#include "core/dicom/SyntheticStudy.h"
#include "ui/preview/PictureView.h"
#include "ui/preview/PreviewNotice.h"
#include "ui/preview/SeriesPreview.h"

#include <QComboBox>
#include <QFile>
#include <QPushButton>
#include <QSemaphore>
#include <QSlider>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include <mutex>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kCt = "1.2.840.10008.5.1.4.1.1.2";
constexpr auto kSr = "1.2.840.10008.5.1.4.1.1.88.11";
constexpr auto kExplicit = "1.2.840.10008.1.2.1";
constexpr int kPatienceMs = 20'000;

PreviewSeries series(int count, const char* sopClass = kCt, const char* syntax = kExplicit)
{
    PreviewSeries made{u"CT 1"_s, {}, u"as it is"_s};
    for (int i = 0; i < count; ++i) {
        made.instances.push_back({u"i%1"_s.arg(i), QString::fromLatin1(sopClass), QString::fromLatin1(syntax), i, 1});
    }
    return made;
}

/// A picture of which the size tells the instance, and the window what was asked.
Result<dicom::FrameRendering> drawn(const dicom::FrameRequest& request)
{
    dicom::RenderedFrame frame;
    frame.width = 10 + request.path.mid(1).toInt();
    frame.height = 10;
    frame.rows = 10;
    frame.columns = frame.width;
    frame.bitsAllocated = frame.bitsStored = 16;
    frame.transferSyntaxUid = {kExplicit};
    frame.modality = u"CT"_s;
    frame.pixels = QByteArray(qsizetype(frame.width) * frame.height, '\x7f');
    frame.offeredWindows = {{u"FIRST"_s, dicom::Window{50, 256}}, {u"SECOND"_s, dicom::Window{0, 10}}};
    const auto* file = std::get_if<dicom::FileWindow>(&request.window);
    const auto* given = std::get_if<dicom::Window>(&request.window);
    frame.window = file ? *frame.offeredWindows[size_t(file->index)].window : given ? *given : dicom::Window{1, 1};
    return dicom::FrameRendering(std::move(frame));
}

int shownInstance(const SeriesPreview& preview)
{
    return preview.view()->picture().width() - 10;
}

void turnWheel(PictureView& view, int steps)
{
    const QPointF at(view.rect().center());
    QWheelEvent event(
        at, view.mapToGlobal(at), {}, {0, steps * 120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&view, &event);
}

} // namespace

class TestSeriesPreview : public QObject
{
    Q_OBJECT

private:
    app::LanguageSwitch m_language;

    static void open(SeriesPreview& preview)
    {
        preview.resize(360, 520);
        preview.show();
        QVERIFY(QTest::qWaitForWindowExposed(&preview));
        preview.activateWindow();
    }

private Q_SLOTS:
    void init() { m_language.set(app::Language::English); }

    void nothing_teachesWhatBelongsHere()
    {
        SeriesPreview preview(drawn);
        open(preview);
        QCOMPARE(preview.state(), SeriesPreview::State::Empty);
        QVERIFY(shownTexts(preview).contains(u"No series selected"_s));
        QTest::keyClick(&preview, Qt::Key_Down);
        preview.showSlice(3);
        QCOMPARE(preview.currentSlice(), -1);
    }

    void theMiddleIsShownAtOnce()
    {
        SeriesPreview preview(drawn);
        open(preview);
        preview.setSeries(series(128));
        QTRY_COMPARE(preview.state(), SeriesPreview::State::Picture);
        QCOMPARE(shownInstance(preview), 63);
        QCOMPARE(preview.positionText(), u"64 / 128"_s);
        QCOMPARE(preview.slider()->value(), 64);
        QVERIFY(preview.factsText().startsWith(u"Explicit VR Little Endian"_s));
        QVERIFY(shownTexts(preview).contains(u"as it is"_s));
        QVERIFY(namelessWidgets(preview).isEmpty());
    }

    void sliderWheelAndKeys_goThroughTheSlices()
    {
        SeriesPreview preview(drawn);
        open(preview);
        preview.setSeries(series(101));
        QTRY_COMPARE(shownInstance(preview), 50);
        preview.slider()->setValue(11);
        QTRY_COMPARE(shownInstance(preview), 10);
        turnWheel(*preview.view(), -2);
        QTRY_COMPARE(shownInstance(preview), 12);
        turnWheel(*preview.view(), 1);
        QTRY_COMPARE(shownInstance(preview), 11);
        struct Step
        {
            Qt::Key key;
            int expected;
        };
        for (auto* widget : {static_cast<QWidget*>(preview.view()), static_cast<QWidget*>(preview.slider())}) {
            preview.showSlice(11);
            for (const auto& step :
                {Step{Qt::Key_Down, 12}, Step{Qt::Key_Up, 11}, Step{Qt::Key_PageDown, 21}, Step{Qt::Key_PageUp, 11},
                    Step{Qt::Key_End, 100}, Step{Qt::Key_Down, 100}, Step{Qt::Key_Home, 0}, Step{Qt::Key_PageUp, 0}}) {
                QTest::keyClick(widget, step.key);
                QCOMPARE(preview.currentSlice(), step.expected);
                QTRY_COMPARE(shownInstance(preview), step.expected);
                QCOMPARE(preview.slider()->value(), step.expected + 1);
            }
        }
    }

    void staleRendersAreNotShown()
    {
        std::mutex mutex; // of rendered
        QStringList rendered;
        QSemaphore go;
        SeriesPreview preview([&](const dicom::FrameRequest& request) {
            {
                const std::lock_guard lock(mutex);
                rendered << request.path;
            }
            go.acquire();
            return drawn(request);
        });
        open(preview);
        preview.setSeries(series(101));
        QList<int> seen;
        connect(&preview, &SeriesPreview::shown, this, [&] { seen << shownInstance(preview); });
        for (int i = 0; i < 40; ++i) {
            preview.showSlice(i);
        }
        QCOMPARE(preview.state(), SeriesPreview::State::Loading);
        go.release(2);
        QTRY_COMPARE(preview.state(), SeriesPreview::State::Picture);
        QCOMPARE(seen, QList<int>{39});
        preview.setSeries(series(3)); // of the same title: a series that lost what was shown
        preview.setSeries({u"other"_s, series(5).instances, {}});
        go.release(1000);
        QTRY_COMPARE(shownInstance(preview), 2);
        const std::lock_guard lock(mutex);
        QVERIFY2(rendered.size() < 12, qPrintable(rendered.join(u' ')));
    }

    void theOldPictureStays_whileTheNextIsLoading()
    {
        QSemaphore go;
        SeriesPreview preview([&go](const dicom::FrameRequest& request) {
            go.acquire();
            return drawn(request);
        });
        open(preview);
        go.release();
        preview.setSeries(series(3));
        QTRY_COMPARE(preview.state(), SeriesPreview::State::Picture);
        preview.showSlice(2);
        QCOMPARE(preview.state(), SeriesPreview::State::Loading);
        QCOMPARE(shownInstance(preview), 1);
        QVERIFY(preview.view()->isVisible());
        QCOMPARE(preview.positionText(), u"3 / 3"_s);
        go.release(1000);
        QTRY_COMPARE(shownInstance(preview), 2);
    }

    void aSeriesThatGrows_staysWhereItIs()
    {
        SeriesPreview preview(drawn);
        preview.setSeries(series(11));
        preview.showSlice(7);
        QTRY_COMPARE(shownInstance(preview), 7);
        preview.setSeries(series(31));
        QCOMPARE(preview.currentSlice(), 7);
        QCOMPARE(preview.positionText(), u"8 / 31"_s);
        preview.setSeries({u"another"_s, series(31).instances, {}});
        QCOMPARE(preview.currentSlice(), 15);
    }

    void draggingChangesTheWindow_andIsTakenBack()
    {
        SeriesPreview preview(drawn);
        open(preview);
        preview.setSeries(series(9));
        QTRY_VERIFY(preview.window() == (dicom::Window{50, 256}));
        auto* view = preview.view();
        const QPoint from = view->rect().center();
        QTest::mousePress(view, Qt::LeftButton, {}, from);
        QTest::mouseMove(view, from + QPoint(20, -30));
        QTest::mouseRelease(view, Qt::LeftButton, {}, from + QPoint(20, -30));
        QTRY_VERIFY(preview.window() == (dicom::Window{20, 296}));
        QCOMPARE(preview.presets()->currentIndex(), -1);
        preview.showSlice(0); // the window goes along
        QTRY_COMPARE(shownInstance(preview), 0);
        QVERIFY(preview.window() == (dicom::Window{20, 296}));
        QTest::mouseDClick(view, Qt::LeftButton, {}, from);
        QTRY_VERIFY(preview.window() == (dicom::Window{50, 256}));
        QTest::keyClick(view, Qt::Key_Right);
        QTest::keyClick(view, Qt::Key_Down, Qt::ShiftModifier);
        QTRY_VERIFY(preview.window() && preview.window()->width > 256 && preview.window()->center > 50);
        QTest::keyClick(view, Qt::Key_R);
        QTRY_VERIFY(preview.window() == (dicom::Window{50, 256}));
    }

    void presetsAreChosen()
    {
        SeriesPreview preview(drawn);
        open(preview);
        preview.setSeries(series(1));
        QTRY_COMPARE(preview.presets()->currentText(), u"FIRST"_s);
        QTest::keyClick(preview.presets(), Qt::Key_Down);
        QTRY_VERIFY(preview.window() == (dicom::Window{0, 10}));
        QCOMPARE(preview.presets()->currentText(), u"SECOND"_s);
        QTest::mouseClick(preview.resetButton(), Qt::LeftButton);
        QTRY_COMPARE(preview.presets()->currentText(), u"FIRST"_s);
        QVERIFY(!preview.slider()->isVisible()); // one slice
    }

    void whatHasNoPicture_isNotOpened()
    {
        SeriesPreview preview([](const dicom::FrameRequest&) -> Result<dicom::FrameRendering> { qFatal("opened"); });
        open(preview);
        preview.setSeries(series(2, kSr));
        QCOMPARE(preview.state(), SeriesPreview::State::NoPicture);
        QCOMPARE(preview.notice()->heading(), u"Structured report"_s);
        QVERIFY(preview.factsText().startsWith(u"Basic Text SR Storage"_s));
        preview.setSeries({u"j2k"_s, series(1, kCt, "1.2.840.10008.1.2.4.90").instances, {}});
        QCOMPARE(preview.notice()->heading(), u"JPEG 2000"_s);
        m_language.set(app::Language::Chinese);
        QTRY_VERIFY(preview.notice()->text().contains(u"版本"_s));
    }

    void keysWorkOn_whereThereIsNoPicture()
    {
        SeriesPreview preview(drawn);
        open(preview);
        auto mixed = series(3);
        mixed.instances[1].sopClassUid = QString::fromLatin1(kSr);
        preview.setSeries(mixed);
        QCOMPARE(preview.state(), SeriesPreview::State::NoPicture);
        preview.notice()->setFocus();
        QTest::keyClick(preview.notice(), Qt::Key_Down);
        QTRY_COMPARE(preview.state(), SeriesPreview::State::Picture);
        QVERIFY(preview.view()->hasFocus());
    }

    void faultsSayWhy_andAreTriedAgain()
    {
        QAtomicInt isThere = 0;
        SeriesPreview preview([&isThere](const dicom::FrameRequest& request) {
            return isThere.loadRelaxed() ? drawn(request) : fail(ErrorCode::FileNotFound, u"gone"_s);
        });
        open(preview);
        preview.setSeries(series(1));
        QTRY_COMPARE(preview.state(), SeriesPreview::State::Error);
        QVERIFY(preview.notice()->text().contains(u"not there"_s));
        QCOMPARE(preview.notice()->small(), u"FileNotFound 100 · gone"_s);
        isThere.storeRelaxed(1);
        QTest::mouseClick(preview.notice()->againButton(), Qt::LeftButton);
        QTRY_COMPARE(preview.state(), SeriesPreview::State::Picture);
    }

    void picturesKeepTheirShape()
    {
        PictureView view;
        view.resize(400, 200);
        view.setPicture(QImage(100, 100, QImage::Format_Grayscale8), 1);
        QCOMPARE(view.pictureArea(), QRect(100, 0, 200, 200));
        view.setPicture(QImage(100, 100, QImage::Format_Grayscale8), 0.5);
        QCOMPARE(view.pictureArea(), QRect(0, 0, 400, 200));
    }

    void realFilesAreRendered()
    {
        QTemporaryDir folder;
        dicom::SyntheticParams params;
        params.folder = folder.path();
        params.series = {{dicom::SyntheticKind::UsMultiFrame, 1, 64, 64, 7, 0}};
        QVERIFY(dicom::makeSyntheticStudies(params, {}).has_value());
        const QString path = folder.filePath(u"P0001/ST01/SE01_US/I00001.dcm"_s);
        SeriesPreview preview;
        open(preview);
        preview.setSeries({u"US"_s, {{path, {}, QString::fromLatin1(kExplicit), 1, 7}}, {}});
        QTRY_COMPARE_WITH_TIMEOUT(preview.state(), SeriesPreview::State::Picture, kPatienceMs);
        QCOMPARE(preview.positionText(), u"4 / 7"_s);
        QCOMPARE(preview.view()->picture().size(), QSize(64, 64));
        const QImage middle = preview.view()->picture();
        preview.showSlice(6);
        QTRY_VERIFY(preview.state() == SeriesPreview::State::Picture && preview.view()->picture() != middle);
        QFile file(path);
        QVERIFY(file.resize(file.size() / 2));
        preview.setSeries({u"US again"_s, {{path, {}, QString::fromLatin1(kExplicit), 1, 7}}, {}});
        QTRY_COMPARE(preview.state(), SeriesPreview::State::Error);
        QVERIFY(preview.notice()->small().startsWith(u"DicomTruncated"_s));
    }
};

QTEST_MAIN(TestSeriesPreview)

#include "TestSeriesPreview.moc"
