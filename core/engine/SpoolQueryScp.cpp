#include "core/engine/SpoolQueryScp.h"

#include "core/dicom/SopClass.h"
#include "core/dicom/TransferSyntax.h"
#include "core/engine/AuditTrail.h"
#include "core/engine/DimseConnector.h"
#include "core/engine/QueryClasses.h"
#include "core/engine/SpoolFind.h"
#include "core/engine/SpoolRetrieve.h"
#include "core/net/implementation.h"
#include "core/observe/Log.h"
#include "core/observe/TransferMetrics.h"
#include "core/store/Ledger.h"
#include "core/store/LedgerReader.h"

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

bool isStorage(const QByteArray& uid)
{
    return dicom::SopClass::find(uid) != nullptr;
}

/// Of the syntaxes that a peer takes in one context, the one in which most can be sent without a change: what all
/// instances of the class have, else an uncompressed one, into which others can be converted.
TransferSyntaxUid bestOf(const net::ProposedContext& context, const QStringList& inSpool)
{
    const auto offers = [&context](QByteArrayView uid) {
        return std::any_of(context.transferSyntaxes.begin(), context.transferSyntaxes.end(),
            [uid](const TransferSyntaxUid& offered) { return offered.value == uid; });
    };
    if (inSpool.size() == 1 && offers(inSpool.first().toLatin1())) {
        return {inSpool.first().toLatin1()};
    }
    for (const auto uncompressed : {net::kExplicitLittleEndian, net::kImplicitLittleEndian}) {
        if (offers(uncompressed)) {
            return {uncompressed.toByteArray()};
        }
    }
    const auto found =
        std::find_if(inSpool.begin(), inSpool.end(), [&](const QString& uid) { return offers(uid.toLatin1()); });
    return found != inSpool.end() ? TransferSyntaxUid{found->toLatin1()} : context.transferSyntaxes.front();
}

/// Identifiers go uncompressed.
net::AnsweredContext plainAnswerTo(const net::ProposedContext& context)
{
    for (const auto& offered : context.transferSyntaxes) {
        if (offered.value == net::kExplicitLittleEndian || offered.value == net::kImplicitLittleEndian) {
            return {context.id, net::kContextAccepted, offered};
        }
    }
    return {context.id, net::kContextTransferSyntaxesNotSupported, {}};
}

std::vector<QueryClass> acceptedClasses(const net::AssociateRq& request, const net::AssociateAc& answer)
{
    std::vector<QueryClass> accepted;
    for (std::size_t i = 0; i < request.contexts.size(); ++i) {
        const auto known = queryClassOf(request.contexts[i].sopClassUid.value);
        if (known && answer.contexts[i].result == net::kContextAccepted) {
            accepted.push_back(*known);
        }
    }
    return accepted;
}

void grantExtended(const std::vector<QueryClass>& accepted, const net::AssociateRq& request, net::AssociateAc& answer)
{
    for (const auto& asked : request.user.extended) {
        const auto known = std::find_if(accepted.begin(), accepted.end(),
            [&asked](const QueryClass& candidate) { return candidate.uid == asked.sopClassUid; });
        if (known != accepted.end()) {
            answer.user.extended.push_back({asked.sopClassUid, grantedOf(*known, asked.information)});
        }
    }
}

