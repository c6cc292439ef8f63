#include "ui/send/Discs.h"

#include <QDir>
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
