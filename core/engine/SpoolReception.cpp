#include "core/engine/SpoolReception.h"

#include "core/dicom/uid.h"
#include "core/engine/LiveAssociation.h"
#include "core/engine/TransferAudit.h"
#include "core/net/SocketAddress.h"
#include "core/net/commitment.h"
#include "core/net/fileMeta.h"
#include "core/observe/Log.h"
#include "core/spool/Intake.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace radpost::engine {

namespace {

constexpr QByteArrayView kVerificationUid = "1.2.840.10008.1.1";
constexpr quint16 kStatusDuplicateInstance = 0x0111; // PS3.7 C.5.6
constexpr quint16 kStatusInvalidInstance = 0x0117;   // PS3.7 C.5.9
constexpr quint16 kStatusCannotUnderstand = 0xC000;  // PS3.4 Table B.2-1

// A sender that has more to send does so within this time.
constexpr auto kBetweenInstances = 1s;

net::StoreReply refusalOf(const Error& error)
{
    switch (error.code) {
    case ErrorCode::DicomMalformed:
        return {error.dimseStatus.value_or(kStatusCannotUnderstand), error.detail.toLatin1()};
    case ErrorCode::DiskFull:
        return {net::kStatusOutOfResources, "no room to store"};
    case ErrorCode::InvalidArgument:
        return {kStatusInvalidInstance, "no valid SOP Instance UID or no data set"};
    case ErrorCode::DuplicateDiffers:
        return {kStatusDuplicateInstance, "another content of this instance is kept"};
    case ErrorCode::FileWriteFailed:
        return {net::kStatusProcessingFailure, "cannot write the file"};
    default:
        // What may pass by itself is for the sender to try again.
        return error.retry == Retry::Never
            ? net::StoreReply{net::kStatusProcessingFailure, "cannot keep the instance"}
            : net::StoreReply{net::kStatusOutOfResources, "cannot keep the instance now"};
    }
}

bool isStranger(RefusalReason reason)
{
    return reason == RefusalReason::NotListed || reason == RefusalReason::CalledAeTitle;
}

/// As metrics and audit messages name it.
QString wordFor(RefusalReason reason)
{
    switch (reason) {
    case RefusalReason::CalledAeTitle:
        return u"called_ae_title"_s;
    case RefusalReason::NotListed:
        return u"not_listed"_s;
    case RefusalReason::TooMany:
        return u"too_many"_s;
    case RefusalReason::NoRoom:
        return u"no_room"_s;
    case RefusalReason::None:
        break;
    }
    return {};
}

ReceivedAs receivedAs(const net::StoreReply& reply)
{
    switch (reply.status) {
    case net::kStatusSuccess:
        return reply.isDuplicate ? ReceivedAs::Duplicate : ReceivedAs::Stored;
    case net::kStatusOutOfResources:
    case kStatusDuplicateInstance:
        return ReceivedAs::Refused;
    default:
        return ReceivedAs::Failed;
    }
}

net::AssociateRj rejectionFor(RefusalReason reason)
{
    const auto permanent = static_cast<quint8>(net::RejectResult::Permanent);
    const auto transient = static_cast<quint8>(net::RejectResult::Transient);
    const auto user = static_cast<quint8>(net::RejectSource::ServiceUser);
    const auto presentation = static_cast<quint8>(net::RejectSource::ServiceProviderPresentation);
    switch (reason) {
    case RefusalReason::CalledAeTitle:
        return {permanent, user, net::kRejectCalledAeNotRecognised};
    case RefusalReason::TooMany:
        return {transient, presentation, net::kRejectLocalLimitExceeded};
    case RefusalReason::NoRoom:
        return {transient, presentation, net::kRejectTemporaryCongestion};
    case RefusalReason::NotListed:
    case RefusalReason::None:
        break;
    }
    return {permanent, user, net::kRejectCallingAeNotRecognised};
}

} // namespace

/// What one association keeps between its instances.
struct SpoolReception::Live : LiveAssociation
{
    std::unique_ptr<spool::Intake> intake;
    std::optional<TransferAudit> audit;
};

