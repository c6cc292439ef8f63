#include "tests/integration/ArchivePeers.h"
#include "tests/ui/support/UiFixture.h"

#include "app/common/Language.h"
#include "core/dicom/SyntheticStudy.h"
#include "core/engine/ReceiveServer.h"
#include "ui/common/ProblemList.h"
#include "ui/query/FoundStudiesModel.h"
#include "ui/query/QueryPage.h"
#include "ui/query/RetrievalsModel.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDateEdit>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;

namespace {

constexpr int kPatienceMs = 30'000;

/// A page over a configuration that names the archive, and others.
struct Room
{
    explicit Room(quint16 archivePort, const QByteArray& more = {})
    {
        auto archive = destination(u"ARCHIVE"_s, archivePort);
        archive.calledAeTitle = AeTitle{"ARCHIVE"};
        fixture.write("ae_title = \"RADPOST\"\n" + more + toml(archive));
        QVERIFY(fixture.load());
        page = std::make_unique<QueryPage>(fixture.config, [this] { return listening; });
        page->resize(1000, 700);
        page->show();
    }

    [[nodiscard]] bool search(int expected) const
    {
        page->timeField()->setCurrentIndex(static_cast<int>(StudyTime::Any));
        page->searchOrStop();
        return QTest::qWaitFor(
            [&] {
                return page->studies()->model()->rowCount() == expected && page->searchButton()->text() == u"Search";
            },
            kPatienceMs);
    }

    void choose(int row) const { page->studies()->setCurrentIndex(page->studies()->model()->index(row, 0)); }

    [[nodiscard]] bool awaitEnd() const
    {
        return QTest::qWaitFor([&] { return !page->retrievals().isBusy(); }, kPatienceMs);
    }

    UiFixture fixture;
    std::optional<AeTitle> listening;
    std::unique_ptr<QueryPage> page;
};

Retrieval ended(const QString& patient, qint64 received)
{
    Retrieval retrieval;
    retrieval.patient = patient;
    retrieval.state = received > 0 ? Retrieval::State::Done : Retrieval::State::Failed;
    retrieval.received = received;
    if (received > 0) {
        retrieval.folder = u"/in/"_s + patient;
    } else {
        retrieval.error = Error{ErrorCode::ConnectRefused, Retry::Never, {}, {}};
    }
    return retrieval;
}

Retrievals::Origin origin(quint16 port, const QString& studyUid)
{
    Retrievals::Origin origin{destination(u"ARCHIVE"_s, port), AeTitle{"RADPOST"}, {}};
    origin.study.set(dicom::tag::kStudyInstanceUid, studyUid);
    return origin;
}

} // namespace

class TestQueryPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        dicom::SyntheticParams params;
        params.folder = m_folder.filePath(u"studies"_s);
        params.patients = 3;
        params.series = {{dicom::SyntheticKind::Tiny, 4, 0, 0}};
        QVERIFY(dicom::makeSyntheticStudies(params, {}));
        QVERIFY2(m_archive.start(QString::number(m_movePort)), m_archive.output());
        QCOMPARE(deliver(m_archive.port(), readSamples(params.folder)), 12);
    }

    void withoutADestinationThePageLeadsToOne()
    {
        UiFixture fixture;
        QueryPage page(fixture.config, [] { return std::nullopt; });
        page.show();
        QVERIFY(!page.searchButton()->isEnabled());
        const QSignalSpy wanted(&page, &QueryPage::destinationsWanted);
        for (auto* button : page.findChildren<QPushButton*>()) {
            if (button->text() == u"Add a destination") {
                button->click();
            }
        }
        QCOMPARE(wanted.count(), 1);
    }

    void everythingHasAName()
    {
        const Room room(m_archive.port());
        QCOMPARE(namelessWidgets(*room.page), QStringList());
    }

    void aSearchListsStudies()
    {
        const Room room(m_archive.port());
        QVERIFY(room.search(3));
        QVERIFY2(room.page->countText().startsWith(u"3 stud"), qPrintable(room.page->countText()));
        room.page->nameField()->setText(u"nobody"_s);
        QVERIFY(room.search(0));
        QVERIFY2(shownTexts(*room.page).contains(u"No study matches"), qPrintable(shownTexts(*room.page).join(u'\n')));
    }

    void aDeadPacsIsSaid()
    {
        const Room room(deadPort());
        QVERIFY(room.search(0));
        QVERIFY(room.page->problems().banner(u"search"_s) != nullptr);
    }

    void fetchingNeedsAFolder()
    {
        const Room room(m_archive.port());
        QVERIFY(room.search(3));
        room.choose(0);
        room.page->fetchChosen();
        QVERIFY(room.page->problems().banner(u"fetch"_s) != nullptr);
        QVERIFY(room.page->retrievals().all().empty());
    }

    void theMissingFolderIsForgottenOnceItIsThere()
    {
        Room room(m_archive.port());
        QVERIFY(room.search(3));
        room.choose(0);
        room.page->fetchChosen();
        QVERIFY(room.page->problems().banner(u"fetch"_s) != nullptr);
        auto archive = destination(u"ARCHIVE"_s, m_archive.port());
        archive.calledAeTitle = AeTitle{"ARCHIVE"};
        const auto folder = m_folder.filePath(u"later"_s).toUtf8();
        room.fixture.write("ae_title = \"RADPOST\"\n[receive]\nfolder = \"" + folder + "\"\n" + toml(archive));
        QVERIFY(room.fixture.load());
        QVERIFY(room.page->problems().banner(u"fetch"_s) == nullptr);
    }

    void aDayAndARangeHaveFields()
    {
        const Room room(m_archive.port());
        auto& page = *room.page;
        const auto choose = [&page](StudyTime time) { page.timeField()->setCurrentIndex(static_cast<int>(time)); };
        QVERIFY(!page.fromField()->isVisible() && !page.toField()->isVisible());
        choose(StudyTime::Day);
        QVERIFY(page.fromField()->isVisible() && !page.toField()->isVisible());
        QCOMPARE(page.fromField()->accessibleName(), u"Day"_s);
        choose(StudyTime::Range);
        QVERIFY(page.fromField()->isVisible() && page.toField()->isVisible());
        page.fromField()->setDate(QDate(1990, 1, 1));
        page.toField()->setDate(QDate(1990, 1, 2));
        page.fromField()->setFocus();
        QTest::keyClick(page.fromField(), Qt::Key_Return);
        QVERIFY(QTest::qWaitFor([&] { return shownTexts(page).contains(u"No study matches"_s); }, kPatienceMs));
        page.toField()->setDate(QDate::currentDate().addDays(1));
        page.searchOrStop();
        QVERIFY(QTest::qWaitFor([&] { return page.studies()->model()->rowCount() == 3; }, kPatienceMs));
    }

    void whatAPacsKeepsBackWithoutNamingItsKindsIsExplained()
    {
        const Room room(m_archive.port());
        auto partly = ended(u"Wang"_s, 3);
        partly.state = Retrieval::State::Partly;
        partly.mayLackKinds = true;
        partly.counts.failed = 1;
        Q_EMIT room.page->retrievals().ended(partly);
        const auto* failed = room.page->problems().banner(u"failed"_s);
        QVERIFY(failed != nullptr);
        QVERIFY2(failed->text().contains(u"does not say what kinds"), qPrintable(failed->text()));
    }

    void whatStandsInTheFieldsIsNotCut()
    {
        const Room room(m_archive.port());
        room.page->timeField()->setCurrentIndex(static_cast<int>(StudyTime::Range));
        QCoreApplication::processEvents();
        for (auto* field : room.page->findChildren<QLineEdit*>()) {
            const auto text = field->text().isEmpty() ? field->placeholderText() : field->text();
            const auto wanted = field->fontMetrics().horizontalAdvance(text) + 4;
            QVERIFY2(field->isHidden() || field->width() >= wanted, qPrintable(field->accessibleName()));
        }
    }

    void aStudyIsFetched()
    {
        const auto folder = m_folder.filePath(u"fetched"_s);
        const Room room(m_archive.port(), "[receive]\nfolder = \"" + folder.toUtf8() + "\"\n");
        const QAbstractItemModelTester tester(
            room.page->retrievalList()->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(room.search(3));
        QVERIFY(!room.page->fetchButton()->isEnabled());
        room.choose(1);
        QVERIFY(room.page->fetchButton()->isEnabled());
        room.page->fetchChosen();
        QVERIFY(room.awaitEnd());
        const auto& retrieval = room.page->retrievals().all().front();
        QVERIFY2(retrieval.state == Retrieval::State::Done, m_archive.output());
        QCOMPARE(retrieval.received, 4);
        QCOMPARE(readSamples(retrieval.folder).size(), std::size_t(4));
        const QSignalSpy fetched(room.page.get(), &QueryPage::pathsFetched);
        for (auto* button : room.page->findChildren<QPushButton*>()) {
            if (button->text() == u"Put them on the Send page") {
                button->click();
            }
        }
        QCOMPARE(fetched.count(), 1);
        QCOMPARE(fetched.front().front().toStringList(), QStringList{retrieval.folder});
    }

    void aStudyIsMovedToAnotherNode()
    {
        engine::ReceiveParams params;
        params.address = u"127.0.0.1"_s;
        params.port = m_movePort;
        params.folder = m_folder.filePath(u"node"_s);
        engine::ReceiveServer node(params);
        QVERIFY(node.start());
        auto other = destination(u"READING"_s, m_movePort);
        other.calledAeTitle = AeTitle{"RADPOST"}; // the name under which the archive knows that port
        const Room room(m_archive.port(), toml(other));
        room.page->sourceField()->setCurrentText(u"ARCHIVE"_s);
        QVERIFY(room.search(3));
        room.choose(0);
        room.page->moveChosen(u"READING"_s);
        QVERIFY(room.awaitEnd());
        QCOMPARE(room.page->retrievals().all().front().state, Retrieval::State::Done);
        QCOMPARE(node.counts().stored, 4);
    }

    void aNodeThatThePacsDoesNotKnowIsSaid()
    {
        auto other = destination(u"READING"_s, 104);
        other.calledAeTitle = AeTitle{"NOBODY"};
        const Room room(m_archive.port(), toml(other));
        room.page->sourceField()->setCurrentText(u"ARCHIVE"_s);
        QVERIFY(room.search(3));
        room.choose(0);
        room.page->moveChosen(u"READING"_s);
        QVERIFY(room.awaitEnd());
        QCOMPARE(room.page->retrievals().all().front().state, Retrieval::State::Failed);
        QVERIFY(room.page->problems().banner(u"failed"_s) != nullptr);
        room.page->retrievals().clear();
        QVERIFY(room.page->retrievals().all().empty());
    }

    void aStudyIsFetchedOnceAtATime()
    {
        const auto silent = silentPacs();
        const Room room(silent->port());
        const QAbstractItemModelTester tester(
            room.page->retrievalList()->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QSignalSpy underWay(room.page.get(), &QueryPage::underWayChanged);
        auto& retrievals = room.page->retrievals();
        retrievals.fetch(origin(silent->port(), u"1.2.3"_s), m_folder.path(), {});
        retrievals.fetch(origin(silent->port(), u"1.2.3"_s), m_folder.path(), {});
        QCOMPARE(retrievals.all().size(), std::size_t(1));
        retrievals.fetch(origin(silent->port(), u"1.2.4"_s), m_folder.path(), {});
        QCOMPARE(retrievals.all().size(), std::size_t(2));
        QCOMPARE(underWay.back().front().toInt(), 2);
        for (const auto& retrieval : retrievals.all()) {
            retrievals.stop(retrieval.id);
        }
        QVERIFY(room.awaitEnd());
        QCOMPARE(underWay.back().front().toInt(), 0);
        retrievals.clear();
        QVERIFY(retrievals.all().empty());
    }

    void aSuccessLeavesTheFailuresAndJoinsOtherSuccesses()
    {
        const Room room(m_archive.port());
        auto& page = *room.page;
        Q_EMIT page.retrievals().ended(ended(u"Wang"_s, 0));
        Q_EMIT page.retrievals().ended(ended(u"Li"_s, 3));
        Q_EMIT page.retrievals().ended(ended(u"Zhao"_s, 0));
        Q_EMIT page.retrievals().ended(ended(u"Chen"_s, 4));
        const auto* failed = page.problems().banner(u"failed"_s);
        const auto* arrived = page.problems().banner(u"arrived"_s);
        QVERIFY(failed != nullptr && arrived != nullptr);
        QVERIFY2(failed->text().startsWith(u"Wang, Zhao: "), qPrintable(failed->text()));
        QVERIFY2(arrived->heading().startsWith(u"7 instance(s) of Li, Chen"), qPrintable(arrived->heading()));
        QVERIFY(arrived->kind() == BannerKind::Good);
        const QSignalSpy fetched(&page, &QueryPage::pathsFetched);
        arrived->findChild<QPushButton*>()->click();
        QCOMPARE(fetched.front().front().toStringList(), (QStringList{u"/in/Li"_s, u"/in/Chen"_s}));
        QVERIFY(page.problems().banner(u"arrived"_s) == nullptr);
        QVERIFY(page.problems().banner(u"failed"_s) != nullptr);
    }

    void theBoxSaysNothingAboutWhereStudiesAre()
    {
        const Room room(m_archive.port(), toml(destination(u"R&D"_s, 104)));
        room.page->sourceField()->setCurrentText(u"ARCHIVE"_s);
        QVERIFY(room.search(3));
        room.page->sourceField()->setCurrentText(u"R&D"_s);
        auto* targets = room.page->findChild<QMenu*>();
        Q_EMIT targets->aboutToShow();
        QCOMPARE(targets->actions().size(), 1);
        QCOMPARE(targets->actions().front()->text(), u"R&&D"_s);
    }

    void namesOfFieldsHaveNoMarkers()
    {
        app::LanguageSwitch language;
        language.set(app::Language::Chinese);
        const Room room(m_archive.port());
        QVERIFY2(!room.page->nameField()->accessibleName().contains(u'('),
            qPrintable(room.page->nameField()->accessibleName()));
        QVERIFY(!room.page->nameField()->accessibleName().isEmpty());
    }

    void aSearchIsStopped()
    {
        const auto silent = silentPacs();
        const Room room(silent->port());
        room.page->searchOrStop();
        QCOMPARE(room.page->searchButton()->text(), u"Stop"_s);
        room.page->searchOrStop();
        QVERIFY(QTest::qWaitFor([&] { return room.page->searchButton()->text() == u"Search"; }, kPatienceMs));
        QVERIFY(room.page->problems().banner(u"search"_s) == nullptr);
    }

private:
    QTemporaryDir m_folder;
    Dcmqrscp m_archive;
    const quint16 m_movePort = freePort();
};

QTEST_MAIN(TestQueryPage)
#include "TestQueryPage.moc"
