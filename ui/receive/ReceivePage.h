#pragma once

#include "core/base/StrongId.h"
#include "core/config/Destination.h"

#include "ui/common/Page.h"
#include "ui/common/StatusDot.h"
#include "ui/receive/Receiver.h"

#include <QHash>

#include <memory>
#include <optional>

class QLabel;
class QMenu;
class QPushButton;
class QLineEdit;
class QSortFilterProxyModel;
class QTreeView;

namespace radpost::ui {

class AssociationsModel;
class Backend;
class ConfigStore;
class DoctorRun;
class EmptyState;
class FieldRow;
class PageHeader;
class ProblemList;
class ReceivedStudiesModel;
class ReceiveForm;

/// The built-in receiver: on and off, who sends now, what arrived, and sending it on.
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
    void sendOn(const QString& destination);
    void copyForEngineer();
    /// standingChanged() now.
    void tellStanding();

    /// Our AE title while the receiver is on.
    [[nodiscard]] std::optional<AeTitle> listeningAs() const;
    [[nodiscard]] Receiver& receiver() { return m_receiver; }
    [[nodiscard]] ProblemList& problems() { return *m_problems; }
    [[nodiscard]] FieldRow* row(const QString& key) const { return m_rows.value(key); }
    [[nodiscard]] QTreeView* studies() const { return m_studies; }
    [[nodiscard]] QLineEdit* searchField() const { return m_search; }
    [[nodiscard]] QTreeView* associations() const { return m_associations; }
    [[nodiscard]] QPushButton* switchButton() const { return m_switch; }
    [[nodiscard]] QPushButton* sendButton() const { return m_send; }
    [[nodiscard]] QString stateText() const;
    [[nodiscard]] QString engineerText() const;

Q_SIGNALS:
    void jobsStarted(const QList<radpost::JobId>& jobs);
    void activityWanted();
    /// For the frame of the window.
    void standingChanged(radpost::ui::Status status, const QString& text);

private:
    void layOut();
    QWidget* buildWork();
    QWidget* buildSide();
    QWidget* buildEngineerCard();
    QWidget* buildSettingsCard();
    void wire();
    void retranslate();
    void showState();
    void showError();
    void showStudies();
    void filter(const QString& words);
    [[nodiscard]] std::vector<engine::ReceivedStudy> chosen() const;
    void showSelection();
    void fillDestinations();
    void showEngineer();
    void save(const QString& key);
    void tellTest();
    void tookOff(const QString& destination, qint64 instances, const Result<QList<JobId>>& jobs);

    ConfigStore& m_config;
    Backend& m_backend;
    Receiver m_receiver;
    ReceiveForm* m_form;
    std::unique_ptr<DoctorRun> m_test;
    AssociationsModel* m_associationsModel;
    ReceivedStudiesModel* m_studiesModel;
    QSortFilterProxyModel* m_filtered;
    PageHeader* m_header;
    ProblemList* m_problems;
    StatusDot* m_dot;
    QLabel* m_state;
    QPushButton* m_testButton;
    QPushButton* m_switch;
    QLabel* m_associationsTitle;
    QLabel* m_noAssociation;
    QTreeView* m_associations;
    QLabel* m_studiesTitle;
    QTreeView* m_studies;
    EmptyState* m_noStudies;
    EmptyState* m_noMatch;
    QLineEdit* m_search;
    QPushButton* m_send;
    QMenu* m_sendMenu;
    QPushButton* m_openFolder;
    QLabel* m_engineerTitle;
    QLabel* m_engineer;
    QPushButton* m_copy;
    QLabel* m_settingsTitle;
    QWidget* m_settings = nullptr;
    QHash<QString, FieldRow*> m_rows;
};

} // namespace radpost::ui
