// The whole program in a real window, by mouse and keyboard, against real peers. Started by scripts/in_window.sh.

#include "tests/e2e/Pointer.h"
#include "tests/support/PeerProcess.h"
#include "tests/ui/support/UiFixture.h"

#include "app/desktop/DesktopProgram.h"
#include "core/config/ConfigText.h"
#include "core/dicom/SyntheticStudy.h"
#include "ui/activity/ActivityPage.h"
#include "ui/activity/JobCard.h"
#include "ui/activity/JobMenu.h"
#include "ui/activity/ReceiptView.h"
#include "ui/common/StatusDot.h"
#include "ui/destinations/DestinationCard.h"
#include "ui/destinations/DestinationsPage.h"
#include "ui/main/MainWindow.h"
#include "ui/receive/ArrivalsModel.h"
#include "ui/receive/ReceivePage.h"
#include "ui/receive/StoreWork.h"
#include "ui/send/DropZone.h"
#include "ui/send/SendPage.h"

#include <QApplication>
#include <QDir>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;
using namespace Qt::StringLiterals;
using store::DeliveryState;

namespace {

constexpr int kInstances = 500;
constexpr int kScanned = 40;
constexpr int kPatienceMs = 60'000;

/// The program with one destination, a folder of 500 instances to drop, and storescp.
struct Desk
{
    explicit Desk(const QString& language)
        : fixture("language = \"" + language.toUtf8() + "\"\n")
    {
        dicom::SyntheticParams made;
        made.folder = source;
        made.series = {{dicom::SyntheticKind::Tiny, kInstances / 2}, {dicom::SyntheticKind::Tiny, kInstances / 2}};
        QVERIFY(dicom::makeSyntheticStudies(made, {}));
        QVERIFY(QDir().mkpath(received));
    }

    [[nodiscard]] bool startStorescp()
    {
        port = freePort();
        return storescp.startServer(u"storescp"_s, {u"-od"_s, received, QString::number(port)}, port);
    }

    void open(const config::Destination& to)
    {
        fixture.write(fixture.fileText() + toml(to));
        app::DesktopOptions options;
        options.configFile = fixture.configFile;
        options.dataFolder = fixture.folder.filePath(u"data"_s);
        program = std::make_unique<app::DesktopProgram>(*qApp, options);
        program->start();
        QTRY_VERIFY(program->window() != nullptr);
        QVERIFY(QTest::qWaitForWindowActive(program->window()));
        QTRY_COMPARE(program->backend().state(), Backend::State::Ready);
    }

    /// The gateway in the window, with a rule that sends everything to @p to; switched on by its button.
    [[nodiscard]] bool startReceiving(const config::Destination& to)
    {
        own = freePort();
        fixture.write(fixture.fileText() + "[serve]\naddress = \"127.0.0.1\"\nport = " + QByteArray::number(own) +
            "\ndrain = \"1s\"\n[[rule]]\nname = \"all\"\nsend = \"" + to.name.toUtf8() + "\"\n");
        open(to);
        if (!turnTo<ReceivePage>() || !Pointer::click(*page<ReceivePage>().switchButton())) {
            return false;
        }
        return QTest::qWaitFor([this] { return page<ReceivePage>().receiver().isOn(); }, kPatienceMs);
    }

    /// A study of kScanned instances from a scanner of DCMTK.
    [[nodiscard]] bool storescu() const
    {
        dicom::SyntheticParams made;
        made.folder = fixture.folder.filePath(u"scanner"_s);
        made.series = {{dicom::SyntheticKind::Tiny, kScanned}};
        if (!dicom::makeSyntheticStudies(made, {})) {
            return false;
        }
        PeerProcess scanner;
        return scanner.run(u"storescu"_s,
                   {u"-aet"_s, u"CT01"_s, u"-aec"_s, u"WS1"_s, u"+sd"_s, u"+r"_s, u"127.0.0.1"_s, QString::number(own),
                       made.folder}) == 0;
    }

    [[nodiscard]] QString arrival(int column) const
    {
        return page<ReceivePage>().storeWork().model().index(0, column).data().toString();
    }

    template <typename PageType>
    [[nodiscard]] PageType& page() const
    {
        return *program->window()->findChild<PageType*>();
    }

    template <typename PageType>
    [[nodiscard]] bool turnTo() const
    {
        auto& wanted = page<PageType>();
        for (int i = 0; i < program->window()->pageCount(); ++i) {
            if (program->window()->page(i) == &wanted) {
                return Pointer::click(*program->window()->rail().button(i));
            }
        }
        return false;
    }

