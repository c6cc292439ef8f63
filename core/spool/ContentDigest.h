#pragma once

#include <QString>

#include <cstddef>
#include <memory>
#include <span>

namespace radpost::spool {

/// XXH3 with 128 bits over bytes that pass: some 12 GB/s on one core, where SHA-256 has 1.7. It tells contents apart
/// that differ by accident; who must know for sure compares the bytes. One thread.
class ContentDigest final
{
public:
    ContentDigest();
    ~ContentDigest();
    Q_DISABLE_COPY_MOVE(ContentDigest)

    void restart();
    void add(std::span<const std::byte> bytes);

    /// Hexadecimal, as "xxhsum -H2" prints it.
    [[nodiscard]] QString value() const;

private:
    struct State;
    std::unique_ptr<State> d;
};

} // namespace radpost::spool
