#include "core/net/TlsSocket.h"

#include "core/net/TlsEngine_p.h"
#include "core/net/fileread_p.h"

#include <QScopeGuard>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace radpost::net {

namespace {

constexpr std::size_t kRecordBytes = 16 * 1024; // the most one record holds (RFC 8446 5.1)
constexpr std::size_t kStageBytes = 15 * kRecordBytes;

using std::chrono::milliseconds;

} // namespace

TlsSocket::TlsSocket(std::unique_ptr<Socket> socket, std::unique_ptr<TlsEngine> engine)
    : m_socket(std::move(socket))
    , m_engine(std::move(engine))
{
    m_socket->setInputSink(this);
}

TlsSocket::~TlsSocket()
{
    close();
}

const TlsFacts& TlsSocket::facts() const
{
    return m_engine->facts();
}

Result<std::unique_ptr<TlsSocket>> TlsSocket::connect(std::unique_ptr<Socket> socket, const TlsContext& context,
    const QString& host, const Deadline& deadline, const CancelToken& cancel, TlsFacts* facts)
{
    auto engine = std::make_unique<TlsEngine>(context, TlsEngine::Side::Client);
    if (auto named = engine->setHost(host); !named) {
        return fail(named.error());
    }
    return shakeHands(std::move(socket), std::move(engine), deadline, cancel, facts);
}

Result<std::unique_ptr<TlsSocket>> TlsSocket::accept(std::unique_ptr<Socket> socket, const TlsContext& context,
    const Deadline& deadline, const CancelToken& cancel, TlsFacts* facts)
{
    auto engine = std::make_unique<TlsEngine>(context, TlsEngine::Side::Server);
    return shakeHands(std::move(socket), std::move(engine), deadline, cancel, facts);
}

Result<std::unique_ptr<TlsSocket>> TlsSocket::shakeHands(std::unique_ptr<Socket> socket,
    std::unique_ptr<TlsEngine> engine, const Deadline& deadline, const CancelToken& cancel, TlsFacts* facts)
{
    std::unique_ptr<TlsSocket> made(new TlsSocket(std::move(socket), std::move(engine)));
    const Result<> done = made->handshake(deadline, cancel);
    if (facts != nullptr) {
        *facts = made->facts();
    }
    if (!done) {
        return fail(done.error());
    }
    return made;
}

Result<> TlsSocket::handshake(const Deadline& deadline, const CancelToken& cancel)
{
    for (;;) {
        const Result<bool> done = m_engine->handshake();
        // Also after a failure: the peer is owed the alert that says why.
        const Result<> sent = flush(deadline.left(), cancel);
        if (!done) {
            return fail(done.error());
        }
        if (!sent) {
            return fail(handshakeError(sent.error()));
        }
        if (*done) {
            return {};
        }
        const Result<std::size_t> arrived = m_socket->read(m_engine->inputSpace(), deadline, cancel);
        if (!arrived) {
            return fail(handshakeError(arrived.error()));
        }
        if (*arrived == 0) {
            return fail(handshakeError(makeError(ErrorCode::ConnectionLost, u"closed by the peer"_s)));
        }
        m_engine->inputArrived(*arrived);
    }
}

/// What an error of the socket means while shaking hands.
Error TlsSocket::handshakeError(const Error& below) const
{
    if (below.code == ErrorCode::ResponseTimeout || below.code == ErrorCode::SendStalled) {
        return makeError(ErrorCode::TlsTimeout, u"no answer to the TLS handshake in time"_s);
    }
    if (below.code != ErrorCode::ConnectionLost) {
        return below;
    }
    if (m_engine->lacksRequestedCertificate()) {
        return makeError(ErrorCode::TlsClientCertificateRequired,
            u"asked for a certificate, got none, and ended the handshake: "_s % below.detail);
    }
    // What a server without TLS does with bytes that it does not understand.
    const bool understood = m_engine->hasReceived() || m_engine->isServer();
    return makeError(understood ? ErrorCode::TlsHandshakeFailed : ErrorCode::TlsPeerNotTls,
        u"the connection ended during the TLS handshake: "_s % below.detail);
}

