#include "tests/ui/support/UiFixture.h"

#include "core/dicom/SyntheticStudy.h"
#include "core/engine/ReceiveServer.h"
#include "ui/common/JobPriority.h"
#include "ui/common/ProblemList.h"
#include "ui/doctor/DestinationTests.h"
#include "ui/preview/SeriesPreview.h"
#include "ui/send/DestinationPicker.h"
#include "ui/send/DropZone.h"
#include "ui/send/SendFoot.h"
#include "ui/send/SendPage.h"
#include "ui/send/SendTree.h"
#include "ui/send/SendTreeModel.h"
#include "ui/send/SeriesPane.h"

#include <QComboBox>
#include <QDirIterator>
#include <QDragEnterEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>
#include <QUrl>

#include <algorithm>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;
using namespace Qt::StringLiterals;

namespace {

/// A page with a receiver behind it and a folder of two patients, twelve instances and a file that is none.
struct Room
{
    Room()
        : server(params(fixture.folder.filePath(u"out"_s)), {})
    {
        const auto started = server.start();
        QVERIFY(started);
        fixture.write(toml(destination(u"MAIN-PACS"_s, server.port())));
        QVERIFY(fixture.load());
        dicom::SyntheticParams synthetic;
        synthetic.folder = source;
        synthetic.patients = 2;
        synthetic.series = {{dicom::SyntheticKind::Tiny, 5}, {dicom::SyntheticKind::Sr, 1}};
        QVERIFY(dicom::makeSyntheticStudies(synthetic, {}));
        QFile readme(source + u"/readme.txt"_s);
        QVERIFY(readme.open(QIODevice::WriteOnly) && readme.write("no image") > 0);
        engine::EngineParams engine;
        engine.dataFolder = fixture.folder.filePath(u"data"_s);
        fixture.backend.open(engine);
        page.resize(1100, 700);
        page.show();
    }

    static engine::ReceiveParams params(const QString& folder)
    {
        engine::ReceiveParams made;
        made.address = u"127.0.0.1"_s;
        made.port = 0;
        made.folder = folder;
        return made;
    }

    void drop(const QString& path)
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&page, &enter); // QApplication drops on what was entered
        QVERIFY(enter.isAccepted());
        QDropEvent event({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&page, &event);
        QVERIFY(event.isAccepted());
    }

    [[nodiscard]] int receivedFiles() const
    {
        int count = 0;
        for (QDirIterator walk(
                 fixture.folder.filePath(u"out"_s), {u"*.dcm"_s}, QDir::Files, QDirIterator::Subdirectories);
             walk.hasNext(); walk.next()) {
            ++count;
        }
        return count;
    }

    UiFixture fixture;
    QString source = fixture.folder.filePath(u"in"_s);
    engine::ReceiveServer server;
    DestinationTests tests{fixture.config, fixture.backend.network()};
    SendPage page{fixture.config, fixture.backend, tests};
};

} // namespace

class TestSendPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_language.set(app::Language::English); }

    void aDroppedFolderArrivesAtTheReceiver()
    {
        Room room;
        QSignalSpy started(&room.page, &SendPage::jobsStarted);
        room.drop(room.source);
        QTRY_COMPARE(room.page.sendButton()->text(), u"Send 12 instances to MAIN-PACS"_s);
        QTRY_VERIFY2(room.page.sendButton()->isEnabled(), qPrintable(room.page.reasonText()));
        QVERIFY(room.page.countsText().startsWith(u"2 patients · 2 studies · 12 instances · "));
        QCOMPARE(room.page.leftOutButton()->text(), u"1 file left out"_s);
        QTest::mouseClick(room.page.sendButton(), Qt::LeftButton);
        QTRY_COMPARE(started.size(), 1);
        QTRY_COMPARE(room.receivedFiles(), 12);
        const auto said = [&room] {
            const auto* banner = room.page.problems().banner(u"send"_s);
            return banner != nullptr ? banner->heading() : QString();
        };
        QTRY_COMPARE(said(), u"12 instances were sent to MAIN-PACS."_s);
        QVERIFY(room.page.sendButton()->isEnabled());
        QCOMPARE(room.page.sendButton()->text(), u"Send 12 instances to MAIN-PACS again"_s);
    }

    void onlyWhatIsTickedIsSent()
    {
        Room room;
        room.page.addPaths({room.source});
        QTRY_VERIFY(room.page.sendButton()->isEnabled());
        auto& model = room.page.model();
        QVERIFY(model.setData(model.index(0, 0), Qt::Unchecked, Qt::CheckStateRole));
        QCOMPARE(room.page.sendButton()->text(), u"Send 6 instances to MAIN-PACS"_s);
        QTest::mouseClick(room.page.sendButton(), Qt::LeftButton);
        QTRY_COMPARE(room.receivedFiles(), 6);
        QVERIFY(model.setData(model.index(0, 0), Qt::Checked, Qt::CheckStateRole));
        QVERIFY(room.page.sendButton()->isEnabled());
    }

    void everyDestinationOfTheListShowsHowItStands()
    {
        Room room;
        room.tests.start(u"MAIN-PACS"_s);
        const auto icon = [&room] {
            return room.page.picker()->menu()->actions().front()->icon().pixmap(16).toImage();
        };
        const auto before = icon();
        QVERIFY(!before.isNull());
        QTRY_COMPARE(room.tests.runningCount(), 0);
        QVERIFY(icon() != before);
        auto* entry = room.page.picker()->menu()->actions().front();
        QVERIFY2(entry->text().endsWith(u"   ✓"_s), qPrintable(entry->text()));
        entry->setChecked(false);
        QVERIFY(!entry->text().contains(u"✓"_s));
        QVERIFY(room.page.picker()->chosen().isEmpty());
    }

    void theCheckAsksTheDestination()
    {
        Room room;
        room.page.addPaths({room.source});
        QTRY_VERIFY(room.page.checkButton()->isEnabled() && room.page.sendButton()->isEnabled());
        QTest::mouseClick(room.page.checkButton(), Qt::LeftButton);
        auto& model = room.page.model();
        const auto series = model.index(0, 0, model.index(0, 0, model.index(0, 0)));
        QTRY_COMPARE(series.siblingAtColumn(SendTreeModel::CheckColumn).data().toString(), u"as is"_s);
    }

    void everyDestinationThatCannotBeAskedIsNamed()
    {
        Room room;
        room.fixture.write(toml(destination(u"MAIN-PACS"_s, room.server.port())) +
            toml(destination(u"ONE"_s, deadPort())) + toml(destination(u"TWO"_s, deadPort())));
        QVERIFY(room.fixture.load());
        room.page.picker()->setChosen({u"MAIN-PACS"_s, u"ONE"_s, u"TWO"_s});
        room.page.addPaths({room.source});
        QTRY_VERIFY(room.page.sendButton()->isEnabled());
        QTest::mouseClick(room.page.checkButton(), Qt::LeftButton);
        const auto said = [&room] {
            const auto* banner = room.page.problems().banner(u"check"_s);
            return banner != nullptr ? shownTexts(*banner).join(u'\n') : QString();
        };
        QTRY_VERIFY(said().contains(u"2 destinations could not be asked."_s));
        QVERIFY(said().contains(u"ONE: "_s) && said().contains(u"TWO: "_s) && !said().contains(u"MAIN-PACS"_s));
        auto& model = room.page.model();
        const auto series = model.index(0, 0, model.index(0, 0, model.index(0, 0)));
        QTRY_COMPARE(
            series.siblingAtColumn(SendTreeModel::CheckColumn).data().toString(), u"as is; 2 of 3 did not answer"_s);
    }

    void whatNoDestinationTakesIsToldAndUnticked()
    {
        const FakeScp noReports(&serveImages);
        Room room;
        room.fixture.write(
            toml(destination(u"MAIN-PACS"_s, room.server.port())) + toml(destination(u"IMAGES"_s, noReports.port())));
        QVERIFY(room.fixture.load());
        room.page.picker()->setChosen({u"IMAGES"_s});
        room.page.addPaths({room.source});
        QTRY_VERIFY(room.page.sendButton()->isEnabled());
        const auto said = [&room] {
            const auto* banner = room.page.problems().banner(u"refused"_s);
            return banner != nullptr ? shownTexts(*banner).join(u'\n') : QString();
        };
        QTest::mouseClick(room.page.checkButton(), Qt::LeftButton);
        QTRY_VERIFY(said().contains(u"2 instances cannot be sent to IMAGES."_s));
        room.page.picker()->setChosen({u"MAIN-PACS"_s, u"IMAGES"_s});
        QVERIFY(said().isEmpty());
        QTest::mouseClick(room.page.checkButton(), Qt::LeftButton);
        QTRY_VERIFY(said().contains(u"2 instances cannot be sent to IMAGES."_s));
        QVERIFY(!said().contains(u"Untick"_s)); // MAIN-PACS takes them
        room.page.picker()->setChosen({u"IMAGES"_s});
        QTest::mouseClick(room.page.checkButton(), Qt::LeftButton);
        QTRY_VERIFY(said().contains(u"Untick them"_s));
        for (auto* button : room.page.problems().banner(u"refused"_s)->findChildren<QPushButton*>()) {
            if (button->text() == u"Untick them"_s) {
                button->click();
                break;
            }
        }
        QTRY_COMPARE(room.page.model().ticked().instances, 10);
        QVERIFY(said().isEmpty());
    }

    void aDroppedLinkIsAnsweredAndTheFilesBesideItAreTaken()
    {
        Room room;
        QMimeData data;
        data.setUrls({QUrl(u"https://example.org/study.zip"_s), QUrl::fromLocalFile(room.source)});
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&room.page, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent event({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&room.page, &event);
        const auto* banner = room.page.problems().banner(u"links"_s);
        QVERIFY(banner != nullptr);
        QVERIFY(shownTexts(*banner).join(u' ').contains(u"https://example.org/study.zip"_s));
        QTRY_COMPARE(room.page.model().ticked().instances, 12);
    }

    void aDiscIsOfferedAndTaken()
    {
        Room room;
        QVERIFY(room.page.dropZone()->discButton()->isHidden());
        room.page.dropZone()->setDiscs({{room.source, u"CT & MR"_s}});
        QVERIFY(room.page.dropZone()->discButton()->isVisible());
        const auto actions = room.page.dropZone()->discButton()->menu()->actions();
        QCOMPARE(actions.size(), 1);
        QCOMPARE(actions.front()->text(), u"CT && MR"_s);
        actions.front()->trigger();
        QTRY_COMPARE(room.page.model().ticked().instances, 12);
    }

    void theProofIsAChoiceThatSaysWhatTheDestinationOffers()
    {
        Room room;
        room.page.addPaths({room.source});
        QTRY_VERIFY(room.page.sendButton()->isEnabled());
        auto* box = room.page.foot().proofBox();
        QVERIFY(box->isEnabled());
        QCOMPARE(room.page.foot().proof(), std::optional<store::ProofWanted>());
        QVERIFY(box->toolTip().startsWith(u"MAIN-PACS is set to: "_s));
        box->setCurrentIndex(2);
        QCOMPARE(room.page.foot().proof(), std::optional(store::ProofWanted::Commitment));
    }

    void theNameTakesTheRoomThatOtherColumnsLeave()
    {
        Room room;
        room.page.addPaths({room.source});
        QTRY_VERIFY(room.page.sendButton()->isEnabled());
        const auto* header = room.page.tree()->header();
        QCOMPARE(header->length(), room.page.tree()->viewport()->width());
        const int before = header->sectionSize(SendTreeModel::NameColumn);
        QMenu menu;
        static_cast<SendTree*>(room.page.tree())->listColumns(menu);
        QCOMPARE(menu.actions().size(), int(SendTreeModel::ColumnCount) - 1);
        menu.actions().at(SendTreeModel::PersonColumn - 1)->setChecked(false);
        QVERIFY(room.page.tree()->isColumnHidden(SendTreeModel::PersonColumn));
        QVERIFY(header->sectionSize(SendTreeModel::NameColumn) > before);
    }

    void theFilterNarrowsTheTreeAndTheTicks()
    {
        Room room;
        room.page.addPaths({room.source});
        QTRY_COMPARE(room.page.model().ticked().instances, 12);
        QTest::keyClicks(room.page.filter(), u"report"_s);
        auto* shown = room.page.tree()->model();
        QTRY_COMPARE(shown->rowCount(shown->index(0, 0, shown->index(0, 0))), 1);
        QVERIFY(shown->setData(shown->index(0, 0), Qt::Unchecked, Qt::CheckStateRole));
        QCOMPARE(room.page.model().ticked().instances, 11);
        QCOMPARE(shown->index(0, 0).data(Qt::CheckStateRole).toInt(), int(Qt::PartiallyChecked));
    }

    void aWarningOfAPatientIsExplainedAtItsRow()
    {
        Room room;
        dicom::SyntheticParams odd;
        odd.folder = room.fixture.folder.filePath(u"odd"_s);
        odd.texts = {dicom::SyntheticText::MislabelledGbk};
        odd.series = {{dicom::SyntheticKind::Tiny, 1}};
        QVERIFY(dicom::makeSyntheticStudies(odd, {}));
        room.page.addPaths({odd.folder});
        QTRY_VERIFY(room.page.sendButton()->isEnabled());
        room.page.tree()->setCurrentIndex(room.page.tree()->model()->index(0, 0));
        QVERIFY(shownTexts(room.page.pane()).join(u' ').contains(u"another character set than the files declare"_s));
    }

    void aSelectedSeriesGrowsWithTheScan()
    {
        Room room;
        room.page.addPaths({room.source});
        QTRY_COMPARE(room.page.model().ticked().instances, 12);
        QTest::keyClicks(room.page.filter(), u"secondary"_s);
        const auto* shown = room.page.tree()->model();
        const auto series = [shown] { return shown->index(0, 0, shown->index(0, 0, shown->index(0, 0))); };
        QTRY_VERIFY(series().isValid());
        room.page.tree()->setCurrentIndex(series());
        const auto* preview = room.page.findChild<SeriesPreview*>();
        QTRY_COMPARE(preview->sliceCount(), 5);

        dicom::SyntheticParams more;
        more.folder = room.fixture.folder.filePath(u"more"_s);
        more.patients = 2;
        more.series = {{dicom::SyntheticKind::Tiny, 8}, {dicom::SyntheticKind::Sr, 1}};
        QVERIFY(dicom::makeSyntheticStudies(more, {}));
        room.page.addPaths({more.folder});
        QTRY_COMPARE(preview->sliceCount(), 8);
        const auto labels = room.page.findChild<SeriesPane*>()->findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(),
            [](const QLabel* label) { return label->text().startsWith(u"8 instances · "); }));
    }

    void prioritiesAreThoseOfTheActivityPage()
    {
        Room room;
        const auto boxes = room.page.findChildren<QComboBox*>();
        const auto box = std::find_if(
            boxes.begin(), boxes.end(), [](const QComboBox* one) { return one->accessibleName() == u"Priority"; });
        QVERIFY(box != boxes.end());
        for (const auto priority : {JobPriority::Last, JobPriority::Normal, JobPriority::First}) {
            QVERIFY((*box)->findData(static_cast<int>(priority)) >= 0);
        }
    }

    void clearForgetsEverything()
    {
        Room room;
        room.page.addPaths({room.source});
        QTRY_VERIFY(room.page.sendButton()->isEnabled());
        QTest::mouseClick(room.page.dropZone()->clearButton(), Qt::LeftButton);
        QCOMPARE(room.page.model().rowCount(), 0);
        QVERIFY(!room.page.tree()->isVisible());
        room.page.addPaths({room.source});
        QTRY_COMPARE(room.page.model().ticked().instances, 12);
    }

    void everythingHasAName()
    {
        Room room;
        room.page.addPaths({room.source});
        QTRY_VERIFY(room.page.sendButton()->isEnabled());
        QCOMPARE(namelessWidgets(room.page), QStringList());
    }

private:
    app::LanguageSwitch m_language;
};

QTEST_MAIN(TestSendPage)
#include "TestSendPage.moc"
