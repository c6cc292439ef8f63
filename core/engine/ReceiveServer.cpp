#include "core/engine/ReceiveServer.h"

#include "core/engine/LiveAssociation.h"
#include "core/engine/ReceiveMeter.h"
#include "core/net/Acceptor.h"
#include "core/net/FileReceiver.h"

#include <atomic>
#include <map>
#include <mutex>

namespace radpost::engine {

namespace {

constexpr quint8 kReasonCalledAeNotRecognised = 7; // PS3.8 Table 9-21, source 1

net::Durability durability(config::ReceiveDurability wanted)
{
    return wanted == config::ReceiveDurability::Process ? net::Durability::Process : net::Durability::PowerLoss;
}

using SteadyClock = std::chrono::steady_clock;

ReceivedAs receivedAs(const net::StoreReply& reply)
{
    if (reply.status != net::kStatusSuccess) {
        return ReceivedAs::Failed;
    }
    return reply.isDuplicate ? ReceivedAs::Duplicate : ReceivedAs::Stored;
}

/// Hands the bytes on and keeps count of them.
class CountingSink final : public net::StoreSink
{
public:
    using Finished = std::function<void(qint64 bytes, const net::StoreReply& reply)>;

    CountingSink(std::unique_ptr<net::StoreSink> target, Finished finished)
        : m_target(std::move(target))
        , m_finished(std::move(finished))
    {
    }

    void write(std::span<const net::ConstBytes> parts) override
    {
        for (const auto part : parts) {
            m_bytes += static_cast<qint64>(part.size());
        }
        m_target->write(parts);
    }

    net::StoreReply finish() override
    {
        auto reply = m_target->finish();
        m_finished(m_bytes, reply);
        return reply;
    }

private:
    std::unique_ptr<net::StoreSink> m_target;
    Finished m_finished;
    qint64 m_bytes = 0;
};

} // namespace

struct ReceiveServer::Private final : net::StoreHandler, net::EchoHandler
{
    Private(ReceiveParams settings, std::function<void(const ReceivedInstance&)> callback)
        : params(std::move(settings))
        , onInstance(std::move(callback))
        , meter(params.metrics)
        , files(params.folder, durability(params.durability))
        , acceptor(acceptorSettings(), this, this)
    {
    }

    net::AcceptorSettings acceptorSettings()
    {
        net::AcceptorSettings settings;
        settings.address = params.address;
        settings.port = params.port;
        settings.maxPduBytes = params.maxPduBytes;
        settings.maxAssociations = params.maxAssociations;
        settings.opened = [this](const net::PeerInfo& peer) { open(peer); };
        settings.closed = [this](const net::PeerInfo& peer) { close(peer); };
        if (!params.aeTitle.isEmpty()) {
            settings.policy = [this](const net::AssociateRq& asked) { return judge(asked); };
        }
        return settings;
    }

    std::optional<net::AssociateRj> judge(const net::AssociateRq& asked)
    {
        if (asked.calledAeTitle == params.aeTitle.value) {
            return std::nullopt;
        }
        meter.refused(QStringLiteral("called_ae_title"));
        return net::AssociateRj{1, 1, kReasonCalledAeNotRecognised};
    }

    std::unique_ptr<net::StoreSink> begin(
        const net::CommandSet& request, const net::AcceptedContext& context, const net::PeerInfo& peer) override
    {
        ReceivedInstance instance;
        instance.sopClassUid = context.sopClassUid;
        instance.sopInstanceUid = {request.affectedSopInstanceUid};
        instance.transferSyntaxUid = context.transferSyntaxUid;
        instance.callingAeTitle = QString::fromLatin1(peer.callingAeTitle);
        instance.peerAddress = peer.address;
        auto association = find(peer);
        association->isReceiving = true;
        return std::make_unique<CountingSink>(files.begin(request, context, peer),
            [this, association = std::move(association), instance = std::move(instance), begun = SteadyClock::now()](
                qint64 dataSetBytes, const net::StoreReply& reply) mutable {
                instance.bytes = dataSetBytes;
                instance.status = reply.status;
                instance.fileName = QString::fromLatin1(reply.fileName);
                instance.isDuplicate = reply.isDuplicate;
                meter.received(instance.callingAeTitle, receivedAs(reply), dataSetBytes, SteadyClock::now() - begun);
                count(*association, instance);
            });
    }

    quint16 echo(const net::PeerInfo& /*peer*/) override { return net::kStatusSuccess; }

    void open(const net::PeerInfo& peer)
    {
        auto association = std::make_shared<LiveAssociation>();
        association->callingAeTitle = QString::fromLatin1(peer.callingAeTitle);
        association->peerAddress = peer.address;
        association->since = SystemClock().now();
        meter.accepted(association->callingAeTitle);
        const std::lock_guard lock(mutex);
        live.emplace(peer.association, std::move(association));
    }

    void close(const net::PeerInfo& peer)
    {
        meter.closed();
        const std::lock_guard lock(mutex);
        live.erase(peer.association);
    }

    std::shared_ptr<LiveAssociation> find(const net::PeerInfo& peer)
    {
        const std::lock_guard lock(mutex);
        return live.at(peer.association); // opened before its first request
    }

    void count(LiveAssociation& association, const ReceivedInstance& instance)
    {
        const bool isStored = instance.status == net::kStatusSuccess;
        association.count(isStored, instance.bytes);
        ++(isStored ? stored : failed);
        bytes += isStored ? instance.bytes : 0;
        if (onInstance) {
            onInstance(instance);
        }
    }

    const ReceiveParams params;
    const std::function<void(const ReceivedInstance&)> onInstance;
    ReceiveMeter meter;
    std::atomic<qint64> stored = 0;
    std::atomic<qint64> failed = 0;
    std::atomic<qint64> bytes = 0;
    mutable std::mutex mutex; // guards live
    std::map<qint64, std::shared_ptr<LiveAssociation>> live;
    net::FileReceiver files;
    net::Acceptor acceptor; // last: its threads use all of the above
};

ReceiveParams receiveParams(const config::Settings& settings)
{
    ReceiveParams params;
    params.port = settings.receivePort;
    params.aeTitle = settings.receiveAeTitle;
    params.folder = settings.receiveFolder;
    params.maxPduBytes = settings.receiveMaxPduBytes;
    params.maxAssociations = settings.receiveMaxAssociations;
    params.durability = settings.receiveDurability;
    return params;
}

ReceiveServer::ReceiveServer(ReceiveParams params, std::function<void(const ReceivedInstance&)> onInstance)
    : d(std::make_unique<Private>(std::move(params), std::move(onInstance)))
{
}

ReceiveServer::~ReceiveServer()
{
    stop();
}

Result<> ReceiveServer::start()
{
    return d->files.open().and_then([this] { return d->acceptor.start(); });
}

void ReceiveServer::stop()
{
    d->acceptor.stop();
}

quint16 ReceiveServer::port() const
{
    return d->acceptor.port();
}

std::vector<ReceiveAssociation> ReceiveServer::associations() const
{
    std::vector<ReceiveAssociation> open;
    const std::lock_guard lock(d->mutex);
    for (const auto& [id, now] : d->live) {
        open.push_back(now->seen(id));
    }
    return open;
}

ReceiveCounts ReceiveServer::counts() const
{
    return {d->stored, d->failed, d->bytes, d->acceptor.openAssociations()};
}

} // namespace radpost::engine
