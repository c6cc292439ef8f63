#pragma once

#include "core/config/Settings.h"
#include "core/engine/ReceivedStudies.h"
#include "core/engine/ReceiveServer.h"

#include "ui/common/Background.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace radpost::ui {

/// The receiver as the GUI thread sees it: switched on and off on a thread of its own; what it does is looked at twice
/// a second. What lies in the folder is known also while it is off. GUI thread.
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

    explicit Receiver(QObject* parent = nullptr);
    ~Receiver() override;
    Q_DISABLE_COPY_MOVE(Receiver)

    /// Receives with @p settings, which must name a folder. Only when off.
    void start(const config::Settings& settings);
    void stop();
    /// Lists what is in @p folder; nothing for an empty name. Nothing changes while the receiver is on.
    void look(const QString& folder);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isOn() const { return m_state == State::On; }
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }
    /// What it was started with.
    [[nodiscard]] const config::Settings& running() const { return m_settings; }
    [[nodiscard]] const engine::ReceiveCounts& counts() const { return m_counts; }
    [[nodiscard]] const std::vector<engine::ReceiveAssociation>& associations() const { return m_associations; }
    [[nodiscard]] int receivingNow() const;

    /// The newest first, not all of them when they are many; see studyCount().
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
    void studiesChanged();
    void addressesChanged();

private:
    using Inbox = std::shared_ptr<engine::ReceivedStudies>;
    struct Session
    {
        Inbox inbox;
        std::shared_ptr<engine::ReceiveServer> server;
        std::optional<Error> error;
    };
    static Session startNow(const engine::ReceiveParams& params, Inbox inbox);
    void take(Session session);
    void setState(State state);
    void poll();
    void pollStudies();

    State m_state = State::Off;
    std::optional<Error> m_error;
    config::Settings m_settings;
    engine::ReceiveCounts m_counts;
    std::vector<engine::ReceiveAssociation> m_associations;
    std::vector<engine::ReceivedStudy> m_studies;
    qint64 m_studyCount = 0;
    quint64 m_version = 0;
    bool m_isReading = false;
    QString m_folder;
    QStringList m_addresses;
    QTimer m_poll;
    Inbox m_inbox;
    std::shared_ptr<engine::ReceiveServer> m_server; // before the inbox goes: its threads tell it
    Background m_background;
};

} // namespace radpost::ui
