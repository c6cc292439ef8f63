#pragma once

#include "core/config/Settings.h"
#include "core/engine/Gateway.h"
#include "core/engine/ReceivedStudies.h"
#include "core/engine/ReceiveServer.h"

#include "ui/common/Background.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace radpost::engine {
struct ConfigLook;
}

namespace radpost::ui {

class Backend;
class ConfigStore;
struct GatewaySession;

/// The gateway of this configuration opens @p port, with TLS or without.
[[nodiscard]] bool isPortOfGateway(const config::Config& config, quint16 port);

/// The receiver as the GUI thread sees it, in both its modes: the gateway, as `radpost serve` runs it, or plain files
/// in a folder. Switched on and off on a thread of its own; what it does is looked at twice a second. What lies in the
/// plain folder is known also while it is off. GUI thread.
class Receiver final : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Off,
        Starting,
        On,
        Stopping,
        Failed, ///< off, see error()
    };
    Q_ENUM(State)

    Receiver(ConfigStore& config, Backend& backend, QObject* parent = nullptr);
    ~Receiver() override;
    Q_DISABLE_COPY_MOVE(Receiver)

    /// Receives as the configuration says; the gateway as soon as the ledger is open. Only when off.
    void start();
    void stop();
    /// Lists what is in the plain folder; nothing for an empty name. Nothing changes while the receiver is on.
    void look(const QString& folder);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isOn() const { return m_state == State::On; }
    [[nodiscard]] bool isGateway() const { return m_running.settings.receiveMode == config::ReceiveMode::Gateway; }
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }
    /// Failed, because another process has the data folder: the gateway, or a second copy of the program.
    [[nodiscard]] bool isElsewhere() const { return m_error && m_error->code == ErrorCode::LedgerLocked; }
    /// What it was started with; while it is off, what it would be.
    [[nodiscard]] const config::Config& running() const { return m_running; }
    /// Of a gateway that is on, those that are open; else the one that is, or would be.
    [[nodiscard]] const std::vector<engine::SpoolPort>& ports() const { return m_ports; }
    [[nodiscard]] const engine::ReceiveCounts& counts() const { return m_counts; }
    /// Of a gateway that is on.
    [[nodiscard]] const std::optional<engine::GatewayCounts>& gatewayCounts() const { return m_gatewayCounts; }
    [[nodiscard]] const std::vector<engine::ReceiveAssociation>& associations() const { return m_associations; }
    [[nodiscard]] int receivingNow() const;
    /// None unless the gateway is on; to be used on worker threads.
    [[nodiscard]] const std::shared_ptr<GatewaySession>& gateway() const { return m_gateway; }

    /// Of the plain folder, the newest first, not all of them when they are many; see studyCount().
    [[nodiscard]] const std::vector<engine::ReceivedStudy>& studies() const { return m_studies; }
    [[nodiscard]] qint64 studyCount() const { return m_studyCount; }
    /// What to hand on of @p studies: their files, or the whole folder when those are very many.
    [[nodiscard]] QStringList pathsOf(const std::vector<engine::ReceivedStudy>& studies) const;
    [[nodiscard]] bool isReading() const { return m_isReading; }
    [[nodiscard]] const QString& folder() const { return m_folder; }
    /// Of this computer; known a moment after the start.
    [[nodiscard]] const QStringList& addresses() const { return m_addresses; }

Q_SIGNALS:
    void stateChanged();
    void associationsChanged(); ///< or counts()
    void studiesChanged();      ///< of the plain folder
    void arrivalsChanged();     ///< of the gateway: something came, went or got further
    void addressesChanged();
    void configurationTaken(const radpost::engine::ConfigLook& look);

private:
    using Inbox = std::shared_ptr<engine::ReceivedStudies>;
    struct Session
    {
        Inbox inbox;
        std::shared_ptr<engine::ReceiveServer> server;
        std::shared_ptr<GatewaySession> gateway;
        std::optional<Error> error;
    };
    static Session startFolder(const engine::ReceiveParams& params, Inbox inbox);
    static Session startGateway(engine::GatewayParams params);
    void startIfLedgerIsOpen();
    void takeConfiguration();
    void followConfiguration();
    void refuse(const Error& error);
    void take(Session session);
    void ended();
    void setState(State state);
    void poll();
    void pollGateway();
    void pollStudies();
    void takeNews(const engine::ReceiveCounts& counts, std::vector<engine::ReceiveAssociation> open);

    ConfigStore& m_config;
    Backend& m_backend;
    State m_state = State::Off;
    bool m_isAwaitingLedger = false;
    std::optional<Error> m_error;
    config::Config m_running;
    std::vector<engine::SpoolPort> m_ports;
    engine::ReceiveCounts m_counts;
    std::optional<engine::GatewayCounts> m_gatewayCounts;
    std::vector<engine::ReceiveAssociation> m_associations;
    std::vector<engine::ReceivedStudy> m_studies;
    qint64 m_studyCount = 0;
    quint64 m_version = 0;
    quint64 m_newsVersion = 0;
    bool m_isReading = false;
    bool m_isLooking = false;
    QString m_folder;
    QStringList m_addresses;
    QTimer m_poll;
    Inbox m_inbox;
    std::shared_ptr<engine::ReceiveServer> m_server; // before the inbox goes: its threads tell it
    std::shared_ptr<GatewaySession> m_gateway;
    CancelSource m_ending; // the program ends: what is under way is not waited for
    Background m_background;
};

} // namespace radpost::ui
