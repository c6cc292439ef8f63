#include "core/store/LedgerLock.h"

#include <QCoreApplication>
#include <QFile>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <tuple>
#include <unistd.h>
#else
#include <QLockFile>
#endif

using namespace Qt::StringLiterals;

namespace radpost::store {

namespace {

QString lockPath(const QString& ledgerPath)
{
    return ledgerPath + u".lock"_s;
}

} // namespace

#ifdef Q_OS_UNIX

// flock() rather than a file that exists: nothing is left to clean up after kill -9, and the file is never removed,
// since removing it would let two processes lock two files of the same name.
struct LedgerLock::Private
{
    int fileDescriptor = -1;

    Private() = default;
    Private(const Private&) = delete;
    Private& operator=(const Private&) = delete;
    ~Private()
    {
        if (fileDescriptor >= 0) {
            ::close(fileDescriptor);
        }
    }
};

namespace {

QString holder(int fileDescriptor)
{
    char text[32] = {};
    const auto length = ::pread(fileDescriptor, text, sizeof text - 1, 0);
    const auto pid = length > 0 ? QByteArray(text).trimmed() : QByteArray();
    return pid.isEmpty() ? u"another process"_s : u"process "_s + QString::fromLatin1(pid);
}

void signWith(int fileDescriptor, qint64 pid)
{
    const QByteArray text = QByteArray::number(pid) + '\n';
    // Only for the message of whoever comes second, so a failure changes nothing.
    if (::ftruncate(fileDescriptor, 0) == 0) {
        std::ignore = ::pwrite(fileDescriptor, text.constData(), static_cast<std::size_t>(text.size()), 0);
    }
}

} // namespace

Result<std::unique_ptr<LedgerLock>> LedgerLock::acquire(const QString& ledgerPath)
{
    auto d = std::make_unique<Private>();
    const auto path = QFile::encodeName(lockPath(ledgerPath));
    d->fileDescriptor = ::open(path.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (d->fileDescriptor < 0) {
        return fail(ErrorCode::LedgerUnreadable, u"cannot open the lock file: "_s + qt_error_string(errno));
    }
    if (::flock(d->fileDescriptor, LOCK_EX | LOCK_NB) != 0) {
        return fail(ErrorCode::LedgerLocked, u"the ledger is in use by "_s + holder(d->fileDescriptor));
    }
    signWith(d->fileDescriptor, QCoreApplication::applicationPid());
    return std::unique_ptr<LedgerLock>(new LedgerLock(std::move(d)));
}

#else

struct LedgerLock::Private
{
    explicit Private(const QString& path)
        : file(path)
    {
        file.setStaleLockTime(std::chrono::milliseconds(0));
    }
    QLockFile file;
};

Result<std::unique_ptr<LedgerLock>> LedgerLock::acquire(const QString& ledgerPath)
{
    auto d = std::make_unique<Private>(lockPath(ledgerPath));
    if (!d->file.tryLock()) {
        qint64 pid = 0;
        QString host;
        QString program;
        d->file.getLockInfo(&pid, &host, &program);
        return fail(ErrorCode::LedgerLocked, u"the ledger is in use by process %1"_s.arg(pid));
    }
    return std::unique_ptr<LedgerLock>(new LedgerLock(std::move(d)));
}

#endif

LedgerLock::LedgerLock(std::unique_ptr<Private> p)
    : d(std::move(p))
{
}

LedgerLock::~LedgerLock() = default;

} // namespace radpost::store
