#pragma once

#include "core/scan/WatchFolder.h"

#include <functional>

namespace radpost::scan {

/// Polls a watch folder when the system tells of a change (inotify and the like, through QFileSystemWatcher), when
/// something may have settled, and in any case every @p interval: network shares tell nothing. Blocks until cancelled;
/// call from a worker thread. @p onPoll gets the outcome of each look, on that thread; errors do not end it, since a
/// share comes back.
void runWatch(WatchFolder& folder, const Clock& clock, std::chrono::milliseconds interval, const CancelToken& cancel,
    const std::function<void(const Result<WatchReport>&)>& onPoll);

} // namespace radpost::scan
