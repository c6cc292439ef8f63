#include "core/engine/QueryNegotiation.h"

#include "core/dicom/SopClass.h"
#include "core/dicom/TransferSyntax.h"
#include "core/engine/QueryClasses.h"
#include "core/net/Association.h"
#include "core/net/implementation.h"
#include "core/store/SpoolLookup.h"

#include <algorithm>

namespace radpost::engine {

namespace {

bool isUncompressedLittleEndian(const TransferSyntaxUid& syntax)
{
    return syntax.value == net::kExplicitLittleEndian || syntax.value == net::kImplicitLittleEndian;
}

/// An uncompressed data set can be made of it.
bool canBecomeUncompressed(const QString& uid)
{
    const auto* syntax = dicom::TransferSyntax::find(uid.toLatin1());
    return syntax != nullptr && (syntax->isUncompressed() || syntax->isDeflated || syntax->canDecompress());
}

/// Of the syntaxes that a peer takes in one context, the one in which most can be sent without a change: what all
/// instances of the class have, else an uncompressed one when others can be converted into it, else what some have.
TransferSyntaxUid bestOf(const net::ProposedContext& context, const QStringList& inSpool)
{
    const auto& offered = context.transferSyntaxes;
    const auto offers = [&offered](const QString& uid) {
        return std::find(offered.begin(), offered.end(), TransferSyntaxUid{uid.toLatin1()}) != offered.end();
    };
    const auto own = std::find_if(inSpool.begin(), inSpool.end(), offers);
    const bool canConvert = inSpool.isEmpty() || std::any_of(inSpool.begin(), inSpool.end(), canBecomeUncompressed);
    if (own != inSpool.end() && (inSpool.size() == 1 || !canConvert)) {
        return {own->toLatin1()};
    }
    for (const auto uncompressed : {net::kExplicitLittleEndian, net::kImplicitLittleEndian}) {
        if (const auto uid = QString::fromLatin1(uncompressed); offers(uid)) {
            return {uid.toLatin1()};
        }
    }
    return own != inSpool.end() ? TransferSyntaxUid{own->toLatin1()} : offered.front();
}

/// Once for each SOP class, however many contexts it has (PS3.7 D.3.3.5).
void grantExtended(const QueryClass& known, const net::AssociateRq& request, net::AssociateAc& answer)
{
    const auto isOfClass = [&known](const auto& extended) { return extended.sopClassUid == known.uid; };
    auto& granted = answer.user.extended;
    const auto asked = std::find_if(request.user.extended.begin(), request.user.extended.end(), isOfClass);
    if (asked != request.user.extended.end() && std::none_of(granted.begin(), granted.end(), isOfClass)) {
        granted.push_back({asked->sopClassUid, grantedOf(known, asked->information)});
    }
}

net::AnsweredContext answerTo(const net::ProposedContext& context)
{
    const auto& offered = context.transferSyntaxes;
    const auto syntax = std::find_if(offered.begin(), offered.end(), isUncompressedLittleEndian);
    return syntax != offered.end() ? net::AnsweredContext{context.id, net::kContextAccepted, *syntax}
                                   : net::AnsweredContext{context.id, net::kContextTransferSyntaxesNotSupported, {}};
}

} // namespace

QStringList syntaxesInSpool(const QByteArray& sopClassUid, store::SpoolLookup& lookup)
{
    auto contexts = lookup.contexts().value_or(QList<store::SpoolContext>());
    contexts.removeIf([&](const auto& context) { return context.sopClassUid.toLatin1() != sopClassUid; });
    if (contexts.size() > 1) {
        contexts.removeIf([&](const auto& context) { return !lookup.hasInstances(context.id).value_or(true); });
    }
    QStringList syntaxes;
    for (const auto& context : std::as_const(contexts)) {
        syntaxes.append(context.transferSyntaxUid);
    }
    return syntaxes;
}

net::ContextPlan turnedContexts(const net::Association& association)
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

QueryNegotiation::QueryNegotiation(const AccessPolicy& policy, const PeerRights& rights, SyntaxesOf syntaxesOf)
    : m_policy(policy)
    , m_rights(rights)
    , m_syntaxesOf(std::move(syntaxesOf))
{
}

QueryNegotiation::Forbidden QueryNegotiation::refine(const net::AssociateRq& request, net::AssociateAc& answer) const
{
    Forbidden forbidden;
    bool hasQuery = false;
    bool hasGet = false;
    for (std::size_t i = 0; i < request.contexts.size(); ++i) {
        const auto& context = request.contexts[i];
        const auto known = queryClassOf(context.sopClassUid.value);
        if (!known) {
            continue;
        }
        const bool isFind = known->command == net::DimseCommand::CFindRq;
        if (!(isFind ? m_rights.query : m_rights.retrieve)) {
            answer.contexts[i] = {context.id, net::kContextUserRejection, {}};
            (isFind ? forbidden.query : forbidden.retrieve) = true;
            continue;
        }
        answer.contexts[i] = answerTo(context);
        if (answer.contexts[i].result == net::kContextAccepted) {
            hasQuery = true;
            hasGet |= known->command == net::DimseCommand::CGetRq;
            grantExtended(*known, request, answer);
        }
    }
    if (hasQuery && answer.user.asyncWindow) {
        answer.user.asyncWindow = net::AsyncWindow{1, 1}; // one at a time, for C-CANCEL to mean something
    }
    if (hasGet) {
        refineRoles(request, answer);
    }
    return forbidden;
}

/// The peer is to store here as SCP (PS3.7 D.3.3.4): agreed to for each storage class.
void QueryNegotiation::refineRoles(const net::AssociateRq& request, net::AssociateAc& answer) const
{
    auto& granted = answer.user.roles;
    for (const auto& role : request.user.roles) {
        const bool isProposed = std::any_of(request.contexts.begin(), request.contexts.end(),
            [&role](const net::ProposedContext& context) { return context.sopClassUid.value == role.sopClassUid; });
        if (!isProposed) {
            continue; // nobody looks up what a role for nothing would mean: there can be a hundred thousand of them
        }
        const bool isKnown = std::any_of(granted.begin(), granted.end(),
            [&role](const net::RoleSelection& other) { return other.sopClassUid == role.sopClassUid; });
        const bool isStorage = dicom::SopClass::find(role.sopClassUid) != nullptr;
        if (role.scp && !isKnown && (isStorage || !m_syntaxesOf(role.sopClassUid).isEmpty())) {
            granted.push_back(turn(role, request, answer));
        }
    }
}

/// Our sending to the peer is not bound by what we would take of it, so a context that was refused to its storing is
/// accepted here; it may then not store in the class.
net::RoleSelection QueryNegotiation::turn(
    const net::RoleSelection& role, const net::AssociateRq& request, net::AssociateAc& answer) const
{
    const auto inSpool = m_syntaxesOf(role.sopClassUid);
    net::RoleSelection granted = role;
    for (std::size_t i = 0; i < request.contexts.size(); ++i) {
        auto context = request.contexts[i];
        if (context.sopClassUid.value != role.sopClassUid || context.transferSyntaxes.empty()) {
            continue;
        }
        const bool wasTaken = answer.contexts[i].result == net::kContextAccepted;
        if (role.scu && wasTaken) {
            std::erase_if(context.transferSyntaxes,
                [this](const TransferSyntaxUid& syntax) { return !m_policy.takesTransferSyntax(syntax.value); });
        }
        granted.scu = granted.scu && wasTaken && !context.transferSyntaxes.empty();
        const auto& offered = context.transferSyntaxes.empty() ? request.contexts[i] : context;
        answer.contexts[i] = {context.id, net::kContextAccepted, bestOf(offered, inSpool)};
    }
    return granted;
}

} // namespace radpost::engine
