#pragma once

#include "core/base/Result.h"

#include <QtGlobal>

#include <mutex>

namespace radpost::dicom {

/// The process-wide state of DCMTK: data dictionary, codecs, log sinks. Owned by the composition, one object for the
/// life of the process; costs nothing until something needs DCMTK, since the dictionary alone takes tens of
/// milliseconds.
class DcmtkRuntime final
{
public:
    DcmtkRuntime();
    ~DcmtkRuntime();
    Q_DISABLE_COPY_MOVE(DcmtkRuntime)

    /// Loads the dictionary, registers the decoders and takes DCMTK's messages off the terminal; does it once.
    /// Blocks; any thread. Errors: Unsupported when the dictionary is not installed.
    [[nodiscard]] Result<> ensureReady();

private:
    std::once_flag m_once;
    bool m_hasCodecs = false;
    bool m_hasDictionary = false;
};

} // namespace radpost::dicom
