#pragma once

#include "ui/common/Page.h"
#include "ui/query/QuerySearch.h"
#include "ui/query/Retrievals.h"

#include <functional>
#include <memory>
#include <optional>
#include <tuple>
#include <vector>

class QComboBox;
class QDateEdit;
class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QSortFilterProxyModel;
class QTreeView;

namespace radpost::ui {

class ConfigStore;
class DestinationTests;
class EmptyState;
class FoundStudiesModel;
class PageHeader;
class ProblemList;
class QueryRun;
class RetrievalsModel;

/// Searches a PACS for studies, and has them sent here or to another node.
class QueryPage final : public Page
{
    Q_OBJECT

public:
    /// @p ownReceiver gives our AE title while the receiver of this computer is on.
    QueryPage(ConfigStore& config, std::function<std::optional<AeTitle>()> ownReceiver,
        std::shared_ptr<engine::Traces> traces = {}, QWidget* parent = nullptr);
    ~QueryPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString iconName() const override;

    /// Shows how each destination stands by its last test; @p tests outlives this.
    void showTests(DestinationTests& tests);

    /// With what stands in the fields; stops the search that runs.
    void searchOrStop();
    void fetchChosen();
    void moveChosen(const QString& destination);

    [[nodiscard]] Retrievals& retrievals() { return m_retrievals; }
    [[nodiscard]] ProblemList& problems() { return *m_problems; }
    [[nodiscard]] QTreeView* studies() const { return m_studies; }
    [[nodiscard]] QTreeView* retrievalList() const { return m_retrievalList; }
    [[nodiscard]] QLineEdit* nameField() const { return m_name; }
    [[nodiscard]] QComboBox* timeField() const { return m_time; }
    [[nodiscard]] QDateEdit* fromField() const { return m_from; }
    [[nodiscard]] QDateEdit* toField() const { return m_to; }
    [[nodiscard]] QComboBox* sourceField() const { return m_source; }
    [[nodiscard]] QPushButton* searchButton() const { return m_search; }
    [[nodiscard]] QPushButton* fetchButton() const { return m_fetch; }
    [[nodiscard]] QString countText() const;

Q_SIGNALS:
    /// Somebody wants the fetched files on the Send page.
    void pathsFetched(const QStringList& paths);
    /// No destination is there yet, or no folder to receive in.
    void destinationsWanted();
    void receiveWanted();
    /// Studies that are fetched or moved now.
    void underWayChanged(int studies);

private:
    void layOut();
    /// Label, field and share of the width of what a search is made of.
    [[nodiscard]] std::vector<std::tuple<QLabel*, QWidget*, int>> fields() const;
    QWidget* buildFields();
    QWidget* buildDays();
    QWidget* buildResults();
    QWidget* buildRetrievals();
    void wire();
    void retranslate();
    void fillTimes();
    void showDays();
    void takeConfig();
    void fillSources();
    void markSources();
    void fillTargets();
    void showSearch();
    void showChoice();
    void showRetrievals();
    void takeMatches();
    void tellEnd();
    void tellRetrieval(const Retrieval& retrieval);
    void tellFailures();
    void tellArrivals();
    [[nodiscard]] QuerySearch search() const;
    [[nodiscard]] std::vector<Retrievals::Origin> chosen() const;

    ConfigStore& m_config;
    std::function<std::optional<AeTitle>()> m_ownReceiver;
    FoundStudiesModel* m_found;
    QSortFilterProxyModel* m_sorted;
    PageHeader* m_header;
    ProblemList* m_problems;
    QLabel* m_sourceLabel;
    DestinationTests* m_tests = nullptr;
    QComboBox* m_source;
    QLabel* m_nameLabel;
    QLineEdit* m_name;
    QLabel* m_patientIdLabel;
    QLineEdit* m_patientId;
    QLabel* m_accessionLabel;
    QLineEdit* m_accession;
    QLabel* m_modalityLabel;
    QLineEdit* m_modality;
    QLabel* m_timeLabel;
    QComboBox* m_time;
    QWidget* m_days = nullptr;
    QLabel* m_fromLabel;
    QDateEdit* m_from;
    QLabel* m_toLabel;
    QDateEdit* m_to;
    QPushButton* m_search;
    QLabel* m_count;
    QTreeView* m_studies;
    EmptyState* m_empty;
    QPushButton* m_toDestinations;
    QPushButton* m_move;
    QMenu* m_targets;
    QPushButton* m_fetch;
    QWidget* m_retrievalArea = nullptr;
    QLabel* m_retrievalsTitle;
    QTreeView* m_retrievalList;
    QPushButton* m_stop;
    QPushButton* m_clear;
    Background m_network; // before the run that tells it
    std::shared_ptr<engine::Traces> m_traces;
    Retrievals m_retrievals;
    std::vector<Retrieval> m_failures; // of the message that stands
    std::vector<Retrieval> m_arrivals; // likewise
    RetrievalsModel* m_retrievalsModel;
    std::unique_ptr<QueryRun> m_run;
};

} // namespace radpost::ui
