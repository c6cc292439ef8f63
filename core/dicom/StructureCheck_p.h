#pragma once

#include "core/dicom/ElementWalker_p.h"

namespace radpost::dicom {

/// Walks a whole data set from @p offset, into sequences and fragments too, without looking at values: Ok when every
/// length is inside what holds it and nothing is nested deeper than ElementWalker::kMaxDepth. What passes can be given
/// to a parser that recurses without bound.
[[nodiscard]] WalkStatus checkStructure(ByteSource& source, qint64 offset, Encoding encoding);

} // namespace radpost::dicom
