#include "tests/ui/support/UiFixture.h"

#include "app/desktop/DesktopProgram.h"
#include "core/dicom/SyntheticStudy.h"
#include "ui/common/ProblemList.h"
#include "ui/main/MainWindow.h"
#include "ui/query/QueryPage.h"
#include "ui/shell/JobEndText.h"
#include "ui/shell/Shell.h"

#include <QApplication>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;
using namespace Qt::StringLiterals;
using config::WhenClosed;
using store::DeliveryState;

namespace {

class FakeTray final : public TrayIcon
{
public:
    explicit FakeTray(bool isThere)
        : m_isThere(isThere)
    {
    }
    [[nodiscard]] bool isAvailable() const override { return m_isThere; }
    void show(QMenu&) override {}
    void setToolTip(const QString& text) override { toolTip = text; }
    void tell(const QString&, const QString& text) override { told.append(text); }

    QString toolTip;
    QStringList told;

private:
    bool m_isThere;
};

/// The program with a job that runs: its hours are others than now, so it stays until it is stopped.
struct Busy
{
    explicit Busy(bool hasTray, const QByteArray& settings = {})
        : fixture("language = \"en\"\n" + settings)
    {
        auto made = std::make_unique<FakeTray>(hasTray);
        tray = made.get();
        app::DesktopOptions options;
        options.configFile = fixture.configFile;
        options.dataFolder = fixture.folder.filePath(u"data"_s);
        program = std::make_unique<app::DesktopProgram>(*qApp, options, std::move(made));
    }

