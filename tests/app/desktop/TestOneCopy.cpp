#include "app/desktop/OneCopy.h"
#include "app/desktop/PathMessage.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <future>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace radpost;
using namespace radpost::app;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Role = OneCopy::Role;

/// The real program, in a home of its own.
struct Home
{
    Home()
    {
        QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        QFile config(folder.filePath(u"config.toml"_s)); // without one it asks before it opens the ledger
        QVERIFY(config.open(QIODevice::WriteOnly));
    }

    void start(QProcess& process, const QStringList& paths) const
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"XDG_RUNTIME_DIR"_s, folder.path());
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(folder.path());
        process.start(qEnvironmentVariable("RADPOST_BIN_DIR") + u"/app/desktop/radpost-desktop"_s,
            QStringList{u"--config"_s, folder.filePath(u"config.toml"_s), u"--data"_s, folder.filePath(u"data"_s)} +
                paths);
    }

    [[nodiscard]] bool isOpen() const { return QFile::exists(folder.filePath(u"data/ledger.sqlite"_s)); }

    QTemporaryDir folder;
};

int connected(const QString& path)
{
    const int handle = socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const auto name = QFile::encodeName(path);
    std::copy(name.begin(), name.end(), address.sun_path);
    return ::connect(handle, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 ? handle : -1;
}

QString socketIn(const QString& folder)
{
    const auto names = QDir(folder).entryList(QDir::System);
    return names.isEmpty() ? QString() : QDir(folder).filePath(names.first());
}

} // namespace

