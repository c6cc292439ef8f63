#pragma once

#include "core/base/CancelToken.h"
#include "core/base/Deadline.h"
#include "core/net/bytes.h"

#include <chrono>
#include <cstddef>
#include <span>

namespace radpost::net {

/// Takes what arrives while a write has to wait, so that two sides that both write never stop each other.
class InputSink
{
public:
    /// Room for input; empty when there is none, then the input stays with the system.
    [[nodiscard]] virtual std::span<std::byte> inputSpace() = 0;

    /// @p count bytes of that room were filled.
    virtual void inputArrived(std::size_t count) = 0;

protected:
    ~InputSink() = default;
};

/// How the system acknowledges input while read() waits.
enum class AckPolicy {
    System,    ///< as the system likes: delayed, together with our own output
    Immediate, ///< at once: a peer with Nagle's algorithm on would wait 40 ms for it otherwise
};

/// A connected byte stream, plain TCP or TLS. One thread at a time; only the cancel tokens may be pulled elsewhere.
///
/// After any error but a read Timeout or Cancelled nothing more can be written; read() still gives what had arrived.
class Transport
{
public:
    virtual ~Transport() = default;

    /// Writes all parts, in order, as few system calls as possible. @p stall bounds each wait without progress, not the
    /// whole. Errors: SendStalled, ConnectionLost, Cancelled.
    [[nodiscard]] virtual Result<> write(
        std::span<const ConstBytes> parts, std::chrono::milliseconds stall, const CancelToken& cancel) = 0;

    /// Writes @p header, then @p count bytes of the open file @p fileDescriptor from @p offset; zero-copy where the
    /// system can. @p moreFollows lets the system fill its segments with what the next call brings.
    /// Errors: as write(); FileChanged when the file ends before @p count bytes, FileUnreadable.
    [[nodiscard]] virtual Result<> writeFile(ConstBytes header, int fileDescriptor, qint64 offset, qint64 count,
        bool moreFollows, std::chrono::milliseconds stall, const CancelToken& cancel) = 0;

    /// True when write() only passes the bytes on to the system, so that they may be those of a MappedFile; when that
    /// was cut meanwhile, write() fails with FileChanged.
    [[nodiscard]] virtual bool takesMappedFiles() const { return false; }

    /// Reads what is there, at least one byte, at most the size of @p into. 0 means the peer closed its side.
    /// Errors: ResponseTimeout at the deadline, ConnectionLost, Cancelled.
    [[nodiscard]] virtual Result<std::size_t> read(
        std::span<std::byte> into, const Deadline& deadline, const CancelToken& cancel) = 0;

    /// True when read() would not wait.
    [[nodiscard]] virtual bool hasInput() = 0;

    /// Who takes input that arrives while a write waits; null (the default) leaves it with the system. read() gives it
    /// nothing, even where it sends something itself: the room that the sink offers may be the one being read into.
    virtual void setInputSink(InputSink* sink) = 0;

    /// System is the default. Where the system has no such switch this does nothing.
    virtual void setAckPolicy(AckPolicy policy) = 0;

    /// Ends the connection; idempotent.
    virtual void close() = 0;

    /// Of the other side, for logs: "10.1.2.3:104".
    [[nodiscard]] virtual QString peerAddress() const = 0;
};

} // namespace radpost::net
