#pragma once

#include "app/cli/Arguments.h"
#include "core/dicom/SyntheticStudy.h"

namespace radpost::cli {

/// Fills @p params from the options of `synth`. @return what is wrong, in the user's language; empty when nothing is.
[[nodiscard]] QString readSyntheticOptions(const Arguments& arguments, dicom::SyntheticParams& params);

/// One series of every kind, in sizes that are made within a moment.
[[nodiscard]] QList<dicom::SyntheticSeries> mixedSeries();

} // namespace radpost::cli
