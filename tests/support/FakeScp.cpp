#include "tests/support/FakeScp.h"

#include <QtEndian>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

namespace radpost::test {

namespace {

constexpr int kPollMs = 20;
constexpr qsizetype kPduHeader = 6;
constexpr qsizetype kFixedRequestPart = 68; // version, reserved, two AE titles, 32 reserved bytes

QByteArray big16(quint16 value)
{
    QByteArray bytes(2, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

QByteArray big32(quint32 value)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

QByteArray item(quint8 type, const QByteArray& value)
{
    return QByteArray(1, static_cast<char>(type)) + '\0' + big16(static_cast<quint16>(value.size())) + value;
}

QByteArray element(quint16 number, QByteArray value, char padding = '\0')
{
    if (value.size() % 2 != 0) {
        value += padding;
    }
    QByteArray bytes(8, '\0');
    qToLittleEndian<quint16>(number, bytes.data() + 2);
    qToLittleEndian(static_cast<quint32>(value.size()), bytes.data() + 4);
    return bytes + value;
}

QByteArray shortElement(quint16 number, quint16 value)
{
    QByteArray bytes(2, '\0');
    qToLittleEndian(value, bytes.data());
    return element(number, bytes);
}

QByteArray tagElement(quint16 number, const std::vector<quint32>& tags)
{
    QByteArray bytes;
    for (const quint32 tag : tags) {
        QByteArray one(4, '\0');
        qToLittleEndian(static_cast<quint16>(tag >> 16), one.data());
        qToLittleEndian(static_cast<quint16>(tag & 0xFFFF), one.data() + 2);
        bytes += one;
    }
    return element(number, bytes);
}

QByteArray withoutPadding(QByteArray text)
{
    while (text.endsWith('\0') || text.endsWith(' ')) {
        text.chop(1);
    }
    return text;
}

/// Calls @p visit(type, value) for each sub-item of an upper layer PDU.
void forEachItem(const QByteArray& bytes, const std::function<void(quint8, const QByteArray&)>& visit)
{
    for (qsizetype at = 0; at + 4 <= bytes.size();) {
        const auto length = qFromBigEndian<quint16>(bytes.constData() + at + 2);
        visit(static_cast<quint8>(bytes.at(at)), bytes.mid(at + 4, length));
        at += 4 + length;
    }
}

/// Calls @p visit(element number, value) for each element of a command set.
void forEachElement(const QByteArray& bytes, const std::function<void(quint16, const QByteArray&)>& visit)
{
    for (qsizetype at = 0; at + 8 <= bytes.size();) {
        const auto length = qFromLittleEndian<quint32>(bytes.constData() + at + 4);
        visit(qFromLittleEndian<quint16>(bytes.constData() + at + 2), bytes.mid(at + 8, length));
        at += 8 + static_cast<qsizetype>(length);
    }
}

void takeCommand(const QByteArray& command, FakePeer::Message& message, bool& isComplete)
{
    forEachElement(command, [&](quint16 number, const QByteArray& value) {
        const auto asShort = [&value] { return qFromLittleEndian<quint16>(value.constData()); };
        switch (number) {
        case 0x0002:
            message.sopClass = withoutPadding(value);
            break;
        case 0x0100:
            message.command = asShort();
            break;
        case 0x0110:
            message.messageId = asShort();
            break;
        case 0x0120:
            message.respondedTo = asShort();
            break;
        case 0x0800:
            isComplete = asShort() == 0x0101; // no data set follows
            break;
        case 0x1000:
            message.sopInstance = withoutPadding(value);
            break;
        default:
            break;
        }
    });
}

} // namespace

FakePeer::FakePeer(int descriptor, const std::atomic<bool>& isStopping)
    : m_descriptor(descriptor)
    , m_isStopping(isStopping)
{
    const int on = 1;
    ::setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

FakePeer::~FakePeer()
{
    ::close(m_descriptor);
}

bool FakePeer::awaitInput()
{
    while (!m_isStopping) {
        pollfd waiting{m_descriptor, POLLIN, 0};
        if (::poll(&waiting, 1, kPollMs) != 0) {
            return true;
        }
    }
    return false;
}

bool FakePeer::hears(std::chrono::milliseconds limit)
{
    pollfd waiting{m_descriptor, POLLIN, 0};
    return ::poll(&waiting, 1, static_cast<int>(limit.count())) > 0;
}

bool FakePeer::readExactly(char* to, std::size_t size)
{
    while (size > 0) {
        const ssize_t got = awaitInput() ? ::recv(m_descriptor, to, size, 0) : 0;
        if (got <= 0) {
            return false;
        }
        to += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

std::optional<QByteArray> FakePeer::readPdu()
{
    QByteArray pdu(kPduHeader, '\0');
    if (!readExactly(pdu.data(), kPduHeader)) {
        return std::nullopt;
    }
    const auto length = qFromBigEndian<quint32>(pdu.constData() + 2);
    pdu.resize(kPduHeader + static_cast<qsizetype>(length));
    if (!readExactly(pdu.data() + kPduHeader, length)) {
        return std::nullopt;
    }
    return pdu;
}

void FakePeer::send(const QByteArray& bytes)
{
    qsizetype sent = 0;
    while (sent < bytes.size() && !m_isStopping) {
        pollfd waiting{m_descriptor, POLLOUT, 0};
        if (::poll(&waiting, 1, kPollMs) == 0) {
            continue;
        }
        const auto rest = static_cast<std::size_t>(bytes.size() - sent);
        const ssize_t count = ::send(m_descriptor, bytes.constData() + sent, rest, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count < 0) {
            return;
        }
        sent += count;
    }
}

void FakePeer::sendPdu(quint8 type, const QByteArray& body)
{
    send(QByteArray(1, static_cast<char>(type)) + '\0' + big32(static_cast<quint32>(body.size())) + body);
}

bool FakePeer::parseRequest(const QByteArray& pdu)
{
    if (pdu.at(0) != 1 || pdu.size() < kPduHeader + kFixedRequestPart) {
        return false;
    }
    m_titles = pdu.mid(kPduHeader + 4, 64);
    forEachItem(pdu.mid(kPduHeader + kFixedRequestPart), [this](quint8 type, const QByteArray& value) {
        if (type == 0x20) {
            Context& context = m_contexts.emplace_back();
            context.id = static_cast<quint8>(value.at(0));
            forEachItem(value.mid(4), [&context](quint8 subType, const QByteArray& uid) {
                if (subType == 0x30) {
                    context.abstractSyntax = withoutPadding(uid);
                } else {
                    context.transferSyntaxes.push_back(withoutPadding(uid));
                }
            });
        } else if (type == 0x50) {
            forEachItem(value, [this](quint8 subType, const QByteArray& window) {
                if (subType == 0x53) {
                    m_requestedWindow = {
                        qFromBigEndian<quint16>(window.constData()), qFromBigEndian<quint16>(window.constData() + 2)};
                }
            });
        }
    });
    return true;
}

bool FakePeer::readRequest()
{
    const auto pdu = readPdu();
    return pdu && parseRequest(*pdu);
}

bool FakePeer::accept(const Answer& answer)
{
    if (!readRequest()) {
        return false;
    }
    sendAccept(answer);
    return true;
}

void FakePeer::sendAccept(const Answer& answer)
{
    QByteArray body = big16(1) + big16(0) + m_titles + item(0x10, "1.2.840.10008.3.1.1.1");
    for (const Context& context : m_contexts) {
        const auto [result, syntax] = answer.choose
            ? answer.choose(context)
            : std::pair<quint8, QByteArray>(quint8(0), context.transferSyntaxes.front());
        const QByteArray head{QByteArray(1, static_cast<char>(context.id)) + '\0' + static_cast<char>(result) + '\0'};
        body += item(0x21, head + item(0x40, syntax));
    }
    QByteArray user;
    if (answer.maxPdu) {
        user += item(0x51, big32(*answer.maxPdu));
    }
    user += item(0x52, "1.2.3.4");
    if (answer.window) {
        user += item(0x53, big16(answer.window->first) + big16(answer.window->second));
    }
    if (!answer.implementationName.isEmpty()) {
        user += item(0x55, answer.implementationName);
    }
    sendPdu(2, body + item(0x50, user));
}

void FakePeer::reject(quint8 result, quint8 source, quint8 reason)
{
    sendPdu(3, QByteArray(1, '\0') + static_cast<char>(result) + static_cast<char>(source) + static_cast<char>(reason));
}

void FakePeer::abort(quint8 source, quint8 reason)
{
    sendPdu(7, QByteArray(2, '\0') + static_cast<char>(source) + static_cast<char>(reason));
}

/// Takes the fragments of one P-DATA PDU.
void FakePeer::takeData(const QByteArray& pdu, Message& message, QByteArray& command, bool& isComplete)
{
    for (qsizetype at = kPduHeader; at + 6 <= pdu.size();) {
        const auto length = static_cast<qsizetype>(qFromBigEndian<quint32>(pdu.constData() + at));
        const auto control = static_cast<quint8>(pdu.at(at + 5));
        const QByteArray fragment = pdu.mid(at + 6, length - 2);
        message.contextId = static_cast<quint8>(pdu.at(at + 4));
        const bool isCommand = (control & 1) != 0;
        const bool isLast = (control & 2) != 0;
        (isCommand ? command : message.dataSet) += fragment;
        if (isCommand && isLast) {
            takeCommand(command, message, isComplete);
        } else if (isLast) {
            isComplete = true;
        }
        at += 4 + length;
    }
}

std::optional<FakePeer::Message> FakePeer::readMessage()
{
    Message message;
    QByteArray command;
    bool isComplete = false;
    while (!isComplete) {
        const auto pdu = readPdu();
        if (!pdu) {
            return std::nullopt;
        }
        if (pdu->at(0) == 5) {
            m_released = true;
            sendPdu(6, QByteArray(4, '\0'));
            return std::nullopt;
        }
        if (pdu->at(0) != 4) {
            m_aborted = pdu->at(0) == 7;
            return std::nullopt;
        }
        message.largestPdu = std::max(message.largestPdu, static_cast<quint32>(pdu->size() - kPduHeader));
        takeData(*pdu, message, command, isComplete);
    }
    return message;
}

void FakePeer::respond(const Message& to, const Reply& reply)
{
    QByteArray elements = element(0x0002, to.sopClass) +
        shortElement(0x0100, static_cast<quint16>(to.command | 0x8000)) +
        shortElement(0x0120, reply.messageId.value_or(to.messageId)) +
        shortElement(0x0800, reply.dataSet.isEmpty() ? 0x0101 : 1) + shortElement(0x0900, reply.status);
    if (!reply.offendingElements.empty()) {
        elements += tagElement(0x0901, reply.offendingElements);
    }
    if (!reply.errorComment.isEmpty()) {
        elements += element(0x0902, reply.errorComment, ' ');
    }
    const QByteArray sopInstance = reply.sopInstance.value_or(to.sopInstance);
    if (!sopInstance.isEmpty()) {
        elements += element(0x1000, sopInstance);
    }
    for (quint16 i = 0; reply.suboperations && i < 4; ++i) {
        elements += shortElement(static_cast<quint16>(0x1020 + i), (*reply.suboperations)[i]);
    }
    QByteArray length(4, '\0');
    qToLittleEndian(static_cast<quint32>(elements.size()), length.data());
    const QByteArray command = element(0x0000, length) + elements;
    sendPdu(4, big32(static_cast<quint32>(command.size() + 2)) + static_cast<char>(to.contextId) + '\x03' + command);
    if (!reply.dataSet.isEmpty()) {
        sendPdu(4,
            big32(static_cast<quint32>(reply.dataSet.size() + 2)) + static_cast<char>(to.contextId) + '\x02' +
                reply.dataSet);
    }
}

int FakePeer::serve(quint16 status)
{
    int count = 0;
    while (const auto message = readMessage()) {
        ++count;
        respond(*message, {.status = status});
    }
    return count;
}

void FakePeer::drain()
{
    std::array<char, 4096> buffer{};
    while (awaitInput() && ::recv(m_descriptor, buffer.data(), buffer.size(), 0) > 0) {
    }
}

void FakePeer::hold()
{
    while (!m_isStopping) {
        pollfd waiting{m_descriptor, POLLRDHUP, 0};
        if (::poll(&waiting, 1, kPollMs) != 0) {
            return;
        }
    }
}

void FakePeer::close()
{
    ::shutdown(m_descriptor, SHUT_RDWR);
}

void serveImages(FakePeer& peer, int /*connection*/)
{
    FakePeer::Answer answer;
    answer.choose = [](const FakePeer::Context& context) {
        const bool isReport = context.abstractSyntax.startsWith("1.2.840.10008.5.1.4.1.1.88.");
        return std::pair<quint8, QByteArray>(isReport ? 3 : 0, context.transferSyntaxes.front());
    };
    if (peer.accept(answer)) {
        peer.serve();
    }
}

FakeScp::FakeScp(Script script)
    : m_script(std::move(script))
    , m_listening(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(m_listening, generic, length) != 0 || ::listen(m_listening, 16) != 0 ||
        ::getsockname(m_listening, generic, &length) != 0) {
        qFatal("no loopback port for a fake peer");
    }
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { run(); });
}

FakeScp::~FakeScp()
{
    m_isStopping = true;
    m_thread.join();
    ::close(m_listening);
}

void FakeScp::run()
{
    while (!m_isStopping) {
        pollfd waiting{m_listening, POLLIN, 0};
        if (::poll(&waiting, 1, kPollMs) <= 0) {
            continue;
        }
        const int descriptor = ::accept4(m_listening, nullptr, nullptr, SOCK_CLOEXEC);
        if (descriptor >= 0) {
            FakePeer peer(descriptor, m_isStopping);
            m_script(peer, m_connections++);
        }
    }
}

} // namespace radpost::test
