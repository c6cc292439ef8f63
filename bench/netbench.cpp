// Sends the Part 10 files of a folder over one association and prints rate and CPU time an instance; or receives.
//   netbench send HOST PORT DIR [--window N] [--pdu BYTES] [--repeat N] [--aet TITLE]
//   netbench receive PORT DIR|discard [--pdu BYTES]
#include "core/net/Acceptor.h"
#include "core/net/FileReceiver.h"
#include "core/net/StoreScu.h"
#include "core/net/implementation.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDirIterator>
#include <QFile>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <set>

#include <sys/resource.h>
#include <unistd.h>

using namespace radpost;
using namespace radpost::net;

namespace {

class DiscardingSink final : public StoreSink
{
public:
    void write(std::span<const ConstBytes>) override {}
    StoreReply finish() override { return {}; }
};

class DiscardingHandler final : public StoreHandler
{
public:
    std::unique_ptr<StoreSink> begin(const CommandSet&, const AcceptedContext&, const PeerInfo&) override
    {
        return std::make_unique<DiscardingSink>();
    }
};

struct Instance
{
    StoreRequest request;
    QByteArray transferSyntax;
};

/// Enough of PS3.10 7.1 for the files that the bench makes itself.
bool readMeta(const QString& path, Instance& into)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return false;
    }
    const auto head = file.read(1024);
    if (head.size() < 144 || head.mid(128, 4) != "DICM") {
        return false;
    }
    const auto bytes = asBytes(head);
    const auto end = 144 + qint64(loadLittle<quint32>(bytes.data() + 140));
    std::size_t at = 144;
    while (qint64(at) + 8 < std::min<qint64>(end, head.size())) {
        const auto element = loadLittle<quint16>(bytes.data() + at + 2);
        const bool isLong = head.mid(qsizetype(at) + 4, 2) == "OB";
        const auto length =
            isLong ? loadLittle<quint32>(bytes.data() + at + 8) : loadLittle<quint16>(bytes.data() + at + 6);
        at += isLong ? 12 : 8;
        auto value = head.mid(qsizetype(at), qsizetype(length));
        while (value.endsWith('\0')) {
            value.chop(1);
        }
        if (element == 2) {
            into.request.sopClassUid.value = value;
        } else if (element == 3) {
            into.request.sopInstanceUid.value = value;
        } else if (element == 0x10) {
            into.transferSyntax = value;
        }
        at += length;
    }
    into.request.path = path;
    into.request.expectedSizeBytes = file.size();
    into.request.dataSetOffset = end;
    into.request.dataSetLength = file.size() - end;
    return !into.request.sopInstanceUid.isEmpty();
}

