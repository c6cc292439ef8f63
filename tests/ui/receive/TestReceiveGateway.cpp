// The Receive page when the gateway is behind it.

#include "tests/core/engine/StoreClient.h"
#include "tests/support/PeerProcess.h"
#include "tests/ui/support/UiFixture.h"

#include "core/engine/GatewayHost.h"
#include "core/store/Database.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"
#include "ui/common/ProblemList.h"
#include "ui/forms/FieldRow.h"
#include "ui/receive/ArrivalsModel.h"
#include "ui/receive/GatewaySession.h"
#include "ui/receive/ReceivePage.h"
#include "ui/receive/ReceiveWords.h"
#include "ui/receive/RefusedList.h"
#include "ui/receive/StoreWork.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDir>
#include <QDirIterator>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPatienceMs = 30'000;
const QByteArray kHoldAll = "[[rule]]\nname = \"review\"\naction = \"hold\"\nreason = \"look at it\"\n";
const QByteArray kForwardAll = "[[rule]]\nname = \"all\"\nsend = \"MAIN-PACS\"\n";

/// A page with an engine, a PACS behind it, and what plays the scanner.
struct Ward
{
    explicit Ward(const QByteArray& rules = kForwardAll, const QByteArray& serve = {})
        : pacs(pacsParams(fixture.folder.filePath(u"pacs"_s)))
    {
        QVERIFY(pacs.start());
        write(rules, serve);
        QVERIFY(fixture.load());
        openEngine(fixture.backend);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.backend.state(), Backend::State::Ready, kPatienceMs);
        makePage();
    }

    static engine::ReceiveParams pacsParams(const QString& path)
    {
        engine::ReceiveParams params;
        params.address = u"127.0.0.1"_s;
        params.folder = path;
        return params;
    }

    void write(const QByteArray& rules, const QByteArray& serve = {}) const
    {
        fixture.write("ae_title = \"WS1\"\n[serve]\naddress = \"127.0.0.1\"\nport = " + QByteArray::number(port) +
            "\ndurability = \"process\"\ndrain = \"1s\"\n" + serve + '\n' + rules +
            toml(destination(u"MAIN-PACS"_s, pacs.port())));
    }

    void openEngine(Backend& backend) const
    {
        engine::EngineParams params;
        params.dataFolder = data;
        params.currentDestination = fixture.config.destinationLookup();
        backend.open(params);
    }

    void makePage()
    {
        page = std::make_unique<ReceivePage>(fixture.config, fixture.backend);
        page->resize(1200, 800);
        page->show();
    }

    [[nodiscard]] bool switchOn() const
    {
        page->startOrStop();
        return QTest::qWaitFor([this] { return page->receiver().isOn(); }, kPatienceMs);
    }

    [[nodiscard]] bool scan(int count = 3) const
    {
        StoreClient client;
        if (!client.open(port)) {
            return false;
        }
        for (int i = 0; i < count; ++i) {
            const QByteArray uid = "1.2.9." + QByteArray::number(i);
            if (client.store(uid, ctImage(uid)) != 0) {
                return false;
            }
        }
        client.release();
        return true;
    }

    [[nodiscard]] QString cell(int column, const QModelIndex& parent = {}) const
    {
        return page->storeWork().model().index(0, column, parent).data().toString();
    }
    [[nodiscard]] QString state() const { return cell(ArrivalsModel::State); }
    void chooseFirst() const { page->studies()->setCurrentIndex(page->storeWork().model().index(0, 0)); }
    [[nodiscard]] QString shown() const { return shownTexts(*page).join(u'\n'); }

    UiFixture fixture;
    QString data = fixture.folder.filePath(u"data"_s);
    quint16 port = freePort();
    engine::ReceiveServer pacs;
    std::unique_ptr<ReceivePage> page;
};

} // namespace

