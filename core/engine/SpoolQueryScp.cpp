#include "core/engine/SpoolQueryScp.h"

#include "core/engine/AuditTrail.h"
#include "core/engine/DimseConnector.h"
#include "core/engine/QueryClasses.h"
#include "core/engine/QueryNegotiation.h"
#include "core/engine/SpoolFind.h"
#include "core/net/implementation.h"
#include "core/observe/Log.h"
#include "core/observe/TransferMetrics.h"
#include "core/queue/hours.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"

#include <QDateTime>
#include <QDir>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace radpost::engine {

namespace {

namespace audit = observe::audit;
using Kind = AnsweredQuery::Kind;
using net::QueryReply;

constexpr quint16 kStatusNotAuthorized = 0x0124; // PS3.7 C.5.17

QueryReply refusalOf(const QueryFault& fault)
{
    return {net::kStatusIdentifierMismatch, fault.comment, {fault.tag}};
}

/// The keys of a request, or the response that refuses it.
tl::expected<QueryKeys, QueryReply> keysOf(const net::QueryCall& call, const net::Association& association)
{
    const auto queryClass = queryClassOf(call.context.sopClassUid.value);
    const bool isMeant = queryClass && call.request.is(queryClass->command);
    if (!isMeant) {
        return tl::unexpected(QueryReply{net::kStatusSopClassNotSupported, "not the command of this SOP class"});
    }
    const auto identifier = dicom::decodeIdentifier(net::asBytes(call.identifier), call.context.transferSyntaxUid);
    if (!identifier) {
        return tl::unexpected(QueryReply{net::kStatusUnableToProcess, "the identifier cannot be read"});
    }
    const auto options = optionsOf(*queryClass, association.accepted());
    const bool isFind = queryClass->command == net::DimseCommand::CFindRq;
    auto keys = isFind ? QueryKeys::ofFind(*identifier, options) : QueryKeys::ofRetrieve(*identifier, options);
    return keys ? tl::expected<QueryKeys, QueryReply>(*std::move(keys)) : tl::unexpected(refusalOf(keys.error()));
}

/// The destination takes nothing at this time of the day (PS3.4 Table C.4-2: unable to perform sub-operations).
QueryReply closedReply(Clock::WallTime opensAt)
{
    const auto time = QDateTime::fromMSecsSinceEpoch(opensAt.time_since_epoch().count()).toString(u"HH:mm"_s);
    return {net::kStatusNoSubOperations, "outside the hours of the destination, until " + time.toLatin1()};
}

audit::Node callerOf(const net::QueryCall& call)
{
    return {QString::fromLatin1(call.peer.callingAeTitle), call.peer.caller.address};
}

audit::Node ourselves(const net::QueryCall& call)
{
    return {QString::fromLatin1(call.peer.calledAeTitle), {}};
}

QString resultWord(const AnsweredQuery& told)
{
    if (told.isBroken) {
        return u"broken"_s;
    }
    switch (told.status) {
    case net::kStatusSuccess:
        return u"success"_s;
    case net::kStatusSomeFailed:
        return u"warning"_s;
    case net::kStatusOutOfResources: // cut by the limit
        return told.matches > 0 ? u"warning"_s : u"refused"_s;
    case net::kStatusCancel:
        return u"cancelled"_s;
    default:
        return u"refused"_s;
    }
}

} // namespace

/// Counts a request as being answered.
class SpoolQueryScp::Busy final
{
public:
    explicit Busy(SpoolQueryScp& scp)
        : m_scp(scp)
    {
        const std::lock_guard lock(m_scp.m_mutex);
        ++m_scp.m_busy;
    }
    ~Busy()
    {
        const std::lock_guard lock(m_scp.m_mutex);
        --m_scp.m_busy;
        m_scp.m_quieter.notify_all();
    }
    Q_DISABLE_COPY_MOVE(Busy)

private:
    SpoolQueryScp& m_scp;
};