/// One C-STORE on its way.
class SpoolReception::Sink final : public net::StoreSink
{
public:
    Sink(SpoolReception& reception, std::shared_ptr<Live> live, SpooledInstance instance, bool isTaken)
        : m_reception(reception)
        , m_live(std::move(live))
        , m_instance(std::move(instance))
        , m_isTaken(isTaken)
    {
        m_live->isReceiving = true;
        const std::lock_guard lock(m_reception.m_mutex);
        ++m_reception.m_receiving;
    }

    ~Sink() override
    {
        m_live->intake->drop();
        m_live->isReceiving = false;
        const std::lock_guard lock(m_reception.m_mutex);
        --m_reception.m_receiving;
        m_reception.m_lastMove = m_reception.m_clock.steadyNow();
        m_reception.m_quieter.notify_all();
    }
    Q_DISABLE_COPY_MOVE(Sink)

    void write(std::span<const net::ConstBytes> parts) override
    {
        for (const auto part : parts) {
            m_instance.bytes += static_cast<qint64>(part.size());
        }
        if (m_isTaken) {
            m_live->intake->write(parts);
        }
    }

    net::StoreReply finish() override
    {
        auto reply = m_isTaken ? enter() : net::StoreReply{net::kStatusSopClassNotSupported};
        m_instance.status = reply.status;
        const bool isStored = reply.status == net::kStatusSuccess;
        m_live->count(isStored, m_instance.bytes);
        if (!isStored) {
            m_live->audit->failed(
                {{}, {}, {}, {}, m_instance.sopClassUid.value}, QString::fromLatin1(reply.errorComment));
        }
        auto& watchers = m_reception.m_watchers;
        watchers.meter.received(
            m_instance.callingAeTitle, receivedAs(reply), m_instance.bytes, m_reception.m_clock.steadyNow() - m_begun);
        if (watchers.onInstance) {
            watchers.onInstance(m_instance);
        }
        return reply;
    }

private:
    net::StoreReply enter()
    {
        const auto arrived = m_live->intake->finish();
        if (!arrived) {
            if (m_reception.m_unkept.isAnswered(m_instance.peerAddress)) {
                qCWarning(observe::lcEngine)
                    << "an instance of" << m_instance.callingAeTitle << "at" << m_instance.peerAddress
                    << "is not kept:" << errorName(arrived.error().code) << arrived.error().detail;
            }
            return refusalOf(arrived.error());
        }
        m_instance.id = arrived->id;
        m_instance.version = arrived->version;
        m_instance.isIdentical = arrived->isIdentical;
        const auto& series = *arrived->series;
        m_live->audit->stored({series.patientId, series.patientName, series.studyInstanceUid, series.accessionNumber,
            m_instance.sopClassUid.value});
        if (!arrived->superseded.isEmpty()) {
            qCWarning(observe::lcEngine) << "instance" << arrived->id << "of" << m_instance.callingAeTitle
                                         << "is another content of instance" << arrived->superseded.last();
        }
        return {net::kStatusSuccess, {}, {}, arrived->isIdentical};
    }

    SpoolReception& m_reception;
    std::shared_ptr<Live> m_live;
    SpooledInstance m_instance;
    const bool m_isTaken;
    const Clock::SteadyTime m_begun = m_reception.m_clock.steadyNow();
};

SpoolReception::SpoolReception(spool::Spool& spool, const Clock& clock, SpoolWatchers watchers)
    : m_spool(spool)
    , m_clock(clock)
    , m_watchers(std::move(watchers))
    , m_refusals(clock)
{
}

SpoolReception::~SpoolReception() = default;

void SpoolReception::setPolicy(std::shared_ptr<const AccessPolicy> policy)
{
    const std::lock_guard lock(m_mutex);
    m_policy = std::move(policy);
}

std::shared_ptr<const AccessPolicy> SpoolReception::policy() const
{
    const std::lock_guard lock(m_mutex);
    return m_policy;
}