double cpuSeconds()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) -> double { return double(t.tv_sec) + double(t.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

int complain(const Error& error)
{
    std::fprintf(stderr, "%s: %s\n", qPrintable(errorName(error.code).toString()), qPrintable(error.detail));
    return 1;
}

AssociateRq requestFor(std::vector<Instance>& instances, const QCommandLineParser& options)
{
    AssociateRq request;
    request.calledAeTitle = options.value(QStringLiteral("aet")).toLatin1();
    request.callingAeTitle = "NETBENCH";
    request.applicationContext = kDicomApplicationContext.toByteArray();
    request.user.maxLength = options.value(QStringLiteral("pdu")).toUInt();
    request.user.implementationClassUid = kImplementationClassUid.toByteArray();
    request.user.implementationVersionName = kImplementationVersionName.toByteArray();
    request.user.asyncWindow = AsyncWindow{quint16(options.value(QStringLiteral("window")).toUInt()), 1};
    for (auto& instance : instances) {
        auto found = std::find_if(request.contexts.begin(), request.contexts.end(), [&](const ProposedContext& c) {
            return c.sopClassUid == instance.request.sopClassUid &&
                c.transferSyntaxes.front().value == instance.transferSyntax;
        });
        if (found == request.contexts.end()) {
            const auto id = static_cast<quint8>(request.contexts.size() * 2 + 1);
            request.contexts.push_back({id, instance.request.sopClassUid, {{instance.transferSyntax}}});
            found = std::prev(request.contexts.end());
        }
        instance.request.contextId = found->id;
    }
    return request;
}

int send(const QStringList& arguments, const QCommandLineParser& options)
{
    std::vector<Instance> instances;
    QDirIterator files(arguments.at(3), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        Instance instance;
        if (readMeta(files.next(), instance)) {
            instances.push_back(std::move(instance));
        }
    }
    const auto associateRq = requestFor(instances, options);
    auto socket =
        Socket::connect(arguments.at(1), quint16(arguments.at(2).toUInt()), Deadline(std::chrono::seconds(10)), {});
    if (!socket) {
        return complain(socket.error());
    }
    auto association = std::make_unique<Association>(std::move(*socket), Role::Requestor);
    if (auto opened = association->request(associateRq, {}); !opened) {
        return complain(opened.error());
    }
    StoreScu scu(std::move(association));
    const auto repeat = options.value(QStringLiteral("repeat")).toUInt();
    const auto total = instances.size() * repeat;
    std::size_t failed = 0;
    qint64 bytes = 0;
    const auto collect = [&]() -> Result<> {
        auto response = scu.awaitResponse({});
        if (!response) {
            return fail(std::move(response.error()));
        }
        failed += response->status == quint16(0) ? 0U : 1U;
        bytes += response->bytesSent;
        return {};
    };
    const auto cpuBefore = cpuSeconds();
    const auto begun = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < total; ++i) {
        while (scu.outstanding() >= scu.window()) {
            if (auto got = collect(); !got) {
                return complain(got.error());
            }
        }
        auto& request = instances[i % instances.size()].request;
        request.tag = i;
        if (auto sent = scu.submit(request, {}); !sent) {
            return complain(sent.error());
        }
        if (i + 1 < total) {
            auto& ahead = instances[(i + 1) % instances.size()].request;
            ahead.tag = i + 1;
            scu.prepare(ahead);
        }
    }
    while (scu.outstanding() > 0) {
        if (auto got = collect(); !got) {
            return complain(got.error());
        }
    }
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begun;
    const auto cpu = cpuSeconds() - cpuBefore;
    std::printf("%zu instances, %zu failed, window %d, fragment %u: %.0f/s, %.0f MB/s, CPU %.1f us each\n", total,
        failed, scu.window(), scu.association().maxFragment(), double(total) / elapsed.count(),
        double(bytes) / 1e6 / elapsed.count(), cpu * 1e6 / double(total));
    scu.close();
    return failed == 0 ? 0 : 1;
}

int receive(const QStringList& arguments, const QCommandLineParser& options)
{
    sigset_t stopSignals;
    sigemptyset(&stopSignals);
    sigaddset(&stopSignals, SIGTERM);
    sigaddset(&stopSignals, SIGINT);
    ::pthread_sigmask(SIG_BLOCK, &stopSignals, nullptr);
    FileReceiver files(arguments.at(2));
    DiscardingHandler discard;
    const bool discards = arguments.at(2) == QStringLiteral("discard");
    if (!discards) {
        if (auto opened = files.open(); !opened) {
            return complain(opened.error());
        }
    }
    AcceptorSettings settings;
    settings.port = quint16(arguments.at(1).toUInt());
    settings.maxPduBytes = options.value(QStringLiteral("pdu")).toUInt();
    settings.receiveBufferBytes = options.value(QStringLiteral("buffer")).toUInt();
    Acceptor acceptor(settings, discards ? static_cast<StoreHandler*>(&discard) : &files);
    if (auto started = acceptor.start(); !started) {
        return complain(started.error());
    }
    std::printf("listening on %u\n", unsigned(acceptor.port()));
    std::fflush(stdout);
    int signal = 0;
    ::sigwait(&stopSignals, &signal);
    acceptor.stop();
    std::printf("CPU %.3f s, stored %lld, duplicates %lld, failed %lld\n", cpuSeconds(),
        static_cast<long long>(files.counters().stored), static_cast<long long>(files.counters().duplicates),
        static_cast<long long>(files.counters().failed));
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser options;
    const auto add = [&options](const QString& name, const QString& value) {
        options.addOption(QCommandLineOption(name, {}, name, value));
    };
    add(QStringLiteral("window"), QStringLiteral("0"));
    add(QStringLiteral("pdu"), QString::number(1 << 20));
    add(QStringLiteral("buffer"), QString::number(512 * 1024));
    add(QStringLiteral("repeat"), QStringLiteral("1"));
    add(QStringLiteral("aet"), QStringLiteral("ANY-SCP"));
    options.process(application);
    const auto arguments = options.positionalArguments();
    if (arguments.size() == 4 && arguments.front() == QStringLiteral("send")) {
        return send(arguments, options);
    }
    if (arguments.size() == 3 && arguments.front() == QStringLiteral("receive")) {
        return receive(arguments, options);
    }
    std::fprintf(stderr, "netbench send HOST PORT DIR | netbench receive PORT DIR\n");
    return 2;
}