Result<> TlsSocket::write(std::span<const ConstBytes> parts, milliseconds stall, const CancelToken& cancel)
{
    for (const ConstBytes part : parts) {
        if (auto kept = stage(part, stall, cancel); !kept) {
            return kept;
        }
    }
    return sealStage().and_then([&] { return flush(stall, cancel); });
}

Result<> TlsSocket::writeFile(ConstBytes header, int fileDescriptor, qint64 offset, qint64 count, bool moreFollows,
    milliseconds stall, const CancelToken& cancel)
{
    return stage(header, stall, cancel)
        .and_then([&] { return stageFile(fileDescriptor, offset, count, stall, cancel); })
        .and_then([&] { return moreFollows ? Result<>() : sealStage(); })
        .and_then([&] { return moreFollows ? Result<>() : flush(stall, cancel); });
}

Result<> TlsSocket::stage(ConstBytes bytes, milliseconds stall, const CancelToken& cancel)
{
    while (!bytes.empty()) {
        const std::span<std::byte> space = stageSpace(bytes.size());
        std::copy_n(bytes.begin(), space.size(), space.begin());
        bytes = bytes.subspan(space.size());
        if (auto kept = staged(space.size(), stall, cancel); !kept) {
            return kept;
        }
    }
    return {};
}

Result<> TlsSocket::stageFile(
    int fileDescriptor, qint64 offset, qint64 count, milliseconds stall, const CancelToken& cancel)
{
    while (count > 0) {
        const Result<std::size_t> got = readAt(fileDescriptor, offset, stageSpace(static_cast<std::size_t>(count)));
        if (!got) {
            return fail(got.error());
        }
        if (*got == 0) {
            return fail(ErrorCode::FileChanged, u"the file ended %1 bytes early"_s.arg(count));
        }
        offset += static_cast<qint64>(*got);
        count -= static_cast<qint64>(*got);
        if (auto kept = staged(*got, stall, cancel); !kept) {
            return kept;
        }
    }
    return {};
}

/// Never empty: staged() makes room as soon as there is none.
std::span<std::byte> TlsSocket::stageSpace(std::size_t wanted)
{
    m_stage.resize(kStageBytes);
    return std::span(m_stage).subspan(m_stagedBytes, std::min(wanted, kStageBytes - m_stagedBytes));
}

Result<> TlsSocket::staged(std::size_t count, milliseconds stall, const CancelToken& cancel)
{
    m_stagedBytes += count;
    if (m_stagedBytes < kStageBytes) {
        return {};
    }
    return sealStage().and_then([&] { return flush(stall, cancel); });
}

Result<> TlsSocket::sealStage()
{
    const Result<> sealed = m_engine->encrypt(ConstBytes(m_stage).first(m_stagedBytes));
    m_stagedBytes = 0;
    return sealed;
}

Result<> TlsSocket::flush(milliseconds stall, const CancelToken& cancel)
{
    if (m_writeFailed) {
        return fail(ErrorCode::ConnectionLost, u"an earlier write failed"_s);
    }
    if (const Result<> sent = sendOutput(stall, cancel); !sent) {
        m_writeFailed = true;
        return fail(explainLoss(sent.error()));
    }
    return {};
}

/// After SendStalled and Cancelled it may be called again and goes on where it was.
Result<> TlsSocket::sendOutput(milliseconds stall, const CancelToken& cancel)
{
    // While the socket waits, input may arrive and make output of its own (an alert): hence the second buffer.
    while (!m_rest.empty() || !m_engine->output().empty()) {
        if (m_rest.empty()) {
            m_sending.clear();
            m_sending.swap(m_engine->output());
            m_rest = m_sending;
        }
        if (const Result<> sent = m_socket->writeRest(m_rest, stall, cancel); !sent) {
            return sent;
        }
    }
    return {};
}