    /// Drops the folder and presses Send; @return the job.
    [[nodiscard]] JobId dropAndSend()
    {
        auto& send = page<SendPage>();
        QSignalSpy started(&send, &SendPage::jobsStarted);
        const bool isOffered = Pointer::drop({source}, *send.dropZone(), [&send] {
            return send.sendButton()->isEnabled() && send.sendButton()->text().contains(QString::number(kInstances));
        });
        if (!isOffered || !Pointer::click(*send.sendButton()) ||
            !QTest::qWaitFor([&started] { return !started.isEmpty(); }, kPatienceMs) || !turnTo<ActivityPage>()) {
            return {};
        }
        const auto job = started.first().first().value<QList<JobId>>().value(0);
        return QTest::qWaitFor([this, job] { return card(job) != nullptr; }, kPatienceMs) ? job : JobId();
    }

    [[nodiscard]] JobCard* card(JobId job) const { return page<ActivityPage>().card(job); }

    [[nodiscard]] qint64 count(JobId job, DeliveryState state) const
    {
        const auto& facts = card(job)->facts();
        return facts.progress ? facts.progress->counts.of(state) : facts.entry.counts.of(state);
    }

    [[nodiscard]] qint64 arrived() const { return QDir(received).entryList(QDir::Files).size(); }

    UiFixture fixture;
    QString source = fixture.folder.filePath(u"study"_s);
    QString received = fixture.folder.filePath(u"received"_s);
    PeerProcess storescp;
    quint16 port = 0;
    quint16 own = 0;
    std::unique_ptr<app::DesktopProgram> program;
};

/// Waits until @p widget stays where it is: cards move to their day when their job ends.
bool isSteady(const QWidget& widget)
{
    QPoint last(-1, -1);
    int looks = 0;
    return QTest::qWaitFor(
        [&] {
            const auto now = widget.mapToGlobal(QPoint());
            looks = now == last ? looks + 1 : 0;
            last = now;
            return looks > 20;
        },
        kPatienceMs);
}

void languages()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("English") << u"en"_s;
    QTest::newRow("Chinese") << u"zh_CN"_s;
}

} // namespace

