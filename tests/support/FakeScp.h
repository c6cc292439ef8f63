#pragma once

#include <QByteArray>
#include <QtGlobal>

#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace radpost::test {

/// One connection as the far side sees it: small steps, well-behaved or not, that a test strings together. Knows just
/// enough of PS3.8 to be wrong on purpose, with bytes of its own making, so that no fault of our codec hides itself.
class FakePeer final
{
public:
    /// A presentation context as it was asked for.
    struct Context
    {
        quint8 id = 0;
        QByteArray abstractSyntax;
        std::vector<QByteArray> transferSyntaxes;
    };

    /// What goes into the A-ASSOCIATE-AC.
    struct Answer
    {
        std::optional<quint32> maxPdu = 16384;
        std::optional<std::pair<quint16, quint16>> window{}; ///< invoked, performed
        QByteArray implementationName{"FAKE"};
        /// Result and transfer syntax for each context; default: accepted, the first one.
        std::function<std::pair<quint8, QByteArray>(const Context&)> choose{};
    };

    /// A DIMSE request, data set included.
    struct Message
    {
        quint8 contextId = 0;
        quint16 command = 0;
        quint16 messageId = 0;
        quint16 respondedTo = 0; ///< of C-CANCEL
        QByteArray sopClass;
        QByteArray sopInstance;
        QByteArray dataSet;
        quint32 largestPdu = 0; ///< variable field of its largest P-DATA PDU
    };

    /// What a response says; the default is what belongs there.
    struct Reply
    {
        quint16 status = 0;
        std::optional<quint16> messageId{};
        std::optional<QByteArray> sopInstance{};
        QByteArray errorComment{};
        std::vector<quint32> offendingElements{};
        QByteArray dataSet{};                                  ///< an identifier; empty: none
        std::optional<std::array<quint16, 4>> suboperations{}; ///< remaining, completed, failed, warning
    };

    FakePeer(int descriptor, const std::atomic<bool>& isStopping);
    ~FakePeer();
    Q_DISABLE_COPY_MOVE(FakePeer)

    /// Reads the A-ASSOCIATE-RQ and accepts it. False: there was none.
    bool accept(const Answer& answer);
    bool accept() { return accept({}); }

    /// Only reads the request; see contexts().
    bool readRequest();
    [[nodiscard]] const std::vector<Context>& contexts() const { return m_contexts; }
    [[nodiscard]] std::optional<std::pair<quint16, quint16>> requestedWindow() const { return m_requestedWindow; }
    void sendAccept(const Answer& answer);
    void reject(quint8 result, quint8 source, quint8 reason);
    void abort(quint8 source = 0, quint8 reason = 0);

    /// The next request; nothing when the other side released (answered here), aborted or closed.
    std::optional<Message> readMessage();
    void respond(const Message& to, const Reply& reply);
    void respond(const Message& to) { respond(to, {}); }

    /// Answers everything with @p status until the other side is done. @return how many requests there were.
    int serve(quint16 status = 0);

    /// A whole PDU with its header, or nothing at the end.
    std::optional<QByteArray> readPdu();
    void send(const QByteArray& bytes);

    /// True when something arrives within @p limit.
    bool hears(std::chrono::milliseconds limit);
    void sendPdu(quint8 type, const QByteArray& body);

    /// Reads and forgets until the other side closes.
    void drain();

    /// Does nothing, reads nothing, until the FakeScp stops or the other side has closed.
    void hold();

    /// Shuts the connection down at once; what the other side still sends is answered with a reset.
    void close();

    [[nodiscard]] bool wasReleased() const { return m_released; }
    [[nodiscard]] bool wasAborted() const { return m_aborted; }

private:
    bool readExactly(char* to, std::size_t size);
    bool awaitInput();
    static void takeData(const QByteArray& pdu, Message& message, QByteArray& command, bool& isComplete);
    bool parseRequest(const QByteArray& pdu);

    int m_descriptor;
    const std::atomic<bool>& m_isStopping;
    std::vector<Context> m_contexts;
    QByteArray m_titles; ///< called, calling and reserved, as requested
    std::optional<std::pair<quint16, quint16>> m_requestedWindow;
    bool m_released = false;
    bool m_aborted = false;
};

/// A script of FakeScp: stores images, and accepts no context of a structured report.
void serveImages(FakePeer& peer, int connection);

/// A server on a free loopback port that runs a script for each connection, one after the other, on its own thread.
class FakeScp final
{
public:
    /// @p connection counts from 0.
    using Script = std::function<void(FakePeer& peer, int connection)>;

    explicit FakeScp(Script script);

    /// Ends whatever the script waits for.
    ~FakeScp();
    Q_DISABLE_COPY_MOVE(FakeScp)

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] int connections() const { return m_connections; }

private:
    void run();

    Script m_script;
    int m_listening = -1;
    quint16 m_port = 0;
    std::atomic<bool> m_isStopping = false;
    std::atomic<int> m_connections = 0;
    std::thread m_thread;
};

} // namespace radpost::test
