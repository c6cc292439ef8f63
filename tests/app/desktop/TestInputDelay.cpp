#include "tests/ui/support/InputProbe.h"
#include "tests/ui/support/UiFixture.h"

#include "app/desktop/DesktopProgram.h"
#include "core/dicom/SyntheticStudy.h"
#include "ui/activity/ActivityPage.h"
#include "ui/activity/JobCard.h"
#include "ui/activity/JobDetails.h"
#include "ui/activity/JobListModel.h"
#include "ui/main/MainWindow.h"
#include "ui/send/SendPage.h"
#include "ui/send/SendTreeModel.h"

#include <QDir>
#include <QFileInfo>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QTreeView>

#include <array>
#include <functional>

using namespace radpost;
using namespace radpost::test;
using namespace radpost::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kPatients = 100; // the run is for the threads; delays say nothing there
constexpr bool kIsTimed = false;
#else
constexpr int kPatients = 500;
constexpr bool kIsTimed = true;
#endif
constexpr int kSeries = 5;
constexpr int kInstancesOfASeries = 20;
constexpr int kInstances = kPatients * kSeries * kInstancesOfASeries;
constexpr int kPatienceMs = 120'000;
constexpr std::chrono::milliseconds kPatience(kPatienceMs);
constexpr auto kMost = 200ms;
constexpr auto kBetweenActions = 40ms;

/// In memory where the system has such a folder: writing is not what is measured.
QString templateOfFolder()
{
    const auto memory = u"/dev/shm"_s;
    return (QFileInfo(memory).isWritable() ? memory : QDir::tempPath()) + u"/radpost-input-XXXXXX"_s;
}

/// The program with a folder of many small instances and a PACS that takes all of them.
struct Room
{
    Room()
    {
        auto pacsNow = destination(u"MAIN-PACS"_s, pacs.port());
        pacsNow.associations = 1; // FakeScp serves one after the other
        fixture.write("language = \"en\"\n" + toml(pacsNow));
        app::DesktopOptions options;
        options.configFile = fixture.configFile;
        options.dataFolder = fixture.folder.filePath(u"data"_s);
        program = std::make_unique<app::DesktopProgram>(*qApp, options);
    }

    [[nodiscard]] bool start() const
    {
        program->start();
        return QTest::qWaitFor([this] { return program->backend().state() == Backend::State::Ready; }, kPatienceMs) &&
            QTest::qWaitForWindowActive(program->window());
    }

    [[nodiscard]] bool makeStudies() const
    {
        dicom::SyntheticParams made;
        made.folder = source;
        made.patients = kPatients;
        for (int series = 0; series < kSeries; ++series) {
            made.series.append({dicom::SyntheticKind::Tiny, kInstancesOfASeries, 16, 16});
        }
        const auto summary = dicom::makeSyntheticStudies(made, {});
        return summary && summary->instances == kInstances;
    }

    [[nodiscard]] MainWindow& window() const { return *program->window(); }
    template <typename Page>
    [[nodiscard]] Page& page() const
    {
        return *window().template findChild<Page*>();
    }

    UiFixture fixture;
    QTemporaryDir sources{templateOfFolder()};
    QString source = sources.filePath(u"in"_s);
    FakeScp pacs{[](FakePeer& peer, int) {
        FakePeer::Answer answer;
        answer.window = {{64, 1}};
        if (peer.accept(answer)) {
            peer.serve();
        }
    }};
    std::unique_ptr<app::DesktopProgram> program;
};

/// What a person does meanwhile, one thing after the other.
class Hands final
{
public:
    explicit Hands(std::vector<std::function<void()>> actions)
        : m_actions(std::move(actions))
    {
        m_timer.setInterval(kBetweenActions);
        m_timer.callOnTimeout(&m_timer, [this] { m_actions[m_next++ % m_actions.size()](); });
        m_timer.start();
    }

private:
    std::vector<std::function<void()>> m_actions;
    size_t m_next = 0;
    QTimer m_timer;
};

void scrollOn(QAbstractScrollArea& area)
{
    auto* bar = area.verticalScrollBar();
    bar->setValue(bar->value() >= bar->maximum() ? 0 : bar->value() + bar->pageStep());
}

} // namespace

class TestInputDelay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void inputIsHeardWhileFiftyThousandInstancesAreScannedAndSent()
    {
        const Room room;
        QVERIFY(room.makeStudies());
        QVERIFY(room.start());
        scan(room);
        send(room);
        lookBack(room);
    }