SpoolQueryScp::SpoolQueryScp(SpoolQueryParams params)
    : m_params(std::move(params))
    , m_live(std::make_shared<Live>(
          Live{std::make_shared<AccessPolicy>(config::ServeSettings(), std::vector<config::ServePeer>()), {}}))
{
    QDir(m_params.copyFolder).removeRecursively(); // copies of a killed process
}

SpoolQueryScp::~SpoolQueryScp() = default;

void SpoolQueryScp::configure(std::shared_ptr<const AccessPolicy> policy, MoveTargets targets)
{
    auto live = std::make_shared<Live>(Live{std::move(policy), std::move(targets)});
    const std::lock_guard lock(m_mutex);
    m_live = std::move(live);
}

std::shared_ptr<const SpoolQueryScp::Live> SpoolQueryScp::live() const
{
    const std::lock_guard lock(m_mutex);
    return m_live;
}

void SpoolQueryScp::connectTo(net::AcceptorSettings& settings)
{
    settings.find = this;
    settings.move = this;
    settings.get = this;
    settings.refine = [this, before = std::move(settings.refine)](
                          const net::AssociateRq& request, const net::Caller& caller, net::AssociateAc& answer) {
        if (before) {
            before(request, caller, answer);
        }
        refine(request, caller, answer);
    };
}

void SpoolQueryScp::waitUntilQuiet(const Deadline& deadline, const CancelToken& cancel)
{
    constexpr std::chrono::milliseconds kLookAgain{50};
    std::unique_lock lock(m_mutex);
    while (m_busy > 0 && !deadline.isOver() && !cancel.isCancelled()) {
        m_quieter.wait_for(lock, cancel.stopToken(), kLookAgain, [this] { return m_busy == 0; });
    }
}

PeerRights SpoolQueryScp::rightsOf(
    const QByteArray& callingAeTitle, const QByteArray& calledAeTitle, const net::Caller& caller) const
{
    return live()->policy->rightsOf(
        {callingAeTitle, calledAeTitle, caller.address, caller.certificateSubject, caller.certificateSha256});
}

void SpoolQueryScp::noteForbidden(const QByteArray& callingAeTitle, const net::Caller& caller, const QString& what)
{
    const auto calling = QString::fromLatin1(callingAeTitle);
    if (m_forbidden.isAnswered(caller.address)) { // who asks a thousand times a second does not fill the log
        qCWarning(observe::lcEngine) << calling << "at" << caller.address << "may not" << what;
    }
    if (m_params.audit != nullptr) {
        m_params.audit->refused({calling, caller.address}, audit::Alert::UseOfRestrictedFunction, what);
    }
}

void SpoolQueryScp::refine(const net::AssociateRq& request, const net::Caller& caller, net::AssociateAc& answer)
{
    const auto policy = live()->policy;
    const auto rights = rightsOf(request.callingAeTitle, request.calledAeTitle, caller);
    std::unique_ptr<store::LedgerReader> reader; // opened for C-GET only: most associations store
    const QueryNegotiation negotiation(*policy, rights, [this, &reader](const QByteArray& sopClassUid) {
        if (!reader) {
            reader = m_params.ledger->openReader().value_or(nullptr);
        }
        return reader ? syntaxesInSpool(sopClassUid, reader->spoolLookup()) : QStringList();
    });
    const auto forbidden = negotiation.refine(request, answer);
    if (forbidden.query) {
        noteForbidden(request.callingAeTitle, caller, u"query"_s);
    }
    if (forbidden.retrieve) {
        noteForbidden(request.callingAeTitle, caller, u"retrieve"_s);
    }
}

Result<QueryReply> SpoolQueryScp::find(const net::QueryCall& call, net::QueryOperation& operation)
{
    return serve(Kind::Find, call, [&](AnsweredQuery& told) { return answerFind(call, operation, told); });
}

Result<QueryReply> SpoolQueryScp::move(const net::QueryCall& call, net::QueryOperation& operation)
{
    return serve(Kind::Move, call, [&](AnsweredQuery& told) { return answerMove(call, operation, told); });
}

Result<QueryReply> SpoolQueryScp::get(const net::QueryCall& call, net::QueryOperation& operation)
{
    return serve(Kind::Get, call, [&](AnsweredQuery& told) { return answerGet(call, operation, told); });
}

