#include "core/scan/ZipWriter.h"

#include <archive.h>
#include <archive_entry.h>

#include <QSaveFile>

#include <cerrno>
#include <ctime>

using namespace Qt::StringLiterals;

namespace radpost::scan {

namespace {

constexpr mode_t kEntryMode = 0600;

la_ssize_t writeBlock(archive*, void* client, const void* bytes, size_t size)
{
    const auto written =
        static_cast<QSaveFile*>(client)->write(static_cast<const char*>(bytes), static_cast<qint64>(size));
    return written >= 0 ? static_cast<la_ssize_t>(written) : la_ssize_t(ARCHIVE_FATAL);
}

tl::unexpected<Error> writeFailed(int number)
{
    return fail(number == ENOSPC ? ErrorCode::DiskFull : ErrorCode::FileWriteFailed, u"the ZIP file"_s);
}

} // namespace

struct ZipWriter::Private
{
    explicit Private(const QString& path)
        : file(path)
        , handle(archive_write_new())
    {
    }
    ~Private() { archive_write_free(handle); } // closes it, into a file that is not kept
    Q_DISABLE_COPY_MOVE(Private)

    QSaveFile file;
    archive* handle;
};

ZipWriter::ZipWriter(std::unique_ptr<Private> data)
    : d(std::move(data))
{
}

ZipWriter::~ZipWriter() = default;
ZipWriter::ZipWriter(ZipWriter&&) noexcept = default;
ZipWriter& ZipWriter::operator=(ZipWriter&&) noexcept = default;

Result<ZipWriter> ZipWriter::create(const QString& path)
{
    auto data = std::make_unique<Private>(path);
    errno = 0;
    if (!data->file.open(QIODevice::WriteOnly)) {
        return writeFailed(errno);
    }
    data->file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    archive_write_set_format_zip(data->handle);
    archive_write_set_bytes_in_last_block(data->handle, 1);
    if (archive_write_open(data->handle, &data->file, nullptr, writeBlock, nullptr) != ARCHIVE_OK) {
        return writeFailed(archive_errno(data->handle));
    }
    return ZipWriter(std::move(data));
}

Result<> ZipWriter::add(const QString& name, const QByteArray& bytes)
{
    const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(), archive_entry_free);
    archive_entry_set_pathname(entry.get(), name.toUtf8().constData());
    archive_entry_set_size(entry.get(), bytes.size());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), kEntryMode);
    archive_entry_set_mtime(entry.get(), std::time(nullptr), 0);
    if (archive_write_header(d->handle, entry.get()) != ARCHIVE_OK) {
        return writeFailed(archive_errno(d->handle));
    }
    const auto written = archive_write_data(d->handle, bytes.constData(), static_cast<size_t>(bytes.size()));
    return written == bytes.size() ? Result<>() : writeFailed(archive_errno(d->handle));
}

Result<> ZipWriter::finish()
{
    if (archive_write_close(d->handle) != ARCHIVE_OK) {
        return writeFailed(archive_errno(d->handle));
    }
    errno = 0;
    return d->file.commit() ? Result<>() : writeFailed(errno);
}

QString ZipWriter::libraryVersion()
{
    return QString::fromLatin1(archive_version_string());
}

} // namespace radpost::scan
