#include "core/engine/ScanFeeder.h"

#include "core/engine/LedgerValues.h"

#include <condition_variable>
#include <mutex>

namespace radpost::engine {

namespace {

constexpr std::chrono::milliseconds kSealInterval{1000};
constexpr std::chrono::milliseconds kProgressInterval{100};

} // namespace

ScanFeeder::ScanFeeder(std::unique_ptr<queue::Batch> batch, JobOptions options, int threads, EngineListener* listener)
    : m_batch(std::move(batch))
    , m_options(std::move(options))
    , m_onlySeries(m_options.onlySeries.begin(), m_options.onlySeries.end())
    , m_onlyKeys(m_options.onlyKeys.begin(), m_options.onlyKeys.end())
    , m_threads(threads)
    , m_listener(listener)
{
}

ScanFeeder::~ScanFeeder()
{
    m_cancel.cancel();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void ScanFeeder::leaveOut(std::unique_ptr<AlreadyThere> there, std::function<void(const Error&)> unanswered)
{
    m_there = std::move(there);
    m_unanswered = std::move(unanswered);
}

void ScanFeeder::start(std::function<void()> onEnded)
{
    m_running = true;
    m_thread = std::thread([this, ended = std::move(onEnded)] {
        run();
        m_running = false;
        ended();
    });
}

void ScanFeeder::run()
{
    scan::ScanParams params;
    params.paths = m_options.paths;
    params.threads = m_threads;
    params.temporaryFolder = m_options.unpackFolder;
    auto scanned = scan::scan(params, *this, m_cancel.token());
    if (!scanned && !m_error) {
        m_error = std::move(scanned.error());
    }
    if (!m_error) {
        seal();
    }
    const auto jobs = m_batch->jobs();
    m_batch.reset();
    if (m_listener) {
        m_listener->onScanFinished(jobs, m_soFar, m_error);
    }
}

void ScanFeeder::seal()
{
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any cancelled;
    auto sealed = m_batch->seal(m_cancel.token());
    // The ledger has no room: everything is kept in memory and written when there is.
    while (!sealed && sealed.error().retry == Retry::Later) {
        cancelled.wait_for(lock, m_cancel.token().stopToken(), kSealInterval, [] { return false; });
        sealed = m_batch->seal(m_cancel.token());
    }
    if (!sealed) {
        m_error = std::move(sealed.error());
    }
}

bool ScanFeeder::isWanted(const dicom::InstanceHeader& header) const
{
    return (m_onlySeries.isEmpty() || m_onlySeries.contains(header.seriesInstanceUid)) &&
        (m_onlyKeys.isEmpty() || m_onlyKeys.contains(seriesKey(header)));
}

void ScanFeeder::onInstance(scan::ScannedInstance&& instance)
{
    if (m_error || !isWanted(instance.header)) {
        return;
    }
    if (isThere(instance.header)) {
        onSkipped({instance.sourcePath, makeError(ErrorCode::AlreadyThere)});
        return;
    }
    if (m_error) {
        return;
    }
    ++m_soFar.files;
    ++m_soFar.instances;
    m_soFar.instanceBytes += instance.sizeBytes;
    if (m_listener) {
        m_listener->onInstance(m_batch->jobs(), instance);
    }
    stopOn(m_batch->append(newInstance(instance), m_cancel.token()));
    tellProgress();
}

/// What the job has sent itself is no reason to leave it out of the job.
bool ScanFeeder::isThere(const dicom::InstanceHeader& header)
{
    if (!m_there || m_batch->knows(header.sopInstanceUid)) {
        return false;
    }
    const auto there = m_there->has(header, m_cancel.token());
    if (!there && !m_cancel.isCancelled()) {
        m_error = there.error();
        m_unanswered(*m_error);
        m_cancel.cancel();
    }
    return there && *there;
}

void ScanFeeder::onSkipped(scan::SkippedFile&& file)
{
    ++m_soFar.files;
    ++m_soFar.skipped;
    if (m_listener) {
        m_listener->onSkipped(m_batch->jobs(), file);
    }
    stopOn(m_batch->addSkipped(skippedFile(file), m_cancel.token()));
    tellProgress();
}

void ScanFeeder::onDuplicate(scan::DuplicateFile&& file)
{
    if (!isWanted(file.instance.header)) {
        return;
    }
    ++m_soFar.files;
    ++(file.kind == scan::DuplicateKind::Identical ? m_soFar.duplicatesIdentical : m_soFar.duplicatesDiffering);
    if (m_listener) {
        m_listener->onDuplicate(m_batch->jobs(), file);
    }
    stopOn(m_batch->addDuplicate(duplicateFile(file), m_cancel.token()));
    tellProgress();
}

void ScanFeeder::tellProgress()
{
    if (!m_listener) {
        return;
    }
    const auto now = std::chrono::steady_clock::now();
    if (now >= m_nextProgress) {
        m_nextProgress = now + kProgressInterval;
        m_listener->onScanProgress(m_batch->jobs(), m_soFar);
    }
}

void ScanFeeder::stopOn(const Result<>& appended)
{
    if (!appended && !m_error) {
        m_error = appended.error();
        m_cancel.cancel();
    }
}

} // namespace radpost::engine
