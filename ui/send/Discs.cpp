#include "ui/send/Discs.h"

#include <QDir>
#include <QFile>
#include <QStorageInfo>

#include <algorithm>
#include <array>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::ui {

namespace {

constexpr auto kInterval = 4s;
// As Linux, macOS and Windows call those of CDs, DVDs (PS3.12 F, V) and of USB sticks (PS3.12 R).
constexpr std::array kFileSystems{"iso9660", "udf", "cd9660", "cdfs", "vfat", "exfat", "msdos", "fat", "fat32"};

constexpr qsizetype kMountRoot = 4;
constexpr qsizetype kMountFields = 6; ///< that each line has before the optional ones

/// Blanks and the like stand as three octal digits after a backslash.
QByteArray unescaped(const QByteArray& field)
{
    QByteArray plain;
    for (qsizetype i = 0; i < field.size(); ++i) {
        bool isOctal = false;
        const auto code = field[i] == '\\' ? field.mid(i + 1, 3).toUInt(&isOctal, 8) : 0U;
        plain.append(isOctal ? static_cast<char>(code) : field[i]);
        i += isOctal ? 3 : 0;
    }
    return plain;
}

QString nameOf(const Volume& volume)
{
    return volume.name.isEmpty() ? QDir::toNativeSeparators(volume.root) : volume.name;
}

} // namespace

bool mayBeDisc(const Volume& volume)
{
    return std::any_of(kFileSystems.begin(), kFileSystems.end(), [&volume](const char* known) {
        return volume.fileSystem.compare(QLatin1StringView(known), Qt::CaseInsensitive) == 0;
    });
}

QList<Disc> discsAmong(const QList<Volume>& volumes)
{
    QList<Disc> found;
    for (const auto& volume : volumes) {
        // Some systems show the names of a disc in small letters.
        if (mayBeDisc(volume) && !QDir(volume.root).entryList({u"DICOMDIR"_s}, QDir::Files).isEmpty()) {
            found.append({volume.root, nameOf(volume)});
        }
    }
    return found;
}

// "36 35 8:1 / /mnt/usb\\040stick rw,noatime shared:1 - vfat /dev/sdb1 rw": the root is the fifth field, the file
// system the first after the dash (proc_pid_mountinfo(5)).
QList<Volume> volumesIn(const QByteArray& table)
{
    QList<Volume> volumes;
    for (const auto& line : table.split('\n')) {
        const auto fields = line.split(' ');
        const auto dash = fields.indexOf("-", kMountFields);
        if (dash < 0 || dash + 1 >= fields.size()) {
            continue;
        }
        const Volume volume{
            QFile::decodeName(unescaped(fields[kMountRoot])), {}, QString::fromLatin1(fields[dash + 1])};
        if (mayBeDisc(volume)) {
            volumes.append(volume);
        }
    }
    return volumes;
}

#ifdef Q_OS_LINUX
// QStorageInfo asks every mount, and one whose server is gone never answers: only those in question are asked.
QList<Disc> mountedDiscs()
{
    QFile table(u"/proc/self/mountinfo"_s);
    if (!table.open(QIODevice::ReadOnly)) {
        return {};
    }
    auto volumes = volumesIn(table.readAll());
    for (auto& volume : volumes) {
        volume.name = QStorageInfo(volume.root).name();
    }
    return discsAmong(volumes);
}
#else
QList<Disc> mountedDiscs()
{
    QList<Volume> volumes;
    for (const auto& mounted : QStorageInfo::mountedVolumes()) {
        if (mounted.isReady()) {
            volumes.append({mounted.rootPath(), mounted.name(), QString::fromLatin1(mounted.fileSystemType())});
        }
    }
    return discsAmong(volumes);
}
#endif

DiscWatch::DiscWatch(std::function<QList<Disc>()> find, QObject* parent)
    : QObject(parent)
    , m_find(std::move(find))
    , m_background(u"discs"_s, 1)
{
    m_timer.setInterval(kInterval);
    connect(&m_timer, &QTimer::timeout, this, &DiscWatch::look);
}

void DiscWatch::setWatching(bool isWatching)
{
    if (isWatching == m_timer.isActive()) {
        return;
    }
    isWatching ? m_timer.start() : m_timer.stop();
    if (isWatching) {
        look();
    }
}

// One question at a time: a drive that spins up takes longer than the interval.
void DiscWatch::look()
{
    if (std::exchange(m_isLooking, true)) {
        return;
    }
    m_background.run(this, m_find, [this](const QList<Disc>& found) {
        m_isLooking = false;
        if (std::exchange(m_discs, found) != found) {
            Q_EMIT changed();
        }
    });
}

} // namespace radpost::ui
