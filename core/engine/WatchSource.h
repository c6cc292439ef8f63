#pragma once

#include "core/base/CancelToken.h"
#include "core/base/Clock.h"
#include "core/config/Serve.h"
#include "core/engine/SpoolServer.h"
#include "core/scan/WatchFolder.h"

#include <functional>
#include <memory>
#include <thread>

namespace radpost::spool {
class Intake;
class Spool;
} // namespace radpost::spool

namespace radpost::engine {

struct WatchSourceParams
{
    config::WatchSettings settings;
    QString journal;         ///< of the files that were taken
    QString temporaryFolder; ///< for members of archives
    /// After an instance is in the spool, and after one could not be kept for good. From the source's thread.
    std::function<void(const SpooledInstance&)> onInstance;
    /// A file was set aside or stays without being taken; the reason is English.
    std::function<void(const QString& path, const Error& reason)> onJunk;
};

/// A watch folder as a source of the spool: its files enter as instances do that are received, under the name of the
/// folder. On a thread of its own. Any thread.
class WatchSource final : private scan::WatchSink
{
public:
    WatchSource(spool::Spool& spool, const Clock& clock, WatchSourceParams params);
    /// stop().
    ~WatchSource() override;
    Q_DISABLE_COPY_MOVE(WatchSource)

    /// Errors: those of scan::TakenFiles::open().
    [[nodiscard]] Result<> start();
    void stop();

private:
    [[nodiscard]] Result<> take(scan::ScannedInstance&& instance) override;
    void onJunk(scan::SkippedFile&& file, const QString& movedTo) override;
    void onStuck(const QString& path, const Error& error) override;
    [[nodiscard]] Result<> copy(const scan::ScannedInstance& instance);
    void main();

    const Clock& m_clock;
    const WatchSourceParams m_params;
    const std::unique_ptr<spool::Intake> m_intake;
    scan::TakenFiles m_taken;
    scan::WatchFolder m_folder;
    bool m_wasReachable = true;
    CancelSource m_cancel;
    std::thread m_thread;
};

} // namespace radpost::engine
