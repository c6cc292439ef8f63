#pragma once

#include "core/engine/Inspection.h"

#include "ui/common/Page.h"
#include "ui/send/CheckRun.h"
#include "ui/send/Inspector.h"
#include "ui/send/SentJobs.h"

#include <QSet>

class QLabel;
class QLineEdit;
class QMenu;
class QModelIndex;
class QPushButton;
class QSplitter;
class QToolButton;
class QTreeView;

namespace radpost::ui {

class Backend;
class ConfigStore;
class DestinationPicker;
class DestinationTests;
class DiscWatch;
class DropZone;
class LeftOutModel;
class PageHeader;
class ProblemList;
class SendFilter;
class SendFoot;
class SendTree;
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
    /// Says that @p links are not on this computer.
    void refuse(const QStringList& links);
    void clear();

    [[nodiscard]] SendTreeModel& model() { return *m_model; }
    [[nodiscard]] QTreeView* tree() const;
    [[nodiscard]] QTreeView* leftOut() const { return m_leftOut; }
    [[nodiscard]] QPushButton* leftOutButton() const { return m_leftOutButton; }
    [[nodiscard]] QLineEdit* filter() const { return m_filter; }
    [[nodiscard]] DropZone* dropZone() const { return m_drop; }
    [[nodiscard]] DestinationPicker* picker() const;
    [[nodiscard]] QPushButton* sendButton() const;
    [[nodiscard]] QPushButton* checkButton() const;
    [[nodiscard]] SendFoot& foot() { return *m_foot; }
    [[nodiscard]] SeriesPane& pane() { return *m_pane; }
    [[nodiscard]] QPushButton* cancelButton() const { return m_cancel; }
    [[nodiscard]] QString countsText() const;
    [[nodiscard]] QString reasonText() const;
    [[nodiscard]] ProblemList& problems() { return *m_problems; }

Q_SIGNALS:
    void jobsStarted(const QList<radpost::JobId>& jobs);
    void activityWanted();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    /// What was handed to the engine last, to tell it from what is ticked now.
    struct Sent
    {
        QSet<engine::SeriesKey> keys;
        QStringList destinations;
        qint64 instances = 0;
        bool wasCut = false;
    };

    void layOut();
    [[nodiscard]] QWidget* buildCounts();
    [[nodiscard]] QWidget* buildTree();
    void connectAll();
    void connectSources();
    void connectTree();
    void addShortcuts();
    void retranslate();
    void take(const engine::InspectionNews& news);
    void showGrowth(const engine::InspectionNews& news);
    void selectFirst();
    void expandFresh(const QModelIndex& parent, int first, int last);
    void showState();
    void showCounts();
    void showOffer();
    void showSeries();
    void listSeries();
    void showChecks();
    void showRefused();
    void choiceChanged();
    void check();
    void send();
    void showSent();
    void tookOff(const Result<QList<JobId>>& jobs);
    void compareWithScan(const QList<JobId>& jobs, qint64 instances);
    void askFolder();
    void askFiles();
    void fillColumns();
    [[nodiscard]] SentStanding::Phase sentPhase() const;
    [[nodiscard]] std::vector<config::Destination> destinations() const;
    [[nodiscard]] engine::InspectionParams inspectionParams() const;

    ConfigStore& m_config;
    Backend& m_backend;
    Inspector m_inspector;
    CheckRun m_check;
    SendTreeModel* m_model;
    SendFilter* m_filtered;
    LeftOutModel* m_leftOutModel;
    PageHeader* m_header;
    ProblemList* m_problems;
    DropZone* m_drop;
    DiscWatch* m_discs;
    QWidget* m_body;
    QLabel* m_counts;
    QLabel* m_rate;
    QPushButton* m_leftOutButton;
    QPushButton* m_cancel;
    QLineEdit* m_filter;
    QToolButton* m_columns;
    QMenu* m_columnMenu;
    SendTree* m_tree;
    QTreeView* m_leftOut;
    SeriesPane* m_pane;
    SendFoot* m_foot;
    SentJobs m_sentJobs;
    Sent m_sent;
    SentStanding::Phase m_saidPhase = SentStanding::Phase::Nothing;
};

} // namespace radpost::ui
