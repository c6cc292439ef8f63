#pragma once

#include "core/dicom/ByteSource_p.h"
#include "core/dicom/Encoding.h"

#include <optional>

namespace radpost::dicom {

/// True when the bytes at @p offset can be the head of an element in @p encoding: the VR fits and the group is a low
/// one. Costs a few nanoseconds; a sign, not a proof.
[[nodiscard]] bool startsLike(ByteSource& source, qint64 offset, Encoding encoding);

/// The encoding in which the first elements at @p offset make sense: known VRs or none, ascending tags, lengths inside
/// the source. Nothing when the bytes are no data set.
[[nodiscard]] std::optional<Encoding> guessEncoding(ByteSource& source, qint64 offset);

} // namespace radpost::dicom
