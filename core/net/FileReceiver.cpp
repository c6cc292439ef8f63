#include "core/net/FileReceiver.h"

#include "core/base/FileDescriptor.h"
#include "core/dicom/uid.h"
#include "core/net/fileMeta.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

namespace radpost::net {

namespace {

constexpr quint16 kStatusInvalidInstance = 0x0117; // PS3.7 Annex C.5.9
constexpr qsizetype kMaxNameSize = 128;            // a UID has 64
constexpr std::size_t kPartsPerCall = 64;
constexpr std::size_t kCompareBuffer = 64 * 1024;
constexpr int kMaxConflicts = 1000;

bool isSafeName(const QByteArray& name)
{
    const auto isSafe = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' ||
            c == '_';
    };
    return !name.isEmpty() && name.size() <= kMaxNameSize && name.front() != '.' &&
        std::all_of(name.begin(), name.end(), isSafe);
}

/// Gives the file its name unless the name is taken: 0, or an errno.
int publish(int directory, const QByteArray& from, const QByteArray& to)
{
#if defined(Q_OS_LINUX) && defined(RENAME_NOREPLACE)
    if (::renameat2(directory, from.constData(), directory, to.constData(), RENAME_NOREPLACE) == 0) {
        return 0;
    }
    if (errno != EINVAL && errno != ENOSYS) {
        return errno;
    }
#endif
    if (::linkat(directory, from.constData(), directory, to.constData(), 0) != 0) {
        return errno;
    }
    ::unlinkat(directory, from.constData(), 0);
    return 0;
}

/// Where the data set of a file with our kind of meta information begins; -1 for any other file.
qint64 dataSetOffset(int file)
{
    constexpr std::size_t kGroupLengthEnd = 144; // preamble, prefix and the whole of (0002,0000)
    std::array<std::byte, kGroupLengthEnd> head{};
    const auto got = ::pread(file, head.data(), head.size(), 0);
    if (got != ssize_t(head.size()) || std::memcmp(head.data() + 128, "DICM\2\0\0\0UL\4\0", 12) != 0) {
        return -1;
    }
    return qint64(kGroupLengthEnd) + loadLittle<quint32>(head.data() + kGroupLengthEnd - 4);
}

bool sameBytes(int first, qint64 firstAt, int second, qint64 secondAt)
{
    Bytes a(kCompareBuffer);
    Bytes b(kCompareBuffer);
    for (;;) {
        const auto gotA = ::pread(first, a.data(), a.size(), firstAt);
        const auto gotB = ::pread(second, b.data(), b.size(), secondAt);
        if (gotA != gotB || gotA < 0 || std::memcmp(a.data(), b.data(), static_cast<std::size_t>(gotA)) != 0) {
            return false;
        }
        if (gotA == 0) {
            return true;
        }
        firstAt += gotA;
        secondAt += gotB;
    }
}

bool sameDataSets(int directory, const QByteArray& first, const QByteArray& second)
{
    const FileDescriptor a(::openat(directory, first.constData(), O_RDONLY | O_CLOEXEC));
    const FileDescriptor b(::openat(directory, second.constData(), O_RDONLY | O_CLOEXEC));
    if (!a.isOpen() || !b.isOpen()) {
        return false;
    }
    const auto atA = dataSetOffset(a.get());
    const auto atB = dataSetOffset(b.get());
    return atA >= 0 && atB >= 0 && sameBytes(a.get(), atA, b.get(), atB);
}

} // namespace

/// One instance on its way into the directory, under a temporary name until it is whole.
class FileReceiver::Sink final : public StoreSink
{
public:
    Sink(FileReceiver& receiver, const CommandSet& request, const AcceptedContext& context, const PeerInfo& peer)
        : m_receiver(receiver)
        , m_uid(request.affectedSopInstanceUid)
        , m_head(encodeFileMeta(
              {request.affectedSopClassUid, m_uid, context.transferSyntaxUid.value, peer.callingAeTitle}))
    {
        if (!isSafeName(m_uid)) {
            m_failure = {kStatusInvalidInstance, "SOP Instance UID is not valid"};
        } else if (!dicom::isValidUid(request.affectedSopClassUid)) {
            m_failure = {kStatusSopClassNotSupported, "SOP Class UID is not valid"};
        }
    }

    ~Sink() override
    {
        if (m_exists) {
            ::unlinkat(m_receiver.m_folder.descriptor(), m_temporary.constData(), 0);
        }
    }
    Q_DISABLE_COPY_MOVE(Sink)

    void write(std::span<const ConstBytes> parts) override
    {
        if (m_failure || (!m_file.isOpen() && !create())) {
            return;
        }
        while (!parts.empty() && !m_failure) {
            const auto now = parts.first(std::min(parts.size(), kPartsPerCall));
            writeSome(now);
            parts = parts.subspan(now.size());
        }
    }

