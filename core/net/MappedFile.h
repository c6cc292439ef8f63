#pragma once

#include "core/net/bytes.h"

#include <QtGlobal>

namespace radpost::net {

/// A part of an open file as memory, for the system's own calls only: they say EFAULT where the file was cut meanwhile,
/// and we would die of SIGBUS. Does nothing where the system has no such thing.
class MappedFile final
{
public:
    MappedFile() = default;
    ~MappedFile() { unmap(); }
    Q_DISABLE_COPY_MOVE(MappedFile)

    /// Maps @p count bytes from @p offset, any, instead of what was mapped before. @return false when that cannot be.
    [[nodiscard]] bool map(int fileDescriptor, qint64 offset, qint64 count);
    void unmap();

    /// Empty when nothing is mapped.
    [[nodiscard]] ConstBytes bytes() const { return m_bytes; }

private:
    void* m_address = nullptr;
    std::size_t m_length = 0;
    ConstBytes m_bytes;
};

} // namespace radpost::net
