#pragma once

#include "core/net/pdu.h"

#include <QByteArray>
#include <QSet>

#include <vector>

namespace radpost::engine {

/// Explicit and Implicit VR Little Endian, in this order.
[[nodiscard]] std::vector<TransferSyntaxUid> plainSyntaxes();

/// The part of a C-GET's negotiation in which the peer is to store here: contexts, and the roles that turn them round
/// (PS3.4 C.5.3, PS3.7 D.3.3.4). A value.
///
/// The compressed transfer syntaxes of a class are a context of their own, so that a peer that accepts one of them is
/// not bound to it for what it holds uncompressed.
class StorageContexts final
{
public:
    /// For these SOP classes, as many as an association has room for.
    [[nodiscard]] static StorageContexts of(const QSet<QByteArray>& sopClassUids);
    /// When nobody knows what will come: every class of the Standard, by clinical use, uncompressed; images of
    /// everyday in the compressed syntaxes, too. It takes an association for each part.
    [[nodiscard]] static std::vector<StorageContexts> usual();

    /// Appends the contexts behind those that are there.
    void appendTo(std::vector<net::ProposedContext>& contexts) const;
    [[nodiscard]] std::vector<net::RoleSelection> roles() const;
    /// What they take room for in an association, beside others.
    [[nodiscard]] std::size_t size() const { return m_wanted.size(); }

private:
    struct Wanted
    {
        SopClassUid sopClassUid;
        std::vector<TransferSyntaxUid> syntaxes;
    };

    [[nodiscard]] bool hasRoomFor(bool isCompressible) const;
    void add(const QByteArray& sopClassUid, bool isCompressible);

    std::vector<Wanted> m_wanted;
};

} // namespace radpost::engine
