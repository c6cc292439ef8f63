#include "core/scan/Scanner.h"

#include "core/scan/FileScanner.h"
#include "core/scan/FolderWalk.h"
#include "core/scan/ScanGate.h"
#include "core/scan/ScratchArea.h"
#include "core/scan/WorkQueue.h"

#include <QFileInfo>

#include <algorithm>
#include <system_error>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;

namespace radpost::scan {

namespace {

/// One scan: the calling thread walks, the others read. With one thread the caller does both in turn, which needs no
/// handing over and keeps the order of the walk.
class ScanRun final
{
public:
    ScanRun(const ScanParams& params, ScanSink& sink, const CancelToken& cancel)
        : m_params(params)
        , m_cancel(cancel)
        , m_gate(sink, cancel)
        , m_scratch(params.temporaryFolder, params.reserveBytes)
        , m_walk(
              params.paths, m_scratch, [this](SkippedFile&& file) { m_gate.deliver(std::move(file)); }, cancel)
        , m_queue(cancel)
    {
    }

    Result<ScanSummary> run()
    {
        if (m_params.threads <= 1 || !readInThreads()) {
            readHere();
        }
        if (auto check = m_cancel.check(); !check) {
            return fail(std::move(check.error()));
        }
        return m_gate.summary();
    }

private:
    void readHere()
    {
        FileScanner scanner(m_params, m_gate, m_scratch, m_cancel);
        while (const auto batch = m_walk.next()) {
            scanner.scanBatch(*batch, [&](FoundFile&& archive) { scanner.scanArchive(archive); });
        }
    }

    bool readInThreads()
    {
        std::vector<std::jthread> readers;
        try {
            for (int i = 0; i < m_params.threads; ++i) {
                readers.emplace_back([this] { read(); });
            }
        } catch (const std::system_error&) {
            // The system is out of threads: fewer will do, and none at all leaves it to the caller.
        }
        if (readers.empty()) {
            return false;
        }
        while (auto batch = m_walk.next()) {
            m_queue.push(std::move(*batch));
        }
        m_queue.close();
        return true;
    }

    void read()
    {
        FileScanner scanner(m_params, m_gate, m_scratch, m_cancel);
        bool isBusy = false;
        while (const auto work = m_queue.take(isBusy)) {
            if (const auto* batch = std::get_if<FileBatch>(&*work)) {
                scanner.scanBatch(*batch, [this](FoundFile&& archive) { m_queue.pushArchive(std::move(archive)); });
            } else {
                scanner.scanArchive(std::get<FoundFile>(*work));
            }
        }
    }

    const ScanParams& m_params;
    const CancelToken m_cancel;
    ScanGate m_gate;
    ScratchArea m_scratch;
    FolderWalk m_walk;
    WorkQueue m_queue;
};

} // namespace

Result<ScanSummary> scan(const ScanParams& params, ScanSink& sink, const CancelToken& cancel)
{
    const auto exists = [](const QString& path) { return QFileInfo::exists(path); };
    if (std::none_of(params.paths.begin(), params.paths.end(), exists)) {
        return fail(ErrorCode::FileNotFound, u"none of the %1 paths exists"_s.arg(params.paths.size()));
    }
    return ScanRun(params, sink, cancel).run();
}

} // namespace radpost::scan