Result<QueryReply> SpoolQueryScp::serve(Kind kind, const net::QueryCall& call, const Answer& answer)
{
    const Busy busy(*this);
    const auto begun = m_clock.steadyNow();
    AnsweredQuery told;
    told.kind = kind;
    told.callingAeTitle = QString::fromLatin1(call.peer.callingAeTitle);
    told.calledAeTitle = QString::fromLatin1(call.peer.calledAeTitle);
    told.peerAddress = call.peer.caller.address;
    // The rights may have been taken since the association was opened.
    const auto rights = rightsOf(call.peer.callingAeTitle, call.peer.calledAeTitle, call.peer.caller);
    const bool isAllowed = kind == Kind::Find ? rights.query : rights.retrieve;
    auto reply = isAllowed ? answer(told) : Result<QueryReply>(QueryReply{kStatusNotAuthorized, "not allowed"});
    if (!isAllowed) {
        noteForbidden(call.peer.callingAeTitle, call.peer.caller, kind == Kind::Find ? u"query"_s : u"retrieve"_s);
    }
    told.isBroken = !reply;
    told.status = reply ? reply->status : quint16(0);
    note(told, m_clock.steadyNow() - begun);
    return reply;
}

void SpoolQueryScp::note(const AnsweredQuery& told, std::chrono::nanoseconds took) const
{
    qCInfo(observe::lcEngine) << told.word() << "of" << told.callingAeTitle << "at" << told.peerAddress << "level"
                              << told.level << resultWord(told) << "matches" << told.matches << "sent"
                              << told.completed + told.warning << "failed" << told.failed;
    if (m_params.metrics != nullptr) {
        auto& metrics = *m_params.metrics;
        metrics.queries.with({told.callingAeTitle, told.word().toString(), resultWord(told)}).add();
        metrics.queryDuration.with({told.word().toString()}).observe(std::chrono::duration<double>(took).count());
        metrics.retrievedInstances.with({told.callingAeTitle, u"stored"_s})
            .add(static_cast<quint64>(told.completed + told.warning));
        metrics.retrievedInstances.with({told.callingAeTitle, u"failed"_s}).add(static_cast<quint64>(told.failed));
    }
    if (m_params.onAnswered) {
        m_params.onAnswered(told);
    }
}

Result<QueryReply> SpoolQueryScp::answerFind(
    const net::QueryCall& call, net::QueryOperation& operation, AnsweredQuery& told)
{
    const auto keys = keysOf(call, operation.association());
    auto reply = keys ? findBy(*keys, call, operation, told) : Result<QueryReply>(keys.error());
    if (m_params.audit != nullptr) {
        const bool isAnswered = reply && (reply->status == net::kStatusSuccess || reply->status == net::kStatusCancel);
        const audit::Query query{callerOf(call), ourselves(call), call.context.sopClassUid.value,
            call.context.transferSyntaxUid.value, call.identifier};
        m_params.audit->record(
            audit::queried(query, isAnswered ? observe::AuditOutcome::Success : observe::AuditOutcome::MinorFailure,
                reply ? QString::fromLatin1(reply->errorComment) : errorName(reply.error().code).toString()));
    }
    return reply;
}

Result<QueryReply> SpoolQueryScp::findBy(
    const QueryKeys& keys, const net::QueryCall& call, net::QueryOperation& operation, AnsweredQuery& told)
{
    told.level = levelWord(keys.level());
    auto reader = m_params.ledger->openReader();
    if (!reader) {
        return QueryReply{net::kStatusOutOfResources, "the index cannot be opened"};
    }
    const auto policy = live()->policy;
    const auto& settings = policy->settings();
    SpoolFind find(**reader, keys, settings.queryLimit, settings.queryTimeout);
    auto reply = find.run(call, operation);
    told.matches = find.matches();
    return reply;
}