private:
    static void judge(const InputProbe& probe, const char* phase)
    {
        const auto delays = probe.delays();
        QVERIFY(delays.count > 50);
        qInfo(
            "%s: %d events, delay median %.1f ms, 99 %% %.1f ms, worst %.1f ms, %.1f ms of them ours; slowest work: %s",
            phase, delays.count, delays.medianMs, delays.percentile99Ms, delays.worstMs, delays.worstOfOursMs,
            qPrintable(SlowWork::instance().takeReport()));
        if (kIsTimed) {
            QVERIFY2(delays.worstOfOursMs < double(kMost.count()),
                qPrintable(u"%1: input waited"_s.arg(QLatin1String(phase))));
        }
    }

    static void scan(const Room& room)
    {
        auto& send = room.page<SendPage>();
        auto& tree = *send.tree();
        (void)SlowWork::instance().takeReport();
        const InputProbe probe(room.window());
        const Hands hands({
            [&send] { QTest::keyClicks(send.filter(), u"se"_s); },
            [&tree] { scrollOn(tree); },
            [&send] { send.filter()->clear(); },
            [&tree] {
                tree.setExpanded(tree.indexAt({20, 60}), !tree.isExpanded(tree.indexAt({20, 60})));
            },
            [&send] {
                const auto patient = send.model().index(0, 0);
                send.model().setData(patient, Qt::Unchecked, Qt::CheckStateRole);
                send.model().setData(patient, Qt::Checked, Qt::CheckStateRole);
            },
            [&tree] { tree.sortByColumn(SendTreeModel::SizeColumn, Qt::DescendingOrder); },
            [&tree] {
                tree.setCurrentIndex(tree.indexAt({20, 100}));
            },
            [&tree] { tree.sortByColumn(SendTreeModel::NameColumn, Qt::AscendingOrder); },
        });
        send.addPaths({room.source});
        QVERIFY(runUntil([&send] { return send.sendButton()->isEnabled(); }, kPatience));
        QCOMPARE(send.model().totals().instances, kInstances);
        judge(probe, "scan");
    }

    static void send(const Room& room)
    {
        auto& send = room.page<SendPage>();
        auto& activity = room.page<ActivityPage>();
        QSignalSpy started(&send, &SendPage::jobsStarted);
        (void)SlowWork::instance().takeReport();
        const InputProbe probe(room.window());
        bool isEnded = false;
        const auto follow = [&isEnded](const queue::JobProgress& progress) {
            isEnded = progress.activity == queue::JobActivity::Finished;
        };
        const QObject untilTheEndOfThis; // of what follow refers to
        connect(&room.program->backend().events(), &EngineEvents::jobAtRest, &untilTheEndOfThis, follow);
        const Hands hands({
            [&room, &activity] { room.window().showPage(&activity); },
            [&activity] { scrollOn(*activity.findChild<QScrollArea*>()); },
            [&activity, &started] {
                if (!started.isEmpty()) {
                    const auto job = started[0][0].value<QList<JobId>>().first();
                    if (auto* card = activity.card(job)) {
                        card->setUnfolded(!card->isUnfolded());
                    }
                }
            },
            [&room, &send] { room.window().showPage(&send); },
            [&send] { QTest::keyClicks(send.filter(), u"s"_s); },
        });
        send.sendButton()->click();
        QVERIFY(runUntil([&isEnded] { return isEnded; }, kPatience));
        QCOMPARE(started.size(), 1);
        judge(probe, "send");
    }

    /// The finished job is looked through: every series of it, and what a search finds.
    static void lookBack(const Room& room)
    {
        auto& activity = room.page<ActivityPage>();
        room.window().showPage(&activity);
        activity.model()->refresh();
        QTRY_VERIFY_WITH_TIMEOUT(activity.findChild<JobCard*>() != nullptr, kPatienceMs);
        auto* card = activity.findChild<JobCard*>();
        QTRY_COMPARE_WITH_TIMEOUT(card->facts().sums().sent, kInstances, kPatienceMs);
        (void)SlowWork::instance().takeReport();
        const InputProbe probe(room.window());
        card->setUnfolded(false);
        card->setUnfolded(true);
        auto* tree = card->details()->tree();
        QVERIFY(runUntil([tree] { return tree->model()->rowCount() == kPatients; }, kPatience));
        const Hands hands({
            [tree] {
                tree->expand(tree->indexAt({20, 40}));
            },
            [tree] { scrollOn(*tree); },
            [tree] { tree->expandRecursively(tree->model()->index(0, 0)); },
        });
        QSignalSpy fetched(tree->model(), &QAbstractItemModel::rowsInserted);
        QVERIFY(runUntil([&fetched] { return fetched.size() >= kSeries; }, kPatience));
        judge(probe, "look back");
    }
};

int main(int argc, char** argv)
{
    SlowWork application(argc, argv);
    TestInputDelay test;
    return QTest::qExec(&test, argc, argv);
}
#include "TestInputDelay.moc"