/// The contexts in which the peer of @p association takes instances, as a plan to choose from.
net::ContextPlan storageOf(const net::Association& association)
{
    std::vector<net::ProposedContext> contexts;
    const auto& roles = association.accepted().user.roles;
    for (const auto& context : association.requested().contexts) {
        const bool isTurned = std::any_of(roles.begin(), roles.end(), [&context](const net::RoleSelection& role) {
            return role.scp && role.sopClassUid == context.sopClassUid.value;
        });
        if (isTurned) {
            contexts.push_back(context);
        }
    }
    return net::ContextPlan::of(std::move(contexts));
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

void SpoolQueryScp::noteForbidden(
    const QByteArray& callingAeTitle, const net::Caller& caller, const QString& what) const
{
    const auto calling = QString::fromLatin1(callingAeTitle);
    qCWarning(observe::lcEngine) << calling << "at" << caller.address << "may not" << what;
    if (m_params.audit != nullptr) {
        m_params.audit->refused({calling, caller.address}, audit::Alert::UseOfRestrictedFunction, what);
    }
}

void SpoolQueryScp::refine(const net::AssociateRq& request, const net::Caller& caller, net::AssociateAc& answer)
{
    const auto rights = rightsOf(request.callingAeTitle, request.calledAeTitle, caller);
    QSet<QString> forbidden;
    for (std::size_t i = 0; i < request.contexts.size(); ++i) {
        const auto& context = request.contexts[i];
        if (const auto known = queryClassOf(context.sopClassUid.value)) {
            const bool isFind = known->command == net::DimseCommand::CFindRq;
            const bool isAllowed = isFind ? rights.query : rights.retrieve;
            answer.contexts[i] =
                isAllowed ? plainAnswerTo(context) : net::AnsweredContext{context.id, net::kContextUserRejection, {}};
            if (!isAllowed) {
                forbidden.insert(isFind ? u"query"_s : u"retrieve"_s);
            }
        }
    }
    for (const auto& what : std::as_const(forbidden)) {
        noteForbidden(request.callingAeTitle, caller, what);
    }
    const auto accepted = acceptedClasses(request, answer);
    if (!accepted.empty() && answer.user.asyncWindow) {
        answer.user.asyncWindow = net::AsyncWindow{1, 1}; // one at a time, for C-CANCEL to mean something
    }
    grantExtended(accepted, request, answer);
    const bool hasGet = std::any_of(accepted.begin(), accepted.end(),
        [](const QueryClass& known) { return known.command == net::DimseCommand::CGetRq; });
    if (hasGet) {
        refineRoles(request, answer);
    }
}

/// The peer is to store here as SCP (PS3.7 D.3.3.4): agreed to for each storage class, with the best syntax for what
/// the spool has of it.
void SpoolQueryScp::refineRoles(const net::AssociateRq& request, net::AssociateAc& answer)
{
    QHash<QByteArray, QStringList> inSpool;
    auto reader = m_params.ledger->openReader();
    if (const auto contexts = reader ? (*reader)->spoolLookup().contexts() : fail(reader.error())) {
        for (const auto& context : *contexts) {
            inSpool[context.sopClassUid.toLatin1()].append(context.transferSyntaxUid);
        }
    }
    for (const auto& role : request.user.roles) {
        if (!role.scp || !(isStorage(role.sopClassUid) || inSpool.contains(role.sopClassUid))) {
            continue;
        }
        answer.user.roles.push_back(role);
        for (std::size_t i = 0; i < request.contexts.size(); ++i) {
            const auto& context = request.contexts[i];
            if (context.sopClassUid.value == role.sopClassUid && !context.transferSyntaxes.empty()) {
                answer.contexts[i] = {
                    context.id, net::kContextAccepted, bestOf(context, inSpool.value(role.sopClassUid))};
            }
        }
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
    if (m_params.audit != nullptr) {
        const audit::Query query{callerOf(call), ourselves(call), call.context.sopClassUid.value,
            call.context.transferSyntaxUid.value, call.identifier};
        m_params.audit->record(
            audit::queried(query, keys ? observe::AuditOutcome::Success : observe::AuditOutcome::MinorFailure,
                keys ? QString() : QString::fromLatin1(keys.error().errorComment)));
    }
    if (!keys) {
        return keys.error();
    }
    told.level = levelWord(keys->level());
    auto reader = m_params.ledger->openReader();
    if (!reader) {
        return QueryReply{net::kStatusOutOfResources, "the index cannot be opened"};
    }
    SpoolFind find(**reader, *keys, live()->policy->settings().queryLimit);
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
    if (!target || to.isEmpty()) {
        return QueryReply{net::kStatusUnknownDestination, "no destination or peer with a port has this title"};
    }
    DimseSender sender(
        std::make_shared<DimseConnector>(*target, m_params.aeTitle), CopyWorkshop{&m_runtime, m_params.copyFolder});
    sender.setMoveOriginator({{call.peer.callingAeTitle}, call.request.messageId.value_or(0)});
    return retrieve(*keys, sender, {to.toString(), target->host}, call, operation, told);
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
    DimseSender sender(std::move(scu), storageOf(association), association.accepted().contexts,
        CopyWorkshop{&m_runtime, m_params.copyFolder});
    return retrieve(*keys, sender, callerOf(call), call, operation, told);
}

Result<QueryReply> SpoolQueryScp::retrieve(const QueryKeys& keys, queue::Sender& sender, const audit::Node& receiver,
    const net::QueryCall& call, net::QueryOperation& operation, AnsweredQuery& told)
{
    auto reader = m_params.ledger->openReader();
    if (!reader) {
        return QueryReply{net::kStatusNoMatchesCalculated, "the index cannot be opened"};
    }
    TransferAudit transfer(m_params.audit, ourselves(call), receiver, false, true);
    SpoolRetrieve work(**reader, *m_params.folder, transfer);
    if (auto refused = work.find(keys)) {
        return std::move(*refused);
    }
    auto reply = work.run(sender, call, operation);
    const auto& tally = work.tally();
    told.matches = tally.all;
    told.completed = tally.completed;
    told.failed = tally.failed;
    told.warning = tally.warning;
    return reply;
}

} // namespace radpost::engine
