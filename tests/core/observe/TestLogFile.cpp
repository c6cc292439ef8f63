#include "core/observe/LogFile.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace radpost;
using namespace radpost::observe;
using namespace Qt::StringLiterals;

namespace {

QByteArray textOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

constexpr auto kOthers = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ExeGroup |
    QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOther;

} // namespace

class TestLogFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesAreAppendedAlsoByTheNextProgram()
    {
        const QTemporaryDir home;
        const LogFileParams params{home.filePath(u"state/log"_s)};
        QVERIFY(LogFile(params).write("one\n"));
        QVERIFY(LogFile(params).write("two\n"));
        QCOMPARE(textOf(params.folder + u"/radpost.log"_s), "one\ntwo\n"_ba);
    }

    void onlyTheOwnerMayRead()
    {
        const QTemporaryDir home;
        const LogFileParams params{home.filePath(u"data/log"_s), 4, 2};
        LogFile file(params);
        QVERIFY(file.write("one\n"));
        QVERIFY(file.write("two\n"));
        QVERIFY(!(QFileInfo(params.folder).permissions() & kOthers));
        QVERIFY(!(QFileInfo(home.filePath(u"data"_s)).permissions() & kOthers));
        QCOMPARE(LogFile::filesIn(params.folder).size(), 2);
        for (const auto& path : LogFile::filesIn(params.folder)) {
            QVERIFY(!(QFileInfo(path).permissions() & kOthers));
        }
    }

    void aFileThatOthersCouldReadIsClosedToThem()
    {
        const QTemporaryDir home;
        QFile before(home.filePath(u"radpost.log"_s));
        QVERIFY(
            before.open(QIODevice::WriteOnly) && before.setPermissions(before.permissions() | QFileDevice::ReadOther));
        before.close();
        QVERIFY(LogFile({home.path()}).write("x\n"));
        QVERIFY(!(QFileInfo(before.fileName()).permissions() & kOthers));
    }

    void sizeAndNumberAreBounded()
    {
        const QTemporaryDir home;
        LogFile file({home.path(), 100, 3});
        for (int i = 0; i < 100; ++i) {
            QVERIFY(file.write(QByteArray::number(i).rightJustified(19, '.') + '\n'));
        }
        const auto paths = LogFile::filesIn(home.path());
        QCOMPARE(paths.size(), 3);
        for (const auto& path : paths) {
            QVERIFY(QFileInfo(path).size() <= 100);
        }
        QVERIFY(textOf(home.filePath(u"radpost.log"_s)).endsWith("99\n"));
        QVERIFY(textOf(home.filePath(u"radpost.1.log"_s)).endsWith("94\n"));
        QVERIFY(!QFileInfo::exists(home.filePath(u"radpost.3.log"_s)));
    }

    void twoProgramsDoNotShareAFile()
    {
        const QTemporaryDir home;
        LogFile one({home.path()});
        LogFile other({home.path()});
        QVERIFY(one.write("one\n"));
        QVERIFY(other.write("other\n"));
        QCOMPARE(textOf(home.filePath(u"radpost.log"_s)), "one\n"_ba);
        QCOMPARE(textOf(home.filePath(u"radpost-2.log"_s)), "other\n"_ba);
    }

    void whereNothingCanBeWrittenItSaysSoAndTriesAgain()
    {
        const QTemporaryDir home;
        QFile inTheWay(home.filePath(u"log"_s));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        LogFile file({inTheWay.fileName()});
        QCOMPARE(file.write("x\n").error().code, ErrorCode::FileWriteFailed);
        QVERIFY(inTheWay.remove());
        QVERIFY(file.write("y\n"));
        QCOMPARE(textOf(home.filePath(u"log/radpost.log"_s)), "y\n"_ba);
    }
};

QTEST_GUILESS_MAIN(TestLogFile)
#include "TestLogFile.moc"
