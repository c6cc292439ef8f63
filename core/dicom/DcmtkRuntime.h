#pragma once

#include "core/base/Result.h"

namespace radpost::dicom {

/// The state of DCMTK: data dictionary, codecs, log sinks. It belongs to the process, so that any number of these
/// objects stand for the same; who holds one may use DCMTK. Costs nothing until something needs it: the dictionary
/// alone takes tens of milliseconds.
class DcmtkRuntime final
{
public:
    /// Loads the dictionary, registers the decoders and takes DCMTK's messages off the terminal; does it once a
    /// process. Blocks; any thread. Errors: Unsupported when the dictionary is not installed.
    [[nodiscard]] Result<> ensureReady();

    /// Of the library, for support.
    [[nodiscard]] static QString version();
};

} // namespace radpost::dicom
