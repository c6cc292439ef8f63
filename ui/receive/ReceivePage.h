#pragma once

#include "core/base/StrongId.h"
#include "core/config/Destination.h"

#include "ui/common/Page.h"
#include "ui/common/StatusDot.h"
#include "ui/receive/ArrivalActions.h"
#include "ui/receive/Receiver.h"

#include <QHash>
#include <QTimer>

#include <memory>
#include <optional>

class QLabel;
class QPushButton;
class QLineEdit;
class QStackedWidget;
class QTreeView;

namespace radpost::ui {

class Backend;
class ConfigStore;
class ConnectedList;
class DoctorRun;
class FieldRow;
class FolderWork;
class PageHeader;
class ProblemList;
class ReceiveForm;
class RefusedList;
class StoreWork;

/// The built-in receiver: on and off, who sends now, who is refused, what arrived, how far it got, and sending it on.
class ReceivePage final : public Page
{
    Q_OBJECT

public:
    ReceivePage(ConfigStore& config, Backend& backend, QWidget* parent = nullptr);
    ~ReceivePage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString iconName() const override;

    /// Switches on when the settings say that it be done at the start of the program.
    void startIfWanted();
    void startOrStop();
    void testItself();
    /// What is chosen of the plain folder or of what the gateway received.
    void sendOn(const QString& destination);
    void copyForEngineer();
    /// standingChanged() now.
    void tellStanding();

    /// Our AE title while the receiver is on.
    [[nodiscard]] std::optional<AeTitle> listeningAs() const;
    [[nodiscard]] Receiver& receiver() { return m_receiver; }
    [[nodiscard]] ArrivalActions& actions() { return m_actions; }
    [[nodiscard]] ProblemList& problems() { return *m_problems; }
    [[nodiscard]] FieldRow* row(const QString& key) const { return m_rows.value(key); }
    [[nodiscard]] StoreWork& storeWork() const { return *m_storeWork; }
    [[nodiscard]] RefusedList& refusedList() const { return *m_refused; }
    /// Of the mode that is set.
    [[nodiscard]] QTreeView* studies() const;
    [[nodiscard]] QLineEdit* searchField() const;
    [[nodiscard]] QPushButton* sendButton() const;
    [[nodiscard]] QTreeView* associations() const;
    [[nodiscard]] QPushButton* switchButton() const { return m_switch; }
    [[nodiscard]] QString stateText() const;
    [[nodiscard]] QString engineerText() const;

Q_SIGNALS:
    void jobsStarted(const QList<radpost::JobId>& jobs);
    void activityWanted();
    void rulesWanted();
    /// For the frame of the window.
    void standingChanged(radpost::ui::Status status, const QString& text);

private:
    void layOut();
    QWidget* buildWork();
    QWidget* buildSide();
    QWidget* buildEngineerCard();
    QWidget* buildStateCard();
    QWidget* buildSettingsCard();
    void wire();
    void wireActions();
    void retranslate();
    void showState();
    void showMode();
    void showError();
    void showRoom();
    void showAttention();
    void showEngineer();
    void lookForAttention();
    void save(const QString& key);
    void tellTest();
    void tellSent(const QString& destination, qint64 instances, const QList<JobId>& jobs);
    void askToDrop(const engine::HoldDecision& decision, qint64 instances, const QString& title);
    void tellDecided(ArrivalActions::What what, qint64 instances);
    void tellExported(const engine::ExportOutcome& outcome, const QString& folder);
    void tellExporting(const engine::ExportOutcome& soFar);
    void tellFailed(ArrivalActions::What what, const Error& error);
    void tellConfiguration(const engine::ConfigLook& look);
    [[nodiscard]] bool isGatewayMode() const;
    [[nodiscard]] quint16 plainPort() const;

    ConfigStore& m_config;
    Backend& m_backend;
    Receiver m_receiver;
    ArrivalActions m_actions;
    ReceiveForm* m_form;
    std::unique_ptr<DoctorRun> m_test;
    PageHeader* m_header;
    ProblemList* m_problems;
    StatusDot* m_dot;
    QLabel* m_state;
    QPushButton* m_testButton;
    QPushButton* m_switch;
    RefusedList* m_refused;
    ConnectedList* m_connected;
    QStackedWidget* m_work;
    FolderWork* m_folderWork;
    StoreWork* m_storeWork;
    QLabel* m_engineerTitle;
    QLabel* m_engineer;
    QPushButton* m_copy;
    QLabel* m_portsTitle;
    QLabel* m_ports;
    QLabel* m_roomTitle;
    StatusDot* m_roomDot;
    QLabel* m_room;
    QLabel* m_settingsTitle;
    QWidget* m_roomPart = nullptr;
    QWidget* m_settings = nullptr;
    QHash<QString, FieldRow*> m_rows;
    QTimer m_attention;
};

} // namespace radpost::ui
