#include "core/spool/ContentDigest.h"

#define XXH_INLINE_ALL // the header alone: no library to link or to ship
#include <xxhash.h>

#include <QByteArray>

namespace radpost::spool {

struct ContentDigest::State
{
    XXH3_state_t xxh;
};

ContentDigest::ContentDigest()
    : d(std::make_unique<State>())
{
    restart();
}

ContentDigest::~ContentDigest() = default;

void ContentDigest::restart()
{
    XXH3_128bits_reset(&d->xxh);
}

void ContentDigest::add(std::span<const std::byte> bytes)
{
    XXH3_128bits_update(&d->xxh, bytes.data(), bytes.size());
}

QString ContentDigest::value() const
{
    XXH128_canonical_t bytes;
    XXH128_canonicalFromHash(&bytes, XXH3_128bits_digest(&d->xxh));
    return QString::fromLatin1(QByteArray(reinterpret_cast<const char*>(bytes.digest), sizeof bytes.digest).toHex());
}

} // namespace radpost::spool
