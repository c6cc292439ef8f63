#include "core/base/FileLock.h"

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

namespace radpost {

#ifdef Q_OS_UNIX

// flock() rather than a file that exists: nothing is left to clean up after kill -9, and the file is never removed,
// since removing it would let two processes lock two files of the same name.
struct FileLock::Private
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

tl::expected<std::unique_ptr<FileLock>, FileLock::Refusal> FileLock::acquire(const QString& path)
{
    auto d = std::make_unique<Private>();
    d->fileDescriptor = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (d->fileDescriptor < 0) {
        return tl::unexpected(Refusal{false, u"cannot open the lock file: "_s + qt_error_string(errno)});
    }
    if (::flock(d->fileDescriptor, LOCK_EX | LOCK_NB) != 0) {
        return tl::unexpected(Refusal{true, holder(d->fileDescriptor)});
    }
    signWith(d->fileDescriptor, QCoreApplication::applicationPid());
    return std::unique_ptr<FileLock>(new FileLock(std::move(d)));
}

#else

struct FileLock::Private
{
    explicit Private(const QString& path)
        : file(path)
    {
        file.setStaleLockTime(std::chrono::milliseconds(0));
    }
    QLockFile file;
};

tl::expected<std::unique_ptr<FileLock>, FileLock::Refusal> FileLock::acquire(const QString& path)
{
    auto d = std::make_unique<Private>(path);
    if (!d->file.tryLock()) {
        qint64 pid = 0;
        QString host;
        QString program;
        d->file.getLockInfo(&pid, &host, &program);
        return tl::unexpected(Refusal{true, u"process %1"_s.arg(pid)});
    }
    return std::unique_ptr<FileLock>(new FileLock(std::move(d)));
}

#endif

FileLock::FileLock(std::unique_ptr<Private> p)
    : d(std::move(p))
{
}

FileLock::~FileLock() = default;

} // namespace radpost