/// A peer that refuses us may close before we have read the alert that says why.
Error TlsSocket::explainLoss(const Error& below)
{
    if (below.code != ErrorCode::ConnectionLost) {
        return below;
    }
    while (!m_engine->canDecrypt() && takeWhatArrived()) {
    }
    return m_engine->failure().value_or(below);
}

bool TlsSocket::takeWhatArrived()
{
    const std::span<std::byte> space = m_engine->inputSpace();
    if (space.empty()) {
        return false;
    }
    const Result<std::size_t> arrived = m_socket->read(space, Deadline(milliseconds(0)), {});
    m_engine->inputArrived(arrived.value_or(0));
    return arrived.value_or(0) > 0;
}

Result<std::size_t> TlsSocket::read(std::span<std::byte> into, const Deadline& deadline, const CancelToken& cancel)
{
    for (;;) {
        const Result<std::size_t> got = m_engine->decrypt(into);
        if (!got || *got > 0 || m_engine->hasEnded()) {
            return got;
        }
        if (owesOutput()) {
            if (const Result<> sent = sendOwed(deadline, cancel); !sent && !m_engine->canDecrypt()) {
                return fail(sent.error());
            }
            continue; // something may have come meanwhile
        }
        const Result<std::size_t> arrived = m_socket->read(m_engine->inputSpace(), deadline, cancel);
        // Many peers close without close_notify; the PDUs' own lengths tell what is whole.
        if (!arrived || *arrived == 0) {
            return arrived;
        }
        m_engine->inputArrived(*arrived);
    }
}

bool TlsSocket::owesOutput() const
{
    return !m_writeFailed && (m_stagedBytes > 0 || !m_rest.empty() || !m_engine->output().empty());
}

/// What the peer may need before it says anything: staged bytes, and alerts. Errors: as read(), what could not be sent
/// in time leaves later.
Result<> TlsSocket::sendOwed(const Deadline& deadline, const CancelToken& cancel)
{
    // What arrives meanwhile stays in the engine, as far as that has room.
    InputSink* const sink = std::exchange(m_inputSink, nullptr);
    const auto restore = qScopeGuard([this, sink] { m_inputSink = sink; });
    const Result<> sent = sealStage().and_then([&] { return sendOutput(deadline.left(), cancel); });
    if (sent || sent.error().code == ErrorCode::Cancelled) {
        return sent;
    }
    if (sent.error().code == ErrorCode::SendStalled) {
        return fail(ErrorCode::ResponseTimeout, u"the peer does not take what it was sent"_s);
    }
    m_writeFailed = true;
    return fail(explainLoss(sent.error()));
}

bool TlsSocket::hasInput()
{
    while (!m_engine->canDecrypt()) {
        if (!m_socket->hasInput()) {
            return false;
        }
        if (!takeWhatArrived()) {
            return true; // the end or an error: read() tells
        }
    }
    return true;
}

std::span<std::byte> TlsSocket::inputSpace()
{
    return m_engine->inputSpace();
}

void TlsSocket::inputArrived(std::size_t count)
{
    m_engine->inputArrived(count);
    while (m_inputSink != nullptr && m_engine->canDecrypt()) {
        const std::span<std::byte> space = m_inputSink->inputSpace();
        const Result<std::size_t> got = space.empty() ? Result<std::size_t>(0) : m_engine->decrypt(space);
        if (got.value_or(0) == 0) {
            return; // no room, or an end that read() tells
        }
        m_inputSink->inputArrived(*got);
    }
}

void TlsSocket::close()
{
    m_engine->sayGoodbye();
    if (!m_writeFailed) {
        // Only what the socket takes at once: goodbye is a courtesy.
        [[maybe_unused]] const Result<> sent = flush(milliseconds(0), {});
    }
    m_socket->close();
    m_writeFailed = true;
}

} // namespace radpost::net