Result<QueryReply> SpoolQueryScp::answerMove(
    const net::QueryCall& call, net::QueryOperation& operation, AnsweredQuery& told)
{
    const AeTitle to{call.request.moveDestination.trimmed()};
    told.destination = to.toString();
    const auto keys = keysOf(call, operation.association());
    if (!keys) {
        return keys.error();
    }
    told.level = levelWord(keys->level());
    const auto target = live()->targets.find(to);
    if (!target && target.error() == MoveTargets::Miss::Ambiguous) {
        qCWarning(observe::lcEngine) << "C-MOVE of" << told.callingAeTitle
                                     << "is refused: several destinations or peers"
                                     << "have the AE title" << told.destination << "at different addresses";
        return QueryReply{net::kStatusUnknownDestination, "several nodes have this AE title, at different addresses"};
    }
    if (!target) {
        return QueryReply{net::kStatusUnknownDestination, "no destination or peer with a port has this title"};
    }
    RetrieveTerms terms;
    if (target->hours) {
        const queue::AllowedHours hours{target->hours->from, target->hours->until};
        if (const auto opens = queue::closedUntil(hours, m_clock.now())) {
            return closedReply(*opens);
        }
        terms.closesAt = queue::openUntil(hours, m_clock.now());
    }
    terms.bucket = bucketOf(*target);
    DimseSender sender(
        std::make_shared<DimseConnector>(*target, m_params.aeTitle), CopyWorkshop{&m_runtime, m_params.copyFolder});
    sender.setMoveOriginator({{call.peer.callingAeTitle}, call.request.messageId.value_or(0)});
    terms.awaitSign = [&sender](std::chrono::milliseconds limit, const CancelToken& cancel) {
        return sender.awaitSign(limit, cancel);
    };
    return retrieve({*keys, sender, {to.toString(), target->host}, std::move(terms)}, call, operation, told);
}

Result<QueryReply> SpoolQueryScp::answerGet(
    const net::QueryCall& call, net::QueryOperation& operation, AnsweredQuery& told)
{
    auto& association = operation.association();
    const auto keys = keysOf(call, association);
    if (!keys) {
        return keys.error();
    }
    told.level = levelWord(keys->level());
    auto scu = std::make_unique<net::StoreScu>(
        association, [&operation](const net::CommandSet& command) { return operation.hear(command); });
    DimseSender sender(std::move(scu), turnedContexts(association), association.accepted().contexts,
        CopyWorkshop{&m_runtime, m_params.copyFolder});
    return retrieve({*keys, sender, callerOf(call), {}}, call, operation, told);
}

/// One for all that goes to the destination by C-MOVE at the same time.
std::shared_ptr<SharedBucket> SpoolQueryScp::bucketOf(const config::Destination& destination)
{
    if (destination.bytesPerSecond == 0) {
        return nullptr;
    }
    const std::lock_guard lock(m_mutex);
    auto& bucket = m_buckets[destination.name];
    if (!bucket || bucket->bytesPerSecond() != destination.bytesPerSecond) {
        bucket = std::make_shared<SharedBucket>(destination.bytesPerSecond, m_clock.steadyNow());
    }
    return bucket;
}

Result<QueryReply> SpoolQueryScp::retrieve(
    Retrieval retrieval, const net::QueryCall& call, net::QueryOperation& operation, AnsweredQuery& told)
{
    auto reader = m_params.ledger->openReader();
    if (!reader) {
        return QueryReply{net::kStatusNoMatchesCalculated, "the index cannot be opened"};
    }
    retrieval.terms.searchTimeout = live()->policy->settings().queryTimeout;
    TransferAudit transfer(m_params.audit, ourselves(call), retrieval.receiver, false, true);
    SpoolRetrieve work(**reader, *m_params.folder, transfer, std::move(retrieval.terms));
    auto refused = work.find(retrieval.keys, operation);
    if (!refused || *refused) {
        return refused ? Result<QueryReply>(std::move(**refused)) : fail(std::move(refused.error()));
    }
    auto reply = work.run(retrieval.sender, call, operation);
    const auto& tally = work.tally();
    told.matches = tally.all;
    told.completed = tally.completed;
    told.failed = tally.failed;
    told.warning = tally.warning;
    return reply;
}

} // namespace radpost::engine
