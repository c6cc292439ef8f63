#pragma once

#include <QtGlobal>

#include <cstddef>
#include <span>

namespace radpost::dicom {

/// Bytes that can be looked at by offset, through a window that moves. Not thread-safe.
class ByteSource
{
public:
    ByteSource() = default;
    virtual ~ByteSource() = default;
    Q_DISABLE_COPY_MOVE(ByteSource)

    /// The largest @c count of view().
    static constexpr qint64 kMaxView = 64 * 1024;

    /// @p count bytes from @p offset, valid until the next call; nullptr when the source ends before, cannot be read,
    /// or @p count is above kMaxView.
    [[nodiscard]] const std::byte* view(qint64 offset, qint64 count)
    {
        const qint64 start = offset - m_windowStart;
        if (start >= 0 && start <= m_windowSize && count <= m_windowSize - start) {
            return m_window + start;
        }
        if (offset < 0 || count < 0 || count > kMaxView || offset > m_end - count || !fill(offset, count)) {
            return nullptr;
        }
        return m_window + (offset - m_windowStart);
    }

    /// Where the bytes end; of an inflating source an upper bound until its end was met.
    [[nodiscard]] qint64 end() const { return m_end; }

    enum class Fault {
        None,
        Unreadable, ///< the system could not read what exists
        CutShort,   ///< a deflated stream without its end
        Damaged,    ///< a deflated stream that is none, or that grows without bound
    };

    /// Why the last view() gave nothing, beyond a plain end of the bytes.
    [[nodiscard]] Fault fault() const { return m_fault; }

protected:
    /// Moves the window so that it holds the range; false when that cannot be.
    virtual bool fill(qint64 offset, qint64 count) = 0;

    const std::byte* m_window = nullptr;
    qint64 m_windowStart = 0;
    qint64 m_windowSize = 0;
    qint64 m_end = 0;
    Fault m_fault = Fault::None;
};

/// Bytes in memory; the caller keeps them alive.
class MemorySource final : public ByteSource
{
public:
    explicit MemorySource(std::span<const std::byte> bytes)
    {
        m_window = bytes.data();
        m_windowSize = m_end = static_cast<qint64>(bytes.size());
    }

protected:
    bool fill(qint64, qint64) override { return false; }
};

} // namespace radpost::dicom
