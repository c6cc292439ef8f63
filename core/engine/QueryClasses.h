#pragma once

#include "core/engine/QueryKeys.h"
#include "core/net/dimse.h"
#include "core/net/pdu.h"

#include <QByteArrayView>

#include <optional>

namespace radpost::engine {

/// A SOP class of PS3.4 C.6.1.3 and C.6.2.3.
struct QueryClass
{
    QByteArrayView uid;
    QueryRoot root = QueryRoot::Study;
    net::DimseCommand command = net::DimseCommand::CFindRq;
};

/// Nothing for any other SOP class.
[[nodiscard]] std::optional<QueryClass> queryClassOf(const QByteArray& uid);

/// What of @p asked, an application information of extended negotiation, is granted: relational queries, and for C-FIND
/// dates with their times (PS3.4 C.5.1.1, C.5.2.1, C.5.3.1).
[[nodiscard]] QByteArray grantedOf(const QueryClass& queryClass, const QByteArray& asked);

/// As both sides agreed on it.
[[nodiscard]] QueryOptions optionsOf(const QueryClass& queryClass, const net::AssociateAc& accepted);

} // namespace radpost::engine
