#include "core/dicom/InflateSource_p.h"

#include <zlib.h>

#include <algorithm>
#include <cstring>

namespace radpost::dicom {

namespace {

constexpr qint64 kBufferSize = 2 * ByteSource::kMaxView;
constexpr qint64 kPackedChunk = 8 * 1024;
constexpr int kRawDeflate = -MAX_WBITS;
constexpr int kZlibHeader = MAX_WBITS;

} // namespace

struct InflateSource::Stream
{
    z_stream z = {};
    const int windowBits;
    bool ready = false;
    bool ended = false;

    explicit Stream(int bits)
        : windowBits(bits)
    {
        ready = inflateInit2(&z, bits) == Z_OK;
    }
    ~Stream() { inflateEnd(&z); }
    Q_DISABLE_COPY_MOVE(Stream)
};

InflateSource::InflateSource(ByteSource& packed, qint64 packedOffset, qint64 mostBytes)
    : m_packed(packed)
    , m_packedStart(packedOffset)
    , m_packedOffset(packedOffset)
    , m_stream(std::make_unique<Stream>(kRawDeflate))
    , m_buffer(new std::byte[kBufferSize])
{
    m_window = m_buffer.get();
    m_end = mostBytes;
}

InflateSource::~InflateSource() = default;

bool InflateSource::fill(qint64 offset, qint64 count)
{
    if (offset < m_windowStart) {
        return false;
    }
    dropBefore(offset);
    while (offset > m_windowStart || m_windowSize < count) {
        if (m_stream->ended || m_fault != Fault::None || !inflateMore()) {
            return false;
        }
        dropBefore(offset);
    }
    return true;
}

void InflateSource::dropBefore(qint64 offset)
{
    const qint64 drop = std::min(offset - m_windowStart, m_windowSize);
    m_windowSize -= drop;
    m_windowStart += drop;
    if (drop > 0 && m_windowSize > 0) {
        std::memmove(m_buffer.get(), m_buffer.get() + drop, static_cast<size_t>(m_windowSize));
    }
}

bool InflateSource::inflateMore()
{
    z_stream& z = m_stream->z;
    const qint64 chunk = std::min(kPackedChunk, m_packed.end() - m_packedOffset);
    const std::byte* packed = chunk > 0 ? m_packed.view(m_packedOffset, chunk) : nullptr;
    if (!packed || !m_stream->ready) {
        m_fault = m_packed.fault() == Fault::None ? Fault::CutShort : m_packed.fault();
        return false;
    }
    z.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(packed));
    z.avail_in = static_cast<uInt>(chunk);
    z.next_out = reinterpret_cast<Bytef*>(m_buffer.get() + m_windowSize);
    z.avail_out = static_cast<uInt>(kBufferSize - m_windowSize);
    const int outcome = inflate(&z, Z_NO_FLUSH);
    m_packedOffset += chunk - z.avail_in;
    m_windowSize = kBufferSize - z.avail_out;
    return accept(outcome);
}

bool InflateSource::accept(int outcome)
{
    if (outcome == Z_STREAM_END) {
        m_stream->ended = true;
        m_end = m_windowStart + m_windowSize;
        return true;
    }
    if (outcome == Z_OK && m_windowStart + m_windowSize <= m_end) {
        return true;
    }
    if (outcome == Z_DATA_ERROR && m_windowStart + m_windowSize == 0 && retryWithZlibHeader()) {
        return true;
    }
    m_fault = Fault::Damaged;
    return false;
}

bool InflateSource::retryWithZlibHeader()
{
    if (m_stream->windowBits == kZlibHeader) {
        return false;
    }
    m_stream = std::make_unique<Stream>(kZlibHeader);
    m_packedOffset = m_packedStart;
    return m_stream->ready;
}

} // namespace radpost::dicom