class TestOneCopy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aMessageComesBackAsItWasMade()
    {
        const QStringList paths{u"/a b"_s, u"/图像/第一 \n"_s};
        QCOMPARE(std::get<QStringList>(pathsFrom(pathMessage(paths))), paths);
        QCOMPARE(std::get<QStringList>(pathsFrom(pathMessage({}))), QStringList());
    }

    void aPartOfAMessageIsWaitedFor()
    {
        const auto whole = pathMessage({u"/a"_s});
        for (qsizetype size = 0; size < whole.size(); ++size) {
            QCOMPARE(std::get<PathMessageFault>(pathsFrom(whole.first(size))), PathMessageFault::Incomplete);
        }
    }

    void whatIsNoMessageIsRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("another protocol") << "GET / HTTP/1.1\r\n\r\n"_ba;
        QTest::newRow("another version") << "RPP2\0\0\0\0"_ba;
        QTest::newRow("too long") << QByteArray("RPP1\xff\xff\xff\xff", 8);
        QTest::newRow("more than it says") << QByteArray(pathMessage({u"/a"_s}) + 'x');
        QTest::newRow("relative") << pathMessage({u"a"_s});
        QTest::newRow("empty path") << pathMessage({QString()});
        QTest::newRow("not ended") << QByteArray("RPP1\0\0\0\2/a", 10);
        QTest::newRow("not UTF-8") << QByteArray("RPP1\0\0\0\3/\xff\0", 11);
    }

    void whatIsNoMessageIsRefused()
    {
        QFETCH(const QByteArray, bytes);
        QCOMPARE(std::get<PathMessageFault>(pathsFrom(bytes)), PathMessageFault::Wrong);
    }

    void aSecondOneHandsOverItsPaths()
    {
        const QTemporaryDir folder;
        OneCopy first(folder.path(), u"x"_s);
        QVERIFY(first.begin({}, 1s) == Role::First);
        QSignalSpy given(&first, &OneCopy::given);
        auto second = std::async(std::launch::async, [&folder] {
            return OneCopy(folder.path(), u"x"_s).begin({u"/a"_s, u"/b"_s}, 10s);
        });
        QVERIFY(given.wait(10'000));
        QVERIFY(second.get() == Role::HandedOver);
        QCOMPARE(given.first().first().toStringList(), (QStringList{u"/a"_s, u"/b"_s}));
        struct stat facts = {};
        QCOMPARE(stat(QFile::encodeName(socketIn(folder.path())).constData(), &facts), 0);
        QCOMPARE(facts.st_mode & 077U, 0U); // this person's alone
    }

    void anotherPlaceIsAnotherCopy()
    {
        const QTemporaryDir folder;
        OneCopy one(folder.path(), u"x"_s);
        OneCopy other(folder.path(), u"y"_s);
        QVERIFY(one.begin({}, 1s) == Role::First);
        QVERIFY(other.begin({}, 1s) == Role::First);
    }

    void whoeverHasTheLockAndIsSilentIsReported()
    {
        const QTemporaryDir folder;
        OneCopy first(folder.path(), u"x"_s);
        QVERIFY(first.begin({}, 1s) == Role::First);
        // On this thread nobody answers.
        QVERIFY(OneCopy(folder.path(), u"x"_s).begin({}, 200ms) == Role::NoAnswer);
    }

    void hostileBytesAreIgnored()
    {
        const QTemporaryDir folder;
        OneCopy first(folder.path(), u"x"_s);
        QVERIFY(first.begin({}, 1s) == Role::First);
        QSignalSpy given(&first, &OneCopy::given);
        QRandomGenerator random(7);
        for (int i = 0; i < 50; ++i) {
            QByteArray bytes = i % 2 == 0 ? "RPP1"_ba : QByteArray();
            for (int n = 0; n < 200; ++n) {
                bytes.append(static_cast<char>(random.bounded(256)));
            }
            const int peer = connected(socketIn(folder.path()));
            QVERIFY(peer >= 0);
            QVERIFY(send(peer, bytes.constData(), static_cast<size_t>(bytes.size()), MSG_NOSIGNAL) > 0);
            QCoreApplication::processEvents();
            ::close(peer);
        }
        auto second = std::async(
            std::launch::async, [&folder] { return OneCopy(folder.path(), u"x"_s).begin({u"/good"_s}, 10s); });
        QVERIFY(given.wait(10'000));
        QVERIFY(second.get() == Role::HandedOver);
        QCOMPARE(given.size(), 1);
        QCOMPARE(given.first().first().toStringList(), QStringList{u"/good"_s});
    }

    void twoStartsAtOnceAreOneProgram()
    {
        const Home home;
        QProcess processes[2];
        for (auto& process : processes) {
            home.start(process, {u"in"_s});
        }
        const auto isOver = [](const QProcess& process) { return process.state() == QProcess::NotRunning; };
        QTRY_VERIFY_WITH_TIMEOUT(isOver(processes[0]) || isOver(processes[1]), 30'000);
        auto& ended = isOver(processes[0]) ? processes[0] : processes[1];
        auto& running = isOver(processes[0]) ? processes[1] : processes[0];
        QCOMPARE(ended.exitCode(), 0);
        QTRY_VERIFY_WITH_TIMEOUT(home.isOpen(), 30'000);
        QCOMPARE(running.state(), QProcess::Running);
        running.terminate(); // SIGTERM: a clean end
        QVERIFY(running.waitForFinished(30'000));
        QCOMPARE(running.exitStatus(), QProcess::NormalExit);
        QCOMPARE(running.exitCode(), 0);
    }

    void aCrashedCopyIsNoObstacle()
    {
        const Home home;
        QProcess crashed;
        home.start(crashed, {});
        QTRY_VERIFY_WITH_TIMEOUT(home.isOpen(), 30'000);
        crashed.kill();
        QVERIFY(crashed.waitForFinished(30'000));
        QVERIFY(!socketIn(home.folder.path()).isEmpty()); // it could not clean up
        QVERIFY(QFile::remove(home.folder.filePath(u"data/ledger.sqlite"_s)));
        QProcess next;
        home.start(next, {});
        QTRY_VERIFY_WITH_TIMEOUT(home.isOpen(), 30'000);
        next.terminate();
        QVERIFY(next.waitForFinished(30'000));
        QCOMPARE(next.exitCode(), 0);
    }
};

QTEST_MAIN(TestOneCopy)
#include "TestOneCopy.moc"
