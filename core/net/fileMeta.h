#pragma once

#include "core/net/bytes.h"

#include <QByteArray>

namespace radpost::net {

struct FileMeta
{
    QByteArray sopClassUid;
    QByteArray sopInstanceUid;
    QByteArray transferSyntaxUid;
    QByteArray sourceAeTitle;
    QByteArray receivingAeTitle{}; ///< likewise left out when it is empty, with the Sending AE Title
    QByteArray sourceAddress{};    ///< without port: that of a caller says nothing
};

/// Preamble, prefix and File Meta Information (PS3.10 7.1) of a file that Radpost writes; the data set follows.
[[nodiscard]] Bytes encodeFileMeta(const FileMeta& meta);

} // namespace radpost::net
