#pragma once

#include "app/cli/ExitCode.h"
#include "app/cli/Interrupt.h"
#include "app/cli/StorescpPeer.h"
#include "core/config/Destination.h"
#include "core/engine/ReceiveServer.h"

#include <QString>

#include <memory>
#include <vector>

namespace radpost::cli {

class Session;

/// The demonstration, step by step; each says what it does and ends the show when it fails.
class Demo final
{
public:
    enum class Peers { Own, All };

    /// Everything happens below @p folder.
    Demo(Session& session, QString folder);
    ~Demo();

    [[nodiscard]] ExitCode run(Peers peers);

private:
    /// One receiver and where it stores.
    struct Receiver
    {
        config::Destination destination;
        QString folder;
    };

    [[nodiscard]] ExitCode makeStudies();
    [[nodiscard]] ExitCode startReceivers(Peers peers);
    [[nodiscard]] ExitCode startOwnReceiver();
    void startStorescp();
    [[nodiscard]] ExitCode scan();
    [[nodiscard]] ExitCode examine();
    [[nodiscard]] ExitCode send();
    [[nodiscard]] ExitCode compare();
    /// With --quiet only the comparison is shown.
    void setMute(bool mute);
    void heading(const QString& text);
    [[nodiscard]] Receiver makeReceiver(const QString& name, quint16 port) const;

    Session& m_session;
    const QString m_folder;
    const QString m_studies;
    int m_step = 0;
    std::unique_ptr<engine::ReceiveServer> m_server;
    StorescpPeer m_storescp;
    std::vector<Receiver> m_receivers;
};

} // namespace radpost::cli
