#include "tests/ui/support/UiFixture.h"

#include "ui/destinations/DestinationListModel.h"
#include "ui/doctor/AdministratorText.h"
#include "ui/doctor/DestinationTests.h"
#include "ui/doctor/DoctorView.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;
using namespace Qt::StringLiterals;

namespace {

const AeTitle kOurs{"CT01"};

bool hasChinese(const QString& text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.script() == QChar::Script_Han; });
}

} // namespace

class TestDoctorRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_language.set(app::Language::English); }

    void aGoodPacsPassesStepByStep()
    {
        const auto pacs = goodPacs();
        Background network(u"doctor"_s, 1);
        DoctorRun run(network, destination(u"A"_s, pacs->port()), kOurs);
        QCOMPARE(run.state(), DoctorRun::State::Waiting);
        QSignalSpy changed(&run, &DoctorRun::changed);
        QTRY_VERIFY(run.isOver());
        QCOMPARE(run.state(), DoctorRun::State::Passed);
        QCOMPARE(run.findings().size(), 6U);
        QVERIFY(changed.count() >= 7); // beginning, each step, the end
        QVERIFY(run.report().medianRoundTrip().count() > 0);
        QVERIFY(administratorText(run).isEmpty());
    }

    void aRefusedTitleIsExplainedInBothLanguages()
    {
        const auto pacs = rejectingPacs();
        Background network(u"doctor"_s, 1);
        DoctorRun run(network, destination(u"A"_s, pacs->port()), kOurs);
        QTRY_VERIFY(run.isOver());
        QCOMPARE(run.state(), DoctorRun::State::Failed);
        QCOMPARE(run.error()->code, ErrorCode::CalledAeNotRecognised);
        const auto text = administratorText(run);
        QVERIFY(hasChinese(text));
        QVERIFY(text.contains(u"For the PACS administrator:"));
        QVERIFY(text.contains(u"PACS1") && text.contains(u"CT01"));
        QVERIFY(text.contains(u"A-ASSOCIATE-RJ"));
    }

    void theTextIsTheSameWhateverLanguageIsSpoken()
    {
        const auto pacs = rejectingPacs();
        Background network(u"doctor"_s, 1);
        DoctorRun run(network, destination(u"A"_s, pacs->port()), kOurs);
        QTRY_VERIFY(run.isOver());
        const auto withoutTime = [](const QString& text) { return text.split(u'\n').filter(u"PACS"_s); };
        const auto english = withoutTime(administratorText(run));
        m_language.set(app::Language::Chinese);
        QCOMPARE(withoutTime(administratorText(run)), english);
    }

    void withoutTlsItIsNotUsed_alsoWhenTheAssociationFails()
    {
        const auto pacs = rejectingPacs();
        Background network(u"doctor"_s, 1);
        DoctorRun run(network, destination(u"A"_s, pacs->port()), kOurs);
        DoctorView view;
        view.setRun(&run);
        QTRY_VERIFY(run.isOver());
        QCOMPARE(view.lines()[2], u"TLS: not used"_s);
    }

    void aDeadPortFailsAtTheConnection()
    {
        Background network(u"doctor"_s, 1);
        DoctorRun run(network, destination(u"A"_s, deadPort()), kOurs);
        DoctorView view;
        view.setRun(&run);
        QTRY_VERIFY(run.isOver());
        QCOMPARE(run.state(), DoctorRun::State::Failed);
        QCOMPARE(run.error()->code, ErrorCode::ConnectRefused);
        const auto lines = view.lines();
        QVERIFY2(lines[0].startsWith(u"Name found"), qPrintable(lines[0]));
        QVERIFY2(lines[1].startsWith(u"Connection: "), qPrintable(lines[1]));
        QVERIFY2(lines[3].contains(u"not tried"), qPrintable(lines[3]));
        QVERIFY(lines.last().startsWith(u"What to do: "));
    }

    void theViewCopiesTheTextForTheAdministrator()
    {
        const auto pacs = rejectingPacs();
        Background network(u"doctor"_s, 1);
        DoctorRun run(network, destination(u"A"_s, pacs->port()), kOurs);
        DoctorView view;
        view.setRun(&run);
        view.show();
        QTRY_VERIFY(run.isOver());
        QVERIFY(view.copyButton()->isVisible());
        QTest::mouseClick(view.copyButton(), Qt::LeftButton);
        QVERIFY(QGuiApplication::clipboard()->text().contains(u"A-ASSOCIATE-RJ"));
        QVERIFY(namelessWidgets(view).isEmpty());
    }

    void cancelEndsAnExaminationThatHangs()
    {
        const auto pacs = silentPacs();
        Background network(u"doctor"_s, 1);
        DoctorRun run(network, destination(u"A"_s, pacs->port()), kOurs);
        QTRY_VERIFY(run.findings().size() >= 2); // connected; now it waits for an answer that never comes
        run.cancel();
        QTRY_VERIFY(run.isOver());
        QCOMPARE(run.state(), DoctorRun::State::Cancelled);
    }

    void whatWaitsForItsTurnCanBeCancelled()
    {
        const auto pacs = silentPacs();
        Background network(u"doctor"_s, 1);
        DoctorRun first(network, destination(u"A"_s, pacs->port()), kOurs);
        DoctorRun second(network, destination(u"B"_s, pacs->port()), kOurs);
        QTRY_COMPARE(first.state(), DoctorRun::State::Running);
        QCOMPARE(second.state(), DoctorRun::State::Waiting);
        second.cancel();
        first.cancel();
        QTRY_VERIFY(second.isOver());
        QCOMPARE(second.state(), DoctorRun::State::Cancelled);
        QVERIFY(second.findings().empty());
    }

    void aRunMayGoWhileItWorks()
    {
        const auto pacs = silentPacs();
        Background network(u"doctor"_s, 1);
        auto run = std::make_unique<DoctorRun>(network, destination(u"A"_s, pacs->port()), kOurs);
        QTRY_COMPARE(run->state(), DoctorRun::State::Running);
        run.reset();
    }

    void aResultStaysUntilTheAddressChanges()
    {
        const auto pacs = goodPacs();
        auto good = destination(u"good"_s, pacs->port());
        UiFixture fixture(toml(good));
        QVERIFY(fixture.load());
        DestinationTests tests(fixture.config, fixture.backend.network());
        QCOMPARE(statusText(tests, u"good"_s), u"Not tested yet"_s);
        tests.start(u"good"_s);
        QTRY_COMPARE(statusOf(tests, u"good"_s), Status::Good);
        const auto kept = testResultsText(tests.results());

        good.bytesPerSecond = 3'000'000;
        fixture.write(toml(good));
        QVERIFY(fixture.load());
        QVERIFY(tests.last(u"good"_s) != nullptr);

        DestinationTests later(fixture.config, fixture.backend.network()); // another run of the program
        later.restore(testResultsFrom(kept));
        QCOMPARE(later.result(u"good"_s), tests.result(u"good"_s));
        QVERIFY(statusText(later, u"good"_s).startsWith(u"Works · round trip "));

        good.calledAeTitle = {"OTHER"};
        fixture.write(toml(good));
        QVERIFY(fixture.load());
        QCOMPARE(statusOf(later, u"good"_s), Status::Unknown);
        QVERIFY(testResultsFrom("[]").isEmpty());
    }

    void whatArrivesRefutesATestThatFailed()
    {
        UiFixture fixture(toml(destination(u"A"_s, deadPort())));
        QVERIFY(fixture.load());
        DestinationTests tests(fixture.config, fixture.backend.network());
        tests.start(u"A"_s);
        QTRY_COMPARE(statusOf(tests, u"A"_s), Status::Bad);
        QVERIFY2(statusText(tests, u"A"_s).startsWith(u"Does not work: "), qPrintable(statusText(tests, u"A"_s)));
        queue::JobProgress progress;
        progress.job = {1};
        progress.destinationName = u"A"_s;
        progress.counts.add(store::DeliveryState::Stored, 5, 5); // of yesterday
        tests.takeProgress(progress);
        QCOMPARE(statusOf(tests, u"A"_s), Status::Bad);
        progress.counts.add(store::DeliveryState::Stored, 1, 1);
        tests.takeProgress(progress);
        QCOMPARE(statusOf(tests, u"A"_s), Status::Good);
        QVERIFY(statusText(tests, u"A"_s).startsWith(u"Works · images arrived at "));
    }

    void allAreTestedAndAChangedOneIsUntestedAgain()
    {
        const auto pacs = goodPacs();
        UiFixture fixture(toml(destination(u"good"_s, pacs->port())) + toml(destination(u"dead"_s, deadPort())));
        QVERIFY(fixture.load());
        DestinationTests tests(fixture.config, fixture.backend.network());
        tests.startAll();
        QCOMPARE(tests.runningCount(), 2);
        QTRY_COMPARE(tests.runningCount(), 0);
        QCOMPARE(tests.failedCount(), 1);
        QCOMPARE(tests.last(u"good"_s)->state(), DoctorRun::State::Passed);

        fixture.write(toml(destination(u"good"_s, deadPort())) + toml(destination(u"dead"_s, pacs->port())));
        QVERIFY(fixture.load());
        QVERIFY(tests.last(u"good"_s) == nullptr);
        QCOMPARE(tests.failedCount(), 0);
    }

private:
    app::LanguageSwitch m_language;
};

QTEST_MAIN(TestDoctorRun)
#include "TestDoctorRun.moc"
