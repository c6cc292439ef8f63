#include "tests/ui/support/UiFixture.h"

#include "core/observe/Journal.h"
#include "core/observe/Log.h"
#include "ui/common/ProblemList.h"
#include "ui/doctor/DestinationTests.h"
#include "ui/log/LogFilterBar.h"
#include "ui/log/LogModel.h"
#include "ui/log/LogPage.h"
#include "ui/log/TraceCard.h"
#include "ui/log/TraceModel.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;
using namespace Qt::StringLiterals;

namespace {

/// A page before its window, with a journal that writes files.
struct Room
{
    explicit Room(const QByteArray& toml = test::toml(destination(u"MAIN-PACS"_s)))
        : fixture(toml)
    {
        QVERIFY(fixture.load());
        observe::JournalParams params;
        params.files.folder = fixture.folder.filePath(u"log"_s);
        params.maxEntries = 2000;
        journal = std::make_unique<observe::Journal>(params);
        page = std::make_unique<LogPage>(*journal, fixture.config, fixture.backend);
    }
    ~Room() { page.reset(); }
    Q_DISABLE_COPY_MOVE(Room)

    void show() const
    {
        page->resize(1000, 640);
        page->show();
        QVERIFY(QTest::qWaitForWindowExposed(page.get()));
    }

    void add(const QString& text, observe::LogLevel level = observe::LogLevel::Info) const
    {
        observe::LogEntry entry;
        entry.text = text;
        entry.level = level;
        journal->add(entry);
    }

    [[nodiscard]] int rows() const { return page->model()->rowCount(); }

    UiFixture fixture;
    std::unique_ptr<observe::Journal> journal;
    std::unique_ptr<LogPage> page;
};

} // namespace

class TestLogPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_language.set(app::Language::English); }

    void nothingHappenedTeachesWhatComesHere()
    {
        const Room room;
        room.show();
        QCOMPARE(room.page->shownState(), u"empty"_s);
        QVERIFY(shownTexts(*room.page).contains(u"Nothing has happened yet"_s));
        room.add(u"one"_s);
        QTRY_COMPARE(room.page->shownState(), u"events"_s);
        QCOMPARE(room.rows(), 1);
    }

    void theBadgeCountsErrorsThatNobodySaw()
    {
        const Room room;
        QSignalSpy badge(room.page.get(), &Page::badgeChanged);
        room.add(u"fine"_s);
        room.add(u"bad"_s, observe::LogLevel::Error);
        room.add(u"worse"_s, observe::LogLevel::Error);
        QTRY_VERIFY(!badge.isEmpty() && badge.back().at(0).toInt() == 2);
        room.show();
        QTRY_COMPARE(badge.back().at(0).toInt(), 0);
        room.add(u"before one's eyes"_s, observe::LogLevel::Error);
        QTRY_COMPARE(room.rows(), 4);
        QCOMPARE(badge.back().at(0).toInt(), 0);
        room.page->hide();
        room.add(u"behind one's back"_s, observe::LogLevel::Error);
        QTRY_COMPARE(badge.back().at(0).toInt(), 1);
    }

    void linesAreFilteredAndTheWayBackIsShown()
    {
        const Room room;
        room.show();
        room.add(u"one"_s);
        room.add(u"two"_s, observe::LogLevel::Warning);
        QTRY_COMPARE(room.rows(), 2);
        room.page->filter()->level()->setCurrentIndex(1);
        QTRY_COMPARE(room.rows(), 1);
        QTest::keyClicks(room.page->filter()->text(), u"nothing like it"_s);
        QTRY_COMPARE(room.page->shownState(), u"no-match"_s);
        room.page->filter()->clear();
        QTRY_COMPARE(room.rows(), 2);
        QCOMPARE(room.page->shownState(), u"events"_s);
    }

    void theTailIsFollowedUntilSomebodyReads()
    {
        const Room room;
        room.show();
        for (int i = 0; i < 500; ++i) {
            room.add(u"line"_s);
        }
        const auto* bar = room.page->list()->verticalScrollBar();
        QTRY_COMPARE(room.rows(), 500);
        QTRY_VERIFY(bar->maximum() > 0);
        QTRY_COMPARE(bar->value(), bar->maximum());
        QTest::keyClick(room.page->list(), Qt::Key_Home);
        QTRY_VERIFY(!room.page->followBox()->isChecked());
        for (int i = 0; i < 100; ++i) {
            room.add(u"line"_s);
        }
        QTRY_COMPARE(room.rows(), 600);
        QVERIFY(bar->value() < bar->maximum());
        room.page->followBox()->setChecked(true);
        QTRY_COMPARE(bar->value(), bar->maximum());
    }

    void aFullRingSaysSo()
    {
        const Room room;
        room.show();
        for (int i = 0; i < 5000; ++i) {
            room.add(u"line"_s);
        }
        QTRY_COMPARE(room.rows(), 2000);
        QTRY_VERIFY(shownTexts(*room.page).contains(u"The newest 2,000 of 5,000 lines; older ones are in the files"_s));
    }

    void chosenLinesAreCopiedMaskedUnlessAskedOtherwise()
    {
        const Room room;
        room.show();
        room.add(u"first"_s);
        room.add(u"at /in/ZHANG"_s, observe::LogLevel::Warning);
        QTRY_COMPARE(room.rows(), 2);
        room.page->list()->clearSelection();
        room.page->copyLines();
        QCOMPARE(QGuiApplication::clipboard()->text().count(u'\n'), 2);
        room.page->list()->setCurrentIndex(room.page->model()->index(1, 0));
        room.page->list()->setFocus();
        QVERIFY(room.page->detail()->isVisible() && room.page->detail()->text().startsWith(u"at path #"));
        QTest::keyClick(room.page->list(), Qt::Key_C, Qt::ControlModifier);
        const auto copied = QGuiApplication::clipboard()->text();
        QCOMPARE(copied.count(u'\n'), 1);
        QVERIFY(copied.contains(u"Warning") && !copied.contains(u"ZHANG"));
        room.page->unmaskBox()->click();
        room.page->copyLines();
        QVERIFY(QGuiApplication::clipboard()->text().contains(u"at /in/ZHANG"_s));
        room.journal->flush();
        QFile file(room.journal->folder() + u"/radpost.log"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("ZHANG")); // files stay masked
    }

    void whatTheSettingsLockStaysMasked()
    {
        const Room room;
        room.show();
        room.page->unmaskBox()->click();
        QCOMPARE(room.page->model()->masking(), observe::Masking::Off);
        auto& config = const_cast<UiFixture&>(room.fixture).config;
        auto settings = config.config().settings;
        settings.lockMasking = true;
        config.changeSettings(settings, room.page.get(), [](const Result<>& saved) { QVERIFY(saved); });
        QTRY_VERIFY(!room.page->unmaskBox()->isEnabled());
        QVERIFY(!room.page->unmaskBox()->isChecked());
        QCOMPARE(room.page->model()->masking(), observe::Masking::On); // at once
    }

    void aTestOfATracedDestinationIsShownPduByPdu()
    {
        const auto pacs = goodPacs();
        const Room room(toml(destination(u"MAIN-PACS"_s, pacs->port())));
        room.show();
        DestinationTests tests(const_cast<UiFixture&>(room.fixture).config,
            const_cast<UiFixture&>(room.fixture).backend.network(), room.fixture.backend.traces());
        QVERIFY(room.page->trace()->button()->isEnabled());
        QTest::mouseClick(room.page->trace()->button(), Qt::LeftButton);
        QCOMPARE(room.page->shownState(), u"trace-empty"_s);
        tests.start(u"MAIN-PACS"_s);
        const auto& model = *room.page->traceModel();
        const auto has = [&model](const QString& part) {
            for (int row = 0; row < model.rowCount(); ++row) {
                if (model.index(row, TraceModel::Text).data().toString().contains(part)) {
                    return true;
                }
            }
            return false;
        };
        QTRY_VERIFY(has(u"A-RELEASE-RP"_s));
        QCOMPARE(room.page->shownState(), u"trace"_s);
        for (const auto& part : {u"A-ASSOCIATE-RQ: RADPOST calls PACS1"_s, u"A-ASSOCIATE-AC: accepted"_s,
                 u"C-ECHO-RQ, message 1"_s, u"C-ECHO-RSP, message 1, context 1, status 0x0000"_s, u"A-RELEASE-RQ"_s}) {
            QVERIFY2(has(part), qPrintable(part));
        }
        QVERIFY(room.page->trace()->stateText().startsWith(u"Recording MAIN-PACS: "));
        QTest::mouseClick(room.page->trace()->button(), Qt::LeftButton);
        QVERIFY(room.page->trace()->stateText().startsWith(u"Ended for MAIN-PACS: "));
        QVERIFY(!room.page->trace()->isOn());
        room.page->traceTree()->clearSelection();
        room.page->copyLines();
        QVERIFY(QGuiApplication::clipboard()->text().contains(u"CT Image Storage; accepted with"_s));
        QVERIFY(QGuiApplication::clipboard()->text().contains(u"Verification SOP Class"_s));
        room.page->showView(LogPage::View::Events);
        QTRY_COMPARE(room.rows(), 2); // that it began and ended
    }

    void aTraceEndsByItselfAndSaysWhy()
    {
        const Room room;
        room.show();
        room.page->trace()->begin({std::chrono::milliseconds(0)});
        QTRY_VERIFY(room.page->trace()->stateText().startsWith(u"The time for MAIN-PACS is up"));
        auto log = room.fixture.backend.traces()->log(u"MAIN-PACS"_s);
        room.page->trace()->begin({std::chrono::minutes(10), 1});
        log->add({}, 0);
        log->add({}, 0);
        QTRY_VERIFY(room.page->trace()->stateText().contains(u"is full and was ended"_s));
    }

    void aBundleIsSavedAndSaidWhere()
    {
        const Room room;
        room.show();
        room.add(u"a line to find"_s);
        const auto file = room.fixture.folder.filePath(u"support.zip"_s);
        room.page->saveBundle(file);
        QVERIFY(!room.page->saveButton()->isEnabled());
        QCOMPARE(room.page->saveButton()->text(), u"Saving…"_s);
        QTRY_VERIFY(room.page->problems().banner(u"save"_s) != nullptr);
        QVERIFY(room.page->saveButton()->isEnabled());
        QVERIFY(QFileInfo(file).size() > 1000);
        QCOMPARE(room.page->problems().banner(u"save"_s)->kind(), BannerKind::Warning); // the ledger is not open
        engine::EngineParams params;
        params.dataFolder = room.fixture.folder.filePath(u"data"_s);
        const_cast<UiFixture&>(room.fixture).backend.open(params);
        QTRY_COMPARE(room.fixture.backend.state(), Backend::State::Ready);
        room.page->saveBundle(file);
        QTRY_VERIFY(room.page->problems().banner(u"save"_s) != nullptr);
        QCOMPARE(room.page->problems().banner(u"save"_s)->kind(), BannerKind::Good);
    }

    void aBundleThatCannotBeSavedIsSaid()
    {
        const Room room;
        room.show();
        const auto file = room.fixture.folder.filePath(u"no/such/folder.zip"_s);
        room.page->saveBundle(file);
        QTRY_VERIFY(room.page->problems().banner(u"save"_s) != nullptr);
        QVERIFY(room.page->problems().banner(u"save"_s)->text().contains(QDir::toNativeSeparators(file)));
        QCOMPARE(room.page->problems().banner(u"save"_s)->heading(), u"The support bundle was not saved."_s);
    }

    void filesThatCannotBeWrittenAreSaid()
    {
        const UiFixture home;
        QFile inTheWay(home.folder.filePath(u"log"_s));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        UiFixture fixture;
        observe::JournalParams params;
        params.files.folder = inTheWay.fileName();
        observe::Journal journal(params);
        LogPage page(journal, fixture.config, fixture.backend);
        page.show();
        journal.add({});
        QTRY_VERIFY(page.problems().banner(u"files"_s) != nullptr);
        QVERIFY(inTheWay.remove());
        journal.add({});
        QTRY_VERIFY(page.problems().banner(u"files"_s) == nullptr);
    }

    void everyControlHasAName()
    {
        const Room room;
        room.show();
        QCOMPARE(namelessWidgets(*room.page), QStringList());
        room.page->showView(LogPage::View::Trace);
        QVERIFY(tabChain(*room.page).contains(room.page->saveButton()));
    }

private:
    app::LanguageSwitch m_language;
};

QTEST_MAIN(TestLogPage)
#include "TestLogPage.moc"
