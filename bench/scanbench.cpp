// scanbench THREADS PATH...: scans like `radpost scan`, without ledger or output, and prints one JSON line:
// files, instances, seconds, CPU seconds, peak resident kilobytes.

#include "core/scan/Scanner.h"

#include <QCoreApplication>

#include <chrono>
#include <cstdio>

#include <sys/resource.h>

using namespace radpost;

namespace {

/// Reads what a program that keeps a tree of patients would look at, and keeps nothing.
class CountingSink final : public scan::ScanSink
{
public:
    void onInstance(scan::ScannedInstance&& instance) override { m_seen += instance.header.patientName.size(); }
    void onSkipped(scan::SkippedFile&&) override {}
    void onDuplicate(scan::DuplicateFile&&) override {}
    [[nodiscard]] qsizetype seen() const { return m_seen; }

private:
    qsizetype m_seen = 0;
};

double secondsOf(const timeval& time)
{
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

void print(const scan::ScanSummary& summary, std::chrono::duration<double> took)
{
    rusage usage = {};
    getrusage(RUSAGE_SELF, &usage);
    std::printf(
        "{\"files\": %lld, \"instances\": %lld, \"seconds\": %.6f, \"cpuSeconds\": %.6f, \"peakKilobytes\": %ld}\n",
        static_cast<long long>(summary.files), static_cast<long long>(summary.instances), took.count(),
        secondsOf(usage.ru_utime) + secondsOf(usage.ru_stime), usage.ru_maxrss);
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 3) {
        std::fputs("usage: scanbench THREADS PATH...\n", stderr);
        return 2;
    }
    scan::ScanParams params;
    params.threads = arguments.at(1).toInt();
    params.paths = arguments.mid(2);
    CountingSink sink;
    const auto start = std::chrono::steady_clock::now();
    const auto summary = scan::scan(params, sink, {});
    if (!summary || sink.seen() < 0) {
        std::fputs("scanbench: the scan failed\n", stderr);
        return 1;
    }
    print(*summary, std::chrono::steady_clock::now() - start);
    return 0;
}
