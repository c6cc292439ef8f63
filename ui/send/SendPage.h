#pragma once

#include "core/engine/Inspection.h"

#include "ui/common/Page.h"
#include "ui/send/CheckRun.h"
#include "ui/send/Inspector.h"

#include <QSet>

class QComboBox;
class QLabel;
class QLineEdit;
class QModelIndex;
class QPushButton;
class QStackedWidget;
class QTreeView;

namespace radpost::ui {

class Backend;
class ConfigStore;
class DestinationPicker;
class DestinationTests;
class DropZone;
class LeftOutModel;
class ProblemList;
class SendFilter;
class SendTreeModel;
class SeriesPane;

/// Screen 1: what is dropped becomes a tree while it is scanned; what is ticked goes to the chosen destinations.
class SendPage final : public Page
{
    Q_OBJECT

public:
    /// @p tests shows how each destination stands; all outlive this.
    SendPage(ConfigStore& config, Backend& backend, DestinationTests& tests, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString iconName() const override;

    /// Folders, files, archives, DICOMDIRs, in addition to what is there; after a send they take its place.
    void addPaths(const QStringList& paths);
    void clear();

    [[nodiscard]] SendTreeModel& model() { return *m_model; }
    [[nodiscard]] QTreeView* tree() const { return m_tree; }
    [[nodiscard]] QTreeView* leftOut() const { return m_leftOut; }
    [[nodiscard]] QPushButton* leftOutButton() const { return m_leftOutButton; }
    [[nodiscard]] QLineEdit* filter() const { return m_filter; }
    [[nodiscard]] DropZone* dropZone() const { return m_drop; }
    [[nodiscard]] DestinationPicker* picker() const { return m_picker; }
    [[nodiscard]] QPushButton* sendButton() const { return m_send; }
    [[nodiscard]] QPushButton* checkButton() const { return m_checkButton; }
    [[nodiscard]] QPushButton* cancelButton() const { return m_cancel; }
    [[nodiscard]] QString countsText() const;
    [[nodiscard]] QString reasonText() const;
    [[nodiscard]] ProblemList& problems() { return *m_problems; }

Q_SIGNALS:
    void jobsStarted(const QList<radpost::JobId>& jobs);
    void activityWanted();

private:
    /// What was handed to the engine last, to tell it from what is ticked now.
    struct Sent
    {
        QSet<engine::SeriesKey> keys;
        QStringList destinations;
        QList<JobId> jobs;
        qint64 instances = 0;
        bool wasCut = false;
        bool isStarting = false;
    };

    void layOut();
    [[nodiscard]] QWidget* buildCounts();
    [[nodiscard]] QWidget* buildTree();
    [[nodiscard]] QWidget* buildFoot();
    void connectAll();
    void retranslate();
    void take(const engine::InspectionNews& news);
    void showGrowth(const engine::InspectionNews& news);
    void expandFresh(const QModelIndex& parent, int first, int last);
    void showState();
    void showCounts();
    void showOffer();
    void showSeries();
    void listSeries();
    void showChecks();
    void choiceChanged();
    void check();
    void send();
    void tookOff(const Result<QList<JobId>>& jobs);
    void compareWithScan(const QList<JobId>& jobs, qint64 instances);
    void askFolder();
    void askFiles();
    void chooseColumns(const QPoint& at);
    [[nodiscard]] bool wasSent() const;
    [[nodiscard]] std::vector<config::Destination> destinations() const;
    [[nodiscard]] engine::InspectionParams inspectionParams() const;

    ConfigStore& m_config;
    Backend& m_backend;
    Inspector m_inspector;
    CheckRun m_check;
    SendTreeModel* m_model;
    SendFilter* m_filtered;
    LeftOutModel* m_leftOutModel;
    ProblemList* m_problems;
    DropZone* m_drop;
    QWidget* m_body;
    QLabel* m_counts;
    QLabel* m_rate;
    QPushButton* m_leftOutButton;
    QPushButton* m_cancel;
    QLineEdit* m_filter;
    QTreeView* m_tree;
    QTreeView* m_leftOut;
    SeriesPane* m_pane;
    QWidget* m_foot;
    QLabel* m_to;
    DestinationPicker* m_picker;
    QComboBox* m_profile;
    QComboBox* m_priority;
    QComboBox* m_proof;
    QLabel* m_reason;
    QPushButton* m_checkButton;
    QPushButton* m_send;
    Sent m_sent;
};

} // namespace radpost::ui