class TestReceiveGateway : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_language.set(app::Language::English); }

    void whatArrivesIsShownAndForwardedByTheRules()
    {
        const Ward ward;
        const QAbstractItemModelTester tester(
            &ward.page->storeWork().model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(ward.switchOn());
        QVERIFY(ward.shown().contains(u"Port %1 at 127.0.0.1: open"_s.arg(ward.port)));
        QVERIFY(ward.scan());
        QTRY_COMPARE_WITH_TIMEOUT(ward.state(), u"delivered to MAIN-PACS"_s, kPatienceMs);
        QCOMPARE(ward.pacs.counts().stored, qint64(3));
        QCOMPARE(ward.cell(ArrivalsModel::Name), u"Doe Jane  P1"_s);
        QCOMPARE(ward.cell(ArrivalsModel::Instances), u"3"_s);
        QCOMPARE(ward.cell(ArrivalsModel::From), u"CT1"_s);
        QTRY_VERIFY(ward.page->stateText().contains(u"3 delivered"_s));

        // By need: series and instances are read when they are unfolded.
        auto& view = *ward.page->studies();
        const auto study = view.model()->index(0, 0);
        view.expand(study);
        QTRY_COMPARE(view.model()->rowCount(study), 1);
        const auto series = view.model()->index(0, 0, study);
        view.expand(series);
        QTRY_COMPARE(view.model()->rowCount(series), 3);
        QCOMPARE(ward.cell(ArrivalsModel::Study, series), u"1.2.9.0"_s);
        ward.page->startOrStop();
        QTRY_COMPARE_WITH_TIMEOUT(ward.page->receiver().state(), Receiver::State::Off, kPatienceMs);
        QVERIFY(ward.switchOn()); // on the same engine, and the port is free again
    }

    void aSelectionNeverPassesToAnotherStudy()
    {
        const Ward ward{QByteArray()};
        QVERIFY(ward.switchOn());
        QVERIFY(ward.scan());
        QTRY_COMPARE_WITH_TIMEOUT(ward.state(), u"no rule matched"_s, kPatienceMs);
        ward.chooseFirst();
        auto& model = ward.page->storeWork().model();
        model.fetchMore(model.index(0, 0));
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(model.index(0, 0)), 1, kPatienceMs);
        QVERIFY(ward.page->sendButton()->isEnabled());
        // Another patient's study in a row of the same number, as after the first one left the spool.
        const auto engine = ward.fixture.backend.share();
        const auto changed = engine->parts().ledger.writer().run([](store::WriteSession& session) {
            return session.database.exec(u"UPDATE spool_studies SET study_instance_uid = '1.9.9'"_s);
        });
        QVERIFY(changed.has_value());
        QSignalSpy loaded(&model, &ArrivalsModel::loaded);
        model.reload();
        QTRY_VERIFY_WITH_TIMEOUT(!loaded.isEmpty(), kPatienceMs);
        QCOMPARE(model.rowCount(), 1);
        QVERIFY(!ward.page->sendButton()->isEnabled());
        QCOMPARE(model.rowCount(model.index(0, 0)), 0);
    }

    void aPacsThatIsAwayLeavesItOnTheWay()
    {
        Ward ward;
        ward.pacs.stop();
        QVERIFY(ward.switchOn());
        QVERIFY(ward.scan());
        QTRY_COMPARE_WITH_TIMEOUT(ward.state(), u"on the way"_s, kPatienceMs);
        ward.chooseFirst();
        QTRY_VERIFY(ward.page->storeWork().detail()->text().contains(u"MAIN-PACS: 0 of 3 delivered, 3 on the way"_s));
    }

    void itStartsAsSoonAsTheLedgerIsOpen()
    {
        Ward ward;
        Backend late;
        ReceivePage page(ward.fixture.config, late);
        page.startOrStop();
        QCOMPARE(page.receiver().state(), Receiver::State::Starting);
        ward.page.reset();
        engine::EngineParams params;
        params.dataFolder = ward.fixture.folder.filePath(u"other"_s);
        late.open(params);
        QTRY_VERIFY_WITH_TIMEOUT(page.receiver().isOn(), kPatienceMs);
    }

    void whatIsChangedBeforeTheLedgerIsOpenIsTakenOver()
    {
        Ward ward;
        Backend late;
        ReceivePage page(ward.fixture.config, late);
        page.startOrStop();
        QCOMPARE(page.receiver().state(), Receiver::State::Starting);
        ward.page.reset();
        ward.port = freePort();
        ward.write(kForwardAll);
        QVERIFY(ward.fixture.load());
        engine::EngineParams params;
        params.dataFolder = ward.fixture.folder.filePath(u"other"_s);
        late.open(params);
        QTRY_VERIFY_WITH_TIMEOUT(page.receiver().isOn(), kPatienceMs);
        QCOMPARE(page.receiver().ports().front().port, ward.port);
    }

    void whatIsHeldSaysWhyAndIsReleased()
    {
        const Ward ward(kHoldAll + kForwardAll);
        QVERIFY(ward.switchOn());
        QVERIFY(ward.scan());
        QTRY_COMPARE_WITH_TIMEOUT(ward.state(), u"3 held"_s, kPatienceMs);
        QSignalSpy badge(ward.page.get(), &Page::badgeChanged);
        ward.page->actions().refresh();
        QTRY_VERIFY_WITH_TIMEOUT(!badge.isEmpty() && badge.back().first().toInt() == 1, kPatienceMs);
        ward.chooseFirst();
        QTRY_VERIFY(
            ward.page->storeWork().detail()->text().contains(u"3 held. The rule \"review\" holds it: look at it"_s));
        const auto row = ward.page->studies()->currentIndex();
        Q_EMIT ward.page->storeWork().model().dataChanged(row, row); // the reasons are read again
        QVERIFY(ward.page->storeWork().detail()->text().contains(u"look at it"_s));
        QVERIFY(ward.page->storeWork().releaseButton()->isEnabled());
        QTest::mouseClick(ward.page->storeWork().releaseButton(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(ward.state(), u"delivered to MAIN-PACS"_s, kPatienceMs);
        QVERIFY(
            ward.shown().contains(u"3 instance(s) released."_s) || ward.shown().contains(u"3 instances released."_s));
        QCOMPARE(ward.pacs.counts().stored, qint64(3));
        QTRY_VERIFY_WITH_TIMEOUT(badge.back().first().toInt() == 0, kPatienceMs);
    }

    void nothingIsDroppedBeforeSomebodySaidYes()
    {
        const Ward ward(kHoldAll + kForwardAll);
        QVERIFY(ward.switchOn());
        QVERIFY(ward.scan());
        QTRY_COMPARE_WITH_TIMEOUT(ward.state(), u"3 held"_s, kPatienceMs);
        ward.chooseFirst();
        QSignalSpy decided(&ward.page->actions(), &ArrivalActions::decided);
        ward.page->storeWork().askToDrop();
        QTRY_VERIFY_WITH_TIMEOUT(ward.page->problems().banner(u"decide"_s) != nullptr, kPatienceMs);
        auto* question = ward.page->problems().banner(u"decide"_s);
        QCOMPARE(question->heading(), u"Leave 3 held instances unsent?"_s);
        QVERIFY(question->text().contains(u"Doe Jane"_s));
        QVERIFY(decided.isEmpty());
        QCOMPARE(ward.state(), u"3 held"_s);
        const auto buttons = question->findChildren<QPushButton*>();
        const auto yes = std::find_if(
            buttons.begin(), buttons.end(), [](const auto* button) { return button->text() == u"Do not send"_s; });
        QVERIFY(yes != buttons.end());
        (*yes)->click();
        QTRY_COMPARE_WITH_TIMEOUT(ward.state(), u"3 not sent on"_s, kPatienceMs);
        QCOMPARE(ward.pacs.counts().stored, qint64(0));
    }

    void aStudyThatWaitsIsSentNow()
    {
        const Ward ward("[[rule]]\nname = \"all\"\nsend = \"MAIN-PACS\"\ntrigger = \"study\"\nquiet = \"1h\"\n");
        QVERIFY(ward.switchOn());
        QVERIFY(ward.scan());
        QTRY_COMPARE_WITH_TIMEOUT(ward.state(), u"waiting for the rest"_s, kPatienceMs);
        ward.page->actions().complete({{config::Trigger::Study, u"1.2.3"_s}}, {});
        QTRY_COMPARE_WITH_TIMEOUT(ward.state(), u"delivered to MAIN-PACS"_s, kPatienceMs);
    }

    void withoutARuleItStaysAndIsSentOnByHand()
    {
        const Ward ward{QByteArray()};
        QVERIFY(ward.switchOn());
        QVERIFY(ward.scan());
        QTRY_COMPARE_WITH_TIMEOUT(ward.state(), u"no rule matched"_s, kPatienceMs);
        QVERIFY(!ward.page->sendButton()->isEnabled());
        ward.chooseFirst();
        QVERIFY(ward.page->sendButton()->isEnabled());
        QSignalSpy started(ward.page.get(), &ReceivePage::jobsStarted);
        ward.page->sendOn(u"MAIN-PACS"_s);
        QTRY_COMPARE_WITH_TIMEOUT(started.size(), 1, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(ward.pacs.counts().stored, qint64(3), kPatienceMs);
        QVERIFY(ward.page->problems().banner(u"send"_s) != nullptr);
    }

    void newRulesJudgeAgainWhatNoneWanted()
    {
        const Ward ward{QByteArray()};
        QVERIFY(ward.switchOn());
        QVERIFY(ward.scan());
        QTRY_COMPARE_WITH_TIMEOUT(ward.state(), u"no rule matched"_s, kPatienceMs);
        QSignalSpy taken(&ward.page->receiver(), &Receiver::configurationTaken);
        ward.write(kForwardAll);
        QTRY_VERIFY_WITH_TIMEOUT(!taken.isEmpty(), kPatienceMs);
        ward.page->actions().judgeAgain();
        QTRY_COMPARE_WITH_TIMEOUT(ward.state(), u"delivered to MAIN-PACS"_s, kPatienceMs);
    }

    void rulesWithAFaultAreSaidAndThoseOfBeforeHold()
    {
        const Ward ward;
        QVERIFY(ward.switchOn());
        ward.write(
            "[[rule]]\nname = \"a\"\nsend = \"MAIN-PACS\"\nwhen = { attribute = \"NoSuchKeyword\", equals = \"1\" }\n");
        QTRY_VERIFY_WITH_TIMEOUT(ward.page->problems().banner(u"rules"_s) != nullptr, kPatienceMs);
        QVERIFY(ward.shown().contains(u"those of before stay in force"_s));
        ward.write(kForwardAll);
        QTRY_VERIFY_WITH_TIMEOUT(ward.page->problems().banner(u"rules"_s) == nullptr, kPatienceMs);
    }

    void plainFilesAreSaved()
    {
        const Ward ward{QByteArray()};
        QVERIFY(ward.switchOn());
        QVERIFY(ward.scan());
        QTRY_COMPARE_WITH_TIMEOUT(ward.page->storeWork().model().rowCount(), 1, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(ward.cell(ArrivalsModel::Instances), u"3"_s, kPatienceMs);
        ward.chooseFirst();
        const auto folder = ward.fixture.folder.filePath(u"copies"_s);
        ward.page->storeWork().exportTo(folder);
        QTRY_VERIFY_WITH_TIMEOUT(ward.shown().contains(u"saved in"_s), kPatienceMs);
        int files = 0;
        for (QDirIterator each(folder, {u"*.dcm"_s}, QDir::Files, QDirIterator::Subdirectories); each.hasNext();) {
            each.next();
            ++files;
        }
        QCOMPARE(files, 3);
    }

    void whoIsRefusedIsAdmittedWithOneAction()
    {
        const Ward ward(kForwardAll, "access = \"listed\"");
        QVERIFY(ward.switchOn());
        // This machine itself is let in always: the refusal is written as the gateway would.
        const auto engine = ward.fixture.backend.share();
        store::RefusedPeer peer;
        peer.source = {u"CT9"_s, u"WS1"_s, u"10.1.1.9"_s};
        peer.reason = 2;
        peer.firstAt = peer.lastAt = SystemClock().now();
        const auto noted = engine->parts().ledger.writer().run([&peer](store::WriteSession& session) {
            return store::RefusedPeerRepository(session.database).note(peer);
        });
        QVERIFY(noted.has_value());
        ward.page->actions().refresh();
        QTRY_VERIFY_WITH_TIMEOUT(ward.page->refusedList().isVisible(), kPatienceMs);
        QVERIFY(ward.shown().contains(u"CT9 at 10.1.1.9"_s));
        auto* admit = ward.page->refusedList().findChild<QPushButton*>();
        QVERIFY(admit != nullptr);
        QTest::mouseClick(admit, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(ward.fixture.fileText().contains("CT9"), kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!ward.page->refusedList().isVisible(), kPatienceMs);
        QVERIFY(ward.shown().contains(u"may send here from now on"_s));
    }

    void thePortsOfTheGatewayAreThoseOfItsListeners()
    {
        config::Config config;
        config.settings.serve.port = 11112;
        QVERIFY(isPortOfGateway(config, 11112));
        QVERIFY(!isPortOfGateway(config, 2762));
        config.listeners.resize(2);
        config.listeners[0].port = 104;
        config.listeners[1].port = 2762;
        config.listeners[1].tlsMode = config::TlsMode::Bcp195;
        QVERIFY(isPortOfGateway(config, 104));
        QVERIFY(isPortOfGateway(config, 2762));
        QVERIFY(!isPortOfGateway(config, 11112));
        config.settings.receiveMode = config::ReceiveMode::Folder;
        QVERIFY(!isPortOfGateway(config, 2762));
    }

    void aPortInUseIsSaidInWords()
    {
        const Ward ward;
        auto params = Ward::pacsParams(ward.fixture.folder.filePath(u"other"_s));
        params.port = ward.port;
        auto other = std::make_unique<engine::ReceiveServer>(params);
        QVERIFY(other->start());
        ward.page->startOrStop();
        QTRY_COMPARE_WITH_TIMEOUT(ward.page->receiver().state(), Receiver::State::Failed, kPatienceMs);
        QVERIFY(ward.shown().contains(u"port %1 cannot be used"_s.arg(ward.port)));
        other.reset();
        QVERIFY(ward.switchOn());
        QCOMPARE(ward.page->problems().banner(u"switch"_s), nullptr);
    }

    void aPortOfTheMonitorInUseIsNotCalledThatOfTheReceiver()
    {
        UiFixture place;
        auto params = Ward::pacsParams(place.folder.filePath(u"other"_s));
        engine::ReceiveServer other(params);
        QVERIFY(other.start());
        const QByteArray busy = "127.0.0.1:" + QByteArray::number(other.port());
        const Ward ward("[http]\nlisten = \"" + busy + "\"\n" + kForwardAll);
        ward.page->startOrStop();
        QTRY_COMPARE_WITH_TIMEOUT(ward.page->receiver().state(), Receiver::State::Failed, kPatienceMs);
        QVERIFY2(ward.shown().contains(u"the address %1 for health and metrics"_s.arg(QString::fromLatin1(busy))),
            qPrintable(ward.shown()));
        QVERIFY(!ward.shown().contains(u"port %1 cannot be used"_s.arg(ward.port)));
    }

    void aFolderThatCannotBeWrittenToIsSaidInWords()
    {
        UiFixture place;
        QFile inTheWay(place.folder.filePath(u"file"_s));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        const Ward ward(kForwardAll, "spool_folder = \"" + inTheWay.fileName().toUtf8() + "/spool\"");
        ward.page->startOrStop();
        QTRY_COMPARE_WITH_TIMEOUT(ward.page->receiver().state(), Receiver::State::Failed, kPatienceMs);
        QVERIFY2(ward.shown().contains(u"cannot be written to"_s), qPrintable(ward.shown()));
    }

    void besideAnotherProcessItShowsAndSaysSo()
    {
        Ward ward(QByteArray("[[rule]]\nname = \"review\"\naction = \"hold\"\nreason = \"look\"\n"));
        QVERIFY(ward.switchOn());
        QVERIFY(ward.scan());
        QTRY_COMPARE_WITH_TIMEOUT(ward.state(), u"3 held"_s, kPatienceMs);
        Backend second; // what another copy of the program sees
        ward.openEngine(second);
        QTRY_COMPARE_WITH_TIMEOUT(second.state(), Backend::State::ReadOnly, kPatienceMs);
        ReceivePage page(ward.fixture.config, second);
        page.show();
        page.startOrStop();
        QCOMPARE(page.receiver().state(), Receiver::State::Failed);
        QVERIFY(shownTexts(page).join(u'\n').contains(u"another Radpost has the data folder"_s));
        auto& model = page.storeWork().model();
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 1, kPatienceMs);
        page.studies()->setCurrentIndex(model.index(0, 0));
        QVERIFY(!page.sendButton()->isEnabled());
        page.storeWork().release(); // handed to the process that has the ledger
        QTRY_VERIFY_WITH_TIMEOUT(page.problems().banner(u"decide"_s) != nullptr, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(ward.state(), u"no rule matched"_s, kPatienceMs);
    }

    void aSearchAndAFilterNarrow()
    {
        const Ward ward;
        QVERIFY(ward.switchOn());
        QVERIFY(ward.scan());
        QTRY_COMPARE_WITH_TIMEOUT(ward.state(), u"delivered to MAIN-PACS"_s, kPatienceMs);
        auto& work = ward.page->storeWork();
        QVERIFY(work.searchField()->property("search").toBool()); // Ctrl+F goes there
        work.searchField()->setText(u"nobody"_s);
        QTRY_COMPARE(work.model().rowCount(), 0);
        QTRY_VERIFY(ward.shown().contains(u"No study matches"_s));
        work.searchField()->setText(u"jane"_s);
        QTRY_COMPARE(work.model().rowCount(), 1);
        work.searchField()->clear();
        work.filterField()->setCurrentIndex(3);
        Q_EMIT work.filterField()->activated(3);
        QTRY_COMPARE(work.model().rowCount(), 0);
        work.filterField()->setCurrentIndex(0);
        Q_EMIT work.filterField()->activated(0);
        QTRY_COMPARE(work.model().rowCount(), 1);
    }

    void theTestOfItselfIsAnswered()
    {
        const Ward ward;
        QVERIFY(ward.switchOn());
        ward.page->testItself();
        QTRY_VERIFY_WITH_TIMEOUT(ward.page->problems().banner(u"test"_s) != nullptr, kPatienceMs);
        QVERIFY(ward.shown().contains(u"The receiver answers C-ECHO."_s));
    }

    void roomIsShownBeforeItIsFull()
    {
        const Ward ward(kHoldAll, "quota = \"25 KB\""); // what is delivered would leave when room gets short
        QVERIFY(ward.switchOn());
        QTRY_VERIFY_WITH_TIMEOUT(ward.page->receiver().gatewayCounts().has_value(), kPatienceMs);
        QCOMPARE(ReceiveWords::roomStatus(ward.page->receiver()), Status::Good);
        QVERIFY(ward.shown().contains(u"In use: "_s));
        StoreClient client;
        QVERIFY(client.open(ward.port));
        for (int i = 0; i < 12; ++i) {
            const QByteArray uid = "1.2.9." + QByteArray::number(i);
            (void)client.store(uid, ctImage(uid));
        }
        QTRY_VERIFY_WITH_TIMEOUT(ReceiveWords::roomStatus(ward.page->receiver()) != Status::Good, kPatienceMs);
        QVERIFY(ward.shown().contains(u"oom"_s));

        ward.write(kHoldAll, "quota = \"25 MB\""); // taken over while it is on
        QTRY_COMPARE_WITH_TIMEOUT(ReceiveWords::roomStatus(ward.page->receiver()), Status::Good, kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(ward.shown().contains(u"of 25"_s), kPatienceMs);
    }

    void theModeChoosesWhatIsAskedFor()
    {
        const Ward ward;
        QVERIFY(ward.page->row(u"serve.port"_s)->isVisibleTo(ward.page.get()));
        QVERIFY(!ward.page->row(u"receive.port"_s)->isVisibleTo(ward.page.get()));
        auto* mode = qobject_cast<QComboBox*>(ward.page->row(u"receive.mode"_s)->input());
        const auto folder = mode->findText(u"Is saved as plain files in a folder"_s);
        QVERIFY(folder >= 0);
        mode->setCurrentIndex(folder);
        Q_EMIT mode->activated(folder);
        QTRY_VERIFY_WITH_TIMEOUT(ward.fixture.fileText().contains("mode = \"folder\""), kPatienceMs);
        QTRY_VERIFY(ward.page->row(u"receive.port"_s)->isVisibleTo(ward.page.get()));
        QVERIFY(!ward.page->row(u"serve.port"_s)->isVisibleTo(ward.page.get()));
        QTRY_VERIFY(!ward.page->storeWork().isVisible());
    }

    void everyControlHasAName()
    {
        const Ward ward;
        QCOMPARE(namelessWidgets(*ward.page), QStringList());
    }

private:
    app::LanguageSwitch m_language;
};

QTEST_MAIN(TestReceiveGateway)
#include "TestReceiveGateway.moc"
