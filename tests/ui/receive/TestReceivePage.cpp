#include "tests/ui/support/UiFixture.h"

#include "core/dicom/SyntheticStudy.h"
#include "core/engine/Engine.h"
#include "core/net/Association.h"
#include "core/net/Socket.h"
#include "core/net/implementation.h"
#include "ui/common/ProblemList.h"
#include "ui/forms/FieldRow.h"
#include "ui/receive/ReceiveModels.h"
#include "ui/receive/ReceivePage.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QDirIterator>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

#include <algorithm>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int kInstances = 4; // of each of the two studies

QByteArray receiveTable(const QString& folder, quint16 port)
{
    return "[receive]\nmode = \"folder\"\nfolder = \"" + folder.toUtf8() + "\"\nport = " + QByteArray::number(port) +
        '\n';
}

/// A page, a folder to receive in, a PACS behind it and an engine that plays the scanner.
struct Room
{
    explicit Room(const QByteArray& more = {})
        : pacs(pacsParams(fixture.folder.filePath(u"pacs"_s)))
    {
        QVERIFY(pacs.start());
        fixture.write("ae_title = \"WS1\"\n" + receiveTable(folder, port) + more +
            toml(destination(u"MAIN-PACS"_s, pacs.port())));
        QVERIFY(fixture.load());
        page = std::make_unique<ReceivePage>(fixture.config, fixture.backend);
    }

    static engine::ReceiveParams pacsParams(const QString& path)
    {
        engine::ReceiveParams params;
        params.address = u"127.0.0.1"_s;
        params.folder = path;
        return params;
    }

    [[nodiscard]] bool switchOn() const
    {
        page->startOrStop();
        return QTest::qWaitFor([this] { return page->receiver().isOn(); });
    }

    /// Two studies, by the project's own sender.
    [[nodiscard]] bool scan(int patients = 2) const
    {
        dicom::SyntheticParams params;
        params.folder = fixture.folder.filePath(u"scanner"_s);
        params.patients = patients;
        params.series = {{dicom::SyntheticKind::Tiny, kInstances, 0, 0}};
        engine::EngineParams own;
        own.dataFolder = fixture.folder.filePath(u"scanner-ledger"_s);
        own.callingAeTitle = {"CT01"};
        auto sender = engine::Engine::open(own);
        if (!dicom::makeSyntheticStudies(params, {}) || !sender) {
            return false;
        }
        engine::SendRequest request;
        request.paths = {params.folder};
        request.destinations = {destination(u"WS1"_s, port)};
        return (*sender)->send(request).has_value() && (*sender)->waitUntilAtRest({}).has_value();
    }

    [[nodiscard]] int rows() const { return page->studies()->model()->rowCount(); }
    [[nodiscard]] qint64 instances() const
    {
        qint64 sum = 0;
        for (const auto& study : page->receiver().studies()) {
            sum += study.instances;
        }
        return sum;
    }

    UiFixture fixture;
    QString folder = fixture.folder.filePath(u"in"_s);
    quint16 port = deadPort();
    engine::ReceiveServer pacs;
    std::unique_ptr<ReceivePage> page;
};

QString cell(const QTreeView& view, int row, int column)
{
    return view.model()->index(row, column).data().toString();
}

std::unique_ptr<net::Association> connectTo(quint16 port, const QByteArray& caller)
{
    auto socket = net::Socket::connect(u"127.0.0.1"_s, port, Deadline(std::chrono::seconds(10)), {});
    if (!socket) {
        return nullptr;
    }
    net::AssociateRq request;
    request.calledAeTitle = "WS1";
    request.callingAeTitle = caller;
    request.applicationContext = net::kDicomApplicationContext.toByteArray();
    request.contexts = {{1, {"1.2.840.10008.5.1.4.1.1.2"}, {{"1.2.840.10008.1.2"}}}};
    request.user.maxLength = 16384;
    request.user.implementationClassUid = "1.2.3";
    auto association = std::make_unique<net::Association>(*std::move(socket), net::Role::Requestor);
    return association->request(request, {}) ? std::move(association) : nullptr;
}

} // namespace

