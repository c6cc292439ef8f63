#pragma once

#include "core/dicom/KeyMatch.h"
#include "core/store/SpoolSearch.h"

namespace radpost::engine {

/// What narrows the index for the key @p tag, which is kept in @p column; see store::SpoolTerm. Nothing for times and
/// numbers, which are written in more than one way. Pure.
[[nodiscard]] QList<store::SpoolTerm> termsOf(quint32 tag, store::SpoolColumn column, const dicom::KeyMatch& match);

} // namespace radpost::engine
