#include "core/engine/RequestFolder.h"

#include <QDateTime>
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

using namespace radpost;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using engine::RequestFolder;

namespace {

struct Fixture
{
    [[nodiscard]] QString below(const QString& name) const { return home.path() + u"/requests/"_s + name; }
    [[nodiscard]] QStringList files() const { return QDir(below({})).entryList(QDir::Files); }
    [[nodiscard]] bool write(const QString& name, const QByteArray& text, qint64 ageSeconds = 0) const
    {
        QFile file(below(name));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.flush() &&
            file.setFileTime(QDateTime::currentDateTime().addSecs(-ageSeconds), QFileDevice::FileModificationTime);
    }

    /// Takes until something was taken.
    [[nodiscard]] std::vector<RequestFolder::Taken> takeOne() const
    {
        const QDeadlineTimer limit(30'000);
        auto taken = folder.take();
        while (taken.empty() && !limit.hasExpired()) {
            std::this_thread::yield();
            taken = folder.take();
        }
        return taken;
    }

    QTemporaryDir home;
    RequestFolder folder{home.path(), "order"_L1};
};

} // namespace

class TestRequestFolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatTheOwnerSaysComesBack()
    {
        Fixture f;
        f.folder.open();
        Result<QByteArray> answer;
        std::thread person([&] { answer = RequestFolder(f.home.path(), "order"_L1).ask("please", 30s, {}); });
        const auto taken = f.takeOne();
        const bool isOne = taken.size() == 1;
        if (isOne) {
            f.folder.answer(taken.front(), "done");
        }
        person.join();
        QVERIFY(isOne);
        QCOMPARE(taken.front().text, QByteArray("please"));
        QCOMPARE(answer.value_or(QByteArray()), QByteArray("done"));
        QVERIFY(f.files().isEmpty());
    }

    void nobodyElseMayReadIt()
    {
        const Fixture f;
        f.folder.open();
        QCOMPARE(QFile::permissions(f.below({})) & ~(QFile::ReadUser | QFile::WriteUser | QFile::ExeUser),
            QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }

    void aFolderOfAnEarlierVersionIsClosedToOthers()
    {
        const Fixture f;
        const auto all = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
        QVERIFY(QDir().mkpath(f.below({})));
        QVERIFY(QFile::setPermissions(f.below({}), all | QFile::ReadOther | QFile::ExeOther));
        f.folder.open();
        QCOMPARE(QFile::permissions(f.below({})) & ~(QFile::ReadUser | QFile::WriteUser | QFile::ExeUser), all);
    }

    void aLinkIsNotFollowed()
    {
        const Fixture f;
        const QTemporaryDir elsewhere;
        const QString folder = f.home.path() + u"/requests"_s;
        QVERIFY(QFile::link(elsewhere.path(), folder));
        QCOMPARE(f.folder.ask("please", 50ms, {}).error().code, ErrorCode::FileWriteFailed);
        f.folder.open();
        QFile left(elsewhere.path() + u"/a.order"_s);
        QVERIFY(left.open(QIODevice::WriteOnly));
        QVERIFY(f.folder.take().empty());
    }

    void whatIsNotTakenInTimeIsNotDoneLater()
    {
        const Fixture f;
        const auto answer = f.folder.ask("please", 50ms, {});
        QCOMPARE(answer.error().code, ErrorCode::LedgerOwnerSilent);
        QVERIFY(f.folder.take().empty());
    }

    void whatIsTakenAndNotAnsweredIsSaidOtherwise()
    {
        const Fixture f;
        Result<QByteArray> answer;
        std::vector<RequestFolder::Taken> taken;
        for (auto patience = 200ms; taken.empty() && patience < 1min; patience *= 2) { // until it is long enough
            std::atomic<bool> isOver = false;
            std::thread person([&] {
                answer = f.folder.ask("please", patience, {});
                isOver = true;
            });
            while (taken.empty() && !isOver) {
                taken = f.folder.take();
            }
            person.join();
        }
        QCOMPARE(taken.size(), 1U);
        QCOMPARE(answer.error().code, ErrorCode::LedgerOwnerBusy);
    }

    void ctrlCTakesItBack()
    {
        const Fixture f;
        CancelSource cancel;
        cancel.cancel();
        QCOMPARE(f.folder.ask("please", 1h, cancel.token()).error().code, ErrorCode::Cancelled);
        QVERIFY(f.files().isEmpty());
    }

    void whatAKilledAskerLeftIsNotDone()
    {
        const Fixture f;
        f.folder.open();
        QVERIFY(f.write(u"a.order"_s, "cancel everything", 3600));
        QVERIFY(f.write(u"b.order-answer"_s, "nobody reads this", 3600));
        QVERIFY(f.write(u"c.hold"_s, "of somebody else", 3600));
        QVERIFY(f.folder.take().empty());
        QCOMPARE(f.files(), QStringList{u"c.hold"_s});
    }

    void aNewOwnerTakesWhatIsFreshAndClearsTheRest()
    {
        const Fixture f;
        f.folder.open();
        QVERIFY(f.write(u"a.order"_s, "fresh"));
        QVERIFY(f.write(u"b.order-taken"_s, "by a process that is gone"));
        f.folder.open();
        QCOMPARE(f.files(), QStringList{u"a.order"_s});
        QCOMPARE(f.folder.take().size(), 1U);
    }

    void kindsDoNotMeet()
    {
        const Fixture f;
        f.folder.open();
        QVERIFY(f.write(u"a.hold"_s, "for another"));
        QVERIFY(f.folder.take().empty());
        QCOMPARE(RequestFolder(f.home.path(), "hold"_L1).take().size(), 1U);
    }
};

QTEST_GUILESS_MAIN(TestRequestFolder)
#include "TestRequestFolder.moc"
