#include "core/store/LedgerLock.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <memory>

using namespace radpost;
using namespace radpost::store;
using namespace Qt::StringLiterals;

class TestLedgerLock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void theSecondOfOneProcessIsRefusedUntilTheFirstIsGone()
    {
        auto first = LedgerLock::acquire(path());
        QVERIFY(first.has_value());
        QCOMPARE(LedgerLock::acquire(path()).error().code, ErrorCode::LedgerLocked);
        first->reset();
        QVERIFY(LedgerLock::acquire(path()).has_value());
    }

    void anotherProcessHoldsItAndIsNamed()
    {
        QProcess other;
        startHolder(other);
        const auto refused = LedgerLock::acquire(path());
        QCOMPARE(refused.error().code, ErrorCode::LedgerLocked);
        QVERIFY(refused.error().detail.contains(QString::number(other.processId())));
        other.closeWriteChannel();
        QVERIFY(other.waitForFinished());
        QVERIFY(LedgerLock::acquire(path()).has_value());
    }

    void aKilledProcessLeavesNoLockBehind()
    {
        QProcess other;
        startHolder(other);
        other.kill();
        QVERIFY(other.waitForFinished());
        QVERIFY(QFile::exists(path() + u".lock"_s));
        QVERIFY(LedgerLock::acquire(path()).has_value());
    }

private:
    QString path() const { return m_folder->filePath(u"ledger.db"_s); }

    void startHolder(QProcess& process) const
    {
        process.start(QCoreApplication::applicationFilePath(), {u"--hold"_s, path()});
        QVERIFY(process.waitForStarted());
        QVERIFY(process.waitForReadyRead());
        QCOMPARE(process.readLine(), QByteArray("held\n"));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

/// Takes the lock, says so, and keeps it until its input ends.
static int hold(const QString& path)
{
    const auto lock = LedgerLock::acquire(path);
    std::puts(lock ? "held" : "refused");
    std::fflush(stdout);
    while (std::getchar() != EOF) {
    }
    return 0;
}

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    if (argc == 3 && app.arguments().at(1) == u"--hold"_s) {
        return hold(app.arguments().at(2));
    }
    TestLedgerLock test;
    return QTest::qExec(&test, argc, argv);
}

#include "TestLedgerLock.moc"
