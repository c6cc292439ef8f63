#include "core/scan/TemporaryFolder.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

using namespace Qt::StringLiterals;
using namespace radpost::scan;

class TestTemporaryFolder : public QObject
{
    Q_OBJECT

private:
    static void writeIn(const QString& folder)
    {
        QFile file(folder + u"/file"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write("x"), 1);
    }

    [[nodiscard]] static QStringList contents(const QString& folder)
    {
        return QDir(folder).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden);
    }

private Q_SLOTS:
    void goesAwayWithAllThatIsInIt()
    {
        const QTemporaryDir parent;
        const QString below = parent.path() + u"/data/incoming"_s;
        {
            auto made = TemporaryFolder::create(below);
            QVERIFY(made);
            QVERIFY(QFileInfo(made->path()).isDir());
            writeIn(made->path());
            TemporaryFolder moved = std::move(*made);
            QVERIFY(QFileInfo(moved.path()).isDir());
        }
        QCOMPARE(contents(below), QStringList());
    }

#ifdef Q_OS_UNIX
    void isClosedToOthers()
    {
        const QTemporaryDir parent;
        const auto made = TemporaryFolder::create(parent.path());
        QVERIFY(made);
        const auto mode = std::filesystem::status(made->path().toStdString()).permissions();
        QCOMPARE(mode & std::filesystem::perms::mask, std::filesystem::perms::owner_all);
    }

    void removingDoesNotFollowLinks()
    {
        const QTemporaryDir parent;
        const QString kept = parent.path() + u"/kept"_s;
        QVERIFY(QDir().mkpath(kept));
        writeIn(kept);
        {
            const auto made = TemporaryFolder::create(parent.path() + u"/areas"_s);
            QVERIFY(made);
            QVERIFY(QFile::link(kept, made->path() + u"/alias"_s));
        }
        QVERIFY(QFileInfo::exists(kept + u"/file"_s));
    }
#endif

    void aFolderInUseIsNotTaken()
    {
        const QTemporaryDir parent;
        const auto made = TemporaryFolder::create(parent.path());
        QVERIFY(made);
        QVERIFY(TemporaryFolder::takeLeftovers(parent.path()).empty());
        QVERIFY(QFileInfo::exists(made->path()));
    }

    void whatWasLeftIsTakenOnce_andRemovedUnlessKept()
    {
        const QTemporaryDir parent;
        auto made = TemporaryFolder::create(parent.path());
        QVERIFY(made);
        const QString path = made->path();
        writeIn(path);
        made->leave();
        {
            auto taken = TemporaryFolder::takeLeftovers(parent.path());
            QCOMPARE(taken.size(), size_t(1));
            QCOMPARE(taken.front().path(), path);
            QVERIFY(TemporaryFolder::takeLeftovers(parent.path()).empty());
            taken.front().leave();
        }
        QVERIFY(QFileInfo::exists(path + u"/file"_s));
        static_cast<void>(TemporaryFolder::takeLeftovers(parent.path()));
        QCOMPARE(contents(parent.path()), QStringList());
    }

    void whatACrashLeftIsTaken()
    {
        const QTemporaryDir parent;
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(), {u"--crash"_s, parent.path()});
        QVERIFY(child.waitForReadyRead());
        const QString path = QString::fromUtf8(child.readLine()).trimmed();
        QVERIFY(QFileInfo(path).isDir());
        QVERIFY(TemporaryFolder::takeLeftovers(parent.path()).empty()); // the child lives
        child.kill();
        QVERIFY(child.waitForFinished());
        QCOMPARE(TemporaryFolder::takeLeftovers(parent.path()).size(), size_t(1));
        QCOMPARE(contents(parent.path()), QStringList());
    }

    void aParentThatCannotBeMadeIsAnError()
    {
        const QTemporaryDir parent;
        writeIn(parent.path());
        const auto made = TemporaryFolder::create(parent.path() + u"/file/below"_s);
        QVERIFY(!made);
        QCOMPARE(made.error().code, radpost::ErrorCode::FileWriteFailed);
    }
};

namespace {

/// The child of whatACrashLeftIsTaken(): owns a folder until it is killed.
int holdAFolder(const QString& parent)
{
    const auto made = TemporaryFolder::create(parent);
    if (!made) {
        return 1;
    }
    std::puts(qPrintable(made->path()));
    std::fflush(stdout);
    std::getchar(); // the parent's kill, or its end, ends this
    std::_Exit(1);
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], "--crash") == 0) {
        return holdAFolder(QString::fromLocal8Bit(argv[2]));
    }
    TestTemporaryFolder test;
    return QTest::qExec(&test, argc, argv);
}

#include "TestTemporaryFolder.moc"
