#pragma once

#include "core/engine/AccessPolicy.h"
#include "core/net/ContextPlan.h"
#include "core/net/pdu.h"

#include <QStringList>

#include <functional>

namespace radpost::net {
class Association;
}

namespace radpost::store {
class SpoolLookup;
}

namespace radpost::engine {

/// Of the current instances. Where one syntax was ever seen there is nothing to choose, and nothing is looked up.
[[nodiscard]] QStringList syntaxesInSpool(const QByteArray& sopClassUid, store::SpoolLookup& lookup);

/// The contexts in which the peer of @p association takes instances, as a plan to choose from.
[[nodiscard]] net::ContextPlan turnedContexts(const net::Association& association);

/// Answers what an association request wants of Query/Retrieve (PS3.4 C.5), after the storage contexts were answered.
/// One association; any thread.
class QueryNegotiation final
{
public:
    /// Transfer syntaxes that instances of a SOP class have in the spool now; may block.
    using SyntaxesOf = std::function<QStringList(const QByteArray& sopClassUid)>;

    /// What was asked for without the right to it.
    struct Forbidden
    {
        bool query = false;
        bool retrieve = false;
        friend bool operator==(const Forbidden&, const Forbidden&) = default;
    };

    /// @p policy outlives it.
    QueryNegotiation(const AccessPolicy& policy, const PeerRights& rights, SyntaxesOf syntaxesOf);

    /// @p answer holds as many contexts as @p request, with what storing makes of them.
    [[nodiscard]] Forbidden refine(const net::AssociateRq& request, net::AssociateAc& answer) const;

private:
    void refineRoles(const net::AssociateRq& request, net::AssociateAc& answer) const;
    [[nodiscard]] net::RoleSelection turn(
        const net::RoleSelection& role, const net::AssociateRq& request, net::AssociateAc& answer) const;

    const AccessPolicy& m_policy;
    const PeerRights m_rights;
    const SyntaxesOf m_syntaxesOf;
};

} // namespace radpost::engine
