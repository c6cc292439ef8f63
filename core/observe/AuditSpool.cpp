#include "core/observe/AuditSpool.h"

#include "core/base/FileDescriptor.h"
#include "core/base/FileLock.h"
#include "core/observe/Log.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSaveFile>

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>

using namespace Qt::StringLiterals;

namespace radpost::observe {

namespace {

constexpr auto kOwner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
constexpr qint64 kMaxLine = 1 << 20;
constexpr int kCheckSumDigits = 8;

// CRC-32 of IEEE 802.3: finds what a power cut leaves, not what a forger does.
quint32 checkSum(const QByteArray& bytes)
{
    static const auto table = [] {
        std::array<quint32, 256> made{};
        for (quint32 i = 0; i < made.size(); ++i) {
            quint32 value = i;
            for (int bit = 0; bit < 8; ++bit) {
                value = (value >> 1) ^ ((value & 1) != 0 ? 0xEDB88320U : 0U);
            }
            made[i] = value;
        }
        return made;
    }();
    quint32 sum = 0xFFFFFFFFU;
    for (const char c : bytes) {
        sum = (sum >> 8) ^ table[(sum ^ static_cast<quint8>(c)) & 0xFFU];
    }
    return ~sum;
}

QByteArray lineOf(const QByteArray& xml, Clock::WallTime time)
{
    const QByteArray body = QByteArray::number(qint64(time.time_since_epoch().count())) + ' ' + xml;
    return QByteArray::number(checkSum(body), 16).rightJustified(kCheckSumDigits, '0') + ' ' + body + '\n';
}

// What a synced file is called is on the disk only when its folder is, too.
bool syncNamesIn(const QString& folder)
{
    const FileDescriptor directory(::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return directory.isOpen() && syncNames(directory.get());
}

// Folders above it that are missing too are made the same: one of them will hold the ledger.
bool makePrivateFolder(const QString& folder)
{
    const QFileInfo info(folder);
    return info.isDir() ||
        (info.absolutePath() != folder && makePrivateFolder(info.absolutePath()) &&
            QDir().mkdir(folder, kOwner | QFileDevice::ExeOwner) && syncNamesIn(info.absolutePath()));
}

/// False for a line that is not whole.
bool parseLine(const QByteArray& line, AuditRecord& into)
{
    if (!line.endsWith('\n')) {
        return false;
    }
    const auto body = line.chopped(1).mid(kCheckSumDigits + 1);
    bool isHex = false;
    const auto sum = line.left(kCheckSumDigits).toUInt(&isHex, 16);
    const auto blank = body.indexOf(' ');
    if (!isHex || blank < 1 || sum != checkSum(body)) {
        return false;
    }
    into.time = Clock::WallTime(std::chrono::milliseconds(body.left(blank).toLongLong()));
    into.xml = body.mid(blank + 1);
    return true;
}

tl::unexpected<Error> writeFailed(const QString& what)
{
    return fail(writeError(errno, what));
}

} // namespace

AuditSpool::AuditSpool(AuditSpoolParams params)
    : m_params(std::move(params))
{
}

AuditSpool::~AuditSpool() = default;

QString AuditSpool::pathOf(qint64 segment) const
{
    return u"%1/audit-%2.log"_s.arg(m_params.folder).arg(segment, 8, 10, QChar(u'0'));
}

QString AuditSpool::lockPath() const
{
    return m_params.folder + u"/audit.lock"_s;
}

AuditPosition AuditSpool::end() const
{
    return {m_segments.back().first, m_segments.back().second};
}

Result<std::unique_ptr<AuditSpool>> AuditSpool::open(AuditSpoolParams params)
{
    std::unique_ptr<AuditSpool> spool(new AuditSpool(std::move(params)));
    if (auto opened = spool->openFolder(); !opened) {
        return fail(std::move(opened.error()));
    }
    return spool;
}

Result<> AuditSpool::openFolder()
{
    const QDir folder(m_params.folder);
    if (!makePrivateFolder(folder.absolutePath())) {
        return writeFailed(u"the folder of the audit trail"_s);
    }
    auto lock = FileLock::acquire(lockPath());
    if (!lock) {
        return fail(ErrorCode::FileWriteFailed, u"the audit trail, written by another: "_s + lock.error().detail);
    }
    m_lock = *std::move(lock);
    static const QRegularExpression name(u"^audit-(\\d{8,})\\.log$"_s);
    for (const auto& file : folder.entryInfoList({u"audit-*.log"_s}, QDir::Files | QDir::NoSymLinks)) {
        if (const auto match = name.match(file.fileName()); match.hasMatch()) {
            m_segments.emplace_back(match.captured(1).toLongLong(), file.size());
        }
    }
    std::sort(m_segments.begin(), m_segments.end());
    if (auto opened = openSegment(m_segments.empty() ? 1 : m_segments.back().first); !opened) {
        return opened;
    }
    readDelivered();
    return {};
}

Result<> AuditSpool::openSegment(qint64 number)
{
    auto file = std::make_unique<QFile>(pathOf(number));
    const bool isNew = !file->exists();
    if (!file->open(QIODevice::ReadWrite | QIODevice::Append | QIODevice::Unbuffered, kOwner)) {
        return writeFailed(u"the audit trail"_s);
    }
    if (isNew && !syncNamesIn(m_params.folder)) {
        auto failed = writeFailed(u"the audit trail"_s);
        file->remove(); // so that it is new at the next try
        return failed;
    }
    file->setPermissions(kOwner); // one that was there already
    // A line that was cut short ends here, so that the next one is whole.
    auto bytes = file->size();
    if (bytes > 0 && file->seek(bytes - 1) && file->read(1) != "\n") {
        bytes += std::max<qint64>(file->write("\n"), 0);
    }
    m_file = std::move(file);
    if (m_segments.empty() || m_segments.back().first != number) {
        m_segments.emplace_back(number, bytes);
    } else if (bytes < m_segments.back().second) {
        shorten(m_segments.back(), bytes); // somebody who needed room removed it
    }
    m_segments.back().second = bytes;
    return {};
}

void AuditSpool::readDelivered()
{
    QFile file(m_params.folder + u"/delivered"_s);
    const auto words = file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().split(' ') : QList<QByteArray>();
    if (words.size() == 2) {
        m_delivered = {words[0].toLongLong(), words[1].toLongLong()};
    }
    m_delivered = std::clamp(m_delivered, AuditPosition{m_segments.front().first, 0}, end());
}

bool AuditSpool::writeDelivered(AuditPosition position) const
{
    QSaveFile file(m_params.folder + u"/delivered"_s);
    if (!file.open(QIODevice::WriteOnly)) {
        return false;
    }
    file.setPermissions(kOwner);
    file.write(QByteArray::number(position.segment) + ' ' + QByteArray::number(position.offset) + '\n');
    return file.flush() && file.commit(); // commit() alone misses a disk that is full
}

Result<> AuditSpool::append(const QByteArray& xml, Clock::WallTime time)
{
    const auto line = lineOf(xml, time);
    if (xml.contains('\n') || line.size() > kMaxLine) {
        return fail(ErrorCode::InvalidArgument, u"an audit message of %1 bytes"_s.arg(xml.size()));
    }
    const std::lock_guard lock(m_mutex);
    if (auto room = makeRoom(line.size()); !room) {
        return room;
    }
    errno = 0;
    if (m_file->write(line) != line.size() || !syncData(m_file->handle())) {
        auto failed = writeFailed(u"the audit trail"_s);
        m_file->close(); // what was half written is ended when it is opened again
        return failed;
    }
    m_segments.back().second += line.size();
    m_grew.notify_all();
    return {};
}

Result<> AuditSpool::makeRoom(qint64 bytes)
{
    if (!m_file->isOpen()) {
        if (auto opened = openSegment(m_segments.back().first); !opened) {
            return opened;
        }
    }
    if (m_segments.back().second > 0 && m_segments.back().second + bytes > m_params.segmentBytes) {
        if (auto opened = openSegment(m_segments.back().first + 1); !opened) {
            return opened;
        }
    }
    const auto total = [this] {
        qint64 sum = 0;
        for (const auto& segment : m_segments) {
            sum += segment.second;
        }
        return sum;
    };
    while (m_segments.size() > 1 && total() + bytes > m_params.maxBytes) {
        dropOldest();
    }
    return {};
}

void AuditSpool::dropOldest()
{
    const auto [number, bytes] = m_segments.front();
    if (m_delivered.segment <= number) {
        const AuditPosition begin{number, m_delivered.segment == number ? m_delivered.offset : 0};
        const auto count = begin.offset < bytes ? std::max<qint64>(countLines(begin), 1) : 0;
        m_lost += m_params.isToBeDelivered ? count : 0;
        m_delivered = {m_segments[1].first, 0};
        if (m_params.isToBeDelivered && count > 0) {
            qCWarning(lcEngine) << "the audit trail is full:" << count << "messages went before they were delivered";
        }
    }
    QFile::remove(pathOf(number));
    m_segments.erase(m_segments.begin());
}

/// 0 also when it cannot be read.
qint64 AuditSpool::countLines(AuditPosition begin) const
{
    QFile file(pathOf(begin.segment));
    if (!file.open(QIODevice::ReadOnly) || !file.seek(begin.offset)) {
        return 0;
    }
    qint64 count = 0;
    while (!file.readLine(kMaxLine).isEmpty()) {
        ++count;
    }
    return count;
}

Result<AuditBatch> AuditSpool::read(AuditPosition from, int maxRecords) const
{
    std::vector<Segment> segments;
    {
        const std::lock_guard lock(m_mutex);
        segments = m_segments;
    }
    AuditBatch batch{{}, from};
    for (const auto& [number, bytes] : segments) {
        const AuditPosition begin{number, number == from.segment ? from.offset : 0};
        if (number < from.segment || begin.offset >= bytes) {
            continue;
        }
        auto done = readSegment(begin, bytes, static_cast<size_t>(maxRecords), batch);
        if (!done && isKept(number)) { // else it was the oldest and has gone meanwhile
            return batch.next == from ? Result<AuditBatch>(fail(std::move(done.error()))) : batch;
        }
    }
    return batch;
}

/// Up to @p bytes, what was whole when we looked: more may be in the middle of being written.
Result<> AuditSpool::readSegment(AuditPosition begin, qint64 bytes, size_t maxRecords, AuditBatch& batch) const
{
    QFile file(pathOf(begin.segment));
    if (!file.open(QIODevice::ReadOnly) || !file.seek(begin.offset)) {
        return fail(ErrorCode::FileUnreadable, file.fileName() + u": "_s + file.errorString());
    }
    while (file.pos() < bytes && batch.records.size() < maxRecords) {
        AuditRecord record;
        const auto line = file.readLine(kMaxLine + 1);
        if (line.isEmpty()) {
            return fail(ErrorCode::FileUnreadable, file.fileName() + u" ends before its end"_s);
        }
        record.next = batch.next = {begin.segment, file.pos()};
        if (parseLine(line, record)) {
            batch.records.push_back(std::move(record));
        }
    }
    return {};
}

bool AuditSpool::isKept(qint64 segment) const
{
    const std::lock_guard lock(m_mutex);
    return std::any_of(m_segments.begin(), m_segments.end(), [=](const Segment& it) { return it.first == segment; });
}

void AuditSpool::dropRemoved()
{
    const std::lock_guard lock(m_mutex);
    const auto isThere = [this](const Segment& segment) { return QFileInfo::exists(pathOf(segment.first)); };
    if (!QFileInfo::exists(lockPath())) {
        return;
    }
    // What is written to a file without a name is lost, too.
    if (!isThere(m_segments.back()) && !openSegment(m_segments.back().first + 1)) {
        return;
    }
    for (auto& segment : m_segments) {
        const QFileInfo file(pathOf(segment.first));
        if ((file.isFile() || !file.exists()) && file.size() < segment.second) {
            shorten(segment, file.size());
        }
    }
    const auto last = m_segments.back().first;
    std::erase_if(m_segments, [&](const Segment& it) { return it.first != last && !isThere(it); });
    m_delivered = std::clamp(m_delivered, AuditPosition{m_segments.front().first, 0}, end());
}

/// With the mutex held. Of what was in it no more than @p bytes is there.
void AuditSpool::shorten(Segment& segment, qint64 bytes)
{
    if (m_params.isToBeDelivered && m_delivered < AuditPosition{segment.first, segment.second}) {
        ++m_lost;
        qCWarning(lcEngine) << "a file of the audit trail was removed or cut before it was delivered:"
                            << pathOf(segment.first);
    }
    segment.second = bytes;
    if (m_delivered.segment == segment.first) {
        m_delivered.offset = std::min(m_delivered.offset, bytes);
    }
}

AuditPosition AuditSpool::delivered() const
{
    const std::lock_guard lock(m_mutex);
    return m_delivered;
}

Result<> AuditSpool::setDelivered(AuditPosition position)
{
    const std::lock_guard lock(m_mutex);
    m_delivered = std::clamp(position, AuditPosition{m_segments.front().first, 0}, end());
    return writeDelivered(m_delivered) ? Result<>() : writeFailed(u"how far the audit trail was delivered"_s);
}

bool AuditSpool::waitForMore(AuditPosition position, const Deadline& deadline, const CancelToken& cancel) const
{
    std::unique_lock lock(m_mutex);
    return m_grew.wait_for(lock, cancel.stopToken(), deadline.left(), [&] { return end() > position; });
}

qint64 AuditSpool::undeliveredBytes() const
{
    const std::lock_guard lock(m_mutex);
    qint64 sum = 0;
    for (const auto& [number, bytes] : m_segments) {
        sum += number > m_delivered.segment ? bytes : 0;
        sum += number == m_delivered.segment ? bytes - m_delivered.offset : 0;
    }
    return sum;
}

qint64 AuditSpool::lost() const
{
    const std::lock_guard lock(m_mutex);
    return m_lost;
}

} // namespace radpost::observe
