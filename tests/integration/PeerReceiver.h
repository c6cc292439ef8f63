#pragma once

#include "core/net/Acceptor.h"
#include "core/net/FileReceiver.h"
#include "tests/support/SampleFiles.h"

#include <QTemporaryDir>

#include <atomic>
#include <vector>

namespace radpost::test {

/// Our receiver on a free port of the loopback interface, writing to a folder of its own.
class PeerReceiver final
{
public:
    explicit PeerReceiver(net::EchoHandler* echo = nullptr)
        : m_files(m_folder.path())
        , m_acceptor(settings(), &m_files, echo)
        , m_isOpen(m_files.open() && m_acceptor.start())
    {
    }

    [[nodiscard]] bool isOpen() const { return m_isOpen; }
    [[nodiscard]] QString port() const { return QString::number(m_acceptor.port()); }
    [[nodiscard]] const net::FileReceiver::Counters& counters() const { return m_files.counters(); }
    [[nodiscard]] std::vector<Sample> files() const { return readSamples(m_folder.path()); }

private:
    static net::AcceptorSettings settings()
    {
        net::AcceptorSettings settings;
        settings.address = QStringLiteral("127.0.0.1");
        settings.port = 0;
        return settings;
    }

    QTemporaryDir m_folder;
    net::FileReceiver m_files;
    net::Acceptor m_acceptor;
    bool m_isOpen;
};

/// Counts who asks.
class CountingEcho final : public net::EchoHandler
{
public:
    quint16 echo(const net::PeerInfo& peer) override
    {
        m_lastCaller = peer.callingAeTitle;
        ++m_count;
        return net::kStatusSuccess;
    }
    std::atomic<int> m_count = 0;
    QByteArray m_lastCaller;
};

} // namespace radpost::test
