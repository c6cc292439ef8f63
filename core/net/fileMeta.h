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
};

/// Preamble, prefix and File Meta Information (PS3.10 7.1) of a file that Radpost writes; the data set follows.
[[nodiscard]] Bytes encodeFileMeta(const FileMeta& meta);

} // namespace radpost::net
