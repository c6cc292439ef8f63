#pragma once

#include <QString>

namespace radpost::dicom {

/// DCMTK's decoders fill in what is missing from damaged pixel data and report success; only their log messages tell.
/// This collects what the decoders say on the current thread, from construction to destruction.
class DecodeComplaints final
{
public:
    DecodeComplaints();
    ~DecodeComplaints();
    Q_DISABLE_COPY_MOVE(DecodeComplaints)

    /// The first message that means lost pixels; empty when there was none.
    [[nodiscard]] QString firstLoss() const;

    /// The first message of a decoder that gave up; its status says less.
    [[nodiscard]] QString firstError() const;

    /// Has DCMTK's loggers report here instead of on the terminal. Once a process.
    static void install();
};

} // namespace radpost::dicom