class TestDesktop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDroppedFolderIsTestedSentAndReceipted_data() { languages(); }
    void aDroppedFolderIsTestedSentAndReceipted()
    {
        QFETCH(QString, language);
        Desk desk(language);
        QVERIFY(desk.startStorescp());
        desk.open(destination(u"MAIN-PACS"_s, desk.port));
        QVERIFY(desk.turnTo<DestinationsPage>());
        auto* card = desk.page<DestinationsPage>().card(u"MAIN-PACS"_s);
        QVERIFY(Pointer::click(*card->testButton()));
        QTRY_COMPARE_WITH_TIMEOUT(card->findChild<StatusDot*>()->status(), Status::Good, kPatienceMs);

        QVERIFY(desk.turnTo<SendPage>());
        const auto job = desk.dropAndSend();
        QVERIFY(job.isValid());
        QTRY_COMPARE_WITH_TIMEOUT(desk.count(job, DeliveryState::Stored), kInstances, kPatienceMs);
        QCOMPARE(desk.arrived(), kInstances);

        QVERIFY(QTest::qWaitFor(
            [&] { return desk.card(job)->facts().entry.job.state == store::JobState::Finished; }, kPatienceMs));
        auto& activity = desk.page<ActivityPage>();
        QVERIFY(isSteady(*desk.card(job)->mainButton()));
        QVERIFY(Pointer::click(*desk.card(job)->mainButton()));
        QTRY_VERIFY_WITH_TIMEOUT(activity.receipt() != nullptr && activity.receipt()->isVisible(), kPatienceMs);
    }

    void aJobIsCancelledInTheMiddle_data() { languages(); }
    void aJobIsCancelledInTheMiddle()
    {
        QFETCH(QString, language);
        Desk desk(language);
        QVERIFY(desk.startStorescp());
        auto slow = destination(u"SLOW"_s, desk.port);
        slow.bytesPerSecond = 256 * 1024; // ten seconds for all
        desk.open(slow);
        const auto job = desk.dropAndSend();
        QVERIFY(job.isValid());
        QTRY_VERIFY_WITH_TIMEOUT(desk.count(job, DeliveryState::Stored) > 0, kPatienceMs);
        QVERIFY(Pointer::click(*desk.card(job)->menuButton()));
        auto* menu = desk.page<ActivityPage>().menu();
        QTRY_VERIFY_WITH_TIMEOUT(menu->isVisible(), kPatienceMs);
        QVERIFY(pressCancel(*menu));
        QTRY_VERIFY_WITH_TIMEOUT(desk.count(job, DeliveryState::Cancelled) > 0, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(desk.count(job, DeliveryState::Cancelled) + desk.count(job, DeliveryState::Stored),
            kInstances, kPatienceMs);
        QCOMPARE(desk.arrived(), desk.count(job, DeliveryState::Stored));
    }

    void aDestinationThatRejectsIsMendedAndTriedAgain_data() { languages(); }
    void aDestinationThatRejectsIsMendedAndTriedAgain()
    {
        QFETCH(QString, language);
        Desk desk(language);
        QVERIFY(desk.startStorescp());
        const auto rejecting = rejectingPacs();
        auto to = destination(u"MAIN-PACS"_s, rejecting->port());
        desk.open(to);
        const auto job = desk.dropAndSend();
        QVERIFY(job.isValid());
        QTRY_COMPARE_WITH_TIMEOUT(desk.card(job)->facts().entry.job.state, store::JobState::Stopped, kPatienceMs);
        QCOMPARE(desk.count(job, DeliveryState::Stored), 0);
        QCOMPARE(desk.arrived(), 0);

        to.port = desk.port;
        bool isSaved = false;
        desk.program->config().replace(
            to.name, to, this, [&isSaved](const Result<>& saved) { isSaved = saved.has_value(); });
        QTRY_VERIFY_WITH_TIMEOUT(isSaved, kPatienceMs);
        QVERIFY(Pointer::click(*desk.card(job)->mainButton()));
        QTRY_COMPARE_WITH_TIMEOUT(desk.count(job, DeliveryState::Stored), kInstances, kPatienceMs);
        QCOMPARE(desk.arrived(), kInstances);
    }

    void aDeadDestinationKeepsEverythingWaiting_data() { languages(); }
    void aDeadDestinationKeepsEverythingWaiting()
    {
        QFETCH(QString, language);
        Desk desk(language);
        desk.open(destination(u"DEAD"_s, deadPort()));
        const auto job = desk.dropAndSend();
        QVERIFY(job.isValid());
        QTRY_VERIFY_WITH_TIMEOUT(desk.card(job)->facts().progress &&
                desk.card(job)->facts().progress->counts.total() == kInstances &&
                desk.card(job)->facts().progress->lastError.has_value(),
            kPatienceMs);
        QCOMPARE(desk.count(job, DeliveryState::Stored), 0);
        QCOMPARE(desk.count(job, DeliveryState::Rejected), 0);
    }

    void whatAScannerSendsIsShownAndForwarded_data() { languages(); }
    void whatAScannerSendsIsShownAndForwarded()
    {
        QFETCH(QString, language);
        Desk desk(language);
        QVERIFY(desk.startStorescp());
        QVERIFY(desk.startReceiving(destination(u"MAIN-PACS"_s, desk.port)));
        QVERIFY(desk.storescu());
        QTRY_COMPARE_WITH_TIMEOUT(desk.arrived(), kScanned, kPatienceMs);
        const auto delivered = language == u"en" ? u"delivered to MAIN-PACS"_s : u"已送达 MAIN-PACS"_s;
        QTRY_COMPARE_WITH_TIMEOUT(desk.arrival(ArrivalsModel::State), delivered, kPatienceMs);
        QCOMPARE(desk.arrival(ArrivalsModel::Instances), QString::number(kScanned));
        QCOMPARE(desk.arrival(ArrivalsModel::From), u"CT01"_s);
        auto& page = desk.page<ReceivePage>();
        QVERIFY(isSteady(*page.switchButton()));
        QVERIFY(Pointer::click(*page.switchButton()));
        QTRY_COMPARE_WITH_TIMEOUT(page.receiver().state(), Receiver::State::Off, kPatienceMs);
        QVERIFY(!desk.storescu()); // nobody listens any more
        QCOMPARE(desk.arrived(), kScanned);
    }

    void withADeadDestinationWhatArrivesIsKept_data() { languages(); }
    void withADeadDestinationWhatArrivesIsKept()
    {
        QFETCH(QString, language);
        Desk desk(language);
        QVERIFY(desk.startReceiving(destination(u"DEAD"_s, deadPort())));
        QVERIFY(desk.storescu());
        const auto onItsWay = language == u"en" ? u"on the way"_s : u"发送中"_s;
        QTRY_COMPARE_WITH_TIMEOUT(desk.arrival(ArrivalsModel::State), onItsWay, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(desk.arrival(ArrivalsModel::Instances), QString::number(kScanned), kPatienceMs);
        const auto study = desk.program->backend().share()->received().studies({}).value().value(0);
        QCOMPARE(study.targets.value(0).open, kScanned);
        QCOMPARE(study.targets.value(0).stored, 0);
    }

private:
    static bool pressCancel(JobMenu& menu)
    {
        for (auto* action : menu.actions()) {
            if (action->objectName() == u"stop") {
                return Pointer::click(menu, menu.actionGeometry(action).center());
            }
        }
        return false;
    }
};

QTEST_MAIN(TestDesktop)
#include "TestDesktop.moc"