void SpoolReception::connectTo(net::AcceptorSettings& settings, const AeTitle& own)
{
    settings.admission = [this, own](const net::AssociateRq& request, const net::Caller& caller) {
        return admit(request, caller, own);
    };
    settings.chooseContext = [this](const net::ProposedContext& context) { return choose(context); };
    settings.opened = [this](const net::PeerInfo& peer) { opened(peer); };
    settings.closed = [this](const net::PeerInfo& peer) { closed(peer); };
}

std::optional<net::AcceptorSettings::Refusal> SpoolReception::admit(
    const net::AssociateRq& request, const net::Caller& caller, const AeTitle& own)
{
    const auto current = policy();
    const auto reason = judge(*current, request, caller, own);
    if (reason == RefusalReason::None) {
        return std::nullopt;
    }
    const bool isRare = m_refusals.isAnswered(caller.address);
    note(reason, request, caller, isRare);
    using Manner = net::AcceptorSettings::Manner;
    // Who may call, and only has to wait, is told so each time.
    return {{rejectionFor(reason), isRare || !isStranger(reason) ? Manner::Answer : Manner::Silence}};
}

RefusalReason SpoolReception::judge(
    const AccessPolicy& policy, const net::AssociateRq& request, const net::Caller& caller, const AeTitle& own)
{
    const auto reason = policy.judge({request.callingAeTitle, request.calledAeTitle, caller.address,
                                         caller.certificateSubject, caller.certificateSha256},
        own);
    if (reason != RefusalReason::None) {
        return reason;
    }
    if (!m_spool.isReady()) {
        return RefusalReason::NoRoom;
    }
    const std::lock_guard lock(m_mutex);
    const int limit = policy.settings().maxAssociationsPerAeTitle;
    auto& open = m_byAeTitle[request.callingAeTitle];
    if (limit > 0 && open >= limit) {
        return RefusalReason::TooMany;
    }
    ++open; // until closed()
    return RefusalReason::None;
}

void SpoolReception::note(
    RefusalReason reason, const net::AssociateRq& request, const net::Caller& caller, bool isLogged)
{
    const auto calling = QString::fromLatin1(request.callingAeTitle);
    if (isLogged) {
        qCWarning(observe::lcEngine) << "association of" << calling << "at" << caller.address
                                     << "refused:" << wordFor(reason);
    }
    m_watchers.meter.refused(wordFor(reason));
    if (isStranger(reason) && m_watchers.audit != nullptr) {
        m_watchers.audit->refused(
            {calling, caller.address}, observe::audit::Alert::NodeAuthentication, wordFor(reason));
    }
    if (isStranger(reason) && policy()->settings().learn) {
        const auto now = m_clock.now();
        m_refusals.note({0, {calling, QString::fromLatin1(request.calledAeTitle), caller.address},
            caller.certificateSha256, caller.certificateSubject, static_cast<int>(reason), now, now, 1});
    }
}

void SpoolReception::handshakeFailed(const QString& address, const Error& error)
{
    if (error.code == ErrorCode::Cancelled) {
        return;
    }
    const auto host = net::withoutPort(address);
    if (m_refusals.isAnswered(host)) {
        qCWarning(observe::lcEngine) << "no TLS with" << address << errorName(error.code) << error.detail;
    }
    m_watchers.meter.refused(u"tls"_s);
    if (m_watchers.audit != nullptr) {
        m_watchers.audit->refused({{}, host}, observe::audit::Alert::NodeAuthentication, u"tls"_s);
    }
}

net::AnsweredContext SpoolReception::choose(const net::ProposedContext& context) const
{
    const auto current = policy();
    const auto& uid = context.sopClassUid.value;
    // Not a matter of what is taken in: both are services of the gateway itself.
    const bool isVerification = uid == kVerificationUid || uid == net::kStorageCommitmentClass;
    if (!isVerification && !current->takesSopClass(uid)) {
        return {context.id, net::kContextAbstractSyntaxNotSupported, {}};
    }
    for (const auto& syntax : context.transferSyntaxes) {
        if (dicom::isValidUid(syntax.value) && (isVerification || current->takesTransferSyntax(syntax.value))) {
            return {context.id, net::kContextAccepted, syntax};
        }
    }
    return {context.id, net::kContextTransferSyntaxesNotSupported, {}};
}

