#include "core/observe/LogFile.h"

#include <QDir>
#include <QFileInfo>

#include <cerrno>

using namespace Qt::StringLiterals;

namespace radpost::observe {

namespace {

constexpr int kMostNames = 8;
constexpr auto kOwner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

// Folders above it that are missing too are made the same: one of them will hold the ledger.
bool makePrivateFolder(const QString& folder)
{
    if (QFileInfo(folder).isDir()) {
        return true;
    }
    const auto parent = QFileInfo(folder).absolutePath();
    return parent != folder && makePrivateFolder(parent) && QDir().mkdir(folder, kOwner | QFileDevice::ExeOwner);
}

tl::unexpected<Error> writeFailed()
{
    return fail(errno == ENOSPC ? ErrorCode::DiskFull : ErrorCode::FileWriteFailed, u"the log file"_s);
}

} // namespace

LogFile::LogFile(LogFileParams params)
    : m_params(std::move(params))
{
}

QString LogFile::pathOf(int age) const
{
    const QString suffix = age == 0 ? QString(u".log"_s) : QString(u".%1.log"_s.arg(age));
    const QString path = m_params.folder + u'/' + m_name + suffix;
    return path;
}

// Two programs that rotate one file would lose each other's lines.
bool LogFile::takeName()
{
    for (int number = 1; !m_lock && number <= kMostNames; ++number) {
        m_name = number == 1 ? u"radpost"_s : u"radpost-%1"_s.arg(number);
        const QString path = m_params.folder + u'/' + m_name + u".lock"_s;
        auto lock = std::make_unique<QLockFile>(path);
        lock->setStaleLockTime(0); // stale when its process is gone, never by its age
        if (lock->tryLock(0)) {
            m_lock = std::move(lock);
        }
    }
    return m_lock != nullptr;
}

Result<> LogFile::open()
{
    if (m_file.isOpen()) {
        return {};
    }
    if (!makePrivateFolder(m_params.folder) || !takeName()) {
        return fail(ErrorCode::FileWriteFailed, u"the folder of the log"_s);
    }
    m_file.setFileName(pathOf(0));
    if (!m_file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered, kOwner)) {
        return writeFailed();
    }
    m_file.setPermissions(kOwner); // one that was there already
    return {};
}

void LogFile::rotate()
{
    m_file.close();
    QFile::remove(pathOf(m_params.maxFiles - 1));
    for (int age = m_params.maxFiles - 2; age >= 0; --age) {
        QFile::rename(pathOf(age), pathOf(age + 1));
    }
}

Result<> LogFile::write(const QByteArray& lines)
{
    if (auto opened = open(); !opened) {
        return opened;
    }
    if (m_file.size() > 0 && m_file.size() + lines.size() > m_params.maxBytes) {
        rotate();
        if (auto opened = open(); !opened) {
            return opened;
        }
    }
    errno = 0;
    if (m_file.write(lines) != lines.size()) {
        const auto error = writeFailed();
        m_file.close();
        return error;
    }
    return {};
}

QStringList LogFile::filesIn(const QString& folder)
{
    QStringList paths;
    const auto found = QDir(folder).entryInfoList({u"radpost*.log"_s}, QDir::Files | QDir::NoSymLinks, QDir::Time);
    for (const auto& file : found) {
        paths.append(file.absoluteFilePath());
    }
    return paths;
}

} // namespace radpost::observe
