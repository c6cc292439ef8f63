#include "core/engine/RequestFolder.h"

#include "core/base/Deadline.h"
#include "core/observe/Log.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QUuid>

#include <cerrno>
#include <condition_variable>
#include <mutex>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::engine {

namespace {

constexpr auto kLookForAnswer = 50ms;
constexpr std::size_t kMostAtOnce = 100;

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(RequestFolder::kMostBytes + 1) : QByteArray();
}

/// An administrator may ask as root what runs under an account of its own.
bool giveToOwner(QSaveFile& file, const QString& folder)
{
    struct stat owner = {};
    if (::geteuid() != 0 || ::stat(QFile::encodeName(folder).constData(), &owner) != 0 || owner.st_uid == 0) {
        return true;
    }
    return ::fchown(file.handle(), owner.st_uid, owner.st_gid) == 0;
}

bool writeWhole(const QString& path, const QByteArray& text)
{
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) &&
        giveToOwner(file, QFileInfo(path).absolutePath()) && file.write(text) == text.size() && file.commit();
}

bool isOld(const QFileInfo& file)
{
    return file.lastModified().secsTo(QDateTime::currentDateTime()) > RequestFolder::kLife.count();
}

/// It belongs to whoever the data folder belongs to, also when an administrator is the first to ask.
bool makeFolder(const QByteArray& folder)
{
    const auto parent = QFileInfo(QFile::decodeName(folder)).absolutePath();
    if (!QDir().mkpath(parent)) {
        return false;
    }
    if (::mkdir(folder.constData(), S_IRWXU) != 0) {
        return errno == EEXIST;
    }
    struct stat owner = {};
    const bool isRoot = ::geteuid() == 0;
    return !isRoot || ::stat(QFile::encodeName(parent).constData(), &owner) != 0 ||
        ::lchown(folder.constData(), owner.st_uid, owner.st_gid) == 0;
}

/// A folder of this account and no link. Root may ask whom it likes.
bool isOurs(const QByteArray& folder)
{
    struct stat facts = {};
    const auto self = ::geteuid();
    return ::lstat(folder.constData(), &facts) == 0 && S_ISDIR(facts.st_mode) && (self == 0 || facts.st_uid == self);
}

/// Earlier versions let others read it.
bool secureFolder(const QString& folder)
{
    const auto path = QFile::encodeName(folder);
    return makeFolder(path) && isOurs(path) && ::chmod(path.constData(), S_IRWXU) == 0;
}

/// @return false: it is not there in time, or @p cancel was pulled.
bool awaitFile(const QString& path, const Deadline& deadline, const CancelToken& cancel)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    while (!QFileInfo::exists(path)) {
        if (cancel.isCancelled() || deadline.isOver()) {
            return false;
        }
        never.wait_for(lock, cancel.stopToken(), kLookForAnswer, [] { return false; });
    }
    return true;
}

} // namespace

RequestFolder::RequestFolder(const QString& dataFolder, QLatin1StringView kind)
    : m_folder(QFileInfo(dataFolder).absoluteFilePath() + u"/requests"_s)
    , m_requestEnd(u'.' + kind)
    , m_takenEnd(m_requestEnd + u"-taken"_s)
    , m_answerEnd(m_requestEnd + u"-answer"_s)
{
}

Result<QByteArray> RequestFolder::ask(
    const QByteArray& request, std::chrono::milliseconds patience, const CancelToken& cancel) const
{
    const QString name = m_folder + u'/' + QUuid::createUuid().toString(QUuid::WithoutBraces);
    const QString asked = name + m_requestEnd;
    const QString answer = name + m_answerEnd;
    if (!secureFolder(m_folder) || !writeWhole(asked, request)) {
        return fail(ErrorCode::FileWriteFailed, asked);
    }
    bool isAnswered = awaitFile(answer, Deadline(patience), cancel);
    if (!isAnswered && QFile::remove(asked)) {
        return cancel.isCancelled()
            ? fail(ErrorCode::Cancelled)
            : fail(ErrorCode::LedgerOwnerSilent, u"the process that has the ledger open takes no requests"_s);
    }
    isAnswered = isAnswered || awaitFile(answer, Deadline(patience), cancel);
    if (!isAnswered) {
        return fail(ErrorCode::LedgerOwnerBusy, u"it took the request, and has not answered yet"_s);
    }
    auto text = contentOf(answer);
    QFile::remove(answer);
    return text;
}

void RequestFolder::open() const
{
    if (!secureFolder(m_folder)) {
        qCWarning(observe::lcEngine) << "requests of other processes cannot be taken:" << m_folder;
        return;
    }
    const auto left = QDir(m_folder).entryInfoList({u'*' + m_requestEnd + u'*'}, QDir::Files);
    for (const auto& file : left) {
        if (isOld(file) || file.fileName().endsWith(m_takenEnd)) {
            QFile::remove(file.absoluteFilePath());
        }
    }
}

std::vector<RequestFolder::Taken> RequestFolder::take() const
{
    std::vector<Taken> taken;
    if (!isOurs(QFile::encodeName(m_folder))) {
        return taken;
    }
    const auto files = QDir(m_folder).entryInfoList({u'*' + m_requestEnd + u'*'}, QDir::Files);
    for (const auto& file : files) {
        const QString path = file.absoluteFilePath();
        if (isOld(file)) {
            QFile::remove(path);
            continue;
        }
        const QString base = path.chopped(m_requestEnd.size());
        const bool isRequest = path.endsWith(m_requestEnd) && taken.size() < kMostAtOnce;
        if (!isRequest || !QFile::rename(path, base + m_takenEnd)) {
            continue;
        }
        taken.push_back({base, contentOf(base + m_takenEnd)});
        QFile::remove(base + m_takenEnd);
    }
    return taken;
}

void RequestFolder::answer(const Taken& request, const QByteArray& text) const
{
    if (!writeWhole(request.path + m_answerEnd, text)) {
        qCWarning(observe::lcEngine) << "a request of another process could not be answered";
    }
}

} // namespace radpost::engine
