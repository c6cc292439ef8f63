#include "core/net/StoreStage.h"

#include "core/net/framing.h"
#include "core/net/pdu.h"

#include <QFile>

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

namespace radpost::net {

namespace {

constexpr std::size_t kBufferSize = 256 * 1024;
constexpr std::size_t kVectorsPerRead = 64;
// (0008,0018) has only short elements before it in any data set that is not deflated.
constexpr std::size_t kUidSearchSize = 8192;
constexpr qint64 kLeastFragment = 4096; ///< no smaller PDU only because the buffer is nearly full

// Measured: what fits the buffer is cheaper copied, and so is everything in PDUs of less, as each costs system calls.
constexpr qint64 kMinFromFile = 256 * 1024;
constexpr quint32 kMinFileFragment = 128 * 1024;

// Mapped, many small PDUs are one call and one copy. On 533 KB in PDUs of 16 KB: a seventh less time, a fifth less CPU.
constexpr qint64 kMostMapped = 4 * 1024 * 1024; ///< at a time: what is mapped counts as our memory
constexpr quint32 kMinMappedFragment = 4096;

qint64 mtimeNs(const struct stat& status)
{
#ifdef Q_OS_DARWIN
    const auto& time = status.st_mtimespec;
#else
    const auto& time = status.st_mtim;
#endif
    return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

Error openError(int errorNumber)
{
    const bool isMissing = errorNumber == ENOENT || errorNumber == ENOTDIR;
    return makeError(isMissing ? ErrorCode::FileNotFound : ErrorCode::FileUnreadable,
        QStringLiteral("open: errno %1").arg(errorNumber));
}

Error changed(const QString& detail)
{
    return makeError(ErrorCode::FileChanged, detail);
}

std::optional<Error> compare(const StoreRequest& request, const struct stat& status)
{
    if (request.expectedSizeBytes >= 0 && request.expectedSizeBytes != status.st_size) {
        return changed(QStringLiteral("size %1 instead of %2").arg(status.st_size).arg(request.expectedSizeBytes));
    }
    if (request.expectedMtimeNs >= 0 && request.expectedMtimeNs != mtimeNs(status)) {
        return changed(QStringLiteral("modified since it was scanned"));
    }
    if (request.dataSetOffset < 0 || request.dataSetLength > status.st_size - request.dataSetOffset) {
        return changed(QStringLiteral("shorter than its data set"));
    }
    return std::nullopt;
}

/// True when the UID stands there by itself, not as part of a longer one.
bool names(ConstBytes bytes, const QByteArray& uid)
{
    const QByteArrayView text(bytes.data(), static_cast<qsizetype>(bytes.size()));
    const auto goesOn = [&text](qsizetype at) {
        return at >= 0 && at < text.size() && (text[at] == '.' || (text[at] >= '0' && text[at] <= '9'));
    };
    for (auto at = text.indexOf(uid); at >= 0; at = text.indexOf(uid, at + 1)) {
        if (!goesOn(at - 1) && !goesOn(at + uid.size())) {
            return true;
        }
    }
    return false;
}

} // namespace

StoreStage::StoreStage(bool mayMap)
    : m_mayMap(mayMap)
    , m_buffer(kBufferSize)
{
}

StoreStage::~StoreStage()
{
    clear();
}

void StoreStage::clear()
{
    m_mapped.unmap();
    if (m_ownsDescriptor) {
        ::close(m_descriptor);
    }
    m_ownsDescriptor = false;
    m_descriptor = -1;
    m_isLoaded = false;
    m_error.reset();
    m_filled = 0;
    m_left = 0;
}

bool StoreStage::holds(const StoreRequest& request) const
{
    return m_isLoaded && m_request.tag == request.tag && m_request.contextId == request.contextId &&
        m_request.sopInstanceUid == request.sopInstanceUid && m_request.path == request.path;
}

void StoreStage::load(const StoreRequest& request, quint16 messageId, quint32 maxFragment)
{
    clear();
    m_request = request;
    m_messageId = messageId;
    m_maxFragment = maxFragment;
    m_isLoaded = true;
    if (request.dataSet.empty()) {
        openFile();
    }
    if (m_error) {
        return;
    }
    encodeRequest();
    if (!m_error) {
        fillFirst();
    }
    if (!m_error && request.uidMustAppear && !namesTheInstance()) {
        m_error = changed(QStringLiteral("the file holds another instance now"));
    }
}

void StoreStage::fillFirst()
{
    if (goesFromFile() || goesMapped()) {
#ifdef POSIX_FADV_WILLNEED
        ::posix_fadvise(m_descriptor, m_offset, m_left, POSIX_FADV_WILLNEED);
#endif
        return;
    }
    if (auto filled = refill(); !filled) {
        m_error = std::move(filled.error());
    }
}

void StoreStage::openFile()
{
    m_offset = m_request.dataSetOffset;
    m_left = m_request.dataSetLength;
    if (m_left <= 0) {
        m_error = makeError(ErrorCode::InvalidArgument, QStringLiteral("no data set"));
        return;
    }
    m_descriptor = m_request.fileDescriptor;
    if (m_descriptor < 0) {
        m_descriptor = ::open(QFile::encodeName(m_request.path).constData(), O_RDONLY | O_CLOEXEC);
        m_ownsDescriptor = m_descriptor >= 0;
    }
    struct stat status
    {
    };
    if (m_descriptor < 0 || ::fstat(m_descriptor, &status) != 0) {
        m_error = openError(errno);
        return;
    }
    m_size = status.st_size;
    m_mtime = mtimeNs(status);
    m_error = compare(m_request, status);
}

/// A file can be replaced by another of its size and keep its time; the UID tells.
bool StoreStage::namesTheInstance() const
{
    const auto wanted = static_cast<std::size_t>(std::min<qint64>(m_request.dataSetLength, kUidSearchSize));
    const std::size_t begin = m_framed.size() + kDataHeaderSize;
    if (m_filled >= begin + wanted && m_maxFragment >= wanted) { // the first fragment holds it
        return names(ConstBytes(m_buffer).subspan(begin, wanted), m_request.sopInstanceUid.value);
    }
    std::array<std::byte, kUidSearchSize> start;
    const auto got = ::pread(m_descriptor, start.data(), wanted, m_request.dataSetOffset);
    return got > 0 && names(ConstBytes(start).first(static_cast<std::size_t>(got)), m_request.sopInstanceUid.value);
}

void StoreStage::encodeRequest()
{
    CommandSet command;
    command.commandField = static_cast<quint16>(DimseCommand::CStoreRq);
    command.messageId = m_messageId;
    command.priority = static_cast<quint16>(m_request.priority);
    command.commandDataSetType = kHasDataSet;
    command.affectedSopClassUid = m_request.sopClassUid.value;
    command.affectedSopInstanceUid = m_request.sopInstanceUid.value;
    if (m_request.moveOriginator) {
        command.moveOriginatorAeTitle = m_request.moveOriginator->aeTitle.value;
        command.moveOriginatorMessageId = m_request.moveOriginator->messageId;
    }
    m_command.clear();
    encodeCommand(command, m_command);
    m_framed.clear();
    appendFramed(m_framed, m_request.contextId, true, m_command, m_maxFragment);
    if (m_framed.size() > m_buffer.size()) { // cut into the smallest PDUs, every two bytes take twelve more
        m_error = makeError(ErrorCode::InvalidArgument, QStringLiteral("the UIDs are too long for a request"));
        return;
    }
    std::copy(m_framed.begin(), m_framed.end(), m_buffer.begin());
    m_filled = m_framed.size();
}

/// How much of the data set the next PDU in the buffer takes; 0 when there is no room for one that is worth it.
quint32 StoreStage::nextFragment() const
{
    const auto room = m_buffer.size() - m_filled;
    const auto wanted = std::min<qint64>(m_left, m_maxFragment);
    if (room < kDataHeaderSize + static_cast<std::size_t>(std::min<qint64>(wanted, kLeastFragment))) {
        return 0;
    }
    return static_cast<quint32>(std::min(static_cast<std::size_t>(wanted), (room - kDataHeaderSize) & ~std::size_t(1)));
}

/// Writes headers into the buffer and says where the bytes between them go. @return how many places.
std::size_t StoreStage::layOut(std::span<iovec> vectors)
{
    std::size_t used = 0;
    while (used < vectors.size() && m_left > 0) {
        const auto count = nextFragment();
        if (count == 0) {
            break;
        }
        auto* header = m_buffer.data() + m_filled;
        const auto padding = count % 2; // only the last one is odd, and PS3.8 wants even fragments
        writeDataHeader(header, m_request.contextId, false, count == m_left, count + padding);
        vectors[used++] = iovec{header + kDataHeaderSize, count};
        std::fill_n(header + kDataHeaderSize + count, padding, std::byte{0});
        m_filled += kDataHeaderSize + count + padding;
        m_left -= count;
    }
    return used;
}

Result<> StoreStage::refill()
{
    std::array<iovec, kVectorsPerRead> vectors{};
    for (;;) {
        const auto used = layOut(vectors);
        if (used == 0) {
            return {};
        }
        if (auto done = readInto(std::span(vectors).first(used)); !done) {
            return done;
        }
    }
}

Result<> StoreStage::readInto(std::span<iovec> vectors)
{
    while (!vectors.empty()) {
        const auto got = ::preadv(m_descriptor, vectors.data(), static_cast<int>(vectors.size()), m_offset);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return fail(ErrorCode::FileUnreadable, QStringLiteral("read: errno %1").arg(errno));
        }
        if (got == 0) {
            return fail(changed(QStringLiteral("the file ended early")));
        }
        m_offset += got;
        auto count = static_cast<std::size_t>(got);
        while (!vectors.empty() && count >= vectors.front().iov_len) {
            count -= vectors.front().iov_len;
            vectors = vectors.subspan(1);
        }
        if (count > 0) {
            vectors.front().iov_base = static_cast<std::byte*>(vectors.front().iov_base) + count;
            vectors.front().iov_len -= count;
        }
    }
    return {};
}

bool StoreStage::goesFromFile() const
{
    return m_left >= kMinFromFile && m_maxFragment >= kMinFileFragment;
}

bool StoreStage::goesMapped() const
{
    return m_mayMap && m_left >= kMinFromFile && m_maxFragment >= kMinMappedFragment &&
        m_maxFragment < kMinFileFragment;
}

std::span<const ConstBytes> StoreStage::takeMapped()
{
    const auto count = std::min(m_left, kMostMapped) & ~qint64(1); // an odd last byte is left to refill(), which pads
    if (!m_mapped.map(m_descriptor, m_offset, count)) {
        m_mayMap = false; // some file systems cannot
        return {};
    }
    m_parts.assign(1, ready());
    const auto hasRoom = [this] { return m_buffer.size() - m_filled >= kDataHeaderSize; };
    for (auto rest = m_mapped.bytes(); !rest.empty() && hasRoom();) {
        const auto fragment = rest.first(std::min<std::size_t>(rest.size(), m_maxFragment));
        rest = rest.subspan(fragment.size());
        m_offset += qint64(fragment.size());
        m_left -= qint64(fragment.size());
        const auto header = std::span(m_buffer).subspan(m_filled, kDataHeaderSize);
        writeDataHeader(header.data(), m_request.contextId, false, m_left == 0, static_cast<quint32>(fragment.size()));
        m_filled += header.size();
        m_parts.insert(m_parts.end(), {header, fragment});
    }
    return m_parts;
}

std::optional<Error> StoreStage::changeSinceOpened() const
{
    struct stat status
    {
    };
    if (::fstat(m_descriptor, &status) == 0 && status.st_size == m_size && mtimeNs(status) == m_mtime) {
        return std::nullopt;
    }
    return changed(QStringLiteral("changed while it was sent; the peer may hold it"));
}

StoreStage::FileFragment StoreStage::takeFileFragment()
{
    // An odd last byte is left to a PDU of its own, which refill() pads.
    const auto count = std::min<qint64>(m_left, m_maxFragment) & ~qint64(1);
    auto* header = m_buffer.data() + m_filled;
    writeDataHeader(header, m_request.contextId, false, count == m_left, static_cast<quint32>(count));
    m_filled += kDataHeaderSize;
    const FileFragment fragment{ready(), m_descriptor, m_offset, count, count < m_left};
    m_offset += count;
    m_left -= count;
    return fragment;
}

} // namespace radpost::net
