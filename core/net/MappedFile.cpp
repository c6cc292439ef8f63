#include "core/net/MappedFile.h"

#ifndef _WIN32
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace radpost::net {

#ifdef _WIN32

bool MappedFile::map(int, qint64, qint64)
{
    return false;
}

void MappedFile::unmap() {}

#else

bool MappedFile::map(int fileDescriptor, qint64 offset, qint64 count)
{
    unmap();
    const auto lead = offset % ::sysconf(_SC_PAGESIZE);
    const auto length = static_cast<std::size_t>(lead + count);
    void* address = ::mmap(nullptr, length, PROT_READ, MAP_SHARED, fileDescriptor, offset - lead);
    if (address == MAP_FAILED) {
        return false;
    }
    m_address = address;
    m_length = length;
    m_bytes = ConstBytes(static_cast<const std::byte*>(address), length).subspan(static_cast<std::size_t>(lead));
    return true;
}

void MappedFile::unmap()
{
    if (m_address != nullptr) {
        ::munmap(m_address, m_length);
        m_address = nullptr;
        m_bytes = {};
    }
}

#endif

} // namespace radpost::net