    StoreReply finish() override
    {
        if (!m_failure && m_bytes == 0) {
            m_failure = {kStatusProcessingFailure, "no data set"};
        }
        if (!m_failure && !((isVolatile() || syncData(m_file.get())) && m_file.close())) {
            failed(errno);
        }
        auto& counters = m_receiver.m_counters;
        auto* counter = m_failure ? nullptr : giveName();
        if (!m_failure && !isVolatile() && !syncNames(m_receiver.m_folder.descriptor())) {
            failed(errno);
        }
        ++(m_failure ? counters.failed : *counter);
        counters.bytes += m_failure || counter == &counters.duplicates ? 0 : m_bytes;
        return m_failure.value_or(StoreReply{kStatusSuccess, {}, m_name, counter == &counters.duplicates});
    }

private:
    bool isVolatile() const { return m_receiver.m_durability == Durability::Process; }

    bool create()
    {
        constexpr mode_t kMode = 0640; // patients' data: never for everybody, whatever the umask
        do {                           // a name can be left over from a process that had our number
            m_temporary = m_receiver.m_folder.unfinishedName();
            m_file.reset(::openat(m_receiver.m_folder.descriptor(), m_temporary.constData(),
                O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kMode));
        } while (!m_file.isOpen() && errno == EEXIST);
        m_exists = m_file.isOpen();
        if (!m_exists) {
            failed(errno);
        }
        return m_exists;
    }

    void writeSome(std::span<const ConstBytes> parts)
    {
        std::array<iovec, kPartsPerCall + 1> vectors{};
        std::size_t used = 0;
        const auto add = [&](ConstBytes bytes) {
            vectors[used++] = iovec{const_cast<std::byte*>(bytes.data()), bytes.size()};
        };
        if (!m_head.empty()) {
            add(m_head);
        }
        for (const auto part : parts) {
            add(part);
            m_bytes += static_cast<qint64>(part.size());
        }
        if (!writeAll(m_file.get(), std::span(vectors).first(used))) {
            failed(errno);
        }
        m_head.clear();
    }

    /// @return what it counts as; null when it failed.
    std::atomic<qint64>* giveName()
    {
        auto& counters = m_receiver.m_counters;
        const int directory = m_receiver.m_folder.descriptor();
        QByteArray name = m_uid + ".dcm";
        for (int number = 2; number < kMaxConflicts; ++number) {
            const int error = publish(directory, m_temporary, name);
            if (error == 0) {
                m_exists = false;
                m_name = name;
                return number == 2 ? &counters.stored : &counters.conflicts;
            }
            if (error != EEXIST) {
                failed(error);
                return nullptr;
            }
            if (sameDataSets(directory, m_temporary, name)) {
                m_name = name;
                return keepFirst(name) ? &counters.duplicates : nullptr;
            }
            name = m_uid + '_' + QByteArray::number(number) + ".dcm";
        }
        failed(EEXIST);
        return nullptr;
    }

    /// The first may be of a receiver that did not sync.
    bool keepFirst(const QByteArray& name)
    {
        const FileDescriptor first(::openat(m_receiver.m_folder.descriptor(), name.constData(), O_RDONLY | O_CLOEXEC));
        if (!isVolatile() && !(first.isOpen() && syncData(first.get()))) {
            failed(errno);
        }
        return !m_failure;
    }

    void failed(int errorNumber)
    {
        const bool isFull = errorNumber == ENOSPC || errorNumber == EDQUOT || errorNumber == EFBIG;
        m_failure = isFull ? StoreReply{kStatusOutOfResources, "no room to store"}
                           : StoreReply{kStatusProcessingFailure, "cannot write the file"};
    }

    FileReceiver& m_receiver;
    QByteArray m_uid;
    QByteArray m_temporary;
    QByteArray m_name; ///< of the file that has the data set in the end
    Bytes m_head;      ///< goes before the first bytes of the data set
    FileDescriptor m_file;
    bool m_exists = false; ///< under the temporary name
    std::optional<StoreReply> m_failure;
    qint64 m_bytes = 0;
};

FileReceiver::FileReceiver(QString directory, Durability durability)
    : m_folder(std::move(directory))
    , m_durability(durability)
{
}

FileReceiver::~FileReceiver() = default;

Result<> FileReceiver::open()
{
    return m_folder.open();
}

std::unique_ptr<StoreSink> FileReceiver::begin(
    const CommandSet& request, const AcceptedContext& context, const PeerInfo& peer)
{
    return std::make_unique<Sink>(*this, request, context, peer);
}

} // namespace radpost::net