class TestReceivePage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_language.set(app::Language::English); }

    void itIsOffUntilItIsSwitchedOnAndOffAgain()
    {
        const Room room;
        QSignalSpy standing(room.page.get(), &ReceivePage::standingChanged);
        QVERIFY(!room.page->receiver().isOn());
        QVERIFY(room.switchOn());
        QCOMPARE(standing.back().at(1).toString(), u"RX on"_s);
        QVERIFY(room.page->stateText().contains(QString::number(room.port)));
        room.page->startOrStop();
        QTRY_COMPARE(room.page->receiver().state(), Receiver::State::Off);
        QCOMPARE(standing.back().at(1).toString(), u"RX off"_s);
        QVERIFY(room.switchOn()); // the port is free again
    }

    void whatArrivesStandsInTheListByStudy()
    {
        const Room room;
        const auto mode = QAbstractItemModelTester::FailureReportingMode::QtTest;
        const QAbstractItemModelTester tester(room.page->studies()->model(), mode);
        ReceivedStudiesModel own(room.page->receiver());
        const QAbstractItemModelTester ownTester(&own, mode);
        QVERIFY(room.switchOn());
        QVERIFY(room.scan());
        QTRY_COMPARE(room.instances(), qint64(2 * kInstances));
        QCOMPARE(room.rows(), 2);
        QCOMPARE(cell(*room.page->studies(), 0, ReceivedStudiesModel::Instances), QString::number(kInstances));
        QCOMPARE(cell(*room.page->studies(), 0, ReceivedStudiesModel::From), u"CT01"_s);
        QTRY_VERIFY(room.page->receiver().associations().empty());
        QTRY_COMPARE(room.page->receiver().counts().stored, qint64(2 * kInstances));
    }

    void aSearchNarrowsWhatArrived()
    {
        const Room room;
        QVERIFY(room.switchOn());
        QVERIFY(room.scan());
        QTRY_COMPARE(room.instances(), qint64(2 * kInstances));
        room.page->show();
        QVERIFY(room.page->searchField()->property("search").toBool()); // Ctrl+F goes there
        const auto id = room.page->receiver().studies().back().patientId;
        room.page->searchField()->setText(id.toLower());
        QCOMPARE(room.rows(), 1);
        QVERIFY(cell(*room.page->studies(), 0, ReceivedStudiesModel::Patient).contains(id));
        room.page->searchField()->setText(u"nobody"_s);
        QCOMPARE(room.rows(), 0);
        QVERIFY(shownTexts(*room.page).contains(u"No study matches"_s));
        room.page->searchField()->clear();
        QCOMPARE(room.rows(), 2);
    }

    void anOpenAssociationIsShownWithItsCaller()
    {
        const Room room;
        const QAbstractItemModelTester tester(
            room.page->associations()->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(room.switchOn());
        auto scanner = connectTo(room.port, "MR1");
        QVERIFY(scanner);
        const auto& view = *room.page->associations();
        QTRY_COMPARE(view.model()->rowCount(), 1);
        QCOMPARE(cell(view, 0, AssociationsModel::Caller), u"MR1"_s);
        QCOMPARE(cell(view, 0, AssociationsModel::Instances), u"0"_s);
        QCOMPARE(cell(view, 0, AssociationsModel::Now), u"idle"_s);
        QVERIFY(scanner->release({}));
        QTRY_COMPARE(view.model()->rowCount(), 0);
    }

    void theSelfTestAsksByEcho()
    {
        const Room room;
        room.page->testItself(); // off: nothing to ask
        QVERIFY(room.switchOn());
        room.page->testItself();
        QTRY_VERIFY(room.page->problems().banner(u"test"_s) != nullptr);
        QVERIFY(shownTexts(*room.page).contains(u"The receiver answers C-ECHO."_s));
    }

    void aPortInUseIsSaidInWordsAndRetriedWhenItIsFree()
    {
        const Room room;
        auto other = std::make_unique<engine::ReceiveServer>([&room] {
            auto params = Room::pacsParams(room.fixture.folder.filePath(u"other"_s));
            params.port = room.port;
            return params;
        }());
        QVERIFY(other->start());
        room.page->startOrStop();
        QTRY_COMPARE(room.page->receiver().state(), Receiver::State::Failed);
        QCOMPARE(room.page->receiver().error()->code, ErrorCode::AddressInUse);
        QVERIFY(room.page->problems().banner(u"switch"_s) != nullptr);
        QVERIFY(shownTexts(*room.page).join(u'\n').contains(u"port %1 cannot be used"_s.arg(room.port)));
        other.reset();
        QVERIFY(room.switchOn());
        QCOMPARE(room.page->problems().banner(u"switch"_s), nullptr);
    }

    void aFolderThatCannotBeMadeIsSaidInWords()
    {
        const Room room;
        QFile inTheWay(room.folder);
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        room.page->startOrStop();
        QTRY_COMPARE(room.page->receiver().state(), Receiver::State::Failed);
        QVERIFY(shownTexts(*room.page).join(u'\n').contains(u"cannot be written to"_s));
    }

    void withoutAFolderItAsksForOne()
    {
        UiFixture fixture("ae_title = \"WS1\"\n[receive]\nmode = \"folder\"\n"_ba);
        QVERIFY(fixture.load());
        ReceivePage page(fixture.config, fixture.backend);
        page.startOrStop();
        QCOMPARE(page.receiver().state(), Receiver::State::Off);
        QVERIFY(page.problems().banner(u"switch"_s) != nullptr);
    }

    void aChosenStudyIsSentOnAlone()
    {
        const Room room;
        QVERIFY(room.switchOn());
        QVERIFY(room.scan());
        QTRY_COMPARE(room.instances(), qint64(2 * kInstances));
        engine::EngineParams params;
        params.dataFolder = room.fixture.folder.filePath(u"data"_s);
        const_cast<ui::Backend&>(room.fixture.backend).open(params);
        QTRY_COMPARE(room.fixture.backend.state(), Backend::State::Ready);
        QVERIFY(!room.page->sendButton()->isEnabled());
        room.page->studies()->setCurrentIndex(room.page->studies()->model()->index(0, 0));
        QVERIFY(room.page->sendButton()->isEnabled());
        const auto paths = room.page->receiver().pathsOf({room.page->receiver().studies().front()});
        QCOMPARE(paths.size(), kInstances); // and not the folder
        QVERIFY(std::all_of(paths.begin(), paths.end(), [](const QString& path) { return QFile::exists(path); }));
        QSignalSpy started(room.page.get(), &ReceivePage::jobsStarted);
        room.page->sendOn(u"MAIN-PACS"_s);
        QTRY_COMPARE(started.size(), 1);
        QTRY_COMPARE(room.pacs.counts().stored, qint64(kInstances));
        QVERIFY(room.page->problems().banner(u"send"_s) != nullptr);
    }

    void theListIsThereAgainAfterARestart()
    {
        Room room;
        QVERIFY(room.switchOn());
        QVERIFY(room.scan());
        QTRY_COMPARE(room.instances(), qint64(2 * kInstances));
        room.page = std::make_unique<ReceivePage>(room.fixture.config, room.fixture.backend);
        QTRY_COMPARE(room.instances(), qint64(2 * kInstances));
        QCOMPARE(room.rows(), 2);
        QCOMPARE(cell(*room.page->studies(), 0, ReceivedStudiesModel::From), u"CT01"_s);
        QVERIFY(!room.page->receiver().isOn());
    }

    void itStartsByItselfWhenTheSettingsSaySo()
    {
        Room room;
        room.page->startIfWanted();
        QCOMPARE(room.page->receiver().state(), Receiver::State::Off);
        room.fixture.write(receiveTable(room.folder, room.port) + "autostart = true\n");
        QVERIFY(room.fixture.load());
        room.page->startIfWanted();
        QTRY_VERIFY(room.page->receiver().isOn());
    }

    void settingsAreEditedInPlaceAndNotedWhileItIsOn()
    {
        const Room room;
        QVERIFY(room.switchOn());
        auto* line = qobject_cast<QLineEdit*>(room.page->row(u"receive.port"_s)->input());
        line->selectAll();
        QTest::keyClicks(line, u"70000"_s);
        QVERIFY(!room.page->row(u"receive.port"_s)->problem().isEmpty());
        line->selectAll();
        QTest::keyClicks(line, u"11113"_s);
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_VERIFY(room.fixture.fileText().contains("port = 11113"));
        QVERIFY(shownTexts(*room.page).join(u'\n').contains(u"off and on again"_s));
        QCOMPARE(room.page->receiver().running().settings.receivePort, room.port);
    }

    void theEngineerGetsTitleAndPortInBothLanguages()
    {
        const Room room;
        QTRY_VERIFY(!room.page->engineerText().isEmpty());
        room.page->copyForEngineer();
        const auto text = QApplication::clipboard()->text();
        QVERIFY(text.contains(u"WS1"_s));
        QCOMPARE(text.count(QString::number(room.port)), 2);
        QVERIFY(text.contains(u"AE title"_s) && text.contains(u"端口"_s));
    }

    void everyControlHasAName()
    {
        const Room room;
        QCOMPARE(namelessWidgets(*room.page), QStringList());
    }

private:
    app::LanguageSwitch m_language;
};

QTEST_MAIN(TestReceivePage)
#include "TestReceivePage.moc"