    [[nodiscard]] bool start() const
    {
        program->start();
        return QTest::qWaitFor([this] { return program->backend().state() == Backend::State::Ready; }, 10'000) &&
            QTest::qWaitForWindowActive(program->window());
    }

    [[nodiscard]] bool send(quint16 port, bool isHeld)
    {
        dicom::SyntheticParams study;
        study.folder = fixture.folder.filePath(u"in"_s);
        study.series = {{dicom::SyntheticKind::Tiny, 3}};
        if (!dicom::makeSyntheticStudies(study, {})) {
            return false;
        }
        engine::SendRequest request;
        request.paths = {study.folder};
        request.destinations = {destination(u"MAIN-PACS"_s, port)};
        if (isHeld) {
            const auto now = QTime::currentTime();
            request.destinations[0].hours = config::HoursWindow{now.addSecs(3600), now.addSecs(7200)};
        }
        QObject context;
        std::optional<bool> isGiven;
        program->backend().run(
            &context, [request](engine::Engine& engine) { return engine.send(request).has_value(); },
            [&isGiven](bool done) { isGiven = done; });
        return QTest::qWaitFor([&isGiven] { return isGiven.has_value(); }, 10'000) && *isGiven;
    }

    [[nodiscard]] bool isRunning() const
    {
        return QTest::qWaitFor([this] { return window().activity().summary().runningJobs == 1; }, 10'000);
    }

    [[nodiscard]] MainWindow& window() const { return *program->window(); }
    [[nodiscard]] QPushButton* answer(int index) const
    {
        return window().problems().banner(u"close"_s)->findChildren<QPushButton*>().value(index);
    }

    UiFixture fixture;
    FakeTray* tray = nullptr;
    std::unique_ptr<app::DesktopProgram> program;
};

queue::JobProgress ended(qint64 stored, qint64 failed, queue::JobActivity activity)
{
    queue::JobProgress progress;
    progress.destinationName = u"MAIN-PACS"_s;
    progress.activity = activity;
    progress.counts.add(DeliveryState::Stored, stored, 0);
    progress.counts.add(DeliveryState::Rejected, failed, 0);
    return progress;
}

} // namespace

class TestShell : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void closingMeansWhatWasChosen()
    {
        constexpr Going idle{};
        QVERIFY(closeStep(WhenClosed::Ask, idle, true) == CloseStep::Quit); // nothing to ask about
        QVERIFY(closeStep(WhenClosed::KeepSending, idle, true) == CloseStep::Quit);
        for (const auto& going : {Going{1, false}, Going{0, true}, Going{2, true}, Going{0, false, 1}}) {
            QVERIFY(closeStep(WhenClosed::Ask, going, true) == CloseStep::Ask);
            QVERIFY(closeStep(WhenClosed::Quit, going, true) == CloseStep::Quit);
            QVERIFY(closeStep(WhenClosed::KeepSending, going, true) == CloseStep::Hide);
            QVERIFY(closeStep(WhenClosed::KeepSending, going, false) == CloseStep::Minimise);
        }
    }

    void theEndOfAJobIsToldInWords()
    {
        app::LanguageSwitch language;
        language.set(app::Language::English);
        QCOMPARE(jobEndText(ended(312, 0, queue::JobActivity::Finished)), u"Sent 312 of 312 to MAIN-PACS."_s);
        QCOMPARE(jobEndText(ended(1309, 3, queue::JobActivity::Finished)),
            u"3 of 1,312 failed. Sent 1,309 of 1,312 to MAIN-PACS."_s);
        QVERIFY(jobEndText(ended(0, 0, queue::JobActivity::Finished)).contains(u"Nothing"));
        QVERIFY(jobEndText(ended(1, 1, queue::JobActivity::Stopped)).startsWith(u"Sending stopped."));
        QVERIFY(jobEndText(ended(1, 1, queue::JobActivity::Cancelled)).isEmpty());
        QVERIFY(jobEndText(ended(1, 1, queue::JobActivity::Paused)).isEmpty());
    }

    void withNothingToDoClosingEnds()
    {
        const Busy busy(true);
        QVERIFY(busy.start());
        QSignalSpy quit(busy.program->shell(), &Shell::quitAsked);
        busy.window().close();
        QCOMPARE(quit.size(), 1);
    }

    void closingAsksOnceAndRemembers()
    {
        Busy busy(true);
        QVERIFY(busy.start() && busy.send(deadPort(), true) && busy.isRunning());
        QSignalSpy quit(busy.program->shell(), &Shell::quitAsked);
        busy.window().close();
        busy.window().close(); // the question is there once
        QVERIFY(busy.window().isVisible());
        QCOMPARE(quit.size(), 0);
        QVERIFY(busy.answer(0)->hasFocus());
        QTest::keyClick(busy.answer(0), Qt::Key_Space);
        QTRY_VERIFY(!busy.window().isVisible());
        QCOMPARE(busy.tray->told.size(), 1);
        QVERIFY(busy.fixture.fileText().contains("when_closed = \"keep-sending\""));

        Q_EMIT busy.tray->activated();
        QVERIFY(busy.window().isVisible());
        busy.window().close(); // not asked again, and where it went is told once
        QVERIFY(!busy.window().isVisible());
        QCOMPARE(busy.tray->told.size(), 1);
    }

    void receivingIsAskedAboutLikeJobs()
    {
        Busy busy(true);
        QVERIFY(busy.start());
        QSignalSpy quit(busy.program->shell(), &Shell::quitAsked);
        busy.program->shell()->setReceiving(true);
        busy.window().close();
        QVERIFY(busy.window().isVisible());
        QCOMPARE(quit.size(), 0);
        QVERIFY(shownTexts(*busy.window().problems().banner(u"close"_s)).join(u' ').contains(u"Receiving is on."));
        QTest::keyClick(busy.answer(0), Qt::Key_Space);
        QTRY_VERIFY(!busy.window().isVisible());
        Q_EMIT busy.tray->activated();
        busy.program->shell()->setReceiving(false);
        busy.window().close();
        QCOMPARE(quit.size(), 1);
    }

    void studiesOnTheirWayAreAskedAboutLikeJobs()
    {
        const Busy busy(true);
        QVERIFY(busy.start());
        QSignalSpy quit(busy.program->shell(), &Shell::quitAsked);
        auto* query = busy.window().findChild<QueryPage*>();
        Q_EMIT query->underWayChanged(2);
        busy.window().close();
        QVERIFY(busy.window().isVisible());
        QCOMPARE(quit.size(), 0);
        const auto texts = shownTexts(*busy.window().problems().banner(u"close"_s)).join(u' ');
        QVERIFY2(texts.contains(u"2 studies are still on their way"), qPrintable(texts));
        Q_EMIT query->underWayChanged(0);
        QVERIFY(busy.window().problems().banner(u"close"_s) == nullptr);
        busy.window().close();
        QCOMPARE(quit.size(), 1);
    }

    void theOtherAnswerEnds()
    {
        Busy busy(true);
        QVERIFY(busy.start() && busy.send(deadPort(), true) && busy.isRunning());
        QSignalSpy quit(busy.program->shell(), &Shell::quitAsked);
        busy.window().close();
        QTest::mouseClick(busy.answer(1), Qt::LeftButton);
        QVERIFY(quit.wait());
        QVERIFY(busy.fixture.fileText().contains("when_closed = \"quit\""));
    }

    void withoutANotificationAreaTheWindowIsMinimisedAndSaysSo()
    {
        Busy busy(false, "when_closed = \"keep-sending\"\n");
        QVERIFY(busy.start() && busy.send(deadPort(), true) && busy.isRunning());
        busy.window().close();
        QVERIFY(busy.window().isMinimized());
        QVERIFY(busy.window().problems().banner(u"away"_s) != nullptr);
        busy.program->give({});
        QVERIFY(!busy.window().isMinimized());
    }

    void theEndIsToldOnlyWhereNobodyLooks()
    {
        const auto pacs = goodPacs();
        Busy busy(true);
        QVERIFY(busy.start());
        QSignalSpy atRest(&busy.program->backend().events(), &EngineEvents::jobAtRest);
        QVERIFY(busy.send(pacs->port(), false));
        QTRY_COMPARE(atRest.size(), 1);
        QCOMPARE(busy.tray->told, QStringList());
        busy.window().hide();
        QVERIFY(busy.send(pacs->port(), false));
        QTRY_COMPARE(busy.tray->told, QStringList{u"Sent 3 of 3 to MAIN-PACS."_s});
    }

    void allIsPausedAndGoesOnFromTheMenu()
    {
        Busy busy(true);
        QVERIFY(busy.start() && busy.send(deadPort(), true) && busy.isRunning());
        auto actions = busy.program->shell()->menu().actions();
        actions.removeIf([](const QAction* action) { return action->isSeparator(); });
        QCOMPARE(actions.size(), 4);
        QVERIFY(actions[1]->text().contains(u"1 job waits for a destination"));
        auto& activity = busy.window().activity();
        actions[2]->trigger();
        QTRY_COMPARE(activity.summary().runningJobs, 0);
        QTRY_VERIFY(activity.hasPausedHere());
        actions[2]->trigger();
        QTRY_COMPARE(activity.summary().runningJobs, 1);
        QVERIFY(!activity.hasPausedHere());
    }

    void jobsOfLastTimeGoOnAsTheDestinationIsNow()
    {
        const auto pacs = goodPacs();
        Busy busy(true, toml(destination(u"MAIN-PACS"_s, pacs->port())));
        {
            auto params = engine::EngineParams();
            params.dataFolder = busy.fixture.folder.filePath(u"data"_s);
            auto engine = engine::Engine::open(params);
            QVERIFY(engine);
            dicom::SyntheticParams study;
            study.folder = busy.fixture.folder.filePath(u"in"_s);
            study.series = {{dicom::SyntheticKind::Tiny, 3}};
            QVERIFY(dicom::makeSyntheticStudies(study, {}));
            engine::SendRequest request;
            request.paths = {study.folder};
            request.destinations = {destination(u"MAIN-PACS"_s, deadPort())}; // as it was then
            const auto jobs = (*engine)->send(request);
            QVERIFY(jobs);
            QTRY_COMPARE((*engine)->job(jobs->first())->counts.total(), 3);
            const auto paused = (*engine)->send(request);
            QVERIFY(paused && (*engine)->pause(paused->first()));
        }
        QSignalSpy atRest(&busy.program->backend().events(), &EngineEvents::jobAtRest);
        QVERIFY(busy.start());
        QTRY_VERIFY(busy.window().problems().banner(u"resumed"_s) != nullptr);
        QVERIFY(busy.window().problems().banner(u"resumed"_s)->heading().startsWith(u"1 job "));
        QTRY_COMPARE(atRest.size(), 1);
        QCOMPARE(atRest.first().first().value<queue::JobProgress>().counts.of(DeliveryState::Stored), 3);
    }

    void pathsGoToTheSendPage()
    {
        const Busy busy(true);
        busy.program->give({u"/a"_s}); // before there is a window
        QVERIFY(busy.start());
        QCOMPARE(busy.program->takePaths(), QStringList());
        QCOMPARE(busy.window().currentPage(), busy.window().page(0));
        busy.window().showPage(1);
        busy.program->give({u"/b"_s});
        QCOMPARE(busy.window().currentPage(), busy.window().page(0));
        QCOMPARE(busy.program->takePaths(), QStringList());
    }

    void theWindowComesBackWhereItWas()
    {
        const UiFixture fixture("language = \"en\"\n"_ba);
        app::DesktopOptions options;
        options.configFile = fixture.configFile;
        options.dataFolder = fixture.folder.filePath(u"data"_s);
        for (const bool isFirst : {true, false}) {
            app::DesktopProgram program(*qApp, options, std::make_unique<FakeTray>(true));
            program.start();
            QTRY_VERIFY(program.window() != nullptr);
            if (isFirst) {
                program.window()->resize(1000, 700);
                program.window()->showPage(1);
                QFile file(fixture.folder.filePath(u"window.json"_s));
                QTRY_VERIFY(file.exists());
            } else {
                QCOMPARE(program.window()->size(), QSize(1000, 700));
                QCOMPARE(program.window()->currentPage(), program.window()->page(1));
            }
        }
    }
};

QTEST_MAIN(TestShell)
#include "TestShell.moc"
