#include "core/scan/WatchRunner.h"

#include <QEventLoop>
#include <QFileSystemWatcher>
#include <QTimer>

#include <algorithm>

namespace radpost::scan {

namespace {

using namespace std::chrono_literals;

// Events come in bursts, one for every file that is copied; a look at the folder answers all of them.
constexpr auto kBurst = 200ms;

std::chrono::milliseconds waitAfter(
    const Result<WatchReport>& report, const Clock& clock, std::chrono::milliseconds interval)
{
    if (!report || !report->nextDue) {
        return interval;
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*report->nextDue - clock.steadyNow());
    return std::clamp(left, std::min<std::chrono::milliseconds>(kBurst, interval), interval);
}

void watchFolders(QFileSystemWatcher& watcher, const QStringList& folders)
{
    const auto watched = watcher.directories();
    QStringList added;
    for (const auto& folder : folders) {
        if (!watched.contains(folder)) {
            added.append(folder);
        }
    }
    if (!added.isEmpty()) {
        watcher.addPaths(added);
    }
}

} // namespace

void runWatch(WatchFolder& folder, const Clock& clock, std::chrono::milliseconds interval, const CancelToken& cancel,
    const std::function<void(const Result<WatchReport>&)>& onPoll)
{
    QEventLoop loop;
    QFileSystemWatcher watcher;
    QTimer timer;
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout, &loop, &QEventLoop::quit);
    QObject::connect(&watcher, &QFileSystemWatcher::directoryChanged, &timer, [&timer] {
        if (timer.remainingTimeAsDuration() > kBurst) {
            timer.start(kBurst);
        }
    });
    const std::stop_callback wake(
        cancel.stopToken(), [&loop] { QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection); });
    while (!cancel.isCancelled()) {
        const auto report = folder.poll(cancel);
        if (cancel.isCancelled()) {
            return;
        }
        watchFolders(watcher, folder.folders());
        onPoll(report);
        timer.start(waitAfter(report, clock, interval));
        loop.exec();
    }
}

} // namespace radpost::scan