void SpoolReception::opened(const net::PeerInfo& peer)
{
    qCInfo(observe::lcEngine) << "association" << peer.association << "of" << QString::fromLatin1(peer.callingAeTitle)
                              << "at" << peer.address;
    auto live = std::make_shared<Live>();
    live->intake = m_spool.makeIntake();
    const auto calling = QString::fromLatin1(peer.callingAeTitle);
    live->callingAeTitle = calling;
    live->peerAddress = peer.caller.address;
    live->since = m_clock.now();
    m_watchers.meter.accepted(calling);
    live->audit.emplace(m_watchers.audit, observe::audit::Node{calling, peer.caller.address},
        observe::audit::Node{QString::fromLatin1(peer.calledAeTitle), {}}, true);
    const std::lock_guard lock(m_mutex);
    m_live.emplace(peer.association, std::move(live));
}

void SpoolReception::closed(const net::PeerInfo& peer)
{
    m_watchers.meter.closed();
    std::shared_ptr<Live> ended; // goes after the lock: what it tells the audit trail waits for the disk
    const std::lock_guard lock(m_mutex);
    const auto live = m_live.find(peer.association);
    if (live != m_live.end()) {
        ended = std::move(live->second);
        m_live.erase(live);
    }
    if (--m_byAeTitle[peer.callingAeTitle] <= 0) {
        m_byAeTitle.remove(peer.callingAeTitle);
    }
    m_quieter.notify_all();
}

std::unique_ptr<net::StoreSink> SpoolReception::begin(
    const net::CommandSet& request, const net::AcceptedContext& context, const net::PeerInfo& peer)
{
    SpooledInstance instance;
    instance.sopClassUid = {request.affectedSopClassUid};
    instance.sopInstanceUid = {request.affectedSopInstanceUid};
    instance.transferSyntaxUid = context.transferSyntaxUid;
    instance.callingAeTitle = QString::fromLatin1(peer.callingAeTitle);
    instance.calledAeTitle = QString::fromLatin1(peer.calledAeTitle);
    instance.peerAddress = peer.caller.address;
    std::shared_ptr<Live> live;
    {
        const std::lock_guard lock(m_mutex);
        live = m_live.at(peer.association); // opened before its first request
    }
    // What was agreed on may, for C-GET, be a syntax that we only send.
    const auto current = policy();
    const bool isTaken = request.affectedSopClassUid == context.sopClassUid.value &&
        current->takesSopClass(request.affectedSopClassUid) &&
        current->takesTransferSyntax(context.transferSyntaxUid.value);
    if (isTaken) {
        live->intake->begin({instance.sopClassUid, instance.sopInstanceUid, instance.transferSyntaxUid,
            {instance.callingAeTitle, instance.calledAeTitle, instance.peerAddress},
            net::encodeFileMeta(
                {request.affectedSopClassUid, request.affectedSopInstanceUid, context.transferSyntaxUid.value,
                    peer.callingAeTitle, peer.calledAeTitle, peer.caller.address.toLatin1()})});
    }
    return std::make_unique<Sink>(*this, std::move(live), std::move(instance), isTaken);
}

int SpoolReception::openAssociations() const
{
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(m_live.size());
}

std::vector<ReceiveAssociation> SpoolReception::associations() const
{
    std::vector<ReceiveAssociation> open;
    const std::lock_guard lock(m_mutex);
    for (const auto& [id, now] : m_live) {
        open.push_back(now->seen(id));
    }
    return open;
}

void SpoolReception::waitUntilQuiet(const Deadline& deadline, const CancelToken& cancel)
{
    constexpr auto kLookAgain = 50ms;
    std::unique_lock lock(m_mutex);
    const auto isQuiet = [this] {
        const bool isIdle = m_receiving == 0 && m_clock.steadyNow() - m_lastMove >= kBetweenInstances;
        return m_live.empty() || isIdle;
    };
    while (!isQuiet() && !deadline.isOver() && !cancel.isCancelled()) {
        m_quieter.wait_for(lock, cancel.stopToken(), kLookAgain, isQuiet);
    }
}

} // namespace radpost::engine
