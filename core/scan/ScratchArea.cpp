#include "core/scan/ScratchArea.h"

#include "core/scan/nativepath.h"

#include <QDir>
#include <QTemporaryDir>

#include <filesystem>

using namespace Qt::StringLiterals;

namespace radpost::scan {

ScratchArea::ScratchArea(QString parent, qint64 reserveBytes)
    : m_parent(std::move(parent))
    , m_reserveBytes(reserveBytes)
{
}

Result<> ScratchArea::makeFolder()
{
    if (m_parent.isEmpty()) {
        return fail(ErrorCode::InvalidArgument, u"no temporary folder was given to unpack to"_s);
    }
    QTemporaryDir folder(m_parent + u"/scan-XXXXXX"_s);
    if (!folder.isValid()) {
        return fail(ErrorCode::FileWriteFailed, u"temporary folder: "_s + folder.errorString());
    }
    folder.setAutoRemove(false);
    m_folder = folder.path();
    return {};
}

Result<QString> ScratchArea::nextName()
{
    // A folder of its own for each few thousand files: some file systems get slow with more.
    constexpr quint64 filesPerFolder = 4096;
    const std::scoped_lock lock(m_mutex);
    if (m_folder.isEmpty()) {
        if (auto made = makeFolder(); !made) {
            return fail(std::move(made.error()));
        }
    }
    const QString folder = m_folder + u'/' + QString::number(m_count / filesPerFolder);
    if (m_count % filesPerFolder == 0 && !QDir().mkdir(folder)) {
        return fail(ErrorCode::FileWriteFailed, u"temporary folder cannot be extended"_s);
    }
    return folder + u'/' + QString::number(m_count++);
}

Result<> ScratchArea::createFile(QFile& file)
{
    const auto name = nextName();
    if (!name) {
        return fail(name.error());
    }
    file.setFileName(*name);
    const auto mode = QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered;
    if (!file.open(mode, QFileDevice::ReadOwner | QFileDevice::WriteOwner)) {
        const bool isFull = file.error() == QFileDevice::ResourceError;
        return fail(isFull ? ErrorCode::DiskFull : ErrorCode::FileWriteFailed, file.errorString());
    }
    return {};
}

Result<QString> ScratchArea::linkTo(const QByteArray& target)
{
#ifdef Q_OS_UNIX
    const auto name = nextName();
    if (!name) {
        return fail(name.error());
    }
    std::error_code problem;
    std::filesystem::create_symlink(filesystemPath(target), filesystemPath(nativeBytes(*name)), problem);
    if (problem) {
        return fail(ErrorCode::FileWriteFailed, QString::fromStdString(problem.message()));
    }
    return *name;
#else
    Q_UNUSED(target)
    return fail(ErrorCode::Unsupported, u"no links to files on this system"_s);
#endif
}

Result<> ScratchArea::checkRoom(qint64 moreBytes) const
{
    std::error_code problem;
    const auto space = std::filesystem::space(filesystemPath(nativeBytes(m_parent)), problem);
    if (problem) {
        return {}; // a file system that does not tell: the write itself will
    }
    const auto free = static_cast<qint64>(std::min<std::uintmax_t>(space.available, std::uintmax_t(1) << 62));
    if (free - m_reserveBytes < moreBytes) {
        return fail(ErrorCode::DiskFull, u"%1 bytes free, %2 kept in reserve"_s.arg(free).arg(m_reserveBytes));
    }
    return {};
}

} // namespace radpost::scan
