// What the ledger costs: instances enter a job, are claimed, and their outcomes recorded, as `radpost send` does it,
// with no scan and no network. ledgerbench [INSTANCES] [FOLDER] prints CPU time of all threads and wall time per
// instance.
#include "core/queue/Dispatcher.h"
#include "core/queue/JobQueue.h"
#include "core/queue/WaitClock.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"
#include "core/store/LedgerWriter.h"

#include <QCoreApplication>
#include <QDir>
#include <QTemporaryDir>

#include <chrono>
#include <cstdio>
#include <sys/resource.h>

using namespace radpost;
using namespace Qt::StringLiterals;

namespace {

struct Usage
{
    double cpuSeconds = 0;
    double wallSeconds = 0;

    static Usage now()
    {
        rusage usage{};
        getrusage(RUSAGE_SELF, &usage);
        const auto seconds = [](const timeval& time) -> double {
            return double(time.tv_sec) + double(time.tv_usec) / 1e6;
        };
        const std::chrono::duration<double> wall = std::chrono::steady_clock::now().time_since_epoch();
        return {seconds(usage.ru_utime) + seconds(usage.ru_stime), wall.count()};
    }
};

void print(const char* step, const Usage& from, const Usage& to, int count)
{
    std::printf("%-28s %7.2f us CPU %7.2f us wall an instance\n", step, (to.cpuSeconds - from.cpuSeconds) / count * 1e6,
        (to.wallSeconds - from.wallSeconds) / count * 1e6);
}

store::NewInstance makeInstance(int n)
{
    store::NewInstance instance;
    instance.path = u"/data/study/series%1/IM%2.dcm"_s.arg(n / 200).arg(n, 6, 10, QLatin1Char('0'));
    instance.sizeBytes = 5400;
    instance.mtimeNs = 1'700'000'000'000'000'000;
    instance.dataSetOffset = 400;
    instance.dataSetLength = 5000;
    instance.sopClassUid.value = "1.2.840.10008.5.1.4.1.1.2";
    instance.transferSyntaxUid.value = "1.2.840.10008.1.2.1";
    instance.sopInstanceUid.value = "1.2.826.0.1.3680043.8.498.45787841905473115.1000." + QByteArray::number(n);
    instance.series.patientName = u"Bench^Patient"_s;
    instance.series.patientId = u"B1"_s;
    instance.series.studyInstanceUid.value = "1.2.826.0.1.3680043.8.498.45787841905473115";
    instance.series.seriesInstanceUid.value =
        "1.2.826.0.1.3680043.8.498.45787841905473115." + QByteArray::number(n / 200);
    return instance;
}

/// Stores everything at once.
class InstantSender final : public queue::Sender
{
public:
    Result<queue::SessionInfo> open(std::span<const queue::ContextNeed>, const CancelToken&) override
    {
        return queue::SessionInfo{u"bench"_s, u"BENCH"_s, 1};
    }
    bool wasProposed(const queue::ContextNeed&) const override { return true; }
    void prepare(const queue::SendItem&) override {}
    Result<> submit(const queue::SendItem& item, const CancelToken&) override
    {
        m_outcome.delivery = item.delivery;
        m_outcome.bytesSent = item.dataSetLength;
        return {};
    }
    Result<queue::SendOutcome> awaitOutcome(const CancelToken&) override
    {
        m_outcome.kind = queue::OutcomeKind::Stored;
        m_outcome.dimseStatus = 0;
        return m_outcome;
    }
    void close() override {}

private:
    queue::SendOutcome m_outcome;
};

class InstantFactory final : public queue::SenderFactory
{
public:
    std::unique_ptr<queue::Sender> create() override { return std::make_unique<InstantSender>(); }
    Result<> probe(const CancelToken&) override { return {}; }
};

class InstantProvider final : public queue::DestinationProvider
{
public:
    Result<queue::DestinationSetup> setup(const store::JobRow& row) override
    {
        queue::DestinationPolicy policy;
        policy.name = row.destinationName;
        policy.associations = 1;
        return queue::DestinationSetup{policy, std::make_unique<InstantFactory>()};
    }
};

bool run(store::Ledger& ledger, int count)
{
    queue::JobQueue jobs(ledger);
    const auto begin = Usage::now();
    std::vector<store::NewInstance> instances;
    for (int i = 0; i < count; ++i) {
        instances.push_back(makeInstance(i));
    }
    const auto made = Usage::now();
    print("(making the test data)", begin, made, count);
    const store::NewJob list[] = {{u"bench"_s, u"BENCH"_s, u"contract"_s, QString(), 0}};
    auto batch = jobs.create(list);
    if (!batch) {
        return false;
    }
    for (auto& instance : instances) {
        if (!(*batch)->append(std::move(instance))) {
            return false;
        }
    }
    if (!(*batch)->seal()) {
        return false;
    }
    const auto entered = Usage::now();
    print("instances and deliveries", made, entered, count);
    InstantProvider provider;
    queue::DispatchEvents events;
    const queue::SystemWaitClock clock;
    queue::Dispatcher dispatcher(jobs, provider, events, clock);
    if (!dispatcher.take((*batch)->jobs().first()) || !dispatcher.waitUntilAtRest({})) {
        return false;
    }
    const auto sent = Usage::now();
    print("claims, outcomes, attempts", entered, sent, count);
    print("together", made, sent, count);
    std::printf("%lld transactions\n", static_cast<long long>(ledger.writer().commitCount()));
    return dispatcher.progress((*batch)->jobs().first())->counts.of(store::DeliveryState::Stored) == count;
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    const int count = argc > 1 ? std::atoi(argv[1]) : 20'000;
    QTemporaryDir folder(argc > 2 ? QString::fromLocal8Bit(argv[2]) + u"/ledgerbench-XXXXXX"_s
                                  : QDir::tempPath() + u"/ledgerbench-XXXXXX"_s);
    auto ledger = store::Ledger::open({.path = folder.filePath(u"ledger.db"_s)});
    if (!ledger || count <= 0 || !run(**ledger, count)) {
        std::fputs("the ledger did not do it\n", stderr);
        return 1;
    }
    return 0;
}
