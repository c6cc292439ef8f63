#pragma once

#include "core/dicom/IndexedHeader.h"

#include <cstddef>
#include <span>

namespace radpost::dicom {

/// Takes the attributes of an index out of a data set while its bytes pass, in pieces of any size: no byte is looked at
/// twice and little is kept, whatever the lengths say. Explicit and implicit VR, little and big endian, deflated; an
/// unknown transfer syntax is judged by its first element. Pixel data ends the looking. One thread.
class HeaderTap final
{
public:
    HeaderTap();
    ~HeaderTap();
    HeaderTap(const HeaderTap&) = delete;
    HeaderTap& operator=(const HeaderTap&) = delete;

    /// Begins a data set. Texts of the one before are remembered, so that equal ones are shared.
    void start(const TransferSyntaxUid& transferSyntaxUid);

    /// The next bytes, in order; cheap once isDone().
    void feed(std::span<const std::byte> bytes);

    /// Nothing that follows can change the outcome.
    [[nodiscard]] bool isDone() const;

    /// What came until now; after the last byte or any time before.
    [[nodiscard]] IndexedHeader take();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace radpost::dicom
