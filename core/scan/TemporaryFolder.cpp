#include "core/scan/TemporaryFolder.h"

#include <QDir>
#include <QFile>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace radpost::scan {

namespace {

constexpr QStringView kPrefix = u"area-";

// A lock is stale when its process is gone, never by its age: a transfer may take days.
std::unique_ptr<QLockFile> lockFor(const QString& folder)
{
    auto lock = std::make_unique<QLockFile>(folder + u".lock"_s);
    lock->setStaleLockTime(0);
    return lock->tryLock(0) ? std::move(lock) : nullptr;
}

bool makePrivate(const QString& folder)
{
    const auto owner = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;
    return QDir().mkdir(folder, owner);
}

} // namespace

TemporaryFolder::TemporaryFolder(QString path, std::unique_ptr<QLockFile> lock)
    : m_path(std::move(path))
    , m_lock(std::move(lock))
{
}

Result<TemporaryFolder> TemporaryFolder::create(const QString& parent)
{
    if (!QDir().mkpath(parent)) {
        return fail(ErrorCode::FileWriteFailed, u"temporary folder: the parent cannot be made"_s);
    }
    const QString path = QDir(parent).absoluteFilePath(kPrefix + QUuid::createUuid().toString(QUuid::Id128));
    auto lock = lockFor(path);
    if (!lock) {
        return fail(ErrorCode::FileWriteFailed, u"temporary folder: its lock file cannot be made"_s);
    }
    if (!makePrivate(path)) {
        return fail(ErrorCode::FileWriteFailed, u"temporary folder: cannot be made"_s);
    }
    return TemporaryFolder(path, std::move(lock));
}

std::vector<TemporaryFolder> TemporaryFolder::takeLeftovers(const QString& parent)
{
    std::vector<TemporaryFolder> taken;
    const QDir folder(parent);
    const auto names = folder.entryList({kPrefix + u'*'}, QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks);
    for (const QString& name : names) {
        const QString path = folder.absoluteFilePath(name);
        if (auto lock = lockFor(path)) {
            taken.push_back(TemporaryFolder(path, std::move(lock)));
        }
    }
    return taken;
}

TemporaryFolder::~TemporaryFolder()
{
    remove();
}

TemporaryFolder::TemporaryFolder(TemporaryFolder&& other) noexcept
    : m_path(std::exchange(other.m_path, QString()))
    , m_lock(std::move(other.m_lock))
{
}

TemporaryFolder& TemporaryFolder::operator=(TemporaryFolder&& other) noexcept
{
    if (this != &other) {
        remove();
        m_path = std::exchange(other.m_path, QString());
        m_lock = std::move(other.m_lock);
    }
    return *this;
}

void TemporaryFolder::leave()
{
    m_path.clear();
    m_lock.reset();
}

void TemporaryFolder::remove()
{
    if (!m_path.isEmpty()) {
        QDir(m_path).removeRecursively();
    }
    leave();
}

} // namespace radpost::scan
