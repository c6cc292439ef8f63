#include "core/scan/ArchiveReader.h"
#include "core/scan/filekind.h"

#include <QStringList>

#include <array>
#include <cstdint>
#include <cstdlib>

using namespace radpost::scan;

namespace {

constexpr int kMostMembers = 200;
constexpr size_t kMostBytes = 1 << 20; // a few bytes of input may unpack to gigabytes

void require(bool condition)
{
    if (!condition) {
        std::abort();
    }
}

void checkMember(const ArchiveMember& member)
{
    require(member.name.size() <= 4096);
    require(member.leadsOutside || !member.name.startsWith(u'/'));
    require(member.leadsOutside || !member.name.split(u'/').contains(QStringLiteral("..")));
}

/// False when the member ended in an error.
bool readMember(ArchiveReader& archive, size_t& total)
{
    std::array<std::byte, 16 * 1024> buffer;
    while (total < kMostBytes) {
        const auto got = archive.read(buffer);
        if (!got || *got == 0) {
            return got.has_value();
        }
        require(*got <= buffer.size());
        total += *got;
    }
    return true;
}

} // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv)
{
    // A 7z may ask for a dictionary of 4 GB; the library reserves it, and nothing is touched.
    static char limit[] = "-malloc_limit_mb=16384";
    static std::array<char*, 64> arguments{};
    int count = 0;
    while (count < *argc && count < 62) {
        arguments[static_cast<size_t>(count)] = (*argv)[count];
        ++count;
    }
    arguments[static_cast<size_t>(count++)] = limit;
    *argc = count;
    *argv = arguments.data();
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const auto bytes = std::as_bytes(std::span(data, size));
    static_cast<void>(fileKindOf(bytes));
    auto archive = ArchiveReader::openBytes(bytes);
    if (!archive) {
        return 0;
    }
    size_t total = 0;
    for (int i = 0; i < kMostMembers && total < kMostBytes; ++i) {
        const auto member = archive->next();
        if (!member || !*member) {
            require(!archive->next().value_or(std::nullopt)); // the end is the end
            break;
        }
        checkMember(**member);
        if (i % 3 != 2) { // some are passed over
            static_cast<void>(readMember(*archive, total));
        }
    }
    return 0;
}
