#pragma once

#include "core/dicom/ByteSource_p.h"

#include <memory>

namespace radpost::dicom {

/// The inflated bytes of a deflated data set (PS3.5 A.5), made as they are asked for. Offsets count inflated bytes;
/// looking back behind the window is not possible. A stream with a zlib header, against the Standard, is read too.
class InflateSource final : public ByteSource
{
public:
    /// No header needs more; what inflates further is damaged or made to hurt.
    static constexpr qint64 kMaxInflated = qint64(256) << 20;

    /// Gives up with Fault::Damaged behind @p mostBytes.
    InflateSource(ByteSource& packed, qint64 packedOffset, qint64 mostBytes = kMaxInflated);
    ~InflateSource() override;

protected:
    bool fill(qint64 offset, qint64 count) override;

private:
    struct Stream;

    bool inflateMore();
    bool accept(int outcome);
    bool retryWithZlibHeader();
    void dropBefore(qint64 offset);

    ByteSource& m_packed;
    const qint64 m_packedStart;
    qint64 m_packedOffset;
    std::unique_ptr<Stream> m_stream;
    std::unique_ptr<std::byte[]> m_buffer;
};

} // namespace radpost::dicom
